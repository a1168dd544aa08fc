"""Tell the running installation that one of its backups was restored elsewhere, and how that ended."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic.services.operations import RESTORE_TEST, record_operation


class Command(BaseCommand):
    help = "Note the report of a test restore (`manage.py restore --report FILE` on another computer) in this installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("report", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            said = json.loads(options["report"].read_text(encoding="utf-8"))
            failed = sorted(str(name) for name, check in said["checks"].items() if check["passed"] is not True)
            made_at = str(said["backup"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise CommandError("This file is no report of a restore.") from None
        record_operation(kind=RESTORE_TEST, succeeded=not failed and bool(said["checks"]), made_at=made_at[:40], failed=failed[:20])
        self.stdout.write(f"Noted: the backup of {made_at} was restored, {len(failed)} checks failed.")
