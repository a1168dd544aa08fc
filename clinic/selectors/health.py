"""Whether the installation is well, line by line: what is, whether that is good, and what to do when it is not."""

from __future__ import annotations

import platform
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db.models import Max, Min, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.ages import ago
from clinic.models import Clinic, Heartbeat, Message, MessageHold
from clinic.operation import health
from clinic.operation.health import State
from clinic.operation.version import VERSION
from clinic.selectors.installation import database_facts
from clinic.selectors.messages import REASONS
from clinic.selectors.operations import last_operation
from clinic.services.operations import BACKUP, RESTORE_TEST
from clinic.services.signs_of_life import BEAT, BROKER, INVITER, MAIL, POLLER, WORKER

Words = str | Promise


@dataclass(frozen=True)
class Check:
    """One line: what, how it is, what there is to say, and what to do. `fix` is empty when all is well."""

    key: str
    name: Words
    state: State
    says: str
    fix: Words = ""


@dataclass(frozen=True)
class Section:
    """Lines that belong together."""

    title: Words
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Health:
    """The whole page."""

    state: State
    broken: int
    to_look_at: int
    sections: tuple[Section, ...]
    at: datetime


@dataclass(frozen=True)
class Sign:
    """What was last heard of a program, or of something that all need."""

    age: timedelta | None = None
    works: bool = False
    detail: dict[str, Any] | None = None


def health_of(clinic: Clinic) -> Health:
    """Everything the installation's owner should know, seen from one clinic. Asks PostgreSQL and the disk, nothing else."""
    rows = Heartbeat.objects.annotate(now=Now())
    signs = {row.name: Sign(row.now - row.at, row.works, row.detail) for row in rows}
    sections = (
        Section(gettext_lazy("Messages to patients"), (_mail(clinic, signs), *_outbox(clinic))),
        Section(gettext_lazy("Programs in the background"), _programs(signs)),
        Section(gettext_lazy("Backups"), _backups()),
        Section(gettext_lazy("Database and server"), _server()),
    )
    states = [check.state for section in sections for check in section.checks]
    return Health(health.worst(states), states.count(State.FAIL), states.count(State.WARN), sections, timezone.now())


def _alive(signs: dict[str, Sign], name: str) -> State:
    return health.of_sign(signs.get(name, Sign()).age, settings.HEARTBEAT_SECONDS)


def _heard(sign: Sign | None) -> str:
    if sign is None or sign.age is None:
        return _("Never heard of.")
    return _("Last heard of %(ago)s.") % {"ago": ago(sign.age)}


def _mail(clinic: Clinic, signs: dict[str, Sign]) -> Check:
    name, sign = gettext_lazy("Mail server"), signs.get(MAIL)
    if settings.INBOX_DIR and not clinic.is_demo:
        kept = _("The demo's inbox keeps every mail: none leaves.")
        return Check("mail", name, State.FAIL, kept, gettext_lazy("Start Backlight once more with DEMO=0, and set EMAIL_URL."))
    if sign is None or _alive(signs, POLLER) != State.OK:
        return Check("mail", name, State.FAIL, _("Not known: the poller, which asks it, is not running."), _("Start the poller first."))
    if sign.works:
        inbox = _("The demo's own inbox takes every mail; none leaves this machine.")
        return Check("mail", name, State.OK, inbox if settings.INBOX_DIR else _("It answers."))
    why = REASONS.get((sign.detail or {}).get("error", "")) or _("the mail server refused it")
    fix = gettext_lazy(
        "Check EMAIL_URL (server, port, user, password) and whether the mail server runs, then restart. No message is lost: they wait."
    )
    return Check("mail", name, State.FAIL, _("It does not take mail: %(why)s.") % {"why": why}, fix)


def _outbox(clinic: Clinic) -> tuple[Check, ...]:
    waiting = Q(state__in=[Message.State.DUE, Message.State.SENDING])
    failed = Q(state=Message.State.DEAD)
    found = Message.objects.aggregate(
        oldest=Min("due_at", filter=waiting & Q(due_at__lte=Now())), sent=Max("sent_at"), failed=Max("due_at", filter=failed)
    )
    return (_oldest(clinic, found["oldest"]), _last_sent(clinic, found["sent"]), _last_failed(clinic, found["failed"]))


