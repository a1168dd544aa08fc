"""What a backup says about itself: of which version it is, and what must be found again after restoring."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql

FORMAT = 1
# Their rows stay behind: sign-ins must not come back to life, and counts of tries are of the moment.
NOT_KEPT = ("clinic_cache", "django_session")
_SAMPLE = 100

# How values are written decides the digests: the same on every server.
_WRITING = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "iso_8601",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "row_security": "off",  # a role that sees part of the rows shall fail, not copy a part
}
_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> ALL (%s) ORDER BY 1
"""
_MIGRATIONS = "SELECT app, array_agg(name ORDER BY name) FROM django_migrations GROUP BY app ORDER BY app"
# Sums do not depend on the order of the rows.
_DIGEST = "SELECT count(*), coalesce(sum(('x' || substr(md5(whole::text), 1, 16))::bit(64)::bigint), 0)::text FROM {} AS whole"


@dataclass(frozen=True)
class Manifest:
    """`tables`: name → number of rows and a digest of them all. `samples`: table → id of a row → SHA-256 of the row.

    `keys`: fingerprints of the keys that the data is sealed with; they say which key is missing, and open nothing.
    """

    format: int
    made_at: str
    version: str
    postgres: int
    migrations: dict[str, list[str]]
    tables: dict[str, list[Any]]
    samples: dict[str, dict[str, str]]
    keys: dict[str, list[str]]

    def line(self) -> bytes:
        """One line of JSON."""
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Manifest:
        """The manifest of a backup's first line. Raises ValueError when it is none of ours, or of a newer format."""
        try:
            said = json.loads(line)
            found = cls(**said)
        except (ValueError, TypeError) as error:
            raise ValueError("This file is no backup of Backlight.") from error
        if found.format != FORMAT:
            raise ValueError(f"This backup has format {found.format}; this version of Backlight reads format {FORMAT}.")
        return found


def fingerprints(keys: Iterable[str]) -> list[str]:
    """Eight digits for each key, to tell one from another."""
    return [hashlib.sha256(b"backlight key " + key.encode()).hexdigest()[:8] for key in keys]


def write_alike(connection: psycopg.Connection[Any]) -> None:
    """Make this connection write every value as the digests expect it."""
    for name, value in _WRITING.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])


def migrations(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """App → the migrations that were applied."""
    return {str(app): list(names) for app, names in connection.execute(_MIGRATIONS).fetchall()}


def tables(connection: psycopg.Connection[Any]) -> dict[str, list[Any]]:
    """Every table that is kept → its number of rows and a digest of them."""
    names = [str(row[0]) for row in connection.execute(_TABLES, [list(NOT_KEPT)]).fetchall()]
    return {name: list(_one(connection, sql.SQL(_DIGEST).format(sql.Identifier(name)))) for name in names}


def sample(connection: psycopg.Connection[Any], table: str, ids: list[str] | None = None) -> dict[str, str]:
    """A hundred random rows of a table, or those with these ids: id → SHA-256 of everything in the row."""
    chosen = sql.SQL("ORDER BY random() LIMIT {}").format(_SAMPLE) if ids is None else sql.SQL("WHERE id = ANY (%s::uuid[])")
    question = sql.SQL("SELECT id::text, whole::text FROM {} AS whole {}").format(sql.Identifier(table), chosen)
    rows = connection.execute(question, None if ids is None else [ids]).fetchall()
    return {str(row[0]): hashlib.sha256(str(row[1]).encode()).hexdigest() for row in rows}


def _one(connection: psycopg.Connection[Any], question: sql.Composed) -> tuple[Any, ...]:
    row = connection.execute(question).fetchone()
    assert row is not None  # noqa: S101 (an aggregate has one row)
    return tuple(row)
