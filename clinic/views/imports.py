"""Bringing in a file: upload, name the columns, look at every verdict, import, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.forms.imports import MappingForm, RereadForm, UploadForm, WordsForm
from clinic.importing.kinds import kinds
from clinic.models import ImportBatch
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from clinic.selectors.import_words import known_words
from clinic.selectors.imports import import_page
from clinic.services import imports as services
from clinic.services.imports import ImportRefused, S

_WORKING = {S.RECEIVED, S.JUDGING, S.QUEUED, S.RUNNING, S.UNDOING}
_PLAIN_STEPS = {
    "import": services.queue_import,
    "undo": services.queue_undo,
    "stop": services.stop_import,
    "discard": services.discard_import,
}


@requires(Permission.IMPORT_DATA, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: StaffRequest, clinic: str) -> HttpResponse:
    """Former imports, and the form for the next file."""
    form = UploadForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        batch = services.receive_import(
            actor=request.actor, member=request.membership, source=given["source"], kind=given["kind"], file=given["file"]
        )
        if services.is_small(batch):
            services.read_import(actor=request.actor, batch=batch)
        return redirect("import", clinic=clinic, batch=batch.pk)
    batches = ImportBatch.objects.select_related("uploaded_by").order_by("-uploaded_at")[:20]
    labels = {kind.key: kind.label for kind in kinds().values()}
    former = [(batch, labels.get(batch.kind, batch.kind)) for batch in batches]
    return render(request, "clinic/imports.html", {"form": form, "former": former}, status=422 if form.errors else 200)


@requires(Permission.IMPORT_DATA, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def one_import(request: StaffRequest, clinic: str, batch: UUID) -> HttpResponse:
    """One file: its columns, its verdicts, its progress, and the way back."""
    found = get_object_or_404(ImportBatch.objects.select_related("uploaded_by"), pk=batch)
    step = request.POST.get("step", "")
    form = MappingForm(request.POST if step == "judge" else None, batch=found)
    again = RereadForm(request.POST if step == "reread" else None, batch=found)
    match = WordsForm(request.POST if step == "match" else None, batch=found) if found.state == S.JUDGED else None
    if request.method == "POST":
        try:
            done = _step(request, found, form, again, match)
        except ImportRefused as refused:
            form.errors.setdefault("__all__", form.error_class([str(refused)]))
            done = False
        if done:
            return redirect("import", clinic=clinic, batch=batch)
    asked, after = request.GET.get("verdict", ""), request.GET.get("after", "")
    shown = {
        "batch": found,
        "kind": kinds()[found.kind],
        "form": form,
        "again": again,
        "match": match,
        "known_words": known_words(found) if found.state in {S.UPLOADED, S.JUDGED} else (),
        "page": import_page(found, verdict=asked, after=int(after) if after.isascii() and after.isdecimal() and len(after) < 9 else 0),
        "verdict": asked,
        "is_working": found.state in _WORKING,
        "to_map": found.state in {S.UPLOADED, S.JUDGED},
        "can_stop": found.state in {S.JUDGING, S.QUEUED, S.RUNNING},
        "can_discard": found.state in {S.RECEIVED, S.FAILED, S.UPLOADED, S.JUDGED},
        "has_verdicts": found.state not in {S.RECEIVED, S.FAILED, S.UPLOADED, S.JUDGING, S.DISCARDED},
    }
    return render(request, "clinic/import.html", shown, status=422 if request.method == "POST" else 200)


def _step(request: StaffRequest, batch: ImportBatch, form: MappingForm, again: RereadForm, match: WordsForm | None) -> bool:
    """Take the step that was pressed; False when there is something to mend first."""
    step = request.POST.get("step", "")
    if step == "judge" and form.is_valid():
        services.judge_import(actor=request.actor, batch=batch, mapping=form.mapping(), settings=form.settings())
    elif step == "match" and match is not None and match.is_valid():
        services.match_words(actor=request.actor, batch=batch, words=match.words())
    elif step == "reread" and again.is_valid():
        received = services.reread_import(actor=request.actor, batch=batch, settings=again.cleaned_data)
        if services.is_small(received):
            services.read_import(actor=request.actor, batch=received)
    elif step in _PLAIN_STEPS:
        _PLAIN_STEPS[step](actor=request.actor, batch=batch)
    elif step not in {"judge", "reread"} and not (step == "match" and match is not None):
        raise ImportRefused(_("There is no such step."))
    return not form.errors and not again.errors and not (match is not None and match.errors)
