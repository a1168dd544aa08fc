"""Eight people at once, who try again until they are told that their answers were received."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

from tests.drill.stage import Answer, Stage

CSRF = "b" * 32  # a browser's own secret: the form repeats what the cookie says
PATIENCE_S = 90.0


def form(stage: Stage, path: str, cookie: str, seconds: float = 30, **fields: str) -> Answer:
    """Send a form as a browser does."""
    body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
    headers = {"Cookie": f"{cookie}; backlight-csrf={CSRF}", "Content-Type": "application/x-www-form-urlencoded"}
    return stage.call("POST", path, body, headers, seconds)


def send_survey(stage: Stage, survey: dict[str, str], seconds: float = 30) -> Answer:
    """The last button of a survey that was answered on a phone."""
    return form(stage, "/survey/check/", survey["cookie"], seconds, answered_by="patient", shown=survey["shown"])


def received(answer: Answer) -> bool:
    """Whether the patient was told that the survey was received."""
    return answer.status == 302 and answer.headers.get("location", "").endswith("/done/")


def call_interface(stage: Stage, prepared: dict[str, Any], key: str, number: int) -> str | None:
    """Record a response over the interface; its receipt when it was acknowledged."""
    courses = prepared["courses"]
    body = {
        "course": courses[number % len(courses)],
        "occasion": "during",
        "occurred_at": "2026-11-20T09:00:00Z",
        "zone": "UTC",
        "answers": {"nprs-back-7d": {"back": number % 11}, "nprs-leg-7d": {"leg": number % 7}},
    }
    headers = {"Authorization": f"Bearer {prepared['token']}", "Idempotency-Key": key, "Content-Type": "application/json"}
    answer = stage.call("POST", "/api/v1/harbour/responses/", json.dumps(body).encode(), headers)
    return str(json.loads(answer.text)["receipt"]) if answer.status == 201 else None


class Crowd:
    """Works off a list of things to do with eight people; each of them insists until it is done."""

    def __init__(self, tasks: list[Callable[[], bool]], people: int = 8) -> None:
        self.waiting, self.done, self.refused = deque(tasks), 0, 0
        self.lock, self.given_up = threading.Lock(), threading.Event()
        self.pool = ThreadPoolExecutor(people)
        self.futures = [self.pool.submit(self._work) for _ in range(people)]

    def _work(self) -> None:
        while not self.given_up.is_set():
            try:
                task = self.waiting.popleft()
            except IndexError:
                return
            self._insist(task)

    def _insist(self, task: Callable[[], bool]) -> None:
        while not self.given_up.is_set():
            try:
                acknowledged = task()
            except OSError:
                acknowledged = False
            with self.lock:
                self.done += acknowledged
                self.refused += not acknowledged
            if acknowledged:
                return
            self.given_up.wait(0.1)

    def has_done(self, enough: int) -> bool:
        """Whether so many were acknowledged."""
        return self.done >= enough

    def finish(self, seconds: float = PATIENCE_S) -> None:
        """Wait for everybody; raises TimeoutError when somebody is never heard."""
        try:
            for future in self.futures:
                future.result(seconds)
        finally:
            self.given_up.set()
            self.pool.shutdown()
