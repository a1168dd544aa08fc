"""Rebuild the outcome rows from the scores, or only say where they differ."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic.scoping import clinic_scope
from clinic.tasks import clinic_ids
from clinic.writes import SYSTEM_COMMAND
from outcomes.services.outcome_rows import drifted_rows, rebuild_outcome_rows


class Command(BaseCommand):
    """See the module's description."""

    help = "Rebuild the outcome rows of every clinic from its scores; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 when a row differs from the scores")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = rebuilt = 0
        for clinic_id in clinic_ids():
            with clinic_scope(clinic_id):
                drift = drifted_rows()
                for course_id, scale in drift:
                    self.stdout.write(f"differs: course {course_id}, scale {scale}")
                wrong += len(drift)
                if not options["check"]:
                    rebuilt += rebuild_outcome_rows(actor=SYSTEM_COMMAND)
        self.stdout.write(f"{wrong} rows differed" + ("" if options["check"] else f", {rebuilt} rows written"))
        if options["check"] and wrong:
            raise CommandError("The outcome rows differ from the scores. Run rebuild_outcomes.")
