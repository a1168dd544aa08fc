"""From a line of a table to a score that can be recorded, or the reason why not. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clinic.importing.table import Line
from outcomes.answers import AnswerProblem, unanswered, validate
from outcomes.importing.wishes import Moment, Wishes, read_date, read_number
from outcomes.instruments import Instrument, Item
from outcomes.schedule import DEFAULT_RULES

LONGEST_RECORD_NUMBER = 40
LONGEST_KEY = 80
LONGEST_LABEL = 60
TICKS = {"1": True, "true": True, "yes": True, "x": True, "0": False, "false": False, "no": False}

WHY = {
    "not_a_number": "is not a number",
    "not_whole": "is not a whole number",
    "out_of_range": "lies outside of the instrument's range",
    "not_a_tick": "is neither yes nor no",
    "unknown_item": "is not an item of the instrument",
    "contradiction": "contradicts the others",
}


class RowRefused(ValueError):
    """Why a row is not imported. Never quotes what the row says: it may be about a person's health."""


@dataclass(frozen=True)
class Row:
    """One score to record. `key` identifies it in its source, `course_key` the course; `on` is the day it was taken."""

    line: int
    person: str
    record_number: str
    course_key: str
    key: str
    started_on: date
    on: date
    occasion: str
    label: str
    answers: Mapping[str, Any]


def read_row(line: Line, wishes: Wishes, instrument: Instrument, today: date) -> Row:
    """The score of one line. Raises RowRefused with the reason."""
    if line.refusal:
        raise RowRefused(line.refusal)
    fields = {part: line.fields[column] for part, column in wishes.columns.items()}
    person = fields["person"]
    if not person:
        raise RowRefused("the person is missing")
    started_on = _started_on(fields, wishes)
    moment = _moment(fields["time"], started_on, wishes)
    try:
        on = started_on + timedelta(days=moment.days)
    except OverflowError:
        raise RowRefused("the time lies outside of the calendar") from None
    if on > today or started_on > today:
        raise RowRefused("the time lies in the future")
    row = Row(
        line=line.number,
        person=person,
        record_number=f"{wishes.record_prefix}{person}",
        course_key=f"{wishes.source}:{person}",
        key=f"{wishes.source}:{person}:{fields['time']}",
        started_on=started_on,
        on=on,
        occasion=moment.occasion or occasion_of(moment.days),
        label=_label(fields, wishes),
        answers=_answers(line, wishes, instrument),
    )
    _check_lengths(row)
    return row


def occasion_of(days: int) -> str:
    """Before treatment or not; what exactly the later ones were is known only if somebody says so."""
    return "baseline" if -DEFAULT_RULES.baseline_days <= days <= 0 else "unscheduled"


def _started_on(fields: Mapping[str, str], wishes: Wishes) -> date:
    if "start" not in fields:
        assert wishes.start_date is not None  # noqa: S101 (demanded when the wishes are read)
        return wishes.start_date
    started_on: date = _read(read_date, fields["start"], "the start")
    return started_on


def _moment(text: str, started_on: date, wishes: Wishes) -> Moment:
    if wishes.time_format == "date":
        return Moment((_read(read_date, text, "the time") - started_on).days)
    if wishes.time_format == "coded":
        if text not in wishes.times:
            raise RowRefused("the time's code is not in --time-map")
        return wishes.times[text]
    days = _read(read_number, text, "the time")
    if days != days.to_integral_value() or abs(days) > 99_999:
        raise RowRefused("the time is not a whole number of days")
    return Moment(int(days))


def _label(fields: Mapping[str, str], wishes: Wishes) -> str:
    text = fields.get("label", "")
    if wishes.labels and "label" in fields:
        if text not in wishes.labels:
            raise RowRefused("the label's code is not in --label-map")
        return wishes.labels[text]
    return text


def _answers(line: Line, wishes: Wishes, instrument: Instrument) -> dict[str, Any]:
    columns = wishes.items or {instrument.items[0].id: wishes.columns["value"]}
    answers = {item: _answer(line.fields[column], instrument.item(item), wishes.scale) for item, column in columns.items()}
    problems = validate(instrument, answers)
    if problems:
        item, problem = next(iter(problems.items()))
        raise RowRefused(_sentence(item, problem, wishes))
    if not wishes.items and unanswered(instrument, answers):
        raise RowRefused("the value is missing")
    return answers


def _answer(text: str, item: Item, scale: Decimal) -> Any:
    if item.kind == "tick":
        return TICKS.get(text.casefold(), text) if text else None
    try:
        number = read_number(text) * scale
    except ValueError as reason:
        if str(reason) == "is missing":
            return None
        raise RowRefused(f"the value {reason}") from None
    whole = number == number.to_integral_value()
    return int(number) if whole else number.normalize()


def _sentence(item: str, problem: AnswerProblem, wishes: Wishes) -> str:
    return f"{f'item {item}' if wishes.items else 'the value'} {WHY[problem.code]}"


def _read(read: Any, text: str, what: str) -> Any:
    try:
        return read(text)
    except ValueError as reason:
        raise RowRefused(f"{what} {reason}") from None


def _check_lengths(row: Row) -> None:
    if len(row.record_number) > LONGEST_RECORD_NUMBER or len(row.key) > LONGEST_KEY:
        raise RowRefused("the person's key is too long")
    if len(row.label) > LONGEST_LABEL:
        raise RowRefused(f"the label is longer than {LONGEST_LABEL} characters")
