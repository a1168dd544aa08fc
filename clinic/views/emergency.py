"""A record in an emergency: asked for with a reason, open for an hour, and seen by those who answer for it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from clinic.forms.emergency import EmergencyForm
from clinic.pages import link_above
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from clinic.selectors.emergency import emergency_lines
from clinic.services.emergency import EmergencyRefused, open_in_emergency


@requires(Permission.OPEN_IN_EMERGENCY, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: StaffRequest, clinic: str) -> HttpResponse:
    """Say whose record and why; then it is open, to be read, for an hour."""
    form = EmergencyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_in_emergency(
                actor=request.actor, member=request.membership, patient=form.patient, reason=form.cleaned_data["reason"]
            )
        except EmergencyRefused as refused:
            form.add_error("reason", str(refused))
        else:
            return redirect(link_above(clinic, "record", patient=opened.patient_id))
    return render(request, "clinic/emergency.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.SEE_AUDIT)
@require_safe
def emergencies(request: StaffRequest, clinic: str) -> HttpResponse:
    """What was opened in emergencies: who, whose, when, why, and how often it was looked at."""
    return render(request, "clinic/emergencies.html", {"lines": emergency_lines()})
