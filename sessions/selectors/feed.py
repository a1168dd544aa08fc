"""A person's visits as a calendar feed (RFC 5545), for the calendar of their phone. It names neither patient nor treatment."""

from __future__ import annotations

from datetime import datetime, timedelta

import icalendar
from django.utils.translation import gettext as _

from clinic.models import Clinic, Membership
from sessions.models import Visit
from sessions.selectors.calendar import OPEN, calendar_rules

BEHIND, AHEAD = timedelta(days=14), timedelta(days=120)


def feed_of(member: Membership, clinic: Clinic, now: datetime) -> bytes:
    """The open visits of a therapist from two weeks ago to four months ahead, each by its time alone; two statements."""
    minutes = timedelta(minutes=calendar_rules().visit_minutes)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Backlight//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", clinic.name)
    rows = Visit.objects.filter(therapist=member, state__in=OPEN, planned_for__gte=now - BEHIND, planned_for__lt=now + AHEAD)
    for visit in rows.select_related("room").order_by("planned_for", "id"):
        event = icalendar.Event()
        event.add("uid", f"{visit.pk}@{clinic.link_prefix}")
        event.add("dtstamp", now)
        event.add("dtstart", visit.planned_for)
        event.add("dtend", visit.planned_until or visit.planned_for + minutes)
        event.add("summary", _("Visit"))
        if visit.room:
            event.add("location", visit.room.name)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
