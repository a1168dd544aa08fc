"""A throw-away PostgreSQL and Redis for every test run.

An early plugin (`-p tests.embedded`), because pytest-django reads the settings before any conftest is loaded. The addresses
are set at once; the servers start when the first test needs them. The owner migrates a template; tests run on a clone of it
as the application's role, which may neither truncate nor alter a table: whoever commits gets a fresh clone afterwards.

`make test` spreads the tests over processes (pytest-xdist): each of them has servers of its own, nothing is shared.
"""

from __future__ import annotations

import base64
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from clinic.local.servers import APP, DATABASE, FORGETFUL, OWNER, WORKER, Postgres, Redis
from tests import template_cache

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "backlight_template"
SLOW = {"browser", "faults"}


class Cluster:
    """The two servers of one test run and the databases in them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="blt-"))
        self.folder.chmod(0o711)  # PostgreSQL's user has to pass through
        self.postgres = Postgres(self.folder / "pg", self.folder / "s", options=FORGETFUL)
        self.redis = Redis(self.folder / "redis", self.folder / "redis", durable=False)
        self.migrated = False

    def environment(self) -> dict[str, str]:
        """What settings.py reads; the keys are for tests only."""
        inbox, static = self.folder / "inbox", self.folder / "data" / "static"
        inbox.mkdir()
        static.mkdir(parents=True)  # WhiteNoise warns when it is missing, and warnings are errors here
        return {
            "DATABASE_URL": self.postgres.url(APP),
            "WORKER_DATABASE_URL": self.postgres.url(WORKER),
            "OWNER_DATABASE_URL": self.postgres.url(OWNER),
            "REDIS_URL": self.redis.url,
            "API_CALLS_PER_MINUTE": "1000000",  # counted as in the product, without an end
            "API_ANONYMOUS_CALLS_PER_MINUTE": "1000000",
            "SECRET_KEY": "for tests only, never served to anybody",
            "TOKEN_KEY": "for tests only, never sent to anybody",
            "FIELD_KEYS": base64.urlsafe_b64encode(b"for tests only, thirty-two bytes").decode(),
            "DATA": str(self.folder / "data"),
            "INBOX_DIR": str(inbox),
            "SITE_URL": "http://localhost",
            "DATABASE_POOL": "0",  # a clone can only be dropped when nobody holds connections to it
            "DEMO": "0",
            "DEBUG": "0",
        }

    def start(self) -> None:
        """Start both servers, once; with the template in place when an earlier run has kept it."""
        if self.postgres.child is None:
            self.migrated = template_cache.take(template_cache.place(), self.postgres.data, self.postgres.uid)
            self.postgres.start(self.folder / "postgres.log")
            self.redis.start(self.folder / "redis.log")

    def migrate(self) -> None:
        """Let the owner build the template, once, and keep it for the next run."""
        self.start()
        if self.migrated or self.postgres.child is None:
            return
        kept = template_cache.place()
        self.postgres.create_owner_and_database(TEMPLATE)
        environment = {**os.environ, "DATABASE_URL": self.postgres.url(OWNER, TEMPLATE)}
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        if done.returncode != 0:
            pytest.exit(f"The migrations failed:\n{done.stdout}{done.stderr}", returncode=1)
        self.postgres.child.stop()
        template_cache.keep(self.postgres.data, kept)
        self.postgres.start(self.folder / "postgres.log")
        self.migrated = True

    def reset(self) -> None:
        """Replace the tests' database by a fresh clone of the template; connections of others are cut."""
        self.migrate()
        self.postgres.sql(f"drop database if exists {DATABASE} with (force)")
        self.postgres.sql(f"create database {DATABASE} template {TEMPLATE} owner {OWNER}")

    def stop(self) -> None:
        """End both servers without saving anything, and remove their folders."""
        for child in (self.redis.child, self.postgres.child):
            if child is not None and child.running:
                child.process.send_signal(signal.SIGQUIT if child is self.postgres.child else signal.SIGKILL)
                child.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


CLUSTER = pytest.StashKey[Cluster]()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the addresses before pytest-django loads the settings; each process of pytest-xdist does so for itself."""
    cluster = Cluster()
    early_config.stash[CLUSTER] = cluster
    early_config.add_cleanup(cluster.stop)
    os.environ.update(cluster.environment())
    os.environ.pop("EMAIL_URL", None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folders of the slowest tests: no process shall be left alone with them at the end."""
    items.sort(key=lambda item: item.path.parent.name not in SLOW)


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Cluster:
    """The running servers; for tests of the servers themselves. Everybody else asks for `db` or `transactional_db`."""
    cluster = request.config.stash[CLUSTER]
    cluster.start()
    return cluster
