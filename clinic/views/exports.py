"""Everything of the clinic as a file: asked for, written in the background, fetched within a quarter of an hour."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from clinic.models import Export, Patient
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from clinic.services.exports import ExportRefused, ask_for_export, file_of, may_fetch, note_fetched
from clinic.widgets import RadioRow


class ExportForm(forms.Form):
    """As what file, and whether names go with it."""

    file_format = forms.ChoiceField(label=gettext_lazy("File"), choices=Export.Format.choices, widget=RadioRow, initial=Export.Format.CSV)
    with_names = forms.BooleanField(
        label=gettext_lazy("With names and contact data"),
        required=False,
        help_text=gettext_lazy("Left out, patients are numbers in the file. That is safer for everything but moving to another product."),
    )
    record_number = forms.CharField(
        label=gettext_lazy("Only what is kept about one person: record number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For somebody who asks for their data. With name, drafts, former states and audit; also as JSON."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    patient: Patient | None = None

    def clean_record_number(self) -> str:
        """A record that there is; one that was merged leads to the record in use."""
        number = str(self.cleaned_data["record_number"]).strip()
        if number:
            found = Patient.objects.select_related("merged_into").filter(record_number__iexact=number).first()
            if found is None:
                raise forms.ValidationError(_("There is no record with this number."))
            self.patient = found.merged_into or found
        return number


@requires(Permission.EXPORT_EVERYTHING, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: StaffRequest, clinic: str) -> HttpResponse:
    """One's own exports of late, and the form to ask for another."""
    form = ExportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            ask_for_export(
                actor=request.actor,
                member=request.membership,
                file_format=given["file_format"],
                with_names=given["with_names"],
                patient=form.patient,
            )
        except ExportRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The export is being written. This page shows when it is ready."))
            return redirect("exports", clinic=clinic)
    rows = list(Export.objects.filter(requested_by=request.membership).select_related("patient").order_by("-requested_at")[:10])
    shown = {
        "form": form,
        "rows": [(row, sum(row.counts.values()), sorted(row.counts.items())) for row in rows],
        "is_waiting": any(row.state in {Export.State.WAITING, Export.State.RUNNING} for row in rows),
    }
    return render(request, "clinic/exports.html", shown, status=422 if form.errors else 200)


@requires(Permission.EXPORT_EVERYTHING, step_up=True)
@require_GET
def download(request: StaffRequest, clinic: str, export: UUID) -> FileResponse:
    """The file, for whoever asked for it, while its time lasts and the right to it does."""
    found = get_object_or_404(Export, pk=export, state=Export.State.READY, expires_at__gt=timezone.now())
    path = file_of(found)
    if not may_fetch(found, request.membership) or not path.is_file():
        raise Http404
    note_fetched(actor=request.actor, export=found)
    day = timezone.localdate(found.finished_at, request.clinic.zone)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=f"backlight-{request.clinic.slug}-{day}{path.suffix}")
    response.is_file = True  # type: ignore[attr-defined]  # read after the scope has ended: there is no query in it
    return response
