"""The pages about people, as each role meets them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.models import AuditEvent, Consent, Patient
from clinic.scoping import clinic_scope
from clinic.selectors.patients import find_patients, may_message, person
from clinic.services.patients import register_patient
from tests.cast import MEADOW_CANARY, Cast

NEW = {"given_name": "Ines", "family_name": "Neu", "birth_date": "2.1.1970", "sex": "female", "language": "en", "phone": "", "email": ""}


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.front_desk.user)
    return client


@pytest.fixture
def therapist(cast: Cast, client: Client) -> Client:
    client.force_login(cast.therapist.user)
    return client


def _text(response: object) -> str:
    return str(response.content.decode())  # type: ignore[attr-defined]


def _listed(page: str) -> list[str]:
    return re.findall(r'rows__title"[^>]*><bdi>([^<]+)</bdi>', page)


def test_the_list_shows_everybody_of_this_clinic_newest_first(cast: Cast, desk: Client) -> None:
    page = _text(desk.get("/c/harbour/patients/"))
    assert _listed(page) == ["Süß, Cem", "O&#x27;Brien-Müller, Łukasz", "Bugspriet, Ángela"]
    assert MEADOW_CANARY not in page


@pytest.mark.parametrize(
    "typed",
    ["mueller", "MÜLLER luk", "obrien", "o'brien", "Lukasz", "0151 98765432", "2.11.1988", "2 November 1988", "02111988", "müller 2.11.88"],
)
def test_a_search_leads_to_the_person_however_it_is_typed(cast: Cast, desk: Client, typed: str) -> None:
    found = desk.post("/c/harbour/patients/", {"q": typed}, follow=True)
    assert _listed(_text(found)) == ["O&#x27;Brien-Müller, Łukasz"]


def test_what_was_searched_for_is_unreadable_in_the_address(cast: Cast, desk: Client) -> None:
    address = desk.post("/c/harbour/patients/", {"q": "Bugspriet"})["Location"]
    assert address.startswith("/c/harbour/patients/?find=")
    assert "ugspriet" not in address


def test_a_search_of_another_clinic_is_not_taken_over(cast: Cast, client: Client) -> None:
    client.force_login(cast.stranger.user)
    foreign = client.post("/c/meadow/patients/", {"q": "Dana"})["Location"].partition("?")[2]
    client.force_login(cast.front_desk.user)
    assert client.get(f"/c/harbour/patients/?{foreign}").status_code == 404
    assert client.get("/c/harbour/patients/?find=gibberish").status_code == 404


def test_the_list_is_paged_and_loses_nobody(cast: Cast, desk: Client) -> None:
    _fill(cast, 63)
    seen: list[str] = []
    address = "/c/harbour/patients/"
    for _page in range(3):
        page = _text(desk.get(address))
        seen += _listed(page)
        following = re.search(r'href="\?(after=[^"]+)"', page)
        address = f"/c/harbour/patients/?{following[1]}" if following else ""
    assert address == ""
    assert len(seen) == len(set(seen)) == 66


def test_the_list_asks_the_database_the_same_for_one_and_for_two_hundred_patients(cast: Cast, desk: Client) -> None:
    counts = []
    for more in (0, 30, 170):
        _fill(cast, more)
        desk.get("/c/harbour/patients/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get("/c/harbour/patients/")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 8


def _fill(cast: Cast, number: int) -> None:
    with clinic_scope(cast.harbour.pk):
        for _ in range(number):
            count = Patient.objects.count()
            register_patient(actor=cast.actor(), given_name=f"Number{count}", family_name=f"Filler{count}")


def test_a_new_patient_is_on_record_with_a_number_and_consent(cast: Cast, desk: Client) -> None:
    answer = desk.post("/c/harbour/patients/new/", {**NEW, "phone": "030 555 1234", "messages_agreed": "yes"})
    assert answer.status_code == 302
    with clinic_scope(cast.harbour.pk):
        [line] = find_patients("Neu")
        assert (line.record_number, line.birth_date, line.phone) == ("1004", date(1970, 1, 2), "+49305551234")
        assert may_message(line.patient_id)


def test_a_possible_duplicate_is_shown_and_can_be_added_all_the_same(cast: Cast, desk: Client) -> None:
    twin = {**NEW, "given_name": "Angela", "family_name": "Neuland", "birth_date": "3.4.1958"}
    warned = desk.post("/c/harbour/patients/new/", twin)
    assert warned.status_code == 422
    assert "same date of birth" in _text(warned)
    assert _listed(_text(warned)) == ["Bugspriet, Ángela"]
    assert desk.post("/c/harbour/patients/new/", {**twin, "confirmed": "true"}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        assert [line.list_name for line in find_patients("Neuland")] == ["Neuland, Angela"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("birth_date", "31.2.1970", "no date in the past"),
        ("birth_date", "2.1.2199", "no date in the past"),
        ("phone", "12", "few or too many"),
        ("email", "nobody", "valid email"),
        ("record_number", "1001", "taken"),
        ("family_name", "", "required"),
    ],
)
def test_what_cannot_be_stored_is_said_beside_its_field_and_nothing_is_kept(
    cast: Cast, desk: Client, field: str, value: str, said: str
) -> None:
    answer = desk.post("/c/harbour/patients/new/", {**NEW, field: value})
    assert answer.status_code == 422
    assert said in _text(answer)
    assert answer.context["form"].errors[field]
    with clinic_scope(cast.harbour.pk):
        assert Patient.objects.count() == 3


def test_identity_and_record_are_changed_on_one_page(cast: Cast, desk: Client) -> None:
    address = reverse("patient_edit", kwargs={"clinic": "harbour", "patient": cast.ada.pk})
    assert "Ángela" in _text(desk.get(address))
    changed = {**NEW, "given_name": "Ángela", "family_name": "Neuland", "birth_date": "1958-04-03", "record_number": "A-7"}
    assert desk.post(address, changed).status_code == 302
    with clinic_scope(cast.harbour.pk):
        line = person(cast.ada.pk)
        assert (line.full_name, line.record_number, line.email) == ("Ángela Neuland", "A-7", "")
        actions = set(AuditEvent.objects.filter(patient_id=cast.ada.pk).values_list("action", flat=True))
        assert {"identity.read", "patient.change_identity", "patient.change"} <= actions


def test_a_taken_record_number_changes_nothing_at_all(cast: Cast, desk: Client) -> None:
    address = reverse("patient_edit", kwargs={"clinic": "harbour", "patient": cast.ada.pk})
    answer = desk.post(address, {**NEW, "record_number": "1002"})
    assert answer.status_code == 422
    with clinic_scope(cast.harbour.pk):
        assert person(cast.ada.pk).full_name == "Ángela Bugspriet"


def test_consent_is_added_never_overwritten(cast: Cast, desk: Client) -> None:
    address = reverse("patient_consent", kwargs={"clinic": "harbour", "patient": cast.ada.pk})
    desk.post(address, {"purpose": "messages", "given": "no"})
    desk.post(address, {"purpose": "messages", "given": "yes"})
    with clinic_scope(cast.harbour.pk):
        statements = Consent.objects.filter(patient=cast.ada).order_by("recorded_at").values_list("given", flat=True)
        assert list(statements) == [True, False, True]


def test_another_clinics_patient_answers_like_nobody(cast: Cast, desk: Client) -> None:
    for patient in (cast.foreign_patient.pk, "01890000-0000-7000-8000-000000000000"):
        assert desk.get(f"/c/harbour/patients/{patient}/edit/").status_code == 404
        assert desk.post(f"/c/harbour/patients/{patient}/consent/", {"purpose": "messages", "given": "yes"}).status_code == 404
