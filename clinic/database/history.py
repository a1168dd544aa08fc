"""Row history by trigger: what a mutable clinical row was before each change, whoever changed it and however.

django-pgtrigger lets any session switch triggers off by a setting. Here only the tables' owner may, who removes the invented
clinics; `let_only_the_owner_ignore` says so to PostgreSQL after each migration, because every new trigger brings the library's own
function along again.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import pghistory
import pghistory.models
from django.db import connections, models

from clinic.scoping import ClinicManager

M = TypeVar("M", bound=type[models.Model])


_ONLY_THE_OWNER = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('pgtrigger.ignore', true), '') = '' THEN RETURN false; END IF;
    RETURN trigger_name = ANY (current_setting('pgtrigger.ignore')::name[]) AND EXISTS (
        SELECT FROM pg_catalog.pg_proc
        WHERE oid = 'public._pgtrigger_should_ignore(name)'::regprocedure AND pg_catalog.pg_get_userbyid(proowner) = current_user);
END $$
"""


def let_only_the_owner_ignore(using: str, **signal: Any) -> None:
    """Receiver of `post_migrate`: no serving role switches the history off."""
    with connections[using].cursor() as cursor:
        cursor.execute(_ONLY_THE_OWNER)


class HistoryRow(pghistory.models.Event):
    """A snapshot of a row as it was. The audit entry of the same transaction says who changed it."""

    objects: ClassVar[Any] = ClinicManager()

    append_only = True

    class Meta:
        abstract = True
        base_manager_name = "objects"


def with_history(model: M) -> M:
    """Keep the former state of every changed or deleted row of this model in `<Model>History`, append-only."""
    options: dict[str, Any] = {"append_only": True, "context_field": None, "base_model": HistoryRow}
    before_change = pghistory.UpdateEvent("before_change", row=pghistory.Old, condition=pghistory.AnyChange())
    options["model_name"] = f"{model.__name__}History"
    tracked: M = pghistory.track(before_change, pghistory.DeleteEvent("before_deletion"), **options)(model)
    return tracked
