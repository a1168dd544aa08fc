"""/api/v1/<clinic>/imports/: files of other programs, step by step as on the page: text, columns, verdicts, start, undo.

A body holds at most 1 MB: longer files, and Excel's, are brought in on the page or by command.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.calls import ApiRefusal
from clinic.api.endpoint import Done, Endpoint, Nothing, PageFilters, StrictSerializer, described, idempotent, one, page_of, refusing
from clinic.api.fields import Count, OneOf, Text
from clinic.forms.imports import MappingForm
from clinic.importing.kinds import kinds
from clinic.models import ImportBatch, ImportRow
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.selectors.imports import counts_of, rows_behind
from clinic.services import imports as services
from clinic.services.imports import ImportRefused

IMPORT_KINDS = list(kinds())
IMPORT_STATES = list(ImportBatch.State.values)
_VERDICTS = [verdict for verdict in ImportRow.Verdict.values if verdict]
_COLUMN = 500


class ImportInput(StrictSerializer):
    """A file as text, with the names of its columns in the first line. `source`: the same word each time, columns are remembered by it.

    `options`: what the kind has to be told before its columns can be named, such as `instrument` for scores.
    """

    kind = OneOf(IMPORT_KINDS)
    source = Text(max_length=40)  # type: ignore[assignment]
    text = Text(max_length=1_000_000)
    options = serializers.DictField(child=Text(max_length=40, allow_blank=True), required=False, default=dict)

    def validate_options(self, options: dict[str, str]) -> dict[str, str]:
        """Options that a kind knows."""
        known = {option.key for kind in kinds().values() for option in kind.options}
        if not set(options) <= known:
            raise serializers.ValidationError(f"There are only: {', '.join(sorted(known))}.")
        return options


class ColumnsInput(StrictSerializer):
    """Field → name of the column that holds it; how dates and numbers are written, where that is not plain; the kind's options."""

    columns = serializers.DictField(child=Text(max_length=_COLUMN))
    dates = Text(max_length=20, required=False, allow_blank=True)
    numbers = Text(max_length=20, required=False, allow_blank=True)
    options = serializers.DictField(child=Text(max_length=40, allow_blank=True), required=False, default=dict)


class RowFilters(StrictSerializer):
    """Which rows: of one verdict, behind a line."""

    verdict = OneOf(_VERDICTS, required=False)
    after = Count(required=False, min_value=1)


