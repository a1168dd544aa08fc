"""What the boundary has added to a request by the time a view runs."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.dateparse import parse_date

from clinic.days import is_bearable
from clinic.models import Clinic, Membership
from clinic.writes import Actor


class StaffRequest(HttpRequest):
    """A request to a `requires(…)` view: its clinic, who asks, and as whom they act."""

    clinic: Clinic
    membership: Membership
    actor: Actor


class PatientRequest(HttpRequest):
    """A request to a view that a link opens: as whom it acts, and the clinic once the link has told it."""

    clinic: Clinic
    actor: Actor


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also to a POST that says nothing, which then is told what is missing. None for reading the page."""
    return request.POST if request.method == "POST" else None


def asked_day(request: StaffRequest) -> date:
    """The day that the address asks for in `day`; today by the clinic's clock without one, and for one that no record can hold."""
    try:
        asked = parse_date(request.GET.get("day", ""))
    except ValueError:
        asked = None
    return asked if asked is not None and is_bearable(asked) else request.clinic.today()


def route_name(request: HttpRequest) -> str:
    """The route's name, which says which page it is and nothing about whom; "unknown" for addresses that are none."""
    try:
        return (request.resolver_match or resolve(request.path_info)).url_name or "unnamed"
    except Resolver404:
        return "unknown"
