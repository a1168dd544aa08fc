"""The questions of an instrument as a form: one class serves every instrument, for the patient as for the staff who enter answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import MomentField
from clinic.widgets import NumericScale, RadioCards, TickList, VisualAnalogue
from outcomes.answers import AnswerCode, validate
from outcomes.instruments import Instrument, Item, ItemText, Translation
from outcomes.models.response import AnsweredBy

TICKED = "ticked"
_MISSING: Mapping[str, str | Promise] = {
    "boxes": _("Choose one number, or skip this question"),
    "line": _("Mark the line, or skip this question"),
    "section": _("Choose one answer, or skip this question"),
    "tick": _("Tick the sentences that describe you, or the last one if none of them does"),
}
_CONTRADICTION = _("You ticked a sentence and also that none of them describes you. Untick what is not right.")
_UNFIT: Mapping[AnswerCode, str | Promise] = {
    "unknown_item": _("This answer does not belong to the question"),
    "not_a_number": _("Enter a number"),
    "not_whole": _("Enter a whole number"),
    "out_of_range": _("This number is outside the scale"),
    "not_a_tick": _("This answer does not belong to the question"),
    "contradiction": _CONTRADICTION,
}


class InstrumentForm(forms.Form):
    """The questions of one instrument, all of them or those of one page.

    items: which to ask; all when None. given: answers so far, by item id. may_be_blank: staff enter what is on the paper, gaps included.
    Raises KeyError for an instrument whose words may not be shown.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        instrument: Instrument,
        language: str,
        items: Sequence[str] | None = None,
        given: Mapping[str, Any] | None = None,
        may_be_blank: bool = False,
    ) -> None:
        super().__init__(data, prefix=instrument.key)
        shown = instrument.translation(language)
        if shown is None:
            raise KeyError(instrument.key)
        self.instrument, self.shown, self.may_be_blank = instrument, shown, may_be_blank
        self.asked = [item for item in instrument.items if items is None or item.id in items]
        self.in_one_list = instrument.confirm_none is not None
        if self.in_one_list:
            self.fields[TICKED] = _tick_field(instrument, shown)
            self.initial = {TICKED: _ticked(instrument, given or {})}
        else:
            for item in self.asked:
                self.fields[item.id] = _field(item, shown.items[item.id], shown.instruction)
            self.initial = {item.id: (given or {}).get(item.id) for item in self.asked}

    def clean(self) -> dict[str, Any]:
        """Refuse what is not answered, unless gaps are allowed, and what does not fit the instrument."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        answers = self.answers()
        for item_id, problem in validate(self.instrument, answers).items():
            self.add_error(TICKED if self.in_one_list else item_id, str(_UNFIT[problem.code]))
        if not self.errors and not self.may_be_blank:
            kinds = {TICKED: "tick"} if self.in_one_list else {item.id: item.kind for item in self.asked}
            for name, kind in kinds.items():
                if cleaned.get(name) in (None, "", []):
                    self.add_error(name, str(_MISSING[kind]))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """The answers as `record_response` takes them; None for what was left blank."""
        if not self.in_one_list:
            return {item.id: self.cleaned_data.get(item.id) for item in self.asked}
        ticked, none = set(self.cleaned_data.get(TICKED) or ()), str(self.instrument.confirm_none)
        if not ticked:
            return self.skipped()
        return {**{item.id: item.id in ticked for item in self.asked}, none: none in ticked}

    def skipped(self) -> dict[str, Any]:
        """The answers of somebody who passes over these questions."""
        none = {self.instrument.confirm_none: None} if self.instrument.confirm_none else {}
        return {**{item.id: None for item in self.asked}, **none}


def _tick_field(instrument: Instrument, shown: Translation) -> forms.Field:
    choices = [(item.id, shown.items[item.id].text) for item in instrument.items]
    choices.append((str(instrument.confirm_none), str(shown.none_of_these)))
    field = forms.MultipleChoiceField(label=shown.instruction, choices=choices, widget=TickList, required=False)
    field.hide_optional = True  # type: ignore[attr-defined]
    return field


def _field(item: Item, text: ItemText, instruction: str) -> forms.Field:
    low, high = text.low or "", text.high or ""
    if item.kind == "line":
        line = VisualAnalogue(low=low, high=high, minimum=item.minimum, maximum=item.maximum)
        field: forms.Field = forms.IntegerField(label=text.text, widget=line, required=False, help_text=instruction)
    else:
        numbers = range(item.minimum, item.maximum + 1)
        choices: list[tuple[int, Any]] = [(number, str(number)) for number in numbers]
        widget: forms.Widget = NumericScale(low=low, high=high)
        if item.kind == "section":
            choices, widget = list(zip(numbers, text.options, strict=True)), RadioCards()
        field = forms.TypedChoiceField(
            label=text.text, choices=choices, coerce=int, empty_value=None, widget=widget, required=False, help_text=instruction
        )
    field.hide_optional = True  # type: ignore[attr-defined]
    return field


def _ticked(instrument: Instrument, given: Mapping[str, Any]) -> list[str]:
    known = [item.id for item in instrument.items] + [str(instrument.confirm_none)]
    return [item_id for item_id in known if given.get(item_id) is True]


class WhoAnsweredForm(forms.Form):
    """Whose words the answers are, asked once before sending."""

    answered_by = forms.ChoiceField(
        label=_("Who chose these answers?"),
        choices=[(AnsweredBy.PATIENT, _("I did, by myself")), (AnsweredBy.HELPED, _("Someone helped me"))],
        widget=RadioCards,
        error_messages={"required": _("Say who chose the answers")},
    )


class BirthYearForm(forms.Form):
    """The light check before earlier answers are shown."""

    year = forms.IntegerField(
        label=_("Your year of birth"),
        min_value=1900,
        max_value=2100,
        help_text=_("Four digits, for example 1958."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4", "pattern": "[0-9]*"}),
        error_messages={
            "required": _("Enter your year of birth"),
            "invalid": _("Enter four digits"),
            "min_value": _("Enter four digits"),
            "max_value": _("Enter four digits"),
        },
    )


class EntryForm(forms.Form):
    """What staff say about a paper form: whose answers these are, and when they were given. Of answers read out both are known."""

    answered_by = forms.ChoiceField(
        label=_("Whose answers are these?"),
        choices=[(AnsweredBy.PATIENT, _("The patient's own, alone")), (AnsweredBy.HELPED, _("The patient's, with someone's help"))],
        widget=RadioCards,
        error_messages={"required": _("Say whose answers these are")},
    )
    occurred_at = MomentField(label=_("Answered on"))

    def __init__(self, data: Any = None, *, how: str, now: datetime) -> None:
        super().__init__(data, initial={"occurred_at": timezone.localtime(now)})
        self.now = now
        if how == "read_aloud":
            self.fields.clear()

    @property
    def who(self) -> str:
        """Whose words the answers are."""
        return str(self.cleaned_data.get("answered_by") or AnsweredBy.READ_OUT)

    def clean_occurred_at(self) -> datetime:
        """Answers of tomorrow are a slip of the pen."""
        at: datetime = self.cleaned_data["occurred_at"]
        if at > self.now:
            raise forms.ValidationError(_("This is in the future"))
        return at
