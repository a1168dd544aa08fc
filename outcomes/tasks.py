"""Background work of the top floor. Beat calls; which clinics there are and what is due stands in the database."""

from __future__ import annotations

from celery import shared_task

from clinic.models import Clinic
from clinic.scoping import current_clinic_id
from clinic.services.signs_of_life import INVITER, say
from clinic.tasks import in_every_clinic
from clinic.writes import SYSTEM_TASK
from outcomes.demo.filling import fill_in_when_wished
from outcomes.services.erasing import delete_records_past_their_time, keep_ledger
from outcomes.services.offers import invite_by_mail


@shared_task
def invite_due_in_every_clinic() -> None:
    """Invite who is due and agreed to messages. Called twice at once it invites once."""
    say(INVITER, invited=in_every_clinic(_invite_due))


def _invite_due() -> int:
    return invite_by_mail(actor=SYSTEM_TASK, today=Clinic.objects.get(pk=current_clinic_id()).today())


@shared_task
def fill_in_the_demo() -> None:
    """Write a part of the demo that the setup asked for, until it is complete. Nothing to do in every other installation."""
    fill_in_when_wished()


@shared_task
def write_erasure_ledger() -> int:
    """Bring erasures into the file beside the database, where they are missing there; how many."""
    return in_every_clinic(keep_ledger)


@shared_task
def delete_records_of_the_erased() -> int:
    """Delete what had to be kept of people who were erased, when its time is over; how many."""
    return in_every_clinic(_delete_records)


def _delete_records() -> int:
    return delete_records_past_their_time(actor=SYSTEM_TASK, today=Clinic.objects.get(pk=current_clinic_id()).today())
