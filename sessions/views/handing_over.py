"""What waits for a colleague, and giving it to another one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.models import Membership
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from sessions.forms.handing_over import HandOverForm
from sessions.selectors.handing_over import work_of
from sessions.services.handing_over import HandingOverRefused, hand_over


@requires(Permission.MANAGE_STAFF, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_work(request: StaffRequest, clinic: str, member: UUID) -> HttpResponse:
    """Numbers first, then to whom and what of it. No patient is named: whoever runs the clinic reads no records."""
    who = get_object_or_404(Membership, pk=member)
    work = work_of(who)
    form = HandOverForm(posted(request), member=who, work=work)
    if request.method == "POST" and form.is_valid():
        receiver = form.cleaned_data["receiver"]
        try:
            moved = hand_over(actor=request.actor, giver=who, receiver=receiver, kinds=form.cleaned_data["kinds"])
        except HandingOverRefused as refused:
            form.add_error(None, str(refused))
        else:
            told = {"number": sum(moved.values()), "name": receiver.display_name}
            messages.success(request, _("Handed over to %(name)s: %(number)s.") % told)
            return redirect("staff_member", clinic=clinic, member=member)
    shown = {"who": who, "form": form, "work": work, "waits": any(each.number for each in work)}
    return render(request, "sessions/staff_work.html", shown, status=422 if form.errors else 200)
