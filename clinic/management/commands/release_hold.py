"""Let messages leave again after a restore."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic.models import Clinic
from clinic.scoping import clinic_scope
from clinic.services.message_hold import release_hold
from clinic.writes import SYSTEM_COMMAND


class Command(BaseCommand):
    help = "Let messages leave again after a restore. Look at the outbox first: what waits there may have been sent before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clinic", help="one clinic's short name; default: all")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--send-waiting", action="store_true", help="send what has waited since before the restore")
        what.add_argument("--withdraw-waiting", action="store_true", help="withdraw what has waited since before the restore")

    def handle(self, *args: Any, **options: Any) -> None:
        clinics = list(Clinic.objects.filter(**({"slug": options["clinic"]} if options["clinic"] else {})))
        if not clinics:
            raise CommandError("There is no clinic of this name.")
        for clinic in clinics:
            with clinic_scope(clinic.pk):
                number = release_hold(actor=SYSTEM_COMMAND, withdraw_waiting=options["withdraw_waiting"])
            self.stdout.write(f"{clinic.slug}: messages leave again; {number} {'withdrawn' if options['withdraw_waiting'] else 'waiting'}")
