"""`manage.py up`: starts Backlight on this machine. `manage.py` calls the supervisor before Django is loaded; this is its help."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from clinic.local.supervisor import main


class Command(BaseCommand):
    """Listed by `manage.py help`."""

    help = "Start everything on this machine (PORT=8000, DATA=./data, DEMO=1, DATABASE_URL, REDIS_URL, EMAIL_URL). Ctrl-C stops it."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until somebody stops it."""
        if code := main():
            raise SystemExit(code)
