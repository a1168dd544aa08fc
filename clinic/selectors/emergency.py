"""Which record somebody may read in an emergency, and what was opened like that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from clinic.models import AuditEvent, EmergencyAccess, Membership
from clinic.permissions import Permission

SHOWN = 100
READ = "emergency.read"


@dataclass(frozen=True)
class EmergencyLine:
    """One record opened in an emergency. `read`: how often it was looked at on this ground."""

    who: str
    record_number: str
    reason: str
    opened_at: datetime
    ends_at: datetime
    read: int


def open_emergency(member: Membership, patient_id: UUID) -> EmergencyAccess | None:
    """The access that lets this member read this patient's record now; None when there is none, or the right was taken away."""
    if not member.may(Permission.OPEN_IN_EMERGENCY):
        return None
    rows = EmergencyAccess.objects.filter(membership=member, patient_id=patient_id, ends_at__gt=timezone.now())
    found: EmergencyAccess | None = rows.order_by("-ends_at").first()
    return found


def emergency_lines() -> list[EmergencyLine]:
    """The newest hundred, for whoever answers for them; one statement."""
    reads = AuditEvent.objects.filter(action=READ, patient_id=OuterRef("patient_id"), object_id=OuterRef("pk"))
    number = Subquery(reads.order_by().values("action").annotate(number=Count("pk")).values("number"))
    rows = EmergencyAccess.objects.annotate(
        read=Coalesce(number, 0), who=F("membership__display_name"), record_number=F("patient__record_number")
    )
    return [
        EmergencyLine(row.who, row.record_number, row.reason, row.opened_at, row.ends_at, row.read)
        for row in rows.order_by("-opened_at", "-pk")[:SHOWN]
    ]
