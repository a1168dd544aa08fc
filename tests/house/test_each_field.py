"""One hostile value at a time, everything else as it should be: so it gets past the checks of the other fields, down to the tables.

Refused, its page says so at that field; accepted, every page that reads what was stored still opens. What the pages take in their
addresses is asked the same way.
"""

from __future__ import annotations

import contextlib
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.house.test_access import World, _routes, world
from tests.house.test_bad_input import WITHOUT_A_PAGE, _pages, client

__all__ = ["client", "world"]

pytestmark = pytest.mark.django_db

NUL, SURROGATE, LONG = "\x001234567", b"\xed\xa0\x80", "a" * 25_000
WRITTEN = "\u202ee\u0301👨‍👩‍👧 ２"
HOSTILE: dict[str, tuple[str | bytes, ...]] = {
    "date": ("0001-01-01", "9999-12-31", "2026-02-31", NUL),
    "datetime-local": ("0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T02:30", NUL),
    "time": ("24:00", NUL),
    "number": ("1e400", "NaN", str(2**63)),
    "text": (NUL, LONG, WRITTEN, "1e400"),
    "choice": (NUL,),
}
_KINDS = {"date": "date", "datetime-local": "datetime-local", "time": "time", "number": "number", "radio": "choice", "checkbox": "choice"}
_FILL = {"date": "2026-11-02", "datetime-local": "2026-11-02T10:00", "time": "00:10", "number": "1", "email": "kim@staff.example"}
# What is never typed, and the later rows of a table of rows that are all alike.
_IN_A_ROW = re.compile(r"-[0-9]+-")  # a row that nothing was written into stays empty
KEPT = re.compile(r"csrfmiddlewaretoken|client_key|.*-(MIN|MAX)_NUM_FORMS|.*-[1-9][0-9]*-.*")
# Each ends the session that the walk runs in; how they are refused stands in their own tests.
LEAVES_THE_SESSION = {"hand_over", "account_logout"}
# Forms of what is there already: what was stored stands in them again.
EDITS = {"patient_edit", "course_edit", "device_edit", "staff_edit"}


@dataclass
class Field:
    """One control, or the controls that share a name."""

    kind: str
    values: list[str] = field(default_factory=list)
    needed: bool = False


