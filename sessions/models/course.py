"""A course of care and its plan. A course may hold no laser at all."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.database.days import readable_days
from clinic.database.history import with_history
from clinic.scoping import ClinicForeignKey, ClinicModel
from sessions.models.device import Protocol


@with_history
class Course(ClinicModel):
    """One complaint of one patient, from the first visit to the end of care."""

    class Complaint(models.TextChoices):
        CHRONIC_LOW_BACK_PAIN = "chronic_low_back_pain", _("Chronic low back pain")
        ACUTE_LOW_BACK_PAIN = "acute_low_back_pain", _("Acute low back pain")
        SCIATICA = "sciatica", _("Disc herniation / sciatica")
        STENOSIS = "stenosis", _("Spinal stenosis")
        AFTER_SURGERY = "after_surgery", _("After spinal surgery")
        NECK_PAIN = "neck_pain", _("Neck pain")
        THORACIC_PAIN = "thoracic_pain", _("Mid-back pain")
        OTHER = "other", _("Other back complaint")

    class EndReason(models.TextChoices):
        COMPLETED = "completed", _("completed as planned")
        RECOVERED = "recovered", _("ended early: recovered")
        STOPPED_COMING = "stopped_coming", _("stopped coming")
        REFERRED = "referred", _("referred elsewhere")
        NOT_HELPING = "not_helping", _("ended early: no benefit")
        OTHER = "other", _("other reason")

    patient = ClinicForeignKey("clinic.Patient", related_name="courses")
    complaint = models.CharField(_("complaint"), max_length=30, choices=Complaint.choices)
    icd10_code = models.CharField(_("ICD-10 code"), max_length=10, blank=True)
    onset_on = models.DateField(_("onset"), null=True, blank=True)
    responsible = ClinicForeignKey("clinic.Membership", related_name="+", null=True, blank=True)
    label = models.CharField(_("label"), max_length=60, blank=True, help_text=_("A group of your own, for reports: a study arm, a payer."))
    started_on = models.DateField(_("started"))
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("reason for the end"), max_length=20, choices=EndReason.choices, blank=True)
    external_id = models.CharField(max_length=80, blank=True, help_text=_("The key of an imported course in its source."))

    path_to_patient = "patient_id"

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["clinic", "external_id"], condition=~models.Q(external_id=""), name="course_external_id_once"),
            readable_days("course_days_can_be_read", "started_on", "onset_on", "ended_on"),
        ]
        indexes = [
            models.Index(fields=["clinic", "patient", "-started_on"], name="course_by_patient"),
            models.Index(fields=["clinic", "ended_on"], name="course_by_end"),
        ]


@with_history
class Plan(ClinicModel):
    """What is intended for a course: how many visits, how often, which laser protocol or none, until when it is reviewed."""

    course = ClinicForeignKey(Course, related_name="plans")
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    planned_visits = models.PositiveSmallIntegerField(_("planned visits"))
    visits_per_week = models.DecimalField(_("visits per week"), max_digits=3, decimal_places=1)
    protocol = ClinicForeignKey(Protocol, related_name="+", null=True, blank=True)
    review_on = models.DateField(_("review on"))
    made_at = models.DateTimeField(auto_now_add=True)

    path_to_patient = "course.patient_id"

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["clinic", "course", "version"], name="plan_version_once_per_course"),
            readable_days("plan_days_can_be_read", "review_on"),
        ]


@with_history
class PlannedExercise(ClinicModel):
    """One exercise of a plan."""

    plan = ClinicForeignKey(Plan, related_name="exercises")
    name = models.CharField(_("exercise"), max_length=120)
    sets = models.PositiveSmallIntegerField(_("sets"), null=True, blank=True)
    repetitions = models.PositiveSmallIntegerField(_("repetitions"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("days"), default=list)
    position = models.PositiveSmallIntegerField(default=0)

    path_to_patient = "plan.course.patient_id"


@with_history
class PlannedTherapy(ClinicModel):
    """One physical-therapy item of a plan, coded as in the visit's list of treatments."""

    plan = ClinicForeignKey(Plan, related_name="therapies")
    kind = models.CharField(_("kind"), max_length=20)
    code = models.CharField(_("treatment"), max_length=40)
    note = models.CharField(_("note"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    path_to_patient = "plan.course.patient_id"
