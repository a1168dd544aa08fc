"""`manage.py up`: starts everything Backlight consists of on one machine, watches it, and stops it in order.

Nothing here imports Django or Celery: this process lives as long as the installation and should cost next to nothing.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import FrameType

from clinic.local.demo import Demo
from clinic.local.environment import ROOT, Environments, Place, Wishes, WrongSetting, environments, read_wishes
from clinic.local.preparing import Preparing
from clinic.local.processes import Child, Command, NotReady
from clinic.local.servers import Postgres, Redis, ServerMissing

STEPS = (
    "Starting the database.",
    "Starting the queue for background work.",
    "Building the tables.",
    "Filling in today's demo clinics.",
    "Starting the web server.",
)
STOP_ORDER = (("demo", "web", "beat", "poller"), ("worker",), ("redis",), ("postgres",))
LONGEST_PAUSE = 30  # seconds before something that keeps ending is started again
STEADY = 60  # seconds a program has to run before its next end counts as the first
LARGEST_LOG = 5_000_000  # bytes


class Refused(Exception):
    """Backlight cannot start here; the message says why and what to do."""


class Stopped(Exception):
    """Somebody asked to stop while we were still starting."""


def hold(lock: Path, note: str) -> int:
    """Take a lock file for the life of this process; raises Refused with the note of the one who holds it."""
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held_by = os.read(file, 200).decode()
        os.close(file)
        raise Refused(f"Backlight already runs with this data: {held_by}. Stop it there, or choose another DATA= and PORT=.") from error
    os.ftruncate(file, 0)
    os.write(file, note.encode())
    return file


def listen(wishes: Wishes) -> socket.socket:
    """Open the port before anything else; raises Refused when it is taken."""
    family = socket.AF_INET6 if ":" in wishes.host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((wishes.host, wishes.port))
    except OSError as error:
        listening.close()
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            why = "is taken by another program" if error.errno == errno.EADDRINUSE else "may only be opened by root"
            raise Refused(f"Port {wishes.port} {why}. Choose another: PORT={wishes.port % 60000 + 1} make run") from error
        raise Refused(f"Cannot listen on {wishes.host}: {error.strerror}.") from error
    listening.listen(256)
    return listening


class Supervisor:
    """One run, from the first page to the last stopped process."""

    def __init__(self, wishes: Wishes, place: Place, listening: socket.socket, family: int) -> None:
        if Demo.in_folder(place.data).was_removed():
            wishes = replace(wishes, demo=False)
        self.wishes, self.place, self.listening = wishes, place, listening
        self.family = family  # a lock all children inherit: free again only when the last of them is gone
        self.children: dict[str, Child] = {}
        self.starters: dict[str, Callable[[], Child]] = {}
        self.pauses: dict[str, float] = {}
        self.due: dict[str, float] = {}
        self.asked_to_stop = 0
        sockets = place.sockets()
        self.postgres = None if wishes.database_url else Postgres(place.cluster(), sockets / "postgres", fds=(family,))
        self.redis = None if wishes.redis_url else Redis(place.data / "redis", sockets / "redis", fds=(family,))
        self.env: Environments = environments(wishes, place, self.postgres, self.redis, os.environ)
        self.demo = Demo.in_folder(place.data, wished=wishes.demo)
        self.preparing = Preparing(listening, len(STEPS))

    def run(self) -> int:
        """Start, watch until asked to stop, stop; returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        try:
            self.preparing.start()
            self._start()
            return self._watch()
        except Stopped:
            return 0
        except (NotReady, ServerMissing) as failure:
            say(f"Backlight could not start: {failure}\nThe logs are in {self.place.logs}.")
            return 1
        finally:
            self._stop()

    def _start(self) -> None:
        self._step(1)
        if self.postgres is not None:
            self._keep("postgres", lambda: self._server(self.postgres))
            self.postgres.create_owner_and_database()
        self._step(2)
        if self.redis is not None:
            self._keep("redis", lambda: self._server(self.redis))
        self._step(3)
        self._do("migrate", [sys.executable, "manage.py", "migrate", "--verbosity=0"], self.env.owner)
        self._step(4)
        if self.demo.wanted(self._is_empty):
            self._do("demo", [sys.executable, "manage.py", "seed_demo", "--today"], self.env.web)
            self.demo.today_is_done()
        self._step(5)
        self._start_programs()
        say(f"ready {self.wishes.address}")
        say(self._setup_code() if self._is_empty() else self.demo.logins())
        if self.demo.unfinished():
            argv = [sys.executable, "manage.py", "seed_demo", "--episodes", "240", "--seed", "1"]
            self.children["demo"] = self._spawn(Command("demo", ["nice", "-n", "5", *argv], self.env.web))

    def _start_programs(self) -> None:
        ready = self.place.run / "web-ready"
        ready.unlink(missing_ok=True)
        celery = [sys.executable, "-m", "celery", "-A", "clinic.config.celery"]
        quiet = ["--without-gossip", "--without-mingle", "--loglevel=INFO"]
        socket_and_sign = {"BACKLIGHT_SOCKET": str(self.listening.fileno()), "BACKLIGHT_WEB_READY": str(ready)}
        web = [sys.executable, "-m", "gunicorn", "-c", "python:clinic.local.web", "clinic.config.wsgi"]
        worker = [*celery, "worker", "--pool=prefork", "--concurrency=2", *quiet]
        beat = [*celery, "beat", f"--schedule={self.place.run / 'beat'}", "--pidfile=", "--loglevel=INFO"]
        self._program("web", web, {**self.env.web, **socket_and_sign})
        self.children["web"].wait_until(self._unless_stopped(ready.exists), 60)
        self.preparing.hand_over()
        # Without its database and queue no polite way of ending comes to an end: SIGQUIT waits for tasks first, and a worker that
        # has just started never answers it. Its task is still in the queue and runs again after the next start.
        self._program("worker", worker, self.env.worker, patience=200, orphaned=signal.SIGKILL)
        self._program("beat", beat, self.env.worker, patience=10)
        self._program("poller", [sys.executable, "manage.py", "send_outbox", "--loop"], self.env.worker, patience=40)

    def _watch(self) -> int:
        while not self.asked_to_stop:
            for name, child in list(self.children.items()):
                if child.running:
                    continue
                if name == "demo":
                    self._demo_ended(self.children.pop(name))
                else:
                    self._restart(name, child)
            time.sleep(0.2)
        return 0

    def _demo_ended(self, child: Child) -> None:
        if child.process.returncode == 0:
            self.demo.is_complete()
            say("the demo is complete")
        else:
            say(f"The rest of the demo could not be filled in: see {child.log}.")

    def _restart(self, name: str, child: Child) -> None:
        """Start a child again that has ended by itself, after a pause that doubles while it keeps ending."""
        now = time.monotonic()
        if name not in self.due:
            steady = now - child.started > STEADY
            self.pauses[name] = 1 if steady else min(LONGEST_PAUSE, 2 * self.pauses.get(name, 0.5))
            self.due[name] = now + self.pauses[name]
            say(f"{name} ended with code {child.process.returncode} and starts again in {self.pauses[name]:.0f} s; see {child.log}")
        elif now >= self.due[name]:
            del self.due[name]
            self.children[name] = self.starters[name]()

    def _stop(self) -> None:
        if self.preparing.thread.is_alive():
            self.preparing.hand_over()
        # Until the first of them is asked, visitors are still served; afterwards nobody takes connections.
        self.listening.close()
        for group in STOP_ORDER:
            running = [self.children[name] for name in group if name in self.children and self.children[name].running]
            for child in running:
                child.process.send_signal(child.command.stop)
            for child in running:
                self._wait_for_end(child)
        for child in self.children.values():  # what is in no group: a migration that was interrupted
            if child.running:
                child.stop(patience=5)

    def _wait_for_end(self, child: Child) -> None:
        asked, limit, told = self.asked_to_stop, time.monotonic() + child.command.patience, time.monotonic() + 3
        while child.running:
            if time.monotonic() > limit or self.asked_to_stop > asked:
                child.kill()
            if told and time.monotonic() > told:
                say(f"waiting for {child.command.name} to finish what it does; Ctrl-C again ends it at once")
                told = 0
            time.sleep(0.05)

    def _ask_to_stop(self, number: int, _frame: FrameType | None) -> None:
        # `make` passes a SIGTERM on to us: only a second Ctrl-C means impatience.
        if not self.asked_to_stop or number == signal.SIGINT:
            self.asked_to_stop += 1

    def _unless_stopped(self, ready: Callable[[], bool]) -> Callable[[], bool]:
        def checked() -> bool:
            if self.asked_to_stop:
                raise Stopped
            return ready()

        return checked

    def _step(self, number: int) -> None:
        if self.asked_to_stop:
            raise Stopped
        self.preparing.at(number, STEPS[number - 1])
        say(f"step {number} of {len(STEPS)}: {STEPS[number - 1]}")

    def _log(self, name: str) -> Path:
        log = self.place.logs / f"{name}.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.rename(log.with_suffix(".log.1"))
        return log

    def _spawn(self, command: Command) -> Child:
        return Child(command, self._log(command.name), cwd=ROOT, fds=(self.family,))

    def _server(self, server: Postgres | Redis | None) -> Child:
        assert server is not None
        return server.start(self._log("postgres" if isinstance(server, Postgres) else "redis"))

    def _keep(self, name: str, start: Callable[[], Child]) -> None:
        self.starters[name] = start
        self.children[name] = start()

    def _program(
        self, name: str, argv: list[str], env: Mapping[str, str], *, patience: float = 25, orphaned: signal.Signals = signal.SIGTERM
    ) -> None:
        fds = (self.listening.fileno(),) if name == "web" else ()
        command = Command(name, argv, env, patience=patience, orphaned=orphaned, fds=fds)
        self._keep(name, lambda: self._spawn(command))

    def _do(self, name: str, argv: list[str], env: Mapping[str, str]) -> str:
        """Run something to its end; gives back its last line, raises NotReady when it fails."""
        child = self.children[name] = self._spawn(Command(name, argv, env))
        child.wait_until(self._unless_stopped(lambda: child.process.poll() == 0), 900)
        del self.children[name]
        return child.last_words(1)

    def _setup_code(self) -> str:
        """The code that opens the setup page: for the terminal alone, so this child's output goes into no log."""
        command = [sys.executable, "manage.py", "setup_token"]
        made = subprocess.run(command, cwd=ROOT, env=self.env.web, check=False, capture_output=True, text=True, timeout=60)
        return made.stdout.strip() or "The setup code could not be made; `manage.py setup_token` says why."

    def _is_empty(self) -> bool:
        """Whether the database has no clinic yet; asked as the owner, whom the row-level wall hides nothing from."""
        question = "import os, psycopg; c = psycopg.connect(os.environ['DATABASE_URL']); "
        question += "print('clinics:', c.execute('select count(*) from clinic_clinic').fetchone()[0])"
        return self._do("question", [sys.executable, "-c", question], self.env.owner) == "clinics: 0"


def say(line: str) -> None:
    """One line for the person at the terminal."""
    if line:
        print(line, flush=True)


def main() -> int:
    """Start Backlight as the environment wishes; returns the exit code."""
    try:
        wishes = read_wishes(os.environ)
        place = Place(wishes.data)
        hold(place.run / "lock", f"{wishes.address} (process {os.getpid()})")
        family = _wait_for_the_last_run(place.run / "family")
        listening = listen(wishes)
        supervisor = Supervisor(wishes, place, listening, family)
    except (Refused, WrongSetting, ServerMissing) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    say(f"Backlight is starting: {wishes.address} (data in {wishes.data}, Ctrl-C stops it)")
    return supervisor.run()


def _wait_for_the_last_run(lock: Path) -> int:
    """After a kill -9 its children are still ending: start when the last one is gone; raises Refused after a minute."""
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    limit = time.monotonic() + 60
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except OSError as error:
            if time.monotonic() > limit:
                raise Refused(f"Processes of an earlier run still use this data (`fuser {lock}` names them).") from error
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
