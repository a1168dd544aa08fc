"""The tests' own database: the right role, a clean start each time."""

import pytest
from django.db import connection

from tests.embedded import Cluster


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_application_role_which_neither_owns_tables_nor_passes_the_row_wall() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user")
        assert cursor.fetchone() == ("backlight_app", False, False, False)
    assert _one("select count(*) from pg_tables where tableowner = current_user") == 0


@pytest.mark.django_db
def test_every_migration_has_been_applied_by_the_owner() -> None:
    assert _one("select array_agg(distinct tableowner::text) from pg_tables where schemaname = 'public'") == ["backlight_owner"]
    assert _one("select count(*) from django_migrations where app in ('clinic', 'treatment', 'outcomes')")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_what_one_test_commits_the_next_does_not_see(run: int, cluster: Cluster) -> None:
    assert _one("select count(*) from django_session where session_key = 'left behind'") == 0
    with connection.cursor() as cursor:
        cursor.execute("insert into django_session values ('left behind', '', now())")
    committed = cluster.postgres.sql("select count(*) from django_session where session_key = 'left behind'", database="backlight")
    assert committed == "1"


def test_the_throw_away_database_sorts_and_lowers_letters_alike_on_every_machine(cluster: Cluster) -> None:
    assert cluster.postgres.sql("select lower('ÉÄß') || ('Z' < 'a')::text") == "éäßtrue"
