"""The outbox: nothing is lost when a sender is killed, and consent is asked again at the moment of sending."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from clinic.models import Clinic, Consent, Message, Task
from clinic.scoping import clinic_scope
from clinic.services.messages import claim_next, queue_message, send_due, settle
from clinic.services.patients import record_consent
from clinic.writes import SYSTEM_TASK
from outcomes.models import Invitation
from outcomes.services.invitations import invite, link_of, revoke
from sessions.models import Course
from tests.cast import Cast, move_to_noon

INSTRUMENTS = ("nprs-back-7d", "rmdq-24")


def _night_at(clinic: Clinic) -> None:
    hours = datetime.now(UTC).hour - 3
    clinic.time_zone = f"Etc/GMT{hours:+d}" if -12 <= hours <= 12 and hours else "Etc/UTC"
    if hours > 12:
        clinic.time_zone = f"Etc/GMT{hours - 24:+d}"
    clinic.save()


def _invite(cast: Cast, course: Course | None = None, **more: Any) -> Invitation:
    chosen = course or cast.ada_course
    return invite(
        actor=cast.actor(),
        course=chosen,
        occasion="baseline",
        due_on=more.pop("due_on", timezone.now().date()),
        instruments=INSTRUMENTS,
        by_mail=True,
        **more,
    )


def _message(cast: Cast) -> Message:
    with clinic_scope(cast.harbour.pk):
        found: Message = Message.objects.get()
        return found


def test_a_mail_carries_the_link_and_no_word_about_health(committed_cast: Cast) -> None:
    cast = committed_cast
    move_to_noon(cast.harbour)
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast)
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 1
    [sent] = mail.outbox
    assert sent.to == ["ada@patients.example"]
    assert link_of(invitation) in sent.body
    words = f"{sent.subject} {sent.body}".lower()
    for forbidden in ("pain", "back", "leg", "ángela", "roland", "laser", "score", "disability"):
        assert forbidden not in words, forbidden
    message = _message(cast)
    assert (message.state, message.attempts, str(message.message_id) in sent.extra_headers["Message-ID"]) == ("sent", 1, True)


def test_the_same_invitation_is_queued_once(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        assert _invite(cast) == _invite(cast)
        assert Message.objects.count() == 1


def test_consent_withdrawn_before_sending_keeps_the_message_here(committed_cast: Cast) -> None:
    cast = committed_cast
    move_to_noon(cast.harbour)
    with clinic_scope(cast.harbour.pk):
        _invite(cast)
        record_consent(actor=cast.actor(), patient=cast.ada, purpose=Consent.Purpose.MESSAGES, given=False, text_version="test")
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 0
    message = _message(cast)
    assert (message.state, message.last_error) == ("withdrawn", "no_consent")
    assert mail.outbox == []


def test_a_patient_who_never_agreed_is_not_written_to(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _invite(cast, cast.ben_course)
        assert Message.objects.count() == 0


def test_a_withdrawn_invitation_is_not_sent(committed_cast: Cast) -> None:
    cast = committed_cast
    move_to_noon(cast.harbour)
    with clinic_scope(cast.harbour.pk):
        revoke(actor=cast.actor(), invitation=_invite(cast))
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 0
    assert (_message(cast).state, _message(cast).last_error) == ("withdrawn", "invitation_withdrawn")


def test_at_night_nothing_goes_out_but_a_link_just_asked_for(committed_cast: Cast) -> None:
    cast = committed_cast
    _night_at(cast.harbour)
    with clinic_scope(cast.harbour.pk):
        invitation = _invite(cast)
        queue_message(actor=cast.actor(), patient=cast.ada, kind="new_link", subject_id=invitation.pk, business_key="asked")
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 1
    with clinic_scope(cast.harbour.pk):
        assert dict(Message.objects.values_list("kind", "state")) == {"invitation": "due", "new_link": "sent"}


def test_a_failing_provider_is_tried_five_times_with_growing_pauses_then_becomes_a_task(committed_cast: Cast) -> None:
    cast = committed_cast
    move_to_noon(cast.harbour)
    pauses = []
    with clinic_scope(cast.harbour.pk):
        _invite(cast)
    for attempt in range(1, 6):
        with clinic_scope(cast.harbour.pk):
            claimed = claim_next(actor=SYSTEM_TASK)
        with clinic_scope(cast.harbour.pk):
            before = timezone.now()
            settle(actor=SYSTEM_TASK, claimed=claimed, error="no_connection")  # type: ignore[arg-type]
            message = Message.objects.get()
            assert message.attempts == attempt
            pauses.append(round((message.due_at - before).total_seconds() / 60) if message.state == "due" else None)
            # The pause itself is not waited for.
            from clinic.writes import nothing_to_write, writes

            @writes("test.hurry")
            def hurry(*, actor: Any) -> None:
                nothing_to_write()
                Message.objects.update(due_at=timezone.now())

            hurry(actor=SYSTEM_TASK)
    assert pauses == [1, 5, 30, 120, None]
    with clinic_scope(cast.harbour.pk):
        assert (Message.objects.get().state, Message.objects.get().last_error) == ("dead", "no_connection")
        assert Task.objects.filter(kind="message_failed", patient=cast.ada).count() == 1


def test_an_expired_link_is_not_sent(committed_cast: Cast) -> None:
    cast = committed_cast
    move_to_noon(cast.harbour)
    with clinic_scope(cast.harbour.pk):
        _invite(cast, days=-1, due_on=timezone.now().date() - timedelta(days=20))
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 0
    assert (_message(cast).state, _message(cast).last_error) == ("withdrawn", "link_expired")


def unwritable(message: Message, clinic: Clinic) -> Any:
    """A renderer that fails, as a mistake in it would."""
    raise KeyError(str(message.pk))


def test_a_message_that_cannot_be_written_is_given_up_and_holds_up_nobody(
    committed_cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = committed_cast
    move_to_noon(cast.harbour)
    settings.MESSAGE_KINDS = {**settings.MESSAGE_KINDS, "poison": "tests.clinic.test_outbox.unwritable"}
    monkeypatch.setattr("clinic.services.messages.DELAYS", (timedelta(0),) * 4)
    with clinic_scope(cast.harbour.pk):
        queue_message(actor=cast.actor(), patient=cast.ada, kind="poison", subject_id=cast.ada.pk, business_key="poison")
        _invite(cast)
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 1
    with clinic_scope(cast.harbour.pk):
        poison = Message.objects.get(kind="poison")
        assert (poison.state, poison.attempts, poison.last_error) == ("dead", 5, "cannot_be_written")
        assert Message.objects.get(kind="invitation").state == "sent"
        assert Task.objects.filter(kind="message_failed").count() == 1


@pytest.mark.django_db
def test_an_inbox_that_is_empty_at_night_says_when_the_mail_leaves(cast: Cast, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.DEMO, settings.INBOX_DIR = True, str(tmp_path)
    client.force_login(cast.therapist.user)
    assert "It is night at the clinic" not in client.get("/c/harbour/inbox/").content.decode()
    _night_at(cast.harbour)
    with clinic_scope(cast.harbour.pk):
        _invite(cast)
    assert "It is night at the clinic: what waits leaves from 08:00 on." in client.get("/c/harbour/inbox/").content.decode()
