"""The visit: recorded on one screen, saved while it is typed, signed in one press; afterwards readable, with its addenda."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest
from clinic.selectors.patients import person
from outcomes.selectors.arrivals import pain_said
from sessions.forms.addendum import AddendumForm
from sessions.forms.versions import differences
from sessions.forms.visit import MOST_SITES, Equipment, WholeVisit, filled, whole_number
from sessions.models import Visit, VisitDraft
from sessions.selectors.measurements import overdue_devices
from sessions.selectors.signed import signed_visit
from sessions.selectors.visits import former_settings, next_arrived, planned_visits, treated_at
from sessions.services.visits import DraftConflict, VisitLocked, VisitRefused, amend_visit, save_draft, sign_visit
from sessions.wording import dose_shown, script_words

OPEN = (Visit.State.BOOKED, Visit.State.ARRIVED)


def _found(visit: str) -> Visit:
    rows = Visit.objects.select_related("course", "therapist", "draft", "written_by")
    found: Visit = get_object_or_404(rows, pk=visit)
    return found


@requires(Permission.RECORD_VISITS)
def visit(request: StaffRequest, clinic: str, visit: str) -> HttpResponse:
    """The page of a visit: its form while it is open, its record once it is signed."""
    found = _found(visit)
    if found.state not in OPEN:
        return _record_page(request, found)
    if request.method != "POST":
        return _form_page(request, found, _from_draft(found))
    equipment = Equipment.in_use()
    whole = WholeVisit(_with_fills(request.POST, found, equipment), equipment=equipment, **_wished(request.POST))
    if "sign" not in request.POST:  # another site or treatment, settings filled in, or the dose shown, without a script
        whole.is_valid()
        return _form_page(request, found, whole, quiet="more" in request.POST)
    if whole.is_valid():
        try:
            at = treated_at(found, timezone.now(), request.clinic.zone)
            sign_visit(
                actor=request.actor,
                visit=found,
                record=whole.record(at),
                revision=_seen(request),
                signed_by=request.membership,
                devices=equipment.devices,
                was_asked=True,
            )
        except VisitLocked:
            return redirect("visit", clinic=clinic, visit=found.pk)
        except DraftConflict as conflict:
            return _form_page(request, found, whole, status=409, other=conflict.stored)
        except VisitRefused as refused:
            whole.show(refused.objections)
        else:
            messages.success(request, _("The visit is signed."))
            return redirect(_next_page(request, found))
    return _form_page(request, found, whole, status=422)


def _seen(request: StaffRequest) -> int:
    """The revision of the draft that stood in the page when it was opened; 0 when there was none."""
    return whole_number(request.POST.get("revision"), none=0)


def _revision(request: StaffRequest, draft: VisitDraft | None, other: VisitDraft | None) -> int:
    """What the page is to send next. Only one's own draft, or one that the page shows beside one's own words, may be written over."""
    if other is not None:
        return other.revision
    if request.method == "POST" and draft is not None and draft.saved_by_id != request.membership.pk:
        return _seen(request)
    return draft.revision if draft else 0


def _wished(data: QueryDict) -> dict[str, int]:
    """How many sites and treatments the page shows: as many as were posted, one more where one was asked for."""
    more = data.get("more", "")
    return {
        "sites": whole_number(data.get("sites"), none=1) + (more == "site"),
        "others": whole_number(data.get("others"), none=1) + (more == "other"),
    }


def _with_fills(data: QueryDict, found: Visit, equipment: Equipment) -> QueryDict:
    """The posted form; with the last visit's settings, or those of the chosen protocols, where that was asked for."""
    if data.get("more") == "former":
        former = former_settings(found.course_id, before=timezone.now())
        return filled(data, enumerate(former.sites if former else ()))
    if data.get("more") == "protocol":
        agreed = equipment.fills()["protocol"]
        chosen = [(place, data.get(f"laser-{place}-protocol", "")) for place in range(MOST_SITES)]
        return filled(data, [(place, agreed[key]) for place, key in chosen if key in agreed])
    return data


def _from_draft(found: Visit) -> WholeVisit:
    draft = getattr(found, "draft", None)
    data = None
    if draft is not None:
        data = QueryDict(mutable=True)
        for name, values in draft.form.items():
            data.setlist(name, values)
    return WholeVisit(data, equipment=Equipment.in_use())


def _shown(request: StaffRequest, found: Visit) -> None:
    record_read(actor=request.actor, patient_id=found.course.patient_id, action="visit.read", object_id=found.pk)


def _is_past(request: StaffRequest, found: Visit, now: datetime) -> bool:
    """Whether the visit was planned for a day that is over."""
    zone = request.clinic.zone
    return timezone.localdate(found.planned_for, timezone=zone) < timezone.localdate(now, timezone=zone)


