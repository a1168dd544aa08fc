"""A whole installation of its own: a PostgreSQL that keeps its promises, Redis, our programs. To be broken."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psycopg

from clinic.local.processes import Child, Command, NotReady
from clinic.local.servers import APP, BACKUP, DATABASE, OWNER, WORKER, Postgres, Redis
from tests import template_cache

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = "backlight_template"  # as tests/embedded.py names it


def wait_for(condition: Callable[[], object], seconds: float, what: str) -> float:
    """Wait for something a process does on its own time; the seconds it took. Raises TimeoutError with its name."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{what} did not happen within {seconds:.0f} s")
        time.sleep(0.02)
    return time.monotonic() - began


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Stage:
    """Start it, break what you like, stop it. Nothing of it is shared with the other tests' servers."""

    def __init__(self, *, empty: bool = False, **environment: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bld-"))
        self.folder.chmod(0o711)  # PostgreSQL's user has to pass through
        self.postgres = Postgres(self.folder / "pg", self.folder / "s")
        self.redis = Redis(self.folder / "redis", self.folder / "redis")
        self.inbox = self.folder / "inbox"
        self.port = 0
        self.children: list[Child] = []
        for folder in (self.inbox, self.folder / "data" / "static"):
            folder.mkdir(parents=True)
        self.more = environment
        self.headers: dict[str, str] = {}  # sent with every call
        self._start(empty=empty)

    def _start(self, *, empty: bool) -> None:
        kept = not empty and template_cache.take(template_cache.place(), self.postgres.data, self.postgres.uid)
        self.start_postgres()
        self.redis.start(self.folder / "redis.log")
        if kept:
            self.postgres.sql(f"create database {DATABASE} template {TEMPLATE} owner {OWNER}")
            return
        self.postgres.create_owner_and_database()
        if not empty:
            self.run(["manage.py", "migrate", "--verbosity=0", "--skip-checks"], OWNER)

    def environment(self, role: str = APP) -> dict[str, str]:
        """What a program of ours is told when it connects as this role."""
        return {
            "PATH": os.environ.get("PATH", ""),
            "HOME": os.environ.get("HOME", ""),
            "DJANGO_SETTINGS_MODULE": "clinic.config.settings",
            "DATABASE_URL": self.postgres.url(role),
            "BACKUP_DATABASE_URL": self.postgres.url(BACKUP),
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": "for the drill only, never served to anybody",
            "TOKEN_KEY": "for the drill only, never sent to anybody",
            "FIELD_KEYS": base64.urlsafe_b64encode(b"for the drill only, 32 bytes....").decode(),
            "DATA": str(self.folder / "data"),
            "INBOX_DIR": str(self.inbox),
            "SITE_URL": "http://localhost",
            "PYTHONUNBUFFERED": "1",
            "MESSAGE_LEASE_SECONDS": "1",
            "API_CALLS_PER_MINUTE": "100000000",  # counted as in the product, without an end
            **self.more,
        }

    def start_postgres(self, seconds: float = 30) -> None:
        """Start PostgreSQL; after a kill -9 its orphans may hold the shared memory for another moment."""
        limit = time.monotonic() + seconds
        while True:
            with suppress(NotReady):
                self.postgres.start(self.folder / "postgres.log")
                return
            if time.monotonic() > limit:
                raise TimeoutError("PostgreSQL did not start again")
            time.sleep(0.05)

    def crash_postgres(self) -> None:
        """Kill the postmaster as a power cut would, and start it again."""
        assert self.postgres.child is not None
        self.postgres.child.kill()
        self.start_postgres()

    def freeze_redis(self, *, frozen: bool) -> None:
        """Stop Redis in its tracks, its socket still open; or let it go on."""
        assert self.redis.child is not None
        self.redis.child.process.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    def run(self, argv: Sequence[str], role: str = APP, *, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a program of ours to its end."""
        env = self.environment(role) | environment
        done = subprocess.run([sys.executable, *argv], cwd=ROOT, env=env, check=False, capture_output=True, text=True)
        if check and done.returncode:
            raise RuntimeError(f"{argv[-1]} ended with {done.returncode}\n{done.stdout[-500:]}{done.stderr[-1500:]}")
        return done

    def prepare(self, what: str, *numbers: int) -> Any:
        """Call a function of tests/drill/preparation.py in a process of its own; what it returns."""
        arguments = ", ".join(map(str, numbers))
        code = (
            f"import django, json; django.setup(); from tests.drill import preparation; print(json.dumps(preparation.{what}({arguments})))"
        )
        return json.loads(self.run(["-W", "ignore", "-c", code]).stdout.splitlines()[-1])

    def start(self, name: str, argv: Sequence[str], role: str = WORKER, **environment: str) -> Child:
        """Start a program of ours; its output is in `child.log`."""
        env = self.environment(role) | {"DATABASE_POOL": "2"} | environment
        child = Child(Command(name, [sys.executable, *argv], env, patience=20), self.folder / f"{name}-{len(self.children)}.log", cwd=ROOT)
        self.children.append(child)
        return child

    def start_web(self) -> None:
        """Start gunicorn with two processes of four threads, and wait until it is ready."""
        self.port = free_port()
        options = ["-w", "2", "-k", "gthread", "--threads", "4", "-b", f"127.0.0.1:{self.port}", "--log-level", "error"]
        web = self.start("web", ["-W", "ignore", "-m", "gunicorn", "clinic.config.wsgi", *options], APP, DATABASE_POOL="6")
        web.wait_until(lambda: self._listens() and self.call("GET", "/readyz").status == 200, 60)

    def _listens(self) -> bool:
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    def call(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None, seconds: float = 30) -> Answer:
        """One request on a connection of its own. Raises OSError (http.client's among them) when nothing whole comes back."""
        return Answer.of(self.port, method, path, body, self.headers | (headers or {}), seconds)

    def rows(self, question: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What the owner reads, whom no wall hides anything from."""
        with psycopg.connect(self.postgres.url(OWNER)) as connection:
            return connection.execute(question, parameters or None).fetchall()

    def number(self, question: str, *parameters: Any) -> int:
        """The one number that a question has for an answer."""
        return int(self.rows(question, *parameters)[0][0])

    def stop(self) -> None:
        """End everything, and leave nothing behind."""
        for child in reversed(self.children):
            child.kill()
        for server in (self.redis.child, self.postgres.child):
            if server is not None and server.running:
                server.process.send_signal(signal.SIGCONT)
                server.process.send_signal(signal.SIGQUIT if server is self.postgres.child else signal.SIGKILL)
                server.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()


class Answer:
    """Status, headers and text of a response, and the seconds it took."""

    def __init__(self, status: int, headers: dict[str, str], text: str, seconds: float) -> None:
        self.status, self.headers, self.text, self.seconds = status, headers, text, seconds

    @classmethod
    def of(cls, port: int, method: str, path: str, body: bytes | None, headers: dict[str, str], patience: float) -> Answer:
        """Ask, and read everything."""
        from http.client import HTTPConnection, HTTPException

        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", port, timeout=patience)
        try:
            connection.request(method, path, body, {"Host": "localhost", **headers})
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        except HTTPException as error:
            raise ConnectionError(type(error).__name__) from error
        finally:
            connection.close()
        return cls(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text, time.perf_counter() - began)
