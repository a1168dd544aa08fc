"""Commands for what `make run` keeps in its data folder: a management command beside the running product, and a restore into a new folder.

python -m clinic.local.command backup          (make backup KEY=age1…)
python -m clinic.local.command restore FILE --key PRIVATE-KEY     (make restore FILE=… KEY=… DATA=…)
python -m clinic.local.command note_restore_test REPORT           (make restore-tested FILE=…/restore-report.json DATA=…)
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from clinic.local.environment import ROOT, Place, WrongSetting, environments, read_wishes
from clinic.local.processes import NotReady
from clinic.local.servers import OWNER, Postgres, ServerMissing
from clinic.local.supervisor import Refused, hold


def _manage(argv: list[str], env: dict[str, str]) -> int:
    return subprocess.run([sys.executable, str(ROOT / "manage.py"), *argv], env=env, check=False).returncode


def _running(place: Place) -> Path | None:
    """Where the sockets of the running product are; None when it does not run."""
    note = place.run / "sockets-elsewhere"
    folder = Path(note.read_text(encoding="utf-8")) if note.exists() else place.run
    return folder if (folder / "postgres/.s.PGSQL.5432").exists() else None


def beside(place: Place, argv: list[str]) -> int:
    """Run a command as the worker's role on the database of the running product; its exit code."""
    wishes = read_wishes(os.environ)
    sockets = _running(place)
    if sockets is None and not wishes.database_url:
        print(f"Backlight does not run with {place.data}. Start it first, or choose DATA=.", file=sys.stderr)
        return 1
    postgres = Postgres(place.cluster(), sockets / "postgres") if sockets and not wishes.database_url else None
    return _manage(argv, environments(wishes, place, postgres, None, os.environ).worker)


def restore(place: Place, argv: list[str]) -> int:
    """Restore into a data folder that holds no database yet: its own cluster is made, filled, checked and stopped; the exit code.

    The checks stay there as `restore-report.json`, for the installation whose backup it was."""
    hold(place.run / "lock", f"a restore (process {os.getpid()})")
    postgres = Postgres(place.cluster(), place.sockets() / "postgres")
    if (postgres.data / "PG_VERSION").exists():
        print(f"{place.data} has a database already. A backup is restored into a new data folder: choose another DATA=.", file=sys.stderr)
        return 1
    if not (place.data / "keys.json").exists():
        print(f"Put the keys.json of the former data folder into {place.data} first: without it no name can be read.", file=sys.stderr)
        return 1
    child = postgres.start(place.logs / "postgres.log")
    try:
        postgres.create_owner_and_database()
        env = environments(read_wishes(os.environ), place, postgres, None, os.environ).web
        report = ["--report", str(place.data / "restore-report.json")]
        return _manage(["restore", *argv, *report], env | {"OWNER_DATABASE_URL": postgres.url(OWNER), "DATABASE_POOL": "0"})
    finally:
        child.stop()


def main() -> int:
    """Do what the arguments say; the exit code."""
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    command, *argv = sys.argv[1:]
    try:
        place = Place(read_wishes(os.environ).data)
        return restore(place, argv) if command == "restore" else beside(place, [command, *argv])
    except (NotReady, Refused, ServerMissing, WrongSetting) as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
