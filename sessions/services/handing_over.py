"""Handing over what waits for a colleague who leaves or is away: courses, visits, unsigned notes, tasks; each change is audited.

Nobody's authorship changes: what is signed stays as it is, and a note that was begun keeps who began it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from clinic.models import Membership
from clinic.permissions import Permission
from clinic.writes import Actor, all_or_nothing, audited, nothing_to_write, writes
from sessions.places import broken_by
from sessions.selectors.handing_over import COURSES, NOTES, TASKS, VISITS, rows_of


class HandingOverRefused(ValueError):
    """What cannot be handed over so; the message says why."""


@writes("work.hand_over")
def hand_over(*, actor: Actor, giver: Membership, receiver: Membership, kinds: Collection[str]) -> dict[str, int]:
    """Hand over what waits for `giver`, of these kinds; how many of each. A kind moves whole or not at all,
    but for a booked visit at whose time the receiver is booked: it stays, to be moved by hand.

    Raises HandingOverRefused for nothing chosen, and for somebody who cannot take it over.
    """
    chosen = [kind for kind in _MOVERS if kind in kinds]
    if not chosen:
        raise HandingOverRefused(_("Choose what to hand over."))
    if receiver.pk == giver.pk or not receiver.may(Permission.RECORD_VISITS):
        raise HandingOverRefused(_("Choose a colleague who treats and has access."))
    moved: dict[str, Any] = {}
    for kind in chosen:
        with all_or_nothing():
            moved[kind] = _MOVERS[kind](actor=actor, giver=giver, receiver=receiver)
    audited(giver, receiver=str(receiver.pk), **moved)
    return moved


@writes("course.hand_over")
def _courses(*, actor: Actor, giver: Membership, receiver: Membership) -> int:
    rows = _locked(COURSES, giver)
    for course in rows:
        course.responsible = receiver
        course.save(update_fields=["responsible"])
        audited(course, giver=str(giver.pk), receiver=str(receiver.pk))
    return _number(rows)


@writes("visit.hand_over")
def _visits(*, actor: Actor, giver: Membership, receiver: Membership) -> int:
    rows = []
    for visit in _locked(VISITS, giver, "course"):
        visit.therapist = receiver
        try:
            with all_or_nothing():
                visit.save(update_fields=["therapist"])
        except IntegrityError as error:
            broken_by(error)  # the receiver is booked at this time: the visit stays where it is, to be moved by hand
            continue
        rows.append(visit)
        audited(visit, giver=str(giver.pk), receiver=str(receiver.pk))
    return _number(rows)


@writes("visit.hand_over_note")
def _notes(*, actor: Actor, giver: Membership, receiver: Membership) -> int:
    rows = _locked(NOTES, giver, "course", "draft")
    for visit in rows:
        visit.written_by_id = visit.written_by_id or visit.draft.saved_by_id or giver.pk
        visit.therapist, visit.planned_until = receiver, None  # it is over; its time is nobody's any more
        visit.save(update_fields=["written_by", "therapist", "planned_until"])
        audited(visit, giver=str(giver.pk), receiver=str(receiver.pk))
    return _number(rows)


@writes("task.hand_over")
def _tasks(*, actor: Actor, giver: Membership, receiver: Membership) -> int:
    rows = _locked(TASKS, giver)
    for task in rows:
        task.assigned_to = receiver
        task.save(update_fields=["assigned_to"])
        audited(task, giver=str(giver.pk), receiver=str(receiver.pk))
    return _number(rows)


_MOVERS: dict[str, Callable[..., int]] = {COURSES: _courses, VISITS: _visits, NOTES: _notes, TASKS: _tasks}


def _locked(kind: str, giver: Membership, *owners: str) -> list[Any]:
    rows = rows_of(kind, giver).select_for_update(of=("self",), no_key=True)
    return list((rows.select_related(*owners) if owners else rows).order_by("pk"))


def _number(rows: list[Any]) -> int:
    if not rows:
        nothing_to_write()
    return len(rows)
