"""What has to work after a restore, on the floor of the answers: links lead somewhere, a survey can be sent. All of it is undone."""

from __future__ import annotations

from django.utils import timezone

from clinic.api_tokens import hash_token
from clinic.backup.checks import undone
from clinic.backup.restoring import Check, failed, passed
from clinic.models import Clinic
from clinic.scoping import clinic_scope
from clinic.writes import SYSTEM_COMMAND
from outcomes.instruments import Instrument
from outcomes.models import Invitation, Response
from outcomes.models.invitation import Mode, Occasion
from outcomes.models.response import AnsweredBy
from outcomes.registry import instruments
from outcomes.services.invitations import invite, submit, token_of
from sessions.models import Course

_LINKS = 100


def everything() -> list[Check]:
    """The checks of this floor."""
    return [links(), survey_submit()]


def links() -> Check:
    """Links that were mailed still lead to their surveys: their secrets are derived from TOKEN_KEY."""
    looked_at = 0
    for clinic in Clinic.objects.all():
        with clinic_scope(clinic.pk):
            for invitation in Invitation.objects.order_by("-pk")[:_LINKS]:
                looked_at += 1
                if hash_token(token_of(invitation)) != invitation.token_hash:
                    return failed("links", "TOKEN_KEY is not the one that the mailed links were made with")
    return passed("links", f"{looked_at} lead to their surveys")


def survey_submit() -> Check:
    """A patient's survey is received and scored, and undone."""
    asked = next((each for each in instruments().values() if each.can_be_asked and each.confirm_none is None), None)
    for clinic in Clinic.objects.all():
        with clinic_scope(clinic.pk):
            course = Course.objects.order_by("-pk").first()
        if course is not None and asked is not None:
            with undone(), clinic_scope(clinic.pk):
                return _submitted(course, asked)
    return passed("survey_submit", "there is no course yet")


def _submitted(course: Course, instrument: Instrument) -> Check:
    today = timezone.now().date()
    invitation = invite(
        actor=SYSTEM_COMMAND, course=course, occasion=Occasion.UNSCHEDULED, due_on=today, instruments=[instrument.key], days=1
    )
    answers = {instrument.key: {item.id: item.minimum for item in instrument.items}}
    already = invitation.state != Invitation.State.OPEN
    if not already:
        receipt = submit(
            actor=SYSTEM_COMMAND, invitation_id=invitation.pk, mode=Mode.TABLET, answered_by=AnsweredBy.PATIENT, answers=answers
        ).receipt
    stored = already or Response.objects.filter(receipt=receipt).count() == len(invitation.instruments)
    return Check("survey_submit", stored, "received, scored and undone" if stored else "it was not stored")
