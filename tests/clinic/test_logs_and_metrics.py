"""What leaves the product sideways, in logs and numbers, names nobody and gives no secret away."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, connection, transaction
from django.test import Client
from django.utils import timezone

from clinic.operation.logs import HideSecrets, json_lines
from clinic.scoping import clinic_scope
from clinic.services.messages import queue_message
from clinic.services.signs_of_life import say
from clinic.writes import SYSTEM_COMMAND
from outcomes.services.invitations import invite, link_of
from tests.cast import HARBOUR_CANARY, MEADOW_CANARY, Cast
from tests.embedded import ROOT
from tests.running import Processes, wait_until

TOKEN = "for tests only, and long enough"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that would be logged, at the lowest level."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(json_lines())
    handler.addFilter(HideSecrets())
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", "django.request", "clinic.requests", "django.db.backends")}
    root.addHandler(handler)
    for name in levels:
        logging.getLogger(name).setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _events(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_day_at_the_clinic_leaves_no_name_answer_or_secret_in_the_log(cast: Cast, lines: io.StringIO) -> None:
    with clinic_scope(cast.harbour.pk):
        invitation = invite(
            actor=SYSTEM_COMMAND, course=cast.ada_course, occasion="baseline", due_on=timezone.localdate(), instruments=["nprs-back-7d"]
        )
        secret = link_of(invitation).rsplit("/", 1)[-1]
    assert len(secret) > 20
    patient, staff = Client(raise_request_exception=False), Client(raise_request_exception=False)
    patient.get(f"/s/{secret}")
    patient.get(f"/s/{secret}x?answer=7")
    staff.post("/accounts/login/", {"login": "ada@patients.example", "password": "a secret typed into the wrong field"})
    staff.force_login(cast.therapist.user)
    staff.post("/c/harbour/patients/", {"q": HARBOUR_CANARY})
    staff.get(f"/c/harbour/patients/?q={HARBOUR_CANARY}")
    staff.get("/c/harbour/no-such-page/")
    staff.get("/c/meadow/today/")
    said = lines.getvalue()
    assert {event["route"] for event in _events(lines) if event["event"] == "request"} >= {"account_login", "patients", "today", "unknown"}
    for unsaid in (secret, HARBOUR_CANARY, MEADOW_CANARY, "ngela", "patients.example", "wrong field", "answer=7"):
        assert unsaid not in said, unsaid


@pytest.mark.django_db
def test_a_fault_is_logged_by_kind_and_place_and_not_by_what_it_quotes(lines: io.StringIO) -> None:
    log = logging.getLogger("some.library")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 'Distelfink'::int")
    except DataError:
        log.exception("It failed")
    log.error("%s", "refused", exc_info=ValidationError("Ángela Bugspriet is known already"))
    [first, second] = _events(lines)[-2:]
    assert [part["kind"] for part in first["exception"]] == ["django.db.utils.DataError", "psycopg.errors.InvalidTextRepresentation"]
    assert "test_a_fault_is_logged" in first["exception"][0]["at"][0]
    assert second["exception"][0]["kind"] == "django.core.exceptions.ValidationError"
    assert MEADOW_CANARY not in lines.getvalue()
    assert HARBOUR_CANARY not in lines.getvalue()


def test_addresses_lose_their_secrets_whoever_logs_them(lines: io.StringIO) -> None:
    log = logging.getLogger("some.library")
    log.warning("GET /s/h4rb0ur.SECRET and /accounts/password/reset/key/1-SECRET/ for %s", "ada@patients.example")
    log.warning("Not Found: /c/harbour/patients/?q=SECRET")
    assert [event["event"] for event in _events(lines)] == [
        "GET /s/… and /accounts/password/reset/key/…/ for …",
        "Not Found: /c/harbour/patients/?…",
    ]
    assert "SECRET" not in lines.getvalue()
    assert "patients.example" not in lines.getvalue()


def test_a_worker_writes_json_and_hides_what_a_task_failed_of(processes: Processes) -> None:
    worker = processes.start_worker()
    ask = "from celery import Celery; Celery(broker=__import__('os').environ['REDIS_URL']).send_task("
    ask += "'clinic.tasks.send_due_messages', args=['Bugspriet'])"
    processes.start("ask", ["-c", ask])
    wait_until(lambda: "raised unexpected" in worker.log.read_text(encoding="utf-8"), what="the failed task in the log")
    written = worker.log.read_text(encoding="utf-8")
    events = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    failed = [event["exception"][0]["kind"] for event in events if event["logger"] == "celery.app.trace" and "exception" in event]
    assert failed == ["builtins.TypeError"]
    assert HARBOUR_CANARY not in written


@pytest.mark.django_db
def test_without_a_token_of_its_own_there_is_no_metrics_page(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 404


@pytest.mark.django_db
def test_metrics_are_for_whoever_holds_the_token(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer something else"}).status_code == 401
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.django_db
def test_metrics_count_by_route_and_never_by_person_or_clinic(cast: Cast, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    say("worker", waited_s=1.5)
    with clinic_scope(cast.harbour.pk):
        for key in ("a", "b"):
            due = timezone.now() - timedelta(minutes=10)
            queue_message(actor=SYSTEM_COMMAND, patient=cast.ada, kind="invitation", subject_id=cast.ada.pk, business_key=key, due_at=due)
    staff = Client()
    staff.force_login(cast.therapist.user)
    staff.get(f"/c/harbour/patients/{cast.ada.pk}/")
    staff.get("/c/meadow/today/")
    shown = staff.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    assert 'backlight_requests_total{route="patient",status="2xx"}' in shown
    assert 'backlight_requests_total{route="today",status="4xx"}' in shown
    assert "backlight_messages_unsent 2.0" in shown
    assert 'backlight_sign_age_seconds{program="worker"}' in shown
    assert "backlight_queue_wait_seconds 1.5" in shown
    [age] = re.findall(r"backlight_message_oldest_due_seconds ([\d.]+)", shown)
    assert 600 <= float(age) < 660
    for unsaid in ("harbour", "meadow", HARBOUR_CANARY, str(cast.ada.pk), "harbour.example"):
        assert unsaid not in shown, unsaid


def test_several_processes_add_up_in_one_folder(tmp_path: Path) -> None:
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "METRICS_TOKEN": TOKEN}
    count = (
        "import django; django.setup(); from clinic.operation.metrics import REQUESTS; REQUESTS.labels(route='today', status='2xx').inc(3)"
    )
    for _ in range(2):
        subprocess.run([sys.executable, "-c", count], cwd=ROOT, env=env, check=True)
    show = "import django; django.setup(); from clinic.operation.metrics import exposition; print(exposition().decode())"
    shown = subprocess.run([sys.executable, "-c", show], cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout
    assert 'backlight_requests_total{route="today",status="2xx"} 6.0' in shown


def test_a_production_environment_passes_djangos_own_deployment_check(tmp_path: Path) -> None:
    env = {
        **{key: value for key, value in os.environ.items() if key != "DJANGO_ALLOW_ASYNC_UNSAFE"},  # the browser tests set it
        "SITE_URL": "https://backlight.example",
        "ALLOWED_HOSTS": "backlight.example",
        "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
        "TRUSTED_PROXY_COUNT": "1",
        "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
        "INBOX_DIR": "",
        "STATIC_MANIFEST": "1",
        "DEBUG": "0",
        "DEMO": "0",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout
