"""A day or a week of the calendar in columns: days, or therapists, rooms, lasers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.models import Clinic
from clinic.selectors.patients import PersonLine, identities
from sessions.models import Visit
from sessions.selectors.calendar import calendar_rules, choices, open_days
from sessions.selectors.visits import day_bounds

BY = ("therapist", "room", "device")
_SATURDAY = 5


@dataclass(frozen=True)
class Entry:
    """One visit in the calendar."""

    visit_id: UUID
    patient_id: UUID
    at: datetime
    until: datetime | None
    clock: str
    person: PersonLine | None
    therapist: str
    room: str
    device: str
    state: str
    state_label: str

    @property
    def name(self) -> str:
        """The patient's name, or the record number of somebody without one."""
        return self.person.name if self.person else ""

    @property
    def is_off(self) -> bool:
        """Whether it does not take place."""
        return self.state in {Visit.State.NO_SHOW, Visit.State.CANCELLED_BY_CLINIC, Visit.State.CANCELLED_BY_PATIENT}

    @property
    def can_move(self) -> bool:
        """Whether it is still booked."""
        return self.state == Visit.State.BOOKED


@dataclass(frozen=True)
class Column:
    """One column: a day of a week, or somebody or something on one day."""

    title: str
    day: date
    is_today: bool = False
    closed: str = ""
    entries: list[Entry] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many visits take place here, as far as anybody knows."""
        return sum(not entry.is_off for entry in self.entries)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week(clinic: Clinic, day: date, *, by: str = "", only: UUID | None = None) -> list[Column]:
    """The week of a day, a column per day; a weekend without visits is left out. `by` and `only`: one therapist's, room's or laser's.

    The same five statements for one visit and for a thousand.
    """
    first = monday_of(day)
    entries = _entries(clinic, first, 7, by=by, only=only)
    closed, today = open_days(clinic, calendar_rules()), clinic.today()
    columns = []
    for number in range(7):
        each = first + timedelta(days=number)
        mine = [entry for entry, _where in entries if entry.at.date() == each]
        if mine or number < _SATURDAY:
            columns.append(Column(date_format(each, "D j M"), each, each == today, closed.why_closed(each), mine))
    return columns


def one_day(clinic: Clinic, day: date, by: str) -> list[Column]:
    """One day, a column per therapist, room or laser, and one for visits without. The same statements for any number of visits."""
    entries = _entries(clinic, day, 1)
    titles = choices()[by]
    named = {key for key, _title in titles}
    columns = [Column(title, day, entries=[entry for entry, where in entries if where[by] == key]) for key, title in titles]
    rest = [entry for entry, where in entries if where[by] not in named]
    nobody = {"therapist": _("Nobody in particular"), "room": _("Without a room"), "device": _("Without a laser")}[by]
    return [*columns, Column(nobody, day, entries=rest)] if rest or not columns else columns


Where = dict[str, UUID | None]


def _entries(clinic: Clinic, first: date, days: int, *, by: str = "", only: UUID | None = None) -> list[tuple[Entry, Where]]:
    start, end = day_bounds(first, clinic.zone)[0], day_bounds(first + timedelta(days=days - 1), clinic.zone)[1]
    rows = Visit.objects.filter(planned_for__gte=start, planned_for__lt=end)
    if by in BY and only:
        rows = rows.filter(**{f"{by}_id": only})
    visits = list(rows.select_related("course", "therapist", "room", "device").order_by("planned_for", "id")[:2000])
    people = identities({visit.course.patient_id for visit in visits})
    labels = {state.value: str(state.label) for state in Visit.State}
    return [(_entry(visit, people, clinic.zone, labels), _where(visit)) for visit in visits]


def _where(visit: Visit) -> Where:
    return {"therapist": visit.therapist_id, "room": visit.room_id, "device": visit.device_id}


def _entry(visit: Visit, people: dict[UUID, PersonLine], zone: ZoneInfo, labels: dict[str, str]) -> Entry:
    at = visit.planned_for.astimezone(zone)
    until = visit.planned_until.astimezone(zone) if visit.planned_until else None
    return Entry(
        visit_id=visit.pk,
        patient_id=visit.course.patient_id,
        at=at,
        until=until,
        clock=f"{at:%H:%M}–{until:%H:%M}" if until else f"{at:%H:%M}",
        person=people.get(visit.course.patient_id),
        therapist=visit.therapist.display_name if visit.therapist else "",
        room=visit.room.name if visit.room else "",
        device=visit.device.name if visit.device else "",
        state=visit.state,
        state_label=labels[visit.state],
    )


def seen(columns: Iterable[Column]) -> set[UUID]:
    """Whose visits the columns show."""
    return {entry.patient_id for column in columns for entry in column.entries}
