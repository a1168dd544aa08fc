"""Coming to work here: invited by mail, accepted once, by whoever holds the link and by nobody else."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as conf
from django.core import mail
from django.test import Client

from clinic.api_tokens import hash_token
from clinic.models import AuditEvent, Membership, Message, StaffInvitation, User
from clinic.scoping import clinic_scope
from clinic.services.messages import send_due
from clinic.services.staff_invitations import invite_staff, link_of, token_of
from clinic.writes import SYSTEM_COMMAND, SYSTEM_TASK
from tests.callers import proved
from tests.cast import HARBOUR_CANARY, PASSWORD, Cast, give_password

SITE = conf.SITE_URL
NIGHT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NIA = {"name": "Nia New", "email": "Nia@New.example", "language": "de", "roles": ["therapist", "manager"]}
ACCEPT = {"name": "Nia Neu", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def owner(cast: Cast, settings: Any) -> Client:
    settings.MAIL_IS_SET_UP = True
    return _owner(cast)


def _owner(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    return client


def _text(response: Any) -> str:
    return str(response.content.decode())


def _invitation(cast: Cast, email: str = "nia@new.example") -> StaffInvitation:
    with clinic_scope(cast.harbour.pk):
        found: StaffInvitation = StaffInvitation.objects.select_related("clinic").get(email=email)
        return found


def _path(invitation: StaffInvitation) -> str:
    return link_of(invitation).removeprefix(SITE)


def _members(cast: Cast) -> list[str]:
    with clinic_scope(cast.harbour.pk):
        return list(Membership.objects.order_by("user__email").values_list("user__email", flat=True))


def test_the_link_goes_out_by_mail_at_any_hour_and_only_its_hash_is_stored(committed_cast: Cast, settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    cast = committed_cast
    with time_machine.travel(NIGHT, tick=False):
        page = _text(_owner(cast).post("/c/harbour/staff/new/", NIA))
        assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 1
        invitation = _invitation(cast)
        [sent] = mail.outbox
        assert (sent.to, link_of(invitation) in sent.body, link_of(invitation) in page) == (["nia@new.example"], True, False)
        assert invitation.token_hash == hash_token(token_of(invitation))
        with clinic_scope(cast.harbour.pk):
            message = Message.objects.get()
            assert (message.patient_id, message.kind, message.state) == (None, "staff_invitation", "sent")
            assert token_of(invitation) not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_looking_at_the_link_changes_nothing_and_accepting_makes_one_account_with_the_roles(cast: Cast, owner: Client) -> None:
    owner.post("/c/harbour/staff/new/", NIA)
    address, before = _path(_invitation(cast)), _members(cast)
    guest = Client()
    for _ in range(3):
        page = guest.get(address)
        assert page.status_code == 200
    assert _members(cast) == before
    assert "12 characters or more" in _text(page)
    assert guest.post(address, ACCEPT).headers["Location"] == "/accounts/login/"
    with clinic_scope(cast.harbour.pk):
        member = Membership.objects.select_related("user").get(user__email="nia@new.example")
        assert (member.roles, member.display_name, member.user.language) == (["manager", "therapist"], "Nia Neu", "de")
        assert AuditEvent.objects.get(action="staff.join").object_id == member.pk
    signed_in = guest.post("/accounts/login/", {"login": "nia@new.example", "password": PASSWORD})
    assert signed_in.status_code == 302
    assert guest.get("/c/harbour/today/").status_code == 200
    assert (guest.get(address).status_code, Client().post(address, ACCEPT).status_code) == (404, 404)


@pytest.mark.parametrize("password", ["short", "elevenchars", "nia@new.example"])
def test_a_weak_password_is_refused_at_its_field_and_leaves_the_link_usable(cast: Cast, owner: Client, password: str) -> None:
    owner.post("/c/harbour/staff/new/", NIA)
    address = _path(_invitation(cast))
    refused = Client().post(address, ACCEPT | {"password": password, "again": password})
    assert refused.status_code == 422
    assert 'id="id_password_error"' in _text(refused)
    assert Client().post(address, ACCEPT).status_code == 302


def test_an_invitation_ends_after_seven_days_and_a_new_link_voids_the_earlier_one(cast: Cast) -> None:
    with time_machine.travel(NIGHT, tick=False) as clock, clinic_scope(cast.harbour.pk):
        invitation = invite_staff(actor=SYSTEM_COMMAND, email="nia@new.example", name="Nia", roles=["therapist"])
        first = _path(invitation)
        clock.shift(timedelta(days=7) - timedelta(seconds=1))
        assert Client().get(first).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert Client().get(first).status_code == 404
        _owner(cast).post(f"/c/harbour/staff/invitations/{invitation.pk}/", {"again": "1"})
        second = _path(_invitation(cast))
        assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)


def test_a_withdrawn_invitation_opens_nothing_and_its_mail_does_not_leave(committed_cast: Cast, settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    cast = committed_cast
    client = _owner(cast)
    client.post("/c/harbour/staff/new/", NIA)
    invitation = _invitation(cast)
    assert client.post(f"/c/harbour/staff/invitations/{invitation.pk}/", {"withdraw": "1"}).status_code == 302
    assert Client().get(_path(invitation)).status_code == 404
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 0
    assert mail.outbox == []
    assert "the invitation was withdrawn" in _text(client.get("/c/harbour/outbox/"))
    assert client.post("/c/harbour/staff/new/", NIA).status_code == 200, "somebody withdrawn may be invited anew"


def test_an_address_known_from_another_clinic_accepts_after_its_own_sign_in_and_keeps_its_password(cast: Cast, owner: Client) -> None:
    user = give_password(cast.stranger)
    owner.post("/c/harbour/staff/new/", NIA | {"email": user.email})
    address = _path(_invitation(cast, user.email))
    guest = Client()
    assert 'name="password"' not in _text(guest.get(address))
    asked = guest.post(address, ACCEPT)
    assert asked.headers["Location"] == f"/accounts/login/?next={address}"
    assert user.email not in _members(cast)
    back = guest.post("/accounts/login/", {"login": user.email, "password": PASSWORD, "next": address})
    assert back.headers["Location"] == address
    assert guest.post(address).headers["Location"] == "/"
    assert (guest.get("/c/harbour/today/").status_code, guest.get("/c/meadow/today/").status_code) == (200, 200)


def test_somebody_else_who_is_signed_in_cannot_accept_it(cast: Cast, owner: Client) -> None:
    give_password(cast.stranger)
    owner.post("/c/harbour/staff/new/", NIA | {"email": cast.stranger.user.email})
    address = _path(_invitation(cast, cast.stranger.user.email))
    other = Client()
    other.force_login(cast.manager.user)
    assert "signed in with another address" in _text(other.get(address))
    assert other.post(address).status_code == 403
    assert cast.stranger.user.email not in _members(cast)


def test_without_mail_the_link_is_shown_once_on_the_page_and_no_message_waits(cast: Cast, settings: Any) -> None:
    settings.MAIL_IS_SET_UP = False
    client = _owner(cast)
    page = _text(client.post("/c/harbour/staff/new/", NIA))
    [link] = re.findall(rf'value="({SITE}/join/[^"]+)"', page)
    assert link == link_of(_invitation(cast))
    assert link not in _text(client.get("/c/harbour/staff/"))
    with clinic_scope(cast.harbour.pk):
        assert not Message.objects.exists()
    assert Client().get(link.removeprefix(SITE)).status_code == 200


def test_who_is_invited_already_or_works_here_is_not_invited_again(cast: Cast, owner: Client) -> None:
    owner.post("/c/harbour/staff/new/", NIA)
    again = owner.post("/c/harbour/staff/new/", NIA)
    known = owner.post("/c/harbour/staff/new/", NIA | {"email": cast.therapist.user.email.upper()})
    assert (again.status_code, known.status_code) == (422, 422)
    assert "invited already" in _text(again)
    assert "already is a member" in _text(known)


def test_a_link_says_nothing_of_the_clinic_to_who_guesses_and_sign_up_stays_closed(cast: Cast, owner: Client) -> None:
    owner.post("/c/harbour/staff/new/", NIA)
    guessed = f"/join/{cast.harbour.link_prefix}.{'A' * 43}/"
    assert HARBOUR_CANARY not in _text(Client().get(guessed))
    assert Client().get("/join/%00.x/").status_code == 404
    assert _text(Client().get(guessed)) == _text(Client().get(f"/join/00000000.{'A' * 43}/"))
    before = User.objects.count()
    Client().post("/accounts/signup/", {"email": "nia@new.example", "password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.count() == before


def test_inviting_asks_who_does_it_again_when_that_was_long_ago(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user, seconds_ago=3600)
    assert client.post("/c/harbour/staff/new/", NIA).headers["Location"].startswith("/accounts/reauthenticate/")
    with clinic_scope(cast.harbour.pk):
        assert not StaffInvitation.objects.exists()
