"""After a restore no message leaves until a person has said so, and what waited can be withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from clinic.backup.manifest import Manifest
from clinic.backup.restoring import examined
from clinic.local.servers import DATABASE, OWNER
from clinic.models import AuditEvent, Clinic, Message, MessageHold
from clinic.scoping import clinic_scope
from clinic.services.messages import claim_next, queue_message
from clinic.writes import SYSTEM_TASK, Actor, nothing_to_write, writes
from tests.callers import proved
from tests.cast import Cast
from tests.embedded import Cluster


@writes("test.hold")
def _hold(*, actor: Actor) -> None:
    nothing_to_write()
    MessageHold(reason="restored").save()
    # What waits was there before.
    Message.objects.update(created_at=timezone.now() - timedelta(days=1))


@pytest.fixture
def held(cast: Cast) -> Cast:
    for clinic in (cast.harbour, cast.meadow):
        Clinic.objects.filter(pk=clinic.pk).update(time_zone="Etc/UTC")
        with clinic_scope(clinic.pk):
            patient = cast.ada if clinic == cast.harbour else cast.foreign_patient
            # A kind that leaves at night too: the hold alone keeps it here.
            queue_message(actor=cast.actor(), patient=patient, kind="new_link", subject_id=uuid4(), business_key="waits")
            _hold(actor=SYSTEM_TASK)
    return cast


def _states(clinic: Clinic) -> list[str]:
    with clinic_scope(clinic.pk):
        return list(Message.objects.values_list("state", flat=True))


def test_a_sender_finds_nothing_while_messages_are_on_hold(held: Cast) -> None:
    with clinic_scope(held.harbour.pk):
        assert claim_next(actor=SYSTEM_TASK) is None
        assert Message.objects.get().attempts == 0


@pytest.mark.parametrize(("choice", "state"), [("withdraw", "withdrawn"), ("send", "due")])
def test_the_outbox_says_that_messages_are_on_hold_and_lets_them_go(held: Cast, client: Client, choice: str, state: str) -> None:
    client.force_login(held.administrator.user)
    asked = client.post(f"/c/{held.harbour.slug}/outbox/release/", {"waiting": choice})
    assert "reauthenticate" in asked["Location"]
    assert _states(held.harbour) == ["due"]
    proved(client, held.administrator.user)
    page = client.get(f"/c/{held.harbour.slug}/outbox/").content.decode()
    assert "Messages are on hold" in page
    assert "1 message waits" in page
    answer: Any = client.post(f"/c/{held.harbour.slug}/outbox/release/", {"waiting": choice})
    assert answer.status_code == 302
    assert "on hold" not in client.get(f"/c/{held.harbour.slug}/outbox/").content.decode()
    assert (_states(held.harbour), _states(held.meadow)) == ([state], ["due"])
    with clinic_scope(held.harbour.pk):
        event = AuditEvent.objects.get(action="message.release")
        assert (event.detail, event.actor_user_id) == ({"waited": 1, "withdrawn": choice == "withdraw"}, held.administrator.user_id)
    with clinic_scope(held.meadow.pk):
        assert claim_next(actor=SYSTEM_TASK) is None


def test_the_command_lets_all_clinics_go(held: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("release_hold", withdraw_waiting=True)
    assert capsys.readouterr().out.count("messages leave again; 1 withdrawn") == 2
    assert _states(held.harbour) + _states(held.meadow) == ["withdrawn", "withdrawn"]


def test_with_nothing_waiting_there_is_nothing_to_choose(held: Cast, client: Client) -> None:
    call_command("release_hold", withdraw_waiting=True)
    with clinic_scope(held.harbour.pk):
        _hold(actor=SYSTEM_TASK)
    client.force_login(held.administrator.user)
    page = client.get(f"/c/{held.harbour.slug}/outbox/").content.decode()
    assert "No message waits." in page
    assert "Let messages leave again" in page
    assert "Withdraw what waits" not in page


@pytest.mark.django_db(transaction=True)
def test_a_restore_whose_comparison_breaks_off_lets_nobody_in_before_messages_are_on_hold(committed_cast: Cast, cluster: Cluster) -> None:
    unreadable: Any = {"outcomes_response": None}
    manifest = Manifest(1, "", "", 18, {}, {}, unreadable, {})
    with psycopg.connect(cluster.postgres.url(OWNER)) as owner:
        with pytest.raises(TypeError):
            examined(owner, manifest, DATABASE)
        held, clinics, may_connect = owner.execute(
            "SELECT (SELECT count(*) FROM clinic_messagehold WHERE ended_at IS NULL), (SELECT count(*) FROM clinic_clinic), "
            "has_database_privilege('backlight_app', current_database(), 'CONNECT')"
        ).fetchone() or (0, 0, False)
        owner.rollback()
    assert (held, may_connect) == (clinics, True)
    assert clinics > 1
