"""The outcome report: completeness first, then change and responders, with the caveat that cannot be removed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.models import Clinic
from clinic.scoping import clinic_scope
from outcomes.instruments import Scale
from outcomes.registry import instruments
from outcomes.reports.base import CAVEAT, Report
from outcomes.reports.disclosure import disclosure
from outcomes.reports.filters import GROUPS, OutcomeFilters
from outcomes.reports.wording import HIDDEN, among_all, among_observed, change_with_interval, decimal, number_first, part, signed, small
from outcomes.selectors.outcome import course_outcomes
from outcomes.statistics.courses import Group, Outcome, ShownFlow, outcome, shown_flow
from sessions.models import Course

UNITS = {"points": gettext_lazy("points"), "mm": "mm", "percent": gettext_lazy("percentage points")}


@dataclass(frozen=True)
class Line:
    """One figure: what it is, its value in words, and what it means or is counted from."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class GroupLine:
    """One group of the table; `cells`: each column's name and value."""

    name: str
    cells: tuple[tuple[str, str], ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The values alone, in the order of the columns."""
        return tuple(value for _name, value in self.cells)


@dataclass(frozen=True)
class OutcomePage:
    """Everything that page and CSV say. Both are made from this and from nothing else."""

    clinic: str
    scale: Scale
    scale_name: str
    direction: str
    chosen: tuple[tuple[str, str], ...]
    headline: str
    flow: tuple[Line, ...]
    missing: tuple[Line, ...]
    is_low: bool
    figures: tuple[Line, ...]
    group_heading: str
    columns: tuple[str, ...]
    groups: tuple[GroupLine, ...]
    hidden_reason: str
    caveat: str
    minimum: int
    numbers: Outcome
    period_note: str = ""

    def rows(self) -> list[list[str]]:
        """The CSV: every line of the page, in its order, filters and caveat included."""
        rows = [[_("Outcome report"), self.clinic], [_("Measure"), self.scale_name, self.direction]]
        rows += [[name, value] for name, value in self.chosen]
        rows += [[self.period_note]] if self.period_note else []
        rows += [[str(self.caveat)], [], [self.headline]]
        for lines in (self.flow, self.missing, self.figures):
            rows += [[line.name, *number_first(line.value, line.note)] for line in lines]
        if self.groups:
            rows += [[], [self.group_heading, *self.columns[:3], _("Unit and interval"), *self.columns[3:]]]
            rows += [[group.name, *group.values[:2], *number_first(group.values[2]), *group.values[3:]] for group in self.groups]
        return rows


def build(filters: OutcomeFilters, clinics: Sequence[Clinic], language: str) -> OutcomePage:
    """The report under these (valid) filters: at most two statements for the courses, arithmetic, words.

    Several clinics of an organisation are counted together, or beside each other; the strictest smallest group of theirs holds.
    """
    scale = instruments().scale(filters.cleaned_data["scale"] or instruments().outcome_scales[0].id)
    by = filters.cleaned_data["by"]
    minimum = max(clinic.small_cell_minimum for clinic in clinics)
    asked = dict(filters.cleaned_data)
    with clinic_scope(*(clinic.pk for clinic in clinics)) if len(clinics) > 1 else nullcontext():
        may = disclosure(scale, filters, clinics)
        filters.cleaned_data |= {name: day for name, day in (("ended_from", may.first), ("ended_until", may.last)) if asked.get(name)}
        courses = [] if may.withheld else course_outcomes(scale, filters.cleaned_data, by)
    numbers = outcome(courses, scale, minimum=minimum, group_of=GROUPS.get(by), withheld=may.groups)
    unit = str(UNITS[scale.unit])
    hidden = may.withheld or numbers.hidden
    is_told = not hidden and numbers.whole.flow.eligible > 0
    figures = _figures(numbers.whole, scale, unit, minimum) if is_told and numbers.whole.flow.is_asked else ()
    groups = tuple(_group_line(group, by, scale, unit) for group in numbers.groups)
    return OutcomePage(
        clinic=", ".join(clinic.name for clinic in clinics),
        scale=scale,
        scale_name=scale.label(language),
        direction=_("lower is better") if scale.lower_is_better else _("higher is better"),
        chosen=tuple(filters.chosen()),
        headline=_withheld(minimum) if may.withheld else _headline(numbers, minimum),
        flow=_flow(numbers.whole, minimum) if is_told else (),
        missing=_missing(numbers.whole, minimum) if is_told and numbers.whole.flow.is_asked else (),
        is_low=numbers.whole.flow.is_low and numbers.whole.flow.is_asked,
        figures=figures,
        group_heading=_group_heading(by),
        columns=_columns(scale, unit),
        groups=groups,
        hidden_reason=_hidden_reason([*figures, *(Line("", value) for group in groups for value in group.values)], minimum),
        caveat=str(CAVEAT),
        minimum=minimum,
        numbers=numbers,
        period_note=_period_note(asked, filters.cleaned_data),
    )


def _period_note(asked: dict[str, Any], counted: dict[str, Any]) -> str:
    """Says so where the days that are counted are not those that were asked for."""
    names = ("ended_from", "ended_until")
    if all(asked.get(name) == counted.get(name) for name in names):
        return ""
    first, last = (date_format(counted[name]) if counted.get(name) else "" for name in names)
    if first and last:
        days = _("%(first)s to %(last)s") % {"first": first, "last": last}
    else:
        days = _("from %(first)s on") % {"first": first} if first else _("until %(last)s") % {"last": last} if last else _("all days")
    return _("Periods are counted in whole quarters, joined where few courses ended. Counted here: %(days)s.") % {"days": days}


def _withheld(minimum: int) -> str:
    return _(
        "Nothing is shown: fewer than %(minimum)s courses lie between this report and a wider or narrower one, "
        "and whoever opened both could work them out. Leave out a filter, choose a longer period, or ended courses of one clinic."
    ) % {"minimum": minimum}


def _headline(numbers: Outcome, minimum: int) -> str:
    flow, judged = numbers.whole.flow, numbers.whole.absolute
    if not flow.eligible:
        return _("No course fits these filters.")
    if numbers.hidden:
        return _("Fewer than %(minimum)s courses fit these filters: nothing is shown.") % {"minimum": minimum}
    if not flow.is_asked:
        return _("This measure was not asked in these courses. Choose another measure under “Filters”.")
    shown = shown_flow(flow, minimum)
    paired = part(shown.paired, minimum)
    known = _("%(paired)s of %(eligible)s courses have both measurements.") % {"paired": paired, "eligible": flow.eligible}
    if judged is None or not judged.shown.among_all:
        return known
    improved = _("%(n)s of %(eligible)s improved by the important change or more; %(missing)s are missing and count as not improved.")
    counts = {"n": judged.result.improved, "eligible": flow.eligible, "missing": _missing_count(shown, minimum)}
    return f"{known} {improved % counts}"


def _missing_count(shown: ShownFlow, minimum: int) -> str:
    if shown.paired.exact is not None:
        return str(shown.eligible - shown.paired.exact)
    if shown.paired.at_least is not None:
        return _("at most %(n)s") % {"n": shown.eligible - shown.paired.at_least}
    return _("at least %(n)s") % {"n": shown.eligible - minimum + 1}


def _flow(whole: Group, minimum: int) -> tuple[Line, ...]:
    if whole.hidden:
        return ()
    flow = whole.flow
    shown = shown_flow(flow, minimum)
    not_applicable = _("not applicable for %(n)s imported courses") % {"n": part(shown.not_applicable, minimum)}
    eligible = Line(_("eligible"), str(flow.eligible), _("courses under these filters"))
    if not flow.is_asked:
        return (eligible, Line(_("invited"), _("not asked"), _("nobody was asked, and no score was brought in")))
    return (
        eligible,
        Line(
            _("invited"),
            _("not applicable") if flow.not_applicable == flow.eligible else part(shown.invited, minimum),
            not_applicable if flow.not_applicable else _("asked at least once"),
        ),
        Line(_("answered"), part(shown.answered, minimum), _("at least one score")),
        Line(_("both measurements"), part(shown.paired, minimum), _("a baseline and a later score")),
    )


def _missing(whole: Group, minimum: int) -> tuple[Line, ...]:
    shown = shown_flow(whole.flow, minimum)
    share = _share(shown)
    return (
        Line(_("Completeness"), share, _("both measurements, of those eligible")),
        Line(
            _("No baseline"),
            part(shown.missing_baseline, minimum),
            _("stays missing: no later score takes its place; not in the change below"),
        ),
        Line(_("Baseline, but no later score"), part(shown.missing_later, minimum), _("counted as not improved below")),
    )


def _share(shown: ShownFlow) -> str:
    """Completeness in percent; rounded down and "at least" where the exact one would give a small count away."""
    if not shown.eligible:
        return HIDDEN
    if shown.paired.exact is not None:
        return f"{decimal(shown.paired.exact / shown.eligible * 100, 0)} %"
    if shown.paired.at_least is None:
        return HIDDEN
    return _("at least %(n)s") % {"n": f"{shown.paired.at_least * 100 // shown.eligible} %"}


def _figures(whole: Group, scale: Scale, unit: str, minimum: int) -> tuple[Line, ...]:
    change = whole.change
    why = {"one_pair": _("one pair: no interval"), "no_pairs": _("too few pairs to show a change"), None: ""}.get(change.reason, "")
    pairs = part(shown_flow(whole.flow, minimum).paired, minimum)
    counted = _("n = %(n)s pairs, latest minus baseline") % {"n": pairs} if change.n else why
    lines = [Line(_("Mean change"), change_with_interval(change, unit), f"{counted}. {why}".strip(". ") if change.n else counted)]
    if change.mean_improvement is not None:
        lines.append(
            Line(_("Mean improvement"), f"{signed(change.mean_improvement)} {unit}", _("the same change, counted so that plus is better"))
        )
    if change.mean_baseline is not None and change.mean_follow_up is not None:
        means = f"{decimal(change.mean_baseline)} → {decimal(change.mean_follow_up)} {unit}"
        lines.append(Line(_("Mean at baseline → latest"), means, _("the same people at both times")))
    for judged, name in ((whole.absolute, _absolute_name(scale, unit)), (whole.relative, _relative_name(scale))):
        if judged is None:
            continue
        lines.append(Line(name, among_all(judged), _("of everyone eligible: missing counted as not improved")))
        lines.append(Line(name, among_observed(judged), _("among those with both measurements")))
    if whole.absolute is not None:
        result, judged_shown = whole.absolute.result, whole.absolute.shown
        lines.append(
            Line(
                _("Worse by the important change or more"),
                _counted(result.deteriorated or 0, pairs, shown=judged_shown.deteriorated, minimum=minimum),
                _("among those with both measurements"),
            )
        )
        lines.append(
            Line(
                _("Cannot improve that much"),
                _counted(result.cannot_respond, pairs, shown=judged_shown.cannot_respond, minimum=minimum),
                _("baseline too close to the best score"),
            )
        )
    return tuple(lines)


def _counted(count: int, pairs: str, *, shown: bool, minimum: int) -> str:
    # Hidden although it is not small itself: its exact number would give the small rest away.
    number = str(count) if shown else (small(count, minimum) if count < minimum else HIDDEN)
    return _("%(n)s of %(total)s") % {"n": number, "total": pairs}


def _absolute_name(scale: Scale, unit: str) -> str:
    return _("Improved by %(change)s %(unit)s or more") % {"change": format((scale.absolute_change or 0), "f"), "unit": unit}


def _relative_name(scale: Scale) -> str:
    share = decimal(float(scale.relative_change or 0) * 100, 0)
    return _("Improved by %(share)s %% of the baseline or more") % {"share": share}


def _columns(scale: Scale, unit: str) -> tuple[str, ...]:
    return (
        _("Eligible"),
        _("Both measurements"),
        _("Mean change"),
        _("%(rule)s, of everyone eligible") % {"rule": _absolute_name(scale, unit)},
        _("the same, among those observed"),
    )


def _group_line(group: Group, by: str, scale: Scale, unit: str) -> GroupLine:
    values = [HIDDEN] * 5
    if not group.hidden and not group.flow.is_asked:
        values = [str(group.eligible), *[_("not asked")] * 4]
    elif not group.hidden:
        values = [
            str(group.eligible),
            str(group.flow.paired) if group.shows_pairs else HIDDEN,
            change_with_interval(group.change, unit),
            among_all(group.absolute),
            among_observed(group.absolute),
        ]
    return GroupLine(_group_name(by, group.name), tuple(zip(_columns(scale, unit), values, strict=True)))


def _group_heading(by: str) -> str:
    return {
        "laser": _("Laser"),
        "exercise": _("Exercise"),
        "complaint": _("Complaint"),
        "label": _("Course label"),
        "clinic": _("Clinic"),
    }.get(by, "")


def _group_name(by: str, name: str) -> str:
    if by in {"laser", "exercise"}:
        return _("with") if name == "yes" else _("without")
    return str(dict(Course.Complaint.choices).get(name, name)) if by == "complaint" else name


def _hidden_reason(lines: Sequence[Line], minimum: int) -> str:
    if not any(line.value.startswith(HIDDEN) for line in lines):
        return ""
    return _("“–” stands where fewer than %(minimum)s courses would be counted, or where the number would give such a count away.") % {
        "minimum": minimum
    }


REPORT = Report(
    key="outcome",
    name=gettext_lazy("Outcome"),
    question=gettext_lazy("How did pain and disability change, in how many, and who is missing?"),
    build=build,
    template="outcomes/report_outcome.html",
)

__all__ = ["REPORT", "OutcomePage", "build"]
