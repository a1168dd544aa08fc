"""When something is well, worth a look, or broken. Pure: facts in, a judgement out; the words are the page's (clinic.selectors.health)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum

MISSED_SIGNS = 5  # so many times in a row a program may stay silent
BACKUP_LATE, BACKUP_TOO_OLD = timedelta(hours=26), timedelta(hours=50)  # one a day, and two missed
RESTORE_TEST_LATE, RESTORE_TEST_TOO_OLD = timedelta(days=35), timedelta(days=100)  # one a month, a quarter missed
MESSAGE_LATE, MESSAGE_TOO_LATE = timedelta(minutes=10), timedelta(hours=2)
INVITER_LATE, INVITER_TOO_LATE = timedelta(minutes=35), timedelta(hours=2)  # it runs every 15 minutes
QUEUE_SLOW_S, QUEUE_STUCK_S = 30, 300
CLOCK_OFF_S = 5
DISK_FULL, DISK_LOW, DISK_LOW_SHARE = 1_000_000_000, 5_000_000_000, 0.1  # bytes free; of a large disk a tenth may be little
QUIET_FROM, QUIET_UNTIL = time(20), time(8)  # by the clinic's clock; between them nothing leaves but what was just asked for


class State(StrEnum):
    """How something is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


def worst(states: list[State]) -> State:
    """The state of the whole: that of its worst part."""
    return max(states, key=list(State).index, default=State.OK)


def of_age(age: timedelta | None, late: timedelta, too_late: timedelta) -> State:
    """How something is that should have happened not longer ago than `late`; never (None) is as bad as too long ago."""
    if age is None or age > too_late:
        return State.FAIL
    return State.WARN if age > late else State.OK


def of_sign(age: timedelta | None, every_s: float) -> State:
    """Whether a program is alive that should have said so every `every_s` seconds."""
    silence = timedelta(seconds=MISSED_SIGNS * every_s)
    return of_age(age, silence, silence)


def of_wait(seconds: float | None) -> State:
    """How long a task waited in the queue before a worker took it."""
    if seconds is None or seconds <= QUEUE_SLOW_S:
        return State.OK
    return State.WARN if seconds <= QUEUE_STUCK_S else State.FAIL


def of_disk(free: int, total: int) -> State:
    """How much room is left, in bytes."""
    if free < DISK_FULL:
        return State.FAIL
    return State.WARN if free < DISK_LOW or (free < 10 * DISK_LOW and free / total < DISK_LOW_SHARE) else State.OK


def late_by(due_at: datetime, local_now: datetime) -> timedelta:
    """For how long a message could have been sent and was not: nothing is sent at night, so the night does not count."""
    morning = local_now.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
    if not QUIET_UNTIL <= local_now.timetz().replace(tzinfo=None) < QUIET_FROM:
        return timedelta(0)
    return max(timedelta(0), local_now - max(due_at, morning))


# Written is written: without these a power cut may lose what was acknowledged, or the whole database.
SAFE_SETTINGS = {"fsync": {"on"}, "full_page_writes": {"on"}, "synchronous_commit": {"on", "local", "remote_write", "remote_apply"}}


def unsafe_settings(found: Mapping[str, str]) -> list[str]:
    """The names of PostgreSQL's settings that risk acknowledged records; a missing one counts as unsafe."""
    return sorted(name for name, safe in SAFE_SETTINGS.items() if found.get(name) not in safe)
