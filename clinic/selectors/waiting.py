"""What waits in the whole installation, in numbers without a clinic's name: for the monitor of whoever runs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q
from django.db.models.functions import Now
from django.utils import timezone

from clinic.models import Clinic, Heartbeat, Message
from clinic.scoping import clinic_scope
from clinic.services.signs_of_life import BROKER, WORKER


@dataclass(frozen=True)
class Sign:
    """When a program was last heard of."""

    name: str
    age_s: float
    works: bool


@dataclass(frozen=True)
class Waiting:
    """Everything the metrics say about what waits."""

    unsent: int
    failed: int
    oldest_due_s: float
    tasks: int
    task_waited_s: float
    signs: tuple[Sign, ...]


def what_waits() -> Waiting:
    """Count over all clinics, in one scope of all of them; three statements however many there are."""
    rows = list(Heartbeat.objects.annotate(now=Now()).order_by("name"))
    signs = tuple(Sign(row.name, (row.now - row.at).total_seconds(), row.works) for row in rows)
    details = {row.name: row.detail for row in rows}
    clinics = list(Clinic.objects.values_list("pk", flat=True))
    found: dict[str, Any] = {"unsent": 0, "failed": 0, "oldest": None}
    if clinics:
        waits = Q(state__in=[Message.State.DUE, Message.State.SENDING])
        with clinic_scope(*clinics):
            found = Message.objects.aggregate(
                unsent=Count("pk", filter=waits),
                failed=Count("pk", filter=Q(state=Message.State.DEAD)),
                oldest=Min("due_at", filter=waits & Q(due_at__lte=Now())),
            )
    return Waiting(
        unsent=found["unsent"] or 0,
        failed=found["failed"] or 0,
        oldest_due_s=(timezone.now() - found["oldest"]).total_seconds() if found["oldest"] else 0,
        tasks=details.get(BROKER, {}).get("waiting") or 0,
        task_waited_s=details.get(WORKER, {}).get("waited_s") or 0,
        signs=signs,
    )