class ImportShape(serializers.Serializer):
    """One file. `columns`: its headings; `mapping`: field → heading; `handled`: how far the step that runs has come."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(IMPORT_KINDS)
    source = serializers.CharField()  # type: ignore[assignment]
    state = serializers.ChoiceField(IMPORT_STATES)
    problem = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    mapping = serializers.DictField(child=serializers.CharField())
    rows = serializers.IntegerField()
    handled = serializers.IntegerField()
    uploaded_at = serializers.DateTimeField()


class ImportVerdictsShape(ImportShape):
    """One file with its verdicts: how many rows have which, and how many are in."""

    verdicts = serializers.DictField(child=serializers.IntegerField())
    imported = serializers.IntegerField()


class ImportRowShape(serializers.Serializer):
    """One row: verdict and why; `changes`: the fields that would change or did; no cell leaves."""

    line = serializers.IntegerField()
    verdict = serializers.ChoiceField(["", *_VERDICTS])
    reason = serializers.CharField()
    changes = serializers.ListField(child=serializers.CharField())
    patient = serializers.UUIDField(allow_null=True)
    done = serializers.BooleanField()
    outcome = serializers.CharField()


class ImportRowsShape(serializers.Serializer):
    """Rows in the order of the file; `after` leads on, null at the end."""

    results = ImportRowShape(many=True)
    after = serializers.IntegerField(allow_null=True)


_BATCH = ("kind", "source", "state", "problem", "columns", "mapping", "rows", "handled", "uploaded_at")


def _batch_dict(batch: ImportBatch) -> dict[str, Any]:
    return {"id": batch.pk} | {name: getattr(batch, name) for name in _BATCH}


def _row_dict(row: ImportRow) -> dict[str, Any]:
    same = {name: getattr(row, name) for name in ("line", "verdict", "reason", "outcome")}
    return same | {"changes": row.fields, "patient": row.patient_id, "done": row.is_done}


@requires(Permission.IMPORT_DATA, step_up=True)
class Imports(Endpoint):
    """Files of other programs."""

    filters = PageFilters

    @described("imports_list", page_of(ImportShape), filters=PageFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of imports, newest first."""
        return self.paged(ImportBatch.objects.all(), _batch_dict, read="imports.read", about=None)

    @described("imports_create", Done, takes=ImportInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Bring in a file. Nothing of it is imported yet: look at `state` and `columns`, then name the columns."""
        given = self.given(ImportInput)
        file = io.BytesIO(given["text"].encode())
        with refusing(ImportRefused, names={"body": "text"}):
            source = services.source_word(given["source"])
            batch = services.receive_import(
                actor=self.actor, member=self.member, source=source, kind=given["kind"], file=file, settings=given["options"]
            )
            services.read_import(actor=self.actor, batch=batch)
        return Response({"id": str(batch.pk)}, status=201)


@requires(Permission.IMPORT_DATA, step_up=True)
class OneImport(Endpoint):
    """One file of another program."""

    @described("import_retrieve", ImportVerdictsShape, refusals=[404])
    def get(self, request: Request, clinic: str, batch: UUID) -> Response:
        """Its state, its columns and how many rows have which verdict."""
        found = one(ImportBatch.objects.all(), batch)
        numbers, imported = counts_of(found)
        return Response(_batch_dict(found) | {"verdicts": {each: numbers.get(each, 0) for each in _VERDICTS}, "imported": imported})


@requires(Permission.IMPORT_DATA, step_up=True)
class ImportRows(Endpoint):
    """The rows of a file."""

    filters = RowFilters

    @described("import_rows", ImportRowsShape, filters=RowFilters, refusals=[404])
    def get(self, request: Request, clinic: str, batch: UUID) -> Response:
        """What becomes or became of each row, in the order of the file. Which row is about whom the caller's own file says."""
        found = one(ImportBatch.objects.all(), batch)
        rows, after = rows_behind(found, verdict=self.asked.get("verdict", ""), after=self.asked.get("after", 0))
        for patient_id in dict.fromkeys(row.patient_id for row in rows if row.patient_id):
            record_read(actor=self.actor, patient_id=patient_id, action="imports.read", object_id=found.pk)
        return Response({"results": [_row_dict(row) for row in rows], "after": after})


@requires(Permission.IMPORT_DATA, step_up=True)
class ImportColumns(Endpoint):
    """What the columns of a file hold."""

    @described("import_columns", Done, takes=ColumnsInput, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, batch: UUID) -> Response:
        """Name the columns and have every row judged: a short file at once, a long one by a worker. Nothing is imported."""
        found, given = one(ImportBatch.objects.all(), batch), self.given(ColumnsInput)
        if found.state not in {services.S.UPLOADED, services.S.JUDGED}:
            raise ApiRefusal("refused", "This cannot be done like that.", fields={"body": ["This import is past that step."]})
        form = MappingForm(
            {**given["options"], **given["columns"], "dates": given.get("dates"), "numbers": given.get("numbers")}, batch=found
        )
        unknown = {name: ["This field is unknown."] for name in {*given["columns"], *given["options"]} - set(form.fields)}
        if unknown or not form.is_valid():
            told = unknown or {name: [str(each) for each in errors] for name, errors in form.errors.items()}
            raise ApiRefusal("invalid", "A field is missing, unknown or not acceptable.", fields=told)
        with refusing(ImportRefused, names={"body": "columns"}):
            services.judge_import(actor=self.actor, batch=found, mapping=form.mapping(), settings=form.settings())
        return Response({"id": str(found.pk)})


class _Step(Endpoint):
    """One step of an import. `take`: the service that takes it."""

    take: ClassVar[Callable[..., None]]

    def taken(self, batch: UUID) -> Response:
        """Take the step. Raises ApiRefusal when the import is past it."""
        self.given(Nothing)
        found = one(ImportBatch.objects.all(), batch)
        with refusing(ImportRefused):
            type(self).take(actor=self.actor, batch=found)
        return Response({"id": str(found.pk)})


@requires(Permission.IMPORT_DATA, step_up=True)
class ImportStart(_Step):
    """The import itself."""

    take = services.queue_import

    @described("import_start", Done, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, batch: UUID) -> Response:
        """Let a worker import the rows that are new or changed, or go on where it was stopped."""
        return self.taken(batch)


@requires(Permission.IMPORT_DATA, step_up=True)
class ImportStop(_Step):
    """An import that shall not go on."""

    take = services.stop_import

    @described("import_stop", Done, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, batch: UUID) -> Response:
        """Stop what runs; what is in stays, to be gone on with or taken back."""
        return self.taken(batch)


@requires(Permission.IMPORT_DATA, step_up=True)
class ImportUndo(_Step):
    """An import that was a mistake."""

    take = services.queue_undo

    @described("import_undo", Done, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, batch: UUID) -> Response:
        """Let a worker take back what the import brought; what later work hangs on stays, and its row says so."""
        return self.taken(batch)


@requires(Permission.IMPORT_DATA, step_up=True)
class ImportDiscard(_Step):
    """A file of which nothing is wanted."""

    take = services.discard_import

    @described("import_discard", Done, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, batch: UUID) -> Response:
        """Forget a file of which nothing has been imported."""
        return self.taken(batch)
