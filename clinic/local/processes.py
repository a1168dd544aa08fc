"""Child processes that never outlive the process that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h
# Loaded before any fork: a forked child of a threaded parent must not take the loader's lock.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class NotReady(Exception):
    """A child ended, or took too long, before it could be used."""


@dataclass(frozen=True)
class Command:
    """What to start, and how to end it: `stop` asks politely, `orphaned` is sent when the parent is gone."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] | None = None
    stop: signal.Signals = signal.SIGTERM
    orphaned: signal.Signals = signal.SIGTERM
    patience: float = 30.0  # seconds between `stop` and SIGKILL
    uid: int | None = None  # an unprivileged user, for servers that refuse to run as root
    fds: tuple[int, ...] = field(default=())


def _dies_with_parent(orphaned: signal.Signals, parent: int) -> Callable[[], None]:
    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, orphaned)
            if os.getppid() != parent:  # the parent died before the line above took hold
                os._exit(1)

    return prepare


class Child:
    """One running process. Start it from the main thread: Linux ties the death signal to the thread that forked."""

    def __init__(self, command: Command, log: Path, *, cwd: Path | None = None, fds: tuple[int, ...] = ()) -> None:
        self.command, self.log, self.started = command, log, time.monotonic()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                command.argv,
                env=command.env,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=(*command.fds, *fds),
                user=command.uid,
                group=command.uid,
                extra_groups=None if command.uid is None else [],
                # A session of its own: Ctrl-C reaches the supervisor alone, which then stops the children in order.
                start_new_session=True,
                preexec_fn=_dies_with_parent(command.orphaned, os.getpid()),  # noqa: PLW1509 (main thread only)
            )

    @property
    def running(self) -> bool:
        """Whether the process has not ended yet."""
        return self.process.poll() is None

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Wait for a condition; raises NotReady with the end of the log when the child ends or time runs out."""
        limit = time.monotonic() + seconds
        while not ready():
            if not self.running:
                raise NotReady(f"{self.command.name} ended with code {self.process.returncode}.\n{self.last_words()}")
            if time.monotonic() > limit:
                raise NotReady(f"{self.command.name} was not ready after {seconds:.0f} s.\n{self.last_words()}")
            time.sleep(0.02)

    def stop(self, patience: float | None = None) -> int:
        """Ask the process to end, wait, and kill its whole session when it does not; returns its exit code."""
        if self.running:
            self.process.send_signal(self.command.stop)
            try:
                self.process.wait(self.command.patience if patience is None else patience)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.wait()

    def kill(self) -> None:
        """End the process and everything in its session at once."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def last_words(self, lines: int = 15) -> str:
        """The end of the child's log, for an error message."""
        try:
            return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
        except FileNotFoundError:
            return ""
