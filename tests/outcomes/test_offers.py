"""What is due reaches the patient: on arrival, on the tablet, read out, on paper, and by mail."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent, Message, Patient
from clinic.scoping import clinic_scope
from clinic.services.messages import send_due
from clinic.services.patients import change_identity, record_consent
from clinic.writes import SYSTEM_TASK
from outcomes import schedule
from outcomes.models import Invitation, Response
from outcomes.selectors.due import _facts, offer_now
from outcomes.services import offers
from outcomes.services.invitations import invite, link_of
from outcomes.services.offers import invite_by_mail, offer_survey
from outcomes.tasks import invite_due_in_every_clinic
from sessions.models import Course, Visit
from sessions.records import OtherRecord, VisitRecord
from sessions.services.visits import book_visit, mark_arrived, sign_visit
from tests.cast import Cast, move_to_noon

BASELINE = ["nprs-back-7d", "nprs-leg-7d", "rmdq-24"]


def _visit(cast: Cast, course: Course | None = None) -> Visit:
    with clinic_scope(cast.harbour.pk):
        chosen = course or cast.ada_course
        return book_visit(actor=cast.actor(), course=chosen, planned_for=timezone.now(), therapist=cast.therapist)


def _address(cast: Cast, visit: Visit) -> str:
    return f"/c/{cast.harbour.slug}/visits/{visit.pk}/surveys/"


@pytest.fixture
def therapist(cast: Cast, client: Client) -> Client:
    client.force_login(cast.therapist.user)
    return client


def test_arrival_prepares_the_first_survey_once_and_the_page_shows_its_code(cast: Cast, therapist: Client) -> None:
    visit = _visit(cast)
    for _ in range(2):
        response = therapist.post(f"/c/{cast.harbour.slug}/visits/{visit.pk}/arrive/")
        assert response["Location"] == _address(cast, visit)
    with clinic_scope(cast.harbour.pk):
        invitation = Invitation.objects.get()
        assert (invitation.occasion, invitation.instruments, invitation.visit_id) == ("baseline", BASELINE, visit.pk)
    page = therapist.get(_address(cast, visit)).content.decode()
    assert "<svg" in page
    assert "3 questions" in page
    assert link_of(invitation) not in page  # the secret stands in the picture only


def test_looking_at_the_page_prepares_nothing(cast: Cast, therapist: Client) -> None:
    visit = _visit(cast)
    assert "Prepare the survey" in therapist.get(_address(cast, visit)).content.decode()
    with clinic_scope(cast.harbour.pk):
        assert Invitation.objects.count() == 0


def test_neck_pain_is_not_asked_for_as_low_back_pain(cast: Cast) -> None:
    visit = _visit(cast)
    with clinic_scope(cast.harbour.pk):
        course = Course.objects.get(pk=visit.course_id)
        course.complaint = Course.Complaint.NECK_PAIN
        offer = offer_now(course, cast.harbour.zone, timezone.now().date())
    assert offer is not None
    assert offer.instruments == ("vas-100",)


def test_once_everything_due_is_answered_nothing_is_offered(cast: Cast, therapist: Client) -> None:
    visit = _visit(cast)
    with clinic_scope(cast.harbour.pk):
        mark_arrived(actor=cast.actor(), visit=visit)
        invitation = offer_survey(actor=cast.actor(), visit=visit)
    assert invitation is not None
    answers = {"nprs-back-7d-back": "6", "nprs-leg-7d-leg": "1", "rmdq-24-ticked": ["r01"]}
    careless = therapist.post(f"/c/{cast.harbour.slug}/invitations/{invitation.pk}/enter/read_aloud/", {})
    assert careless.status_code == 422
    assert "No answer is entered" in careless.content.decode()
    entered = therapist.post(f"/c/{cast.harbour.slug}/invitations/{invitation.pk}/enter/read_aloud/", answers)
    assert entered["Location"] == _address(cast, visit)
    with clinic_scope(cast.harbour.pk):
        assert offer_survey(actor=cast.actor(), visit=visit) is None
        stored = Response.objects.get(instrument="nprs-back-7d")
        assert (stored.mode, stored.answered_by, stored.recorded_by_id) == ("read_aloud", "read_out", cast.therapist.pk)
    assert "Nothing to ask now" in therapist.get(_address(cast, visit)).content.decode()


def _invitation(cast: Cast, visit: Visit) -> Invitation:
    with clinic_scope(cast.harbour.pk):
        found = offer_survey(actor=cast.actor(), visit=visit)
    assert found is not None
    return found


def test_a_paper_form_names_nobody_and_is_found_again_by_its_code(cast: Cast, therapist: Client) -> None:
    invitation = _invitation(cast, _visit(cast))
    form = therapist.get(f"/c/{cast.harbour.slug}/invitations/{invitation.pk}/paper/").content.decode()
    code = re.search(r"(?<=paper__code\">)[0-9A-F]{4}-[0-9A-F]{4}", form)
    assert code
    assert "I stay at home most of the time because of my back." in form
    assert "Ángela" not in form
    enter = f"/c/{cast.harbour.slug}/invitations/{invitation.pk}/enter/paper/"
    assert therapist.post(f"/c/{cast.harbour.slug}/paper-forms/", {"code": code.group().lower()})["Location"] == enter
    assert therapist.post(f"/c/{cast.harbour.slug}/paper-forms/", {"code": "0000-0000"}).status_code == 422
    given = {"answered_by": "helped", "occurred_at": "2026-09-01T10:00", "nprs-back-7d-back": "6"}
    assert therapist.post(enter, given).status_code == 302
    with clinic_scope(cast.harbour.pk):
        stored = {response.instrument: response for response in Response.objects.all()}
    assert stored["nprs-back-7d"].answers == {"back": 6}
    assert stored["nprs-leg-7d"].answers == {"leg": None}  # blank on the paper stays blank
    assert {(r.mode, r.answered_by, r.occurred_at.date()) for r in stored.values()} == {("paper", "helped", date(2026, 9, 1))}


def test_handing_over_the_tablet_ends_the_staff_session_and_leaves_a_trace(cast: Cast, therapist: Client) -> None:
    invitation = _invitation(cast, _visit(cast))
    response = therapist.post(f"/c/{cast.harbour.slug}/invitations/{invitation.pk}/tablet/")
    assert response["Location"] == "/survey/"
    assert "_auth_user_id" not in therapist.session
    assert therapist.get(f"/c/{cast.harbour.slug}/today/").status_code == 302
    assert "Question 1 of 3" in therapist.get("/survey/1/").content.decode()
    with clinic_scope(cast.harbour.pk):
        event = AuditEvent.objects.get(action="survey.hand_over")
        assert (event.actor_user_id, event.patient_id) == (cast.therapist.user_id, cast.ada.pk)


@pytest.mark.parametrize(("member", "status"), [("front_desk", 200), ("manager", 403), ("administrator", 403), ("stranger", 404)])
def test_who_may_hand_out_surveys(cast: Cast, client: Client, member: str, status: int) -> None:
    visit = _visit(cast)
    client.force_login(getattr(cast, member).user)
    assert client.get(_address(cast, visit)).status_code == status


def test_a_first_survey_is_mailed_before_the_first_visit_to_whoever_agreed_and_once_only(cast: Cast) -> None:
    for course in (cast.ada_course, cast.ben_course, cast.cem_course):
        _visit(cast, course)
    today = timezone.now().astimezone(cast.harbour.zone).date()
    with clinic_scope(cast.harbour.pk):
        assert invite_by_mail(actor=SYSTEM_TASK, today=today) == 1
        assert list(Message.objects.values_list("kind", "patient")) == [("invitation", cast.ada.pk)]
        assert invite_by_mail(actor=SYSTEM_TASK, today=today) == 0
        assert invite_by_mail(actor=SYSTEM_TASK, today=today + timedelta(days=20)) == 0


def test_surveys_of_whom_a_carer_answers_for_are_mailed_to_the_carer_alone(cast: Cast) -> None:
    for course in (cast.ada_course, cast.ben_course):
        _visit(cast, course)
    today = timezone.now().astimezone(cast.harbour.zone).date()
    carer = {"carer_name": "Jo", "carer_email": "jo@example.org", "messages_to": "carer"}
    with clinic_scope(cast.harbour.pk):
        record_consent(actor=cast.actor(), patient=cast.ben, purpose="messages", given=True)
        for patient in (cast.ada, cast.ben):
            change_identity(actor=cast.actor(), patient=patient, **({"email": ""} | carer))
        assert invite_by_mail(actor=SYSTEM_TASK, today=today) == 2


def test_many_who_are_due_are_asked_in_turns(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "MOST_AT_ONCE", 1)
    for course in (cast.ada_course, cast.ben_course):
        _visit(cast, course)
    today = timezone.now().astimezone(cast.harbour.zone).date()
    with clinic_scope(cast.harbour.pk):
        record_consent(actor=cast.actor(), patient=cast.ben, purpose="messages", given=True)
        change_identity(actor=cast.actor(), patient=cast.ben, email="ben@example.org")
        assert [invite_by_mail(actor=SYSTEM_TASK, today=today) for _ in range(3)] == [1, 1, 0]
        assert set(Message.objects.values_list("patient", flat=True)) == {cast.ada.pk, cast.ben.pk}


def test_the_task_goes_through_every_clinic_and_twice_makes_no_more(cast: Cast) -> None:
    _visit(cast)
    for _ in range(2):
        invite_due_in_every_clinic()
    with clinic_scope(cast.harbour.pk):
        assert (Invitation.objects.count(), Message.objects.count()) == (1, 1)


def test_the_months_after_the_first_treatment_are_asked_for_by_mail(cast: Cast, therapist: Client) -> None:
    today = date(2026, 12, 8)
    with clinic_scope(cast.harbour.pk):
        _treated(cast, today - timedelta(days=94))
        asked_early = invite_by_mail(actor=SYSTEM_TASK, today=today - timedelta(days=10))
        assert invite_by_mail(actor=SYSTEM_TASK, today=today) == 1
        assert asked_early == 0
        assert Invitation.objects.get().occasion == "month_3"


def _treated(cast: Cast, day: date) -> None:
    at = datetime.combine(day, time(10), UTC)
    visit = book_visit(actor=cast.actor(), course=cast.ada_course, planned_for=at, therapist=cast.therapist)
    fields: dict[str, Any] = {"pain_before": 6, "pain_after": 4, "no_pain_after_reason": "", "skin_checked": True, "reaction": "none"}
    manual = (OtherRecord(kind="manual_therapy", code="joint_mobilisation"),)
    sign_visit(actor=cast.actor(), visit=visit, record=VisitRecord(occurred_at=at, note="", laser=(), other=manual, **fields))


def test_a_survey_can_be_withdrawn(cast: Cast, therapist: Client) -> None:
    invitation = _invitation(cast, _visit(cast))
    therapist.post(f"/c/{cast.harbour.slug}/invitations/{invitation.pk}/withdraw/")
    assert Client().get(link_of(invitation).removeprefix("http://localhost")).status_code == 404


def test_a_link_is_mailed_at_a_press_only_with_consent(cast: Cast, therapist: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        wanted: dict[str, Any] = {"occasion": "baseline", "due_on": date(2026, 9, 1), "instruments": BASELINE}
        made = [invite(actor=cast.actor(), course=course, **wanted) for course in (cast.ada_course, cast.ben_course)]
    for invitation in made:
        therapist.post(f"/c/{cast.harbour.slug}/invitations/{invitation.pk}/mail/")
    with clinic_scope(cast.harbour.pk):
        assert list(Message.objects.values_list("patient", flat=True)) == [cast.ada.pk]


def test_pressing_again_after_the_mail_has_left_sends_a_new_link_three_times_a_day_at_most(cast: Cast, therapist: Client) -> None:
    move_to_noon(cast.harbour)
    invitation = _invitation(cast, _visit(cast))
    address = f"/c/{cast.harbour.slug}/invitations/{invitation.pk}/mail/"
    said = []
    for _press in range(6):
        said.append(therapist.post(address, follow=True).content.decode())
        send_due(cast.harbour.pk, actor=SYSTEM_TASK)
    assert "The link is in the outbox." in said[0]
    assert all("the earlier one no longer works" in page for page in said[1:4])
    assert all("Nothing was sent" in page for page in said[4:])
    with clinic_scope(cast.harbour.pk):
        assert Message.objects.filter(subject_id=invitation.pk).count() == 4


@pytest.mark.parametrize("later_first", [False, True])
def test_of_two_treatments_on_one_day_the_first_ends_what_is_before_treatment(*, later_first: bool) -> None:
    day, course = date(2026, 3, 2), Course(patient=Patient(), started_on=date(2026, 3, 1))
    visits = [Visit(state=Visit.State.SIGNED, occurred_at=datetime(2026, 3, 2, hour, tzinfo=UTC)) for hour in (9, 15)]
    between = datetime(2026, 3, 2, 12, tzinfo=UTC)
    facts = _facts(course, visits[::-1] if later_first else visits, [("nprs-back-7d", between)], ZoneInfo("UTC"))
    assert facts.responses == (schedule.Answered("nprs-back-7d", day, after_treatment=True),)
