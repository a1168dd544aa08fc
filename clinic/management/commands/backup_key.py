"""A pair of keys for backups: the public half for the server, the private half for a safe place elsewhere."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from pyrage import x25519


class Command(BaseCommand):
    help = "Make a pair of keys for backups. Do it on another computer than the server, and keep two copies of the private half."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to write the private half; must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        pair, path = x25519.Identity.generate(), options["file"]
        public = str(pair.to_public())
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(f"# created: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n# public key: {public}\n{pair}\n")
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}. Nothing was made.") from None
        self.stderr.write(f"The private half is in {path}. Whoever has it reads every backup; without it no backup can be read.")
        self.stderr.write("The public half, for the server's environment:")
        self.stdout.write(f"BACKUP_PUBLIC_KEY={public}")
