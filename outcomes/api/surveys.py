"""/api/v1/<clinic>/: surveys offered, sent, withdrawn and answered for a patient; responses that do not count; reports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response as Answer

from clinic.api.calls import ApiRefusal
from clinic.api.endpoint import (
    Done,
    Endpoint,
    Nothing,
    PageFilters,
    StrictSerializer,
    described,
    idempotent,
    one,
    page_of,
    referred,
    refusing,
)
from clinic.api.fields import Day, Id, Listed, OneOf, Text, TrueFalse
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.scoping import allow_long_statements
from clinic.selectors.patients import may_message
from clinic.writes import Entry, write_entries
from outcomes.models import Invitation, Response
from outcomes.models.invitation import Occasion
from outcomes.reports import REPORTS, report_by_key
from outcomes.reports.filters import OutcomeFilters
from outcomes.reports.outcome import OutcomePage
from outcomes.services.invitations import InvitationRefused, LinkGone, invite, is_usable, link_of, revoke, send_link
from outcomes.services.offers import offer_survey
from outcomes.services.responses import ResponseRefused, void_response
from sessions.models import Course, Visit

INVITATION_STATES = list(Invitation.State.values)


class InvitationFilters(PageFilters):
    """Which invitations."""

    course = Id(required=False)
    patient = Id(required=False)
    state = OneOf(INVITATION_STATES, required=False)


class InvitationInput(StrictSerializer):
    """A survey for a course. `by_mail`: also put its link into the outbox, if the patient has agreed to messages."""

    course = Id()
    occasion = OneOf(Occasion.values)
    due_on = Day()
    instruments = Listed(child=Text(max_length=60), max_length=20)
    by_mail = TrueFalse(required=False, default=False)


class InvitationShape(serializers.Serializer):
    """A survey that was asked of a course."""

    id = serializers.UUIDField()
    course = serializers.UUIDField()
    patient = serializers.UUIDField()
    visit = serializers.UUIDField(allow_null=True)
    occasion = serializers.ChoiceField(Occasion.values)
    due_on = serializers.DateField()
    instruments = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(INVITATION_STATES)
    expires_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)


class OfferShape(serializers.Serializer):
    """The survey to put before the patient of a visit; null when nothing is due."""

    invitation = serializers.UUIDField(allow_null=True)


class LinkShape(serializers.Serializer):
    """The patient's address of a survey. Whoever has it may answer: show it, do not keep it."""

    link = serializers.URLField()


class VoidInput(StrictSerializer):
    """Why a response does not count."""

    reason = Text(max_length=200)


class ReportFilters(StrictSerializer):
    """Which courses a report is about, by what they are grouped, and on which scale. As in the addresses of the pages."""

    scale = Text(required=False, max_length=60)
    status = OneOf(["running", "every"], required=False)
    ended_from = Day(required=False)
    ended_until = Day(required=False)
    complaint = OneOf(Course.Complaint.values, required=False)
    laser = OneOf(["yes", "no"], required=False)
    exercise = OneOf(["yes", "no"], required=False)
    device = Id(required=False)
    therapist = Id(required=False)
    label = Text(required=False, max_length=60)  # type: ignore[assignment]
    by = OneOf(["laser", "exercise", "complaint", "label"], required=False)


class ReportLineShape(serializers.Serializer):
    """One figure in words."""

    name = serializers.CharField()
    value = serializers.CharField()
    note = serializers.CharField()


class ReportGroupShape(serializers.Serializer):
    """One group's figures, in the order of the columns."""

    name = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())


class ReportFilterShape(serializers.Serializer):
    """One filter in words."""

    name = serializers.CharField()
    value = serializers.CharField()


