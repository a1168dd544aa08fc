"""What happened to whose record, by whom. Added to, never changed: PostgreSQL refuses (see clinic.database.wall and the migration)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Now

from clinic.identifiers import uuid7
from clinic.scoping import ClinicManager, current_clinic_id

if TYPE_CHECKING:
    from clinic.writes import Entry


class AuditEvent(models.Model):
    """One read, write or refusal in one clinic. `sequence` is counted per clinic by a trigger; `at` is the database's clock.

    The table is partitioned by month. Personal data stands here by reference only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic = models.ForeignKey("clinic.Clinic", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    at = models.DateTimeField(db_default=Now())
    sequence = models.BigIntegerField(db_default=0)
    action = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=10)
    actor_user = models.ForeignKey("clinic.User", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    actor_roles = models.CharField(max_length=80, blank=True)
    patient_id = models.UUIDField(null=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=40, blank=True)
    address = models.GenericIPAddressField(null=True)
    detail = models.JSONField(default=dict)

    objects = ClinicManager()

    path_to_patient = "patient_id"
    # To the person themselves: what was done and when; not which colleague did it, nor from where.
    subject_omits = ("actor_user_id", "address", "request_id")
    append_only = True

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["patient_id", "-at"], name="audit_by_patient"),
            models.Index(fields=["actor_user", "-at"], condition=models.Q(actor_user__isnull=False), name="audit_by_person"),
        ]

    @classmethod
    def write(cls, entries: list[Entry]) -> None:
        """Add entries in one statement, in the open scope."""
        clinic_id = current_clinic_id()
        rows = [
            cls(
                clinic_id=clinic_id,
                action=entry.action,
                actor_kind=entry.actor.kind,
                actor_user_id=entry.actor.user_id,
                actor_roles=",".join(sorted(entry.actor.roles)),
                patient_id=entry.patient_id,
                object_type=entry.object_type,
                object_id=entry.object_id,
                request_id=entry.actor.request_id,
                address=entry.actor.address,
                detail=entry.detail,
            )
            for entry in entries
        ]
        unscoped: models.QuerySet[AuditEvent] = models.QuerySet(cls)
        unscoped.bulk_create(rows)


class PlatformEvent(models.Model):
    """What happens before a clinic is known: sign-ins, refused sign-ins, requests for a clinic one does not belong to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(db_default=Now())
    action = models.CharField(max_length=60)
    user = models.ForeignKey("clinic.User", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    request_id = models.CharField(max_length=40, blank=True)
    address = models.GenericIPAddressField(null=True)
    detail = models.JSONField(default=dict)

    path_to_patient = ""
    append_only = True

    class Meta:
        indexes = [models.Index(fields=["-at"], name="platform_event_newest")]
