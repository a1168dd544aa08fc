"""Staff put a survey before the patient: own phone, the clinic's tablet, read out, or paper."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import CharField
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.models import Message
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest
from clinic.selectors.patients import may_message, person
from outcomes.forms.answers import EntryForm, InstrumentForm
from outcomes.models import Invitation
from outcomes.models.invitation import Mode
from outcomes.qr import qr_svg
from outcomes.registry import instruments
from outcomes.selectors.due import offer_now, open_invitation
from outcomes.services.invitations import (
    AlreadyAnswered,
    InvitationRefused,
    LinkGone,
    ask_for_new_link,
    is_usable,
    link_of,
    revoke,
    send_link,
    submit,
)
from outcomes.services.offers import hand_over_tablet, offer_survey
from outcomes.services.responses import AnswersRefused
from outcomes.survey.cookie import LANGUAGES, Visitor, remember
from outcomes.survey.steps import minutes, steps_of
from sessions.models import Visit

WAITING = (Message.State.DUE, Message.State.SENDING)
_CODE = re.compile("[0-9a-f]{8}", re.ASCII)
WAYS = {"read_aloud": Mode.READ_ALOUD, "paper": Mode.PAPER}


@requires(Permission.HAND_OUT_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def due_surveys(request: StaffRequest, clinic: str, visit: UUID) -> HttpResponse:
    """What is due for the patient who has just arrived, and the ways to answer it."""
    found = get_object_or_404(Visit.objects.select_related("course__patient"), pk=visit)
    if request.method == "POST":
        offer_survey(actor=request.actor, visit=found)
        return redirect("due_surveys", clinic=clinic, visit=found.pk)
    place, course = request.clinic, found.course
    invitation = open_invitation(course.pk, timezone.now())
    who = person(course.patient_id)
    record_read(actor=request.actor, patient_id=course.patient_id, action="survey.offer")
    page: dict[str, Any] = {"visit": found, "person": who, "invitation": invitation, "demo_link": ""}
    if invitation is not None:
        asked = [instruments()[key] for key in invitation.instruments if key in instruments()]
        link = link_of(invitation)
        page |= {
            "names": [each.label(request.LANGUAGE_CODE) for each in asked],
            "count": len(steps_of(asked)),
            "minutes": minutes(asked),
            "qr": qr_svg(f"{link}?by=qr"),
            "begun": getattr(invitation, "draft", None) is not None,
            "mail_allowed": bool(who.message_address) and may_message(course.patient_id),
            "demo_link": f"{link.removeprefix(settings.SITE_URL)}?by=qr" if settings.DEMO else "",
        }
    else:
        page["offer"] = offer_now(course, place.zone, place.today())
    return render(request, "outcomes/due_surveys.html", page)


def _open_one(invitation: UUID) -> Invitation:
    """The invitation, if it can be answered now; 404 otherwise, as for one that does not exist."""
    found: Invitation = get_object_or_404(Invitation.objects.select_related("clinic", "course__patient", "visit"), pk=invitation)
    if not is_usable(found, timezone.now()):
        raise Http404
    return found


def _back(clinic: str, invitation: Invitation) -> HttpResponse:
    if invitation.visit_id is not None:
        return redirect("due_surveys", clinic=clinic, visit=invitation.visit_id)
    return redirect("today", clinic=clinic)


@requires(Permission.HAND_OUT_SURVEYS)
@require_POST
def hand_over(request: StaffRequest, clinic: str, invitation: UUID) -> HttpResponse:
    """Turn this browser into the patient's: the staff's session ends here, the survey begins."""
    found = _open_one(invitation)
    hand_over_tablet(actor=request.actor, invitation=found)
    language = found.course.patient.language
    visitor = Visitor(
        prefix=found.clinic.link_prefix,
        invitation=str(found.pk),
        generation=found.generation,
        mode=Mode.TABLET,
        language=language if language in LANGUAGES else found.clinic.language,
        begun=True,  # staff see who sits before them
    )
    logout(request)
    response = redirect("survey")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    remember(response, visitor)
    return response


@requires(Permission.HAND_OUT_SURVEYS)
@require_POST
def mail_link(request: StaffRequest, clinic: str, invitation: UUID) -> HttpResponse:
    """Put the link into the outbox; it goes to the stored address. One that has left already is replaced by a new one."""
    found = _open_one(invitation)
    if not may_message(found.course.patient_id):
        messages.error(request, _("The patient has not agreed to messages."))
    elif send_link(actor=request.actor, invitation=found).state in WAITING:
        messages.success(request, _("The link is in the outbox."))
    elif ask_for_new_link(actor=request.actor, invitation=found):
        messages.success(request, _("An earlier mail has left already. A new link is in the outbox; the earlier one no longer works."))
    else:
        messages.error(request, _("Nothing was sent: new links have gone out three times today, or this survey is too old."))
    return _back(clinic, found)


@requires(Permission.HAND_OUT_SURVEYS)
@require_POST
def withdraw(request: StaffRequest, clinic: str, invitation: UUID) -> HttpResponse:
    """Withdraw a survey that is not answered: its link stops working."""
    found = _open_one(invitation)
    try:
        revoke(actor=request.actor, invitation=found)
    except InvitationRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Withdrawn. Its link no longer works."))
    return _back(clinic, found)


@requires(Permission.ENTER_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter_answers(request: StaffRequest, clinic: str, invitation: UUID, how: str) -> HttpResponse:
    """Staff enter what the patient says or has written. Blank stays blank."""
    found = _open_one(invitation)
    if how not in WAYS:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    language = found.course.patient.language if how == "paper" else request.LANGUAGE_CODE
    asked = [instruments()[key] for key in found.instruments if key in instruments()]
    forms = [InstrumentForm(posted, instrument=each, language=language, may_be_blank=True) for each in asked]
    about = EntryForm(posted, how=how, now=timezone.now())
    if posted is not None and all([about.is_valid(), *(form.is_valid() for form in forms)]):
        if any(answer is not None for form in forms for answer in form.answers().values()):
            return _entered(request, clinic, found, how, forms, about, language)
        about.add_error(None, _("No answer is entered, so nothing was stored. Does the patient not want to answer? Withdraw the survey."))
    record_read(actor=request.actor, patient_id=found.course.patient_id, action="survey.enter")
    page = {"invitation": found, "person": person(found.course.patient_id), "forms": forms, "about": about, "how": how}
    return render(request, "outcomes/enter_answers.html", page, status=200 if posted is None else 422)


def _entered(
    request: StaffRequest, clinic: str, found: Invitation, how: str, forms: list[InstrumentForm], about: EntryForm, language: str
) -> HttpResponse:
    member = request.membership
    try:
        submit(
            actor=request.actor,
            invitation_id=found.pk,
            mode=WAYS[how],
            answered_by=about.who,
            answers={form.instrument.key: form.answers() for form in forms},
            language=language,
            layout=how,
            occurred_at=about.cleaned_data.get("occurred_at"),
            recorded_by=member,
        )
    except (AlreadyAnswered, LinkGone, AnswersRefused):
        messages.error(request, _("This survey was answered or withdrawn meanwhile. Nothing was stored."))
    else:
        messages.success(request, _("The answers are stored."))
    return _back(clinic, found)


@requires(Permission.HAND_OUT_SURVEYS)
@require_safe
def paper(request: StaffRequest, clinic: str, invitation: UUID) -> HttpResponse:
    """The survey as a paper form, with a code and without a name."""
    found = _open_one(invitation)
    language = found.course.patient.language
    asked = [instruments()[key] for key in found.instruments if key in instruments()]
    forms = [InstrumentForm(instrument=each, language=language) for each in asked]
    return render(request, "outcomes/paper.html", {"forms": forms, "code": paper_code(found), "invitation": found})


@requires(Permission.ENTER_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_entry(request: StaffRequest, clinic: str) -> HttpResponse:
    """Find the survey that a returned paper form belongs to, by its code."""
    code = request.POST.get("code", "").replace("-", "").replace(" ", "").lower()
    if request.method == "POST":
        rows = Invitation.objects.annotate(text=Cast("id", CharField())).filter(text__endswith=code)
        open_ones = rows.filter(state=Invitation.State.OPEN, expires_at__gt=timezone.now())
        found = open_ones.first() if _CODE.fullmatch(code) else None
        if found is not None:
            return redirect("enter_answers", clinic=clinic, invitation=found.pk, how="paper")
    page = {"code": request.POST.get("code", "")[:20], "unknown": request.method == "POST"}
    return render(request, "outcomes/paper_entry.html", page, status=422 if page["unknown"] else 200)


def paper_code(invitation: Invitation) -> str:
    """The code printed on the paper form: the last eight digits of the invitation's id."""
    digits = str(invitation.pk)[-8:].upper()
    return f"{digits[:4]}-{digits[4:]}"
