"""Background work of the ground floor. A task takes ids, reads again, and calls one service."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.db import connection, transaction
from django.utils import timezone

from clinic.models import Clinic
from clinic.scoping import clinic_scope, no_scope_yet
from clinic.services.exports import delete_expired, make_next_export
from clinic.services.import_work import work_on_next_import
from clinic.services.imports import forget_imports
from clinic.services.messages import send_due
from clinic.services.signs_of_life import POLLER, WORKER, look_around, say, say_now_and_then
from clinic.signing_in.rate_limits import forget_counts
from clinic.writes import SYSTEM_TASK


class ScopedTask(Task):
    """Every task runs without a scope, unless it was called with `clinic_id=`: then inside that clinic's."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        clinic_id = kwargs.get("clinic_id")
        with no_scope_yet():
            if clinic_id is None:
                return super().__call__(*args, **kwargs)
            with clinic_scope(UUID(str(clinic_id))):
                return super().__call__(*args, **kwargs)


def clinic_ids() -> list[UUID]:
    """Every clinic of the installation: tasks loop over them, one scope at a time."""
    return list(Clinic.objects.order_by("id").values_list("id", flat=True))


def in_every_clinic(work: Callable[[], int]) -> int:
    """Do `work` once per clinic, each in its own transaction and scope; the sum of what it returns."""
    done = 0
    for clinic_id in clinic_ids():
        with clinic_scope(clinic_id):
            done += work()
    return done


@shared_task
def make_audit_partitions() -> None:
    """Make this month's and the next months' partitions of the audit, if they are missing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT clinic_make_audit_partitions(3)")


@shared_task(bind=True)
def say_worker_works(self: Task) -> None:
    """Say that a worker takes tasks, and how long this one waited in the queue."""
    sent_at = (self.request.headers or {}).get("sent_at")
    say(WORKER, waited_s=max(0, round(time.time() - sent_at, 1)) if sent_at else None)


def send_everything_due(meanwhile: Callable[[], None] = lambda: None) -> int:
    """Send what is due in every clinic; how many were sent. Opens its own scopes, one short transaction after the other.

    `meanwhile` is called between two messages: a sender with a long list is at work, not dead.
    """
    return sum(send_due(clinic_id, actor=SYSTEM_TASK, meanwhile=meanwhile) for clinic_id in clinic_ids())


def poll() -> None:
    """One round of the poller: say that it works, look at broker and mail server, send what is due."""
    say_now_and_then(POLLER)
    look_around()
    send_everything_due(meanwhile=lambda: say_now_and_then(POLLER))


@shared_task(time_limit=35 * 60, soft_time_limit=30 * 60)
def write_exports() -> int:
    """Write the exports that wait, clinic by clinic; how many."""
    return sum(make_next_export(clinic_id, actor=SYSTEM_TASK) for clinic_id in clinic_ids())


@shared_task(time_limit=35 * 60, soft_time_limit=30 * 60)
def work_on_imports() -> int:
    """Carry out or take back the imports that wait, clinic by clinic; how many."""
    return sum(work_on_next_import(clinic_id) for clinic_id in clinic_ids())


@shared_task
def forget_old_imports() -> int:
    """Delete staged rows after thirty days: they hold names a second time."""
    before = timezone.now() - timedelta(days=30)
    return in_every_clinic(lambda: forget_imports(actor=SYSTEM_TASK, before=before))


@shared_task
def delete_expired_exports() -> int:
    """Delete the files whose quarter of an hour is over; how many."""
    return in_every_clinic(lambda: delete_expired(actor=SYSTEM_TASK))


@shared_task
def forget_call_counts() -> int:
    """Drop the counts of calls of minutes long gone; how many."""
    return forget_counts()


@shared_task
def send_due_messages() -> None:
    """Look at the outbox now. The poller would find the same a little later."""
    send_everything_due()
