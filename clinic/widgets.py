"""Answer widgets that every form shares: rating boxes, line scale, choice cards, tick list.

None of them selects anything beforehand: a start position pulls answers towards itself.
"""

from __future__ import annotations

from typing import Any, Literal

from django import forms
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Direction = Literal["ltr", "rtl"]


class NumericScale(forms.RadioSelect):
    """Equal boxes from one anchor to the other, for a 0-10 numeric rating.

    `low` and `high` are the anchors' words in the language of the instrument; `direction` is a property of the
    validated translation and never follows the page. Use it with a `TypedChoiceField` of the eleven numbers.
    """

    template_name = "clinic/forms/widgets/nprs.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        low: str | Promise = "",
        high: str | Promise = "",
        direction: Direction = "ltr",
        choices: Any = (),
    ) -> None:
        super().__init__(attrs, choices)
        self.low, self.high, self.direction = low, high, direction

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the anchors, and the values they belong to, to Django's radio context."""
        context = super().get_context(name, value, attrs)
        values = [str(choice) for choice, _label in self.choices if str(choice) != ""]
        context["widget"].update(
            low=self.low,
            high=self.high,
            direction=self.direction,
            low_value=values[0] if values else "",
            high_value=values[-1] if values else "",
        )
        return context


class VisualAnalogue(forms.NumberInput):
    """A line without numbers and without a handle until the first tap; a number field where no script runs.

    Whole numbers from `minimum` to `maximum` (0-100 mm by default), whatever the line's length on the screen. The
    length in CSS pixels is posted beside it as `<name>_line_px` (absent without script).
    """

    template_name = "clinic/forms/widgets/vas.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        low: str | Promise = "",
        high: str | Promise = "",
        minimum: int = 0,
        maximum: int = 100,
    ) -> None:
        limits = {"min": minimum, "max": maximum, "step": 1, "inputmode": "numeric"}
        super().__init__({**limits, **(attrs or {})})
        self.low, self.high = low, high

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the anchors and the name of the line to Django's number context."""
        context = super().get_context(name, value, attrs)
        label = _("Line from “%(low)s” to “%(high)s”") % {"low": self.low, "high": self.high}
        context["widget"].update(low=self.low, high=self.high, line_label=label)
        return context


class _Looking(ChoiceWidget):
    """What radio cards and tick lists share: one template, and a look as its modifier."""

    look = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the look to Django's context."""
        context = super().get_context(name, value, attrs)
        context["widget"]["look"] = self.look
        return context


class RadioCards(_Looking, forms.RadioSelect):
    """One answer of several, each a card as wide as the column."""

    template_name = "clinic/forms/widgets/choices.html"


class RadioRow(RadioCards):
    """One answer of a few short ones, side by side where they fit."""

    look = "inline"


class TickCards(_Looking, forms.CheckboxSelectMultiple):
    """Several answers of a few, each a card."""

    template_name = "clinic/forms/widgets/choices.html"


class TickList(TickCards):
    """A long list of statements to tick those that apply."""

    look = "ticks"
