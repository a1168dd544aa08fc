"""Past scores in files: whose, when, which instrument, and its value or its items. The values are scored here, as everybody's are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clinic.importing import headings as own
from clinic.importing.cells import CellRefused, Ways, coded, day, number, short, spoken, whole
from clinic.importing.headings import plain
from clinic.importing.kinds import Field, File, Judged, Option, Reading
from clinic.importing.people import People
from clinic.models import ImportRow
from clinic.writes import Actor
from outcomes.answers import unanswered, validate
from outcomes.importing.rows import TICKS, WHY, occasion_of
from outcomes.instruments import Instrument, Item
from outcomes.models import Response
from outcomes.models.invitation import Mode, Occasion
from outcomes.models.response import AnsweredBy
from outcomes.registry import instruments
from outcomes.schedule import DEFAULT_RULES
from outcomes.services.responses import Submission, as_stored, record_responses, void_responses
from sessions.importing.courses import Courses, complaint_field, record_field
from sessions.importing.courses import headings as headings_below
from sessions.models import Course

headings = partial(own.headings, Path(__file__).with_name("headings.csv"))

NOON = time(12)
ITEM = "item."
LONGEST_LABEL = 60
HUNDRED_YEARS = 36_500
_OCCASION_WORDS: dict[str, Any] = dict(Occasion.choices)
_OCCASIONS = {"vor behandlung": "baseline", "ende der behandlung": "discharge", "3 monate": "month_3", "6 monate": "month_6"}
_OCCASIONS |= {"12 monate": "month_12"}


def _instrument_choices() -> list[tuple[str, str | Promise]]:
    named: list[tuple[str, str | Promise]] = [(key, each.title) for key, each in sorted(instruments().items())]
    return [("", gettext_lazy("a column names it in each row")), *named]


def _multiplier(text: str, ways: Ways) -> Decimal:
    found = number(text, ways)
    if not Decimal("0.001") <= found <= Decimal(1000):
        raise CellRefused(_("does not lie between 0.001 and 1000"))
    return found


class ScoreKind:
    """One row per instrument, person and day."""

    key = "scores"
    label = gettext_lazy("Past scores")
    about = gettext_lazy("One row per questionnaire, person and day: its one value, or every item.")
    options = (
        Option("instrument", gettext_lazy("Questionnaire"), "", _instrument_choices, None, rereads=True),
        # Not for the next file, which may hold another questionnaire: its 1 would come in as 10.
        Option(
            "multiply", gettext_lazy("Multiply every value by"), gettext_lazy("Empty: as it stands."), None, _multiplier, remembered=False
        ),
    )

    def fields(self, chosen: Mapping[str, Any]) -> tuple[Field, ...]:
        """Whose, when, and the value or the items of the instrument that was chosen."""
        known = headings()
        instrument = instruments().get(str(chosen.get("instrument", "")))
        return (
            record_field(),
            Field("date", gettext_lazy("Date of the answer"), day, headings_below()["date"]),
            Field("day", gettext_lazy("Days after the course began"), whole, known["day"]),
            Field(
                "occasion", gettext_lazy("Occasion"), coded(spoken(_OCCASION_WORDS) | _OCCASIONS), known["occasion"], words=_OCCASION_WORDS
            ),
            complaint_field(),
            *_value_fields(instrument, known),
        )

    def judge(self, file: File, readings: Sequence[Reading]) -> list[Judged]:
        """New, there already, or not importable; what is recorded is never changed by a file."""
        known = _Known(readings)
        return [_verdict(file, each, known) for each in readings]

    def write(self, *, actor: Actor, file: File, rows: Sequence[Judged]) -> None:
        """Record the answers and their scores, all in one go."""
        record_responses(actor=actor, submissions=[judged.subject for judged in rows])
        for judged in rows:
            judged.row.patient_id = judged.subject.course.patient_id

    def in_use(self, file: File, rows: Sequence[ImportRow]) -> set[int]:
        """None: what counts no more stays readable."""
        return set()

    def undo(self, *, actor: Actor, file: File, rows: Sequence[ImportRow]) -> list[str]:
        """Say that the answers do not count: they stay, with the reason."""
        keys = [f"{file.key(row)}:{instrument}" for row in rows for instrument in instruments()]
        found = Response.objects.select_related("course").filter(source_key__in=keys, void__isnull=True)
        void_responses(actor=actor, responses=list(found), reason="The import was taken back.", voided_by=file.batch.by)
        return ["voided"] * len(rows)


def _value_fields(instrument: Instrument | None, known: Mapping[str, tuple[str, ...]]) -> tuple[Field, ...]:
    if instrument is None:
        named = {word: key for key in instruments() for word in (key, key.replace("-", " "))}
        titles = {key: each.title for key, each in instruments().items()}
        named |= {scale.id: key for key, each in instruments().items() for scale in each.scales}
        return (
            Field(
                "instrument", gettext_lazy("Questionnaire"), coded(spoken(titles) | named), known["instrument"], required=True, words=titles
            ),
            Field("value", gettext_lazy("Value"), number, known["value"], required=True),
        )
    if len(instrument.items) == 1:
        return (Field("value", gettext_lazy("Value"), number, (*known["value"], plain(instrument.key)), required=True),)
    return tuple(_item_field(instrument, item, place) for place, item in enumerate(instrument.items, 1))


def _item_field(instrument: Instrument, item: Item, place: int) -> Field:
    shown = instrument.translation(get_language() or "en")
    text = shown.items[item.id].text if shown and item.id in shown.items else ""
    short_text = bool(text) and len(text) <= LONGEST_LABEL
    label = f"{place}. {text}" if short_text else _("Item %(place)s (%(id)s)") % {"place": place, "id": item.id}
    read = short(20) if item.kind == "tick" else number
    return Field(f"{ITEM}{item.id}", label, read, (plain(item.id), plain(f"{instrument.key} {item.id}"), plain(f"item {place}")))


class _Known:
    """Patients, courses and imported answers that the rows may be about; three statements."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.people = People(str(each.given.get("record_number", "")) for each in readings)
        patients = self.people.all()
        self.courses = Courses(patients)
        courses = [course.pk for patient in patients for course in self.courses.of(patient)]
        rows = Response.objects.filter(course_id__in=courses, mode=Mode.IMPORT, void__isnull=True)
        stored = rows.values_list("course_id", "instrument", "occurred_at", "answers")
        self.there: dict[tuple[UUID, str, datetime], Any] = {(course, key, at): answers for course, key, at, answers in stored}


