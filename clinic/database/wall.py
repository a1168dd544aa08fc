"""The second wall: migration operations that make PostgreSQL itself keep clinics apart and history unchanged.

`RaiseWall` is the last operation of every migration that creates tables. For each model it

- adds the key (clinic_id, id), which composite foreign keys of other tables point at;
- replaces Django's foreign keys between clinic tables by composite ones, so that a child cannot have another clinic's parent;
- enables and *forces* row-level security with one policy, read and write;
- grants the serving roles what they need: an append-only table may be read and added to, nothing else, and a trigger says so to
  everyone, the owner included.

Roles are made by `CreateRoles` in the first migration. Each has LOGIN and no password: an installation gives passwords or peers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import migrations, models

from clinic.scoping import ClinicForeignKey, ClinicOneToOneField

SERVING_ROLES = ("backlight_app", "backlight_worker")
READING_ROLES = ("backlight_reporter", "backlight_backup")

IN_SCOPE = "clinic_id = any (string_to_array(nullif(current_setting('app.clinics', true), ''), ',')::uuid[])"

_FOR_EACH_ROW = "FOR EACH ROW EXECUTE FUNCTION clinic_refuse_change()"
_FOR_EACH_STATEMENT = "FOR EACH STATEMENT EXECUTE FUNCTION clinic_refuse_change()"

CREATE_ROLES = """
DO $$
DECLARE serving text;
BEGIN
    FOREACH serving IN ARRAY ARRAY['backlight_app', 'backlight_worker', 'backlight_reporter'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = serving) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', serving);
        END IF;
    END LOOP;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'backlight_backup') THEN
        CREATE ROLE backlight_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;  -- another database of the same cluster is being migrated at this moment
END $$;
"""
_GRANTS = """
GRANT USAGE ON SCHEMA public TO backlight_app, backlight_worker, backlight_reporter, backlight_backup;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO backlight_app, backlight_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO backlight_backup;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO backlight_app, backlight_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO backlight_app, backlight_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO backlight_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO backlight_app, backlight_worker;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM backlight_app, backlight_worker;
CREATE OR REPLACE FUNCTION clinic_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class CreateRoles(migrations.operations.base.Operation):
    """The roles that serve, report and back up, and what they may do with tables that no wall is raised around."""

    reversible = False
    reduces_to_sql = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(CREATE_ROLES + _GRANTS, params=None)

    def describe(self) -> str:
        return "Create the serving, reporting and backup roles"


class RaiseWall(migrations.operations.base.Operation):
    """Raise the second wall around the named models of this app: mutable ones, append-only ones, and rows' histories."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, models: Iterable[str] = (), append_only: Iterable[str] = (), history: Iterable[str] = ()) -> None:
        self.models = list(models)
        self.append_only = list(append_only)
        self.history = list(history)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, [], {"models": self.models, "append_only": self.append_only, "history": self.history}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes: the wall stands in the database alone."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        # A snapshot repeats the id of its row: it has no key of its own that anything could refer to.
        for name in [*self.models, *self.append_only]:
            schema_editor.execute(_key(to_state.apps.get_model(app_label, name)), params=None)
        for name in [*self.models, *self.append_only, *self.history]:
            model = to_state.apps.get_model(app_label, name)
            for statement in wall_around(model, append_only=name not in self.models):
                schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The wall falls with its tables."""

    def describe(self) -> str:
        return f"Raise the clinic wall around {', '.join([*self.models, *self.append_only, *self.history])}"


class KeepWithinClinic(migrations.operations.base.Operation):
    """Put the composite foreign key behind a reference that was added to a table which stands within the wall already."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, field: str) -> None:
        self.model, self.field = model, field

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        schema_editor.execute(composite_key(model, model._meta.get_field(self.field)), params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """The key falls with its column."""

    def describe(self) -> str:
        return f"Keep {self.model}.{self.field} within its clinic"


def wall_around(model: type[models.Model], *, append_only: bool) -> list[str]:
    """The statements that protect one table."""
    table = model._meta.db_table
    statements = [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY by_clinic ON "{table}" USING ({IN_SCOPE}) WITH CHECK ({IN_SCOPE})',
        f'GRANT SELECT ON "{table}" TO backlight_reporter',
    ]
    statements += [composite_key(model, field) for field in model._meta.concrete_fields if _within_clinic(field)]
    if append_only:
        statements += [
            f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {", ".join(SERVING_ROLES)}',
            f'CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "{table}" {_FOR_EACH_ROW}',
            f'CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "{table}" {_FOR_EACH_STATEMENT}',
        ]
    return statements


def composite_key(model: type[models.Model], field: Any) -> str:
    """The foreign key (clinic_id, reference) → (clinic_id, id)."""
    table, target = model._meta.db_table, field.remote_field.model._meta.db_table
    name = _name(f"{table}_{field.column}", "within_clinic")
    return f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (clinic_id, "{field.column}") REFERENCES "{target}" (clinic_id, id)'


def _within_clinic(field: Any) -> bool:
    return isinstance(field, ClinicForeignKey | ClinicOneToOneField)


def _key(model: type[models.Model]) -> str:
    table = model._meta.db_table
    return f'ALTER TABLE "{table}" ADD CONSTRAINT "{_name(table, "clinic_key")}" UNIQUE (clinic_id, id)'


def _name(stem: str, suffix: str) -> str:
    full = f"{stem}_{suffix}"
    return full if len(full) <= 60 else f"{stem[:36]}_{hashlib.sha256(stem.encode()).hexdigest()[:8]}_{suffix}"
