"""Organisations and their clinics."""

import secrets
import zoneinfo
from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.identifiers import uuid7


def new_link_prefix() -> str:
    """Eight letters that stand for a clinic in survey links and API tokens, and say nothing about it."""
    return secrets.token_hex(4)


class Organisation(models.Model):
    """Whoever runs one clinic or several."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=200)

    path_to_patient = ""

    def __str__(self) -> str:
        return self.name


class Clinic(models.Model):
    """One place of care. Its slug stands in every address, so that two tabs never write into the wrong clinic."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="clinics")
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), unique=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Berlin")
    language = models.CharField(_("language"), max_length=10, default="en")
    country = models.CharField(_("country"), max_length=2, default="DE", help_text=_("For telephone numbers without a prefix."))
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    link_prefix = models.CharField(max_length=16, unique=True, default=new_link_prefix, editable=False)
    small_cell_minimum = models.PositiveSmallIntegerField(
        _("smallest group shown in reports"), default=5, validators=[MinValueValidator(2)]
    )
    require_second_factor = models.BooleanField(
        _("everybody who works here signs in with a second factor"),
        default=False,
        help_text=_("Whoever has none yet sees nothing but the pages to set one up."),
    )
    is_demo = models.BooleanField(default=False, editable=False)

    path_to_patient = ""

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The clinic's time zone, for showing stored UTC instants."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self) -> date:
        """The calendar day it is at the clinic now."""
        return timezone.now().astimezone(self.zone).date()
