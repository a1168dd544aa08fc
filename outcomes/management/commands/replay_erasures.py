"""Erase again whom the erasure ledger names, when it was put in its place only after a restore."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from outcomes.erasing.replay import everything


class Command(BaseCommand):
    help = "Erase again whom the erasure ledger (ERASURE_LEDGER) names. `manage.py restore` does it by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        for check in everything():
            if not check.passed:
                raise CommandError(check.found)
            self.stdout.write(check.found)
