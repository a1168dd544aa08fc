"""Several operations taken for one step: what may stand in one, and when it can be taken back."""

from __future__ import annotations

import pytest
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.fields import FieldOperation

from clinic.database.together import Together

LIGHT = {"AddField", "AddIndex", "AddConstraint", "AddTrigger", "AlterField", "RemoveConstraint", "RemoveIndex", "RemoveTrigger"}


def test_no_step_creates_a_model_or_changes_a_field_twice() -> None:
    loader = MigrationLoader(None)
    steps = [step for migration in loader.disk_migrations.values() for step in migration.operations if isinstance(step, Together)]
    assert len(steps) >= 10
    for step in steps:
        assert {type(change).__name__ for change in step.operations} <= LIGHT
        fields = [(change.model_name, change.name) for change in step.operations if isinstance(change, FieldOperation)]
        assert len(fields) == len(set(fields))


@pytest.mark.parametrize("reversible", [True, False])
def test_a_step_can_be_taken_back_when_all_its_parts_can(reversible: bool) -> None:
    part = RunSQL("SELECT 1", RunSQL.noop if reversible else None)
    assert Together([Operation(), part]).reversible is reversible
