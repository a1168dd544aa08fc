"""Removing the demo: the invented clinics leave whole, with everything that was written down about them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from clinic.inbox import forget
from clinic.local.demo import Demo
from clinic.models import Clinic, PlatformEvent, User
from clinic.writes import Actor
from outcomes.selectors.demo import is_being_filled_in, patients_entered

RESTRICT_VIOLATION = "23001"


class DemoStays(ValueError):
    """The demo cannot be removed now; the message says why."""


@dataclass(frozen=True)
class Removed:
    """What is gone: numbers only."""

    clinics: int
    people: int
    rows: int


def remove_demo(*, actor: Actor, clinic: Clinic) -> Removed:
    """Delete every row of the invented clinics of this clinic's organisation, and the people who worked in no other.

    Their audit goes with them (docs/adr/0007), so this is noted for the platform instead, by numbers. Raises DemoStays for a real
    clinic, while the demo is being filled in, and when there is a patient whom the demo did not bring.
    """
    if not clinic.is_demo:
        raise DemoStays(_("This clinic is not a demo."))
    if is_being_filled_in():
        raise DemoStays(_("The demo is still being filled in. Try again in a few minutes."))
    if entered := patients_entered(clinic):
        raise DemoStays(_("People were added to this demo by hand (%(n)s). They might be real, so nothing is removed.") % {"n": entered})
    siblings = list(Clinic.objects.filter(organisation_id=clinic.organisation_id).values_list("pk", flat=True))
    removed = _remove(clinic.organisation_id)
    _end_sessions()
    for each in siblings:
        forget(each)
    if settings.DEMO:
        Demo.in_folder(settings.DATA_DIR).is_removed()
    PlatformEvent.objects.create(action="demo.remove", request_id=actor.request_id, address=actor.address, detail=vars(removed))
    return removed


def _remove(organisation_id: UUID) -> Removed:
    question = "SELECT (r ->> 'clinics')::int, (r ->> 'people')::int, (r ->> 'rows')::int FROM outcomes_remove_invented(%s) AS r"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(question, [organisation_id])
            return Removed(*cursor.fetchone())
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == RESTRICT_VIOLATION:
            raise DemoStays(_("This is not only a demo. Nothing was removed.")) from error
        raise


def _end_sessions() -> None:
    """A browser that is signed in as somebody who is gone is signed in no longer."""
    for row in Session.objects.all():
        who = row.get_decoded().get("_auth_user_id")
        if who and not User.objects.filter(pk=who).exists():
            row.delete()
