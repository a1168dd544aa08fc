"""Imports before and after they are carried out: a file's rows with their verdicts, sealed, for thirty days."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.encryption import SealedBytesField, SealedJSONField
from clinic.scoping import ClinicForeignKey, ClinicModel


class ImportBatch(ClinicModel):
    """One file, brought in by one person. `mapping`: field → column. `source` names its origin, the same in every file of it.

    `settings`: how the file is written, and what its kind has to be told. `at_line`: where the step that runs has come to;
    `asked_by`: who took the step that runs or ran last;
    `worked_at`: when a worker last did something, so that a second one leaves the file alone while the first one lives.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("waiting to be read")
        FAILED = "failed", _("could not be read")
        UPLOADED = "uploaded", _("columns to be named")
        JUDGING = "judging", _("being previewed")
        JUDGED = "judged", _("ready to be looked at")
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("being imported")
        DONE = "done", _("imported")
        STOPPED = "stopped", _("stopped")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")

    kind = models.CharField(_("kind"), max_length=20, default="patients")
    source = models.CharField(_("source"), max_length=40)
    uploaded_by = ClinicForeignKey("clinic.Membership", related_name="+")
    asked_by = ClinicForeignKey("clinic.Membership", related_name="+", null=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    settings = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    handled = models.PositiveIntegerField(default=0)
    at_line = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    worked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    path_to_patient = ""
    not_exported_because = "rows of other programs, kept for thirty days; what was taken over stands in the patients"

    @property
    def by(self) -> Any:
        """Who answers for the step that runs: whoever took it, else whoever brought the file in."""
        return self.asked_by or self.uploaded_by


class ImportPiece(ClinicModel):
    """A piece of a file as it came, sealed: read in the background, and again when it was written otherwise than thought."""

    batch = ClinicForeignKey(ImportBatch, related_name="pieces")
    position = models.PositiveIntegerField()
    raw = SealedBytesField()

    path_to_patient = ""
    not_exported_because = "files of other programs, kept for thirty days"

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "batch", "position"], name="import_piece_once")]


class ImportRow(ClinicModel):
    """One row of the file. `before`: the former identity where the import changed it, so that it can be undone."""

    class Verdict(models.TextChoices):
        NONE = "", _("not judged")
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("the same")
        ERROR = "error", _("not importable")

    batch = ClinicForeignKey(ImportBatch, related_name="lines")
    line = models.PositiveIntegerField()
    cells = SealedJSONField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.NONE, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=list)
    patient = ClinicForeignKey("clinic.Patient", related_name="+", null=True)
    before = SealedJSONField(null=True)
    is_done = models.BooleanField(default=False)
    outcome = models.CharField(max_length=40, blank=True)

    path_to_patient = "patient_id"
    not_exported_because = "rows of other programs, kept for thirty days"

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "batch", "line"], name="import_line_once")]


class ImportProfile(ClinicModel):
    """How the columns of one source's files of one kind were named, and how they were written, the last time."""

    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, default="patients")
    mapping = models.JSONField(default=dict)
    settings = models.JSONField(default=dict)

    path_to_patient = ""
    not_exported_because = "how columns of other programs are named"

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "source", "kind"], name="import_profile_once")]
