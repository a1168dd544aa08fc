"""Who works here, what they may do, and what happens when they are away, locked out or gone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clinic.forms.seen import held
from clinic.forms.staff import AbsenceForm, EditStaffForm
from clinic.models import Membership
from clinic.pages import link_above
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from clinic.selectors.organisation import administered_clinics
from clinic.selectors.staff import STANDINGS, Standing, invitation_lines, is_last_administrator, staff_line, staff_lines
from clinic.services.emergency import name_for_emergencies
from clinic.services.organisation import StaffRefused, change_staff
from clinic.services.staff import end_absence, end_staff, let_in_again, lock_staff, reset_sign_in, set_absence
from clinic.services.staff_clinics import set_clinics

ACTIONS = {"lock": lock_staff, "leave": end_staff, "let_in": let_in_again}


@requires(Permission.MANAGE_STAFF)
@require_GET
def staff(request: StaffRequest, clinic: str) -> HttpResponse:
    """Everybody with their roles and standing; all, or those of one standing."""
    asked = request.GET.get("show", "")
    also = administered_clinics(request.membership)[1:]
    lines, invited = staff_lines(today=request.clinic.today(), also=also), invitation_lines()
    counts = {standing: sum(line.standing == standing for line in lines) for standing in Standing} | {Standing.INVITED: len(invited)}
    shown = {
        "lines": [line for line in lines if asked in ("", line.standing)],
        "invited": invited if asked in ("", Standing.INVITED) else [],
        "filters": [(standing.value, label, counts[standing]) for standing, label in STANDINGS.items() if counts[standing]],
        "show": asked,
        "several_clinics": bool(also),
        "total": len(lines) + len(invited),
    }
    return render(request, "clinic/staff.html", shown)


@requires(Permission.MANAGE_STAFF)
@require_GET
def staff_member(request: StaffRequest, clinic: str, member: UUID) -> HttpResponse:
    """One person: what they are here, and what can be done."""
    line = staff_line(member, today=request.clinic.today(), also=administered_clinics(request.membership)[1:])
    if line is None:
        raise Http404
    work_url = link_above(clinic, "work_of", member=member)
    return render(request, "clinic/staff_member.html", {"line": line, "is_self": member == request.membership.pk, "work_url": work_url})


@requires(Permission.MANAGE_STAFF, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_staff(request: StaffRequest, clinic: str, member: UUID) -> HttpResponse:
    """Change name, roles and clinics. The last administrator stays, and nobody gives themselves a role."""
    who: Membership = get_object_or_404(held(request, Membership.objects.select_related("user")), pk=member)
    also = administered_clinics(request.membership)[1:]
    form = EditStaffForm(posted(request), member=who, also=also)
    if "clinics" in form.fields:
        line = staff_line(member, today=request.clinic.today(), also=also)
        names = set(line.clinics) if line else set()
        form.initial["clinics"] = [str(each.pk) for each in also if each.name in names]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                change_staff(actor=request.actor, member=who, roles=data["roles"], is_active=who.is_active, display_name=data["name"])
                name_for_emergencies(actor=request.actor, member=who, may=data["may_in_emergency"])
                wanted = {UUID(each) for each in data.get("clinics", ())}
                set_clinics(actor=request.actor, member=who, also=also, wanted=wanted)
        except StaffRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. It counts from that person's next page on."))
            still_manages = who.pk != request.membership.pk or who.may(Permission.MANAGE_STAFF)
            return redirect("staff_member", clinic=clinic, member=member) if still_manages else redirect("home")
    shown = {"form": form, "who": who, "is_last_administrator": is_last_administrator(who)}
    return render(request, "clinic/staff_form.html", shown, status=form.status)


@requires(Permission.MANAGE_STAFF, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_access(request: StaffRequest, clinic: str, member: UUID) -> HttpResponse:
    """Lock out, note that somebody left, or let in again: each by its button, below what it means."""
    who, refusal = _member(member), ""
    if request.method == "POST":
        try:
            _act(request, who)
        except StaffRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("Saved. It counts from that person's next page on."))
            return redirect("staff_member", clinic=clinic, member=member)
    line = staff_line(member, today=request.clinic.today())
    shown: dict[str, Any] = {"line": line, "refusal": refusal, "work_url": link_above(clinic, "work_of", member=member)}
    return render(request, "clinic/staff_access.html", shown, status=422 if refusal else 200)


def _act(request: StaffRequest, who: Membership) -> None:
    action = ACTIONS.get(request.POST.get("do", ""))
    if action is None:
        raise StaffRefused(_("Choose what is to happen."))
    action(actor=request.actor, member=who)


@requires(Permission.MANAGE_STAFF, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_reset(request: StaffRequest, clinic: str, member: UUID) -> HttpResponse:
    """Help a colleague who cannot sign in: password and second factors go, a link comes."""
    who, refusal = _member(member), ""
    if request.method == "POST":
        try:
            link = reset_sign_in(actor=request.actor, member=who)
        except StaffRefused as refused:
            refusal = str(refused)
        else:
            return render(
                request, "clinic/staff_link.html", {"name": who.display_name, "email": who.user.email, "link": link, "reset": True}
            )
    shown = {"who": who, "refusal": refusal, "by_mail": settings.MAIL_IS_SET_UP}
    return render(request, "clinic/staff_reset.html", shown, status=422 if refusal else 200)


@requires(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_absence(request: StaffRequest, clinic: str, member: UUID) -> HttpResponse:
    """From when until when somebody is away, and who stands in; or that they are back."""
    above = reverse("staff_member", kwargs={"clinic": clinic, "member": member})
    return _absence(request, _member(member), above)


@requires(Permission.SEE_SCHEDULE)
@require_http_methods(["GET", "HEAD", "POST"])
def own_absence(request: StaffRequest, clinic: str) -> HttpResponse:
    """The same for oneself: nobody needs an administrator to go on leave."""
    return _absence(request, request.membership, reverse("own_absence", kwargs={"clinic": clinic}))


def _absence(request: StaffRequest, who: Membership, above: str) -> HttpResponse:
    today, back = request.clinic.today(), "back" in request.POST
    form = AbsenceForm(request.POST if request.method == "POST" and not back else None, member=who, today=today)
    if request.method == "POST" and (back or form.is_valid()):
        try:
            if back:
                end_absence(actor=request.actor, member=who)
            else:
                set_absence(actor=request.actor, member=who, today=today, **form.cleaned_data)
        except StaffRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect(above)
    shown = {"form": form, "who": who, "above": above if who.pk != request.membership.pk else "/"}
    return render(request, "clinic/staff_absence.html", shown, status=422 if form.errors else 200)


def _member(member: UUID) -> Membership:
    found: Membership = get_object_or_404(Membership.objects.select_related("user", "deputy"), pk=member)
    return found
