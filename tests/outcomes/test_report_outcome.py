"""The outcome report: completeness first, both denominators, a missing baseline stays missing, small groups hidden."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.models import Clinic
from clinic.scoping import clinic_scope
from clinic.services.organisation import add_staff, create_clinic
from clinic.services.patients import register_patient
from clinic.spreadsheets import as_csv
from clinic.writes import SYSTEM_COMMAND, Actor, nothing_to_write, writes
from outcomes.registry import instruments
from outcomes.reports.base import CAVEAT
from outcomes.reports.wording import change_with_interval, number_first, part, share, signed
from outcomes.services.responses import record_response
from outcomes.statistics.change import paired_change
from outcomes.statistics.courses import CourseOutcome, Flow, flow_of, outcome, shown_flow
from outcomes.statistics.proportions import wilson
from sessions.models import Course
from sessions.services.courses import end_course, open_course
from tests.callers import proved
from tests.cast import Cast

# Shared facts 6.2: baseline and end of ten people; improvement 1.90, 95 % CI 0.338 to 3.462, five of ten improved by 2 or more.
BASELINE = (7, 6, 8, 5, 9, 4, 7, 6, 8, 7)
END = (4, 5, 3, 5, 6, 4, 2, 6, 5, 8)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    # A page that another test asked for in German leaves its language behind in the thread.
    with translation.override("en"):
        yield


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


# Flow, worked out by hand: eligible, paired, missing baseline, missing later → what the page may say (minimum 5).
FLOWS = [
    ((45, 45, 0, 0), ("45", "0", "0")),
    ((45, 30, 5, 10), ("30", "5", "10")),
    ((45, 43, 0, 2), ("at least 41", "0", "fewer than 5")),
    ((45, 23, 2, 20), ("23", "fewer than 5", "at least 18")),
    ((45, 41, 2, 2), ("at least 37", "fewer than 5", "fewer than 5")),
    ((45, 3, 20, 22), ("fewer than 5", "at least 19", "22")),
]


@pytest.mark.parametrize(("counts", "said"), FLOWS)
def test_no_subtraction_of_shown_counts_gives_a_small_one_away(counts: tuple[int, int, int, int], said: tuple[str, str, str]) -> None:
    eligible, paired, baseline, later = counts
    shown = shown_flow(Flow(eligible, eligible, 0, eligible, paired, baseline, later), 5)
    assert tuple(part(each, 5) for each in (shown.paired, shown.missing_baseline, shown.missing_later)) == said


def test_two_pairs_in_one_group_cannot_be_worked_out_from_the_total_and_the_other_groups() -> None:
    courses = (
        [_course(7, 4, label="a")] * 12
        + [_course(7, 5, label="b")] * 9
        + [_course(7, 1, label="c")] * 2
        + [_course(7, None, label="c")] * 8
    )
    result = outcome(courses, instruments().scale("pain.back.7d"), minimum=5, group_of=lambda course: course.label)
    assert result.whole.change.n == 23
    assert {group.name: (group.hidden, group.change.n) for group in result.groups} == {"a": (False, 12), "b": (False, 0), "c": (False, 0)}


def test_a_group_with_few_improved_hides_another_group_too() -> None:
    courses = [_course(7, 2 if n < 3 else 7, label="a") for n in range(20)]
    courses += [_course(7, 2 if n < 8 else 7, label="b") for n in range(20)] + [
        _course(7, 2 if n < 10 else 7, label="c") for n in range(20)
    ]
    result = outcome(courses, instruments().scale("pain.back.7d"), minimum=5, group_of=lambda course: course.label)
    assert {group.name: group.absolute is not None and group.absolute.shown.among_all for group in result.groups} == {
        "a": False,
        "b": False,
        "c": True,
    }


def test_single_changes_are_drawn_only_where_counting_bars_tells_nothing_hidden() -> None:
    scale = instruments().scale("pain.back.7d")
    drawn = [_course(7, latest) for latest in [2] * 6 + [7] * 6]
    assert len(outcome(drawn, scale, minimum=5).changes) == 12
    assert outcome([*drawn, _course(6, 9)], scale, minimum=5).changes == ()


_scores = st.one_of(st.none(), st.integers(0, 10))


# The first report of a process loads SciPy: no deadline for a single example.
@settings(deadline=None)
@given(st.lists(st.tuples(_scores, _scores), max_size=60))
def test_denominators_add_up_whatever_is_missing(people: list[tuple[int | None, int | None]]) -> None:
    result = outcome([_course(*pair) for pair in people], instruments().scale("pain.back.7d"), minimum=5)
    flow = result.whole.flow
    assert flow.paired + flow.missing_baseline + flow.missing_later == flow.eligible == len(people)
    assert flow.paired <= flow.answered <= flow.eligible
    if result.whole.absolute is not None:
        judged = result.whole.absolute.result
        assert judged.among_all.count == judged.among_observed.count <= judged.among_observed.total == flow.paired


# The first report of a process loads SciPy: no deadline for a single example.
@settings(deadline=None)
@given(st.lists(st.tuples(_scores, _scores, st.sampled_from("abcd")), max_size=80))
def test_the_remainder_after_subtracting_all_shown_groups_is_never_small(people: list[tuple[int | None, int | None, str]]) -> None:
    courses = [_course(before, after, label=label) for before, after, label in people]
    result = outcome(courses, instruments().scale("pain.back.7d"), minimum=5, group_of=lambda course: course.label)
    shown = [group for group in result.groups if not group.hidden]
    if result.whole.change.n:
        rest = result.whole.change.n - sum(group.change.n for group in shown)
        assert rest == 0 or rest >= 5
    if len(shown) < len(result.groups) and not result.hidden:
        assert result.whole.eligible - sum(group.eligible for group in shown) >= 5


# The first report of a process loads SciPy: no deadline for a single example.
@settings(deadline=None)
@given(st.lists(st.tuples(_scores, _scores), min_size=13, max_size=60))
def test_exact_counts_of_the_flow_and_their_differences_are_never_small(people: list[tuple[int | None, int | None]]) -> None:
    flow = flow_of([_course(*pair) for pair in people])
    shown = shown_flow(flow, 5)
    parts = (shown.paired, shown.missing_baseline, shown.missing_later)
    exact = [each.exact for each in parts if each.exact is not None]
    assert all(count == 0 or count >= 5 for count in exact)
    assert len(exact) == 3 or flow.eligible - sum(exact) >= 5
    for said, true in zip(parts, (flow.paired, flow.missing_baseline, flow.missing_later), strict=True):
        assert said.at_least is None or said.at_least <= true


def test_numbers_are_written_with_a_true_minus_and_an_explicit_plus() -> None:
    assert [signed(value) for value in (-26.82, 2.51, 0.0, -0.04)] == ["−26.8", "+2.5", "0.0", "0.0"]
    assert share(wilson(0, 0)) == "0 of 0"


def test_one_pair_has_a_change_and_no_interval() -> None:
    assert change_with_interval(paired_change([(7, 4)], "lower_is_better"), "points") == "−3.0 points"


def test_a_csv_cell_is_never_a_formula_and_numbers_stay_numbers() -> None:
    assert as_csv([["=1+1", "-2.5", "−2.5", "@x", " +y", "5 of 10", ""]]) == "'=1+1,-2.5,-2.5,'@x,' +y,5 of 10,\r\n"


def test_a_change_stands_in_the_file_as_a_number_whichever_way_it_goes() -> None:
    rows = [
        ["Mean change", *number_first(value, "n = 9 pairs")]
        for value in ("+2.0 points (95 % CI 1.1 to 2.9)", "−2,5 mm", "0.0 points", "5 of 9", "–")
    ]
    assert as_csv(rows).splitlines() == [
        'Mean change,+2.0,"points (95 % CI 1.1 to 2.9), n = 9 pairs"',
        'Mean change,"-2,5","mm, n = 9 pairs"',
        'Mean change,0.0,"points, n = 9 pairs"',
        "Mean change,5 of 9,n = 9 pairs",
        "Mean change,–,n = 9 pairs",
    ]


@pytest.mark.parametrize("missing", [0, 1, 4])
@pytest.mark.parametrize("pairs", [12, 19, 20, 40])
def test_a_mean_stands_beside_a_hidden_number_of_pairs_only_where_it_does_not_tell_it(pairs: int, missing: int) -> None:
    result = outcome([_course(7, 4)] * pairs + [_course(7, None)] * missing, instruments().scale("pain.back.7d"), minimum=5)
    assert bool(result.whole.change.n) is (missing == 0 or pairs >= 20)


@pytest.mark.django_db
def test_a_measure_that_nobody_was_asked_is_no_zero(cast: Cast, client: Client) -> None:
    _answered(cast.harbour, [(8, 4)] * 8)
    client.force_login(cast.manager.user)
    body = client.get("/c/harbour/reports/outcome/?scale=disability.rmdq24").content.decode()
    assert "This measure was not asked in these courses." in body
    assert "improved by the important change" not in body
    assert "Mean change" not in body
    grouped = client.get("/c/harbour/reports/outcome/?scale=disability.rmdq24&by=complaint").content.decode()
    assert grouped.count('<td class="number" data-name="Both measurements">not asked</td>') == 1


@pytest.mark.parametrize("opening", ["\ufeff=", "\u200b=", "＝", "﹢", "\u00a0@", "\u202e-", "\t"])
def test_a_csv_cell_is_no_formula_behind_marks_that_nobody_sees(opening: str) -> None:
    assert as_csv([[f"{opening}1+1"]]) == f"'{opening}1+1\r\n"


@pytest.mark.django_db
def test_the_page_without_courses_says_so_and_keeps_the_caveat(cast: Cast, client: Client) -> None:
    client.force_login(cast.manager.user)
    answer = client.get("/c/harbour/reports/outcome/")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "No course fits these filters." in body
    assert "0 of 0" not in body  # an empty selection is no table of zeros
    assert str(CAVEAT)[:60] in body
    assert "Courses: ended<" in body  # said also where nobody chose it


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["scale=nonsense", "unknown=1", "device=00000000-0000-0000-0000-000000000000", "ended_from=yesterday"])
def test_an_unknown_filter_is_refused_not_ignored(cast: Cast, client: Client, query: str) -> None:
    client.force_login(cast.manager.user)
    assert client.get(f"/c/harbour/reports/outcome/?{query}").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("status=running&ended_from=2026-01-01", "Running courses have no end yet."),
        ("ended_from=2026-03-01&ended_until=2026-02-01", "This day lies before the first one."),
    ],
)
def test_filters_that_contradict_each_other_are_refused_with_the_reason_at_the_field(
    cast: Cast, client: Client, query: str, why: str
) -> None:
    client.force_login(cast.manager.user)
    answer = client.get(f"/c/harbour/reports/outcome/?{query}")
    assert answer.status_code == 400
    assert why in answer.content.decode()


@pytest.mark.django_db
def test_a_hidden_figure_is_explained_and_the_filters_stay_folded(cast: Cast, client: Client) -> None:
    _answered(cast.harbour, [(8, 4)] * 6 + [(8, 8)] * 2)
    client.force_login(cast.manager.user)
    body = client.get("/c/harbour/reports/outcome/?complaint=neck_pain").content.decode()
    assert '<td class="number">–</td>' in body
    assert "stands where fewer than 5 courses would be counted" in body
    assert re.search(r"<details>\s*<summary>Filters", body)


def _more(cast: Cast, pairs: list[tuple[int, int]], complaint: str) -> None:
    _answered(cast.harbour, pairs)
    with clinic_scope(cast.harbour.pk):
        newest = Course.objects.order_by("-id").values_list("pk", flat=True)[: len(pairs)]
        _relabel(actor=SYSTEM_COMMAND, courses=list(newest), complaint=complaint)


@writes("test.relabel")
def _relabel(*, actor: Actor, courses: list[UUID], complaint: str) -> None:
    nothing_to_write()
    Course.objects.filter(pk__in=courses).update(complaint=complaint)


@pytest.mark.django_db
@pytest.mark.parametrize(("others", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_report_whose_rest_could_be_worked_out_by_subtraction_is_withheld(cast: Cast, client: Client, others: int, shown: bool) -> None:
    _more(cast, [(8, 4)] * 8, "neck_pain")
    _more(cast, [(9, 1)] * others, "sciatica")
    client.force_login(cast.manager.user)
    whole = client.get("/c/harbour/reports/outcome/").content.decode()
    assert f"{8 + others} of {8 + others} courses have both measurements" in whole
    one = client.get("/c/harbour/reports/outcome/?complaint=neck_pain").content.decode()
    assert ("8 of 8 courses have both measurements" in one) is shown
    assert ("whoever opened both could work them out" in one) is not shown
    assert ("Mean change" in one) is shown
    proved(client, cast.manager.user)
    file = client.get("/c/harbour/reports/outcome/table.csv?complaint=neck_pain").content.decode()
    assert ("Mean change" in file) is shown


@pytest.mark.django_db
def test_a_therapist_reads_the_report_but_does_not_take_it_out(cast: Cast, client: Client) -> None:
    client.force_login(cast.therapist.user)
    assert client.get("/c/harbour/reports/outcome/").status_code == 200
    assert client.get("/c/harbour/reports/outcome/table.csv").status_code == 403


# The first report of a process loads SciPy: no deadline for a single example.
@settings(deadline=None)
@given(st.lists(st.tuples(_scores, _scores, st.sampled_from("ab")), max_size=60))
def test_counting_courses_that_are_alike_gives_the_same_report_as_counting_them_one_by_one(
    people: list[tuple[int | None, int | None, str]],
) -> None:
    scale = instruments().scale("pain.back.7d")
    single = [_course(before, after, label=label) for before, after, label in people]
    alike = [replace(course, courses=number) for course, number in Counter(single).items()]
    one_by_one, counted = (outcome(each, scale, minimum=5, group_of=lambda course: course.label) for each in (single, alike))
    assert sorted(one_by_one.changes) == sorted(counted.changes)
    for first, second in zip((one_by_one.whole, *one_by_one.groups), (counted.whole, *counted.groups), strict=True):
        assert (first.flow, first.absolute, first.relative) == (second.flow, second.absolute, second.relative)
        assert (first.change.n, first.change.reason) == (second.change.n, second.change.reason)
        assert second.change.mean_raw_change == pytest.approx(first.change.mean_raw_change, abs=1e-9)
        assert second.change.raw_ci_low == pytest.approx(first.change.raw_ci_low, abs=1e-9)


def _answered(clinic: Clinic, pairs: list[tuple[int, int]]) -> None:
    """Ended courses of one clinic, each with a baseline and a later score of back pain."""
    with clinic_scope(clinic.pk):
        for first, last in pairs:
            patient = register_patient(actor=SYSTEM_COMMAND, given_name="A", family_name="B")
            course = open_course(actor=SYSTEM_COMMAND, patient=patient, complaint="neck_pain", started_on=date(2026, 1, 5))
            for day, occasion, value in ((5, "baseline", first), (25, "discharge", last)):
                record_response(
                    actor=SYSTEM_COMMAND,
                    course=course,
                    answers={"nprs-back-7d": {"back": value}},
                    occasion=occasion,
                    mode="paper",
                    answered_by="patient",
                    occurred_at=datetime(2026, 1, day, 9, tzinfo=UTC),
                    zone="UTC",
                )
            end_course(actor=SYSTEM_COMMAND, course=course, ended_on=date(2026, 2, 1), reason="completed")


@pytest.mark.django_db
def test_a_manager_of_two_clinics_reads_them_together_beside_each_other_and_each_alone(cast: Cast, client: Client) -> None:
    annex = create_clinic(actor=SYSTEM_COMMAND, organisation=cast.harbour.organisation, name="Annex", slug="annex")
    with clinic_scope(annex.pk):
        add_staff(actor=SYSTEM_COMMAND, email=cast.manager.user.email, name="M", roles=["manager"])
    _answered(cast.harbour, [(8, 4)] * 6)
    _answered(annex, [(8, 7)] * 5)
    _answered(cast.meadow, [(9, 0)] * 9)
    client.force_login(cast.manager.user)
    alone = client.get("/c/harbour/reports/outcome/").content.decode()
    assert "6 of 6 courses have both measurements. 6 of 6 improved" in alone
    together = client.get("/c/harbour/reports/outcome/?clinics=every&by=clinic").content.decode()
    assert "11 of 11 courses have both measurements. 6 of 11 improved" in together
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="number" data-name="Eligible">(\d+)</td>', together)
    assert rows == [
        ("Annex", "5"),
        (cast.harbour.name, "6"),
    ]
    # The mean of six times −4 and five times −1, worked out by hand.
    assert "−2.6 points" in together


@pytest.mark.django_db
def test_another_clinic_of_the_organisation_is_not_counted_for_whoever_is_no_manager_there(cast: Cast, client: Client) -> None:
    annex = create_clinic(actor=SYSTEM_COMMAND, organisation=cast.harbour.organisation, name="Annex", slug="annex")
    with clinic_scope(annex.pk):
        add_staff(actor=SYSTEM_COMMAND, email=cast.manager.user.email, name="M", roles=["front_desk"])
    client.force_login(cast.manager.user)
    assert client.get("/c/harbour/reports/outcome/?clinics=every").status_code == 400
