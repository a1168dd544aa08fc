"""What is due, for one course and one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.instruments import load_instruments
from outcomes.schedule import DEFAULT_RULES, Answered, Course, DueAssessment, Visit, VisitState, add_months, due, due_now

START = date(2026, 3, 2)
BACK, LEG, RMDQ = "nprs-back-7d", "nprs-leg-7d", "rmdq-24"
ALL = (BACK, LEG, RMDQ)


def day(number: int) -> date:
    return START + timedelta(days=number)


def answers(*days: int, instruments: tuple[str, ...] = ALL) -> tuple[Answered, ...]:
    return tuple(Answered(key, day(number)) for number in days for key in instruments)


def weekly(number: int, today: int) -> tuple[Visit, ...]:
    return tuple(Visit(str(n + 1), day(7 * n), "treated" if 7 * n < today else "planned") for n in range(number))


def occasion(name: str, course: Course, today: int) -> DueAssessment:
    (found,) = [item for item in due(course, day(today)) if item.occasion == name]
    return found


COURSE = Course(opened_on=day(-20), first_treatment=START)


def test_the_default_rules_ask_only_what_may_be_asked() -> None:
    asked = {*DEFAULT_RULES.baseline, *DEFAULT_RULES.discharge, *DEFAULT_RULES.follow_up, *(r.instrument for r in DEFAULT_RULES.visits)}
    registry = load_instruments()
    assert all(registry[key].can_be_asked and not registry[key].is_immediate for key in asked)


@pytest.mark.parametrize(("given_on", "state"), [(-15, "missed"), (-14, "answered"), (0, "answered"), (1, "missed")])
def test_a_baseline_lies_in_the_fourteen_days_before_the_first_treatment(given_on: int, state: str) -> None:
    assert occasion("baseline", replace(COURSE, responses=answers(given_on)), today=20).state == state


def test_what_is_answered_after_the_first_treatment_is_no_baseline() -> None:
    late = tuple(replace(answer, after_treatment=True) for answer in answers(0))
    assert occasion("baseline", replace(COURSE, responses=late), today=0).state == "missed"


def test_the_baseline_waits_for_the_first_treatment() -> None:
    course = Course(opened_on=day(-30), visits=(Visit("1", day(0)),))
    assert occasion("baseline", course, today=-20).state == "not_yet"
    assert occasion("baseline", course, today=-14).state == "due"
    assert occasion("baseline", course, today=0).state == "due"
    walk_in = Course(opened_on=day(0), visits=(Visit("1", day(0), "arrived"),))
    assert due_now(walk_in, day(0)) == ALL


def test_a_partly_answered_baseline_names_what_is_open() -> None:
    found = occasion("baseline", replace(COURSE, responses=answers(-3, instruments=(BACK,))), today=5)
    assert (found.state, found.answered, found.outstanding) == ("missed", ((BACK, day(-3)),), (LEG, RMDQ))


def test_pain_is_asked_before_every_visit_and_disability_after_four_weeks() -> None:
    course = replace(COURSE, visits=weekly(9, today=0), responses=answers(0))
    asked = {item.visit: item.instruments for item in due(course, day(0)) if item.visit}
    assert {visit for visit, keys in asked.items() if RMDQ in keys} == {"5", "9"}
    assert all((BACK in keys and LEG in keys) for keys in asked.values())
    assert "1" not in asked


def test_disability_is_asked_after_six_visits_where_they_come_quickly() -> None:
    visits = tuple(Visit(str(n + 1), day(2 * n)) for n in range(14))
    asked = {i.visit: i.instruments for i in due(replace(COURSE, visits=visits, responses=answers(0)), day(0)) if i.visit}
    assert {visit for visit, keys in asked.items() if RMDQ in keys} == {"7", "13"}


def test_a_missed_questionnaire_is_asked_again_at_the_next_visit() -> None:
    course = replace(COURSE, visits=weekly(7, today=30), responses=answers(0, 7, 14, 21, 28, instruments=(BACK, LEG)) + answers(0))
    assert occasion("visit:5", course, today=30).outstanding == (RMDQ,)
    assert occasion("visit:5", course, today=30).state == "missed"
    assert RMDQ in occasion("visit:6", course, today=30).instruments
    assert RMDQ not in occasion("visit:7", course, today=30).instruments


@pytest.mark.parametrize(("state", "expected"), [("planned", "due"), ("arrived", "due"), ("treated", "missed")])
def test_a_visits_questions_are_over_when_its_treatment_begins(state: VisitState, expected: str) -> None:
    course = replace(COURSE, visits=(Visit("1", day(0), "treated"), Visit("2", day(7), state)), responses=answers(0))
    assert occasion("visit:2", course, today=7).state == expected


def test_absent_and_cancelled_visits_ask_nothing() -> None:
    visits = (Visit("1", day(0), "treated"), Visit("2", day(7), "absent"), Visit("3", day(9), "cancelled"))
    assert [item for item in due(replace(COURSE, visits=visits), day(20)) if item.visit] == []


def test_the_answer_nearest_to_the_date_speaks_for_a_follow_up() -> None:
    course = replace(COURSE, responses=answers(65, 90, 100))
    found = occasion("month-3", course, today=200)
    assert (found.due_on, found.window_opens, found.window_closes) == (date(2026, 6, 2), date(2026, 5, 3), date(2026, 7, 2))
    assert found.answered == tuple((key, day(90)) for key in ALL)
    assert [(i.occasion, i.state) for i in due(course, day(200))] == [
        ("baseline", "missed"), ("month-3", "answered"), ("month-6", "due"), ("month-12", "not_yet"),
    ]  # fmt: skip


@pytest.mark.parametrize(("given_on", "state"), [(42, "missed"), (43, "answered"), (57, "answered"), (58, "missed")])
def test_discharge_is_within_a_week_of_the_end(given_on: int, state: str) -> None:
    course = replace(COURSE, ended_on=day(50), responses=answers(given_on))
    assert occasion("discharge", course, today=80).state == state


def test_a_course_that_runs_on_past_its_planned_end_is_not_discharged() -> None:
    course = replace(COURSE, planned_end=day(50))
    assert occasion("discharge", course, today=45).state == "due"
    assert [item for item in due(course, day(51)) if item.occasion == "discharge"] == []


def test_nothing_is_missed_after_a_person_has_withdrawn() -> None:
    course = replace(COURSE, stopped_on=day(100), responses=answers(-1))
    assert [(i.occasion, i.state) for i in due(course, day(400))] == [("baseline", "answered")]
    later = replace(course, stopped_on=day(150))
    assert [(i.occasion, i.state) for i in due(later, day(400))] == [("baseline", "answered"), ("month-3", "missed")]


def test_a_course_that_ended_before_any_treatment_asks_nothing() -> None:
    assert due(Course(opened_on=day(0), ended_on=day(10)), day(20)) == []


def test_a_month_later_is_the_last_day_of_a_shorter_month() -> None:
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert add_months(date(2026, 12, 15), 12) == date(2027, 12, 15)


offsets = st.integers(-40, 420)
responses = st.lists(st.builds(Answered, st.sampled_from(ALL), offsets.map(day), st.booleans()), max_size=12).map(tuple)
states: st.SearchStrategy[VisitState] = st.sampled_from(["planned", "arrived", "treated", "absent", "cancelled"])
visits = st.lists(st.tuples(offsets, states), max_size=10).map(
    lambda rows: tuple(Visit(str(number), day(offset), state) for number, (offset, state) in enumerate(rows))
)
courses = st.builds(
    Course,
    opened_on=st.just(day(-40)),
    first_treatment=st.none() | offsets.map(day),
    planned_end=st.none() | offsets.map(day),
    ended_on=st.none() | offsets.map(day),
    stopped_on=st.none() | offsets.map(day),
    visits=visits,
    responses=responses,
)


@settings(deadline=None)
@given(courses, offsets)
def test_every_state_agrees_with_its_window(course: Course, today: int) -> None:
    found = due(course, day(today))
    assert len({item.occasion for item in found}) == len(found)
    for item in found:
        assert item.window_opens <= item.due_on <= item.window_closes
        assert {*item.outstanding, *(key for key, _ in item.answered)} == set(item.instruments)
        assert len(item.outstanding) + len(item.answered) == len(item.instruments)
        assert all(item.window_opens <= when <= min(item.window_closes, day(today)) for _, when in item.answered)
        assert (item.state == "answered") == (not item.outstanding)
        if item.state == "due":
            assert item.window_opens <= day(today) <= item.window_closes
        if item.state == "not_yet":
            assert day(today) < item.window_opens
        if item.state == "missed":
            assert day(today) >= item.window_closes


@settings(deadline=None)
@given(courses, offsets, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(course: Course, today: int, random: st.DataObject) -> None:
    mixed = replace(
        course,
        responses=tuple(random.sample(course.responses, len(course.responses))),  # type: ignore[attr-defined]
        visits=tuple(random.sample(course.visits, len(course.visits))),  # type: ignore[attr-defined]
    )
    assert due(mixed, day(today)) == due(course, day(today))


@settings(deadline=None)
@given(courses, offsets, st.sampled_from(ALL))
def test_an_answer_given_now_closes_what_is_due_now(course: Course, today: int, key: str) -> None:
    answered = replace(course, responses=(*course.responses, Answered(key, day(today))))
    assert key not in due_now(answered, day(today))


@settings(deadline=None)
@given(courses, offsets)
def test_what_was_missed_is_never_due_again(course: Course, today: int) -> None:
    missed = {item.occasion for item in due(course, day(today)) if item.state == "missed"}
    later = {item.occasion: item.state for item in due(course, day(today + 30))}
    assert {later.get(name, "missed") for name in missed} <= {"missed", "answered"}
