"""The register of devices, and the protocols agreed on for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.forms.seen import held
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from sessions.forms.devices import ChangeDeviceForm, CorrectDeviceForm, DeviceForm, HandpieceRows, ProtocolForm, protocol_as_typed
from sessions.laser_ranges import Finding, check_ranges
from sessions.models import Device, Protocol
from sessions.selectors.devices import corrections, device_line, device_lines
from sessions.services.devices import DeviceRefused, agree_protocol, change_device, correct_device, register_device, retire_protocol
from sessions.wording import plain_number


@requires(Permission.MANAGE_DEVICES)
@require_GET
def devices(request: StaffRequest, clinic: str) -> HttpResponse:
    """Every device with its protocols in use."""
    return render(request, "sessions/devices.html", {"devices": device_lines()})


@requires(Permission.MANAGE_DEVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_device(request: StaffRequest, clinic: str) -> HttpResponse:
    """Register a device as its label describes it."""
    form, rows = DeviceForm(posted(request)), HandpieceRows(posted(request), prefix="handpiece")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            register_device(actor=request.actor, **form.values(), handpieces=_handpieces(rows))
        except DeviceRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The device is registered. Its protocols come next."))
            return redirect("devices", clinic=clinic)
    return _device_page(request, form, rows)


@requires(Permission.MANAGE_DEVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_device(request: StaffRequest, clinic: str, device: UUID) -> HttpResponse:
    """Put a device in or out of use, add handpieces. What was registered wrongly has a page of its own."""
    found = get_object_or_404(held(request, Device.objects.all()), pk=device)
    initial = {"serial_number": found.serial_number, "is_active": found.is_active}
    form, rows = ChangeDeviceForm(posted(request), initial=initial), HandpieceRows(posted(request), prefix="handpiece")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            change_device(actor=request.actor, device=found, **form.cleaned_data, new_handpieces=_handpieces(rows))
        except DeviceRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The device is saved."))
            return redirect("devices", clinic=clinic)
    return _device_page(request, form, rows, found)


@requires(Permission.MANAGE_DEVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StaffRequest, clinic: str, device: UUID) -> HttpResponse:
    """Correct what was registered wrongly. What was there before stays, with the reason; signed visits keep their numbers."""
    found = get_object_or_404(held(request, Device.objects.all()), pk=device)
    shown = device_line(found)
    initial = {name: getattr(found, name) for name in ("maker", "model", "laser_class")}
    initial |= {"maximum_power_w": plain_number(found.maximum_power_w), "wavelengths": shown.wavelengths.replace(" nm", "")}
    form = CorrectDeviceForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            correct_device(actor=request.actor, device=found, corrected_by=request.membership, **form.values())
        except DeviceRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The register is corrected."))
            return redirect("device_correct", clinic=clinic, device=found.pk)
    page = {"form": form, "device": shown, "corrections": corrections(found), "zone": request.clinic.zone}
    return render(request, "sessions/device_correct.html", page, status=form.status)


def _handpieces(rows: Any) -> list[tuple[str, Any, str]]:
    return [given for row in rows.forms if (given := row.handpiece())]


def _device_page(request: StaffRequest, form: Any, rows: Any, device: Device | None = None) -> HttpResponse:
    wrong = bool(form.errors) or (rows.is_bound and rows.total_error_count())
    shown = {"form": form, "rows": rows, "device": device_line(device) if device else None}
    return render(request, "sessions/device_form.html", shown, status=422 if wrong else form.status)


@requires(Permission.MANAGE_DEVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_protocol(request: StaffRequest, clinic: str, device: UUID) -> HttpResponse:
    """Agree on settings for a device. Nothing is proposed: every number is the clinic's own, with its source."""
    found = get_object_or_404(Device, pk=device)
    form = ProtocolForm(posted(request), device=found)
    return _protocol(request, form, found)


@requires(Permission.MANAGE_DEVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_protocol(request: StaffRequest, clinic: str, protocol: UUID) -> HttpResponse:
    """Make the next version of a protocol; visits keep the one they were recorded with."""
    former = _newest(request, protocol)
    form = ProtocolForm(posted(request), device=former.device, initial=protocol_as_typed(former))
    form.fields["name"].disabled = True  # the name is what makes it the next version of this one
    return _protocol(request, form, former.device, former)


def _newest(request: StaffRequest, protocol: UUID) -> Protocol:
    """The version that counts of the protocol whose version this is: a page opened before the latest one was made changes that one."""
    asked: Protocol = get_object_or_404(held(request, Protocol.objects.all()), pk=protocol)
    later = Protocol.objects.select_related("device").filter(name=asked.name).order_by("-version")
    return later.first() or asked


def _protocol(request: StaffRequest, form: ProtocolForm, device: Device, former: Protocol | None = None) -> HttpResponse:
    findings: list[Finding] = []
    if request.method == "POST" and form.is_valid():
        findings = check_ranges(form.record().settings(), device.laser_class)
        for finding in findings:
            if finding.level == "hard":
                form.add_error(finding.field if finding.field in form.fields else None, _said(finding))
        warned = [finding for finding in findings if finding.level != "hard"]
        if not form.errors and (form.cleaned_data["confirmed"] or not warned) and _agree(request, form, device):
            return redirect("devices", clinic=request.clinic.slug)
    doubts = [_said(finding) for finding in findings if finding.level != "hard"]
    shown = {"form": form, "device": device_line(device), "former": former, "doubts": doubts}
    return render(request, "sessions/protocol_form.html", shown, status=422 if doubts else form.status)


def _agree(request: StaffRequest, form: ProtocolForm, device: Device) -> bool:
    """Whether the version was made."""
    data = form.cleaned_data
    try:
        made = agree_protocol(
            actor=request.actor,
            name=data["name"],
            device=device,
            handpiece=form.chosen_handpiece(),
            region=data["region"],
            source=data["source"],
            settings=form.settings(),
        )
    except DeviceRefused as refused:
        form.refused(refused)
        return False
    messages.success(request, _("%(name)s, version %(version)s, is in use.") % {"name": made.name, "version": made.version})
    return True


def _said(finding: Finding) -> str:
    return _(finding.sentence) % {"limit": finding.limit}


@requires(Permission.MANAGE_DEVICES)
@require_POST
def retire(request: StaffRequest, clinic: str, protocol: UUID) -> HttpResponse:
    """Take a protocol out of use. Plans and visits that name it keep it."""
    found = get_object_or_404(Protocol, pk=protocol)
    retire_protocol(actor=request.actor, protocol=found)
    messages.success(request, _("%(name)s is out of use.") % {"name": found.name})
    return redirect("devices", clinic=clinic)
