"""The demo's clock: what the services write down as "now" is the moment of the story."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone


@contextlib.contextmanager
def living_at(moment: datetime) -> Iterator[None]:
    """Let `django.utils.timezone.now()` tell this moment (with its zone) inside the block.

    Services, and columns filled by themselves (registered, made, recorded), read that clock: the demo's fourteen months then
    look as if they had been lived through. Only the command that fills in a demo uses this, in a process of its own. The audit
    keeps the database's own clock, and therefore the truth.
    """
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real
