"""Mails about one's own sign-in: whoever has taken over a browser can change it, but does not read the person's mail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from clinic.api_tokens import create_api_token, revoke_api_token
from clinic.models import ApiToken, Message
from clinic.scoping import clinic_scope
from clinic.services.messages import send_due
from clinic.services.organisation import change_staff
from clinic.services.staff_mails import password_link
from clinic.writes import SYSTEM_COMMAND, SYSTEM_TASK
from tests.callers import proved
from tests.cast import PASSWORD, Cast, give_password
from tests.one_time_codes import code_at

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
NEW = "a heron stands in the reeds"


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True


def _signed_in(cast: Cast) -> Client:
    client = Client()
    give_password(cast.therapist)
    client.post("/accounts/login/", {"login": cast.therapist.user.email, "password": PASSWORD})
    proved(client, cast.therapist.user)
    return client


def _sent(cast: Cast) -> list[str]:
    mail.outbox.clear()
    send_due(cast.harbour.pk, actor=SYSTEM_TASK)
    assert all(sent.to == [cast.therapist.user.email] for sent in mail.outbox)
    return [str(sent.body) for sent in mail.outbox]


def _choose(link: str) -> int:
    client = Client()
    opened = client.get("/" + link.partition("://")[2].partition("/")[2], follow=True)
    return int(client.post(opened.request["PATH_INFO"], {"password1": NEW, "password2": NEW}).status_code)


def test_every_change_of_ones_sign_in_is_mailed_to_the_person_even_at_night(committed_cast: Cast) -> None:
    cast = committed_cast  # allauth tells of a new factor after the commit
    with time_machine.travel(NIGHT, tick=False):
        client = _signed_in(cast)
        key = client.get(reverse("mfa_activate_totp")).context["form"].secret
        client.post(reverse("mfa_activate_totp"), {"code": code_at(key, NIGHT.timestamp())})
        [added] = _sent(cast)
        client.post(reverse("mfa_generate_recovery_codes"))
        [renewed] = _sent(cast)
        client.post(reverse("mfa_deactivate_totp"))
        [removed] = _sent(cast)
        client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
        [changed] = _sent(cast)
    assert not Authenticator.objects.exists()
    assert "A second factor was added" in added
    assert "New recovery codes" in renewed
    assert "A second factor was removed" in removed
    assert "The password of your sign-in was changed" in changed
    assert "3 March 2026" in changed or "3 Mar 2026" in changed  # half past midnight in Berlin
    for body in (added, renewed, removed, changed):
        assert "/account/" in body
        assert key not in body
        assert PASSWORD not in body


def test_a_password_chosen_by_a_mailed_link_is_told_although_nobody_is_signed_in(cast: Cast) -> None:
    assert _choose(password_link(cast.therapist.user)) == 302
    assert ["The password of your sign-in was changed." in body for body in _sent(cast)] == [True]


def test_nothing_is_written_to_somebody_who_works_nowhere_any_more(cast: Cast) -> None:
    link = password_link(cast.therapist.user)
    with clinic_scope(cast.harbour.pk):
        _leave(cast)
    _choose(link)
    with clinic_scope(cast.harbour.pk):
        assert not Message.objects.exists()


def test_a_key_that_ends_is_announced_two_weeks_before_and_once(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        create_api_token(actor=cast.actor(), membership=cast.therapist, name="lab", days=60)
        create_api_token(actor=cast.actor(), membership=cast.therapist, name="short", days=10)
        ends = ApiToken.objects.get(name="lab").expires_at
        [waiting] = Message.objects.all()
        assert waiting.due_at == ends - timedelta(days=14)
    noon = (ends - timedelta(days=13)).replace(hour=12)
    assert _sent(cast) == []
    with time_machine.travel(noon, tick=False):
        [body] = _sent(cast)
        assert _sent(cast) == []
    assert "ends within two weeks" in body
    assert "/c/harbour/keys/" in body


@pytest.mark.parametrize("by", ["hand", "leaving"])
def test_a_key_that_was_ended_is_not_announced(cast: Cast, by: str) -> None:
    with clinic_scope(cast.harbour.pk):
        create_api_token(actor=cast.actor(), membership=cast.therapist, name="lab", days=60)
        token = ApiToken.objects.get()
        if by == "hand":
            revoke_api_token(actor=cast.actor(), token=token.pk)
        else:
            _leave(cast)
        assert list(Message.objects.values_list("state", "last_error")) == [("withdrawn", "key_ended")]


def _leave(cast: Cast) -> None:
    change_staff(actor=SYSTEM_COMMAND, member=cast.therapist, roles=cast.therapist.roles, is_active=False)
