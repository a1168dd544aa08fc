"""The outbox page says what left, waits or failed, without words or names; the inbox exists in the demo only."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.models import Message
from clinic.scoping import clinic_scope
from clinic.services.messages import mark_dead, queue_message
from tests.cast import Cast


def _messages(cast: Cast, number: int) -> list[Message]:
    with clinic_scope(cast.harbour.pk):
        return [
            queue_message(actor=cast.actor(), patient=cast.ada, kind="invitation", subject_id=uuid4(), business_key=str(uuid4()))
            for _ in range(number)
        ]


@pytest.fixture
def outbox(cast: Cast, client: Client) -> Any:
    client.force_login(cast.administrator.user)
    return lambda query="": client.get(f"/c/{cast.harbour.slug}/outbox/{query}")


def test_an_empty_outbox_says_what_will_stand_there(outbox: Any) -> None:
    assert "No messages" in outbox().content.decode()


def test_a_line_names_the_record_and_the_reason_but_nobody(cast: Cast, outbox: Any) -> None:
    [message] = _messages(cast, 1)
    with clinic_scope(cast.harbour.pk):
        mark_dead(actor=cast.actor(), message=message, why="no_connection")
    page = outbox().content.decode()
    assert cast.ada.record_number in page
    assert "could not be reached" in page
    assert "Try again" in page
    for name in ("Ángela", "ada@patients.example"):
        assert name not in page


def test_a_failed_message_is_tried_again_from_the_beginning(cast: Cast, client: Client, outbox: Any) -> None:
    [message] = _messages(cast, 1)
    with clinic_scope(cast.harbour.pk):
        mark_dead(actor=cast.actor(), message=message, why="no_connection")
    assert client.post(f"/c/{cast.harbour.slug}/outbox/{message.pk}/again/").status_code == 302
    with clinic_scope(cast.harbour.pk):
        again = Message.objects.get()
        assert (again.state, again.attempts, again.last_error) == ("due", 0, "")


def test_the_page_asks_the_database_the_same_for_one_row_and_for_two_hundred(cast: Cast, outbox: Any) -> None:
    counts = []
    outbox()  # the session's first page also notes when it began
    for more in (1, 29, 170):
        _messages(cast, more)
        with CaptureQueriesContext(connection) as queries:
            assert outbox().status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_older_messages_follow_page_by_page(cast: Cast, outbox: Any) -> None:
    _messages(cast, 31)
    first = outbox().content.decode()
    assert first.count("rows__item") == 30
    after = first.split("after=")[1].split('"')[0]
    assert outbox(f"?after={after}").content.decode().count("rows__item") == 1
    assert outbox("?after=nonsense&state=nonsense").status_code == 200


@pytest.mark.parametrize("member", ["therapist", "manager", "front_desk"])
def test_only_who_runs_the_clinic_sees_the_outbox(cast: Cast, client: Client, member: str) -> None:
    client.force_login(getattr(cast, member).user)
    assert client.get(f"/c/{cast.harbour.slug}/outbox/").status_code == 403


def test_there_is_no_inbox_outside_the_demo(cast: Cast, client: Client) -> None:
    client.force_login(cast.therapist.user)
    assert client.get(f"/c/{cast.harbour.slug}/inbox/").status_code == 404


def test_the_demos_inbox_shows_the_mails_of_its_own_clinic(cast: Cast, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.INBOX_DIR = True, str(tmp_path)
    for clinic, word in ((cast.harbour, "harbour-mail"), (cast.meadow, "meadow-mail")):
        folder = tmp_path / str(clinic.pk)
        folder.mkdir()
        (folder / "1.eml").write_text(f"To: a@b.example\nSubject: {word}\n\nHello\n\nhttp://localhost/s/abc.def\n")
    client.force_login(cast.therapist.user)
    page = client.get(f"/c/{cast.harbour.slug}/inbox/").content.decode()
    assert "harbour-mail" in page
    assert 'href="http://localhost/s/abc.def"' in page
    assert "meadow-mail" not in page
