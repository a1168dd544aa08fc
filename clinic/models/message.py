"""The outbox: what is to be said to a patient or a colleague, and whether it has been. The broker only hints; these rows are the truth."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.identifiers import uuid7
from clinic.scoping import ClinicForeignKey, ClinicModel


class Message(ClinicModel):
    """One message to one patient, or to a member of staff. Its text is made at sending; here stand its kind, its state, its subject.

    `business_key` makes it unique ("invitation:<id>:1"), `message_id` is fixed at creation, so that a repeat after a crash
    can be recognised by the receiver.
    """

    class State(models.TextChoices):
        DUE = "due", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        DEAD = "dead", _("failed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message")

    patient = ClinicForeignKey("clinic.Patient", related_name="+", null=True)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    subject_id = models.UUIDField(help_text=_("What it is about: the invitation's id for an invitation."))
    business_key = models.CharField(max_length=120)
    message_id = models.UUIDField(default=uuid7, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=60, blank=True, help_text=_("A code, never a text of the provider's."))
    created_at = models.DateTimeField(auto_now_add=True)

    path_to_patient = "patient_id"
    export_omits = ("business_key",)

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["clinic", "business_key"], name="message_once_per_business_key"),
            models.CheckConstraint(
                condition=models.Q(patient__isnull=False) | models.Q(kind__startswith="staff_"), name="message_to_a_patient_or_to_staff"
            ),
        ]
        indexes = [models.Index(fields=["clinic", "due_at"], name="message_to_send", condition=models.Q(state__in=["due", "sending"]))]


class MessageHold(ClinicModel):
    """While one is open, no message of the clinic leaves: a restored database would say again what was said already.

    Restoring a backup opens one in every clinic; a person closes it, after a look at what waits.
    """

    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, help_text=_("A code: restored."))

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["clinic"], name="message_hold_one_open", condition=models.Q(ended_at__isnull=True)),
        ]
