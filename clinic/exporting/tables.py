"""Which tables an export holds. They follow the models: a new model is in the export, or says why not.

A model may name `export_omits` (columns that mean nothing outside, such as hashes of links) or `not_exported_because`. Whatever is
kept about one person goes to that person: every model with a path to the patient, but for columns that `subject_omits` names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from clinic.database.history import HistoryRow
from clinic.encryption import SealedJSONField
from clinic.models import PatientIdentity
from clinic.scoping import ClinicModel
from clinic.services.patients import IDENTITY_FIELDS

CHUNK = 2_000
# Units as the column names end in them; the first that fits counts, compound ones before their last part.
UNITS = {
    "w_cm2": "W/cm²",
    "j_cm2": "J/cm²",
    "w": "W",
    "s": "s",
    "j": "J",
    "cm2": "cm²",
    "nm": "nm",
    "hz": "Hz",
    "mm": "mm",
    "mw": "mW",
    "percent": "%",
}
_KINDS: list[tuple[type[models.Field[Any, Any]], str]] = [
    (models.UUIDField, "id"),
    (models.BooleanField, "yes or no"),
    (models.DateTimeField, "instant, UTC"),
    (models.DateField, "day"),
    (models.DecimalField, "decimal number"),
    (models.IntegerField, "whole number"),
    (models.JSONField, "JSON"),
    (models.CharField, "text"),
    (models.TextField, "text"),
]


@dataclass(frozen=True)
class Column:
    """One column: its kind, its unit where it has one, what it means, and its codes with their meaning."""

    name: str
    kind: str
    meaning: str = ""
    unit: str = ""
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """One file of the export. `rows` reads them anew, in the open scope."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Sequence[Any]]]


def exported_models() -> list[type[ClinicModel]]:
    """Every model of clinic data that an export holds, in the order of their tables."""
    found = [model for model in apps.get_models() if issubclass(model, ClinicModel) and not hasattr(model, "not_exported_because")]
    return sorted(found, key=table_name)


def left_out() -> list[tuple[str, str]]:
    """The tables that an export does not hold, and why."""
    found = [(table_name(model), str(why)) for model in apps.get_models() if (why := getattr(model, "not_exported_because", ""))]
    histories = [
        (table_name(model), "former states of rows; the audit says who changed them")
        for model in apps.get_models()
        if issubclass(model, HistoryRow)
    ]
    return sorted(found + histories)


def tables(*, with_names: bool) -> list[Table]:
    """Everything that is exported. Names and contact data are one table of their own, only `with_names`."""
    found = [_table_of(model) for model in exported_models()]
    found += [part() for part in (import_string(path) for path in settings.EXPORT_PARTS)]
    return [*found, _names()] if with_names else found


def tables_about(people: Collection[UUID]) -> list[Table]:
    """Everything that is kept about one person, under these records of theirs (the one in use and those merged into it).

    More than an export of everything: drafts, staged rows of imports and former states of rows are in it, and who they are.
    """
    found = [model for model in apps.get_models() if getattr(_tracked(model), "path_to_patient", "")]
    about = [_table_of(model, people) for model in sorted(found, key=table_name)]
    return [*about, *(part(people) for part in (import_string(path) for path in settings.SUBJECT_PARTS))]


def _tracked(model: type[models.Model]) -> type[models.Model]:
    """The model whose former states this one keeps; itself, if none."""
    tracked: type[models.Model] = getattr(model, "pgh_tracked_model", model)
    return tracked


def table_name(model: type[models.Model]) -> str:
    """A table's name in an export: the model's, in small letters with underscores."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", model.__name__).lower()


def _table_of(model: Any, people: Collection[UUID] | None = None) -> Table:
    tracked = _tracked(model)
    omitted = {"clinic_id", *getattr(tracked, "export_omits", ()), *(getattr(tracked, "subject_omits", ()) if people is not None else ())}
    fields = [field for field in model._meta.concrete_fields if field.attname not in omitted]
    if people is None:
        fields = [field for field in fields if not isinstance(field, SealedJSONField)]
    names = [field.attname for field in fields]
    path = str(getattr(tracked, "path_to_patient", ""))

    def rows() -> Iterator[Sequence[Any]]:
        found = model.objects.order_by("pk")
        if people is not None:
            found = found.filter(**{f"{path.replace('.', '__')}__in": people})
        for row in found.values_list(*names).iterator(chunk_size=CHUNK):
            yield [_plain(value) for value in row]

    return Table(table_name(model), _first_sentence(model.__doc__ or ""), tuple(_column(field) for field in fields), rows)


def _column(field: Any) -> Column:
    if field.is_relation:
        target = table_name(field.related_model)
        return Column(field.attname, "id", f"the row of {target} that this belongs to")
    unit = next((unit for ending, unit in UNITS.items() if field.name.endswith(f"_{ending}")), "")
    kind = next((name for kind, name in _KINDS if isinstance(field, kind)), "list" if hasattr(field, "base_field") else "text")
    codes = tuple((str(value), str(label)) for value, label in (field.choices or ()))
    meaning = str(field.help_text or field.verbose_name).strip()
    return Column(field.attname, kind, meaning, unit, codes)


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict | list) else value


def _names() -> Table:
    # The record number first, by which an import knows everybody, and what else a list of patients says: it can be imported as it is.
    of_record = ("record_number", "sex", "language")
    columns = (
        Column("record_number", "text", "record number"),
        Column("patient_id", "id", "the row of patient that this belongs to"),
        *(Column(name, "text", name.replace("_", " ")) for name in (*of_record[1:], *IDENTITY_FIELDS)),
    )

    def rows() -> Iterator[Sequence[Any]]:
        for identity in PatientIdentity.objects.select_related("patient").order_by("patient_id").iterator(chunk_size=CHUNK):
            number, *others = (getattr(identity.patient, name) for name in of_record)
            yield [number, identity.patient_id, *others, *(identity.fields.get(name, "") for name in IDENTITY_FIELDS)]

    return Table("patient_name", "Who each patient is, and how to reach them.", columns, rows)


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0]


def dictionary(found: Iterable[Table]) -> list[tuple[str, ...]]:
    """The data dictionary: one row per column, and one per code of a coded column."""
    rows: list[tuple[str, ...]] = [("table", "column", "kind", "unit", "code", "meaning")]
    for table in found:
        rows.append((table.name, "", "", "", "", table.meaning))
        for column in table.columns:
            rows.append((table.name, column.name, column.kind, column.unit, "", column.meaning))
            rows += [(table.name, column.name, "", "", code, label) for code, label in column.codes]
    return rows
