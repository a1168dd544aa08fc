"""The measurements of a device's output."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from sessions.forms.measurements import MeasurementForm
from sessions.models import Device
from sessions.selectors.measurements import measurement_lines
from sessions.services.devices import DeviceRefused
from sessions.services.measurements import record_measurement


@requires(Permission.MANAGE_DEVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def measurements(request: StaffRequest, clinic: str, device: UUID) -> HttpResponse:
    """What was measured so far, newest first, and a form for the next reading."""
    found = get_object_or_404(Device, pk=device)
    form = MeasurementForm(posted(request), device=found, initial={"measured_on": request.clinic.today()})
    if request.method == "POST" and form.is_valid():
        try:
            record_measurement(actor=request.actor, device=found, measured_by=request.membership, **form.values())
        except DeviceRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The measurement is recorded."))
            return redirect("device_measurements", clinic=clinic, device=found.pk)
    page = {"form": form, "device": found, "lines": measurement_lines(found)}
    return render(request, "sessions/measurements.html", page, status=422 if form.errors else 200)
