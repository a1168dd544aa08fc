"""R2: the web process is killed at each step of a write; afterwards all of it is stored or none, and the second try stores it once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from tests.drill.crowd import form, received, send_survey
from tests.drill.figures import Figure, exactly
from tests.drill.stage import Answer, Stage, wait_for
from tests.drill.writes import laser_visit

Counts = tuple[int, ...]
SUBJECTS = 60  # more than any write has steps

_SURVEY = """
SELECT (state = 'answered')::int,
       (SELECT count(*) FROM outcomes_response r WHERE r.invitation_id = i.id),
       (SELECT count(*) FROM outcomes_score s JOIN outcomes_response r ON r.id = s.response_id WHERE r.invitation_id = i.id),
       (SELECT count(*) FROM clinic_auditevent a WHERE a.object_id = i.id AND a.action = 'survey.submit'),
       (SELECT count(*) FROM outcomes_surveydraft d WHERE d.invitation_id = i.id)
FROM outcomes_invitation i WHERE i.id = %s
"""
_CALL = """
SELECT (SELECT count(*) FROM clinic_idempotencykey k WHERE k.key = at), count(DISTINCT r.id), count(s.id)
FROM (SELECT %s::text AS at) one
LEFT JOIN outcomes_response r ON r.invitation_id IS NULL AND r.occurred_at = at::timestamptz
LEFT JOIN outcomes_score s ON s.response_id = r.id
GROUP BY at
"""
_VISIT = """
SELECT (state = 'signed')::int,
       (SELECT count(*) FROM treatment_laserapplication l WHERE l.visit_id = v.id),
       (SELECT count(*) FROM clinic_auditevent a WHERE a.object_id = v.id AND a.action = 'visit.sign'),
       (SELECT coalesce(sum(revision), 0) FROM treatment_visitdraft d WHERE d.visit_id = v.id),
       (SELECT count(*) FROM treatment_addendum a WHERE a.visit_id = v.id),
       (SELECT count(*) FROM clinic_auditevent a JOIN treatment_addendum d ON d.id = a.object_id
        WHERE d.visit_id = v.id AND a.action = 'visit.amend')
