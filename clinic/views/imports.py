"""Bringing in a patient list: upload, name the columns, look at every verdict, import, take back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.forms.imports import FileRefused, MappingForm, UploadForm
from clinic.models import ImportBatch
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest
from clinic.selectors.imports import import_page
from clinic.services.imports import ImportRefused, judge_import, queue_import, queue_undo, stage_import

_WORKING = {ImportBatch.State.QUEUED, ImportBatch.State.RUNNING, ImportBatch.State.UNDOING}


@requires(Permission.IMPORT_DATA, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: StaffRequest, clinic: str) -> HttpResponse:
    """Former imports, and the form for the next file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            table = form.table()
            batch = stage_import(
                actor=request.actor, member=request.membership, source=form.cleaned_data["source"], columns=table.columns, lines=table
            )
        except (FileRefused, ImportRefused) as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("import", clinic=clinic, batch=batch.pk)
    batches = ImportBatch.objects.select_related("uploaded_by").order_by("-uploaded_at")[:20]
    return render(request, "clinic/imports.html", {"form": form, "batches": batches}, status=422 if form.errors else 200)


@requires(Permission.IMPORT_DATA, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: StaffRequest, clinic: str, batch: UUID) -> HttpResponse:
    """One file: its columns, its verdicts, its progress, and the way back."""
    found = get_object_or_404(ImportBatch.objects.select_related("uploaded_by"), pk=batch)
    form = MappingForm(request.POST if request.POST.get("step") == "judge" else None, batch=found)
    if request.method == "POST":
        try:
            done = _step(request, found, form)
        except ImportRefused as refused:
            form.errors.setdefault("__all__", form.error_class([str(refused)]))
            done = False
        if done:
            return redirect("import", clinic=clinic, batch=batch)
    asked, after = request.GET.get("verdict", ""), request.GET.get("after", "")
    shown = {
        "batch": found,
        "form": form,
        "page": import_page(found, verdict=asked, after=int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0),
        "verdict": asked,
        "is_working": found.state in _WORKING,
        "to_map": found.state in {ImportBatch.State.UPLOADED, ImportBatch.State.JUDGED},
    }
    return render(request, "clinic/import.html", shown, status=422 if request.method == "POST" else 200)


def _step(request: StaffRequest, batch: ImportBatch, form: MappingForm) -> bool:
    """Take the step that was pressed; False when there is something to mend first."""
    step = request.POST.get("step", "")
    if step == "judge" and form.is_valid():
        judge_import(actor=request.actor, batch=batch, mapping=form.mapping())
    elif step == "import":
        queue_import(actor=request.actor, batch=batch)
    elif step == "undo":
        queue_undo(actor=request.actor, batch=batch)
    elif step != "judge":
        raise ImportRefused(_("There is no such step."))
    return not form.errors
