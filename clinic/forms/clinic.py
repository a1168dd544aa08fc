"""Forms about a clinic itself."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic.forms.seen import SeenForm
from clinic.models import Clinic

SETTINGS = ("name", "telephone", "time_zone", "language", "country", "small_cell_minimum", "require_second_factor")


def time_zones() -> list[tuple[str, str]]:
    """The zones that are places, as people know them: "Europe/Berlin"."""
    regions = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific", "UTC"}
    return [(zone, zone.replace("_", " ")) for zone in sorted(zoneinfo.available_timezones()) if zone.split("/")[0] in regions]


class ClinicBasicsForm(forms.Form):
    """What a clinic is called and where it is."""

    name = forms.CharField(label=_("Name of the clinic"), max_length=200, help_text=_("Patients read it on their questions and in mails."))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    country = forms.RegexField(
        label=_("Country"),
        regex=r"^[A-Za-z]{2}$",
        max_length=2,
        help_text=_("Two letters, like DE: for telephone numbers without a prefix."),
        error_messages={"invalid": _("Two letters, like DE or US.")},
    )
    telephone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, help_text=_("Where patients ask when something is wrong. Shown to them.")
    )


class ClinicSettingsForm(SeenForm, ClinicBasicsForm):
    """What an administrator may change about their clinic."""

    small_cell_minimum = forms.IntegerField(
        label=_("Smallest group shown in reports"),
        min_value=2,
        max_value=50,
        help_text=_("Numbers about fewer people are hidden, and whatever they could be worked out from."),
    )

    require_second_factor = forms.BooleanField(label=_("Everybody who works here signs in with a second factor"), required=False)

    def __init__(self, *args: Any, clinic: Clinic, without_factor: int = 0, **options: Any) -> None:
        super().__init__(*args, **(options | {"initial": {name: getattr(clinic, name) for name in SETTINGS}}))
        self.fields["require_second_factor"].help_text = ngettext(
            "Whoever has none sees only the page to set one up: %(n)s person at the moment.",
            "Whoever has none sees only the page to set one up: %(n)s people at the moment.",
            without_factor,
        ) % {"n": without_factor}
