"""Putting a due survey before the patient: on arrival, on the clinic's tablet, and by mail when nobody is in the room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from clinic.models import Clinic, Consent
from clinic.scoping import current_clinic_id
from clinic.selectors.patients import identities
from clinic.writes import Actor, audited, nothing_to_write, writes
from outcomes.models import Invitation
from outcomes.models.invitation import Occasion
from outcomes.schedule import DueAssessment
from outcomes.selectors.due import assessments, course_facts, occasion_of, offer_now, open_invitation
from outcomes.services.invitations import invite
from sessions.models import Course, Visit

# Before visits the survey is offered in the room. By mail goes what nobody is in the room for.
MAILED = frozenset({Occasion.BASELINE, Occasion.DISCHARGE, Occasion.MONTH_3, Occasion.MONTH_6, Occasion.MONTH_12})
BASELINE_MAIL_DAYS = 3
# The last follow-up is at twelve months, give or take sixty days.
LONGEST_DAYS = 366 + 60
# So many are written in one transaction: while it lasts, nobody else can change whom it is about. The next ones go a little later.
MOST_AT_ONCE = 1000


@writes("survey.offer")
def offer_survey(*, actor: Actor, visit: Visit) -> Invitation | None:
    """The survey to put before the patient of this visit today: the one that is open, or a new one; None when nothing is due."""
    nothing_to_write()
    clinic = Clinic.objects.get(pk=current_clinic_id())
    course = Course.objects.select_related("patient").get(pk=visit.course_id)
    offer = offer_now(course, clinic.zone, clinic.today())
    if offer is None:
        return None
    open_now = open_invitation(course.pk, timezone.now(), occasion=offer.occasion)
    if open_now is not None:
        return open_now
    made = invite(actor=actor, course=course, occasion=offer.occasion, due_on=offer.due_on, instruments=offer.instruments, visit=visit)
    return made if made.state == Invitation.State.OPEN else None


@writes("survey.hand_over")
def hand_over_tablet(*, actor: Actor, invitation: Invitation) -> None:
    """Leave a trace of who gave the tablet to whom."""
    audited(invitation)


@writes("invitation.due_by_mail")
def invite_by_mail(*, actor: Actor, today: date) -> int:
    """Mail what is due in the open clinic to those who agreed; how many were invited.

    Run twice it does nothing the second time: what was asked for before, answered or not, is not asked for again. After many were
    imported, each run invites the next MOST_AT_ONCE of them.
    """
    nothing_to_write()
    clinic = Clinic.objects.get(pk=current_clinic_id())
    running = Q(ended_on=None) | Q(ended_on__gt=today - timedelta(days=LONGEST_DAYS))
    courses = list(Course.objects.filter(running, patient_id__in=_agreeing()).select_related("patient"))
    facts = course_facts(courses, clinic.zone)
    wanted = [(course, item) for course in courses for item in assessments(course, facts[course.pk], today) if _to_mail(item, today)]
    asked = _asked(course.pk for course, _item in wanted)
    made = 0
    for start in range(0, len(wanted), MOST_AT_ONCE):
        some = wanted[start : start + MOST_AT_ONCE]
        people = identities({course.patient_id for course, item in some if (course.pk, occasion_of(item)) not in asked})
        for course, item in some:
            key, person = (course.pk, occasion_of(item)), people.get(course.patient_id)
            if key in asked or person is None or not person.message_address:
                continue
            asked.add(key)
            invite(actor=actor, course=course, occasion=key[1], due_on=item.due_on, instruments=item.outstanding, by_mail=True)
            made += 1
            if made == MOST_AT_ONCE:
                return made
    return made


def _agreeing() -> list[UUID]:
    rows = Consent.objects.filter(purpose=Consent.Purpose.MESSAGES).order_by("patient_id", "-recorded_at", "-id").distinct("patient_id")
    return [row.patient_id for row in rows if row.given]


def _to_mail(item: DueAssessment, today: date) -> bool:
    early = timedelta(days=BASELINE_MAIL_DAYS if item.occasion == Occasion.BASELINE else 0)
    return item.state == "due" and occasion_of(item) in MAILED and today >= item.due_on - early


def _asked(course_ids: Iterable[UUID]) -> set[tuple[UUID, str]]:
    rows = Invitation.objects.filter(course_id__in=list(course_ids))
    return set(rows.values_list("course_id", "occasion"))
