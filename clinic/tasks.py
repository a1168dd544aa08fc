"""Background work of the ground floor. A task takes ids, reads again, and calls one service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from celery import Task, shared_task
from django.db import connection, transaction

from clinic.models import Clinic
from clinic.scoping import clinic_scope, no_scope_yet
from clinic.services.messages import send_due
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


def send_everything_due() -> int:
    """Send what is due in every clinic; how many were sent. Opens its own scopes, one short transaction after the other."""
    return sum(send_due(clinic_id, actor=SYSTEM_TASK) for clinic_id in clinic_ids())


@shared_task
def send_due_messages() -> None:
    """Look at the outbox now. The poller would find the same a little later."""
    send_everything_due()
