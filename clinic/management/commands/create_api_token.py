"""A key for a program that speaks for one member of one clinic: printed once, stored as a hash only."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic.api_scopes import EVERY_SCOPE
from clinic.api_tokens import MOST_DAYS, USUAL_DAYS, create_api_token
from clinic.models import Clinic, Membership
from clinic.scoping import clinic_scope
from clinic.writes import SYSTEM_COMMAND


class Command(BaseCommand):
    help = "Create a token for the API. It may do what the member may do, in this clinic only, and is printed this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clinic", required=True, help="the clinic's short name, as in its addresses")
        parser.add_argument("--email", required=True, help="the member it speaks for")
        parser.add_argument("--name", required=True, help="what it is for, shown in lists")
        parser.add_argument("--days", type=int, default=USUAL_DAYS, help=f"valid for so many days, at most {MOST_DAYS}")

        parser.add_argument("--scope", nargs="*", choices=EVERY_SCOPE, default=EVERY_SCOPE, help="what it may touch; every area without it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["days"] <= MOST_DAYS:
            raise CommandError(f"--days lies between 1 and {MOST_DAYS}.")
        clinic = Clinic.objects.filter(slug=options["clinic"]).first()
        if clinic is None:
            raise CommandError("There is no clinic of this name.")
        with clinic_scope(clinic.pk):
            members = Membership.objects.select_related("clinic", "user")
            member = members.filter(user__email=options["email"].strip().casefold(), is_active=True).first()
            if member is None:
                raise CommandError("Nobody with this address works in this clinic.")
            asked = {"name": options["name"][:100], "days": options["days"], "scopes": options["scope"]}
            token = create_api_token(actor=SYSTEM_COMMAND, membership=member, **asked)
        self.stdout.write(token)
