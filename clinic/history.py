"""Row history by trigger: what a mutable clinical row was before each change, whoever changed it and however."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

import pghistory
import pghistory.models
from django.db import models

from clinic.scoping import ClinicManager

M = TypeVar("M", bound=type[models.Model])


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
