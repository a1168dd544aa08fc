"""Scores and report figures are what they were: held against a committed file, and worked out again in another way.

When a figure changes on purpose: `make figures` shows what differs, `make figures ACCEPT=1` takes it over. The changelog says why.
"""

from __future__ import annotations

import difflib
import json
import math
import os
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from django.db import connection
from scipy import stats

from clinic.models import Clinic, Organisation
from clinic.scoping import clinic_scope
from clinic.services.organisation import create_clinic
from clinic.writes import SYSTEM_COMMAND
from outcomes.registry import instruments
from tests.outcomes import golden

FIGURES = golden.FOLDER / "figures.json"
# As published, not as our definitions say: Ostelo 2008 for back pain and RMDQ; the leg's as for the back.
IMPORTANT = {"pain.back.7d": 2, "pain.leg.7d": 2, "disability.rmdq24": 5}
QUESTION = {"pain.back.7d": ("nprs-back-7d", "back"), "pain.leg.7d": ("nprs-leg-7d", "leg"), "disability.rmdq24": ("rmdq-24", None)}


@cache
def _committed() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def house(db: None) -> Clinic:
    """A clinic whose courses gave the answers that were taken down."""
    organisation = Organisation.objects.create(name="Golden")
    clinic: Clinic = create_clinic(
        actor=SYSTEM_COMMAND,
        organisation=organisation,
        name="Golden",
        slug="golden",
        time_zone="Europe/Berlin",
        country="DE",
        language="en",
    )
    with clinic_scope(clinic.pk):
        golden.record(golden.answers())
    return clinic


@pytest.fixture
def computed(house: Clinic) -> dict[str, Any]:
    """The figures of this program."""
    with clinic_scope(house.pk):
        return {"scores": golden.score_figures(), "reports": golden.report_figures(house)}


def test_scores_and_report_figures_are_those_of_the_committed_file(computed: dict[str, Any]) -> None:
    now = golden.written(computed)
    if os.environ.get("ACCEPT_FIGURES"):
        FIGURES.write_text(now, encoding="utf-8")
        _committed.cache_clear()
    before = golden.written(_committed())
    differs = "".join(difflib.unified_diff(before.splitlines(True), now.splitlines(True), "committed", "computed", n=1))
    assert not differs, f"Figures differ; see docs/upgrading.md.\n{differs}"


def _score(scale: str, sheet: dict[str, Any]) -> float | None:
    """A score by the published rule, with none of our code: the single answer; the statements ticked; ODI: share of what was answered."""
    given = [value for value in sheet.values() if value is not None]
    if scale.startswith("disability.odi"):
        return None if len(given) < 8 else 100 * sum(given) / (5 * len(given))
    if scale == "disability.rmdq24":
        if len(given) < 24 and "none_of_these" not in sheet:
            return None
        return float(sum(value is True for name, value in sheet.items() if name != "none_of_these"))
    return float(given[0]) if given else None


def test_the_committed_scores_are_those_of_the_published_rules() -> None:
    checked = 0
    for key in golden.INSTRUMENTS:
        for number, sheet in enumerate(golden.sheets(instruments()[key])):
            for scale in instruments()[key].scales:
                stated = _committed()["scores"][f"{key} {scale.id} sheet {number}"]
                mine = _score(scale.id, sheet)
                if key == "rmdq-24" and mine == 0:
                    mine = None  # nothing ticked, and "none of these" not confirmed: not a zero
                assert (mine is None) == (not _is_number(stated)), (key, number, stated)
                assert mine is None or math.isclose(mine, float(stated), rel_tol=1e-9), (key, number, stated)
                checked += 1
    assert checked == len(_committed()["scores"]) >= 12 * len(golden.INSTRUMENTS)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _value(scale: str, answers: dict[str, Any]) -> float | None:
    instrument, item = QUESTION[scale]
    sheet = answers.get(instrument)
    if sheet is None:
        return None
    if item is None:
        ticked = sum(value is True for name, value in sheet.items() if name != "none_of_these")
        unanswered = any(value is None for name, value in sheet.items() if name != "none_of_these")
        return None if unanswered or (not ticked and not sheet.get("none_of_these")) else float(ticked)
    value = sheet.get(item)
    return None if value is None else float(value)


def _pair(scale: str, course: dict[str, Any]) -> tuple[float | None, float | None]:
    """Baseline: the last answer before treatment. Latest: the newest after it; the newest of all later ones where there is none."""
    scored = [(survey["at"], survey["occasion"], _value(scale, survey["answers"])) for survey in course["surveys"]]
    rows = sorted(row for row in scored if row[2] is not None)
    before = [row for row in rows if row[1] == "baseline"]
    first = before[-1] if before else None
    later = [row for row in rows if row[1] != "baseline" and (first is None or row[0] > first[0])]
    return (first[2] if first else None, later[-1][2] if later else None)


