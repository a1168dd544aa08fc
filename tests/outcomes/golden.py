"""Scores and report figures that an upgrade must not change: the answers they are made of, and how both are written down.

`tests/data/golden/answers.json` holds what the demo's 240 courses answered (seed 1, 23 November 2026), taken down once: the demo may
change, these stay. `figures.json` holds what came of them.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict

from clinic.models import Clinic
from clinic.services.patients import register_patient
from clinic.writes import SYSTEM_COMMAND
from outcomes.instruments import Instrument
from outcomes.registry import instruments
from outcomes.reports import REPORTS
from outcomes.reports.filters import OutcomeFilters
from outcomes.services.responses import Submission, record_responses
from outcomes.statistics.courses import Group
from outcomes.statistics.scoring import score
from sessions.models import Course
from sessions.services.courses import end_course, open_course

FOLDER = Path(__file__).resolve().parents[1] / "data/golden"
SCALES = ("pain.back.7d", "pain.leg.7d", "disability.rmdq24")
GROUPINGS = ("", "complaint", "label")
INSTRUMENTS = ("nprs-back-7d", "nprs-leg-7d", "nprs-now", "odi-2.1a", "rmdq-24", "vas-100")


def answers() -> list[dict[str, Any]]:
    """The courses with their answers, as they were taken down."""
    found: list[dict[str, Any]] = json.loads((FOLDER / "answers.json").read_text(encoding="utf-8"))
    return found


def written(figures: Any) -> str:
    """Figures as the file holds them: one per line, so that a difference can be read."""
    return json.dumps(figures, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def take_down_answers() -> None:
    """Write answers.json from the demo's story. Done once; doing it again changes every figure."""
    from outcomes.demo.story import tell

    courses = []
    for episode in tell(1, date(2026, 11, 23), 240):
        began = next((visit.on for visit in episode.visits if visit.was_treated), None)
        surveys = [
            {
                "occasion": each.answered_occasion(began),
                "at": each.answered_at.replace(tzinfo=ZoneInfo("Europe/Berlin")).isoformat(),
                "answers": dict(each.answers),
            }
            for each in episode.surveys
            if each.answered_at and each.answers
        ]
        ended = episode.ended_on.isoformat() if episode.ended_on else None
        facts = {"complaint": episode.complaint, "label": episode.label, "started": episode.started_on.isoformat(), "ended": ended}
        courses.append(facts | {"surveys": surveys})
    lines = ",\n".join(json.dumps(course, sort_keys=True) for course in courses)
    (FOLDER / "answers.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def record(courses: list[dict[str, Any]]) -> None:
    """Store the courses and their answers through the services, in the open clinic."""
    submissions = [
        Submission(
            course=course,
            answers=survey["answers"],
            occasion=survey["occasion"],
            mode="tablet",
            answered_by="patient",
            occurred_at=datetime.fromisoformat(survey["at"]),
            zone="Europe/Berlin",
        )
        for course, facts in [(_course(number, facts), facts) for number, facts in enumerate(courses)]
        for survey in facts["surveys"]
    ]
    record_responses(actor=SYSTEM_COMMAND, submissions=submissions)


def _course(number: int, facts: dict[str, Any]) -> Course:
    patient = register_patient(actor=SYSTEM_COMMAND, given_name="Invented", family_name=f"No {number}", record_number=f"G{number}")
    started = date.fromisoformat(facts["started"])
    course = open_course(actor=SYSTEM_COMMAND, patient=patient, complaint=facts["complaint"], started_on=started, label=facts["label"])
    if facts["ended"]:
        course = end_course(actor=SYSTEM_COMMAND, course=course, ended_on=date.fromisoformat(facts["ended"]), reason="completed")
    return course


def report_figures(clinic: Clinic) -> dict[str, Any]:
    """The outcome report's numbers on each scale, of the whole and by group, small ones included: nothing is hidden or rounded here."""
    [report] = [each for each in REPORTS if each.key == "outcome"]
    found: dict[str, Any] = {}
    clinic.small_cell_minimum = 1  # not stored
    for scale in SCALES:
        for by in GROUPINGS:
            filters = OutcomeFilters(QueryDict(f"scale={scale}&by={by}&status=every"), language="en")
            assert filters.is_valid(), filters.errors
            numbers = report.build(filters, [clinic], "en").numbers
            groups = [numbers.whole] if not by else numbers.groups
            found |= {f"{scale} {by}={group.name}" if by else scale: _group(group) for group in groups}
    return found


def _group(group: Group) -> dict[str, Any]:
    flow, change = group.flow, group.change
    figures: dict[str, Any] = {
        "eligible": flow.eligible,
        "answered": flow.answered,
        "paired": flow.paired,
        "missing_baseline": flow.missing_baseline,
        "missing_later": flow.missing_later,
        "change_n": change.n,
        "mean_improvement": digits(change.mean_improvement),
        "ci_low": digits(change.ci_low),
        "ci_high": digits(change.ci_high),
        "sd": digits(change.sd),
    }
    for kind, judged in (("absolute", group.absolute), ("relative", group.relative)):
        if judged is not None:
            of_all, observed = judged.result.among_all, judged.result.among_observed
            figures[f"{kind}_improved"] = [judged.result.improved, of_all.total, observed.total]
            figures[f"{kind}_share_of_all"] = [digits(of_all.share), digits(of_all.low), digits(of_all.high)]
    return figures


def digits(number: float | None) -> str | None:
    """Ten digits: more than anybody reads, fewer than processors differ in."""
    return None if number is None else f"{number:.10g}"


def sheets(instrument: Instrument) -> list[dict[str, Any]]:
    """Filled-in sheets of an instrument: all lowest, all highest, mixed ones, and with one, two, three and all answers missing."""
    items = [(item.id, item.kind, item.minimum, item.maximum) for item in instrument.items]

    def answer(kind: str, low: int, high: int, step: int) -> Any:
        value = low + step % (high - low + 1)
        return value == 1 if kind == "tick" else value

    mixed = [{name: answer(kind, low, high, 3 * n + turn) for n, (name, kind, low, high) in enumerate(items)} for turn in range(6)]
    lowest = {name: answer(kind, low, high, 0) for name, kind, low, high in items}
    highest = {name: answer(kind, low, high, high - low) for name, kind, low, high in items}
    missing = [{name: None if n < gaps else mixed[1][name] for n, (name, *_) in enumerate(items)} for gaps in (1, 2, 3, len(items))]
    return [lowest, highest, *mixed, *missing]


def score_figures() -> dict[str, Any]:
    """Every scale's score of every sheet, or the reason why there is none."""
    found: dict[str, Any] = {}
    for key in INSTRUMENTS:
        instrument = instruments()[key]
        for number, sheet in enumerate(sheets(instrument)):
            for scored in score(instrument, sheet):
                value = scored.no_score_reason if scored.value is None else _plain(scored.value)
                found[f"{key} {scored.scale} sheet {number}"] = value
    return found


def _plain(value: Decimal) -> str:
    return digits(float(value)) or ""
