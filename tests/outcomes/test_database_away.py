"""PostgreSQL gone, slow, or full: every page says so with 503 and Retry-After, holds what was sent, and works when it is back (R8, R9)."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection, connections
from django.test import Client
from django.utils import timezone

from clinic.config.settings import REQUEST_LIMITS
from clinic.not_now import NotNow, not_now
from clinic.scoping import allow_long_statements, clinic_scope
from outcomes.models import Response
from outcomes.services.invitations import invite, link_of
from tests.callers import Caller
from tests.cast import Cast
from tests.embedded import Cluster

AWAY_PAGE = "The clinic’s records cannot be reached at this moment."


@pytest.fixture
def stopped(committed_cast: Cast, cluster: Cluster) -> Any:
    """Stops PostgreSQL for real; starts it again when asked, at the end at the latest."""

    class Stopped:
        def __enter__(self) -> None:
            connections.close_all()
            assert cluster.postgres.child is not None
            cluster.postgres.child.stop()

        def __exit__(self, *_: object) -> None:
            connections.close_all()
            cluster.postgres.start(cluster.folder / "postgres.log")

    return Stopped()


def _told(answer: Any) -> str:
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    return str(answer.content.decode())


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_every_page_says_so_and_works_again_afterwards(committed_cast: Cast, stopped: Any) -> None:
    cast, staff, anybody = committed_cast, Client(raise_request_exception=False), Client(raise_request_exception=False)
    staff.force_login(cast.therapist.user)
    caller = Caller(cast)
    caller.client.raise_request_exception = False
    with clinic_scope(cast.harbour.pk):
        invited = invite(
            actor=cast.actor(), course=cast.ada_course, occasion="baseline", due_on=timezone.localdate(), instruments=["nprs-back-7d"]
        )
        link = link_of(invited).removeprefix("http://localhost")
    pages = ["/", "/c/harbour/today/", f"/c/harbour/patients/{cast.ada.pk}/", "/accounts/login/?next=/"]
    with stopped:
        for page in (*pages[:3], link):
            assert AWAY_PAGE in _told((staff if page != link else anybody).get(page)), page
        page = _told(staff.post("/accounts/login/", {"login": "a@b.example", "password": "not kept anywhere"}))
        assert (AWAY_PAGE in page, "not kept anywhere" in page) == (True, False)
        answer = caller.get("harbour/visits/")
        assert _told(answer)
        assert answer.json() == {
            "error": "try_again",
            "message": "The database cannot be reached. Nothing was stored; try again in a moment.",
        }
    assert [staff.get(page).status_code for page in pages[1:3]] == [200, 200]
    assert anybody.get(link).status_code == 200
    assert caller.get("harbour/visits/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_answers_sent_while_it_is_away_stand_in_the_page_and_are_sent_by_it_afterwards(committed_cast: Cast, stopped: Any) -> None:
    cast, client = committed_cast, Client(raise_request_exception=False)
    with clinic_scope(cast.harbour.pk):
        invited = invite(
            actor=cast.actor(), course=cast.ada_course, occasion="baseline", due_on=timezone.localdate(), instruments=["nprs-back-7d"]
        )
    client.post(link_of(invited).removeprefix("http://localhost"), {"start": "1", "language": "en"})
    client.post("/survey/1/", {"nprs-back-7d-back": "6", "layout": "row"})
    [shown] = re.findall(r'name="shown" value="([0-9a-f]{64})"', client.get("/survey/check/").content.decode())
    with stopped:
        page = _told(client.post("/survey/check/", {"answered_by": "patient", "shown": shown, "device_zone": "Europe/Berlin"}))
    assert "Not sent yet: keep this page open." in page
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    [address] = re.findall(r'<form method="post" action="([^"]+)">', page)
    assert kept == {"answered_by": "patient", "shown": shown, "device_zone": "Europe/Berlin"}
    assert client.post(address, kept).headers["Location"] == "/survey/done/"
    with clinic_scope(cast.harbour.pk):
        assert list(Response.objects.filter(course=cast.ada_course).values_list("answers", flat=True)) == [{"back": 6}]


def _error(code: str | None) -> OperationalError:
    error = OperationalError()
    cause: Any = psycopg.OperationalError()
    if code:
        cause.sqlstate = code
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (None, NotNow.AWAY),
        ("08006", NotNow.AWAY),  # connection_failure
        ("53100", NotNow.AWAY),  # disk_full
        ("53300", NotNow.AWAY),  # too_many_connections
        ("57P01", NotNow.AWAY),  # admin_shutdown
        ("57P03", NotNow.AWAY),  # cannot_connect_now
        ("58030", NotNow.AWAY),  # io_error
        ("25P03", NotNow.AWAY),  # idle_in_transaction_session_timeout
        ("55P03", NotNow.IN_USE),  # lock_not_available
        ("40001", NotNow.IN_USE),  # serialization_failure
        ("40P01", NotNow.IN_USE),  # deadlock_detected
        ("57014", NotNow.TOO_LONG),  # query_canceled
        ("42501", None),  # insufficient_privilege
    ],
)
def test_what_another_try_would_mend_is_told_from_what_it_would_not(code: str | None, why: NotNow | None) -> None:
    assert not_now(_error(code)) is why


def test_a_connection_closed_under_our_feet_is_the_database_away() -> None:
    assert not_now(InterfaceError("the connection is closed")) is NotNow.AWAY
    assert not_now(ValueError()) is None
    assert not_now(None) is None


@pytest.mark.django_db
def test_a_statement_of_a_request_is_stopped_after_ten_seconds_and_a_reports_after_thirty(cast: Cast) -> None:
    limits = dict(part.split("=") for part in REQUEST_LIMITS.split() if "=" in part)
    assert limits == {"lock_timeout": "3s", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "15s"}
    with clinic_scope(cast.harbour.pk), connection.cursor() as cursor:
        allow_long_statements()
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("30s",)


@pytest.mark.django_db
def test_a_page_that_takes_too_long_says_so(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(cast.therapist.user)
    client.raise_request_exception = False
    slow = f"/c/harbour/patients/{cast.ada.pk}/"

    def sleep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """As if the first statement about courses were slow: PostgreSQL itself sleeps in its place."""
        if "treatment_course" in sql and sql.startswith("SELECT"):
            execute("SET LOCAL statement_timeout = '100ms'", None, many, context)
            return execute("SELECT pg_sleep(20)", None, many, context)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(sleep):
        answer = client.get(slow)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "That took too long" in answer.content.decode()
