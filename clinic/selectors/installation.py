"""What can be asked of the database about itself: whether it keeps what it acknowledges, and whether its tables are this program's."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from clinic.operation.health import SAFE_SETTINGS, unsafe_settings


@dataclass(frozen=True)
class DatabaseFacts:
    """What PostgreSQL says about itself. `walls_stand`: the role we serve as is one that row-level security holds for."""

    version: str
    now: datetime
    unsafe: tuple[str, ...]
    walls_stand: bool
    pending_migrations: int


def unsafe_database_settings() -> list[str]:
    """The settings that risk acknowledged records, asked of the server as it runs now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", [list(SAFE_SETTINGS)])
        return unsafe_settings(dict(cursor.fetchall()))


def pending_migrations() -> int:
    """How many migrations of this program the database has not had yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return len(_migrations() - set(cursor.fetchall()))


@functools.cache
def _migrations() -> frozenset[tuple[str, str]]:
    """The migrations this program was started with: they lie in files and do not change while it runs."""
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    return frozenset(key for key in loader.graph.nodes if key in loader.disk_migrations)


def database_facts() -> DatabaseFacts:
    """Everything the health page says about the database; three statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), clock_timestamp(), "
            "NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) "
            "AND NOT EXISTS (SELECT FROM pg_tables WHERE tablename = 'clinic_patient' AND tableowner = current_user)"
        )
        version, now, walls_stand = cursor.fetchone()
    return DatabaseFacts(version.split()[0], now, tuple(unsafe_database_settings()), walls_stand, pending_migrations())
