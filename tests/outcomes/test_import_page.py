"""The page of an import before every column has a name."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client

from clinic.importing.cells import spoken
from clinic.importing.kinds import fields_of, kinds
from clinic.models import ImportBatch
from clinic.scoping import clinic_scope
from clinic.services.imports import judge_import, read_import, receive_import
from sessions.models import Course
from tests.callers import proved
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _received(cast: Cast, kind: str, heading: str, cell: str) -> ImportBatch:
    file = io.BytesIO(f"{heading};Schuhgröße\n{cell};43\n".encode())
    with clinic_scope(cast.harbour.pk):
        batch = receive_import(actor=cast.actor(), member=cast.administrator, source="old", kind=kind, file=file)
        assert read_import(actor=cast.actor(), batch=batch)
        batch.refresh_from_db()
    return batch


@pytest.fixture
def browser(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    return client


def _needed(kind: str) -> list[tuple[str, str]]:
    """Each field that a file of this kind has to name: its key, and a heading it is recognised by."""
    fields: Any = fields_of(ImportBatch(kind=kind, settings={})).values()
    return [(each.key, each.headers[0]) for each in fields if each.required]


@pytest.mark.parametrize("kind", ["patients", "courses", "visits", "scores"])
def test_a_file_of_which_only_some_columns_are_recognised_can_be_looked_at_and_discarded(cast: Cast, browser: Client, kind: str) -> None:
    assert set(kinds()) == {"patients", "courses", "visits", "scores"}
    cells = {"record_number": cast.ada.record_number, "complaint": "neck pain"}
    for key, heading in _needed(kind) or [("given_name", "Vorname")]:
        batch = _received(cast, kind, heading, cells.get(key, "05.01.2026"))
        address = f"/c/harbour/imports/{batch.pk}/"
        page = browser.get(address).content.decode()
        assert "One column of the file is not taken over: <bdi>Schuhgröße</bdi>." in page, key
        assert browser.post(address, {"step": "discard"}).status_code == 302
        assert "This file was discarded." in browser.get(address).content.decode()


def test_the_page_says_what_comes_of_a_list_of_patients_without_record_numbers(cast: Cast, browser: Client) -> None:
    batch = _received(cast, "patients", "Vorname", "Zora")
    page = browser.get(f"/c/harbour/imports/{batch.pk}/").content.decode()
    assert "Without it everybody is new each time" in page
    label = page.partition('for="id_record_number"')[2].partition("</label>")[0]
    assert "(optional)" not in label
    assert "(optional)" in page.partition('for="id_given_name"')[2].partition("</label>")[0]


def test_a_row_without_a_name_is_nobody_new_and_may_still_change_somebody_on_record(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        text = f"Pat.-Nr.;Nachname;Telefon 1\nZ1;;030 23125 111\n{cast.ada.record_number};;030 23125 112\n"
        batch = receive_import(actor=cast.actor(), member=cast.administrator, source="old", file=io.BytesIO(text.encode()))
        assert read_import(actor=cast.actor(), batch=batch)
        batch.refresh_from_db()
        judge_import(actor=cast.actor(), batch=batch, mapping=batch.mapping)
        nameless, known = batch.lines.order_by("line")
        assert (nameless.verdict, nameless.reason) == ("error", "there is no name, and nobody here has this record number")
        assert known.verdict == "changed"


def test_a_word_that_is_not_known_is_matched_on_the_page_and_for_the_next_file_of_the_source(cast: Cast, browser: Client) -> None:
    text = f"Pat.-Nr.;Diagnose;Beginn;Ende;Abschlussgrund\n{cast.ada.record_number};Kreuz  WEH;05.01.2026;30.03.2026;Kasse\n"
    with clinic_scope(cast.harbour.pk):
        batch = receive_import(actor=cast.actor(), member=cast.administrator, source="old", kind="courses", file=io.BytesIO(text.encode()))
        assert read_import(actor=cast.actor(), batch=batch)
        batch.refresh_from_db()
        judge_import(actor=cast.actor(), batch=batch, mapping=batch.mapping)
    address = f"/c/harbour/imports/{batch.pk}/"
    page = browser.get(address)
    shown = page.content.decode()
    assert "Complaint is not a known word" in shown
    assert "Disc herniation / sciatica · Spinal stenosis" in shown
    complaint, reason = page.context["match"].fields
    assert [str(each.label) for each in page.context["match"].fields.values()] == ["Complaint: “kreuz weh”", "Reason for the end: “kasse”"]
    assert ("-", "– leave it empty –") not in page.context["match"].fields[complaint].choices
    assert browser.post(address, {"step": "match", complaint: "no-such", reason: "-"}).status_code == 422
    assert browser.post(address, {"step": "match", complaint: "chronic_low_back_pain", reason: "-"}).status_code == 302
    shown = browser.get(address).content.decode()
    assert "1 row can be imported." in shown
    assert "Chronic low back pain" in shown.partition('id="rows"')[2]
    assert "Reason for the end:" not in shown.partition('id="rows"')[2]
    with clinic_scope(cast.harbour.pk):
        second = text.replace("05.01.", "06.01.").encode()
        following = receive_import(actor=cast.actor(), member=cast.administrator, source="old", kind="courses", file=io.BytesIO(second))
        assert read_import(actor=cast.actor(), batch=following)
        following.refresh_from_db()
        judge_import(actor=cast.actor(), batch=following, mapping=following.mapping)
        assert [row.verdict for row in following.lines.all()] == ["new"]


def test_what_a_word_is_called_in_german_is_understood_and_what_two_words_are_called_is_neither() -> None:
    assert spoken(dict(Course.Complaint.choices))["nackenschmerzen"] == "neck_pain"
    assert spoken({"a": "Same", "b": "same", "c": "other"}) == {"a": "a", "b": "b", "c": "c", "other": "c"}
