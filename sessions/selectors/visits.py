"""What the day's list and the visit's page read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from clinic.models import Clinic
from clinic.selectors.patients import PersonLine, identities
from sessions.models import LaserApplication, Plan, Visit
from sessions.models.device import LaserSettings
from sessions.wording import plain_number

SETTING_NAMES = tuple(field.name for field in LaserSettings._meta.get_fields())


@dataclass(frozen=True)
class LastVisit:
    """The course's newest signed visit, as the list shows it."""

    on: datetime
    pain_before: int | None
    pain_after: int | None


@dataclass(frozen=True)
class DayLine:
    """One visit of the day."""

    visit_id: UUID
    course_id: UUID
    patient_id: UUID
    at: datetime
    person: PersonLine | None
    therapist_id: UUID | None
    therapist: str
    state: str
    state_label: str
    why_missed: str
    has_draft: bool
    number: int
    planned: int | None
    last: LastVisit | None

    @property
    def name(self) -> str:
        """The patient's name, or the record number of somebody without one."""
        return self.person.name if self.person else ""

    @property
    def is_open(self) -> bool:
        """Whether it can still be recorded."""
        return self.state in {Visit.State.BOOKED, Visit.State.ARRIVED}


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of a local day, and of the next."""
    start = datetime.combine(day, time.min, zone)
    return start, datetime.combine(day + timedelta(days=1), time.min, zone)


def day_lines(day: date, zone: ZoneInfo) -> list[DayLine]:
    """The day's visits in order of time: four statements, however many there are."""
    start, end = day_bounds(day, zone)
    return _lines(Visit.objects.filter(planned_for__gte=start, planned_for__lt=end))


def next_arrived(day: date, zone: ZoneInfo, *, therapist_id: UUID, after: UUID) -> UUID | None:
    """The first patient of the day who is here and waits for this therapist, or for anybody; one statement."""
    start, end = day_bounds(day, zone)
    waiting = Visit.objects.filter(planned_for__gte=start, planned_for__lt=end, state=Visit.State.ARRIVED).exclude(pk=after)
    mine = waiting.filter(Q(therapist_id=therapist_id) | Q(therapist_id=None)).order_by("planned_for", "id")
    found: UUID | None = mine.values_list("pk", flat=True).first()
    return found


def unsigned_lines(before: datetime, *, limit: int = 60) -> list[DayLine]:
    """Visits booked for before this instant whose patient arrived and that are not signed, oldest first."""
    return _lines(Visit.objects.filter(state=Visit.State.ARRIVED, planned_for__lt=before), limit=limit)


def unsigned_count(clinic: Clinic) -> int:
    """How many visits unsigned_lines() would show by tonight, without its limit."""
    tonight = day_bounds(clinic.today(), clinic.zone)[1]
    return int(Visit.objects.filter(state=Visit.State.ARRIVED, planned_for__lt=tonight).count())


def _lines(rows: Any, *, limit: int = 200) -> list[DayLine]:
    ordered = rows.select_related("course", "therapist", "draft").order_by("planned_for", "id")
    visits: list[Visit] = list(ordered[:limit])
    courses = {visit.course_id for visit in visits}
    people = identities({visit.course.patient_id for visit in visits})
    signed = _signed_by_course(courses)
    plans = planned_visits(courses)
    return [_line(visit, people, signed, plans) for visit in visits]


def _line(visit: Visit, people: dict[UUID, PersonLine], signed: dict[UUID, list[LastVisit]], plans: dict[UUID, int]) -> DayLine:
    past = [last for last in signed.get(visit.course_id, []) if last.on < (visit.occurred_at or visit.planned_for)]
    return DayLine(
        visit_id=visit.pk,
        course_id=visit.course_id,
        patient_id=visit.course.patient_id,
        at=visit.planned_for,
        person=people.get(visit.course.patient_id),
        therapist_id=visit.therapist_id,
        therapist=visit.therapist.display_name if visit.therapist else "",
        state=visit.state,
        state_label=str(visit.get_state_display()),
        why_missed=why_missed(visit),
        has_draft=hasattr(visit, "draft"),
        number=len(past) + 1,
        planned=plans.get(visit.course_id),
        last=past[-1] if past else None,
    )


