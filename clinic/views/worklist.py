"""The worklist: what waits for somebody's decision."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clinic.forms.worklist import DecisionForm, SnoozeForm
from clinic.models import Task
from clinic.pages import link_above
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest
from clinic.selectors.worklist import task_line, worklist
from clinic.services.worklist import TaskRefused, close_task, snooze_task


@requires(Permission.SEE_TASKS)
@require_GET
def tasks(request: StaffRequest, clinic: str) -> HttpResponse:
    """What is to be done now, one's own first or everybody's."""
    mine = request.GET.get("show") == "mine"
    groups = worklist(today=request.clinic.today(), member=request.membership if mine else None)
    return render(request, "clinic/worklist.html", {"groups": groups, "mine": mine, "count": sum(len(group.lines) for group in groups)})


@requires(Permission.SEE_TASKS)
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: StaffRequest, clinic: str, task: UUID) -> HttpResponse:
    """Close a task with what was decided, or put it off with a reason."""
    found = get_object_or_404(Task.objects.select_related("assigned_to"), pk=task)
    snoozing = "snooze" in request.POST
    decision = DecisionForm(request.POST if request.method == "POST" and not snoozing else None, prefix="done")
    snooze = SnoozeForm(request.POST if snoozing else None, prefix="later")
    form: forms.Form = snooze if snoozing else decision
    if request.method == "POST" and form.is_valid():
        try:
            _act(request, found, decision, snooze, snoozing=snoozing)
        except TaskRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Put off.") if snoozing else _("Done."))
            return redirect("worklist", clinic=clinic)
    line = task_line(found, today=request.clinic.today())
    record = link_above(clinic, "record", patient=found.patient_id) if found.patient_id else ""
    shown = {"line": line, "decision": decision, "snooze": snooze, "form": form, "record_url": record}
    return render(request, "clinic/task.html", shown, status=422 if form.errors else 200)


def _act(request: StaffRequest, found: Task, decision: DecisionForm, snooze: SnoozeForm, *, snoozing: bool) -> None:
    if snoozing:
        later = snooze.cleaned_data
        snooze_task(actor=request.actor, task=found, until=later["until"], today=request.clinic.today(), reason=later["reason"])
    else:
        close_task(actor=request.actor, task=found, decision=decision.cleaned_data["decision"], reason=decision.cleaned_data["reason"])