FROM treatment_visit v WHERE v.id = %s
"""


@dataclass(frozen=True)
class Write:
    """One action, tried on subjects that are all alike: what is stored of each is counted before, between and after."""

    name: str
    send: Callable[[int], Answer]
    acknowledged: Callable[[Answer], bool]
    stored: Callable[[int], Counts]
    nothing: Counts
    whole: Counts


def crashed(points: int) -> Iterator[Figure]:
    """Kill the web process at so many steps of each write, evenly chosen, the first, the last and the unsaid answer among them."""
    with Stage(DJANGO_SETTINGS_MODULE="tests.drill.crash_point") as stage:
        prepared = stage.prepare("crashes", SUBJECTS)
        stage.start_web()
        for write in _writes(stage, prepared):
            yield from _crash(stage, write, points)


def _crash(stage: Stage, write: Write, points: int) -> Iterator[Figure]:
    # Once a minute a session notes that it is in use: the smaller number is that of the write alone.
    steps = min(_counted(stage, write, subject) for subject in (0, 1))
    chosen = _evenly(steps, points - 1)
    dead, half, lost, again = 0, 0, 0, 0
    for subject, point in enumerate([*map(str, chosen), "answer"], start=2):
        died = _dies(stage, write, subject, point)
        found = write.stored(subject)
        dead += died
        half += found not in {write.nothing, write.whole}
        lost += point == "answer" and found != write.whole
        wait_for(partial(_acknowledged, write, subject), 60, f"{write.name}, sent again after a crash at {point},")
        again += write.stored(subject) == write.whole
    yield exactly(f"crashed.{write.name}.half_records", half, 0)
    yield exactly(f"crashed.{write.name}.killed", dead, len(chosen) + 1)
    yield exactly(f"crashed.{write.name}.stored_before_the_answer", 1 - lost, 1)
    yield exactly(f"crashed.{write.name}.once_after_the_second_try", again, len(chosen) + 1)


def _counted(stage: Stage, write: Write, subject: int) -> int:
    """The steps of the write up to its last commit, on a subject that nothing happens to."""
    stage.headers = {"X-Crash-At": "count"}
    answer = write.send(subject)
    stage.headers = {}
    if not write.acknowledged(answer) or write.stored(subject) != write.whole:
        raise RuntimeError(f"{write.name} answered {answer.status} and stored {write.stored(subject)}")
    return int(answer.headers["x-last-commit"])


def _evenly(steps: int, points: int) -> list[int]:
    points = min(steps, points)
    return sorted({1 + round(each * (steps - 1) / max(1, points - 1)) for each in range(points)})


def _dies(stage: Stage, write: Write, subject: int, point: str) -> bool:
    stage.headers = {"X-Crash-At": point}
    try:
        write.send(subject)
    except OSError:
        return True
    finally:
        stage.headers = {}
    return False


def _acknowledged(write: Write, subject: int) -> bool:
    try:
        return write.acknowledged(write.send(subject))
    except OSError:
        return False  # the process that took it is the one that dies


def _writes(stage: Stage, prepared: dict[str, Any]) -> Iterator[Write]:
    ready, device = prepared["ready"], prepared["device"]

    def visit(use: str, path: str, fields: dict[str, str]) -> Callable[[int], Answer]:
        return lambda each: form(stage, f"/c/harbour/visits/{prepared[use][each]}/{path}", prepared["staff"], 30, **(fields | _key(each)))

    def counts(question: str, named: Callable[[int], Any]) -> Callable[[int], Counts]:
        return lambda each: tuple(int(number) for number in stage.rows(question, named(each))[0])

    survey = counts(_SURVEY, lambda each: ready[each]["id"])
    yield Write("survey", lambda each: send_survey(stage, ready[each]), received, survey, (0, 0, 0, 0, 1), (1, 2, 2, 1, 0))
    call = counts(_CALL, _at)
    yield Write("interface", lambda each: _call(stage, prepared, each), lambda said: said.status == 201, call, (0, 0, 0), (1, 2, 2))
    kept = counts(_VISIT, lambda each: prepared["kept"][each])
    draft = visit("kept", "draft/", {"pain_before": "5", "revision": "0"})
    # A draft that was kept, but not acknowledged, is answered 409 with what is kept: nothing is lost and nothing doubled.
    yield Write("draft", draft, lambda said: said.status in {200, 409}, kept, (0, 0, 0, 0, 0, 0), (0, 0, 0, 1, 0, 0))
    signed = counts(_VISIT, lambda each: prepared["signed"][each])
    sign = visit("signed", "", {**laser_visit(device), "sign": "1"})
    # 302 to the next visit; 200 shows the record of one that is signed already. An objection would be 422.
    yield Write("sign", sign, lambda said: said.status in {200, 302}, signed, (0, 0, 0, 0, 0, 0), (1, 1, 1, 0, 0, 0))
    yield _amendment(stage, prepared, visit, counts(_VISIT, lambda each: prepared["amended"][each]))


def _amendment(
    stage: Stage, prepared: dict[str, Any], visit: Callable[[str, str, dict[str, str]], Callable[[int], Answer]], stored: Any
) -> Write:
    first = visit("amended", "", {**laser_visit(prepared["device"]), "sign": "1"})
    for each in range(SUBJECTS):
        first(each)
    amend = visit("amended", "addenda/", {"reason": "Misread", "pain_before": "6"})
    return Write("amend", amend, lambda said: said.status == 302, stored, (1, 1, 1, 0, 0, 0), (1, 1, 1, 0, 1, 1))


def _key(each: int) -> dict[str, str]:
    """The form's own id, the same when it is sent again."""
    return {"client_key": str(UUID(int=each + 1))}


def _at(each: int) -> str:
    return f"2026-11-20T{8 + each // 60:02}:{each % 60:02}:00Z"


def _call(stage: Stage, prepared: dict[str, Any], each: int) -> Answer:
    answers = {"nprs-back-7d": {"back": each % 11}, "nprs-leg-7d": {"leg": each % 7}}
    body = {"course": prepared["courses"][0], "occasion": "during", "occurred_at": _at(each), "zone": "UTC", "answers": answers}
    headers = {"Authorization": f"Bearer {prepared['token']}", "Idempotency-Key": _at(each), "Content-Type": "application/json"}
    return stage.call("POST", "/api/v1/harbour/responses/", json.dumps(body).encode(), headers)
