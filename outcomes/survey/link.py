"""The address that was mailed, shown as a QR code, or printed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic.links import enter_by_prefix
from clinic.models import Clinic
from clinic.permissions import patient_link
from clinic.requests import PatientRequest
from outcomes.models import Invitation
from outcomes.models.invitation import Mode
from outcomes.services.invitations import ask_for_new_link, find_by_token, is_usable, still_shows_course
from outcomes.survey.cookie import LANGUAGES, Visitor, remember, visitor_of
from outcomes.survey.pages import BECAUSE, asked_in, gone, page, to
from outcomes.survey.steps import minutes, steps_of

MODES_OF_A_LINK = {"qr": Mode.QR, "sms": Mode.SMS}


@csrf_exempt  # the secret in the address is the proof; its pages send no referrer, so that browsers name no origin either
@patient_link(BECAUSE)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: PatientRequest, token: str) -> HttpResponse:
    """The address that was mailed. Looking at it changes nothing; Start begins."""
    prefix, _dot, secret = token.partition(".")
    clinic = Clinic.objects.filter(link_prefix=prefix).first() if enter_by_prefix(prefix) else None
    invitation = find_by_token(secret) if clinic else None
    asked = request.POST if request.method == "POST" else request.GET
    language = asked.get("language", "")
    if language not in LANGUAGES:
        # A link that is gone answers in the reader's language: the patient's would tell it from an unknown one.
        language = invitation.course.patient.language if invitation and _is_alive(invitation) else translation.get_language() or "en"
    with translation.override(language if language in LANGUAGES else "en"):
        response = _link(request, clinic, invitation)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _link(request: PatientRequest, clinic: Clinic | None, invitation: Invitation | None) -> HttpResponse:
    pressed = request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    if pressed and "new_link" in request.POST:
        if invitation is not None:
            ask_for_new_link(actor=request.actor, invitation=invitation)
        return gone(request, clinic, status=200, asked_again=True)
    if invitation is None or not _is_alive(invitation):
        return gone(request, clinic, status=404, by_link=True)
    is_answered = invitation.state == Invitation.State.ANSWERED
    over = is_answered and not still_shows_course(invitation, timezone.now())
    if pressed and not over:
        response = to("survey")
        remember(response, _begin(request, invitation))
        return response
    if is_answered:
        return page(request, "answered", invitation.clinic, at=invitation.answered_at, over=over)
    asked = asked_in(invitation)
    shown: dict[str, Any] = {"count": len(steps_of(asked)), "minutes": minutes(asked), "by": request.GET.get("by", "")}
    return page(request, "start", invitation.clinic, **shown)


def _is_alive(invitation: Invitation) -> bool:
    return invitation.state == Invitation.State.ANSWERED or is_usable(invitation, timezone.now())


def _begin(request: PatientRequest, invitation: Invitation) -> Visitor:
    earlier = visitor_of(request)
    same = earlier is not None and (earlier.invitation, earlier.generation) == (str(invitation.pk), invitation.generation)
    draft = getattr(invitation, "draft", None)
    return Visitor(
        prefix=invitation.clinic.link_prefix,
        invitation=str(invitation.pk),
        generation=invitation.generation,
        mode=MODES_OF_A_LINK.get(request.POST.get("by", ""), Mode.MAIL),
        language=translation.get_language() or "en",
        begun=bool(same and earlier and earlier.begun) or not (draft and draft.answers),
        known=bool(same and earlier and earlier.known),
    )
