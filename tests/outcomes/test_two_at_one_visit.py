"""Two people at one visit: whoever signs has seen what the other wrote, or is shown it first (R7)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Membership
from clinic.scoping import clinic_scope
from clinic.services.organisation import add_staff
from clinic.writes import SYSTEM_COMMAND
from sessions.models import Visit, VisitDraft
from sessions.services.visits import walk_in
from tests.callers import Caller
from tests.cast import Cast

pytestmark = pytest.mark.django_db

THEIRS = "numb in the saddle area"


@pytest.fixture
def colleague(cast: Cast) -> Membership:
    with clinic_scope(cast.harbour.pk):
        return add_staff(actor=SYSTEM_COMMAND, email="kim@harbour.example", name="Kim Lotse", roles=["therapist"])


@pytest.fixture
def visit(cast: Cast) -> Visit:
    with clinic_scope(cast.harbour.pk):
        return walk_in(actor=cast.actor(), course=cast.ada_course, therapist=cast.therapist)


def _browser(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def _filled(note: str, revision: int, **more: str) -> dict[str, Any]:
    return {
        "sites": "1",
        "others": "1",
        "pain_before": "6",
        "pain_after": "4",
        "reaction": "none",
        "note": note,
        "revision": revision,
        **more,
    }


def _drafted(member: Membership, visit: Visit, note: str = THEIRS, revision: int = 0) -> None:
    assert _browser(member).post(f"/c/harbour/visits/{visit.pk}/draft/", _filled(note, revision)).status_code == 200


def _signed(member: Membership, visit: Visit, note: str, revision: int) -> Any:
    other = {"other-0-treatment": "manual_therapy:joint_mobilisation"}
    return _browser(member).post(f"/c/harbour/visits/{visit.pk}/", _filled(note, revision, sign="1", **other))


def _state(cast: Cast, visit: Visit) -> tuple[str, str, list[Any]]:
    with clinic_scope(cast.harbour.pk):
        now = Visit.objects.get(pk=visit.pk)
        return now.state, now.note, [draft.form["note"] for draft in VisitDraft.objects.filter(visit=visit)]


def test_signing_does_not_drop_what_a_colleague_wrote_meanwhile(cast: Cast, colleague: Membership, visit: Visit) -> None:
    _drafted(colleague, visit)
    answer = _signed(cast.therapist, visit, "all well", revision=0)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "changed elsewhere, by Kim Lotse" in text
    assert THEIRS in text
    assert "all well" in text
    assert _state(cast, visit) == ("arrived", "", [[THEIRS]])


def test_after_both_were_shown_ones_own_version_can_be_signed(cast: Cast, colleague: Membership, visit: Visit) -> None:
    _drafted(colleague, visit)
    answer = _signed(cast.therapist, visit, "all well", revision=0)
    assert 'name="revision" value="1"' in answer.content.decode()
    assert _signed(cast.therapist, visit, "all well", revision=1).status_code == 302
    assert _state(cast, visit) == ("signed", "all well", [])


def test_ones_own_unseen_draft_is_no_colleagues(cast: Cast, visit: Visit) -> None:
    _drafted(cast.therapist, visit, "typed a moment ago")
    assert _signed(cast.therapist, visit, "typed a moment ago, and finished", revision=0).status_code == 302
    assert _state(cast, visit)[:2] == ("signed", "typed a moment ago, and finished")


def test_a_page_with_mistakes_does_not_take_the_right_to_write_over_a_colleague(cast: Cast, colleague: Membership, visit: Visit) -> None:
    _drafted(colleague, visit)
    refused = _browser(cast.therapist).post(f"/c/harbour/visits/{visit.pk}/", _filled("mine", 0, sign="1", pain_before="77"))
    assert refused.status_code == 422
    assert 'name="revision" value="0"' in refused.content.decode()
    stale = _browser(cast.therapist).post(f"/c/harbour/visits/{visit.pk}/draft/", _filled("mine", 0))
    assert (stale.status_code, stale.json()["form"]["note"]) == (409, [THEIRS])


def test_a_program_does_not_sign_over_a_note_that_a_person_has_begun(cast: Cast, colleague: Membership, visit: Visit) -> None:
    _drafted(colleague, visit)
    body = {
        "course": str(cast.ada_course.pk),
        "visit": str(visit.pk),
        "occurred_at": timezone.now().isoformat(),
        "other": [{"kind": "manual_therapy", "code": "joint_mobilisation"}],
    }
    answer = Caller(cast).post("harbour/visits/", body)
    assert (answer.status_code, answer.json().get("error")) == (409, "draft"), answer.json()
    assert _state(cast, visit) == ("arrived", "", [[THEIRS]])
