"""What the supervisor is told by its environment, and what it tells its children."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clinic.local.servers import APP, BACKUP, LONGEST_SOCKET_PATH, OWNER, WORKER, Postgres, Redis, can_enter, unprivileged_uid

ROOT = Path(__file__).resolve().parents[2]
OPEN_PLACE = Path("/var/lib/backlight")  # for root whose data folder is closed to PostgreSQL's own user, as /root is


class WrongSetting(Exception):
    """A variable of the environment cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Wishes:
    """What the person who starts Backlight chose."""

    port: int
    host: str
    data: Path
    demo: bool
    database_url: str
    redis_url: str

    @property
    def address(self) -> str:
        """What to type into the browser."""
        return f"http://localhost:{self.port}"


def read_wishes(environ: Mapping[str, str]) -> Wishes:
    """PORT, HOST, DATA, DEMO, DATABASE_URL and REDIS_URL, checked; raises WrongSetting."""
    port = environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise WrongSetting(f"PORT={port} is not a port number.")
    # A database of one's own is not filled with invented patients unless that is said.
    demo = environ.get("DEMO") or ("0" if environ.get("DATABASE_URL") else "1")
    if demo not in {"0", "1"}:
        raise WrongSetting(f"DEMO={demo} is neither 0 nor 1.")
    host = environ.get("HOST") or "127.0.0.1"
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError as error:
        raise WrongSetting(f"HOST={host} is not an IP address.") from error
    if demo == "1" and not loopback:
        raise WrongSetting(f"HOST={host} would offer the demo's public passwords to others. Use DEMO=0 with it.")
    return Wishes(
        port=int(port),
        host=host,
        data=Path(environ.get("DATA") or ROOT / "data").resolve(),
        demo=demo == "1",
        database_url=environ.get("DATABASE_URL", ""),
        redis_url=environ.get("REDIS_URL", ""),
    )


class Place:
    """The data folder: what is kept (database, queue, keys, inbox), what belongs to one run, and the logs."""

    def __init__(self, data: Path) -> None:
        self.data, self.run, self.logs = data, data / "run", data / "logs"
        data.mkdir(parents=True, exist_ok=True)
        # As root, PostgreSQL's own user has to pass through to its subfolder; nobody can list or read anything else.
        data.chmod(0o711 if unprivileged_uid() is not None else 0o700)
        (data / "static").mkdir(exist_ok=True)  # nothing is collected here: files are served from where they lie
        for folder in (self.run, self.logs):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711 if folder is self.run and unprivileged_uid() is not None else 0o700)

    def _is_open(self) -> bool:
        """Whether PostgreSQL's user can get here: always, unless we are root in a folder closed to others."""
        uid = unprivileged_uid()
        return uid is None or can_enter(self.run, uid)

    def cluster(self) -> Path:
        """The folder of the embedded database; elsewhere, behind a link, when its user could not get at it here."""
        here = self.data / "postgres"
        if self._is_open():
            return here
        elsewhere = OPEN_PLACE / hashlib.sha256(str(self.data).encode()).hexdigest()[:16]
        elsewhere.mkdir(parents=True, exist_ok=True)
        if not here.is_symlink():
            here.symlink_to(elsewhere)
        return elsewhere

    def sockets(self) -> Path:
        """The folder for the servers' sockets: in the run folder, or a temporary one where that is closed or its path too long."""
        note = self.run / "sockets-elsewhere"
        if note.exists():
            shutil.rmtree(note.read_text(encoding="utf-8"), ignore_errors=True)
            note.unlink()
        if len(str(self.run / "postgres/.s.PGSQL.5432")) < LONGEST_SOCKET_PATH and self._is_open():
            return self.run
        elsewhere = Path(tempfile.mkdtemp(prefix="backlight-"))
        elsewhere.chmod(0o711 if unprivileged_uid() is not None else 0o700)
        note.write_text(str(elsewhere), encoding="utf-8")
        return elsewhere

    def keys(self) -> dict[str, str]:
        """The installation's secrets, made on the first start and readable by their owner alone."""
        kept = self.data / "keys.json"
        if not kept.exists():
            made = {
                "SECRET_KEY": secrets.token_urlsafe(50),
                "TOKEN_KEY": secrets.token_urlsafe(32),
                "FIELD_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
            }
            unfinished = kept.with_suffix(".new")
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(made, file, indent=2)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(kept)
        return {str(key): str(value) for key, value in json.loads(kept.read_text(encoding="utf-8")).items()}


@dataclass(frozen=True)
class Environments:
    """The environment of each kind of child: each connects to the database as its own role."""

    web: dict[str, str]
    worker: dict[str, str]
    owner: dict[str, str]


def environments(wishes: Wishes, place: Place, postgres: Postgres | None, redis: Redis | None, environ: Mapping[str, str]) -> Environments:
    """What the children get to see. A variable that is set outside wins over what we would choose."""
    web_url = postgres.url(APP) if postgres else wishes.database_url
    worker_url = postgres.url(WORKER) if postgres else environ.get("WORKER_DATABASE_URL", web_url)
    owner_url = postgres.url(OWNER) if postgres else environ.get("OWNER_DATABASE_URL", web_url)
    inbox = place.data / "inbox"
    if wishes.demo and not environ.get("EMAIL_URL"):
        inbox.mkdir(mode=0o700, exist_ok=True)
    base = {
        **place.keys(),
        "SITE_URL": wishes.address,
        "INBOX_DIR": str(inbox) if inbox.exists() and wishes.demo and not environ.get("EMAIL_URL") else "",
        "PYTHONUNBUFFERED": "1",
        # Free memory goes back to the system sooner; the default keeps an arena per thread.
        "MALLOC_ARENA_MAX": "2",
        **{key: value for key, value in environ.items() if value},
        "DATA": str(place.data),
        "DEMO": "1" if wishes.demo else "0",
        "DJANGO_SETTINGS_MODULE": "clinic.config.settings",
        "REDIS_URL": redis.url if redis else wishes.redis_url,
        "WORKER_DATABASE_URL": worker_url,
    }
    if base.get("METRICS_TOKEN"):
        counts = place.run / "metrics"
        shutil.rmtree(counts, ignore_errors=True)
        counts.mkdir()
        base["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
    base.pop("OWNER_DATABASE_URL", None)  # what serves must not know how to become the owner
    backup = {"BACKUP_DATABASE_URL": postgres.url(BACKUP)} if postgres else {}
    return Environments(
        web={**base, "DATABASE_URL": web_url},
        worker={**base, **backup, "DATABASE_URL": worker_url, "DATABASE_POOL": base.get("DATABASE_POOL", "1")},
        owner={**base, "DATABASE_URL": owner_url, "DATABASE_POOL": "0"},
    )
