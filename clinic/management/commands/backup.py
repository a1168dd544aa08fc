"""One encrypted backup of everything, and the oldest ones forgotten."""

from __future__ import annotations

import shutil
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from clinic.backup.making import BackupFailed, Wish, back_up
from clinic.services.operations import BACKUP, record_operation


def keys_of_environment() -> dict[str, list[str]]:
    """The keys without which a restored database cannot be used, by the names of their settings."""
    return {"FIELD_KEYS": list(settings.FIELD_KEYS), "TOKEN_KEY": [settings.TOKEN_KEY]}


class Command(BaseCommand):
    help = "Write an encrypted backup of the whole database into BACKUP_DIR and keep the newest BACKUP_KEEP. Meant for a timer."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=Path(settings.BACKUP_DIR), help="folder; default: BACKUP_DIR")
        parser.add_argument("--keep", type=int, default=settings.BACKUP_KEEP, help="how many to keep; default: BACKUP_KEEP")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BACKUP_DATABASE_URL:
            raise CommandError("BACKUP_DATABASE_URL is not set: the address of the database for the role backlight_backup.")
        wish = Wish(
            url=settings.BACKUP_DATABASE_URL,
            public_keys=settings.BACKUP_PUBLIC_KEY,
            folder=options["to"],
            keep=options["keep"],
            sampled=settings.BACKUP_SAMPLED_TABLES,
            keys=keys_of_environment(),
        )
        began = time.monotonic()
        try:
            made = back_up(wish)
        except BackupFailed as failure:
            self._note(succeeded=False, why=str(failure)[:200])
            raise CommandError(f"No backup was made. {failure}") from None
        seconds = round(time.monotonic() - began, 1)
        self._note(succeeded=True, file=made.path.name, bytes=made.size, rows=made.rows, tables=made.tables, seconds=seconds)
        self.stdout.write(f"{made.path}: {made.rows} rows of {made.tables} tables, {made.size / 1e6:.1f} MB in {seconds} s")
        ledger = Path(settings.ERASURE_LEDGER)
        if ledger.is_file():  # whoever carries backups elsewhere carries it along; ids and dates, in the clear
            shutil.copyfile(ledger, options["to"] / ledger.name)
        for old in made.removed:
            self.stdout.write(f"{old.name} was removed: the newest {options['keep']} are kept")

    def _note(self, *, succeeded: bool, **detail: Any) -> None:
        try:
            record_operation(kind=BACKUP, succeeded=succeeded, **detail)
        except DatabaseError as error:
            self.stderr.write(f"It could not be noted in the database: {type(error).__name__}")
