"""`make bench`: every figure beside its target, as `name value unit target ok|short`; as JSON too with OUT=file.

The machine's speed drifts, so what matters is held against *the floor* measured in the same rounds: a bare view under our middleware
with token, serializer and one audit INSERT.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.product import ROOT, Product, cpu_seconds, peak_mb

ROUNDS, CONNECTIONS, CALLS = 5, 4, 40


@dataclass(frozen=True)
class Figure:
    """One measured number; `at_most` says on which side of the target it should lie."""

    name: str
    value: float
    unit: str
    target: float | None = None
    at_most: bool = True

    @property
    def verdict(self) -> str:
        """ok, short, or nothing to compare with."""
        if self.target is None:
            return "-"
        good = self.value <= self.target if self.at_most else self.value >= self.target
        return "ok" if good else "short"

    def __str__(self) -> str:
        target = "-" if self.target is None else f"{self.target:g}"
        return f"{self.name} {self.value:.2f} {self.unit} {target} {self.verdict}"


def _said(figures: list[Figure]) -> list[Figure]:
    """Print figures as soon as they are known: what follows takes minutes."""
    for figure in figures:
        print(figure, flush=True)
    return figures


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Web:
    """gunicorn with two workers on the product's database, with the floor among its addresses."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = _free_port()
        # Calls are counted as in the product; only the count has no end here.
        settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "API_CALLS_PER_MINUTE": "100000000"}
        command = [sys.executable, "-m", "gunicorn", "clinic.config.wsgi", "-w", "2", "-k", "gthread", "--threads", "2"]
        self.process = subprocess.Popen(
            [*command, "-b", f"127.0.0.1:{self.port}", "--log-level", "error"], cwd=ROOT, env=environment | settings
        )

    def pids(self) -> list[int]:
        """The workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def call(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> tuple[int, float]:
        """One call on a connection of its own: status and seconds."""
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        raw = json.dumps(body) if body is not None else None
        connection.request(method, path, raw, {"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status, time.perf_counter() - began

    def rate(self, one: Callable[[int], tuple[int, float]], expected: int) -> tuple[float, float, list[float]]:
        """Calls per second over all connections, CPU milliseconds of the workers per call, and the seconds of each."""
        before, began = cpu_seconds(self.pids()), time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            answers = list(pool.map(one, range(CALLS)))
        if {status for status, _seconds in answers} != {expected}:
            raise RuntimeError(f"answers were {dict(answers)}, not {expected}")
        elapsed = time.perf_counter() - began
        return CALLS / elapsed, (cpu_seconds(self.pids()) - before) / CALLS * 1000, [seconds for _status, seconds in answers]

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=30)


def _child(environment: dict[str, str], call: str) -> dict[str, Any]:
    """What a function of tests.bench prints, run in a process of its own with the product's settings and role."""
    module, function = call.split(".")
    code = f"import django; django.setup(); from tests.bench.{module} import {function}; {function}()"
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment | settings, check=True, stdout=subprocess.PIPE)
    printed: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return printed


def _against_the_floor(web: Web, known: dict[str, Any]) -> tuple[list[Figure], float]:
    """Rates, CPU and slowest calls; and the submit's rate as a share of the floor's."""
    token = {"Authorization": f"Bearer {known['token']}"}
    answers = {"nprs-back-7d": {"back": 5}, "nprs-leg-7d": {"leg": 3}}
    body = {"occasion": "during", "occurred_at": "2026-01-05T09:00:00Z", "zone": "UTC", "answers": answers}
    courses = itertools.cycle(known["courses"])
    kinds: dict[str, tuple[Callable[[int], tuple[int, float]], int]] = {
        "floor": (lambda _n: web.call("POST", "/api/v1/harbour/scores/floor/", {"value": 5}, token), 200),
        "submit": (lambda _n: web.call("POST", "/api/v1/harbour/responses/", body | {"course": next(courses)}, token), 201),
        "trend": (lambda _n: web.call("GET", f"/api/v1/harbour/courses/{next(courses)}/trend/", None, token), 200),
    }
    rates: dict[str, list[float]] = {name: [] for name in kinds}
    cpu: dict[str, list[float]] = {name: [] for name in kinds}
    seconds: dict[str, list[float]] = {name: [] for name in kinds}
    for _round in range(ROUNDS):
        for name, (one, expected) in kinds.items():
            rate, milliseconds, each = web.rate(one, expected)
            seconds[name] += each
            rates[name].append(rate)
            cpu[name].append(milliseconds)
    found = [Figure(f"{name}_rate", statistics.median(rates[name]), "per_s") for name in kinds]
    found += [Figure(f"{name}_cpu", statistics.median(cpu[name]), "ms") for name in kinds]
    found += [Figure(f"{name}_p99", sorted(seconds[name])[int(len(seconds[name]) * 0.99)] * 1000, "ms") for name in kinds]
    ratios = [submit / floor for submit, floor in zip(rates["submit"], rates["floor"], strict=True)]
    return found, statistics.median(ratios)


