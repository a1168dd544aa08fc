"""Faults while answers and visits are stored: what was acknowledged is there, once and whole."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from tests.drill.crowd import Crowd, call_interface, form, received, send_survey
from tests.drill.figures import Figure, exactly
from tests.drill.stage import Stage, wait_for

# What belongs to one invitation's answers, counted; a whole survey has 1 answered, 2 responses, 1 receipt, 2 scores, 1 audit entry.
SURVEYS = """
SELECT i.id::text, (i.state = 'answered')::int, count(DISTINCT r.id), count(DISTINCT r.receipt), count(DISTINCT s.id),
       (SELECT count(*) FROM clinic_auditevent a WHERE a.object_id = i.id AND a.action = 'survey.submit'),
       (SELECT count(*) FROM outcomes_surveydraft d WHERE d.invitation_id = i.id)
FROM outcomes_invitation i LEFT JOIN outcomes_response r ON r.invitation_id = i.id LEFT JOIN outcomes_score s ON s.response_id = r.id
WHERE i.occasion = 'unscheduled' GROUP BY i.id, i.state
"""
_CALLS = """
SELECT r.receipt::text, count(DISTINCT r.id), count(DISTINCT s.id)
FROM outcomes_response r JOIN outcomes_score s ON s.response_id = r.id WHERE r.invitation_id IS NULL GROUP BY r.receipt
"""
WHOLE, NOTHING = (1, 2, 1, 2, 1, 0), (0, 0, 0, 0, 0, 1)


def postgres_killed(submits: int, kills: int) -> Iterator[Figure]:
    """R1, R2: PostgreSQL is killed while eight people submit, half of them by link and half over the interface."""
    with Stage() as stage:
        prepared = stage.prepare("surveys", submits // 2)
        stage.start_web()
        told: dict[str, str] = {}
        by_link, by_key = set(), [f"drill-{number}" for number in range(submits - submits // 2)]

        def link(survey: dict[str, str]) -> bool:
            if received(send_survey(stage, survey)):
                by_link.add(survey["id"])
                return True
            return False

        def call(number: int) -> bool:
            receipt = call_interface(stage, prepared, by_key[number], number)
            if receipt:
                told[by_key[number]] = receipt
            return receipt is not None

        tasks = [partial(link, survey) for survey in prepared["ready"]] + [partial(call, number) for number in range(len(by_key))]
        crowd = Crowd([task for pair in zip(tasks[: submits // 2], tasks[submits // 2 :], strict=False) for task in pair])
        for kill in range(1, kills + 1):
            enough = kill * submits // (kills + 1)
            wait_for(partial(crowd.has_done, enough), 120, "submitting")
            stage.crash_postgres()
        crowd.finish()
        yield exactly("postgres_killed.acknowledged", len(by_link) + len(told), 2 * (submits // 2))
        yield from _as_told(stage, by_link, told)
        yield Figure("postgres_killed.turned_away", crowd.refused > 0, str(crowd.refused), ">0")


def _as_told(stage: Stage, by_link: set[str], told: dict[str, str]) -> Iterator[Figure]:
    found = {str(row[0]): tuple(row[1:]) for row in stage.rows(SURVEYS)}
    lost = sum(found[each] == NOTHING for each in by_link)
    half = sum(row not in {WHOLE, NOTHING} for row in found.values())
    calls = {str(row[0]): (int(row[1]), int(row[2])) for row in stage.rows(_CALLS)}
    lost += sum(receipt not in calls for receipt in told.values())
    half += sum(row != (2, 2) for row in calls.values())
    yield exactly("postgres_killed.lost", lost, 0)
    yield exactly("postgres_killed.half_records", half, 0)
    yield exactly("postgres_killed.twice", len(calls) - len(set(told.values())) + len(told) - len(set(told.values())), 0)


def submitted_at_once(links: int, callers: int) -> Iterator[Figure]:
    """R3: each survey is sent several times at the same moment; all who send it are given the same receipt."""
    with Stage() as stage:
        prepared = stage.prepare("surveys", links)
        stage.start_web()
        receipts: list[set[str]] = []
        with ThreadPoolExecutor(callers) as pool:
            for survey in prepared["ready"]:
                call = partial(_receipt, stage, survey, threading.Barrier(callers))
                receipts += [set(pool.map(call, range(callers)))]
        whole = sum(tuple(row[1:]) == WHOLE for row in stage.rows(SURVEYS))
        yield exactly("submitted_at_once.stored_once", whole, links)
        yield exactly("submitted_at_once.same_receipt", sum(len(each) == 1 and "" not in each for each in receipts), links)


def _receipt(stage: Stage, survey: dict[str, str], together: threading.Barrier, _number: int) -> str:
    together.wait(30)
    if not received(send_survey(stage, survey)):
        return ""
    page = stage.call("GET", "/survey/done/", headers={"Cookie": survey["cookie"]}).text
    found = re.search(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b", page)
    return found.group(0) if found else ""


def visit_signed_at_once(taps: int) -> Iterator[Figure]:
    """R6: the sign button of one visit is pressed many times at the same moment."""
    with Stage() as stage:
        prepared = stage.prepare("signed_in", 1)
        stage.start_web()
        together = threading.Barrier(taps)
        with ThreadPoolExecutor(taps) as pool:
            statuses = list(pool.map(lambda _number: _sign(stage, prepared, together), range(taps)))
        visit = prepared["visit"]
        yield exactly("visit_signed_at_once.signed", stage.number("SELECT count(*) FROM treatment_visit WHERE state = 'signed'"), 1)
        signs = "SELECT count(*) FROM clinic_auditevent WHERE action = 'visit.sign' AND object_id = %s"
        yield exactly("visit_signed_at_once.audited", stage.number(signs, visit), 1)
        parts = "SELECT count(*) FROM treatment_laserapplication WHERE visit_id = %s"
        yield exactly("visit_signed_at_once.applications", stage.number(parts, visit), 1)
        yield exactly("visit_signed_at_once.errors", sum(status >= 500 and status != 503 for status in statuses), 0)


def laser_visit(device: str) -> dict[str, str]:
    """What a therapist fills in for a visit with one laser application."""
    return {
        "laser-0-device": device,
        "laser-0-region": "lumbar",
        "laser-0-technique": "scanning_contact",
        "laser-0-average_power_w": "10",
        "laser-0-emission_s": "300",
        "laser-0-treated_area_cm2": "150",
        "pain_before": "5",
        "pain_after": "4",
        "reaction": "none",
    }


def _sign(stage: Stage, prepared: dict[str, Any], together: threading.Barrier) -> int:
    fields = laser_visit(prepared["device"])
    together.wait(30)
    return form(stage, f"/c/harbour/visits/{prepared['visit']}/", prepared["staff"], 60, sign="1", **fields).status
