"""The audit as its reader sees it: by patient, person, action and day; complete, without health data, and watched itself."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.config.audit_words import WORDS
from clinic.models import AuditEvent, Clinic
from clinic.scoping import clinic_scope
from clinic.selectors.audit import Wanted, audit_page
from clinic.services.organisation import add_staff, change_clinic
from clinic.services.staff import lock_staff, set_absence
from clinic.writes import Actor, Entry, write_entries
from sessions.services.handing_over import hand_over
from tests.callers import proved
from tests.cast import HARBOUR_CANARY, Cast

ROOT = Path(__file__).resolve().parents[2]
PAGE = "/c/harbour/audit/"


@pytest.fixture
def reader(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    return client


def _rows(client: Client, query: str = "") -> list[list[str]]:
    body = client.get(PAGE + query).content.decode()
    rows = re.findall(r"<tr>\s*<td.*?</tr>", body, re.DOTALL)
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)] for row in rows]


@pytest.mark.django_db
def test_who_opened_a_record_stands_there_with_time_and_number(cast: Cast, reader: Client) -> None:
    therapist = Client()
    therapist.force_login(cast.therapist.user)
    therapist.get(f"/c/harbour/patients/{cast.ada.pk}/")
    [row] = [row for row in _rows(reader, f"?record={cast.ada.record_number}") if row[2] == "opened the record"]
    assert row[1] == f"{cast.therapist.display_name} staff"
    assert row[3] == cast.ada.record_number


@pytest.mark.django_db
def test_filters_narrow_and_unknown_ones_are_refused(cast: Cast, reader: Client) -> None:
    everything = _rows(reader)
    asked = {"person": cast.therapist.pk, "action": "plan.make"}
    assert len(everything) > len(_rows(reader, "?action=plan.make")) > 0
    for name, value in asked.items():
        assert reader.get(PAGE, {name: str(value)}).status_code == 200
    for query in ("?record=nobody", "?person=1", "?action=nothing", "?first=yesterday", "?before=x", "?before=-1"):
        assert reader.get(PAGE + query).status_code == 400, query


@pytest.mark.django_db
def test_days_are_the_clinics(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        zone = cast.harbour.zone
        today = datetime.now(tz=UTC).astimezone(zone).date()
        everything = AuditEvent.objects.count()
        assert len(audit_page(Wanted(first=today - timedelta(days=1), last=today), zone, size=1000).lines) == everything
        assert audit_page(Wanted(last=today - timedelta(days=2)), zone).lines == ()


@pytest.mark.django_db
def test_pages_follow_each_other_without_gap_or_repetition(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        write_entries([Entry(action="record.read", actor=cast.actor(), patient_id=cast.ada.pk) for _ in range(120)])
        seen: list[int] = []
        before = None
        while True:
            page = audit_page(Wanted(patient=cast.ada.pk), cast.harbour.zone, before=before)
            seen += [line.sequence for line in page.lines]
            before = page.before
            if before is None:
                break
        stored = AuditEvent.objects.filter(patient_id=cast.ada.pk).order_by("-sequence").values_list("sequence", flat=True)
        assert seen == list(stored)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30, 200])
def test_a_page_asks_the_database_the_same_however_many_rows_there_are(cast: Cast, reader: Client, rows: int) -> None:
    reader.get(PAGE)
    with clinic_scope(cast.harbour.pk):
        write_entries([Entry(action="record.read", actor=Actor(kind=Actor.STAFF), patient_id=cast.ben.pk) for _ in range(rows)])
    with CaptureQueriesContext(connection) as queries:
        reader.get(PAGE)
    assert len(queries) <= 11  # one less when nobody stands in any row


@pytest.mark.django_db
def test_reading_and_taking_out_the_audit_is_audited_and_names_nobody(cast: Cast, reader: Client) -> None:
    reader.get(PAGE, {"record": cast.ada.record_number})
    body = reader.get(PAGE + "table.csv").content.decode()
    with clinic_scope(cast.harbour.pk):
        found = AuditEvent.objects.filter(action__startswith="audit.").order_by("sequence")
        assert [(each.action, each.patient_id, each.detail) for each in found] == [
            ("audit.read", cast.ada.pk, {"asked_by": ["patient"]}),
            ("audit.export", None, {}),
        ]
        assert len(body.strip().splitlines()) == AuditEvent.objects.count()
    names = {cast.ada.identity.given_name, cast.ben.identity.family_name} if hasattr(cast.ada, "identity") else set()
    assert not [name for name in names if name in body]
    assert cast.ada.record_number in body
    assert HARBOUR_CANARY in body  # staff are named: that is what the list is for


@pytest.mark.django_db
def test_a_therapist_and_a_manager_do_not_see_the_audit(cast: Cast) -> None:
    for member in (cast.therapist, cast.manager, cast.front_desk):
        client = Client()
        client.force_login(member.user)
        assert client.get(PAGE).status_code == 403


def test_every_audited_action_has_words() -> None:
    found = set()
    for path in (path for app in ("clinic", "sessions", "outcomes") for path in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id == "writes" and isinstance(node.args[0], ast.Constant):
                    found.add(str(node.args[0].value))
                found |= {str(k.value.value) for k in node.keywords if k.arg in {"action", "read"} and isinstance(k.value, ast.Constant)}
    not_audited = {"idempotency_key.claim", "idempotency_key.answer", "store_true"}
    assert {action for action in found - not_audited if "." in action or action == "refused"} - set(WORDS) == set()


@pytest.mark.django_db
def test_an_event_says_about_whom_it_is_and_what_became_of_what(cast: Cast, reader: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        actor = cast.actor(cast.administrator)
        change_clinic(actor=actor, clinic=Clinic.objects.get(pk=cast.harbour.pk), time_zone="Europe/Vienna", require_second_factor=False)
        kim = add_staff(actor=actor, email="kim@harbour.example", name="Kim Lotse", roles=["therapist"])
        set_absence(actor=actor, member=cast.therapist, first=date(2031, 3, 1), last=date(2031, 3, 14), deputy=kim, today=date(2031, 2, 1))
        hand_over(actor=actor, giver=cast.therapist, receiver=kim, kinds=["courses"])
        lock_staff(actor=actor, member=cast.therapist)
    rows = _rows(reader)[:8]
    whole = [" | ".join(row[2:]) for row in rows]
    assert f"locked a colleague out: {cast.therapist.display_name} |  | keys withdrawn: 0" in whole[0], whole
    assert any("time zone: Europe/Berlin → Europe/Vienna" in line for line in whole), whole
    assert any("first day: 1 Mar 2031" in line for line in whole), whole
    assert any(f"from: {cast.therapist.display_name}" in line and "to: Kim Lotse" in line for line in whole), whole
    assert not any("{" in line or re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", line) for line in whole), whole
