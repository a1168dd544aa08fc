"""Forms of the worklist: a decision, or a later day with its reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import DayField
from clinic.task_kinds import DECISIONS
from clinic.widgets import RadioCards


class DecisionForm(forms.Form):
    """What came of it."""

    decision = forms.ChoiceField(
        label=_("What was decided?"),
        choices=list(DECISIONS.items()),
        widget=RadioCards,
        error_messages={"required": _("Choose what was decided.")},
    )
    reason = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class SnoozeForm(forms.Form):
    """Later, and why."""

    until = DayField(label=_("Show again on"))
    reason = forms.CharField(label=_("Why can it wait?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
