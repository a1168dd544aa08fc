"""A database of an earlier release, with what people recorded in it, becomes one of this release: nothing is lost, everything works."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from clinic.backup.manifest import tables, write_alike
from clinic.database.wall import CREATE_ROLES
from clinic.local.servers import OWNER
from tests.drill.stage import Stage
from tests.embedded import ROOT

RELEASES = sorted((ROOT / "tests/data/releases").glob("*.sql"))
# Django's own lists, which every release writes anew.
OF_THE_PROGRAM = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture(params=RELEASES, ids=lambda path: path.stem)
def former(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The database of a release, as it was left."""
    path: Path = request.param
    with Stage(empty=True) as stage:
        stage.postgres.sql(CREATE_ROLES, database="backlight")
        argv = [str(stage.postgres.binaries / "psql"), "-qX", "-v", "ON_ERROR_STOP=1", "-h", str(stage.postgres.sockets), "-U", OWNER]
        subprocess.run([*argv, "-d", "backlight", "-f", str(path)], check=True, capture_output=True, text=True)
        yield stage


def _tables(stage: Stage) -> dict[str, list[Any]]:
    with psycopg.connect(stage.postgres.url(OWNER)) as connection:
        write_alike(connection)
        return {name: found for name, found in tables(connection).items() if name not in OF_THE_PROGRAM}


def test_a_former_database_keeps_every_row_and_works_afterwards(former: Stage) -> None:
    before = _tables(former)
    assert before["outcomes_response"][0] > 10
    assert before["treatment_laserapplication"][0] == before["clinic_message"][0] == 1
    answers = former.rows("SELECT id, answers, occurred_at FROM outcomes_response ORDER BY id")
    scores = former.rows("SELECT id, scale, value FROM outcomes_score ORDER BY id")
    doses = former.rows("SELECT id, energy_computed_j, fluence_j_cm2 FROM treatment_laserapplication ORDER BY id")

    former.run(["manage.py", "migrate", "--verbosity=0"], OWNER)

    after = _tables(former)
    assert {name: rows for name, (rows, _) in before.items()} == {name: after[name][0] for name in before}
    assert former.rows("SELECT id, answers, occurred_at FROM outcomes_response ORDER BY id") == answers
    assert former.rows("SELECT id, scale, value FROM outcomes_score ORDER BY id") == scores
    assert former.rows("SELECT id, energy_computed_j, fluence_j_cm2 FROM treatment_laserapplication ORDER BY id") == doses
    former.run(["manage.py", "rebuild_outcomes", "--check"])
    checks = former.prepare("tried_out")
    assert {name: found for name, (passed, found) in checks.items() if not passed} == {}
    assert {"contact_data", "sign_in", "survey_submit", "links"} <= set(checks)


def test_the_migrations_lead_to_the_same_tables_from_a_former_release_as_from_nothing(former: Stage) -> None:
    former.run(["manage.py", "migrate", "--verbosity=0"], OWNER)
    with Stage() as fresh:
        fresh.run(["manage.py", "migrate", "--verbosity=0"], OWNER)  # the kept template may be of a moment ago
        question = """SELECT table_name, column_name, data_type, is_nullable, coalesce(character_maximum_length, numeric_precision, 0)
            FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'clinic_auditevent\\_%' ORDER BY 1, 2"""
        assert former.rows(question) == fresh.rows(question)
        grants = """SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants
            WHERE table_schema = 'public' AND table_name NOT LIKE 'clinic_auditevent\\_%' ORDER BY 1, 2, 3"""
        assert former.rows(grants) == fresh.rows(grants)
