"""R11: the disk of the database fills up. Small disks are mounted for it, which needs root and a kernel that lets it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from clinic.local.servers import Postgres
from tests.drill.crowd import call_interface, received, send_survey
from tests.drill.figures import Figure, exactly
from tests.drill.stage import Stage, wait_for
from tests.drill.writes import NOTHING, SURVEYS, WHOLE

ROOM = 4_000_000_000  # of memory only what is used
# Without a new connection, which PostgreSQL may have no room to open; the page has its own from before.
_DISK_SAID = "import django; django.setup(); from clinic.selectors.health import _disk; print(_disk().state.name)"


class NoDisk(RuntimeError):
    """A small disk cannot be mounted here."""


class SmallDisk(Stage):
    """An installation whose database and data lie on a disk of their own, that can be made full and empty again."""

    def _start(self, *, empty: bool) -> None:
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        self._mount(f"size={ROOM},mode=711", "-t", "tmpfs", "tmpfs")
        self.postgres = Postgres(self.disk / "pg", self.folder / "s")
        self.more = {**self.more, "DATA": str(self.disk / "data")}
        (self.disk / "data" / "static").mkdir(parents=True)
        super()._start(empty=empty)

    def _mount(self, options: str, *what: str) -> None:
        argv = ["mount", "-o", options, *what, str(self.disk)]
        if not shutil.which("mount") or subprocess.run(argv, check=False, capture_output=True).returncode:
            raise NoDisk("a disk for this drill can only be mounted by root, on a kernel that allows it")

    def fill(self) -> None:
        """Not one more page of four kilobytes."""
        self._mount(f"remount,size={shutil.disk_usage(self.disk).used}")

    def make_room(self) -> None:
        """As after somebody has deleted something."""
        self._mount(f"remount,size={ROOM}")

    def stop(self) -> None:
        """End everything, the disk too."""
        super().stop()
        subprocess.run(["umount", "-l", str(self.disk)], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def disk_full(submits: int) -> Iterator[Figure]:
    """While it is full writes are refused with 503, pages are read and health says why; then all goes on and nothing is lost."""
    try:
        stage = SmallDisk()
    except NoDisk as reason:
        print(f"disk_full was NOT run: {reason}", file=sys.stderr)
        yield Figure("disk_full.was_run", passed=False, figure="no", limit="=yes")
        return
    with stage:
        prepared = stage.prepare("surveys", submits)
        stage.start_web()
        yield from _filled(stage, prepared)


def _filled(stage: SmallDisk, prepared: dict[str, Any]) -> Iterator[Figure]:
    ready: list[dict[str, str]] = prepared["ready"]
    stage.fill()
    answers = [(survey, send_survey(stage, survey)) for survey in ready]
    told = {survey["id"] for survey, answer in answers if received(answer)}
    refused = [answer for _survey, answer in answers if not received(answer)]
    yield Figure("disk_full.refused", len(refused) > 0, str(len(refused)), ">0")
    yield exactly("disk_full.refused_otherwise_than_503", sum(answer.status != 503 for answer in refused), 0)
    yield exactly("disk_full.refused_without_retry_after", sum("retry-after" not in answer.headers for answer in refused), 0)
    yield exactly("disk_full.ready", stage.call("GET", "/readyz").status, 200)
    cookie = {"Cookie": ready[-1]["cookie"]}
    pages = [stage.call("GET", path, headers=cookie).status for path in _READ]
    yield Figure("disk_full.read", set(pages) == {200}, ",".join(map(str, pages)), "=200")
    # What is counted or audited has to be written: without room for that nobody reads it, and is told so.
    counted = [stage.call("GET", path, headers=_bearer(prepared)).status for path in _COUNTED]
    yield Figure("disk_full.audited_read", set(counted) <= {200, 503}, ",".join(map(str, counted)), "=200|503")
    said = stage.run(["-W", "ignore", "-c", _DISK_SAID]).stdout.strip()
    yield Figure("disk_full.health", said == "FAIL", said, "=FAIL")
    yield from _as_before(stage, prepared, told)


_READ = ("/api/v1/schema/", "/accounts/login/", "/survey/1/", "/survey/check/")
_COUNTED = ("/api/v1/harbour/devices/", "/api/v1/harbour/visits/")


def _bearer(prepared: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {prepared['token']}"}


def _as_before(stage: SmallDisk, prepared: dict[str, Any], told: set[str]) -> Iterator[Figure]:
    stage.make_room()
    took = wait_for(lambda: call_interface(stage, prepared, "after", 1), 60, "writing again")
    yield Figure("disk_full.writes_again", took <= 30, f"{took:.1f}s", "<=30s")
    for survey in prepared["ready"]:
        if survey["id"] not in told and received(send_survey(stage, survey)):
            told.add(survey["id"])
    found = {str(row[0]): tuple(row[1:]) for row in stage.rows(SURVEYS)}
    yield exactly("disk_full.received_at_last", len(told), len(prepared["ready"]))
    yield exactly("disk_full.lost", sum(found[each] == NOTHING for each in told), 0)
    yield exactly("disk_full.half_records", sum(row not in {WHOLE, NOTHING} for row in found.values()), 0)
