"""What the boundary has added to a request by the time a view runs."""

from __future__ import annotations

from django.http import HttpRequest

from clinic.models import Clinic, Membership
from clinic.writes import Actor


class StaffRequest(HttpRequest):
    """A request to a `requires(…)` view: its clinic, who asks, and as whom they act."""

    clinic: Clinic
    membership: Membership
    actor: Actor
