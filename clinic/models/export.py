"""Exports: asked for by one person, made in the background, kept for a quarter of an hour."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.scoping import ClinicForeignKey, ClinicModel


class Export(ClinicModel):
    """One request for everything of a clinic, or about one person, as a file that nobody but who asked may fetch. It is named by the id."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being written")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")
        GONE = "gone", _("deleted")

    class Format(models.TextChoices):
        CSV = "csv", _("CSV files in a ZIP")
        XLSX = "xlsx", _("one Excel workbook")

    requested_by = ClinicForeignKey("clinic.Membership", related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    format = models.CharField(_("file"), max_length=4, choices=Format.choices, default=Format.CSV)
    patient = ClinicForeignKey("clinic.Patient", related_name="+", null=True, help_text=_("Only what is kept about this person."))
    with_names = models.BooleanField(_("with names and contact data"), default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    error = models.CharField(max_length=40, blank=True)

    path_to_patient = "patient_id"
    not_exported_because = "what was exported, when and by whom stands in the audit"

    class Meta(ClinicModel.Meta):
        indexes = [models.Index(fields=["state", "requested_at"], name="export_waiting")]