def _worked_out(scale: str, courses: list[dict[str, Any]]) -> dict[str, Any]:
    """One group's figures from the raw answers, by NumPy and SciPy."""
    pairs = np.array([[np.nan if value is None else value for value in _pair(scale, course)] for course in courses], dtype=float)
    known = ~np.isnan(pairs)
    both = pairs[known.all(axis=1)]
    better = both[:, 0] - both[:, 1]
    n, total = len(better), len(courses)
    figures: dict[str, Any] = {
        "eligible": total,
        "answered": int(known.any(axis=1).sum()),
        "paired": n,
        "missing_baseline": int((~known[:, 0]).sum()),
        "missing_later": int((known[:, 0] & ~known[:, 1]).sum()),
    }
    if n >= 2:
        interval = stats.t.interval(0.95, n - 1, loc=better.mean(), scale=stats.sem(better))
        figures |= {"mean_improvement": better.mean(), "ci_low": interval[0], "ci_high": interval[1], "sd": better.std(ddof=1)}
    rules: dict[str, Callable[[], int]] = {
        "absolute": lambda: int((better >= IMPORTANT[scale]).sum()),
        "relative": lambda: int(((better >= 0.3 * both[:, 0] - 1e-9) & (both[:, 0] > 0)).sum()),
    }
    for kind, improved in rules.items():
        figures[f"{kind}_improved"] = [improved(), total, n]
        share = stats.binomtest(improved(), total).proportion_ci(method="wilson")
        figures[f"{kind}_share_of_all"] = [improved() / total, share.low, share.high]
    return figures


def _groups(by: str) -> dict[str, list[dict[str, Any]]]:
    named: dict[str, list[dict[str, Any]]] = {}
    for course in golden.answers():
        named.setdefault((course[by] or "–") if by else "", []).append(course)
    return named


@pytest.mark.parametrize("by", golden.GROUPINGS)
@pytest.mark.parametrize("scale", golden.SCALES)
def test_the_committed_report_figures_are_those_of_the_raw_answers(scale: str, by: str) -> None:
    checked = 0
    for name, courses in _groups(by).items():
        stated = _committed()["reports"][f"{scale} {by}={name}" if by else scale]
        for figure, mine in _worked_out(scale, courses).items():
            if stated[figure] is None:  # a mean of too few is hidden
                assert stated["change_n"] == 0
                continue
            for one, other in zip(_flat(mine), _flat(stated[figure]), strict=True):
                assert math.isclose(float(one), float(other), rel_tol=1e-8, abs_tol=1e-9), (scale, name, figure, mine, stated[figure])
                checked += 1
    assert checked > 10


def _flat(figure: Any) -> list[Any]:
    return figure if isinstance(figure, list) else [figure]


def test_what_is_stored_says_the_same_in_plain_sql(computed: dict[str, Any], house: Clinic) -> None:
    """From the stored answers, not from the scores: back pain, all courses with both measurements."""
    question = """
        WITH answered AS (
            SELECT course_id, occasion, occurred_at, id, (answers ->> 'back')::numeric AS pain
            FROM outcomes_response WHERE instrument = 'nprs-back-7d' AND clinic_id = %s AND answers ->> 'back' IS NOT NULL),
        first AS (
            SELECT DISTINCT ON (course_id) course_id, occurred_at, pain FROM answered WHERE occasion = 'baseline'
            ORDER BY course_id, occurred_at DESC, id DESC),
        latest AS (
            SELECT DISTINCT ON (a.course_id) a.course_id, a.pain FROM answered a LEFT JOIN first f USING (course_id)
            WHERE a.occasion <> 'baseline' AND (f.occurred_at IS NULL OR a.occurred_at > f.occurred_at)
            ORDER BY a.course_id, a.occurred_at DESC, a.id DESC)
        SELECT count(*), avg(f.pain - l.pain), stddev_samp(f.pain - l.pain), count(*) FILTER (WHERE f.pain - l.pain >= 2)
        FROM first f JOIN latest l USING (course_id)"""
    with clinic_scope(house.pk), connection.cursor() as cursor:
        cursor.execute(question, [house.pk])
        paired, mean, sd, improved = cursor.fetchone()
    stated = computed["reports"]["pain.back.7d"]
    assert (paired, improved) == (stated["paired"], stated["absolute_improved"][0])
    assert math.isclose(float(mean), float(stated["mean_improvement"]), rel_tol=1e-9)
    assert math.isclose(float(sd), float(stated["sd"]), rel_tol=1e-9)
