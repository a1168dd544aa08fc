"""`make backup-key`, where there is no make: in a container, or on a server that is set up already."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from clinic.backup.key_pair import main


class Command(BaseCommand):
    help = "Make a pair of keys for backups. Do it on another computer than the server, and keep two copies of the private half."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="where to write the private half; must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        if failed := main([options["file"]]):
            sys.exit(failed)