def _oldest(clinic: Clinic, due_at: datetime | None) -> Check:
    name = gettext_lazy("Oldest message that waits")
    if MessageHold.objects.filter(ended_at=None).exists():
        fix = gettext_lazy("Look at the messages page, and let them go when it is right.")
        return Check("waiting", name, State.WARN, _("Messages are on hold since a backup was restored."), fix)
    if due_at is None:
        return Check("waiting", name, State.OK, _("None waits."))
    late = health.late_by(due_at, timezone.now().astimezone(clinic.zone))
    state = health.of_age(late, health.MESSAGE_LATE, health.MESSAGE_TOO_LATE)
    says = _("It could have left %(ago)s.") % {"ago": ago(late)} if late else _("It leaves in the morning: nothing is sent at night.")
    return Check("waiting", name, state, says, "" if state == State.OK else gettext_lazy("See mail server and poller on this page."))


def _last_sent(clinic: Clinic, at: datetime | None) -> Check:
    says = _("%(when)s.") % {"when": _local(clinic, at)} if at else _("None has left yet.")
    return Check("last-sent", gettext_lazy("Last message that left"), State.OK, says)


def _last_failed(clinic: Clinic, at: datetime | None) -> Check:
    name = gettext_lazy("Last message given up")
    if at is None:
        return Check("last-failed", name, State.OK, _("None."))
    fix = gettext_lazy("Open the messages page: it says why, and lets you try again.")
    recent = timezone.now() - at < timedelta(days=7)
    return Check("last-failed", name, State.WARN if recent else State.OK, f"{_local(clinic, at)}.", fix if recent else "")


def _local(clinic: Clinic, at: datetime) -> str:
    return date_format(at.astimezone(clinic.zone), "DATETIME_FORMAT")


def _programs(signs: dict[str, Sign]) -> tuple[Check, ...]:
    restart = gettext_lazy("Start it again (docs/going-live.md names each program), and look into its log for why it ended.")
    names = {
        POLLER: gettext_lazy("Poller, which sends messages"),
        WORKER: gettext_lazy("Worker, which does tasks"),
        BEAT: gettext_lazy("Scheduler, which plans tasks"),
    }
    alive = {name: _alive(signs, name) for name in names}
    lines = []
    for name, label in names.items():
        fix = restart if alive[name] != State.OK else ""
        if name == WORKER and fix and alive[BEAT] != State.OK:
            fix = gettext_lazy("It is asked by the scheduler, which is silent too: start that first.")
        lines.append(Check(name, label, alive[name], _heard(signs.get(name)), fix))
    return (*lines, _broker(signs, alive[POLLER]), _queue(signs, alive[WORKER]), _inviter(signs.get(INVITER, Sign())))


def _broker(signs: dict[str, Sign], poller: State) -> Check:
    name, sign = gettext_lazy("Queue server (Redis or Valkey)"), signs.get(BROKER)
    if sign is None or poller != State.OK:
        return Check("broker", name, State.FAIL, _("Not known: the poller, which asks it, is not running."), _("Start the poller first."))
    if sign.works:
        return Check("broker", name, State.OK, _("It answers."))
    fix = gettext_lazy("Start it again, or correct REDIS_URL. Nothing is lost meanwhile: what is to be done stands in the database.")
    return Check("broker", name, State.FAIL, _("It does not answer."), fix)


def _queue(signs: dict[str, Sign], worker: State) -> Check:
    waiting = (signs.get(BROKER, Sign()).detail or {}).get("waiting")
    waited = (signs.get(WORKER, Sign()).detail or {}).get("waited_s")
    state = worker if worker != State.OK else health.of_wait(waited)
    says = ngettext("%(n)s task waits.", "%(n)s tasks wait.", waiting or 0) % {"n": "?" if waiting is None else waiting}
    if waited is not None:
        says += " " + _("The last one waited %(seconds)s s.") % {"seconds": waited}
    fix = "" if state == State.OK else gettext_lazy("Start the worker; a long queue empties by itself, or give the worker more processes.")
    return Check("queue", gettext_lazy("Tasks in the queue"), state, says, fix)


def _inviter(sign: Sign) -> Check:
    state = health.of_age(sign.age, health.INVITER_LATE, health.INVITER_TOO_LATE)
    says = _heard(sign)
    if sign.detail is not None:
        number = sign.detail.get("invited", 0)
        says += " " + ngettext("It invited %(n)s person.", "It invited %(n)s people.", number) % {"n": number}
    fix = gettext_lazy("It runs every 15 minutes, by scheduler and worker: see whether both are well.")
    return Check("inviter", gettext_lazy("Last look for surveys that are due"), state, says, "" if state == State.OK else fix)


