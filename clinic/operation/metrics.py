"""Numbers for Prometheus: requests by route and class of answer, and what waits. Never a name, an address or a token in a label.

Off without METRICS_TOKEN. With several web processes PROMETHEUS_MULTIPROC_DIR names the folder in which they add up (a gunicorn
hook in clinic.local.web removes what a finished process held); without it each process answers for itself.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from clinic.requests import route_name
from clinic.selectors.waiting import Waiting, what_waits

_OWN = CollectorRegistry()
REQUESTS = Counter("backlight_requests", "Answered requests.", ["route", "status"], registry=_OWN)
SECONDS = Histogram(
    "backlight_request_seconds",
    "From request to answer.",
    ["route", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5, 3, 10),
    registry=_OWN,
)


class Measure:
    """Counts and times every request, by the name of its route."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        labels = {"route": route_name(request), "status": f"{response.status_code // 100}xx"}
        REQUESTS.labels(**labels).inc()
        SECONDS.labels(**labels).observe(time.perf_counter() - began)
        return response


class _WhatWaits:
    """Asks the database when Prometheus asks us."""

    def collect(self) -> Iterable[Metric]:
        """Whether the database answers, and if so what waits in it."""
        try:
            waiting: Waiting | None = what_waits()
        except DatabaseError:
            waiting = None
        yield GaugeMetricFamily("backlight_database_up", "Whether PostgreSQL answers.", value=int(waiting is not None))
        if waiting is not None:
            yield GaugeMetricFamily("backlight_messages_unsent", "Messages that wait or are being sent.", value=waiting.unsent)
            yield GaugeMetricFamily("backlight_messages_failed", "Messages that were given up.", value=waiting.failed)
            oldest = waiting.oldest_due_s
            yield GaugeMetricFamily("backlight_message_oldest_due_seconds", "How long the oldest unsent message is due.", value=oldest)
            ages = GaugeMetricFamily("backlight_sign_age_seconds", "Since a program said that it works.", labels=["program"])
            works = GaugeMetricFamily("backlight_works", "Whether it was found working when last looked at.", labels=["program"])
            for sign in waiting.signs:
                ages.add_metric([sign.name], sign.age_s)
                works.add_metric([sign.name], int(sign.works))
            yield ages
            yield works
            yield GaugeMetricFamily("backlight_queue_tasks", "Tasks that wait for a worker.", value=waiting.tasks)
            yield GaugeMetricFamily("backlight_queue_wait_seconds", "How long the last task waited.", value=waiting.task_waited_s)


def exposition() -> bytes:
    """Everything, in Prometheus' text format."""
    shown = CollectorRegistry()
    shown.register(_WhatWaits())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
        return generate_latest(shown)
    return generate_latest(_OWN) + generate_latest(shown)
