"""A demo beside a real clinic, asked for at the setup: the worker fills it in, nobody gets a public password, no mail leaves."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import is_password_usable
from django.test import Client

from clinic.models import Clinic, Membership, Message, User
from clinic.scoping import clinic_scope
from clinic.selectors.operations import demo_comes
from clinic.services.messages import queue_message, send_due
from clinic.services.setup import make_code
from clinic.writes import SYSTEM_TASK
from outcomes.demo.filling import fill_in_when_wished
from sessions.models import Course
from tests.clinic.test_setup import WHOLE


@pytest.fixture
def wished(transactional_db: None) -> Client:
    browser = Client()
    browser.post("/setup/", {"code": make_code()})
    browser.post("/setup/", WHOLE | {"begin": "demo"})
    return browser


def test_it_is_written_in_parts_and_goes_on_where_it_stopped(wished: Client) -> None:
    assert demo_comes()
    assert not fill_in_when_wished(at_a_time_s=0)
    [harbour, meadow] = Clinic.objects.filter(is_demo=True).order_by("slug")
    with clinic_scope(harbour.pk, meadow.pk):
        first = set(Course.objects.values_list("external_id", flat=True))
        mine = Membership.objects.filter(user__email="kim@clinic.example")
        assert set(mine.values_list("clinic__slug", flat=True)) == {"harbour", "meadow"}
    assert not fill_in_when_wished(at_a_time_s=2)
    with clinic_scope(harbour.pk, meadow.pk):
        then = list(Course.objects.values_list("external_id", flat=True))
    assert len(set(then)) == len(then) > len(first) > 0
    assert first < set(then)
    assert demo_comes()
    others = User.objects.exclude(email="kim@clinic.example")
    assert len(others) == 7
    assert [user.email for user in others if is_password_usable(user.password)] == []
    page = wished.get("/c/harbour/today/").content.decode()
    assert "Everyone here is invented" in page


def test_no_message_of_an_invented_patient_leaves_a_real_installation(wished: Client, settings: Any) -> None:
    fill_in_when_wished(at_a_time_s=0)
    settings.INBOX_DIR = ""
    clinic = Clinic.objects.get(slug="harbour")
    with clinic_scope(clinic.pk):
        patient = Course.objects.select_related("patient").first().patient
        queue_message(actor=SYSTEM_TASK, patient=patient, kind="new_link", subject_id=patient.pk, business_key="new_link:test")
    assert send_due(clinic.pk, actor=SYSTEM_TASK) == 0
    with clinic_scope(clinic.pk):
        message = Message.objects.get(business_key="new_link:test")
        assert (message.state, message.last_error) == ("withdrawn", "invented")


def test_in_an_installation_without_such_a_wish_nothing_is_written(transactional_db: None) -> None:
    assert not fill_in_when_wished()
    assert not Clinic.objects.exists()
