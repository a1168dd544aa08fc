"""Removing the demo leaves nothing of it, in any table; and nothing else can be removed that way."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client
from psycopg import sql

from clinic.local.servers import OWNER, SUPERUSER
from clinic.models import AuditEvent, Clinic, Membership, Organisation, Patient, PlatformEvent, User
from clinic.scoping import clinic_scope
from clinic.services.organisation import add_staff, create_clinic
from clinic.services.patients import register_patient
from clinic.writes import SYSTEM_COMMAND
from outcomes.demo.house import open_house
from outcomes.demo.seeding import seed_episodes
from outcomes.demo.story import tell
from outcomes.services.demo import DemoStays, remove_demo
from tests.cast import PASSWORD, Cast, build_cast
from tests.embedded import Cluster

DAY = date(2026, 11, 20)


def _seed() -> Clinic:
    houses = open_house(PASSWORD)
    list(seed_episodes(houses, tell(1, DAY, 12), 1, DAY))
    return next(iter(houses.values())).clinic


def _counts(cluster: Cluster) -> dict[str, int]:
    """Rows of every table there is, by somebody whom no wall hides anything from; every model's table is among them."""
    with psycopg.connect(cluster.postgres.url(SUPERUSER, connection.settings_dict["NAME"])) as eye:
        found = eye.execute("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace")
        tables = {name for (name,) in found.fetchall()} - {"clinic_cache"}
        models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        assert models - tables == {"pghistory_events"}  # a question over all histories, not a table
        return {table: _number(eye, table) for table in sorted(tables)}


def _number(eye: psycopg.Connection[tuple[int]], table: str) -> int:
    found = eye.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert found is not None
    return found[0]


@pytest.fixture
def empty(transactional_db: None, cluster: Cluster) -> dict[str, int]:
    return _counts(cluster)


def test_removing_leaves_no_row_of_the_demo_in_any_table(empty: dict[str, int], cluster: Cluster) -> None:
    clinic = _seed()
    browser = Client()
    assert browser.login(username="owner@demo.example", password=PASSWORD)
    full = _counts(cluster)
    seen = {name for name, number in full.items() if number > empty[name]}
    assert {"clinic_auditevent", "treatment_visit", "treatment_visithistory", "outcomes_score", "clinic_patientidentity"} <= seen
    assert {"clinic_auditcounter", "django_session", "clinic_user", "clinic_organisation"} <= seen
    removed = remove_demo(actor=SYSTEM_COMMAND, clinic=clinic)
    left = _counts(cluster)
    assert {name: number for name, number in left.items() if number != empty[name]} == {"clinic_platformevent": 1}
    assert removed.clinics == 2
    assert removed.people == 7
    note = PlatformEvent.objects.get()
    assert (note.action, note.user_id, note.detail) == ("demo.remove", None, vars(removed))


def _survives(clinic: Clinic, why: str) -> None:
    before = Clinic.objects.count()
    with clinic_scope(clinic.pk), pytest.raises(DemoStays, match=why):
        remove_demo(actor=SYSTEM_COMMAND, clinic=clinic)
    assert Clinic.objects.count() == before


@pytest.mark.django_db
def test_a_person_who_was_added_by_hand_keeps_the_whole_demo() -> None:
    clinic = _seed()
    with clinic_scope(clinic.pk):
        register_patient(actor=SYSTEM_COMMAND, given_name="Someone", family_name="Real", birth_date=date(1970, 1, 1))
        patients = Patient.objects.count()
    _survives(clinic, r"added to this demo by hand \(1\)")
    with clinic_scope(clinic.pk):
        assert Patient.objects.count() == patients


@pytest.mark.django_db
def test_a_real_clinic_cannot_be_removed_not_even_by_calling_the_function(cast: Cast) -> None:
    _survives(cast.harbour, "not a demo")
    with pytest.raises(DatabaseError, match="not an invented clinic"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT outcomes_remove_invented(%s)", [cast.harbour.organisation_id])
    with clinic_scope(cast.harbour.pk):
        assert Patient.objects.count() == 3


@pytest.mark.django_db
def test_a_real_clinic_cannot_be_declared_invented_and_its_rows_stay_locked(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="stays real or invented"), transaction.atomic():
        Clinic.objects.filter(pk=cast.harbour.pk).update(is_demo=True)


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_the_tables_can_delete_the_audit_of_no_real_clinic(cluster: Cluster) -> None:
    build_cast()
    with (
        psycopg.connect(cluster.postgres.url(OWNER, connection.settings_dict["NAME"])) as owner,
        pytest.raises(psycopg.errors.RestrictViolation, match="append-only"),
    ):
        owner.execute("DELETE FROM clinic_auditevent")


def test_who_works_in_a_real_clinic_too_stays_and_so_does_that_clinic(transactional_db: None) -> None:
    organisation = Organisation.objects.create(name="A real one")
    real = create_clinic(actor=SYSTEM_COMMAND, organisation=organisation, name="A real one", slug="a-real-one")
    demo = _seed()
    for clinic in (real, demo):
        with clinic_scope(clinic.pk):
            add_staff(actor=SYSTEM_COMMAND, email="olu@real.example", name="Olu", roles=["administrator"])
    with clinic_scope(real.pk):
        register_patient(actor=SYSTEM_COMMAND, given_name="Someone", family_name="Real", birth_date=date(1970, 1, 1))
        before = (Patient.objects.count(), AuditEvent.objects.count())
    remove_demo(actor=SYSTEM_COMMAND, clinic=demo)
    assert list(User.objects.values_list("email", flat=True)) == ["olu@real.example"]
    assert list(Clinic.objects.values_list("slug", flat=True)) == ["a-real-one"]
    with clinic_scope(real.pk):
        assert (Patient.objects.count(), AuditEvent.objects.count()) == before
        assert Membership.objects.get().user.email == "olu@real.example"


def test_removing_it_in_the_browser_leads_to_the_setup_of_ones_own_clinic(transactional_db: None) -> None:
    clinic, browser = _seed(), Client()
    browser.force_login(User.objects.get(email="owner@demo.example"))
    assert browser.get(f"/c/{clinic.slug}/demo/remove/").headers["Location"].startswith("/accounts/reauthenticate/")
    browser.logout()
    browser.post("/accounts/login/", {"login": "owner@demo.example", "password": PASSWORD})
    address = f"/c/{clinic.slug}/demo/remove/"
    assert "Meadow Clinic" in browser.get(address).content.decode()
    refused = browser.post(address, {"name": "Meadow Clinic"})
    assert refused.status_code == 422
    assert "This is not the name of this clinic" in refused.content.decode()
    assert Clinic.objects.count() == 2
    gone = browser.post(address, {"name": " harbour  clinic "}).content.decode()
    assert "The demo is gone" in gone
    assert "invented. Do not enter" not in gone
    assert "Name of the clinic" in browser.get("/setup/").content.decode()
    assert "it printed a code" in Client().get("/setup/").content.decode()