@dataclass
class Form:
    """One form of a page."""

    address: str
    fields: dict[str, Field] = field(default_factory=dict)
    press: tuple[str, str] | None = None
    is_shown: bool = True

    def filled(self) -> dict[str, list[str]]:
        """As somebody fills it in who has nothing to hide."""
        return {name: each.values for name, each in self.fields.items() if each.values}


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found = page, list[Form]()
        self.form: Form | None = None
        self.select: Field | None = None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "get").lower() == "post":
            self.form = Form(given.get("action") or self.page)
            return
        if self.form is None or "disabled" in given:
            return
        if tag == "option" and self.select is not None and ("selected" in given or not self.select.values):
            self.select.values = [given.get("value", "")]
        elif given.get("name") and tag in {"input", "select", "textarea", "button"}:
            self._control(self.form, tag, given)

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        kind = {"select": "choice", "textarea": "text"}.get(tag) or _KINDS.get(given.get("type", ""), "text")
        if tag == "button":
            form.press = form.press or (given["name"], given.get("value", ""))
            return
        known = form.fields.setdefault(given["name"], Field(kind))
        if tag == "select":
            self.select = known
        elif tag == "textarea":
            self.area, known.values = known, [""]
        elif kind == "choice":
            # Those that are ticked; of those where one has to be, the first.
            if "checked" in given and given.get("type") == "radio":
                known.values = [given.get("value", "on")]
            elif "checked" in given:
                known.values.append(given.get("value", "on"))
            elif given.get("type") == "radio" and not known.values and not _IN_A_ROW.search(given["name"]):
                known.values = [given.get("value", "")]
        else:
            known.values = [given.get("value") or (_FILL.get(given.get("type", ""), "Word") if "required" in given else "")]

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area.values = [(self.area.values[0] + data).removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None
        elif tag == "form" and self.form is not None:
            self.found.append(self.form)
            self.form = None


def _forms(client: Client, world: World) -> dict[tuple[str, tuple[str, ...]], Form]:
    found: dict[tuple[str, tuple[str, ...]], Form] = {}
    pages = [*_pages(world), reverse("enter_answers", kwargs={"clinic": "harbour", "invitation": world.own["invitation"], "how": "paper"})]
    for page in pages:
        answer = client.get(page)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        reader = _Reader(page)
        reader.feed(answer.content.decode())
        for form in reader.found:
            try:
                route = resolve(urlsplit(form.address).path).url_name or "?"
            except Resolver404:
                route = "?"
            found.setdefault((route, tuple(form.fields)), form)
    for unshown in _routes():
        if unshown.name in WITHOUT_A_PAGE and unshown.parameters[:1] == ("clinic",):
            fields = {name: Field("text") for name in WITHOUT_A_PAGE[unshown.name]}
            found.setdefault((unshown.name, ()), Form(world.address(unshown, world.own), fields, is_shown=False))
    return found


def _encoded(fields: dict[str, list[str]], name: str, value: str | bytes) -> bytes:
    others = urlencode([(other, each) for other, values in fields.items() if other != name for each in values])
    return f"{others}&{quote(name)}={quote(value)}".encode()


def _readers(world: World) -> list[str]:
    """The pages that read most of what a form can store."""
    names = {"patient", "today", "due_surveys", "report", "staff", "worklist", "api_visits", "api_responses", "devices"}
    return [world.address(route, world.own) for route in _routes() if route.name in names]


def _said_at(html: str, name: str) -> bool:
    """Whether the page says what is wrong, and ties the words to the control of that name."""
    tied = rf'id="id_{re.escape(name)}_error"|href="#id_{re.escape(name)}(_0)?"'
    hidden = re.search(rf'<input type="hidden" name="{re.escape(name)}"', html)
    return bool(re.search(tied, html) or (hidden and re.search(r'role="alert"[^>]*>\s*<h2[^>]*>[^<]+</h2>\s*<ul>\s*<li>[^<]', html)))


def _read_again(client: Client, form: Form, name: str) -> list[str]:
    reader = _Reader(form.address)
    reader.feed(client.get(form.address).content.decode())
    return next((each.fields[name].values for each in reader.found if name in each.fields), [])


class _Walk:
    """Every field of one form with every value that is hostile to it."""

    def __init__(self, client: Client, readers: list[str], route: str, form: Form) -> None:
        self.client, self.readers, self.route, self.form = client, readers, route, form
        self.valid = form.filled()
        if form.press:
            self.valid[form.press[0]] = [form.press[1]]
        self.wrong, self.values = list[str](), 0
        with self._taken_back():
            self.is_right = form.is_shown and self._sent(urlencode(self.valid, doseq=True).encode()).status_code != 422

    @contextlib.contextmanager
    def _taken_back(self) -> Iterator[None]:
        """Take back whatever was done, in this browser too: signed out of its session, it would walk on before a closed door."""
        kept = copy.deepcopy(self.client.cookies)
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        self.client.cookies = kept

    def _sent(self, body: bytes) -> Any:
        return self.client.post(self.form.address, body, content_type="application/x-www-form-urlencoded")

    def walk(self) -> None:
        for name, each in self.form.fields.items():
            for value in () if KEPT.fullmatch(name) else HOSTILE[each.kind]:
                self.values += 1
                with self._taken_back():
                    problem = self._problem(name, each, value)
                if problem:
                    self.wrong.append(f"{self.route}: {name} = {value[:24]!r}: {problem}")

    def _problem(self, name: str, each: Field, value: str | bytes) -> str:
        answer = self._sent(_encoded(self.valid, name, value))
        if answer.status_code >= 500:
            return str(answer.status_code)
        if answer.status_code == 422 and self.is_right and not _said_at(answer.content.decode(), name):
            return "refused without a word at the field"
        if answer.status_code != 302:
            return ""
        if answer.headers["Location"].startswith("/accounts/"):
            return "nobody is signed in"
        read = (answer.headers["Location"], *(self.readers if each.kind in {"date", "datetime-local"} else ()))
        closed = [page for page in read if self.client.get(page).status_code >= 500]
        if closed:
            return f"stored, and then {closed} does not open"
        if value == WRITTEN and self.route in EDITS and "-" not in name and _read_again(self.client, self.form, name) != [value]:
            return f"stored as {_read_again(self.client, self.form, name)!r}"
        return ""


def test_a_hostile_value_in_one_field_is_refused_there_or_stored_and_read(client: Client, world: World) -> None:
    readers, values, right = _readers(world), 0, 0
    wrong: list[str] = []
    for (route, _names), form in _forms(client, world).items():
        if route in LEAVES_THE_SESSION:
            continue
        walk = _Walk(client, readers, route, form)
        walk.walk()
        values, right, wrong = values + walk.values, right + walk.is_right, wrong + walk.wrong
    assert (values > 500, right > 30) == (True, True), (values, right)  # enough was walked, and most forms were right but for the one value
    assert not wrong, "\n".join(wrong)


ASKED = {
    "audit": ("first", "last", "record", "person", "action", "before"),
    "audit_table": ("first", "last", "record", "person", "action"),
    "patients": ("find", "after", "for"),
    "outbox": ("state", "after"),
    "today": ("day", "tab"),
    "staff": ("show",),
    "worklist": ("show",),
    "report": ("scale", "status", "ended_from", "ended_until", "device", "therapist", "label", "by", "clinics"),
    "report_table": ("ended_from", "ended_until", "by"),
    "import": ("verdict", "after"),
}
IN_ADDRESSES = (NUL, SURROGATE, "0001-01-01", "9999-12-31", "9" * 15, "9" * 400, "²", "pk__gt", "-1")


def _asked(world: World) -> Iterator[tuple[str, str]]:
    for route in _routes():
        for name in ASKED.get(route.name, ()):
            for value in IN_ADDRESSES:
                yield f"{route.name}?{name}={value[:20]!r}", f"{world.address(route, world.own)}?{name}={quote(value)}"


def test_no_hostile_value_in_an_address_is_a_fault(client: Client, world: World) -> None:
    assert [told for told, address in _asked(world) if client.get(address).status_code >= 500] == []


@pytest.mark.parametrize("sought", ["\x00", "a\x00b", "9999-12-31", "²", "%", "a" * 200, "1e400"])
def test_no_search_for_a_patient_is_a_fault(client: Client, sought: str) -> None:
    assert client.post("/c/harbour/patients/", {"q": sought}, follow=True).status_code == 200
