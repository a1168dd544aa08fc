"""The form about laser rules."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LaserRulesForm(forms.Form):
    """What the clinic decides about its laser records."""

    dose_check = forms.BooleanField(
        label=_("Show on a signed visit where its dose lies beside the published window"),
        required=False,
        help_text=_("A check of the record against its source. It proposes no dose, and being within is no evidence of benefit."),
    )
    measure_every_days = forms.IntegerField(
        label=_("Measure the output every"),
        min_value=1,
        max_value=3650,
        required=False,
        help_text=_("Days. An overdue measurement warns where a visit is recorded. Empty: nothing is overdue."),
    )
