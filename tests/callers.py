"""Whoever calls: programs with a token, people who proved a while ago who they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from django.db import connection
from django.test import Client, RequestFactory

from clinic.api_scopes import EVERY_SCOPE
from clinic.api_tokens import create_api_token, hash_token
from clinic.models import Membership, User
from clinic.scoping import clinic_scope
from tests.cast import Cast


def proved(client: Client, user: User, seconds_ago: float = 0) -> None:
    """As if this person had typed the password so long ago, for pages that ask for it again."""
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, method="password")
    for record in request.session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= seconds_ago
    request.session.save()


class Caller:
    """A program with a token, which it has used within this hour."""

    def __init__(self, cast: Cast, member: Membership | None = None, scopes: Iterable[str] = EVERY_SCOPE) -> None:
        member = member or cast.therapist
        with clinic_scope(member.clinic_id):
            self.token = create_api_token(actor=cast.actor(), membership=member, name="test", scopes=scopes)
            self._note_use()
        self.client = Client()

    def _note_use(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE clinic_apitoken SET last_used_at = now() WHERE token_hash = %s", [hash_token(self.token.split("_", 2)[2])]
            )

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers={"Authorization": f"Bearer {self.token}"})

    def post(self, path: str, body: object, key: str = "") -> Any:
        return self._send("POST", path, body, key)

    def patch(self, path: str, body: object, key: str = "") -> Any:
        return self._send("PATCH", path, body, key)

    def _send(self, method: str, path: str, body: object, key: str) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Idempotency-Key": key} if key else {})
        return self.client.generic(method, f"/api/v1/{path}", raw, content_type="application/json", headers=headers)
