"""A key for another program."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clinic.api_scopes import AREAS, READ
from clinic.api_tokens import MOST_DAYS, USUAL_DAYS
from clinic.widgets import TickCards

_DAYS = (30, USUAL_DAYS, 180, MOST_DAYS)


def _days() -> list[tuple[str, str]]:
    return [(str(days), ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in _DAYS]


class KeyForm(forms.Form):
    """What a key is for, what it may touch, and for how long."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=100,
        help_text=_("The program and where it runs, such as: booking calendar, front desk."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may touch"),
        widget=TickCards,
        help_text=_("As little as the program needs. It never may more than you may, and ends with your access."),
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.TypedChoiceField(label=_("Works for"), coerce=int, choices=_days, initial=str(USUAL_DAYS))

    def __init__(self, *args: Any, offered: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scopes"].choices = [(scope, _scope_label(scope)) for scope in offered]  # type: ignore[attr-defined]


def _scope_label(scope: str) -> str:
    area, _colon, what = scope.partition(":")
    words = _("read") if what == READ else _("change")
    return format_html('<strong>{}</strong>: {}<br><code class="muted small">{}</code>', AREAS[area], words, scope)
