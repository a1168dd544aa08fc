"""The demo beside a real clinic, when the setup asked for one: filled in by the worker, a part at a time.

Unlike the demo of `make run`, nobody here has the public password: whoever set the installation up becomes a member of both
invented clinics, in every role, and looks at them with their own sign-in.
"""

from __future__ import annotations

import time
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from clinic.models import Membership, User
from clinic.permissions import ROLES
from clinic.scoping import clinic_scope
from clinic.selectors.operations import demo_comes, last_operation
from clinic.services.operations import DEMO_FILLED, DEMO_WISHED, record_operation
from clinic.services.organisation import add_staff
from clinic.writes import SYSTEM_TASK
from outcomes.demo.house import House, open_house
from outcomes.demo.seeding import seed_episodes, story_told_here
from outcomes.demo.story import tell

EPISODES, SEED = 240, 1
AT_A_TIME_S = 40  # a task that takes longer is ended; what is written stays, and the next one goes on
_ONE_FILLER = 0xDE30


def fill_in_when_wished(at_a_time_s: float = AT_A_TIME_S) -> bool:
    """Write what is missing of a demo that was asked for; whether it is complete now. Two at once: the second does nothing."""
    if not demo_comes():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_FILLER])
        if not cursor.fetchone()[0]:
            return False
        try:
            return _fill_in(time.monotonic() + at_a_time_s)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_FILLER])


def _fill_in(until: float) -> bool:
    houses = open_house(None)
    _let_in(houses)
    told = story_told_here(houses)
    day = told[1] if told else datetime.now(ZoneInfo("Europe/Berlin")).date()
    for _done in seed_episodes(houses, tell(SEED, day, EPISODES), SEED, day):
        if time.monotonic() > until:
            return False
    record_operation(kind=DEMO_FILLED, succeeded=True)
    return True


def _let_in(houses: dict[str, House]) -> None:
    """Make whoever asked for the demo a member of both clinics."""
    wished = last_operation(DEMO_WISHED)
    who = User.objects.filter(pk=UUID(wished.detail["user"])).first() if wished else None
    for house in houses.values():
        with clinic_scope(house.clinic.pk):
            if who is not None and not Membership.objects.filter(user=who).exists():
                add_staff(actor=SYSTEM_TASK, email=who.email, name=who.name, roles=list(ROLES))
