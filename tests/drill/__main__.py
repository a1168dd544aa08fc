"""`make drill`: every fault in its full size. ONLY=name runs one; OUT=file writes the findings as JSON too.

One line each, `NAME PASS|FAIL figure limit`; exit code 1 when one failed. What is printed is also the evidence a clinic can keep.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

from tests.drill import crashing, filling, restoring, sending, writes
from tests.drill.figures import Figure

LARGE: dict[str, Callable[[], Iterator[Figure]]] = {
    "postgres_killed": partial(writes.postgres_killed, 2000, 3),
    "crashed": partial(crashing.crashed, crashing.SUBJECTS),
    "submitted_at_once": partial(writes.submitted_at_once, 200, 8),
    "visit_signed_at_once": partial(writes.visit_signed_at_once, 50),
    "senders_killed": partial(sending.senders_killed, 500, 5),
    "two_schedulers": partial(sending.two_schedulers, 100, 2),
    "redis_dead": partial(sending.redis_gone, 60, 60, frozen=False),
    "redis_frozen": partial(sending.redis_gone, 60, 60, frozen=True),
    "disk_full": partial(filling.disk_full, 400),
    "restored": partial(restoring.restored, 50, 2000, 60, 900),
}


def _findings(name: str, scenario: Callable[[], Iterator[Figure]]) -> Iterator[Figure]:
    """What a scenario finds; breaking off is a finding too."""
    try:
        yield from scenario()
    except (OSError, RuntimeError, TimeoutError) as error:
        print(error, file=sys.stderr)
        yield Figure(f"{name}.finished", passed=False, figure=type(error).__name__, limit="=yes")


def main() -> int:
    """Run what was asked for; the exit code."""
    only = os.environ.get("ONLY", "")
    if only and only not in LARGE:
        print(f"ONLY={only} is none of: {', '.join(LARGE)}", file=sys.stderr)
        return 2
    found: list[Figure] = []
    for name, scenario in LARGE.items():
        if not only or name == only:
            began = time.monotonic()
            for figure in _findings(name, scenario):
                print(figure.line(), flush=True)
                found.append(figure)
            print(f"# {name} took {time.monotonic() - began:.0f} s", flush=True)
    if os.environ.get("OUT"):
        Path(os.environ["OUT"]).write_text(json.dumps([asdict(figure) for figure in found], indent=1) + "\n", encoding="utf-8")
    return int(any(not figure.passed for figure in found))


if __name__ == "__main__":
    sys.exit(main())
