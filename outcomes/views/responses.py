"""Answers that do not count: said with a reason, never taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest, posted
from clinic.selectors.patients import person
from outcomes.forms.voiding import VoidForm
from outcomes.models import Response
from outcomes.selectors.timeline import submission
from outcomes.services.responses import ResponseRefused, void_response


@requires(Permission.ENTER_ANSWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: StaffRequest, clinic: str, given: str) -> HttpResponse:
    """Say that answers handed in together, or some of them, do not count. They stay, with the reason beside them."""
    found = get_object_or_404(Response.objects.select_related("course"), pk=given)
    record_read(actor=request.actor, patient_id=found.course.patient_id, action="response.read", object_id=found.pk)
    together = submission(found.receipt)
    form = VoidForm(posted(request), answers=together)
    if request.method == "POST" and form.is_valid():
        try:
            for response in Response.objects.filter(pk__in=form.cleaned_data["which"]).order_by("pk"):
                void_response(
                    actor=request.actor,
                    response=response,
                    reason=form.cleaned_data["reason"],
                    voided_by=request.membership,
                )
        except ResponseRefused as refused:
            form.add_error(None, _(str(refused)))
        else:
            messages.success(request, _("These answers do not count any more. They can still be read."))
            return redirect("course", clinic=clinic, course=found.course_id)
    page = {
        "form": form,
        "given": found,
        "together": together,
        "person": person(found.course.patient_id),
        "zone": request.clinic.zone,
    }
    return render(request, "outcomes/void.html", page, status=422 if form.errors else 200)
