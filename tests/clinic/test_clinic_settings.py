"""An administrator changes what the clinic is called and where it is; the audit says what it was before."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clinic.models import AuditEvent, Clinic
from clinic.scoping import clinic_scope
from tests.callers import proved
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _sent(cast: Cast, **changes: Any) -> dict[str, Any]:
    names = ("name", "telephone", "time_zone", "language", "country", "small_cell_minimum")
    return {name: getattr(cast.harbour, name) for name in names} | changes


def test_a_change_is_stored_and_audited_with_what_was_before(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    before = cast.harbour.name
    answer = client.post("/c/harbour/settings/", _sent(cast, name="Hafenklinik", small_cell_minimum="10", country="at"), follow=True)
    assert "Saved." in answer.content.decode()
    clinic = Clinic.objects.get(slug="harbour")
    assert (clinic.name, clinic.small_cell_minimum, clinic.country) == ("Hafenklinik", 10, "AT")
    with clinic_scope(clinic.pk):
        event = AuditEvent.objects.get(action="clinic.change")
    assert event.detail["before"] == {"name": before, "small_cell_minimum": 5, "country": "DE"}
    assert event.detail["after"] == {"name": "Hafenklinik", "small_cell_minimum": 10, "country": "AT"}
    assert event.actor_user_id == cast.administrator.user_id


def test_sending_it_unchanged_writes_nothing(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    assert client.post("/c/harbour/settings/", _sent(cast)).status_code == 302
    with clinic_scope(cast.harbour.pk):
        assert not AuditEvent.objects.filter(action="clinic.change").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("small_cell_minimum", "1"),
        ("small_cell_minimum", ""),
        ("name", ""),
        ("time_zone", "Nowhere"),
        ("language", "tlh"),
        ("country", "DEU"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast: Cast, client: Client, field: str, value: str) -> None:
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    answer = client.post("/c/harbour/settings/", _sent(cast, **{field: value}))
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert getattr(Clinic.objects.get(slug="harbour"), field) == getattr(cast.harbour, field)


def test_what_is_no_field_of_the_page_cannot_be_changed_through_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    client.post(
        "/c/harbour/settings/", _sent(cast, slug="other", is_demo="1", link_prefix="x", organisation=str(cast.meadow.organisation_id))
    )
    clinic = Clinic.objects.get(pk=cast.harbour.pk)
    assert (clinic.slug, clinic.is_demo, clinic.link_prefix, clinic.organisation_id) == (
        "harbour", False, cast.harbour.link_prefix, cast.harbour.organisation_id,
    )  # fmt: skip
