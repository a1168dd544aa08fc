"""The calendar feed: one's own visits by their times, to whoever knows the secret, until it is revoked."""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
from django.test import Client
from django.utils import timezone

from clinic.api_tokens import create_api_token, revoke_api_token
from clinic.models import ApiToken
from clinic.scoping import clinic_scope
from sessions.series import Place
from sessions.services.booking import book_places
from sessions.services.calendar import add_room
from sessions.services.visits import mark_missed
from tests.cast import HARBOUR_CANARY, Cast


def test_the_feed_holds_ones_own_times_without_names_until_its_key_is_revoked(cast: Cast, client: Client) -> None:
    at = timezone.now().replace(microsecond=0) + timedelta(days=2)
    with clinic_scope(cast.harbour.pk):
        room = add_room(actor=cast.actor(), name="Green room")
        mine, off = (Place(at + timedelta(hours=n), at + timedelta(hours=n, minutes=30), cast.therapist.pk, room.pk) for n in (0, 3))
        _visit, cancelled = book_places(actor=cast.actor(), course=cast.ada_course, places=[mine, off])
        mark_missed(actor=cast.actor(), visit=cancelled, state="cancelled_by_patient")
        book_places(actor=cast.actor(), course=cast.ben_course, places=[Place(at, at + timedelta(minutes=30))])
    client.force_login(cast.therapist.user)
    page = client.post("/c/harbour/calendar/feed/").content.decode()
    found = re.search(r"/feed/(bl_\w+_[\w-]+)<", page)
    assert found
    address = f"/feed/{found[1]}"
    answer = Client().get(address)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (at, at + timedelta(minutes=30))
    assert (str(event["summary"]), str(event["location"])) == ("Visit", "Green room")
    assert not re.search(rf"Ángela|Ada |{HARBOUR_CANARY}", answer.content.decode().replace(cast.harbour.name, ""))
    # The same key opens nothing of the interface.
    denied = Client().get("/api/v1/harbour/visits/", headers={"Authorization": f"Bearer {found[1]}"})
    assert denied.status_code == 403
    with clinic_scope(cast.harbour.pk):
        revoke_api_token(actor=cast.actor(), token=ApiToken.objects.get().pk)
        other = create_api_token(actor=cast.actor(), membership=cast.therapist, name="program")
    for dead in (address, f"/feed/{other}", "/feed/bl_x_y", "/feed/unknown"):
        assert Client().get(dead).status_code == 404
