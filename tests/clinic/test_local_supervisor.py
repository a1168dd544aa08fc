"""`manage.py up` as a person meets it: real processes, a real port, a data folder that is kept."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.embedded import ROOT
from tests.running import wait_until

OURS = ("DATABASE_URL", "WORKER_DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "SECRET_KEY", "TOKEN_KEY", "FIELD_KEYS")
OTHERS = ("INBOX_DIR", "SITE_URL", "DATABASE_POOL", "DEBUG", "EMAIL_URL", "DJANGO_SETTINGS_MODULE", "HOST", "STATIC_ROOT")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Backlight:
    """One installation: a data folder, a port, and the supervisor while it runs."""

    data: Path
    port: int = field(default_factory=_free_port)
    process: subprocess.Popen[bytes] | None = None
    answers: list[int] = field(default_factory=list)
    first_start: tuple[str, list[int]] = ("", [])
    said_before: int = 0

    def start(self, **wishes: str) -> subprocess.Popen[bytes]:
        """Start the supervisor, as `make run` does."""
        self.answers = []
        self.said_before = len(self._worker_log())
        env = {key: value for key, value in os.environ.items() if key not in {*OURS, *OTHERS}}
        env |= {"DATA": str(self.data), "PORT": str(self.port), "DEMO": "0", **wishes}
        with (self.data.parent / "said").open("wb") as said:
            command = [sys.executable, "manage.py", "up"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=subprocess.STDOUT, start_new_session=True)
        return self.process

    def said(self) -> str:
        """Everything the terminal shows."""
        return (self.data.parent / "said").read_text(encoding="utf-8")

    def _worker_log(self) -> str:
        log = self.data / "logs" / "worker.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def worker_said(self) -> str:
        """The worker's log of this run."""
        return self._worker_log()[self.said_before :]

    def status(self) -> int:
        """What a browser gets: 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/accounts/login/", timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code
        except urllib.error.URLError:
            return 0

    def wait_until_ready(self) -> None:
        """Ask for a page again and again, as the preparing page does, until the terminal says ready."""
        limit = time.monotonic() + 90
        while f"ready http://localhost:{self.port}\n" not in self.said():
            assert self.process is not None
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < limit, self.said()
            self.answers.append(self.status())
            time.sleep(0.05)
        self.answers.append(self.status())

    def is_gone(self) -> bool:
        """Whether the last process that was started is gone: each of them inherited this lock."""
        with (self.data / "run" / "family").open("rb") as family:
            try:
                fcntl.flock(family, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return False
            return True

    def end(self, number: int) -> int:
        """Send a signal to the supervisor and wait until it has ended."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture(scope="module")
def installed() -> Iterator[Backlight]:
    """A data folder after its first start, which takes longest."""
    folder = Path(tempfile.mkdtemp(prefix="blt-"))
    folder.chmod(0o711)  # PostgreSQL's user has to pass through when root runs the tests
    backlight = Backlight(folder / "data")
    backlight.start()
    try:
        backlight.wait_until_ready()
        backlight.first_start = (backlight.said(), backlight.answers)
        assert backlight.end(signal.SIGINT) == 0
        yield backlight
    finally:
        if backlight.process is not None and backlight.process.poll() is None:
            backlight.process.kill()
        wait_until(backlight.is_gone, what="the end of every process")
        shutil.rmtree(folder)


@pytest.fixture
def running(installed: Backlight) -> Iterator[Backlight]:
    """The same installation, started again and stopped afterwards."""
    installed.start()
    installed.wait_until_ready()
    yield installed
    if installed.process is not None and installed.process.poll() is None:
        installed.end(signal.SIGTERM)


def test_from_the_first_answer_to_the_ready_page_no_visitor_is_refused(installed: Backlight) -> None:
    _said, answers = installed.first_start
    answered = answers[next(index for index, status in enumerate(answers) if status) :]
    assert set(answered) == {503, 200}
    assert answered.index(200) == answered.count(503) > 0


def test_the_first_start_says_its_five_steps_and_shows_no_demo_login_without_a_demo(installed: Backlight) -> None:
    said, _answers = installed.first_start
    assert [f"step {number} of 5" in said for number in range(1, 6)] == [True] * 5
    assert "demo.example" not in said


def test_a_start_without_a_clinic_leads_to_the_setup_page_and_shows_its_code_on_the_terminal_alone(running: Backlight) -> None:
    wait_until(lambda: "Setup code: " in running.said(), what="the setup code")
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/", timeout=30) as page:
        assert page.url.endswith("/setup/")
        assert "it printed a code for you" in page.read().decode()
    [code] = re.findall(r"Setup code: (\w{4}-\w{4}-\w{4}-\w{4})\n", running.said())
    assert [log.name for log in (running.data / "logs").iterdir() if code in log.read_text(encoding="utf-8", errors="replace")] == []


def test_a_running_installation_is_ready_and_keeps_what_it_acknowledges(running: Backlight) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/health/ready", timeout=30) as answer:
        assert (answer.status, answer.read()) == (200, b"ready\n")


def test_a_start_while_one_runs_is_refused_with_its_address(running: Backlight) -> None:
    second = Backlight(running.data)
    said = running.said()
    assert second.start().wait(30) == 1
    assert f"already runs with this data: http://localhost:{running.port}" in second.said()
    assert running.status() == 200
    (running.data.parent / "said").write_text(said, encoding="utf-8")


def test_a_port_somebody_else_uses_is_refused_before_anything_is_started(installed: Backlight) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert installed.start(PORT=str(port)).wait(30) == 1
    assert f"Port {port} is taken by another program" in installed.said()
    assert installed.is_gone()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_ends_every_process_in_order(running: Backlight, number: signal.Signals) -> None:
    wait_until(lambda: " ready." in running.worker_said(), what="a worker that takes tasks")
    assert running.end(number) == 0
    assert running.is_gone()
    assert running.status() == 0
    log = (running.data / "logs" / "postgres.log").read_text(encoding="utf-8")
    assert log.rstrip().endswith("database system is shut down")
    assert "Warm shutdown" in running.worker_said()


def test_after_a_kill_nothing_is_left_and_the_next_start_finds_its_data(running: Backlight) -> None:
    keys = (running.data / "keys.json").read_text(encoding="utf-8")
    assert running.end(signal.SIGKILL) == -signal.SIGKILL
    wait_until(running.is_gone, 20, what="the end of every orphan")
    running.start()
    running.wait_until_ready()
    assert running.answers[-1] == 200
    assert (running.data / "keys.json").read_text(encoding="utf-8") == keys
    migrated = (running.data / "logs" / "migrate.log").read_text(encoding="utf-8")
    assert "Error" not in migrated


def test_a_program_that_is_killed_is_started_again(running: Backlight) -> None:
    workers = _pids(running, "clinic.config.celery", "worker")
    os.kill(min(workers), signal.SIGKILL)
    wait_until(lambda: "worker ended with code -9 and starts again in 1 s" in running.said(), what="the news of the killed worker")
    wait_until(lambda: min(_pids(running, "clinic.config.celery", "worker"), default=0) > max(workers), what="a new worker")
    assert running.status() == 200


def _pids(backlight: Backlight, *words: str) -> list[int]:
    """The processes of this installation whose command line has these words."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            line = (folder / "cmdline").read_bytes().decode().split("\0")
            if all(word in line for word in words) and f"DATA={backlight.data}".encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except (OSError, UnicodeDecodeError):
            continue
    return found
