"""The health page says what is broken, and within two minutes; the probes say one word."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection
from django.test import Client

from clinic.local.servers import OWNER, Redis
from clinic.models import Heartbeat, Operation
from clinic.operation import health
from clinic.operation.health import State
from clinic.scoping import clinic_scope
from clinic.selectors.health import Check, health_of
from clinic.services.messages import queue_message
from clinic.services.operations import record_operation
from clinic.services.signs_of_life import say
from clinic.writes import SYSTEM_COMMAND
from tests.cast import Cast
from tests.embedded import Cluster
from tests.running import Processes, wait_until

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "state"),
    [(None, "fail"), (timedelta(seconds=74), "ok"), (timedelta(seconds=76), "fail")],
)
def test_a_program_that_is_silent_for_five_signs_is_dead(age: timedelta | None, state: str) -> None:
    assert health.of_sign(age, 15) == state


def test_with_the_settings_as_they_come_whatever_stops_is_seen_within_two_minutes() -> None:
    every = django_settings.HEARTBEAT_SECONDS
    slowest_look = every + 3 + django_settings.EMAIL_TIMEOUT  # the poller's round: a frozen broker and a frozen mail server
    assert health.MISSED_SIGNS * every + slowest_look <= 120


@pytest.mark.parametrize(("hours", "state"), [(0, "ok"), (25, "ok"), (27, "warn"), (49, "warn"), (51, "fail")])
def test_a_backup_is_late_after_a_day_and_too_old_after_two(hours: int, state: str) -> None:
    assert health.of_age(timedelta(hours=hours), health.BACKUP_LATE, health.BACKUP_TOO_OLD) == state


@pytest.mark.parametrize(
    ("free", "total", "state"),
    [
        (500_000_000, 10**12, "fail"),
        (4 * 10**9, 20 * 10**9, "warn"),
        (20 * 10**9, 10**12, "warn"),
        (60 * 10**9, 10**12, "ok"),
        (8 * 10**9, 20 * 10**9, "ok"),
    ],
)
def test_a_disk_is_judged_by_what_is_free(free: int, total: int, state: str) -> None:
    assert health.of_disk(free, total) == state


def test_a_night_does_not_make_a_message_late() -> None:
    evening = MORNING - timedelta(hours=10)
    assert health.late_by(evening, MORNING) == timedelta(hours=1)
    assert health.late_by(evening, MORNING.replace(hour=7)) == timedelta(0)
    assert health.late_by(MORNING - timedelta(minutes=5), MORNING) == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("found", "unsafe"),
    [
        ({"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}, []),
        ({"fsync": "on", "full_page_writes": "on", "synchronous_commit": "local"}, []),
        ({"fsync": "off", "full_page_writes": "on", "synchronous_commit": "on"}, ["fsync"]),
        ({"fsync": "on", "full_page_writes": "off", "synchronous_commit": "off"}, ["full_page_writes", "synchronous_commit"]),
        ({}, ["fsync", "full_page_writes", "synchronous_commit"]),
    ],
)
def test_a_database_that_may_forget_is_unsafe(found: dict[str, str], unsafe: list[str]) -> None:
    assert health.unsafe_settings(found) == unsafe


def _checks(cast: Cast) -> dict[str, Check]:
    with clinic_scope(cast.harbour.pk):
        found = health_of(cast.harbour)
    return {check.key: check for section in found.sections for check in section.checks}


@pytest.mark.django_db
def test_the_page_says_what_to_do_about_each_thing_that_is_not_well(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator.user)
    page = client.get("/c/harbour/health/").content.decode()
    for words in ("Never heard of", "Start it again", "Make a backup", "fsync, full_page_writes, synchronous_commit", "postgresql.conf"):
        assert words in page
    assert [check.key for check in _checks(cast).values() if check.state != State.OK and not check.fix] == []
    assert [check.key for check in _checks(cast).values() if check.state == State.OK and check.fix] == []


@pytest.mark.django_db
def test_the_page_asks_as_often_with_thirty_messages_as_with_one(cast: Cast, django_assert_num_queries: Any, client: Client) -> None:
    client.force_login(cast.administrator.user)
    client.get("/c/harbour/health/")
    numbers = []
    for many in (1, 29):
        with clinic_scope(cast.harbour.pk):
            for n in range(many):
                queue_message(actor=SYSTEM_COMMAND, patient=cast.ada, kind="invitation", subject_id=cast.ada.pk, business_key=f"{many}:{n}")
        with django_assert_num_queries(22, exact=False) as asked:
            assert client.get("/c/harbour/health/").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


@pytest.mark.django_db
def test_a_real_clinic_whose_mail_ends_in_the_demos_inbox_is_told(cast: Cast) -> None:
    say("poller")
    say("mail")
    assert _checks(cast)["mail"].says == "The demo's inbox keeps every mail: none leaves."


@pytest.mark.django_db
def test_what_works_is_well_and_what_does_not_is_not(cast: Cast, settings: Any) -> None:
    settings.INBOX_DIR = ""
    for name in ("poller", "beat", "worker", "mail", "broker"):
        say(name)
    assert {
        key: check.state for key, check in _checks(cast).items() if key in {"poller", "beat", "worker", "mail", "broker", "queue"}
    } == dict.fromkeys(("mail", "poller", "worker", "beat", "broker", "queue"), State.OK)
    say("mail", works=False, error="smtp_535")
    say("broker", works=False, error="no_connection")
    checks = _checks(cast)
    assert (checks["mail"].state, checks["broker"].state) == (State.FAIL, State.FAIL)
    assert "the mail server refused it" in checks["mail"].says


@pytest.mark.django_db
def test_a_backup_that_failed_is_told_beside_the_last_good_one(cast: Cast) -> None:
    assert _checks(cast)["backup"].says == "Never."
    record_operation(kind="backup", succeeded=True)
    assert _checks(cast)["backup"].state == State.OK
    record_operation(kind="backup", succeeded=False)
    again = _checks(cast)["backup"]
    assert (again.state, again.says) == (State.WARN, "0 s ago. The newest try failed.")


@pytest.mark.django_db
def test_a_test_mail_goes_to_oneself_and_is_noted(cast: Cast, client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.force_login(cast.administrator.user)
    page = client.post("/c/harbour/health/mail/", follow=True).content.decode()
    assert "A test mail left for owner@harbour.example" in page
    assert [message.to for message in mail.outbox] == [["owner@harbour.example"]]
    assert Operation.objects.get().succeeded


@pytest.mark.django_db
def test_a_test_mail_that_cannot_leave_says_why(cast: Cast, client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed.getsockname()[1]
    client.force_login(cast.administrator.user)
    page = client.post("/c/harbour/health/mail/", follow=True).content.decode()
    assert "No mail left: the mail server could not be reached" in page
    noted = Operation.objects.get()
    assert (noted.kind, noted.succeeded, noted.detail) == ("mail_test", False, {"error": "no_connection"})


@pytest.mark.django_db
def test_ready_refuses_a_database_that_may_forget_and_says_one_word(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"durability\n")
    assert (client.get("/health/live").status_code, client.get("/health/live").content) == (200, b"alive\n")


def test_ready_refuses_tables_of_another_version(transactional_db: None, cluster: Cluster, client: Client) -> None:
    with psycopg.connect(cluster.postgres.url(OWNER, connection.settings_dict["NAME"])) as owner:
        owner.execute("DELETE FROM django_migrations WHERE app = 'clinic' AND name = '0002_drop_doubled_indexes'")
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content) == (503, b"migrations\n")


def test_without_a_database_live_is_alive_and_ready_is_not(processes: Processes) -> None:
    ask = "import django; django.setup(); from django.test import Client; c = Client(); "
    ask += "print([(a.status_code, a.content) for a in (c.get('/health/live'), c.get('/health/ready'))])"
    asked = processes.start(
        "probes", ["-c", ask], DATABASE_URL="postgres://nobody@127.0.0.1:1/nowhere", ALLOWED_HOSTS="testserver", DATABASE_POOL="0"
    )
    wait_until(lambda: not asked.running, what="the answers")
    assert "[(200, b'alive\\n'), (503, b'database\\n')]" in asked.log.read_text(encoding="utf-8")


class Mailserver:
    """As much of a mail server as a greeting and a goodbye: enough to see whether one is there."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self.listening.accept()
            except OSError:
                return
            with caller, caller.makefile("rwb") as talk:
                talk.write(b"220 here\r\n")
                talk.flush()
                for line in talk:
                    talk.write(b"221 bye\r\n" if line.lower().startswith(b"quit") else b"250 fine\r\n")
                    talk.flush()

    def stop(self) -> None:
        """Close the door."""
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[Redis]:
    """A broker that may be stopped."""
    server = Redis(tmp_path / "redis", tmp_path / "socket", durable=False)
    server.start(tmp_path / "redis.log")
    yield server
    if server.child is not None:
        server.child.kill()


