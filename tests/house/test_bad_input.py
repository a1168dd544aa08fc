"""Every form of every page against hostile values: refused at the field or stored as it was sent, never a fault, never half a record.

The forms are read from the pages themselves. A route that takes a form and whose form no page here shows fails, unless it stands in
WITHOUT_A_PAGE with what is sent to it.
"""

from __future__ import annotations

import contextlib
import copy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_from_bytes, urlencode, urlsplit
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from clinic.importing.kinds import kinds
from clinic.importing.patients import patient_fields
from clinic.models import User
from clinic.permissions import ROLES
from clinic.scoping import clinic_scope
from clinic.services.emergency import name_for_emergencies
from clinic.services.imports import judge_import, read_import, receive_import
from clinic.services.organisation import change_staff
from clinic.writes import SYSTEM_COMMAND
from outcomes.models import Invitation
from outcomes.services.invitations import invite, link_of
from tests.callers import proved
from tests.house.test_access import World, _routes, _rows_of, world

__all__ = ["world"]

pytestmark = pytest.mark.django_db

HOSTILE = [
    b"\x00",
    b"a\x00b",
    b"\xed\xa0\x80",  # a lone surrogate
    b"\xff\xfe",
    "\u202eevil\u2066".encode(),
    ("e" + "\u0301" * 3000).encode(),
    "１２３".encode(),
    "²".encode(),
    b"1e400",
    b"NaN",
    b"Infinity",
    b"-0",
    b"-1",
    b"9223372036854775808",
    b"1" * 400,
    b"0001-01-01",
    b"9999-12-31",
    b"2026-02-31",
    b"2026-03-29T02:30",  # no such time in Berlin
    b"24:00",
    b"=1+1",
    b"' OR 1=1 --",
    b"<script>alert(1)</script>",
    b"{{ 7 * 7 }}",
    b"../../etc/passwd",
    b"a" * 40_000,
    b"x\r\nSet-Cookie: a=b",
    "👨‍👩‍👧‍👦".encode(),
    "\u200b\ufeff".encode(),
    b"00000000-0000-0000-0000-000000000000",
    b"1.5.1",
    b" ",
    b"",
]
# Who would like to be more than they are: fields of the tables that no form has.
SMUGGLED = {
    "clinic": "meadow",
    "clinic_id": "x",
    "id": "x",
    "is_superuser": "1",
    "is_staff": "1",
    "state": "signed",
    "signed_at": "2020-01-01",
    "value": "0",
    "role": "administrator",
}
# Routes that take what no page of this walk shows, with the names of what they take.
WITHOUT_A_PAGE = {
    "visit_draft": ("note", "pain_before", "revision", "sites", "others"),  # sent by the visit's script
    "mail_link": (),  # one press, on the page of due surveys of a visit whose survey was made already
    "enter_answers": ("answered_by", "nprs-back-7d-back"),
    "hand_over": (),
    "withdraw_invitation": (),
    "message_again": (),
    "messages_release": (),
    "visit_reopen": (),
    "visit_addendum": ("reason", "text", "client_key", "pain_after"),
    "protocol_retire": (),
    "key_revoke": (),
    "course_end": ("ended_on", "reason"),
    "demo_remove": (),
    "due_surveys": ("instruments",),
    "staff_work": ("receiver", "kinds"),
    "visit_arrive": (),
}


@dataclass(frozen=True)
class Form:
    """One form of a page: where it sends, and its fields with what stands in them."""

    route: str
    address: str
    fields: tuple[tuple[str, str], ...]


