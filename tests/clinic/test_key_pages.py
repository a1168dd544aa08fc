"""Keys for other programs: made, shown once, listed, revoked."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.api_tokens import create_api_token
from clinic.models import ApiToken, AuditEvent, Membership
from clinic.scoping import clinic_scope
from clinic.writes import SYSTEM_COMMAND
from tests.callers import proved
from tests.cast import Cast

pytestmark = pytest.mark.django_db
KEYS = "/c/harbour/keys/"


def _signed_in(member: Membership, *, lately: bool = True) -> Client:
    client = Client()
    client.force_login(member.user)
    if lately:
        proved(client, member.user)
    return client


def _made(member: Membership, name: str = "calendar", days: int = 90) -> ApiToken:
    with clinic_scope(member.clinic_id):
        create_api_token(actor=SYSTEM_COMMAND, membership=member, name=name, scopes=["courses:read"], days=days)
        made: ApiToken = ApiToken.objects.get(name=name)
        return made


def test_a_key_is_shown_once_works_in_its_scope_and_is_audited(cast: Cast) -> None:
    client = _signed_in(cast.therapist)
    page = client.post(f"{KEYS}new/", {"name": "lab computer", "scopes": ["courses:read"], "days": "90"})
    found = re.search(r'value="(bl_[^"]+)"', page.content.decode())
    assert page.status_code == 200
    assert found is not None
    key = found.group(1)
    assert "no-store" in page.headers["Cache-Control"]
    bearer = {"Authorization": f"Bearer {key}"}
    assert Client().get("/api/v1/harbour/courses/", headers=bearer).status_code == 200
    assert Client().get("/api/v1/harbour/scores/", headers=bearer).json()["error"] == "scope_missing"
    listed = client.get(KEYS).content.decode()
    assert "lab computer" in listed
    assert "courses:read" in listed
    assert key not in listed
    with clinic_scope(cast.harbour.pk):
        stored = ApiToken.objects.get()
        assert 89 <= (stored.expires_at - timezone.now()).days <= 90
        assert AuditEvent.objects.get(action="api_token.create").actor_user_id == cast.therapist.user_id


def test_making_a_key_asks_for_the_password_again(cast: Cast) -> None:
    answer = _signed_in(cast.therapist, lately=False).get(f"{KEYS}new/")
    assert answer.status_code == 302
    assert "/accounts/reauthenticate/" in answer.headers["Location"]


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"scopes": []}, {"scopes": ["audit:read"]}, {"scopes": ["all"]}, {"days": "366"}, {"days": "0"}, {"name": "x" * 101}],
)
def test_a_key_is_refused_beyond_what_its_owner_may_and_beyond_a_year(cast: Cast, wrong: dict[str, object]) -> None:
    usual: dict[str, object] = {"name": "lab", "scopes": ["courses:read"], "days": "90"}
    answer = _signed_in(cast.therapist).post(f"{KEYS}new/", usual | wrong)
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    with clinic_scope(cast.harbour.pk):
        assert not ApiToken.objects.exists()


def test_everybody_sees_their_own_keys_and_administrators_everybodys(cast: Cast) -> None:
    _made(cast.therapist, "of the therapist")
    _made(cast.administrator, "of the administrator")
    seen = _signed_in(cast.therapist).get(KEYS).content.decode()
    assert ("of the therapist" in seen, "of the administrator" in seen) == (True, False)
    seen = _signed_in(cast.administrator).get(KEYS).content.decode()
    assert ("of the therapist" in seen, "of the administrator" in seen) == (True, True)


def test_a_revoked_key_opens_nothing_and_only_administrators_revoke_others(cast: Cast) -> None:
    theirs = _made(cast.administrator)
    assert _signed_in(cast.therapist).post(f"{KEYS}{theirs.pk}/revoke/").status_code == 404
    own = _made(cast.therapist, "lab")
    assert _signed_in(cast.administrator).post(f"{KEYS}{own.pk}/revoke/").status_code == 302
    assert _signed_in(cast.administrator).post(f"{KEYS}{own.pk}/revoke/").status_code == 404
    with clinic_scope(cast.harbour.pk):
        assert [token.pk for token in ApiToken.objects.filter(revoked_at=None)] == [theirs.pk]
        assert AuditEvent.objects.get(action="api_token.revoke").object_id == own.pk


def test_a_key_that_ends_within_a_fortnight_says_so(cast: Cast) -> None:
    _made(cast.therapist, "later", days=16)
    client = _signed_in(cast.therapist)
    assert "ends soon" not in client.get(KEYS).content.decode()
    _made(cast.therapist, "nearly over", days=14)
    assert "ends soon" in client.get(KEYS).content.decode()


def test_the_list_takes_as_many_statements_for_thirty_keys_as_for_one(cast: Cast) -> None:
    counts: list[int] = []
    for number in (1, 29):
        for _ in range(number):
            _made(cast.therapist, f"key {len(counts)} {_}")
        client = _signed_in(cast.therapist)
        client.get(KEYS)
        with CaptureQueriesContext(connection) as queries:
            client.get(KEYS)
        counts.append(len(queries))
    assert counts[0] == counts[1]
