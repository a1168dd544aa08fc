"""A visit and its parts. A laser application is one part among others; a visit may hold none."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.database.days import readable_times
from clinic.database.history import with_history
from clinic.scoping import ClinicForeignKey, ClinicModel, ClinicOneToOneField
from sessions.models.calendar import Room
from sessions.models.course import Course
from sessions.models.device import Device, Handpiece, LaserSettings, Protocol


@with_history
class Visit(ClinicModel):
    """One visit of a course, booked or walked in. Once signed it is locked, in the database too; see Addendum.

    Pain before and after is *immediate* pain (0–10, now); it is never mixed with the weekly pain of the surveys.
    `client_key` is the browser's own id of the record, so that a double tap makes one visit.
    """

    class State(models.TextChoices):
        BOOKED = "booked", _("booked")
        ARRIVED = "arrived", _("arrived")
        SIGNED = "signed", _("signed")
        NO_SHOW = "no_show", _("did not come")
        CANCELLED_BY_PATIENT = "cancelled_by_patient", _("cancelled by the patient")
        CANCELLED_BY_CLINIC = "cancelled_by_clinic", _("cancelled by the clinic")

    class Reaction(models.TextChoices):
        NONE = "none", _("none")
        MILD = "mild", _("mild, settled")
        OTHER = "other", _("other: describe")

    class MissedReason(models.TextChoices):
        ILL = "ill", _("ill")
        NO_TIME = "no_time", _("work or family")
        TRAVEL = "travel", _("travel, weather, transport")
        BETTER = "better", _("feels well enough")
        WORSE = "worse", _("treatment not tolerated")
        STAFF = "staff", _("therapist absent")
        DEVICE = "device", _("device or room not available")
        OTHER = "other", _("another reason")

    LATE_HOURS = 24

    course = ClinicForeignKey(Course, related_name="visits")
    therapist = ClinicForeignKey("clinic.Membership", related_name="+", null=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.BOOKED)
    planned_for = models.DateTimeField(_("planned for"))
    planned_until = models.DateTimeField(
        _("planned until"), null=True, help_text=_("Until when therapist, room and device are taken; empty for a visit that takes none.")
    )
    room = ClinicForeignKey(Room, related_name="+", null=True)
    device = ClinicForeignKey(Device, related_name="+", null=True, help_text=_("The laser that was booked, not what was used."))
    arrived_at = models.DateTimeField(null=True)
    occurred_at = models.DateTimeField(null=True, help_text=_("When the treatment took place."))
    recorded_at = models.DateTimeField(null=True, help_text=_("Server time of signing."))
    signed_by = ClinicForeignKey("clinic.Membership", related_name="+", null=True)
    written_by = ClinicForeignKey(
        "clinic.Membership",
        related_name="+",
        null=True,
        help_text=_("Who began the note, when it was handed over unsigned. Whoever signs it then is named beside, not instead."),
    )
    missed_at = models.DateTimeField(null=True, help_text=_("When it was said that the visit does not take place."))
    missed_late = models.BooleanField(null=True, help_text=_("Whether it was cancelled late, by the clinic's rule of that moment."))
    missed_reason = models.CharField(_("reason"), max_length=10, choices=MissedReason.choices, blank=True)
    pain_before = models.PositiveSmallIntegerField(_("pain now, before"), null=True)
    pain_after = models.PositiveSmallIntegerField(_("pain now, after"), null=True)
    no_pain_after_reason = models.CharField(max_length=200, blank=True)
    skin_checked = models.BooleanField(null=True)
    reaction = models.CharField(max_length=10, choices=Reaction.choices, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=20000)
    client_key = models.UUIDField(null=True)
    external_id = models.CharField(max_length=80, blank=True, help_text=_("The key of an imported visit in its file."))

    path_to_patient = "course.patient_id"

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["clinic", "client_key"], name="visit_client_key_once"),
            models.UniqueConstraint(fields=["clinic", "external_id"], condition=~models.Q(external_id=""), name="visit_external_id_once"),
            readable_times("visit_times_can_be_read", "planned_for", "occurred_at", "arrived_at"),
            models.CheckConstraint(
                condition=models.Q(pain_before__isnull=True) | models.Q(pain_before__lte=10), name="visit_pain_before_0_to_10"
            ),
            models.CheckConstraint(
                condition=models.Q(pain_after__isnull=True) | models.Q(pain_after__lte=10), name="visit_pain_after_0_to_10"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="signed") | models.Q(recorded_at__isnull=False, signed_by__isnull=False),
                name="visit_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(planned_until__isnull=True) | models.Q(planned_until__gt=models.F("planned_for")),
                name="visit_planned_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "planned_for"], name="visit_by_day"),
            models.Index(fields=["clinic", "course", "planned_for"], name="visit_by_course"),
        ]

    @property
    def is_late_cancel(self) -> bool:
        """Whether it was cancelled late: as said at the time; before that was kept, less than a day ahead."""
        cancelled = self.state in {self.State.CANCELLED_BY_PATIENT, self.State.CANCELLED_BY_CLINIC}
        if cancelled and self.missed_late is not None:
            return self.missed_late
        return cancelled and self.missed_at is not None and self.planned_for - self.missed_at < timedelta(hours=self.LATE_HOURS)


@with_history
class LaserApplication(ClinicModel, LaserSettings):
    """One site treated with laser in a visit: what was set, what it comes to, and what the console said.

    `energy_computed_j` and the densities are made by `sessions.dose` (`dose_version`); `energy_typed_j` is the console's
    reading. Both are kept when they differ. A quantity that cannot be computed is null, with its reason in `not_computable`.
    """

    visit = ClinicForeignKey(Visit, related_name="laser_applications")
    position = models.PositiveSmallIntegerField(default=0)
    device = ClinicForeignKey(Device, related_name="+")
    handpiece = ClinicForeignKey(Handpiece, related_name="+", null=True)
    protocol = ClinicForeignKey(Protocol, related_name="+", null=True)
    region = models.CharField(_("region"), max_length=40)
    side = models.CharField(_("side"), max_length=10)
    levels = ArrayField(models.CharField(max_length=4), verbose_name=_("spinal levels"), default=list, blank=True)
    energy_per_point_j = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    energy_computed_j = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    energy_typed_j = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    energy_differs = models.BooleanField(default=False)
    irradiance_w_cm2 = models.DecimalField(max_digits=14, decimal_places=8, null=True)
    fluence_j_cm2 = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    not_computable = models.JSONField(default=dict)
    dose_version = models.CharField(max_length=20)
    copied_from = models.UUIDField(null=True, help_text=_("The earlier application whose settings were taken over."))

    path_to_patient = "visit.course.patient_id"


@with_history
class OtherTreatment(ClinicModel):
    """Something else done or begun on the day: manual therapy, exercise, education, another modality, medicine, injection."""

    class Kind(models.TextChoices):
        MANUAL_THERAPY = "manual_therapy", _("Manual therapy")
        EXERCISE = "exercise", _("Exercise")
        EDUCATION = "education", _("Education")
        OTHER_MODALITY = "other_modality", _("Other modality")
        MEDICINE = "medicine", _("New medicine")
        INJECTION = "injection", _("Injection")

    visit = ClinicForeignKey(Visit, related_name="other_treatments")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField(max_length=40)
    grade = models.CharField(_("grade"), max_length=4, blank=True)
    region = models.CharField(_("region"), max_length=40, blank=True)
    side = models.CharField(_("side"), max_length=10, blank=True)
    levels = ArrayField(models.CharField(max_length=4), verbose_name=_("spinal levels"), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)

    path_to_patient = "visit.course.patient_id"


class VisitDraft(ClinicModel):
    """What has been typed into a visit that is not signed yet, saved as it is typed: no audit, no history."""

    visit = ClinicOneToOneField(Visit, related_name="draft")
    form = models.JSONField(default=dict)
    saved_by = ClinicForeignKey("clinic.Membership", related_name="+", null=True)
    saved_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=0)

    path_to_patient = "visit.course.patient_id"
    not_exported_because = "visits that nobody has signed"


class Addendum(ClinicModel):
    """A dated, reasoned amendment to a signed visit. The original stays as it was; any number of these may follow it.

    `client_key` is the form's own id of the amendment, so that what is sent twice is kept once.
    """

    visit = ClinicForeignKey(Visit, related_name="addenda")
    author = ClinicForeignKey("clinic.Membership", related_name="+")
    reason = models.CharField(_("reason"), max_length=200)
    changes = models.JSONField(default=dict, help_text=_("Field → [as signed, as amended]."))
    text = models.TextField(_("text"), blank=True, max_length=20000)
    written_at = models.DateTimeField(auto_now_add=True)
    client_key = models.UUIDField(null=True)

    path_to_patient = "visit.course.patient_id"
    append_only = True

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "client_key"], name="addendum_client_key_once")]
