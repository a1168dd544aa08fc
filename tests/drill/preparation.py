"""What the scenarios need, made by the services in a process of its own: the cast, surveys to submit, people to write to."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.test import Client
from django.utils import timezone

from clinic.api_tokens import create_api_token
from clinic.models import Clinic, Consent, Membership
from clinic.scoping import clinic_scope
from clinic.services.patients import record_consent, register_patient
from clinic.writes import SYSTEM_COMMAND
from outcomes.models.invitation import Mode
from outcomes.services.invitations import answers_hash, complete_answers, invite, save_survey_draft
from outcomes.survey import cookie
from sessions.models import Course, Device
from sessions.services.courses import open_course
from sessions.services.visits import walk_in
from tests.cast import PASSWORD, build_cast, give_password, move_to_noon

INSTRUMENTS = ["nprs-back-7d", "nprs-leg-7d"]
COURSES = 16


def _courses(number: int) -> list[Course]:
    return [_course(each) for each in range(number)]


def _course(number: int) -> Course:
    patient = register_patient(
        actor=SYSTEM_COMMAND,
        given_name="Invented",
        family_name=f"No {number}",
        email=f"p{number}@patients.example",
        birth_date=date(1960, 1, 1),
    )
    record_consent(actor=SYSTEM_COMMAND, patient=patient, purpose=Consent.Purpose.MESSAGES, given=True, text_version="test")
    return open_course(
        actor=SYSTEM_COMMAND,
        patient=patient,
        complaint=Course.Complaint.CHRONIC_LOW_BACK_PAIN,
        started_on=timezone.now().date() - timedelta(days=1),
        external_id=str(uuid4()),
    )


def surveys(number: int) -> dict[str, Any]:
    """As many surveys answered on their phones and not sent yet, a token for as many calls of the interface, and the courses."""
    cast = build_cast()
    move_to_noon(cast.harbour)
    with clinic_scope(cast.harbour.pk):
        courses = _courses(COURSES)
        token = create_api_token(actor=SYSTEM_COMMAND, membership=cast.therapist, name="drill")
    ready = []
    for each in range(number):
        with clinic_scope(cast.harbour.pk):
            ready.append(_answered(cast.harbour, courses[each % COURSES], each))
    return {"ready": ready, "token": token, "courses": [str(course.pk) for course in courses], "clinic": str(cast.harbour.pk)}


def _answered(clinic: Clinic, course: Course, number: int) -> dict[str, str]:
    day = date(2027, 1, 1) + timedelta(days=number // COURSES)
    invitation = invite(actor=SYSTEM_COMMAND, course=course, occasion="unscheduled", due_on=day, instruments=INSTRUMENTS)
    answers = {"nprs-back-7d": {"back": number % 11}, "nprs-leg-7d": {"leg": number % 7}}
    save_survey_draft(actor=SYSTEM_COMMAND, invitation=invitation, answers=answers)
    visitor = cookie.Visitor(
        prefix=clinic.link_prefix, invitation=str(invitation.pk), generation=1, mode=Mode.MAIL, language="en", begun=True
    )
    return {
        "id": str(invitation.pk),
        "cookie": f"{cookie.NAME}={signing.dumps(asdict(visitor), salt='backlight.survey')}",
        "shown": answers_hash(complete_answers(invitation, answers)),
    }


def messages(number: int) -> dict[str, Any]:
    """As many messages waiting to be sent, each to somebody else."""
    cast = build_cast()
    move_to_noon(cast.harbour)
    for each in range(number):
        with clinic_scope(cast.harbour.pk):
            invite(
                actor=SYSTEM_COMMAND,
                course=_course(each),
                occasion="baseline",
                due_on=timezone.now().date(),
                instruments=INSTRUMENTS,
                by_mail=True,
            )
    return {"clinic": str(cast.harbour.pk)}


def due(number: int) -> dict[str, Any]:
    """As many courses whose baseline is due and who agreed to messages; nobody has been invited yet."""
    cast = build_cast()
    move_to_noon(cast.harbour)
    with clinic_scope(cast.harbour.pk):
        _courses(number)
    return {"clinic": str(cast.harbour.pk)}


def signed_in(number: int) -> dict[str, Any]:
    """A therapist's cookie, as many visits that are open, and a password that signs in."""
    found = surveys(number)
    member = _therapist(found["clinic"])
    give_password(member)
    with clinic_scope(member.clinic_id):
        course = Course.objects.get(pk=found["courses"][0])
        visit = walk_in(actor=SYSTEM_COMMAND, course=course, therapist=member)
        device = Device.objects.get()
    browser = Client()
    browser.force_login(member.user)
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={browser.cookies[name].value}"
    return found | {
        "staff": cookie,
        "visit": str(visit.pk),
        "patient": str(course.patient_id),
        "email": member.user.email,
        "device": str(device.pk),
        "password": PASSWORD,
    }


def crashes(number: int) -> dict[str, Any]:
    """As many surveys, open visits to keep and to sign, and signed ones to amend."""
    found = signed_in(number)
    member = _therapist(found["clinic"])
    with clinic_scope(member.clinic_id):
        course = Course.objects.get(pk=found["courses"][0])
        for use in ("kept", "signed", "amended"):
            visits = [walk_in(actor=SYSTEM_COMMAND, course=course, therapist=member) for _each in range(number)]
            found[use] = [str(visit.pk) for visit in visits]
    return found


def _therapist(clinic_id: str) -> Membership:
    from uuid import UUID

    with clinic_scope(UUID(clinic_id)):
        found: Membership = Membership.objects.select_related("user", "clinic").get(user__email="therapist@harbour.example")
        return found


def kept(messages_waiting: int) -> dict[str, Any]:
    """What a backup is made of: the cast, answered surveys, messages that wait, and a member of staff who is signed in."""
    found = messages(messages_waiting)
    with clinic_scope(Clinic.objects.get(slug="harbour").pk):
        from outcomes.services.responses import record_response

        for number, course in enumerate(Course.objects.all()):
            record_response(
                actor=SYSTEM_COMMAND,
                course=course,
                answers={"nprs-back-7d": {"back": number % 11}},
                occasion="during",
                mode="tablet",
                answered_by="patient",
                occurred_at=timezone.now(),
                zone="UTC",
            )
    session = SessionStore()
    session["of"] = "somebody"
    session.create()
    return found


def tried_out() -> dict[str, Any]:
    """What people do, tried out and undone: the checks of a restore, but for the hold."""
    from clinic.backup import checks
    from outcomes import restore_checks

    found = [checks.contact_data(), checks.sign_in(), *restore_checks.everything()]
    return {check.name: [check.passed, check.found] for check in found}
