"""The first clinic: a code opens the setup page, once; what it makes can be worked with."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent, Clinic, Membership, Operation, Organisation, SetupCode, User
from clinic.scoping import clinic_scope
from clinic.services.setup import MOST_WRONG_TRIES, make_code
from tests.cast import Cast

pytestmark = pytest.mark.django_db

WHOLE: dict[str, Any] = {
    "name": "Rückenwerk Nord",
    "organisation": "",
    "telephone": "030 123",
    "country": "at",
    "time_zone": "Europe/Vienna",
    "language": "de",
    "person": "Kim Ferrari",
    "email": "Kim@Clinic.example",
    "password": "four words in a row",
    "again": "four words in a row",
    "roles": ["therapist"],
    "begin": "empty",
}


@pytest.fixture
def browser() -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.post("/setup/", {"code": make_code()})
    return client


def test_an_installation_without_a_clinic_leads_every_browser_to_the_setup_page() -> None:
    answer = Client().get("/", follow=True)
    assert answer.redirect_chain == [("/setup/", 302)]
    assert "it printed a code for you" in answer.content.decode()


def test_without_the_code_nothing_can_be_set_up() -> None:
    Client().post("/setup/", WHOLE | {"code": "ABCD-EFGH-JKMN-PQRS"})
    assert not Clinic.objects.exists()
    make_code()
    Client().post("/setup/", WHOLE)
    assert not Clinic.objects.exists()


def test_the_command_prints_the_code_and_the_database_keeps_only_its_hash() -> None:
    out = StringIO()
    call_command("setup_token", stdout=out)
    code = out.getvalue().split()[-1]
    assert len(code.replace("-", "")) == 16
    assert code not in str(SetupCode.objects.values())
    assert code.replace("-", "") not in str(SetupCode.objects.values())
    answer = Client().post("/setup/", {"code": f" {code.lower()} "}, follow=True)
    assert "Name of the clinic" in answer.content.decode()


def test_a_newer_code_makes_the_earlier_one_void() -> None:
    earlier, newer = make_code(), make_code()
    assert "not valid" in Client().post("/setup/", {"code": earlier}).content.decode()
    assert Client().post("/setup/", {"code": newer}).status_code == 302


def test_a_code_ends_after_a_day_and_after_too_many_wrong_tries() -> None:
    code = make_code()
    SetupCode.objects.update(wrong_tries=MOST_WRONG_TRIES - 1)
    Client().post("/setup/", {"code": "ABCD"})
    assert SetupCode.objects.get().wrong_tries == MOST_WRONG_TRIES
    assert "not valid" in Client().post("/setup/", {"code": code}).content.decode()
    code = make_code()
    SetupCode.objects.filter(ends_at__gt=timezone.now()).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert "not valid" in Client().post("/setup/", {"code": code}).content.decode()


def test_the_first_administrator_is_signed_in_and_can_sign_in_again(browser: Client) -> None:
    answer = browser.post("/setup/", WHOLE, follow=True)
    assert answer.redirect_chain == [("/c/ruckenwerk-nord/first-steps/", 302)]
    assert "Does mail leave?" in answer.content.decode()
    clinic = Clinic.objects.get()
    assert (clinic.name, clinic.time_zone, clinic.language, clinic.country, clinic.telephone, clinic.is_demo) == (
        "Rückenwerk Nord", "Europe/Vienna", "de", "AT", "030 123", False,
    )  # fmt: skip
    assert Organisation.objects.get().name == "Rückenwerk Nord"
    with clinic_scope(clinic.pk):
        assert Membership.objects.get().roles == ["administrator", "therapist"]
        assert list(AuditEvent.objects.values_list("action", flat=True)) == ["staff.add"]
    assert Client().login(username="kim@clinic.example", password=WHOLE["password"])


def test_the_setup_page_is_closed_for_good_and_the_code_used_up(browser: Client) -> None:
    other = Client()
    code = make_code()
    other.post("/setup/", {"code": code})
    assert other.post("/setup/", WHOLE).status_code == 302
    for client in (browser, other, Client()):
        assert client.get("/setup/").status_code == 403
        assert client.post("/setup/", WHOLE | {"name": "Another", "email": "another@clinic.example"}).status_code == 403
    assert Clinic.objects.count() == 1
    assert SetupCode.objects.filter(used_at__isnull=False).count() == 1
    with pytest.raises(CommandError, match="There is a clinic already"):
        call_command("setup_token")


def test_a_browser_whose_code_was_replaced_meanwhile_sets_nothing_up(browser: Client) -> None:
    make_code()
    assert "it printed a code" in browser.post("/setup/", WHOLE).content.decode()
    assert not Clinic.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("password", "short", "too short"),
        ("password", "password1234", "too common"),
        ("again", "something else", "differs from the first one"),
        ("email", "nobody", "Enter a valid email address"),
        ("country", "Austria", "Two letters"),
        ("time_zone", "Mars/Olympus", "Select a valid choice"),
        ("name", "", "required"),
        ("name", "a" * 201, "at most 200"),
        ("begin", "", "required"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_founded(browser: Client, field: str, value: str, words: str) -> None:
    answer = browser.post("/setup/", WHOLE | {field: value} | ({"again": value} if field == "password" else {}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert WHOLE["password"] not in answer.content.decode()
    assert not Clinic.objects.exists()
    assert not User.objects.exists()


def test_a_name_without_letters_of_ours_still_gets_an_address(browser: Client) -> None:
    assert browser.post("/setup/", WHOLE | {"name": "王医院"}).headers["Location"] == "/c/clinic/first-steps/"


def test_a_clinic_that_is_called_like_one_of_the_demo_leaves_the_demo_its_address(browser: Client) -> None:
    assert browser.post("/setup/", WHOLE | {"name": "Harbour"}).headers["Location"] == "/c/harbour-clinic/first-steps/"


def test_whoever_wants_a_demo_beside_it_asks_the_worker_for_it(browser: Client) -> None:
    answer = browser.post("/setup/", WHOLE | {"begin": "demo"}, follow=True)
    assert "Two invented clinics are being filled in" in answer.content.decode()
    assert Operation.objects.get().kind == "demo_wished"


def test_the_way_in_of_a_running_installation_is_the_sign_in(cast: Cast) -> None:
    assert Client().get("/").headers["Location"] == "/accounts/login/?next=/"
