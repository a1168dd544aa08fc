"""Which record is the other one of the same person, and how that is known."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OtherRecordForm(forms.Form):
    """The number of the other record. It is posted: what people type in search of a person stays out of addresses."""

    other = forms.CharField(label=_("Record number of the other record"), max_length=40)


class MergeForm(OtherRecordForm):
    """The decision, after both were compared."""

    other = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("How is it known that both are one person?"), max_length=200, help_text=_("For example: passport seen, asked by telephone.")
    )
