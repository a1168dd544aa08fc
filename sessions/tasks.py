"""Background work of the middle floor. Beat calls; what is over stands in the database."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from clinic.models import Clinic
from clinic.scoping import current_clinic_id
from clinic.tasks import in_every_clinic
from clinic.writes import SYSTEM_TASK
from sessions.selectors.visits import day_bounds
from sessions.services.reminders import queue_reminders
from sessions.services.visits import mark_yesterdays_missed


@shared_task
def mark_missed_in_every_clinic() -> None:
    """Booked visits of days that are over, by each clinic's own clock, become no-shows. Called twice it changes nothing more."""
    in_every_clinic(_mark_missed)


def _mark_missed() -> int:
    clinic = Clinic.objects.get(pk=current_clinic_id())
    midnight, _next_midnight = day_bounds(clinic.today(), clinic.zone)
    return mark_yesterdays_missed(actor=SYSTEM_TASK, before=midnight)


@shared_task
def remind_in_every_clinic() -> None:
    """Put reminders of visits to come into the outbox, where the clinic wants that. Called twice it makes each once."""
    in_every_clinic(lambda: queue_reminders(actor=SYSTEM_TASK, now=timezone.now()))
