"""`manage.py seed_scores`: a full house of invented scores, to measure against."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from clinic.models import Clinic
from outcomes.demo.load import SCORES_PER_COURSE, fill, open_clinics
from outcomes.progress import Progress


class Command(BaseCommand):
    """See the module's description."""

    help = "Copy invented scores into demo clinics of their own. Needs the database's owner; refused beside real clinics."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be chosen."""
        parser.add_argument("--scores", type=int, default=1_000_000, help="how many scores in all (default: 1,000,000)")
        parser.add_argument("--clinics", type=int, default=20, help="spread over so many clinics (default: 20)")
        parser.add_argument("--seed", type=int, default=1, help="another number gives other scores (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill clinic after clinic."""
        if Clinic.objects.filter(is_demo=False).exists():
            raise CommandError("There are clinics here that are not a demo. Invented scores need a database of their own.")
        if not _owns_the_tables():
            raise CommandError("Only the database's owner may copy past the services: set DATABASE_URL to the owner's.")
        courses = options["scores"] // (SCORES_PER_COURSE * options["clinics"])
        progress, written = Progress(sys.stderr, options["clinics"], "clinics"), 0
        for clinic in open_clinics(options["clinics"]):
            written += fill(clinic, courses, seed=options["seed"], ends=timezone.localdate())
            progress.advance()
        progress.close()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        self.stdout.write(f"{written} scores copied into {options['clinics']} clinics")


def _owns_the_tables() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])
