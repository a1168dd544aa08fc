"""Celery's scheduler, saying that it works each time it looks at the clock."""

from __future__ import annotations

import time
from typing import Any

from celery.beat import PersistentScheduler
from django.db import DatabaseError, connection

from clinic.services.signs_of_life import BEAT, say_now_and_then


class Scheduler(PersistentScheduler):
    """As Celery's own. It looks at the clock at least every `max_interval` seconds, so a silence means that it hangs or is gone."""

    max_interval = 5

    def tick(self, *args: Any, **options: Any) -> Any:
        """Say that the scheduler works, then do what is due. A database that is away is no reason to stop."""
        try:
            say_now_and_then(BEAT)
        except DatabaseError:
            connection.close()
        return super().tick(*args, **options)

    def apply_async(self, entry: Any, *args: Any, **options: Any) -> Any:
        """Send a task with the time at which it was sent, so that the worker can say how long it waited."""
        entry.options = {**(entry.options or {}), "headers": {"sent_at": time.time()}}
        return super().apply_async(entry, *args, **options)