def why_missed(visit: Visit) -> str:
    """What is known beside the state: "late, ill"; empty when nothing is."""
    late = _("late") if visit.is_late_cancel else ""
    return ", ".join(part for part in (late, str(visit.get_missed_reason_display())) if part)


def _signed_by_course(courses: Iterable[UUID]) -> dict[UUID, list[LastVisit]]:
    rows = (
        Visit.objects.filter(course_id__in=list(courses), state=Visit.State.SIGNED)
        .order_by("occurred_at")
        .values_list("course_id", "occurred_at", "pain_before", "pain_after")
    )
    found: dict[UUID, list[LastVisit]] = {}
    for course_id, on, before, after in rows:
        found.setdefault(course_id, []).append(LastVisit(on, before, after))
    return found


def planned_visits(courses: Iterable[UUID]) -> dict[UUID, int]:
    """How many visits the newest plan of each course intends."""
    newest = Plan.objects.filter(course_id__in=list(courses)).order_by("course_id", "-version").distinct("course_id")
    return dict(newest.values_list("course_id", "planned_visits"))


def treated_at(visit: Visit, now: datetime, zone: ZoneInfo) -> datetime:
    """When the treatment took place: now, unless a visit of an earlier day is only signed today."""
    came = visit.arrived_at or visit.planned_for
    return came if came.astimezone(zone).date() < now.astimezone(zone).date() else now


@dataclass(frozen=True)
class FormerSettings:
    """What was set at the last signed laser visit of a course, whoever signed it: settings and places, never findings."""

    on: datetime
    by: str
    sites: tuple[dict[str, Any], ...]

    @property
    def summary(self) -> str:
        """The first site in a few words: "Lumbar A, 12 W, 420 s, 500 cm²"."""
        site = self.sites[0]
        power, seconds, area = site["average_power_w"], site["emission_s"], site["treated_area_cm2"]
        points = f"{site['points']} × {site['seconds_per_point']} s" if site["points"] and site["seconds_per_point"] else ""
        parts = [site["name"], power and f"{power} W", seconds and f"{seconds} s", points, area and f"{area} cm²"]
        return ", ".join(str(part) for part in parts if part)


def treatment_began(course: str) -> Subquery:
    """When the first signed visit of an outer query's course took place, null before there is one. course: the field's name."""
    signed = Visit.objects.filter(course=OuterRef(course), state=Visit.State.SIGNED, occurred_at__isnull=False)
    return Subquery(signed.order_by("occurred_at").values("occurred_at")[:1])


def former_settings(course_id: UUID, *, before: datetime) -> FormerSettings | None:
    """The newest signed laser visit of the course before an instant; one statement."""
    rows = list(
        LaserApplication.objects.filter(visit__course_id=course_id, visit__state=Visit.State.SIGNED, visit__occurred_at__lt=before)
        .select_related("visit__signed_by", "protocol", "device")
        .order_by("-visit__occurred_at", "position")[:12]
    )
    if not rows:
        return None
    visit = rows[0].visit
    return FormerSettings(
        on=visit.occurred_at or visit.planned_for,
        by=visit.signed_by.display_name if visit.signed_by else "",
        sites=tuple(_site(row) for row in rows if row.visit_id == visit.pk),
    )


def setting_values(row: LaserSettings) -> dict[str, Any]:
    """The settings of an application or a protocol as the form's fields take them; "" where nothing is set."""
    shares = ", ".join(f"{wavelength}: {share}" for wavelength, share in (row.wavelength_shares or {}).items())
    return {name: _plain(getattr(row, name)) for name in SETTING_NAMES} | {"wavelength_shares": shares}


def _site(row: LaserApplication) -> dict[str, Any]:
    return setting_values(row) | {
        "name": row.protocol.name if row.protocol else row.device.name,
        "device": str(row.device_id),
        "handpiece": str(row.handpiece_id or ""),
        "protocol": str(row.protocol_id or ""),
        "region": row.region,
        "side": row.side,
        "levels": " ".join(row.levels),
        "copied_from": str(row.pk),
    }


def _plain(value: Any) -> Any:
    """A setting as a form's field takes it: a decimal without its column's zeros, "" for none, anything else as it is."""
    return plain_number(value) if value is None or isinstance(value, Decimal) else value
