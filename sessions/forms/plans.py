"""The form of a plan: visits, laser or none, exercises, other treatments, the day of review."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as translate_now
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import DayField
from clinic.forms.seen import SeenForm
from clinic.widgets import RadioCards, RadioRow, TickCards
from sessions import codes
from sessions.models.visit import OtherTreatment
from sessions.selectors.courses import WEEKDAYS, PlanSheet
from sessions.selectors.devices import ProtocolLine
from sessions.services.courses import THERAPY_LISTS
from sessions.wording import plain_number

NO_LASER = "none"
EMPTY_ROWS, MOST_ROWS = 3, 12


class TickRow(TickCards):
    """A few short ticks side by side."""

    look = "inline"


class PlanForm(SeenForm):
    """Everything but the exercises."""

    planned_visits = forms.IntegerField(label=_("Planned visits"), min_value=1, max_value=200)
    visits_per_week = forms.TypedChoiceField(
        label=_("How often"),
        choices=[
            ("0.5", _("every two weeks")),
            ("1", _("once a week")),
            ("2", _("twice a week")),
            ("3", _("three times a week")),
            ("4", _("four times")),
            ("5", _("five times")),
        ],
        widget=RadioRow,
        error_messages={"required": _("Choose how often.")},
    )
    protocol = forms.ChoiceField(
        label=_("Laser"), widget=RadioCards, error_messages={"required": _("Choose a laser protocol, or no laser.")}
    )
    review_on = DayField(label=_("Review on"), help_text=_("The day to look at the answers together and to decide how to go on."))

    def __init__(self, *args: Any, protocols: list[ProtocolLine], former: PlanSheet | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.also_seen = f"version {former.version}" if former else ""  # with its exercises, which have forms of their own
        self._offer("protocol", [(NO_LASER, _("No laser in this course")), *((str(each.id), each.in_short) for each in protocols)])
        if former and former.protocol_id and former.protocol_id not in {each.id for each in protocols}:
            self.fields["protocol"].help_text = _("The former protocol, %(name)s, is not in use any more.") % {"name": former.protocol}
        self._keep_rhythm(former)
        for kind, listed in THERAPY_LISTS.items():
            choices = [(f"{kind}:{key}", translate_now(label)) for key, label in codes.choices(listed)]
            label = OtherTreatment.Kind(kind).label
            self.fields[kind] = forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=TickRow)

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def _keep_rhythm(self, former: PlanSheet | None) -> None:
        """A rhythm of an earlier version that is not on the list stays possible."""
        field = cast("forms.ChoiceField", self.fields["visits_per_week"])
        listed = list(cast("list[tuple[str, Any]]", field.choices))
        if former and rhythm_key(former) not in {key for key, _label in listed}:
            field.choices = [*listed, (rhythm_key(former), former.rhythm)]

    def therapies(self) -> list[dict[str, Any]]:
        """The ticked items as kind and code."""
        chosen = [value.partition(":") for kind in THERAPY_LISTS for value in self.cleaned_data[kind]]
        return [{"kind": kind, "code": code} for kind, _colon, code in chosen]

    def therapy_fields(self) -> list[Any]:
        """The tick lists, one for each kind."""
        return [self[kind] for kind in THERAPY_LISTS]


class ExerciseForm(forms.Form):
    """One prescribed exercise; an empty row is none."""

    name = forms.CharField(label=_("Exercise"), max_length=120, required=False)
    sets = forms.IntegerField(label=_("Sets"), min_value=1, max_value=20, required=False)
    repetitions = forms.IntegerField(label=_("Repetitions"), min_value=1, max_value=200, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        choices=list(enumerate(WEEKDAYS)),
        coerce=int,
        required=False,
        widget=TickRow,
        help_text=_("None ticked: every day."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An exercise without a name is a mistake when anything else of its row is filled in."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("name") and any(data.get(name) for name in ("sets", "repetitions", "minutes", "weekdays")):
            self.add_error("name", _("Name the exercise, or empty its row."))
        return data

    def exercise(self) -> dict[str, Any] | None:
        """What make_plan() takes; None for an empty row."""
        data = dict(self.cleaned_data)
        if not data.get("name"):
            return None
        return {**data, "weekdays": data["weekdays"] or list(range(7))}


ExerciseRows = forms.formset_factory(ExerciseForm, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def rhythm_key(plan: PlanSheet) -> str:
    """Visits per week as the form writes them."""
    return plain_number(plan.visits_per_week)
