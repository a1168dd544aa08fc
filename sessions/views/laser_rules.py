"""What the clinic decides about its laser records, and the published table it may compare them with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from sessions.dose_windows import dose_windows
from sessions.forms.laser_rules import LaserRulesForm
from sessions.selectors.laser_rules import laser_rules
from sessions.services.laser_rules import decide_laser_rules


@requires(Permission.MANAGE_DEVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: StaffRequest, clinic: str) -> HttpResponse:
    """The clinic's decisions; everything is off until somebody decides."""
    now = laser_rules()
    form = LaserRulesForm(posted(request), initial={"dose_check": now.dose_check, "measure_every_days": now.measure_every_days})
    if request.method == "POST" and form.is_valid():
        decide_laser_rules(actor=request.actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("laser_rules", clinic=clinic)
    return render(request, "sessions/laser_rules.html", {"form": form, "windows": dose_windows()}, status=422 if form.errors else 200)
