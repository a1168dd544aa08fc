"""`manage.py create_clinic`: a clinic and its first administrator, asked for or given as options."""

from __future__ import annotations

import getpass
import os
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify

from clinic.models import Clinic, Organisation
from clinic.permissions import ADMINISTRATOR
from clinic.scoping import clinic_scope
from clinic.services.organisation import StaffRefused, add_staff, create_clinic
from clinic.writes import SYSTEM_COMMAND


class Command(BaseCommand):
    """Registration is closed: this is how a clinic comes into being."""

    help = "Create a clinic and its first administrator. What is not given as an option is asked for; CLINIC_PASSWORD gives the password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="the clinic's name")
        parser.add_argument("--slug", help="its part of every address: letters, digits, hyphens")
        parser.add_argument("--time-zone", help="e.g. Europe/Berlin")
        parser.add_argument("--country", default="DE", help="two letters; for telephone numbers without a prefix")
        parser.add_argument("--language", default="en")
        parser.add_argument("--organisation", help="an existing or new organisation; default: the clinic's name")
        parser.add_argument("--admin-email", help="the first administrator signs in with this address")
        parser.add_argument("--admin-name", help="the first administrator's name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"] or self._ask("Name of the clinic")
        slug = options["slug"] or self._ask("Its part of every address", slugify(name))
        zone = options["time_zone"] or self._ask("Time zone", "Europe/Berlin")
        email = options["admin_email"] or self._ask("E-mail address of the first administrator")
        person = options["admin_name"] or self._ask("Name of the first administrator")
        password = os.environ.get("CLINIC_PASSWORD") or self._ask_password()
        try:
            validate_email(email)
            with transaction.atomic():
                found = Organisation.objects.filter(name=options["organisation"] or name).first()
                clinic = create_clinic(
                    actor=SYSTEM_COMMAND,
                    organisation=found or Organisation.objects.create(name=options["organisation"] or name),
                    name=name,
                    slug=slug,
                    time_zone=zone,
                    country=options["country"],
                    language=options["language"],
                )
                self._add_administrator(clinic, email, person, password)
        except (ValidationError, StaffRefused) as refused:
            raise CommandError("; ".join(getattr(refused, "messages", [str(refused)]))) from None
        self.stdout.write(f"{name} stands at /c/{slug}/. {email} may sign in and add staff and devices.")

    def _add_administrator(self, clinic: Clinic, email: str, name: str, password: str) -> None:
        with clinic_scope(clinic.pk):
            add_staff(actor=SYSTEM_COMMAND, email=email, name=name, roles=[ADMINISTRATOR.key], password=password)

    def _ask(self, question: str, proposal: str = "") -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"Not given, and nobody to ask: {question}. See --help.")
        answer = input(f"{question} [{proposal}]: " if proposal else f"{question}: ").strip() or proposal
        return answer or self._ask(question, proposal)

    def _ask_password(self) -> str:
        if not sys.stdin.isatty():
            raise CommandError("Not given, and nobody to ask: the administrator's password. Set CLINIC_PASSWORD.")
        first = getpass.getpass("Password, 12 characters or more: ")
        if first != getpass.getpass("The same again: "):
            raise CommandError("The two passwords differ. Nothing was created.")
        return first
