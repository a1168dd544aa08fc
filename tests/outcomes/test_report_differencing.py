"""No two reports that may be shown can be subtracted to leave fewer people than the clinic's minimum: a search for a pair that can.

What a report holds is worked out here, from the invented people and the days that the page says it counts, not by the product's code.
"""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clinic.models import Clinic
from clinic.scoping import clinic_scope
from clinic.services.organisation import create_clinic
from clinic.services.patients import register_patient
from clinic.writes import SYSTEM_COMMAND, Actor, nothing_to_write, writes
from outcomes.models import OutcomeRow
from outcomes.reports import REPORTS
from outcomes.reports.filters import OutcomeFilters
from outcomes.statistics.differencing import Cell, quarter_edges, quarter_of
from sessions.models import Course
from sessions.services.courses import open_course
from tests.cast import Cast

MINIMUM = 5
MOST = 45
FIRST = date(2025, 1, 10)
STATUSES = ("", "running", "every")
PERIODS: tuple[dict[str, str], ...] = (
    {},
    {"ended_until": "2025-04-20"},
    {"ended_until": "2025-06-01"},
    {"ended_from": "2025-05-02"},
    {"ended_from": "2025-02-01", "ended_until": "2025-08-15"},
)
COMPLAINTS = ("", "neck_pain", "sciatica")
LABELS = ("", "A")


class Person(NamedTuple):
    """One invented course: the days from FIRST to its end (None: it runs), and what it can be chosen by."""

    ended: int | None
    complaint: str
    label: str
    paired: bool

    @property
    def day(self) -> date | None:
        """The day of the end."""
        return None if self.ended is None else FIRST + timedelta(days=self.ended)


@writes("test.people")
def _become(*, actor: Actor, people: list[Person]) -> None:
    nothing_to_write()
    patient = register_patient(actor=actor, given_name="A", family_name="B")
    for person in people:
        course = open_course(actor=actor, patient=patient, complaint=person.complaint, label=person.label, started_on=date(2025, 1, 5))
        Course.objects.filter(pk=course.pk).update(ended_on=person.day)
        latest = Decimal(3) if person.paired else None
        OutcomeRow(course=course, scale="pain.back.7d", baseline_value=Decimal(7), latest_value=latest).save()


def _shown(clinic: Clinic, people: list[Person], query: dict[str, str]) -> tuple[frozenset[int], frozenset[int]]:
    """The people whose number one report shows, and those whose mean: nobody where it is hidden."""
    asked = QueryDict(mutable=True)
    asked.update(query)
    filters = OutcomeFilters(asked, language="en")
    assert filters.is_valid(), filters.errors
    page: Any = REPORTS[0].build(filters, [clinic], "en")
    first, last = filters.cleaned_data.get("ended_from"), filters.cleaned_data.get("ended_until")

    def counts(person: Person) -> bool:
        if person.day is None:
            return query["status"] in {"running", "every"} and _is_chosen(person)
        inside = (first is None or person.day >= first) and (last is None or person.day <= last)
        return query["status"] != "running" and inside and _is_chosen(person)

    def _is_chosen(person: Person) -> bool:
        return query["complaint"] in {"", person.complaint} and query["label"] in {"", person.label}

    inside = frozenset(number for number, person in enumerate(people) if counts(person))
    if not page.flow:
        return frozenset(), frozenset()
    assert page.flow[0].value == str(len(inside))
    means = [line.value for line in page.figures if line.name == "Mean change"]
    paired = frozenset(number for number in inside if people[number].paired)
    return inside, paired if means and means[0] != "–" else frozenset()


def _queries() -> list[dict[str, str]]:
    found = itertools.product(STATUSES, PERIODS, COMPLAINTS, LABELS)
    return [
        {"status": status, "complaint": complaint, "label": label} | period
        for status, period, complaint, label in found
        if not (period and status == "running")
    ]


def _leaks(shown: list[frozenset[int]]) -> list[tuple[int, int]]:
    pairs = itertools.permutations(set(shown) - {frozenset()}, 2)
    return [(len(wide), len(narrow)) for wide, narrow in pairs if narrow < wide and len(wide - narrow) < MINIMUM]


