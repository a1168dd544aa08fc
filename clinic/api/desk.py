"""/api/v1/<clinic>/: the worklist, what was sent, and the audit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Done, Endpoint, Nothing, PageFilters, StrictSerializer, described, idempotent, one, page_of, refusing
from clinic.api.fields import Count, Day, Id, OneOf, Text
from clinic.models import Message, Task
from clinic.permissions import Permission, requires
from clinic.selectors.audit import Wanted, audit_page
from clinic.services.messages import requeue
from clinic.services.worklist import TaskRefused, close_task, snooze_task
from clinic.task_kinds import DECISIONS
from clinic.writes import Entry, write_entries

TASK_STATES = list(Task.State.values)
MESSAGE_STATES = list(Message.State.values)


class TaskFilters(PageFilters):
    """Which tasks; without a state those that wait now, put-off ones from their day on."""

    state = OneOf(TASK_STATES, required=False)
    patient = Id(required=False)


class TaskShape(serializers.Serializer):
    """Something to do or decide about a patient. `note`: what was written when it was closed or put off."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    patient = serializers.UUIDField(allow_null=True)
    assigned_to = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(TASK_STATES)
    urgent = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    due_on = serializers.DateField(allow_null=True)
    decision = serializers.CharField()
    note = serializers.CharField()


class DecisionInput(StrictSerializer):
    """What came of it."""

    decision = OneOf(list(DECISIONS))
    reason = Text(max_length=2000, required=False, default="", allow_blank=True)


class SnoozeInput(StrictSerializer):
    """Later, and why."""

    until = Day()
    reason = Text(max_length=2000)


class MessageFilters(PageFilters):
    """Which messages."""

    state = OneOf(MESSAGE_STATES, required=False)


class MessageShape(serializers.Serializer):
    """One message of the outbox. Its text is kept nowhere."""

    id = serializers.UUIDField()
    patient = serializers.UUIDField()
    kind = serializers.CharField()
    channel = serializers.ChoiceField(Message.Channel.values)
    state = serializers.ChoiceField(MESSAGE_STATES)
    due_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    attempts = serializers.IntegerField()
    last_error = serializers.CharField()


class AuditQuery(StrictSerializer):
    """Which part of the audit. `before`: the sequence number to go on from, of an earlier answer."""

    patient = Id(required=False)
    person = Id(required=False)
    action = Text(required=False, max_length=60)
    first = Day(required=False)
    last = Day(required=False)
    before = Count(required=False, min_value=1)


class AuditLineShape(serializers.Serializer):
    """One event. `whom`: the colleague it was about. `whose`: the record number."""

    sequence = serializers.IntegerField()
    at = serializers.DateTimeField()
    who = serializers.CharField()
    as_what = serializers.CharField()
    action = serializers.CharField()
    whom = serializers.CharField()
    whose = serializers.CharField()
    detail = serializers.CharField()


class AuditShape(serializers.Serializer):
    """A page of the audit, newest first; `before` leads to the older events, null on the last page."""

    results = AuditLineShape(many=True)
    before = serializers.IntegerField(allow_null=True)


_MESSAGE = ("kind", "channel", "state", "due_at", "sent_at", "attempts", "last_error")
_TASK = ("kind", "state", "urgent", "opened_at", "due_on", "decision")


def _task_dict(task: Task) -> dict[str, Any]:
    reference = {"id": task.pk, "patient": task.patient_id, "assigned_to": task.assigned_to_id, "note": task.reason}
    return reference | {name: getattr(task, name) for name in _TASK}


@requires(Permission.SEE_TASKS)
class Tasks(Endpoint):
    """The worklist."""

    filters = TaskFilters

    @described("tasks_list", page_of(TaskShape), filters=TaskFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of tasks, newest first."""
        waiting = Q(state=Task.State.OPEN) | Q(state=Task.State.SNOOZED, due_on__lte=self.member.clinic.today())
        rows = Task.objects.filter(state=self.asked["state"]) if "state" in self.asked else Task.objects.filter(waiting)
        if "patient" in self.asked:
            rows = rows.filter(patient_id=self.asked["patient"])
        return self.paged(rows, _task_dict, read="tasks.read", about=lambda task: task.patient_id)


@requires(Permission.SEE_TASKS)
class TaskDone(Endpoint):
    """The end of a task."""

    @described("task_close", Done, takes=DecisionInput, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, task: UUID) -> Response:
        """Close a task with what was decided."""
        found = one(Task.objects.all(), task)
        with refusing(TaskRefused):
            close_task(actor=self.actor, task=found, **self.given(DecisionInput))
        return Response({"id": str(found.pk)})


@requires(Permission.SEE_TASKS)
class TaskLater(Endpoint):
    """A task that can wait."""

    @described("task_snooze", Done, takes=SnoozeInput, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, task: UUID) -> Response:
        """Put a task off to a later day, with the reason."""
        found = one(Task.objects.all(), task)
        with refusing(TaskRefused):
            snooze_task(actor=self.actor, task=found, today=self.member.clinic.today(), **self.given(SnoozeInput))
        return Response({"id": str(found.pk)})


def _message_dict(message: Message) -> dict[str, Any]:
    return {"id": message.pk, "patient": message.patient_id} | {name: getattr(message, name) for name in _MESSAGE}


@requires(Permission.SEE_MESSAGES)
class Outbox(Endpoint):
    """What waits, what left, what failed, of messages to patients."""

    filters = MessageFilters

    @described("messages_list", page_of(MessageShape), filters=MessageFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of messages, newest first."""
        rows = Message.objects.exclude(patient=None)
        rows = rows.filter(state=self.asked["state"]) if "state" in self.asked else rows
        return self.paged(rows, _message_dict, read="messages.read", about=lambda message: message.patient_id)


@requires(Permission.SEE_MESSAGES)
class MessageAgain(Endpoint):
    """A message that failed."""

    @described("message_requeue", Done, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, message: UUID) -> Response:
        """Let a message that was given up be tried again; any other stays as it is."""
        self.given(Nothing)
        found = one(Message.objects.all(), message)
        requeue(actor=self.actor, message=found)
        return Response({"id": str(found.pk)})


@requires(Permission.SEE_AUDIT)
class Audit(Endpoint):
    """Who opened or changed what of whom."""

    filters = AuditQuery

    @described("audit_list", AuditShape, filters=AuditQuery)
    def get(self, request: Request, clinic: str) -> Response:
        """Events, newest first. Asking is audited too."""
        asked = {name: self.asked[name] for name in self.asked if name != "before"}
        page = audit_page(Wanted(**asked), self.member.clinic.zone, before=self.asked.get("before"))
        detail = {"asked_by": sorted(asked)} if asked else {}
        write_entries([Entry(action="audit.read", actor=self.actor, patient_id=asked.get("patient"), detail=detail)])
        names = tuple(AuditLineShape().fields)
        return Response({"results": [{name: getattr(line, name) for name in names} for line in page.lines], "before": page.before})
