"""Who was erased here, by ids alone. The same stands in a file beside the database, which no backup takes back (the erasure ledger)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.scoping import ClinicForeignKey, ClinicModel


class Erasure(ClinicModel):
    """One erasure of one person: of who they were, or later of the rest of their record. Added to, never changed.

    `people`: the record in use and those merged into it, `person` being the one in use; all that is left of their names is `reference`.
    """

    class Kind(models.TextChoices):
        IDENTITY = "identity", _("identity and contact")
        RECORD = "record", _("the whole record")

    class Reason(models.TextChoices):
        ASKED = "asked", _("the person asked for it")
        RETENTION = "retention", _("the time for which the record had to be kept is over")
        MISTAKE = "mistake", _("the record should never have been made")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.UUIDField()
    people = ArrayField(models.UUIDField())
    reference = models.CharField(max_length=20)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    record_until = models.DateField()
    erased_at = models.DateTimeField()
    erased_by = ClinicForeignKey("clinic.Membership", related_name="+", null=True)

    path_to_patient = ""  # ids of somebody whom nobody here can name any more
    not_exported_because = "the erasure ledger: ids of people whom nobody can name any more"
    append_only = True

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "person", "kind"], name="erasure_once_per_person_and_kind")]
