"""The questions, one page each, and what happens to somebody who comes back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.requests import PatientRequest
from outcomes.forms.answers import BirthYearForm, InstrumentForm
from outcomes.services.invitations import AlreadyAnswered, LinkGone, discard_draft, save_survey_draft
from outcomes.survey.cookie import LANGUAGES, remember
from outcomes.survey.pages import Survey, elsewhere, gone, has_proved, no_more_tries, page, survey_page, to
from outcomes.survey.steps import Step, first_open

LAYOUTS = ("row", "list")


@survey_page
@require_safe
def survey(request: PatientRequest, survey: Survey) -> HttpResponse:
    """Go to the first question that is open."""
    other = elsewhere(survey)
    if other is not None:
        return other
    step = first_open(survey.steps, survey.answers)
    return to("survey_step", number=step.number) if step else to("survey_check")


@survey_page
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PatientRequest, survey: Survey, number: int) -> HttpResponse:
    """One question. Next keeps the answer and goes on; nothing moves by itself."""
    other = elsewhere(survey)
    if other is not None or not 1 <= number <= len(survey.steps):
        return other or to("survey")
    current = survey.steps[number - 1]
    given = survey.answers.get(current.instrument.key, {})
    posted = request.POST if request.method == "POST" else None
    form = InstrumentForm(posted, instrument=current.instrument, language=survey.visitor.language, items=current.items, given=given)
    if posted is not None and ("skip" in posted or form.is_valid()):
        return _keep(request, survey, current, form.skipped() if "skip" in posted else form.answers())
    change = "change" in (posted or request.GET)
    shown = {
        "form": form,
        "step": current,
        "steps": len(survey.steps),
        "parts": ["done" if s.number < number else "now" if s.number == number else "open" for s in survey.steps],
        "change": change,
        "back_url": reverse("survey_check") if change else reverse("survey_step", args=[number - 1]) if number > 1 else "",
        "question_language": form.shown.language,
        "visitor": survey.visitor,
    }
    return page(request, "question", survey.invitation.clinic, status=200 if posted is None else 422, **shown)


def _keep(request: PatientRequest, survey: Survey, current: Step, answers: dict[str, Any]) -> HttpResponse:
    layout = request.POST.get("layout", "")
    look = f"{current.instrument.layout} {layout}" if layout in LAYOUTS else current.instrument.layout
    try:
        save_survey_draft(
            actor=request.actor,
            invitation=survey.invitation,
            answers={current.instrument.key: answers},
            layouts={str(current.number): look},
        )
    except AlreadyAnswered:
        return to("survey_done")
    except LinkGone:
        return gone(request, survey.invitation.clinic)
    if "change" in request.POST or current.number == len(survey.steps):
        response = to("survey_check")
    else:
        response = to("survey_step", number=current.number + 1)
    remember(response, survey.visitor.now(begun=True))
    return response


@survey_page
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: PatientRequest, survey: Survey) -> HttpResponse:
    """Somebody opens a survey that was begun elsewhere: the year of birth shows its answers, or it begins anew."""
    if survey.is_answered or survey.visitor.begun:
        return to("survey")
    if request.method == "POST" and "anew" in request.POST:
        discard_draft(actor=request.actor, invitation=survey.invitation)
        response = to("survey")
        remember(response, survey.visitor.now(begun=True))
        return response
    form = BirthYearForm(request.POST if request.method == "POST" else None)
    if has_proved(request, survey, form):
        response = to("survey")
        remember(response, survey.visitor.now(begun=True, known=True))
        return response
    return page(request, "again", survey.invitation.clinic, form=form, no_more=no_more_tries(survey))


@survey_page
@require_POST
def language(request: PatientRequest, survey: Survey) -> HttpResponse:
    """Read on in another language."""
    wanted, back = request.POST.get("language", ""), request.POST.get("back", "")
    here = ("survey_check", "survey_done", "survey_again")
    pages = {reverse(name) for name in here} | {reverse("survey_step", args=[each.number]) for each in survey.steps}
    response = redirect(back) if back in pages else to("survey")
    if wanted in LANGUAGES:
        remember(response, survey.visitor.now(language=wanted))
    return response
