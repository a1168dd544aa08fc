"""The form of an addendum: what was signed, what should have been, and why."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sessions.models import Visit


class AddendumForm(forms.Form):
    """Amends pain before and after, the reaction, or adds a text. Doses are amended in words: the settings stay as signed."""

    client_key = forms.UUIDField(initial=uuid4, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason for the amendment"), max_length=200)
    pain_before = forms.TypedChoiceField(
        label=_("Pain now, before: should have been"),
        choices=[("", _("as signed")), *((number, str(number)) for number in range(11))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    pain_after = forms.TypedChoiceField(
        label=_("Pain now, after: should have been"),
        choices=[("", _("as signed")), *((number, str(number)) for number in range(11))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    reaction = forms.ChoiceField(
        label=_("Reaction: should have been"), choices=[("", _("as signed")), *Visit.Reaction.choices], required=False
    )
    text = forms.CharField(label=_("Text"), max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def changes(self, visit: Visit) -> dict[str, list[Any]]:
        """Field → [as signed, as amended], for what was given and differs."""
        amended = {name: self.cleaned_data[name] for name in ("pain_before", "pain_after", "reaction")}
        given = {name: value for name, value in amended.items() if value not in {None, ""}}
        return {name: [getattr(visit, name), value] for name, value in given.items() if getattr(visit, name) != value}
