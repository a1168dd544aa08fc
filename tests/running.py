"""Real child processes for tests that are about them: a Celery worker, the outbox poller, any command of ours."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from clinic.local.processes import Child, Command
from tests.embedded import ROOT, Cluster


def wait_until(condition: Callable[[], object], seconds: float = 20, *, what: str = "the condition") -> None:
    """Wait for something a process does on its own time; fails with its name when it does not happen."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"{what} did not happen within {seconds} s"
        time.sleep(0.05)


class Processes:
    """Starts our programs against the tests' servers as the worker's role, and stops what is left at the end."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self.cluster, self.folder = cluster, folder
        self.children: list[Child] = []

    def start(self, name: str, argv: Sequence[str], **environment: str) -> Child:
        """Start one program; its output is in `child.log`."""
        env = {**os.environ, "DATABASE_URL": os.environ["WORKER_DATABASE_URL"], "DATABASE_POOL": "2", **environment}
        log = self.folder / f"{name}-{len(self.children)}.log"
        child = Child(Command(name, [sys.executable, *argv], env, patience=20), log)
        self.children.append(child)
        return child

    def start_worker(self, **environment: str) -> Child:
        """Start a Celery worker with two pool processes and wait until it takes tasks."""
        options = ["--pool=prefork", "--concurrency=2", "--without-gossip", "--without-mingle", "--loglevel=INFO"]
        worker = self.start("worker", ["-m", "celery", "-A", "clinic.config.celery", "worker", *options], **environment)
        worker.wait_until(lambda: " ready." in worker.log.read_text(encoding="utf-8", errors="replace"), 60)
        return worker

    def start_poller(self, **environment: str) -> Child:
        """Start the outbox poller; wait for what it sends, it announces nothing."""
        return self.start("poller", ["manage.py", "send_outbox", "--loop"], **environment)

    def stop(self) -> None:
        """Stop everything, the youngest first."""
        for child in reversed(self.children):
            child.stop()


@pytest.fixture
def processes(cluster: Cluster, transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Processes]:
    """Start our own programs in a test: `processes.start_worker()`, `.start_poller()`, `.start(name, argv)`."""
    import redis

    monkeypatch.chdir(ROOT)
    with redis.Redis(unix_socket_path=str(cluster.redis.socket)) as broker:
        broker.flushall()
    started = Processes(cluster, tmp_path)
    yield started
    started.stop()


@pytest.fixture
def celery_worker(processes: Processes) -> Child:
    """A real Celery worker on the tests' database and broker; kill it with `celery_worker.kill()`."""
    return processes.start_worker()


@pytest.fixture
def poller(processes: Processes) -> Child:
    """The real outbox poller on the tests' database."""
    return processes.start_poller()