_people = st.lists(
    st.builds(
        Person,
        st.one_of(st.integers(0, 320), st.integers(0, 320), st.none()),
        st.sampled_from(["neck_pain", "neck_pain", "sciatica"]),
        st.sampled_from(["", "A"]),
        st.sampled_from([True, True, True, False]),
    ),
    min_size=20,
    max_size=MOST,
)
_STEADY = [Person(40 + n, "neck_pain", "", paired=True) for n in range(12)]
_LATE = [*[Person(96, "neck_pain", "", paired=True)] * 8, Person(120, "neck_pain", "", paired=True)]
_RUNS = [Person(None, "neck_pain", "", paired=True)]
_OTHERS = [Person(50, "neck_pain", "", paired=True), *[Person(50, "sciatica", "", paired=True)] * 9]


@pytest.mark.django_db
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_people)
@example([*_STEADY, *_LATE])
@example([*_STEADY, *_RUNS])
@example([*[person._replace(label="A") for person in _STEADY], *_OTHERS])
def test_no_two_reports_that_are_shown_differ_by_a_few_people(cast: Cast, people: list[Person]) -> None:
    clinic = create_clinic(actor=SYSTEM_COMMAND, organisation=cast.harbour.organisation, name="Annex", slug=f"annex-{uuid4().hex[:8]}")
    with clinic_scope(clinic.pk):
        _become(actor=SYSTEM_COMMAND, people=people)
        shown = [_shown(clinic, people, query) for query in _queries()]
    assert _leaks([counted for counted, _paired in shown]) == []
    assert _leaks([paired for _counted, paired in shown]) == []


@pytest.mark.django_db
def test_an_old_address_with_days_in_it_is_widened_to_whole_quarters_and_says_so(cast: Cast, client: Client) -> None:
    people = [Person(day, "neck_pain", "", paired=True) for day in (10, 100, 100, 190, 280) for _each in range(6)]
    with clinic_scope(cast.harbour.pk):
        _become(actor=SYSTEM_COMMAND, people=people)
    client.force_login(cast.manager.user)
    body = client.get("/c/harbour/reports/outcome/?ended_from=2025-04-02&ended_until=2025-07-31").content.decode()
    # Twelve ended in the second quarter and six in the third, each enough for an edge on both sides.
    assert "18 of 18 courses have both measurements" in body
    assert "Counted here: 1 Apr 2025 to 30 Sep 2025." in re.sub(r"April", "Apr", re.sub(r"Sept?(\.|ember)?", "Sep", body))
    asked_for = client.get("/c/harbour/reports/outcome/?ended_from=2025-04-01&ended_until=2025-09-30").content.decode()
    assert "18 of 18 courses" in asked_for
    assert "Counted here" not in asked_for


@pytest.mark.parametrize(
    ("ends", "edges"),
    [
        # Courses that ended in the quarters from 2025/1 on → the edges, as quarters from there.
        ([6, 6, 6], [0, 1, 2, 3]),
        ([3, 3, 3, 3], [0, 2, 4]),
        ([6, 2], [0, 2]),
        ([6, 0, 0, 7], [0, 1, 2, 3, 4]),
        ([6, 0, 2], [0, 3]),
        ([2, 1], [0, 2]),
    ],
)
def test_quarters_are_joined_until_each_stretch_holds_nobody_or_enough(ends: list[int], edges: list[int]) -> None:
    first = quarter_of(date(2025, 1, 1))
    cells = [Cell(frozenset({("clinic", "a")}), first + number, count, count) for number, count in enumerate(ends) if count]
    assert [edge - first for edge in quarter_edges(cells, MINIMUM)] == edges


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?by=label", "?complaint=neck_pain&by=laser&status=every&ended_until=2025-12-31"])
def test_a_report_takes_the_same_statements_for_few_courses_and_for_many(cast: Cast, client: Client, query: str) -> None:
    client.force_login(cast.manager.user)
    client.get("/c/harbour/reports/outcome/")  # a new session's own statements
    counted = []
    for number in (6, 30):
        with clinic_scope(cast.harbour.pk):
            people = [Person(n * 5, "neck_pain", f"group {n % 3 * (number > 6)}", paired=True) for n in range(number)]
            _become(actor=SYSTEM_COMMAND, people=people)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/c/harbour/reports/outcome/{query}").status_code == 200
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_a_mean_of_one_decimal_fits_every_number_of_pairs_near_the_true_one_from_twenty_on() -> None:
    for pairs in range(20, 60):
        for total in range(10 * pairs):
            written = round(total / pairs, 1)
            assert all(any(round(other / near, 1) == written for other in _sums(written, near)) for near in range(pairs - 4, pairs + 5))


def _sums(mean: float, people: int) -> range:
    return range(int(mean * people) - 2, int(mean * people) + 3)
