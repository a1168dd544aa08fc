"""Where and when visits take place: rooms, days on which the clinic is closed, and how the clinic books."""

from __future__ import annotations

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.database.history import with_history
from clinic.scoping import ClinicModel


@with_history
class Room(ClinicModel):
    """A room in which one patient at a time is treated."""

    name = models.CharField(_("name"), max_length=60)
    is_active = models.BooleanField(_("in use"), default=True)

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "name"], name="room_name_once_per_clinic")]

    def __str__(self) -> str:
        return self.name


@with_history
class ClosedDay(ClinicModel):
    """A day on which the clinic treats nobody, beside public holidays."""

    day = models.DateField(_("day"))
    name = models.CharField(_("why"), max_length=60, blank=True)

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "day"], name="closed_day_once_per_clinic")]


@with_history
class CalendarRules(ClinicModel):
    """How a clinic books. One row per clinic, made when something is decided for the first time; without it, these defaults.

    `region`: the part of the clinic's country whose public holidays count, as in ISO 3166-2 without the country.
    """

    region = models.CharField(_("region"), max_length=10, blank=True)
    opens_at = models.TimeField(_("opens"), default=time(8))
    closes_at = models.TimeField(_("closes"), default=time(18))
    visit_minutes = models.PositiveSmallIntegerField(
        _("minutes of a visit"), default=30, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    late_hours = models.PositiveSmallIntegerField(_("hours before which cancelling is not late"), default=24)
    reminds = models.BooleanField(_("remind patients of their visits"), default=False)
    remind_hours = models.PositiveSmallIntegerField(_("hours before the visit"), default=24)
    address = models.CharField(_("address"), max_length=200, blank=True)

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic"], name="calendar_rules_once_per_clinic")]
