"""The way back: a backup into an empty database, checked against its own manifest while nobody else can get in.

What serves is kept out until every clinic's messages are on hold: nobody may be written to twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from clinic.backup.manifest import Manifest, fingerprints, migrations, sample, tables, write_alike
from clinic.backup.opening import CannotOpen, load, manifest_of, private_keys
from clinic.database.wall import CREATE_ROLES, READING_ROLES, SERVING_ROLES
from clinic.identifiers import uuid7

_ANYTHING = "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace LIMIT 1"
_GAPS = """
SELECT clinic_id, count(*), count(DISTINCT sequence), min(sequence), max(sequence),
       (SELECT last FROM clinic_auditcounter c WHERE c.clinic_id = e.clinic_id)
FROM clinic_auditevent e GROUP BY clinic_id
"""
_HOLD = "INSERT INTO clinic_messagehold (id, clinic_id, began_at, reason) VALUES (%s, %s, now(), 'restored') ON CONFLICT DO NOTHING"


class RestoreRefused(Exception):
    """Nothing was restored; the message says why."""


@dataclass(frozen=True)
class Check:
    """One thing that has to be right after restoring. `found`: in a few words, without a name or an answer."""

    name: str
    passed: bool
    found: str


def passed(name: str, found: str) -> Check:
    """A check that found what it should."""
    return Check(name, passed=True, found=found)


def failed(name: str, found: str) -> Check:
    """A check that did not."""
    return Check(name, passed=False, found=found)


@dataclass(frozen=True)
class Restored:
    """A database that holds the backup, every clinic's messages on hold; and what its first checks found."""

    manifest: Manifest
    checks: tuple[Check, ...]


def same_database(one: str, other: str) -> bool:
    """Whether two addresses lead to the same database, whoever asks."""
    first, second = (conninfo_to_dict(url) for url in (one, other))
    return all(str(first.get(key) or "") == str(second.get(key) or "") for key in ("host", "port", "dbname"))


def restore(path: Path, key_file: Path, *, owner_url: str, keys: Mapping[str, list[str]], known: Mapping[str, Iterable[str]]) -> Restored:
    """Put a backup into the owner's empty database. keys: of this environment; known: app → migrations of this program.

    Raises RestoreRefused before anything is changed, or when nothing could be restored.
    """
    try:
        private = private_keys(key_file)
        manifest = manifest_of(path, private)
        _require_fitting(manifest, keys, known)
        with psycopg.connect(owner_url, autocommit=True) as owner:
            return Restored(manifest, _into(owner, path, private, owner_url))
    except CannotOpen as error:
        raise RestoreRefused(str(error)) from error
    except psycopg.OperationalError as error:
        raise RestoreRefused(f"The database cannot be reached as its owner: {str(error).strip().splitlines()[0]}") from error


def _require_fitting(manifest: Manifest, keys: Mapping[str, list[str]], known: Mapping[str, Iterable[str]]) -> None:
    """Refuse a backup that this program or this environment could not read afterwards."""
    unknown = [f"{app}.{name}" for app, names in manifest.migrations.items() for name in names if name not in set(known.get(app, ()))]
    if unknown:
        raise RestoreRefused(
            f"The backup was made by a newer Backlight ({manifest.version}): this one does not know {unknown[0]}. "
            "Install that version first."
        )
    for kind, made_with in manifest.keys.items():
        present = fingerprints(keys.get(kind, []))
        missing = [each for each in made_with if each not in present]
        if missing:
            raise RestoreRefused(
                f"{kind} is not what it was when the backup was made: it had {', '.join(made_with)}, this environment has "
                f"{', '.join(present) or 'none'}. Put the former {kind} into the environment; without it names and links cannot be read."
            )


def _into(owner: psycopg.Connection[Any], path: Path, private: list[Any], owner_url: str) -> tuple[Check, ...]:
    found = owner.execute(_ANYTHING).fetchone()
    if found is not None:
        raise RestoreRefused(f"The database is not empty: it has a table {found[0]}. A backup is restored into a new, empty database.")
    row = owner.execute("SELECT current_database(), current_setting('server_version_num')::int / 10000").fetchone()
    assert row is not None  # noqa: S101
    database, server = str(row[0]), int(row[1])
    owner.execute(CREATE_ROLES)
    _let_in(owner, database, may=False)
    try:
        manifest = load(path, private, owner_url, server)
    except BaseException:
        _let_in(owner, database, may=True)  # it is as empty as it was
        raise
    return examined(owner, manifest, database)


def examined(owner: psycopg.Connection[Any], manifest: Manifest, database: str) -> tuple[Check, ...]:
    """Compare what was loaded with what its manifest says. Whatever comes of that: messages are on hold before anybody gets in."""
    try:
        return (*_compared(owner, manifest), _audit_is_whole(owner))
    finally:
        hold_messages(owner)
        _let_in(owner, database, may=True)


def _let_in(owner: psycopg.Connection[Any], database: str, *, may: bool) -> None:
    words = ("GRANT", "TO") if may else ("REVOKE", "FROM")
    roles = sql.SQL(", ").join([sql.SQL("PUBLIC"), *(sql.Identifier(role) for role in (*SERVING_ROLES, *READING_ROLES))])
    owner.execute(sql.SQL("{} CONNECT ON DATABASE {} {} {}").format(sql.SQL(words[0]), sql.Identifier(database), sql.SQL(words[1]), roles))


def hold_messages(owner: psycopg.Connection[Any]) -> None:
    """Let no clinic send anything until a person has said so."""
    for (clinic_id,) in owner.execute("SELECT id FROM clinic_clinic").fetchall():
        owner.execute(_HOLD, [uuid7(), clinic_id])


def _compared(owner: psycopg.Connection[Any], manifest: Manifest) -> list[Check]:
    write_alike(owner)
    now = tables(owner)
    counts = [name for name, (rows, _digest) in manifest.tables.items() if now.get(name, [None])[0] != rows]
    contents = [name for name, row in manifest.tables.items() if now.get(name) != row]
    alike = {table: sample(owner, table, list(rows)) == rows for table, rows in manifest.samples.items()}
    sampled = sum(len(rows) for rows in manifest.samples.values())
    rows = sum(int(row[0]) for row in manifest.tables.values())
    return [
        Check("migrations", migrations(owner) == manifest.migrations, f"{sum(map(len, manifest.migrations.values()))} applied"),
        Check("row_counts", not counts, f"{rows} rows in {len(now)} tables" if not counts else f"differ: {', '.join(counts[:5])}"),
        Check("contents", not contents, "every row alike" if not contents else f"differ: {', '.join(contents[:5])}"),
        Check("random_responses", all(alike.values()), f"{sampled} byte-equal" if all(alike.values()) else "differ"),
    ]


def _audit_is_whole(owner: psycopg.Connection[Any]) -> Check:
    rows = owner.execute(_GAPS).fetchall()
    broken = [row for row in rows if not (row[1] == row[2] == row[4] == row[5] and row[3] == 1)]
    entries = sum(int(row[1]) for row in rows)
    return Check(
        "audit_sequence", not broken, f"{entries} entries of {len(rows)} clinics" if not broken else f"gaps in {len(broken)} clinics"
    )
