"""The worklist: what asks a member of staff to do or decide something."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import Membership, Patient, Task
from clinic.writes import Actor, audited, nothing_to_write, writes


class TaskRefused(ValueError):
    """A task that cannot be closed or put off so; `field` says what is missing."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@writes("task.open")
def open_task(
    *,
    actor: Actor,
    kind: str,
    patient: Patient | None = None,
    subject_id: UUID | None = None,
    assigned_to: Membership | None = None,
    urgent: bool = False,
    due_on: date | None = None,
) -> Task:
    """Put a matter on the worklist. The same matter (kind and subject) is there once: when it is open, that task is returned."""
    if subject_id is not None:
        waiting = Task.objects.filter(kind=kind, subject_id=subject_id).exclude(state=Task.State.DONE).first()
        if waiting is not None:
            nothing_to_write()
            found: Task = waiting
            return found
    task = Task(kind=kind, patient=patient, subject_id=subject_id, assigned_to=assigned_to, urgent=urgent, due_on=due_on)
    task.save()
    audited(task, kind=kind)
    return task


@writes("task.close")
def close_task(*, actor: Actor, task: Task, decision: str, reason: str = "") -> Task:
    """Take a task off the worklist with what was decided. Raises TaskRefused without a decision, or when it is closed already."""
    locked = _open(task)
    if not decision:
        raise TaskRefused("decision", _("Choose what was decided."))
    locked.state, locked.decision, locked.reason = Task.State.DONE, decision, reason.strip()
    locked.closed_at = timezone.now()
    locked.save()
    audited(locked, decision=decision)
    return locked


@writes("task.snooze")
def snooze_task(*, actor: Actor, task: Task, until: date, today: date, reason: str) -> Task:
    """Put a task off to a later day (`today` is the clinic's). Raises TaskRefused without a reason, or for a day not ahead."""
    locked = _open(task)
    if not reason.strip():
        raise TaskRefused("reason", _("Say why this can wait."))
    if until <= today:
        raise TaskRefused("until", _("Choose a day after today."))
    locked.state, locked.due_on, locked.reason = Task.State.SNOOZED, until, reason.strip()
    locked.save()
    audited(locked, until=until.isoformat())
    return locked


def _open(task: Task) -> Task:
    locked: Task = Task.objects.select_for_update().get(pk=task.pk)
    if locked.state == Task.State.DONE:
        raise TaskRefused("", _("Somebody has closed this task already."))
    return locked
