"""Which clinic's rows this code may see: refused by default, in Python here and in PostgreSQL by row-level security.

A *scope* is the clinic (rarely: the clinics of one organisation) that the current work is about. It is opened in four places
only: the request boundary, the patient's link, the Celery task base class, and `clinic_scope()` in commands and tests.
Opening it begins a transaction and tells PostgreSQL in the same breath; it ends with that transaction, so that a pooled
connection cannot carry it over to someone else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction

from clinic.identifiers import uuid7

M = TypeVar("M", bound=models.Model)


class NoScope(RuntimeError):
    """Clinic data was asked for while no clinic's scope was open: always a mistake of the caller."""


class ScopeMismatch(ValueError):
    """A row of one clinic was about to be saved in the scope of another, or to refer to another's row."""


@dataclass(frozen=True)
class Scope:
    """The clinics whose rows may be seen and written."""

    clinics: tuple[UUID, ...]

    @property
    def setting(self) -> str:
        """What PostgreSQL's policies compare with."""
        return ",".join(str(clinic) for clinic in self.clinics)


_scope: ContextVar[Scope | None] = ContextVar("clinic_scope", default=None)


def current_scope() -> Scope:
    """The open scope. Raises NoScope when there is none."""
    scope = _scope.get()
    if scope is None:
        raise NoScope("No clinic scope is open. Open one with clinic_scope(clinic), or go through the request boundary.")
    return scope


def current_clinic_id() -> UUID:
    """The one clinic of the open scope. Raises NoScope when none, or more than one, is open."""
    clinics = current_scope().clinics
    if len(clinics) != 1:
        raise NoScope("This needs the scope of exactly one clinic.")
    return clinics[0]


def tell_postgresql(setting: str) -> None:
    """Set the scope that row-level security compares with, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.clinics', %s, true)", [setting])


def allow_long_statements() -> None:
    """Let the statements of this transaction take thirty seconds each: reports read more than a page does."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '30s'")


@contextlib.contextmanager
def no_scope_yet() -> Iterator[None]:
    """Begin without a scope and end without one, whatever `enter()` opened in between. For the request boundary."""
    token = _scope.set(None)
    try:
        yield
    finally:
        _scope.reset(token)


def enter(clinic_id: UUID, *, told: bool = False) -> None:
    """Open a clinic's scope until the boundary ends. `told`: the caller's own statement has already told PostgreSQL."""
    if not told:
        tell_postgresql(str(clinic_id))
    _scope.set(Scope((clinic_id,)))


@contextlib.contextmanager
def clinic_scope(*clinics: UUID) -> Iterator[Scope]:
    """One transaction in the scope of these clinics. Everything read inside belongs to them; an exception rolls back."""
    if not clinics:
        raise NoScope("A scope names at least one clinic.")
    outer = _scope.get()
    with transaction.atomic():
        scope = Scope(tuple(clinics))
        tell_postgresql(scope.setting)
        token = _scope.set(scope)
        try:
            yield scope
        finally:
            _scope.reset(token)
            # Only a scope inside another transaction has something to hand back; the outermost ends with its transaction.
            if _will_outlive_this_block() and not connection.needs_rollback:
                tell_postgresql(outer.setting if outer else "")


def _will_outlive_this_block() -> bool:
    return bool(connection.savepoint_ids)


class ClinicQuerySet(models.QuerySet[M]):
    """Rows of the open scope. Bulk writes pass the same gate as a single save."""

    def update(self, **values: Any) -> int:
        _require_open_gate(self.model)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        _require_open_gate(self.model)
        return super().delete()

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> list[M]:
        _require_open_gate(self.model)
        rows = list(objs)
        for row in rows:
            settle_clinic(row)
        return super().bulk_create(rows, *args, **options)

    def bulk_update(self, objs: Any, *args: Any, **options: Any) -> int:
        _require_open_gate(self.model)
        return super().bulk_update(objs, *args, **options)


class ClinicManager(models.Manager.from_queryset(ClinicQuerySet)):  # type: ignore[misc]
    """The default manager of everything that belongs to a clinic. No scope, no rows: refused where the queryset is made."""

    def get_queryset(self) -> ClinicQuerySet[Any]:
        rows: ClinicQuerySet[Any] = super().get_queryset()
        clinics = current_scope().clinics
        return rows.filter(clinic_id=clinics[0]) if len(clinics) == 1 else rows.filter(clinic_id__in=clinics)


class ClinicForeignKey(models.ForeignKey):
    """A reference that cannot leave the clinic.

    Django's own constraint would admit another clinic's row; the migration operation `RaiseWall` puts a composite one,
    (clinic_id, this) → (clinic_id, id), in its place.
    """

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)


class ClinicOneToOneField(models.OneToOneField):
    """As ClinicForeignKey, for one row at most."""

    def __init__(self, to: Any, on_delete: Any = models.PROTECT, **options: Any) -> None:
        options["db_constraint"] = False
        super().__init__(to, on_delete, **options)


class ClinicModel(models.Model):
    """A row that belongs to one clinic.

    `path_to_patient` says how the row leads to the person it is about ("patient_id", "visit.course.patient_id"), or is empty
    for a row without personal data; a test refuses a model that does not say.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No index of its own: the wall's unique key (clinic_id, id) begins with it, on all tables but the fullest (outcomes.0011).
    clinic = models.ForeignKey("clinic.Clinic", on_delete=models.PROTECT, related_name="+", editable=False, db_index=False)

    objects = ClinicManager()

    path_to_patient: str
    append_only = False

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        _require_open_gate(type(self))
        settle_clinic(self)
        if self._state.adding:
            options.setdefault("force_insert", True)  # the id is ours: no UPDATE first, to see whether the row exists
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        _require_open_gate(type(self))
        return super().delete(*args, **options)


def _require_open_gate(model: type[models.Model]) -> None:
    from clinic.writes import require_open_gate  # the gate knows the audit model, which is a ClinicModel itself

    require_open_gate(model)


def settle_clinic(row: Any) -> None:
    """Copy the clinic from the scope, and refuse a row, or a loaded owner of it, that belongs to another one."""
    clinics = current_scope().clinics
    if row.clinic_id is None:
        row.clinic_id = current_clinic_id()
    if row.clinic_id not in clinics:
        raise ScopeMismatch(f"{type(row).__name__} belongs to a clinic outside the open scope.")
    for field in row._meta.concrete_fields:
        if isinstance(field, ClinicForeignKey | ClinicOneToOneField) and field.is_cached(row):
            owner = field.get_cached_value(row)
            if owner is not None and getattr(owner, "clinic_id", None) != row.clinic_id:
                raise ScopeMismatch(f"{type(row).__name__}.{field.name} refers to another clinic's row.")


def all_clinics(model: type[M], *, reason: str) -> models.QuerySet[M]:
    """Rows without our own scoping: row-level security still applies. Every use stands on a tested allow-list with its reason."""
    if not reason:
        raise ImproperlyConfigured("Looking across clinics needs a reason.")
    return models.QuerySet(model)
