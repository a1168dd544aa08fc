"""What a clinic has decided about its laser records."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.database.history import with_history
from clinic.scoping import ClinicModel


@with_history
class LaserRules(ClinicModel):
    """One row per clinic, made when something is decided for the first time; without it, everything is off."""

    dose_check = models.BooleanField(
        _("show on a signed visit where its dose lies beside the published window"),
        default=False,
        help_text=_("A check of the record against its source. It proposes no dose."),
    )
    measure_every_days = models.PositiveSmallIntegerField(
        _("days between two measurements of the output"),
        null=True,
        help_text=_("An overdue measurement warns where a visit is recorded. Empty: nothing is overdue."),
    )

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic"], name="laser_rules_once_per_clinic")]
