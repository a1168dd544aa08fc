"""Days and times that people type, kept by PostgreSQL within what can be read again: see clinic.days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.db import models

FIRST, BEYOND = date(1900, 1, 1), date(2200, 1, 1)


def readable_days(name: str, *columns: str) -> models.CheckConstraint:
    """A constraint on columns that hold days."""
    return _between(name, columns, FIRST, BEYOND)


def readable_times(name: str, *columns: str) -> models.CheckConstraint:
    """A constraint on columns that hold instants."""
    return _between(name, columns, *(datetime.combine(day, time(), UTC) for day in (FIRST, BEYOND)))


def _between(name: str, columns: tuple[str, ...], first: date, beyond: date) -> models.CheckConstraint:
    condition = models.Q(*((f"{column}__gte", first) for column in columns), *((f"{column}__lt", beyond) for column in columns))
    return models.CheckConstraint(condition=condition, name=name)
