"""An invitation to answer a survey, and what has been answered so far."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.scoping import ClinicForeignKey, ClinicModel, ClinicOneToOneField


class Occasion(models.TextChoices):
    """Why a survey is asked at this time."""

    BASELINE = "baseline", _("before treatment")
    DURING = "during", _("during treatment")
    DISCHARGE = "discharge", _("end of treatment")
    MONTH_3 = "month_3", _("3 months")
    MONTH_6 = "month_6", _("6 months")
    MONTH_12 = "month_12", _("12 months")
    UNSCHEDULED = "unscheduled", _("unscheduled")


class Mode(models.TextChoices):
    """How a survey reached the person who answered."""

    MAIL = "mail", _("link by e-mail")
    SMS = "sms", _("link by text message")
    QR = "qr", _("QR code in the clinic")
    TABLET = "tablet", _("clinic tablet")
    READ_ALOUD = "read_aloud", _("read out by staff")
    PAPER = "paper", _("paper")
    IMPORT = "import", _("import")
    API = "api", _("interface")


class Invitation(ClinicModel):
    """One survey for one course at one occasion. Imported courses have none: nobody was invited.

    The link's token is never stored: it is HMAC(key, id, generation), made at sending; `token_hash` finds it again.
    A new generation makes every earlier link void.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        REVOKED = "revoked", _("withdrawn")

    course = ClinicForeignKey("treatment.Course", related_name="invitations")
    visit = ClinicForeignKey("treatment.Visit", related_name="+", null=True)
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    due_on = models.DateField()
    instruments = ArrayField(models.CharField(max_length=60))
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    generation = models.PositiveSmallIntegerField(default=1)
    token_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    receipt = models.UUIDField(null=True)
    answers_hash = models.CharField(max_length=64, blank=True)
    birth_tries = models.PositiveSmallIntegerField(default=0, help_text=_("Years of birth tried with this link."))

    path_to_patient = "course.patient_id"
    export_omits = ("token_hash", "answers_hash")

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["clinic", "course", "occasion", "due_on"], name="invitation_once_per_occasion"),
            models.UniqueConstraint(fields=["clinic", "token_hash"], name="invitation_token_once"),
        ]
        indexes = [models.Index(fields=["clinic", "course", "due_on"], name="invitation_by_course")]


class SurveyDraft(ClinicModel):
    """Answers of a survey that is not submitted yet, so that the same link resumes. Never scored; no audit, no history."""

    invitation = ClinicOneToOneField(Invitation, related_name="draft")
    answers = models.JSONField(default=dict, help_text=_("Instrument key → item id → answer."))
    layouts = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    path_to_patient = "invitation.course.patient_id"
    not_exported_because = "answers that nobody has sent"
