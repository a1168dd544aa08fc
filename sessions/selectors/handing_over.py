"""What waits for one member of staff, in numbers: names are not for whoever hands it over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.models import Membership, Task
from sessions.models import Course, Visit

COURSES, VISITS, NOTES, TASKS = "courses", "visits", "notes", "tasks"
KINDS: dict[str, str | Promise] = {
    COURSES: _("Courses of care that run, as the responsible therapist"),
    VISITS: _("Visits that are booked or have begun"),
    NOTES: _("Notes begun and not signed; the receiver signs, the author stays named"),
    TASKS: _("Tasks"),
}
_OPEN = (Visit.State.BOOKED, Visit.State.ARRIVED)


@dataclass(frozen=True)
class WaitingWork:
    """How many of one kind wait for somebody."""

    kind: str
    label: str | Promise
    number: int


def rows_of(kind: str, member: Membership) -> QuerySet[Any]:
    """What of this kind waits for this member: running courses, open visits without a note, unsigned notes, open tasks.

    A note waits for whoever is to see the patient, and for whoever began it as long as nobody else has taken it over.
    """
    begun = Visit.objects.filter(state__in=_OPEN, draft__isnull=False)
    rows: dict[str, QuerySet[Any]] = {
        COURSES: Course.objects.filter(responsible=member, ended_on=None),
        VISITS: Visit.objects.filter(state__in=_OPEN, therapist=member, draft__isnull=True),
        NOTES: begun.filter(Q(therapist=member) | Q(draft__saved_by=member, written_by=None)),
        TASKS: Task.objects.filter(assigned_to=member).exclude(state=Task.State.DONE),
    }
    return rows[kind]


def work_of(member: Membership) -> list[WaitingWork]:
    """The number of each kind; four statements however much it is."""
    return [WaitingWork(kind, label, rows_of(kind, member).count()) for kind, label in KINDS.items()]


def receivers(member: Membership) -> QuerySet[Membership]:
    """Who can take it over: everybody else who treats and has access, by name."""
    rows: QuerySet[Membership] = Membership.objects.filter(is_active=True, roles__contains=["therapist"]).exclude(pk=member.pk)
    return rows.order_by("display_name", "id")
