"""The worklist as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from clinic.models import Clinic, Membership, Task
from clinic.selectors.patients import PersonLine, identities
from clinic.selectors.staff import Standing, standing_of
from clinic.task_kinds import TaskKind, kind_of


@dataclass(frozen=True)
class TaskLine:
    """One task: about whom, by which rule, since when, for whom."""

    id: UUID
    kind: TaskKind
    person: PersonLine | None
    opened_at: datetime
    due_on: date | None
    overdue: bool
    urgent: bool
    assigned_to: str
    away_until: date | None
    snoozed: bool
    reason: str
    is_done: bool = False


@dataclass(frozen=True)
class TaskGroup:
    """The tasks of one kind."""

    kind: TaskKind
    lines: tuple[TaskLine, ...]


def worklist(*, today: date, member: Membership | None = None) -> list[TaskGroup]:
    """What is to be done now, by kind: the urgent first, then the longest waiting. What is put off appears on its day.

    With `member`, only what is assigned to them, to nobody, or to a colleague who is away and for whom they stand in. `today` is the
    clinic's. Two statements for any number of rows.
    """
    rows = Task.objects.select_related("assigned_to").filter(_is_due(today))
    if member is not None:
        rows = rows.filter(Q(assigned_to=member) | Q(assigned_to=None) | Q(_is_away(today), assigned_to__deputy=member))
    tasks = list(rows.order_by("-urgent", "opened_at", "id"))
    people = identities({task.patient_id for task in tasks if task.patient_id})
    groups: dict[str, list[TaskLine]] = {}
    for task in tasks:
        groups.setdefault(task.kind, []).append(_line(task, people, today))
    return [TaskGroup(kind_of(key), tuple(lines)) for key, lines in groups.items()]


def waiting_count(*, today: date) -> int:
    """How many tasks worklist() shows to everybody."""
    return int(Task.objects.filter(_is_due(today)).count())


def waiting_in(clinic: Clinic) -> int:
    """How many tasks wait in the open clinic, on its today."""
    return waiting_count(today=clinic.today())


def task_line(task: Task, *, today: date) -> TaskLine:
    """One task for its own page."""
    return _line(task, identities([task.patient_id] if task.patient_id else []), today)


def _is_due(today: date) -> Q:
    return Q(state=Task.State.OPEN) | Q(state=Task.State.SNOOZED, due_on__lte=today)


def _is_away(today: date) -> Q:
    """The task's person is away on this day."""
    return Q(assigned_to__is_active=True, assigned_to__absent_from__lte=today, assigned_to__absent_until__gte=today)


def _line(task: Any, people: dict[UUID, PersonLine], today: date) -> TaskLine:
    whose = task.assigned_to
    is_away = whose is not None and standing_of(whose, today) == Standing.ABSENT
    return TaskLine(
        id=task.pk,
        kind=kind_of(task.kind),
        person=people.get(task.patient_id),
        opened_at=task.opened_at,
        due_on=task.due_on,
        overdue=task.due_on is not None and task.due_on < today,
        urgent=task.urgent,
        assigned_to=str(whose) if whose else "",
        away_until=whose.absent_until if is_away else None,
        snoozed=task.state == Task.State.SNOOZED,
        reason=task.reason,
        is_done=task.state == Task.State.DONE,
    )