def _backups() -> tuple[Check, ...]:
    made = _run_of(BACKUP, health.BACKUP_LATE, health.BACKUP_TOO_OLD)
    tested = _run_of(RESTORE_TEST, health.RESTORE_TEST_LATE, health.RESTORE_TEST_TOO_OLD)
    make = gettext_lazy("Make a backup every night; docs/backup-and-restore.md says how. What is typed after the last one can be lost.")
    test = gettext_lazy(
        "Restore the newest backup on another machine once a month and note its report here (docs/backup-and-restore.md, Testing it): "
        "only that shows that it works."
    )
    return (
        Check("backup", gettext_lazy("Last backup"), made[0], made[1], "" if made[0] == State.OK else make),
        Check("restore-test", gettext_lazy("Last test of restoring"), tested[0], tested[1], "" if tested[0] == State.OK else test),
    )


def _run_of(kind: str, late: timedelta, too_late: timedelta) -> tuple[State, str]:
    good, newest = last_operation(kind, succeeded=True), last_operation(kind)
    age = timezone.now() - good.at if good else None
    state = health.of_age(age, late, too_late)
    if settings.DEMO and state == State.FAIL:
        state = State.WARN  # what is invented need not be kept
    says = f"{ago(age)}." if age is not None else _("Never.")
    if newest is not None and not newest.succeeded:
        state, says = health.worst([state, State.WARN]), says + " " + _("The newest try failed.")
    return state, says


def _server() -> tuple[Check, ...]:
    facts = database_facts()
    durable = gettext_lazy("Set them to on in postgresql.conf and reload: a power cut could lose what was acknowledged.")
    walls = gettext_lazy("DATABASE_URL has to name the role backlight_app, which owns no table and is no superuser.")
    migrate = gettext_lazy("Run `manage.py migrate` as the tables' owner, then restart.")
    behind = ngettext("%(n)s migration is missing.", "%(n)s migrations are missing.", facts.pending_migrations) % {
        "n": facts.pending_migrations
    }
    return (
        _flag("durability", gettext_lazy("What is acknowledged is on the disk"), not facts.unsafe, ", ".join(facts.unsafe), durable),
        _flag("walls", gettext_lazy("Clinics are kept apart by the database"), facts.walls_stand, _("The role passes the walls."), walls),
        _flag("migrations", gettext_lazy("Tables fit this version"), not facts.pending_migrations, behind, migrate),
        _clock(facts.now),
        _disk(),
        _address(),
        Check("version", gettext_lazy("Versions"), State.OK, _versions(facts.version)),
    )


def _flag(key: str, name: Words, good: bool, bad_news: str, fix: Words) -> Check:  # noqa: FBT001 - a fact, not an option
    return Check(key, name, State.OK, _("Yes.")) if good else Check(key, name, State.FAIL, bad_news, fix)


def _clock(database_now: datetime) -> Check:
    off = abs((timezone.now() - database_now).total_seconds())
    good = off <= health.CLOCK_OFF_S
    fix = gettext_lazy("Let both machines take their time from a time server (NTP).")
    says = _("%(seconds)s s between web server and database.") % {"seconds": f"{off:.0f}"}
    return Check("clock", gettext_lazy("Clocks agree"), State.OK if good else State.WARN, says, "" if good else fix)


def _disk() -> Check:
    folder = next(place for place in (settings.DATA_DIR, *settings.DATA_DIR.parents, Path("/")) if place.exists())
    room = shutil.disk_usage(folder)
    state = health.of_disk(room.free, room.total)
    says = _("%(free)s GB of %(total)s GB free, where this server keeps its data.") % {
        "free": room.free // 10**9,
        "total": room.total // 10**9,
    }
    fix = gettext_lazy("Make room or take a larger disk: a database without room stops. Old backups and logs are the first to look at.")
    return Check("disk", gettext_lazy("Disk"), state, says, "" if state == State.OK else fix)


def _address() -> Check:
    name, here = gettext_lazy("Address"), settings.SITE_URL.split("//")[-1].split(":")[0] in {"localhost", "127.0.0.1", "[::1]"}
    if settings.DEBUG:
        return Check("address", name, State.FAIL, _("DEBUG is on: faults show their insides to everyone."), _("Set DEBUG=0."))
    if settings.SECURE:
        return Check("address", name, State.OK, _("%(address)s, encrypted.") % {"address": settings.SITE_URL})
    fix = gettext_lazy(
        "Put a proxy with a certificate in front and set SITE_URL to https://…; patients' phones cannot reach this address safely."
    )
    says = _("%(address)s, for this machine only.") if here else _("%(address)s is not encrypted.")
    state = State.FAIL if not here else State.OK if settings.DEMO else State.WARN
    return Check("address", name, state, says % {"address": settings.SITE_URL}, "" if state == State.OK else fix)


def _versions(database: str) -> str:
    return f"Backlight {VERSION}, Python {platform.python_version()}, Django {django.get_version()}, PostgreSQL {database}"
