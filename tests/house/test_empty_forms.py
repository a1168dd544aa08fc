"""A form that is sent with nothing in it, as a script or a browser without its fields does, is told what is missing."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.house.test_access import World, world
from tests.house.test_bad_input import _SAID, Form, _all_forms, _sent, client

__all__ = ["client", "world"]

pytestmark = pytest.mark.django_db

# One press and no field; a visit's page without its button, which only reckons the dose; an invented clinic that is none.
NOTHING_IS_AN_ANSWER = {"visit", "visit_draft", "staff_invitation", "staff_reset", "demo_remove", "calendar_feeds"}


def test_a_form_that_says_nothing_is_told_what_is_missing(client: Client, world: World) -> None:
    silent, refused = [], 0
    for address, route in {(form.address, form.route) for form in _all_forms(client, world)}:
        answer = _sent(client, Form(route, address, ()), b"")
        refused += answer.status_code == 422
        if route in NOTHING_IS_AN_ANSWER and answer.status_code < 500:
            continue
        if answer.status_code >= 500 or (answer.status_code == 422 and not _SAID.search(answer.content.decode())):
            silent.append(f"{route}: {answer.status_code} without a word")
        if answer.status_code == 200:
            silent.append(f"{route}: the page again, as if nothing had been sent")
    assert refused > 15
    assert not silent, "\n".join(silent)
