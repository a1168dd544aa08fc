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

from tests.bench.product import ROOT, Product, cpu_seconds

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


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Web:
    """gunicorn with two workers on the product's database, with the floor among its addresses."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.port = _free_port()
        settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
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

    def rate(self, one: Callable[[int], tuple[int, float]], expected: int) -> tuple[float, float]:
        """Calls per second over all connections, and CPU milliseconds of the workers per call."""
        before, began = cpu_seconds(self.pids()), time.perf_counter()
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            statuses = {status for status, _seconds in pool.map(one, range(CALLS))}
        if statuses != {expected}:
            raise RuntimeError(f"answers were {statuses}, not {expected}")
        elapsed = time.perf_counter() - began
        return CALLS / elapsed, (cpu_seconds(self.pids()) - before) / CALLS * 1000

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(timeout=30)


def _prepared(environment: dict[str, str]) -> dict[str, Any]:
    """A token, a session and a course of the demo, made by a child process with the product's settings."""
    code = "from tests.bench.preparation import prepare; prepare()"
    starts = "import django; django.setup(); "
    settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    done = subprocess.run([sys.executable, "-c", starts + code], cwd=ROOT, env=environment | settings, check=True, stdout=subprocess.PIPE)
    prepared: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return prepared


def _against_the_floor(web: Web, known: dict[str, Any]) -> list[Figure]:
    token = {"Authorization": f"Bearer {known['token']}"}
    answers = {"nprs-back-7d": {"back": 5}, "nprs-leg-7d": {"leg": 3}}
    body = {"occasion": "during", "occurred_at": "2026-01-05T09:00:00Z", "zone": "UTC", "answers": answers}
    courses = itertools.cycle(known["courses"])
    kinds: dict[str, tuple[Callable[[int], tuple[int, float]], int]] = {
        "floor": (lambda _n: web.call("POST", "/api/v1/harbour/floor/", {"value": 5}, token), 200),
        "submit": (lambda _n: web.call("POST", "/api/v1/harbour/responses/", body | {"course": next(courses)}, token), 201),
        "trend": (lambda _n: web.call("GET", f"/api/v1/harbour/courses/{next(courses)}/trend/", None, token), 200),
    }
    rates: dict[str, list[float]] = {name: [] for name in kinds}
    cpu: dict[str, list[float]] = {name: [] for name in kinds}
    for _round in range(ROUNDS):
        for name, (one, expected) in kinds.items():
            rate, milliseconds = web.rate(one, expected)
            rates[name].append(rate)
            cpu[name].append(milliseconds)
    found = [Figure(f"{name}_rate", statistics.median(rates[name]), "per_s") for name in kinds]
    found += [Figure(f"{name}_cpu", statistics.median(cpu[name]), "ms") for name in kinds]
    ratios = [submit / floor for submit, floor in zip(rates["submit"], rates["floor"], strict=True)]
    return [*found, Figure("submit_against_floor", statistics.median(ratios), "ratio", 0.5, at_most=False)]


def _pages(web: Web, known: dict[str, Any]) -> list[Figure]:
    found = []
    for name, path in json.loads(known["pages"]).items():
        headers = {"Cookie": known["manager" if name.startswith("report") else "therapist"]}
        web.call("GET", path, None, headers)
        timed = [web.call("GET", path, None, headers) for _ in range(20)]
        if {status for status, _seconds in timed} != {200}:
            raise RuntimeError(f"{name} answered {timed[0][0]}")
        seconds = sorted(seconds for _status, seconds in timed)
        found.append(Figure(f"page_{name}_p95", seconds[18] * 1000, "ms", 300))
    return found


def measure(folder: Path) -> list[Figure]:
    """Every figure, from a cold start to the last page."""
    product = Product(folder / "data", _free_port())
    (folder / "data").mkdir()
    try:
        figures = [Figure("ready_cold", product.start(), "s", 30)]
        product.wait_for_demo()
        product.stop()
        figures.append(Figure("ready_warm", product.start(), "s", 10))
        time.sleep(5)  # until what was started has settled: an idle figure is asked for
        figures.append(Figure("memory_idle", product.memory_mb(), "MB", 600))
        environment = product.web_environment()
        known = _prepared(environment)
        figures += [Figure(name, float(value), "statements", target) for name, value, target in json.loads(known["statements"])]
        web = Web(environment)
        try:
            while not _listens(web.port):
                time.sleep(0.1)
            figures += _pages(web, known) + _against_the_floor(web, known)
        finally:
            web.stop()
        return figures
    finally:
        product.stop()


def _listens(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def main() -> int:
    """Print every figure; exit 1 when one is short of its target."""
    folder = Path(tempfile.mkdtemp(prefix="blb-"))
    try:
        figures = measure(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for figure in figures:
        target = "-" if figure.target is None else f"{figure.target:g}"
        print(f"{figure.name} {figure.value:.2f} {figure.unit} {target} {figure.verdict}")
    if os.environ.get("OUT"):
        Path(os.environ["OUT"]).write_text(json.dumps([asdict(figure) | {"verdict": figure.verdict} for figure in figures], indent=1))
    return int(any(figure.verdict == "short" for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