class _Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found, self.fields, self.select = page, [], [], ""  # type: ignore[var-annotated]
        self.action: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "get").lower() == "post":
            self.action, self.fields = given.get("action") or self.page, []
        elif self.action is None or "disabled" in given:
            return
        elif tag in {"input", "textarea", "button"} and given.get("name"):
            self.fields.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self.select = given.get("name", "")
        elif tag == "option" and self.select and ("selected" in given or self.select not in dict(self.fields)):
            self.fields.append((self.select, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "form" and self.action is not None:
            self.found.append((self.action, tuple(dict(self.fields).items())))
            self.action = None


def _forms_of(page: str, html: str) -> Iterator[Form]:
    parser = _Forms(page)
    parser.feed(html)
    for action, fields in parser.found:
        address = urlsplit(action).path
        try:
            route = resolve(address).url_name or ""
        except Resolver404:
            route = "?"
        yield Form(route, action, fields)


@pytest.fixture
def client(world: World) -> Client:
    """Somebody who holds every role and has just proved who they are: whatever is refused is refused for what was sent."""
    with clinic_scope(world.cast.harbour.pk):
        change_staff(actor=SYSTEM_COMMAND, member=world.cast.therapist, roles=list(ROLES), is_active=True)
        name_for_emergencies(actor=SYSTEM_COMMAND, member=world.cast.therapist, may=True)
    return _signed_in(world)


def _signed_in(world: World) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(world.cast.therapist.user)
    proved(browser, world.cast.therapist.user)
    return browser


def _pages(world: World) -> list[str]:
    pages = [world.address(route, world.own) for route in _routes() if route.parameters[:1] == ("clinic",)]
    day = [f"/c/harbour/today/?tab={tab}" for tab in ("arrived", "unsigned", "all")]
    return [page for page in [*pages, *day, "/account/"] if "/api/" not in page and not page.endswith(".csv")]


def _all_forms(client: Client, world: World) -> list[Form]:
    """Each form once, by its route and the names of its fields; those of the frame of every page (language, sign-out) too."""
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    for page in _pages(world):
        answer = client.get(page)
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            for form in _forms_of(page, answer.content.decode()):
                found.setdefault((form.route, tuple(name for name, _value in form.fields)), form)
    for route in _routes():
        if route.name in WITHOUT_A_PAGE and route.parameters[:1] == ("clinic",):
            fields = tuple((name, "") for name in WITHOUT_A_PAGE[route.name])
            found.setdefault((route.name, ()), Form(route.name, world.address(route, world.own), fields))
    return list(found.values())


def _body(form: Form, place: int) -> bytes:
    """The form as its page fills it in, with a hostile value in each field but those that carry the form itself."""
    kept = {"csrfmiddlewaretoken", "step", "sign", "more", "start"}
    parts = []
    for number, (name, value) in enumerate(form.fields):
        if name in kept or name.endswith(("TOTAL_FORMS", "INITIAL_FORMS")):
            parts.append(urlencode({name: value}))
        else:
            parts.append(f"{urlencode({name: ''})}{quote_from_bytes(HOSTILE[(place + number) % len(HOSTILE)])}")
    return "&".join(parts).encode()


@contextlib.contextmanager
def _posted(client: Client, form: Form, body: bytes) -> Iterator[Any]:
    """Send it; when everything was looked at, take back whatever it did, in this browser too: it may have signed out."""
    kept = copy.deepcopy(client.cookies)
    with transaction.atomic():
        yield client.post(form.address, body, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    client.cookies = kept


def _sent(client: Client, form: Form, body: bytes) -> Any:
    with _posted(client, form, body) as answer:
        return answer


def test_every_route_that_takes_a_form_is_walked(client: Client, world: World) -> None:
    walked = {form.route for form in _all_forms(client, world)}
    left_out = []
    for route in _routes():
        if route.parameters[:1] == ("clinic",) and not route.name.startswith("api_"):
            status = _sent(client, Form(route.name, world.address(route, world.own), ()), b"").status_code
            if status not in (405, 404) and route.name not in walked:
                left_out.append(route.name)
    reads_alone = {"health", "outbox", "inbox", "audit", "audit_table", "devices", "export_file", "paper_form", "patient", "course"}
    reads_alone |= {"plan_print", "report", "report_table", "reports", "staff", "today", "worklist", "first_steps", "emergencies"}
    assert sorted(set(left_out) - reads_alone) == []


_SAID = re.compile('role="alert"|field__error|Nothing waits')


def test_no_hostile_value_in_any_form_is_a_fault(client: Client, world: World) -> None:
    wrong, refused_without_a_word, walked = [], [], 0
    for form in _all_forms(client, world):
        for place in range(len(HOSTILE)):
            if place and not form.fields:
                break
            answer = _sent(client, form, _body(form, place))
            walked += 1
            if answer.status_code >= 500:
                wrong.append(f"{form.route}: {answer.status_code} for value {place}")
            if answer.status_code == 422 and not _SAID.search(answer.content.decode()):
                refused_without_a_word.append(f"{form.route} for value {place}")
            if "Set-Cookie: a=b" in str(answer.headers):
                wrong.append(f"{form.route}: a header of ours is theirs")
    assert walked > 1_500
    assert wrong == []
    assert sorted({each.split(" for ")[0] for each in refused_without_a_word}) == []


def test_what_is_refused_changes_no_row(client: Client, world: World) -> None:
    before = _rows_of(world.cast.harbour.pk)
    changed = []
    for form in _all_forms(client, world):
        for place in (0, 9, 25):
            with _posted(client, form, _body(form, place)) as answer:
                status = answer.status_code
                if status >= 400:
                    after = _rows_of(world.cast.harbour.pk)
                    names = {name for name in before if before[name] != after[name]} - {"clinic_auditevent", "clinic_auditcounter"}
                    changed += [f"{form.route} ({status}): {sorted(names)}"] if names else []
            if not form.fields:
                break
    assert changed == []


def test_no_form_takes_a_field_that_it_does_not_have(client: Client, world: World) -> None:
    foreign = _rows_of(world.cast.meadow.pk)
    for form in _all_forms(client, world):
        body = urlencode([*form.fields, *SMUGGLED.items()]).encode()
        with _posted(client, form, body) as answer:
            assert answer.status_code < 500, form.route
            assert not User.objects.filter(is_superuser=True).exists(), form.route
            assert not User.objects.filter(is_staff=True).exists(), form.route
            assert _rows_of(world.cast.meadow.pk) == foreign, form.route


_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def test_another_clinics_id_in_a_form_is_what_no_id_at_all_is(client: Client, world: World) -> None:
    foreign = [value for value in world.foreign.values() if _UUID.fullmatch(str(value))]
    before, compared = _rows_of(world.cast.meadow.pk), 0
    for form in _all_forms(client, world):
        for name, value in form.fields:
            if not _UUID.search(value) or name == "client_key":
                continue
            said = set()
            for other in (*foreign, uuid4()):
                changed = {**dict(form.fields), name: _UUID.sub(str(other), value)}
                answer = _sent(client, form, urlencode(changed).encode())
                body = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())
                said.add((answer.status_code, _UUID.sub("", body) if answer.status_code >= 400 else ""))
                compared += 1
            assert len(said) == 1, f"{form.route}: {name} tells whether there is such an id elsewhere"
    assert compared > 20
    assert _rows_of(world.cast.meadow.pk) == before


def _half_recognised(world: World) -> Iterator[str]:
    """Pages of files of each kind: of what it needs one column is recognised, or all but one, or all with words that are not known."""
    cell = {"record_number": world.cast.ada.record_number, "complaint": "Rücken", "instrument": "Fragebogen 7"}
    for kind in kinds():
        needed: Any = [each for each in kinds()[kind].fields({}) if each.required] or [patient_fields()[2]]
        for named in [*([each] for each in needed), *([*needed[:place], *needed[place + 1 :]] for place in range(len(needed))), needed]:
            heads = ";".join([*(each.headers[0] for each in named), "Schuhgröße"])
            row = ";".join([*(cell.get(each.key, "05.01.2026") for each in named), "43"])
            with clinic_scope(world.cast.harbour.pk):
                file = io.BytesIO(f"{heads}\n{row}\n".encode())
                batch = receive_import(actor=SYSTEM_COMMAND, member=world.cast.administrator, source="old", kind=kind, file=file)
                assert read_import(actor=SYSTEM_COMMAND, batch=batch)
                batch.refresh_from_db()
                if named == needed:
                    judge_import(actor=SYSTEM_COMMAND, batch=batch, mapping=batch.mapping)
            yield f"/c/harbour/imports/{batch.pk}/"


def test_no_page_and_no_form_of_a_half_recognised_file_of_any_kind_is_a_fault(client: Client, world: World) -> None:
    walked = set()
    for page in _half_recognised(world):
        shown = client.get(page)
        assert shown.status_code == 200, page
        for form in _forms_of(page, shown.content.decode()):
            steps = ["judge", "match", "reread", "discard"] if form.route == "import" else []
            for place, step in enumerate(steps):
                body = _body(form, 7 * place) + f"&step={step}".encode()
                answer = _sent(client, form, body)
                assert answer.status_code in (302, 422), step
                walked.add((step, answer.status_code))
    assert walked >= {("judge", 422), ("match", 422), ("reread", 422), ("discard", 302)}


@pytest.fixture
def survey(world: World) -> tuple[Client, Invitation]:
    """A patient's browser in the middle of a survey."""
    cast = world.cast
    with clinic_scope(cast.harbour.pk):
        keys = ["nprs-back-7d", "rmdq-24"]
        invited = invite(actor=cast.actor(), course=cast.ben_course, occasion="baseline", due_on="2026-11-23", instruments=keys)  # type: ignore[arg-type]
    patient = Client(raise_request_exception=False)
    patient.post(link_of(invited).removeprefix("http://localhost"), {"start": "1", "language": "en"})
    return patient, invited


def test_no_hostile_value_on_a_patients_pages_is_a_fault(survey: tuple[Client, Invitation]) -> None:
    patient, invited = survey
    wrong, walked = [], 0
    link = link_of(invited).removeprefix("http://localhost")
    for page in (link, "/survey/1/", "/survey/2/", "/survey/check/", "/survey/done/", "/survey/again/"):
        answer = patient.get(page, follow=True)
        forms = list(_forms_of(page, answer.content.decode())) or [Form(page, page, (("year", ""), ("answered_by", ""), ("shown", "")))]
        for form in forms:
            for place in range(len(HOSTILE)):
                status = _sent(patient, form, _body(form, place)).status_code
                walked += 1
                if status >= 500:
                    wrong.append(f"{form.route}: {status} for value {place}")
    assert walked > 150
    assert wrong == []


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/password/reset/", "/accounts/reauthenticate/", "/setup/", "/look/"])
def test_no_hostile_value_before_signing_in_is_a_fault(world: World, page: str) -> None:
    anybody = Client(raise_request_exception=False)
    answer = anybody.get(page)
    fields = (("login", ""), ("password", ""), ("email", ""), ("code", ""), ("theme", ""), ("next", ""))
    forms = list(_forms_of(page, answer.content.decode())) if answer.status_code == 200 else []
    for form in forms or [Form(page, page, fields)]:
        for place in range(len(HOSTILE)):
            assert _sent(anybody, form, _body(form, place)).status_code < 500, f"{form.route} for value {place}"