class ReportShape(serializers.Serializer):
    """A report as its page shows it, small groups hidden. A before/after change is not the effect of laser."""

    report = serializers.CharField()
    scale = serializers.CharField()
    headline = serializers.CharField()
    flow = ReportLineShape(many=True)
    missing = ReportLineShape(many=True)
    figures = ReportLineShape(many=True)
    group_heading = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    groups = ReportGroupShape(many=True)
    hidden_reason = serializers.CharField()
    caveat = serializers.CharField()
    period_note = serializers.CharField(help_text="Which days are counted, where they are not those that were asked for.")
    chosen = ReportFilterShape(many=True, help_text="The filters in words.")


class ReportTableShape(serializers.Serializer):
    """The rows of a report's file."""

    rows = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class ReportNameShape(serializers.Serializer):
    """A report, and what it answers."""

    report = serializers.CharField()
    name = serializers.CharField()
    question = serializers.CharField()


class ReportsShape(serializers.Serializer):
    """The reports that there are."""

    results = ReportNameShape(many=True)


_INVITATION = ("occasion", "due_on", "instruments", "state", "expires_at", "answered_at")


def _invitation_dict(row: Invitation) -> dict[str, Any]:
    reference = {"id": row.pk, "course": row.course_id, "patient": row.course.patient_id, "visit": row.visit_id}
    return reference | {name: getattr(row, name) for name in _INVITATION}


def _invitations() -> QuerySet[Invitation]:
    rows: QuerySet[Invitation] = Invitation.objects.select_related("clinic", "course__patient")
    return rows