def _verdict(file: File, read: Reading, known: _Known) -> Judged:
    row, given = read.row, read.given
    submission, reason = (None, read.reason) if read.reason else _submission(file, read, known)
    if submission is None:
        return Judged(row, given, ImportRow.Verdict.ERROR, reason)
    [(instrument, answers)] = submission.answers.items()
    first = file.first(f"{submission.course.pk}:{instrument}:{submission.occurred_at.date()}", row.line)
    if first != row.line:
        return Judged(row, given, ImportRow.Verdict.ERROR, _("a score of this day stands in line %(line)s already") % {"line": first})
    there = known.there.get((submission.course.pk, instrument, submission.occurred_at))
    if there is None:
        return Judged(row, given, ImportRow.Verdict.NEW, subject=submission)
    if there == as_stored(answers):
        return Judged(row, given, ImportRow.Verdict.SAME, subject=submission)
    return Judged(row, given, ImportRow.Verdict.ERROR, _("another score of this person and day is recorded"))


def _submission(file: File, read: Reading, known: _Known) -> tuple[Submission | None, str]:
    given = read.given
    course, reason = _course(given, known)
    if course is None:
        return None, reason
    on = given["date"] if "date" in given else _after(course, given["day"], file.ways.today)
    instrument = instruments().get(str(given.get("instrument") or file.batch.settings.get("instrument", "")))
    if on is None or instrument is None:
        return None, _("the day lies outside of what has been") if on is None else _("the questionnaire is not known here")
    try:
        answers = _answers(instrument, given, file)
    except CellRefused as refused:
        return None, str(refused)
    occasion = given.get("occasion") or occasion_of((on - course.started_on).days)
    return _made(file, read, course, on, occasion, {instrument.key: answers}), ""


def _course(given: Mapping[str, Any], known: _Known) -> tuple[Course | None, str]:
    patient, reason = known.people.find(str(given["record_number"]))
    if patient is None:
        return None, reason
    if ("date" in given) == ("day" in given):
        return None, _("a score needs either its date or the days after the course began")
    complaint = given.get("complaint", "")
    if "day" in given:
        return known.courses.only(patient, complaint)
    return known.courses.latest(patient, given["date"], complaint, lead_days=DEFAULT_RULES.baseline_days)


def _made(file: File, read: Reading, course: Course, on: date, occasion: str, answers: Mapping[str, Any]) -> Submission:
    clinic = file.ways.clinic
    return Submission(
        course=course,
        answers=answers,
        occasion=occasion,
        mode=Mode.IMPORT,
        answered_by=AnsweredBy.UNKNOWN,
        occurred_at=datetime.combine(on, NOON, tzinfo=clinic.zone),
        zone=clinic.time_zone,
        source_key=file.key(read.row),
    )


def _after(course: Course, days: int, today: date) -> date | None:
    if abs(days) > HUNDRED_YEARS:
        return None
    on = course.started_on + timedelta(days=days)
    return on if on <= today else None


def _answers(instrument: Instrument, given: Mapping[str, Any], file: File) -> dict[str, Any]:
    """Item → answer, as the instrument takes them. Raises CellRefused."""
    if "value" in given and len(instrument.items) > 1:
        raise CellRefused(_("a total of this questionnaire cannot be checked: choose the questionnaire and name its items"))
    factor = _factor(file)
    answers: dict[str, Any] = {}
    for item in instrument.items:
        found = given.get("value") if "value" in given else given.get(f"{ITEM}{item.id}")
        answers[item.id] = _answer(item, found, factor)
    if instrument.confirm_none and all(answer is False for answer in answers.values()):
        answers[instrument.confirm_none] = True  # every statement was denied
    _refuse_problems(instrument, answers)
    return answers


def _refuse_problems(instrument: Instrument, answers: Mapping[str, Any]) -> None:
    problems = validate(instrument, answers)
    if problems:
        item_id, problem = next(iter(problems.items()))
        why = _(WHY[problem.code])
        raise CellRefused(f"{_('the value')} {why}" if len(instrument.items) == 1 else f"{item_id} {why}")
    if all(answer is None for answer in answers.values()) or (len(instrument.items) == 1 and unanswered(instrument, answers)):
        raise CellRefused(_("nothing is answered"))


def _factor(file: File) -> Decimal:
    text = str(file.batch.settings.get("multiply", "")).strip()
    return _multiplier(text, file.ways) if text else Decimal(1)


def _answer(item: Item, found: Any, factor: Decimal) -> Any:
    if found is None:
        return None
    if item.kind == "tick":
        return TICKS.get(str(found).casefold(), found)
    value = found * factor
    return int(value) if value == value.to_integral_value() else value.normalize()
