"""Real processes are killed and frozen while people work; the same scenarios as `make drill`, in small."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tests.drill import crashing, restoring, sending, writes
from tests.drill.__main__ import LARGE
from tests.drill.figures import Figure

SMALL: dict[str, Callable[[], Iterator[Figure]]] = {
    "postgres_killed": partial(writes.postgres_killed, 300, 1),
    "crashed": partial(crashing.crashed, 3),
    "submitted_at_once": partial(writes.submitted_at_once, 25, 8),
    "visit_signed_at_once": partial(writes.visit_signed_at_once, 20),
    "senders_killed": partial(sending.senders_killed, 300, 2),
    "two_schedulers": partial(sending.two_schedulers, 12, 2),
    "redis_dead": partial(sending.redis_gone, 20, 1, frozen=False),
    "redis_frozen": partial(sending.redis_gone, 20, 1, frozen=True),
    "restored": partial(restoring.restored, 5, 0, 3, 60),
}


def test_every_scenario_of_the_drill_runs_here_in_small() -> None:
    assert set(SMALL) == set(LARGE) - {"disk_full"}  # which mounts a disk: not everybody who runs the tests may


@pytest.mark.usefixtures("_template_is_kept")
@pytest.mark.parametrize("scenario", SMALL)
def test_what_was_promised_holds_when_a_process_is_lost(scenario: str) -> None:
    figures = list(SMALL[scenario]())
    assert figures
    assert [figure.line() for figure in figures if not figure.passed] == []
