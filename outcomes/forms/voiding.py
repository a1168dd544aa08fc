"""The form that says which answers do not count, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outcomes.selectors.timeline import GivenAnswers


class VoidForm(forms.Form):
    """Which of the answers handed in together, and the reason."""

    which = forms.MultipleChoiceField(
        label=_("What does not count"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example: entered for the wrong person. It stays in the record."),
        error_messages={"required": _("Say why the answers do not count.")},
    )

    def __init__(self, *args: Any, answers: Sequence[GivenAnswers], **options: Any) -> None:
        super().__init__(*args, **options)
        counting = [each for each in answers if not each.void_reason]
        self.fields["which"].choices = [(str(each.id), each.words) for each in counting]  # type: ignore[attr-defined]
        self.fields["which"].initial = [str(each.id) for each in counting]