def _pages(web: Web, known: dict[str, Any], pages: dict[str, str], target: float) -> list[Figure]:
    found = []
    for name, path in pages.items():
        headers = {"Cookie": known["manager" if name.startswith("report") else "therapist"]}
        web.call("GET", path, None, headers)
        timed = [web.call("GET", path, None, headers) for _ in range(20)]
        if {status for status, _seconds in timed} != {200}:
            raise RuntimeError(f"{name} answered {timed[0][0]}")
        seconds = sorted(seconds for _status, seconds in timed)
        found.append(Figure(f"page_{name}_p95", seconds[18] * 1000, "ms", target))
    return found


def _full(environment: dict[str, str], web: Web, known: dict[str, Any], share_when_empty: float) -> list[Figure]:
    """The same product with a million scores in it."""
    owner = environment | {"DATABASE_URL": environment["DATABASE_URL"].replace("backlight_app", "backlight_owner"), "DATABASE_POOL": "0"}
    seed = [sys.executable, "manage.py", "seed_scores", "--scores", os.environ.get("SCORES", "1000000")]
    subprocess.run(seed, cwd=ROOT, env=owner, check=True, stdout=subprocess.DEVNULL)
    found = _child(environment, "full_house.measure")
    share = _against_the_floor(web, known)[1]
    return [
        Figure("report_one_clinic", found["report_one_clinic"], "ms"),
        Figure("report_one_clinic_against_sql", found["report_one_clinic_against_sql"], "ratio", 5),
        Figure("report_whole_organisation", found["report_whole"], "ms"),
        Figure("report_whole_against_sql", found["report_whole_against_sql"], "ratio", 1.5),
        Figure("submit_full_against_empty", share / share_when_empty, "ratio", 0.8, at_most=False),
        Figure("stored_per_survey", found["bytes_per_survey"], "bytes", 4096),
        Figure("stored_per_survey_by_link", found["bytes_per_survey_by_link"], "bytes"),
        *_pages(web, known, _child(environment, "full_house.long_record"), 800),
        *_calendar(environment, web, known),
    ]


def _calendar(environment: dict[str, str], web: Web, known: dict[str, Any]) -> list[Figure]:
    """A week of 408 visits, and the slowest of the series of twelve that filled it."""
    found = _child(environment, "full_house.full_week")
    return [Figure("book_series_of_12", found["book_series"], "ms", 500), *_pages(web, known, {"week": found["week"]}, 300)]


def _imports(environment: dict[str, str]) -> list[Figure]:
    """A list of patients: a thousand rows previewed, five thousand previewed and imported."""
    found = _child(environment, "importing.measure")
    return [
        Figure("import_preview_1000", found["import_preview"], "s", 5),
        Figure("import_row", found["import_row"], "ms", 15),
        Figure("import_peak", found["import_peak"], "MB", 300),
    ]


def _web_figures(environment: dict[str, str]) -> list[Figure]:
    known = _child(environment, "preparation.prepare")
    figures = _said([Figure(name, float(value), "statements", target) for name, value, target in json.loads(known["statements"])])
    web = Web(environment)
    try:
        while not _listens(web.port):
            time.sleep(0.1)
        figures += _said(_pages(web, known, json.loads(known["pages"]), 300))
        rates, share = _against_the_floor(web, known)
        figures += _said([*rates, Figure("submit_against_floor", share, "ratio", 0.5, at_most=False)])
        figures += _said(_imports(environment))
        figures += _said(_full(environment, web, known, share))
        return [*figures, *_said([Figure("peak_bench_web", max(peak_mb(pid) for pid in web.pids()), "MB")])]
    finally:
        web.stop()


def measure(folder: Path) -> list[Figure]:
    """Every figure, from a cold start to a house with a million scores."""
    product = Product(folder / "data", _free_port())
    (folder / "data").mkdir()
    try:
        figures = _said([Figure("ready_cold", product.start(), "s", 30)])
        product.wait_for_demo()
        product.stop()
        figures += _said([Figure("ready_warm", product.start(), "s", 10)])
        time.sleep(5)  # until what was started has settled: an idle figure is asked for
        figures += _said([Figure("memory_idle", product.memory_mb(), "MB", 600)])
        figures += _web_figures(product.web_environment())
        return [*figures, *_said([Figure(f"peak_{role}", peak, "MB") for role, peak in product.peaks().items()])]
    finally:
        product.stop()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def main() -> int:
    """Print every figure as it is measured; exit 1 when one is short of its target."""
    folder = Path(tempfile.mkdtemp(prefix="blb-"))
    try:
        figures = measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if os.environ.get("OUT"):
        Path(os.environ["OUT"]).write_text(json.dumps([asdict(figure) | {"verdict": figure.verdict} for figure in figures], indent=1))
    return int(any(figure.verdict == "short" for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
