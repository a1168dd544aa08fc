"""`manage.py seed_demo`: fills two invented clinics, today's patients first."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic.local.demo import PASSWORD
from clinic.models import Clinic
from outcomes.demo.house import open_house
from outcomes.demo.seeding import seed_episodes, story_told_here
from outcomes.demo.story import SLICE, tell
from outcomes.progress import Progress


class Command(BaseCommand):
    """Builds the demo through the services. May be repeated: what is there stays, what is missing is added."""

    help = "Fill in the demo: two invented clinics over fourteen months, ending today."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be chosen."""
        parser.add_argument("--today", action="store_true", help="only the clinics, their staff and the patients of today")
        parser.add_argument("--episodes", type=int, default=240, help="courses of care, today's included (default: 240)")
        parser.add_argument("--seed", type=int, default=1, help="another number is another story (default: 1)")
        parser.add_argument("--date", type=date.fromisoformat, help="the last day of the story (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build what is missing. Refuses beside real clinics: the demo's password is public."""
        if Clinic.objects.filter(is_demo=False).exists():
            raise CommandError("There are clinics here that are not a demo. The demo's password is public: use a database of its own.")
        houses = open_house(PASSWORD)
        seed, day = options["seed"], options["date"] or datetime.now(ZoneInfo("Europe/Berlin")).date()
        told = story_told_here(houses)
        if told is not None:
            if told[0] != seed:
                raise CommandError(f"This demo was begun with --seed {told[0]}.")
            day = told[1]  # begun before midnight, or yesterday: the story keeps its last day
        number = min(options["episodes"], SLICE) if options["today"] else options["episodes"]
        progress = Progress(sys.stderr, number, "courses")
        for done in seed_episodes(houses, tell(seed, day, number), seed, day):
            progress.advance(done)
        progress.close()
        self.stdout.write(f"{number} courses of care until {day} are there.")
