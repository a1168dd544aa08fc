"""`manage.py setup_token`: prints a code that opens the setup page, while the installation has no clinic."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic.services.setup import SetupRefused, make_code


class Command(BaseCommand):
    """Standard output is the only place where the code ever stands: the database keeps its hash."""

    help = "Print a new setup code, good for one day and one clinic. Earlier codes become void. Refused once there is a clinic."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = make_code()
        except SetupRefused:
            raise CommandError("There is a clinic already. Further ones: manage.py create_clinic.") from None
        self.stdout.write(f"Set up your clinic: {settings.SITE_URL}/setup/\nSetup code: {code}")
