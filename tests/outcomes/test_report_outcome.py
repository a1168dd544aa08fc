"""The outcome report: completeness first, both denominators, a missing baseline stays missing, small groups hidden."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from outcomes.registry import instruments
from outcomes.reports.base import CAVEAT, as_csv
from outcomes.reports.numbers import CourseOutcome, outcome
from outcomes.reports.wording import change_with_interval, share, signed
from outcomes.statistics.change import paired_change
from outcomes.statistics.proportions import wilson
from tests.cast import Cast

# Shared facts 6.2: baseline and end of ten people; improvement 1.90, 95 % CI 0.338 to 3.462, five of ten improved by 2 or more.
BASELINE = (7, 6, 8, 5, 9, 4, 7, 6, 8, 7)
END = (4, 5, 3, 5, 6, 4, 2, 6, 5, 8)


def _course(baseline: int | None, latest: int | None, **more: object) -> CourseOutcome:
    as_decimal = [None if value is None else Decimal(value) for value in (baseline, latest)]
    return CourseOutcome(baseline=as_decimal[0], latest=as_decimal[1], **({"invited": True} | more))  # type: ignore[arg-type]


def _ten() -> list[CourseOutcome]:
    return [_course(before, after) for before, after in zip(BASELINE, END, strict=True)]


def test_the_published_worked_example_comes_out() -> None:
    result = outcome(_ten(), instruments().scale("pain.back.7d"), minimum=5)
    change = result.whole.change
    assert change.mean_raw_change == pytest.approx(-1.90)
    assert change.raw_ci_low == pytest.approx(-3.462, abs=1e-3)
    assert change.raw_ci_high == pytest.approx(-0.338, abs=1e-3)
    assert result.whole.absolute is not None
    assert result.whole.absolute.result.improved == 5
    assert change_with_interval(change, "points") == "−1.9 points (95 % CI −3.5 to −0.3)"
    assert share(result.whole.absolute.result.among_all) == "5 of 10, 50 % (95 % CI 24 to 76)"


def test_missing_outcomes_count_as_not_improved_and_are_left_out_among_the_observed() -> None:
    courses = [*_ten(), *[_course(7, None)] * 5, *[_course(None, 3)] * 5]
    result = outcome(courses, instruments().scale("pain.back.7d"), minimum=5)
    flow = result.whole.flow
    assert (flow.eligible, flow.answered, flow.paired, flow.missing_baseline, flow.missing_later) == (20, 20, 10, 5, 5)
    assert result.whole.absolute is not None
    judged = result.whole.absolute.result
    assert (judged.among_all.count, judged.among_all.total) == (5, 20)
    assert (judged.among_observed.count, judged.among_observed.total) == (5, 10)
    assert flow.is_low is True


def test_a_follow_up_never_takes_the_place_of_a_missing_baseline() -> None:
    result = outcome([_course(None, 2)] * 8, instruments().scale("pain.back.7d"), minimum=5)
    assert result.whole.change.n == 0
    assert result.whole.flow.missing_baseline == 8


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_fewer_courses_than_the_minimum_show_nothing(count: int) -> None:
    result = outcome(_ten()[:count], instruments().scale("pain.back.7d"), minimum=5)
    assert result.hidden is (count > 0)
    assert result.changes == ()
    assert result.whole.change.n == 0


def test_a_small_group_is_hidden_together_with_another_that_would_give_it_away() -> None:
    courses = [_course(7, 4, label="a")] * 12 + [_course(7, 4, label="b")] * 9 + [_course(7, 4, label="c")] * 2
    result = outcome(courses, instruments().scale("pain.back.7d"), minimum=5, group_of=lambda course: course.label)
    assert {group.name: group.hidden for group in result.groups} == {"a": False, "b": True, "c": True}
    assert all(group.change.n == 0 for group in result.groups if group.hidden)


_scores = st.one_of(st.none(), st.integers(0, 10))


@given(st.lists(st.tuples(_scores, _scores), max_size=60))
def test_denominators_add_up_whatever_is_missing(people: list[tuple[int | None, int | None]]) -> None:
    result = outcome([_course(*pair) for pair in people], instruments().scale("pain.back.7d"), minimum=5)
    flow = result.whole.flow
    assert flow.paired + flow.missing_baseline + flow.missing_later == flow.eligible == len(people)
    assert flow.paired <= flow.answered <= flow.eligible
    if result.whole.absolute is not None:
        judged = result.whole.absolute.result
        assert judged.among_all.count == judged.among_observed.count <= judged.among_observed.total == flow.paired


def test_numbers_are_written_with_a_true_minus_and_an_explicit_plus() -> None:
    assert [signed(value) for value in (-26.82, 2.51, 0.0, -0.04)] == ["−26.8", "+2.5", "0.0", "0.0"]
    assert share(wilson(0, 0)) == "0 of 0"


def test_one_pair_has_a_change_and_no_interval() -> None:
    assert change_with_interval(paired_change([(7, 4)], "lower_is_better"), "points") == "−3.0 points"


def test_a_csv_cell_is_never_a_formula_and_numbers_stay_numbers() -> None:
    assert as_csv([["=1+1", "-2.5", "−2.5", "@x", " +y", "5 of 10", ""]]) == "'=1+1,-2.5,-2.5,'@x,' +y,5 of 10,\r\n"


@pytest.mark.django_db
def test_the_page_without_courses_says_so_and_keeps_the_caveat(cast: Cast, client: Client) -> None:
    client.force_login(cast.manager.user)
    answer = client.get("/c/harbour/reports/outcome/")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "No course fits these filters." in body
    assert str(CAVEAT)[:60] in body


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["scale=nonsense", "unknown=1", "device=00000000-0000-0000-0000-000000000000", "ended_from=yesterday"])
def test_an_unknown_filter_is_refused_not_ignored(cast: Cast, client: Client, query: str) -> None:
    client.force_login(cast.manager.user)
    assert client.get(f"/c/harbour/reports/outcome/?{query}").status_code == 400


@pytest.mark.django_db
def test_a_therapist_reads_the_report_but_does_not_take_it_out(cast: Cast, client: Client) -> None:
    client.force_login(cast.therapist.user)
    assert client.get("/c/harbour/reports/outcome/").status_code == 200
    assert client.get("/c/harbour/reports/outcome/table.csv").status_code == 403
