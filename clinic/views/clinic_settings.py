"""What a clinic is called, where it is, and its limits."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.forms.clinic import ClinicSettingsForm
from clinic.forms.seen import held
from clinic.models import Clinic
from clinic.pages import link_above
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from clinic.selectors.health import health_of
from clinic.selectors.operations import demo_comes
from clinic.selectors.second_factors import members_without_second_factor
from clinic.services.organisation import change_clinic


@requires(Permission.EDIT_CLINIC, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def clinic_settings(request: StaffRequest, clinic: str) -> HttpResponse:
    """The clinic's own settings; those of the installation come from its environment."""
    current = get_object_or_404(held(request, Clinic.objects.all()), pk=request.clinic.pk)
    form = ClinicSettingsForm(posted(request), clinic=current, without_factor=members_without_second_factor())
    if request.method == "POST" and form.is_valid():
        try:
            change_clinic(actor=request.actor, clinic=current, **{**form.cleaned_data, "country": form.cleaned_data["country"].upper()})
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("clinic_settings", clinic=clinic)
    shown = {
        "form": form,
        "calendar_url": link_above(clinic, "calendar_settings"),
        "remove_demo_url": link_above(clinic, "remove_demo") if request.clinic.is_demo else "",
    }
    return render(request, "clinic/clinic_settings.html", shown, status=form.status)


@requires(Permission.EDIT_CLINIC)
@require_safe
def first_steps(request: StaffRequest, clinic: str) -> HttpResponse:
    """What a clinic that has just been set up does next."""
    return render(request, "clinic/first_steps.html", {"health": health_of(request.clinic), "demo_comes": demo_comes()})
