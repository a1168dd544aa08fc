"""The answers at a glance, their sending, and the receipt."""

from __future__ import annotations

import functools
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST

from clinic.links import enter_by_prefix
from clinic.models import Clinic
from clinic.permissions import patient_link
from clinic.reads import record_read
from clinic.requests import PatientRequest
from outcomes.forms.answers import BirthYearForm, InstrumentForm, WhoAnsweredForm
from outcomes.selectors.own_trend import answer_words, own_lines
from outcomes.services.invitations import (
    AlreadyAnswered,
    AnswersChanged,
    LinkGone,
    answers_hash,
    complete_answers,
    still_shows_course,
    submit,
)
from outcomes.services.responses import AnswersRefused
from outcomes.survey.cookie import Visitor, forget, remember, visitor_of
from outcomes.survey.pages import BECAUSE, Survey, elsewhere, gone, has_proved, no_more_tries, page, survey_page, to
from outcomes.survey.steps import first_open


@patient_link(BECAUSE)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PatientRequest) -> HttpResponse:
    """The answers at a glance, with a way to change each; then they are sent, once."""
    form = WhoAnsweredForm(request.POST if request.method == "POST" else None)
    visitor = visitor_of(request)
    if visitor is None or not form.is_valid() or not enter_by_prefix(visitor.prefix):
        return _check_page(request, form)
    with translation.override(visitor.language):
        return _send(request, visitor, form.cleaned_data["answered_by"])


def _send(request: PatientRequest, visitor: Visitor, answered_by: str) -> HttpResponse:
    zone = request.POST.get("zone", "")
    try:
        submit(
            actor=request.actor,
            invitation_id=visitor.invitation_id,
            generation=visitor.generation,
            mode=visitor.mode,
            answered_by=answered_by,
            shown=request.POST.get("shown") or "-",  # without it, nothing was shown
            language=visitor.language,
            device_time=_device_time(request.POST.get("device_time", "")),
            zone=zone if zone in _zones() else "",
        )
    except AlreadyAnswered as answered:
        clinic = Clinic.objects.get(link_prefix=visitor.prefix)
        return page(request, "answered", clinic, status=409, at=answered.received_at, other_answers=True)
    except LinkGone:
        return gone(request, Clinic.objects.filter(link_prefix=visitor.prefix).first())
    except (AnswersChanged, AnswersRefused):
        return redirect(f"{reverse('survey_check')}?changed=1")
    return to("survey_done")


@functools.cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # looks through folders: once per process


def _device_time(text: str) -> datetime | None:
    """What the device's clock said, where it could be read; kept beside the server's, never believed."""
    try:
        at = parse_datetime(text)
    except ValueError:
        return None
    return at if at is not None and timezone.is_aware(at) and 2000 < at.year < 2100 else None


@survey_page
def _check_page(request: PatientRequest, survey: Survey, form: WhoAnsweredForm) -> HttpResponse:
    other = elsewhere(survey)
    still_open = first_open(survey.steps, survey.answers)
    if other is not None or still_open is not None:
        return other or to("survey")
    language = survey.visitor.language
    rows = []
    for each in survey.steps:
        asked = InstrumentForm(instrument=each.instrument, language=language, items=each.items)
        words = answer_words(each.instrument, language, each.items, survey.answers.get(each.instrument.key, {}))
        question = next(iter(asked.fields.values())).label
        rows.append({"question": question, "words": words, "language": asked.shown.language, "number": each.number})
    shown = {
        "form": form,
        "rows": rows,
        "shown": answers_hash(complete_answers(survey.invitation, survey.answers)),
        "changed": "changed" in request.GET,
        "visitor": survey.visitor,
        "back_url": reverse("survey_step", args=[len(survey.steps)]),
    }
    return page(request, "check", survey.invitation.clinic, status=422 if form.errors else 200, **shown)


@survey_page
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: PatientRequest, survey: Survey) -> HttpResponse:
    """The receipt, what comes next, whom to call; and the own course, after the year of birth."""
    if not survey.is_answered:
        return to("survey")
    if not still_shows_course(survey.invitation, timezone.now()):
        return page(request, "answered", survey.invitation.clinic, at=survey.invitation.answered_at, over=True)
    form = BirthYearForm(request.POST if request.method == "POST" else None)
    if has_proved(request, survey, form):
        response = to("survey_done")
        remember(response, survey.visitor.now(known=True))
        return response
    invitation = survey.invitation
    lines = []
    if survey.visitor.known:
        lines = own_lines(invitation.course_id, survey.instruments, survey.visitor.language, invitation.clinic.zone)
        record_read(actor=request.actor, patient_id=invitation.course.patient_id, action="trend.read_by_patient")
    shown: dict[str, Any] = {
        "form": form,
        "receipt": receipt_code(invitation.receipt),
        "at": invitation.answered_at,
        "lines": lines,
        "no_more": no_more_tries(survey),
        "visitor": survey.visitor,
    }
    return page(request, "done", invitation.clinic, **shown)


@patient_link(BECAUSE)
@require_POST
def close(request: PatientRequest) -> HttpResponse:
    """Leave no trace of the survey in this browser: the next person holds the same tablet."""
    visitor = visitor_of(request)
    with translation.override(visitor.language if visitor else translation.get_language() or "en"):
        response = page(request, "closed", None, on_tablet=bool(visitor and visitor.on_tablet))
    forget(response)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def receipt_code(receipt: UUID | None) -> str:
    """A receipt as a person reads it out: its last eight digits, in two groups."""
    digits = str(receipt or "")[-8:].upper()
    return f"{digits[:4]}-{digits[4:]}"
