"""What the patient's pages share: who is admitted, how a page is drawn, and where to go instead."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clinic.links import enter_by_prefix
from clinic.models import Clinic
from clinic.permissions import patient_link
from clinic.requests import PatientRequest
from outcomes.forms.answers import BirthYearForm
from outcomes.instruments import Instrument
from outcomes.models import Invitation
from outcomes.registry import instruments
from outcomes.services.birth_year import MOST_TRIES, NoMoreTries, prove_birth_year
from outcomes.services.invitations import is_usable
from outcomes.survey.cookie import LANGUAGES, Visitor, visitor_of
from outcomes.survey.steps import Step, steps_of

# Where to call for help at once. 112 works all over Europe; elsewhere the local number.
EMERGENCY = {"US": "911", "CA": "911", "AU": "000", "NZ": "111", "CH": "144", "GB": "999"}
BECAUSE = "a survey's link, or the cookie it was swapped for, is the way in; it shows one survey and no name"


@dataclass(frozen=True)
class Survey:
    """What a page of an open survey works with."""

    invitation: Invitation
    visitor: Visitor
    instruments: tuple[Instrument, ...]
    steps: tuple[Step, ...]

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        """The answers kept so far."""
        draft = getattr(self.invitation, "draft", None)
        return draft.answers if draft else {}

    @property
    def is_answered(self) -> bool:
        """Whether it was sent."""
        return self.invitation.state == Invitation.State.ANSWERED


SurveyView = Callable[..., HttpResponse]


def page(request: PatientRequest, name: str, clinic: Clinic | None, *, status: int = 200, **shown: Any) -> HttpResponse:
    """One of the patient's pages, in the clinic's time zone, with the number to call for help at once. `name`: its template.

    clinic: None where the link told none; nothing of any clinic is shown then.
    """
    # Messages of a staff session in the same browser are not for the patient.
    shared = {
        "clinic": clinic,
        "messages": (),
        "languages": [(code, translation.get_language_info(code)["name_local"]) for code in LANGUAGES],
        "language": translation.get_language(),
        "emergency": EMERGENCY.get(clinic.country if clinic else "", "112"),
    }
    with timezone.override(clinic.zone if clinic else None):
        response = render(request, f"outcomes/survey/{name}.html", {**shared, **shown}, status=status)
    response.headers["Content-Language"] = translation.get_language() or "en"
    return response


def gone(request: PatientRequest, clinic: Clinic | None, *, status: int = 404, **shown: Any) -> HttpResponse:
    """The same for an expired, a withdrawn and an unknown link."""
    return page(request, "gone", clinic, status=status, **shown)


def survey_page(view: SurveyView) -> SurveyView:
    """Admit whoever holds the cookie of a survey that can still be answered, or was."""

    @functools.wraps(view)
    def admitted(request: PatientRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visitor = visitor_of(request)
        if visitor is None or not enter_by_prefix(visitor.prefix):
            return page(request, "nothing_open", None, status=404)
        rows = Invitation.objects.select_related("clinic", "draft", "course__patient")
        invitation = rows.filter(pk=visitor.invitation_id, generation=visitor.generation).first()
        usable = invitation is not None and (invitation.state == Invitation.State.ANSWERED or is_usable(invitation, timezone.now()))
        with translation.override(visitor.language):
            if invitation is None or not usable:
                return gone(request, None)
            request.clinic = invitation.clinic
            asked = asked_in(invitation)
            return view(request, Survey(invitation, visitor, asked, steps_of(asked)), *args, **kwargs)

    return patient_link(BECAUSE)(admitted)


def asked_in(invitation: Invitation) -> tuple[Instrument, ...]:
    """The instruments of an invitation that are still installed."""
    registry = instruments()
    return tuple(registry[key] for key in invitation.instruments if key in registry)


def to(name: str, **kwargs: Any) -> HttpResponse:
    """Go to one of these pages."""
    return redirect(reverse(name, kwargs=kwargs))


def elsewhere(survey: Survey) -> HttpResponse | None:
    """Where to go instead of a question: the receipt of a survey that was sent, or the check of who is there."""
    if survey.is_answered:
        return to("survey_done")
    return None if survey.visitor.begun or not survey.answers else to("survey_again")


def has_proved(request: PatientRequest, survey: Survey, form: BirthYearForm) -> bool:
    """Whether the year was given and right. A wrong one is answered with 200: an error would roll the count of tries back."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        right = prove_birth_year(actor=request.actor, invitation=survey.invitation, year=form.cleaned_data["year"])
    except NoMoreTries:
        survey.invitation.birth_tries = MOST_TRIES
        return False
    if not right:
        survey.invitation.birth_tries += 1
        form.add_error("year", _("This is not the year the clinic has on record"))
    return right


def no_more_tries(survey: Survey) -> bool:
    """Whether the years that may be tried with this link are used up."""
    return survey.invitation.birth_tries >= MOST_TRIES
