"""Send what is due in the outbox; with --loop again and again, which works without any broker."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connections

from clinic.tasks import poll, send_everything_due

PAUSE_S = 2.0
LONGEST_PAUSE_S = 30.0

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """See the module's description."""

    help = "Send the messages that are due."
    # `migrate` runs all checks before anything is started. Here they would load every page, 26 MB in a process that shows none.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="look again every two seconds, until told to stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["loop"]:
            self.stdout.write(f"{send_everything_due()} sent")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        pause = PAUSE_S
        while not stop.wait(pause):
            pause = self._look(pause)

    def _look(self, pause: float) -> float:
        try:
            poll()
        except DatabaseError as error:
            # The database may be away for a while; what is due waits in it.
            log.warning("outbox: %s", type(error).__name__)
            connections.close_all()
            return min(pause * 2, LONGEST_PAUSE_S)
        return PAUSE_S
