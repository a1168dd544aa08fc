"""The one worklist: everything that asks a member of staff to do or decide something."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.database.history import with_history
from clinic.scoping import ClinicForeignKey, ClinicModel


@with_history
class Task(ClinicModel):
    """Something to do about a patient, with the rule that asks for it. The same matter is open once only."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SNOOZED = "snoozed", _("put off")
        DONE = "done", _("done")

    kind = models.CharField(max_length=40)
    patient = ClinicForeignKey("clinic.Patient", related_name="+", null=True)
    subject_id = models.UUIDField(null=True)
    assigned_to = ClinicForeignKey("clinic.Membership", related_name="+", null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    urgent = models.BooleanField(default=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)

    path_to_patient = "patient_id"

    class Meta(ClinicModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "kind", "subject_id"], condition=~models.Q(state="done"), name="task_open_once_per_subject"
            )
        ]
        indexes = [models.Index(fields=["clinic", "state", "due_on"], name="task_worklist")]
