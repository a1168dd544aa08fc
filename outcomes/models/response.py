"""Answers and their scores: added to, never changed. A wrong response is voided with a reason, and a new one recorded.

These are the tables that grow, and their indexes weigh as much as their rows. So none begins with the clinic: PostgreSQL packs the
pages of what ascends at one end, and leaves those half empty into which every clinic adds at an end of its own (migration 0011).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.scoping import ClinicForeignKey, ClinicModel, ClinicOneToOneField
from outcomes.models.invitation import Invitation, Mode, Occasion


class AnsweredBy(models.TextChoices):
    """Whose words the answers are."""

    PATIENT = "patient", _("the patient alone")
    HELPED = "helped", _("the patient, helped by someone")
    READ_OUT = "read_out", _("the patient, read out by staff")
    UNKNOWN = "unknown", _("not recorded")


class Response(ClinicModel):
    """One instrument, answered once. `receipt` is shared by the instruments of one submission.

    Stored from the first day, because none of it can be found out later: mode, who answered, layout, language, translation,
    text hash, form version, device time beside server time, and the zone.
    """

    course = ClinicForeignKey("treatment.Course", related_name="responses", db_index=False)
    invitation = ClinicForeignKey(Invitation, related_name="responses", null=True, db_index=False)
    visit = ClinicForeignKey("treatment.Visit", related_name="+", null=True, db_index=False)
    receipt = models.UUIDField()
    instrument = models.CharField(max_length=60)
    form_version = models.CharField(max_length=100)
    answers = models.JSONField()
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    mode = models.CharField(max_length=12, choices=Mode.choices)
    answered_by = models.CharField(max_length=12, choices=AnsweredBy.choices)
    layout = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10)
    translation = models.CharField(max_length=40, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    occurred_at = models.DateTimeField(help_text=_("When it was answered."))
    device_time = models.DateTimeField(null=True)
    zone = models.CharField(max_length=64)
    received_at = models.DateTimeField(auto_now_add=True)
    recorded_by = ClinicForeignKey("clinic.Membership", related_name="+", null=True, db_index=False)
    source_key = models.CharField(max_length=160, blank=True, help_text=_("The key of an imported row in its source."))

    path_to_patient = "course.patient_id"
    append_only = True

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "instrument"],
                condition=models.Q(invitation__isnull=False),
                name="response_once_per_invitation",
            ),
            models.UniqueConstraint(fields=["clinic", "source_key"], condition=~models.Q(source_key=""), name="response_source_key_once"),
        ]
        indexes = [
            models.Index(fields=["course"], name="response_by_course"),
            models.Index(fields=["visit"], condition=models.Q(visit__isnull=False), name="response_by_visit"),
        ]


class ResponseVoid(ClinicModel):
    """That a response does not count, and why. The response itself stays."""

    response = ClinicOneToOneField(Response, related_name="void")
    reason = models.CharField(max_length=200)
    voided_by = ClinicForeignKey("clinic.Membership", related_name="+", null=True)
    voided_at = models.DateTimeField(auto_now_add=True)

    path_to_patient = "response.course.patient_id"
    append_only = True


class Score(ClinicModel):
    """One scale's value of one response, or the reason why there is none. A re-score is a new row with its scorer's version."""

    response = ClinicForeignKey(Response, related_name="scores", db_index=False)
    course = ClinicForeignKey("treatment.Course", related_name="scores", db_index=False)
    scale = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    no_score_reason = models.CharField(max_length=60, blank=True)
    answered_items = models.PositiveSmallIntegerField()
    flagged = models.CharField(max_length=60, blank=True)
    scorer_version = models.CharField(max_length=60)
    occurred_at = models.DateTimeField()
    scored_at = models.DateTimeField(auto_now_add=True)

    path_to_patient = "course.patient_id"
    append_only = True

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["response", "scale", "scorer_version"], name="score_once_per_scorer"),
            models.CheckConstraint(condition=models.Q(value__isnull=False) ^ ~models.Q(no_score_reason=""), name="score_or_reason"),
        ]
        indexes = [models.Index(fields=["course", "occurred_at"], name="score_by_course")]
