"""Out with the demo, in one press."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from clinic.models import Clinic
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from clinic.services.setup import admit_to_setup
from outcomes.forms.demo import RemoveDemoForm
from outcomes.selectors.demo import is_being_filled_in, patients_entered
from outcomes.services.demo import DemoStays, remove_demo


@requires(Permission.EDIT_CLINIC, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: StaffRequest, clinic: str) -> HttpResponse:
    """Remove every invented clinic. Whoever then belongs to none sets up their own, without looking for a code first."""
    form = RemoveDemoForm(posted(request), clinic=request.clinic)
    if request.method == "POST" and form.is_valid():
        try:
            removed = remove_demo(actor=request.actor, clinic=request.clinic)
        except DemoStays as stays:
            form.add_error(None, str(stays))
        else:
            return _gone(request, removed.rows)
    siblings = Clinic.objects.filter(organisation_id=request.clinic.organisation_id, is_demo=True).order_by("name")
    shown = {
        "form": form,
        "names": [each.name for each in siblings],
        "entered": patients_entered(request.clinic) if request.clinic.is_demo else 0,
        "filling_in_still": is_being_filled_in(),
    }
    refused = 422 if request.clinic.is_demo else 409  # a real clinic's page says that it stays, and has no form
    return render(request, "outcomes/demo_remove.html", shown, status=refused if form.errors else 200)


def _gone(request: StaffRequest, rows: int) -> HttpResponse:
    """The clinic of this address is no more, and perhaps the person who asked: show nothing that needs either."""
    request.membership = request.clinic = None  # type: ignore[assignment]
    is_empty = not Clinic.objects.exists()
    if is_empty:
        logout(request)
        admit_to_setup(request.session)
    return render(request, "outcomes/demo_removed.html", {"rows": rows, "is_empty": is_empty, "restart": settings.DEMO, "demo": False})