@requires(Permission.HAND_OUT_SURVEYS)
class Invitations(Endpoint):
    """Surveys that were asked."""

    filters = InvitationFilters

    @described("invitations_list", page_of(InvitationShape), filters=InvitationFilters)
    def get(self, request: Request, clinic: str) -> Answer:
        """A page of invitations, newest first, without answers."""
        names = {"course": "course_id", "patient": "course__patient_id", "state": "state"}
        rows = _invitations().filter(**{names[name]: self.asked[name] for name in names if name in self.asked})
        return self.paged(rows, _invitation_dict, read="invitations.read", about=lambda row: row.course.patient_id)

    @described("invitations_create", Done, takes=InvitationInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Answer:
        """Ask a survey of a course; the one that is there already for this occasion and day otherwise."""
        data = self.given(InvitationInput)
        course = referred(Course.objects.select_related("patient"), data.pop("course"), "course")
        with refusing(InvitationRefused):
            made = invite(actor=self.actor, course=course, **data)
        return Answer({"id": str(made.pk)}, status=201)


@requires(Permission.HAND_OUT_SURVEYS)
class Offer(Endpoint):
    """What is due for the patient of a visit."""

    @described("survey_offer", OfferShape, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, visit: UUID) -> Answer:
        """The survey that is due now: the open one, a new one, or none."""
        self.given(Nothing)
        offered = offer_survey(actor=self.actor, visit=one(Visit.objects.all(), visit))
        return Answer({"invitation": str(offered.pk) if offered else None})


def _usable(wanted: UUID) -> Invitation:
    found: Invitation = one(_invitations(), wanted)
    if not is_usable(found, timezone.now()):
        raise ApiRefusal("locked", "This survey was answered or withdrawn, or its link has run out.", status_code=409)
    return found


@requires(Permission.HAND_OUT_SURVEYS)
class SurveyLink(Endpoint):
    """The patient's address of a survey."""

    @described("survey_link", LinkShape, refusals=[404, 409])
    def get(self, request: Request, clinic: str, invitation: UUID) -> Answer:
        """The present link, to be shown as a code or handed on to the patient."""
        found = _usable(invitation)
        record_read(actor=self.actor, patient_id=found.course.patient_id, action="survey.offer", object_id=found.pk)
        return Answer({"link": link_of(found)})


@requires(Permission.HAND_OUT_SURVEYS)
class SurveyMail(Endpoint):
    """A survey's link by message."""

    @described("survey_mail", Done, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, invitation: UUID) -> Answer:
        """Put the link into the outbox, once; refused when the patient has not agreed to messages."""
        self.given(Nothing)
        found = _usable(invitation)
        if not may_message(found.course.patient_id):
            raise ApiRefusal("no_consent", "The patient has not agreed to messages.", status_code=409)
        return Answer({"id": str(send_link(actor=self.actor, invitation=found).pk)})


@requires(Permission.HAND_OUT_SURVEYS)
class Withdrawal(Endpoint):
    """A survey that is asked no more."""

    @described("survey_withdraw", Done, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, invitation: UUID) -> Answer:
        """Withdraw a survey that is not answered: its link stops working."""
        self.given(Nothing)
        found = _usable(invitation)
        with refusing(locked=(InvitationRefused, LinkGone)):
            revoke(actor=self.actor, invitation=found)
        return Answer({"id": str(found.pk)})


@requires(Permission.ENTER_ANSWERS)
class ResponseVoiding(Endpoint):
    """A response that does not count."""

    @described("response_void", Done, takes=VoidInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, given: UUID) -> Answer:
        """Say that a response does not count, and why; it stays, with the reason beside it."""
        found = one(Response.objects.select_related("course"), given)
        with refusing(ResponseRefused, names={"response": "body"}):
            void = void_response(actor=self.actor, response=found, voided_by=self.member, **self.given(VoidInput))
        return Answer({"id": str(void.pk)}, status=201)


@requires(Permission.SEE_REPORTS)
class Reports(Endpoint):
    """The reports that there are."""

    @described("reports_list", ReportsShape)
    def get(self, request: Request, clinic: str) -> Answer:
        """Each report's key, name and question."""
        return Answer({"results": [{"report": each.key, "name": str(each.name), "question": str(each.question)} for each in REPORTS]})


def _built(endpoint: Endpoint, key: str) -> OutcomePage:
    report = report_by_key(key)
    if report is None:
        raise ApiRefusal("not_found", "There is nothing at this address.", status_code=404)
    chosen = QueryDict(mutable=True)
    for name, value in endpoint.asked.items():
        chosen[name] = str(value)
    filters = OutcomeFilters(chosen, language="en")
    if not filters.is_valid():
        raise ApiRefusal(
            "invalid_parameter",
            "A query parameter is not acceptable.",
            fields={name: ["This is not on the list."] for name in filters.errors},
        )
    allow_long_statements()
    page: OutcomePage = report.build(filters, [endpoint.member.clinic], "en")
    return page


@requires(Permission.SEE_REPORTS)
class OneReport(Endpoint):
    """One report."""

    filters = ReportFilters

    @described("report_retrieve", ReportShape, refusals=[404], filters=ReportFilters)
    def get(self, request: Request, clinic: str, report: str) -> Answer:
        """The figures that its page shows, from the same numbers."""
        page = _built(self, report)
        lines = {name: [vars(line) for line in getattr(page, name)] for name in ("flow", "missing", "figures")}
        words = {name: getattr(page, name) for name in ("headline", "group_heading", "hidden_reason", "caveat", "period_note")}
        chosen = [{"name": name, "value": value} for name, value in page.chosen]
        groups = [{"name": group.name, "values": list(group.values)} for group in page.groups]
        return Answer(
            {"report": report, "scale": page.scale.id, "columns": list(page.columns), "groups": groups, "chosen": chosen} | lines | words
        )


@requires(Permission.EXPORT_REPORTS, step_up=True)
class ReportTable(Endpoint):
    """A report's file."""

    filters = ReportFilters

    @described("report_table", ReportTableShape, refusals=[404], filters=ReportFilters)
    def get(self, request: Request, clinic: str, report: str) -> Answer:
        """The rows of the report's CSV file, filters and caveat included."""
        page = _built(self, report)
        asked = ",".join(sorted(self.asked))
        write_entries([Entry(action="report.export", actor=self.actor, detail={"report": report, "filtered_by": asked})])
        return Answer({"rows": [[str(cell) for cell in row] for row in page.rows()]})