def _form_page(
    request: StaffRequest, found: Visit, whole: WholeVisit, *, status: int = 200, quiet: bool = False, other: VisitDraft | None = None
) -> HttpResponse:
    _shown(request, found)
    now, draft = timezone.now(), getattr(found, "draft", None)
    former = former_settings(found.course_id, before=now)
    judged = request.method == "POST" and not quiet
    page: dict[str, Any] = {
        "visit": found,
        "person": person(found.course.patient_id),
        "whole": whole,
        "judged": judged,
        "has_errors": judged and any(part.errors for part in whole.all),
        "former": former,
        "former_json": former.sites if former else None,
        "fills": whole.equipment.fills(),
        "otherwise_at": treated_at(found, now, request.clinic.zone) if _is_past(request, found, now) else None,
        "overdue": overdue_devices(request.clinic.today()),
        "said": pain_said(found.course_id, now),
        "revision": _revision(request, draft, other),
        "conflict": {"message": _changed_elsewhere(request, other), "rows": differences(whole, other.form)} if other else None,
        "saved_at": draft.saved_at if draft else None,
        "doses": [dose_shown(site.record() if site.is_valid() else None) for site in whole.sites],
        "planned": planned_visits([found.course_id]).get(found.course_id),
        "zone": request.clinic.zone,
        "words": script_words(),
    }
    return render(request, "outcomes/visit_form.html", page, status=status)


def _next_page(request: StaffRequest, signed: Visit) -> str:
    """The next open visit of the day for this therapist; the day's list when there is none."""
    member, clinic = request.membership, request.clinic
    day = timezone.localdate(signed.planned_for, timezone=clinic.zone)
    following = next_arrived(day, clinic.zone, therapist_id=member.pk, after=signed.pk)
    if following:
        return reverse("visit", kwargs={"clinic": clinic.slug, "visit": following})
    return reverse("today", kwargs={"clinic": clinic.slug})


@requires(Permission.RECORD_VISITS)
@require_POST
def draft(request: StaffRequest, clinic: str, visit: str) -> HttpResponse:
    """Keep what has been typed; answers 409 with the other version when the draft was changed elsewhere."""
    found = _found(visit)
    form = {name: values for name, values in request.POST.lists() if name not in {"csrfmiddlewaretoken", "sign", "more"}}
    if len(json.dumps(form)) > 64 * 1024:
        return JsonResponse({"error": "too_large"}, status=413)
    if any("\x00" in text for name, values in form.items() for text in (name, *values)):
        return JsonResponse({"error": "not_text"}, status=400)
    try:
        kept = save_draft(
            actor=request.actor,
            visit=found,
            form=form,
            revision=_seen(request),
        )
    except DraftConflict as conflict:
        return JsonResponse(_other_version(request, conflict.stored), status=409)
    except VisitLocked:
        return JsonResponse({"error": "locked", "message": _("This visit is closed already. Load the page again.")}, status=409)
    at = timezone.localtime(kept.saved_at, request.clinic.zone)
    return JsonResponse({"revision": kept.revision, "saved": _("Saved %(time)s") % {"time": f"{at:%H:%M:%S}"}})


def _other_version(request: StaffRequest, stored: VisitDraft) -> dict[str, Any]:
    """The draft that was saved elsewhere, for the page to show beside its own."""
    return {"error": "conflict", "revision": stored.revision, "message": _changed_elsewhere(request, stored), "form": stored.form}


def _changed_elsewhere(request: StaffRequest, stored: VisitDraft) -> str:
    at = timezone.localtime(stored.saved_at, request.clinic.zone)
    by = stored.saved_by.display_name if stored.saved_by else "–"
    message = _("This visit was changed elsewhere, by %(who)s at %(time)s. Nothing is saved until you choose.")
    return message % {"who": by, "time": f"{at:%H:%M:%S}"}


def _record_page(request: StaffRequest, found: Visit, form: AddendumForm | None = None) -> HttpResponse:
    _shown(request, found)
    page = {
        "visit": found,
        "person": person(found.course.patient_id),
        "record": signed_visit(found, request.clinic.zone),
        "form": form or AddendumForm(),
        "zone": request.clinic.zone,
    }
    return render(request, "outcomes/visit_record.html", page, status=422 if form and form.errors else 200)


@requires(Permission.RECORD_VISITS)
@require_POST
def addendum(request: StaffRequest, clinic: str, visit: str) -> HttpResponse:
    """Add a dated amendment with its reason; the original stays."""
    found = _found(visit)
    if found.state != Visit.State.SIGNED:
        return redirect("visit", clinic=clinic, visit=found.pk)
    form = AddendumForm(request.POST)
    if form.is_valid():
        try:
            amend_visit(
                actor=request.actor,
                visit=found,
                reason=form.cleaned_data["reason"],
                changes=form.changes(found),
                text=form.cleaned_data["text"],
                client_key=form.cleaned_data["client_key"],
            )
        except VisitLocked:
            return redirect("visit", clinic=clinic, visit=found.pk)
        except VisitRefused as refused:
            for objection in refused.objections:
                form.add_error(objection.field, _(objection.sentence))
        else:
            return redirect("visit", clinic=clinic, visit=found.pk)
    return _record_page(request, found, form)