def test_each_of_them_that_stops_is_red_and_nothing_else_is(
    committed_cast: Cast, processes: Processes, own_redis: Redis, settings: Any
) -> None:
    """The same programs as in a clinic, with signs every second instead of every fifteen: so red after five seconds, not 75."""
    settings.HEARTBEAT_SECONDS, settings.INBOX_DIR = 1, ""
    mailserver = Mailserver()
    env = {"HEARTBEAT_SECONDS": "1", "REDIS_URL": own_redis.url, "INBOX_DIR": "", "EMAIL_URL": f"smtp://127.0.0.1:{mailserver.port}"}
    poller = processes.start_poller(**env)
    worker = processes.start_worker(**env)
    schedule = str(processes.folder / "beat")
    beat = processes.start("beat", ["-m", "celery", "-A", "clinic.config.celery", "beat", f"--schedule={schedule}", "--pidfile="], **env)

    def red(*wanted: str) -> bool:
        watched = ("mail", "poller", "worker", "beat", "broker")
        states = {key: check.state for key, check in _checks(committed_cast).items()}
        return {key for key in watched if states[key] != State.OK} == set(wanted)

    wait_until(red, 60, what="everything is well")
    mailserver.stop()
    wait_until(lambda: red("mail"), 24, what="red mail")
    worker.kill()
    wait_until(lambda: red("mail", "worker"), 24, what="red worker")
    beat.kill()
    wait_until(lambda: red("mail", "worker", "beat"), 24, what="red scheduler")
    assert own_redis.child is not None
    own_redis.child.kill()
    wait_until(lambda: red("mail", "worker", "beat", "broker"), 24, what="red broker")
    poller.kill()
    wait_until(lambda: red("mail", "worker", "beat", "broker", "poller"), 24, what="red poller")
    assert Heartbeat.objects.count() == 5
