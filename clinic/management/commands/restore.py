"""A backup into a new, empty database, with every check printed. Messages stay on hold until `manage.py release_hold`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import import_string

from clinic.backup.restoring import Check, Restored, RestoreRefused, failed, restore, same_database
from clinic.management.commands.backup import keys_of_environment
from clinic.services.operations import RESTORE, record_operation

_MANAGE = Path(settings.BASE_DIR) / "manage.py"


class Command(BaseCommand):
    help = "Restore a backup into the empty database of OWNER_DATABASE_URL, and check it as the serving role of DATABASE_URL."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument("--key", type=Path, required=True, help="the file of the private key, from `make backup-key`")
        parser.add_argument("--report", type=Path, help="write the checks into this file too, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        owner_url = os.environ.get("OWNER_DATABASE_URL", "")
        if not owner_url:
            raise CommandError("OWNER_DATABASE_URL is not set: the address of the empty database for the role that shall own it.")
        if not same_database(owner_url, os.environ["DATABASE_URL"]):
            raise CommandError("OWNER_DATABASE_URL and DATABASE_URL lead to different databases. Nothing was restored.")
        known: dict[str, list[str]] = {}
        for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations:
            known.setdefault(app, []).append(name)
        try:
            restored = restore(options["file"], options["key"], owner_url=owner_url, keys=keys_of_environment(), known=known)
        except RestoreRefused as refused:
            raise CommandError(f"Nothing was restored. {refused}") from None
        checks = [*restored.checks, *self._after(restored, owner_url, known)]
        self._tell(checks, options["report"], restored)

    def _after(self, restored: Restored, owner_url: str, known: dict[str, list[str]]) -> list[Check]:
        """Bring an older backup up to this version, then try out what people do."""
        applied = {(app, name) for app, names in restored.manifest.migrations.items() for name in names}
        newer = {(app, name) for app, names in known.items() for name in names} - applied
        checks = []
        if newer:
            environment = {**os.environ, "DATABASE_URL": owner_url, "DATABASE_POOL": "0"}
            done = subprocess.run([sys.executable, str(_MANAGE), "migrate", "--verbosity=0"], env=environment, check=False)
            checks.append(Check("migrated_forward", done.returncode == 0, f"{len(newer)} migrations of this version"))
            if done.returncode != 0:
                return checks
        for name in settings.RESTORE_CHECKS:
            try:
                checks += import_string(name)()
            except Exception as error:  # noqa: BLE001 - a check that breaks is a check that failed; the others still count
                checks.append(failed(name.split(".")[0], f"{type(error).__name__} while it was tried out"))
        connection.close()
        return checks

    def _tell(self, checks: list[Check], report: Path | None, restored: Restored) -> None:
        wrong = [check for check in checks if not check.passed]
        for check in checks:
            self.stdout.write(f"{check.name} {'PASS' if check.passed else 'FAIL'} {check.found}")
        said = {check.name: {"passed": check.passed, "found": check.found} for check in checks}
        if report is not None:
            report.write_text(json.dumps({"backup": restored.manifest.made_at, "checks": said}, indent=1) + "\n", encoding="utf-8")
        record_operation(kind=RESTORE, succeeded=not wrong, made_at=restored.manifest.made_at, failed=[check.name for check in wrong])
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(checks)} checks failed. Do not work with this database.")
        self.stdout.write(f"Restored: the backup of {restored.manifest.made_at}. No message leaves until `manage.py release_hold`.")
