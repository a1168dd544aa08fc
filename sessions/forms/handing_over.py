"""The form with which somebody's waiting work is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models import Membership
from clinic.widgets import TickCards
from sessions.selectors.handing_over import WaitingWork, receivers


class HandOverForm(forms.Form):
    """To whom, and what of it. Everything that waits is ticked to begin with."""

    receiver: Any = forms.ModelChoiceField(label=_("Who takes it over"), queryset=None, empty_label=_("Choose a colleague"))
    kinds = forms.MultipleChoiceField(label=_("What"), widget=TickCards, error_messages={"required": _("Choose what to hand over.")})

    def __init__(self, *args: Any, member: Membership, work: Sequence[WaitingWork], **options: Any) -> None:
        waiting = [each for each in work if each.number]
        super().__init__(*args, **(options | {"initial": {"kinds": [each.kind for each in waiting]}}))
        self.fields["receiver"].queryset = receivers(member)  # type: ignore[attr-defined]
        self.fields["kinds"].choices = [(each.kind, f"{each.number} · {each.label}") for each in waiting]  # type: ignore[attr-defined]
