"""One row per course and scale: baseline and latest, so that a report of ten thousand courses reads ten thousand rows."""

from django.db import models

from clinic.scoping import ClinicForeignKey, ClinicModel
from outcomes.models.response import Response


class OutcomeRow(ClinicModel):
    """Derived, written in the transaction that stores a score; `rebuild_outcomes --check` compares it with the scores.

    A missing baseline stays missing: no follow-up is ever moved into its place.
    `latest` is the newest scored value after baseline's window; it is null when there is none.
    """

    course = ClinicForeignKey("treatment.Course", related_name="outcome_rows", db_index=False)
    scale = models.CharField(max_length=60)
    baseline_value = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    baseline_at = models.DateTimeField(null=True)
    baseline_response = ClinicForeignKey(Response, related_name="+", null=True, db_index=False)
    latest_value = models.DecimalField(max_digits=10, decimal_places=5, null=True)
    latest_at = models.DateTimeField(null=True)
    latest_response = ClinicForeignKey(Response, related_name="+", null=True, db_index=False)
    latest_occasion = models.CharField(max_length=20, blank=True)
    answered = models.PositiveIntegerField(default=0)
    rebuilt_at = models.DateTimeField(auto_now=True)

    path_to_patient = "course.patient_id"

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "course", "scale"], name="outcome_once_per_course_and_scale")]
        indexes = [models.Index(fields=["clinic", "scale"], name="outcome_by_scale")]
