"""Today and the visit, as pages: few statements, nothing lost, nothing made up, also without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from clinic.services.patients import register_patient
from outcomes.registry import instruments
from outcomes.wording import short_name
from sessions.models import LaserApplication, OtherTreatment, Visit, VisitDraft
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.services.courses import open_course
from sessions.services.visits import book_visit, mark_arrived, sign_visit, walk_in
from tests.cast import HARBOUR_CANARY, Cast

TRANSACTION_MARKS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@pytest.fixture
def therapist(cast: Cast, client: Client) -> Client:
    client.force_login(cast.therapist.user)
    return client


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def _statements(work: Callable[[], Any]) -> int:
    """Statements of the client. Outside of tests the boundary's own transaction stands where a savepoint stands here."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return sum(not query["sql"].startswith(TRANSACTION_MARKS) for query in queries)


def _site(cast: Cast, **changes: Any) -> LaserRecord:
    settings: dict[str, Any] = {"average_power_w": Decimal(12), "emission_s": Decimal(420), "treated_area_cm2": Decimal(500)}
    return LaserRecord(device_id=cast.device.pk, technique="scanning_contact", **{"region": "lumbar", **settings, **changes})


def _former(cast: Cast, *sites: LaserRecord) -> Visit:
    with clinic_scope(cast.harbour.pk):
        at = timezone.now() - timedelta(days=3)
        record = VisitRecord(occurred_at=at, pain_before=8, pain_after=7, reaction="mild", note="words of then", laser=sites)
        return sign_visit(actor=cast.actor(), visit=walk_in(actor=cast.actor(), course=cast.ada_course), record=record)


def _begun(cast: Cast) -> Visit:
    with clinic_scope(cast.harbour.pk):
        return walk_in(actor=cast.actor(), course=cast.ada_course, therapist=cast.therapist)


def _posted(cast: Cast, **changes: Any) -> dict[str, Any]:
    site = {
        "device": str(cast.device.pk),
        "region": "lumbar",
        "technique": "scanning_contact",
        "mode": "cw",
        "average_power_w": "12",
        "emission_s": "420",
        "treated_area_cm2": "500",
    }
    laser = {f"laser-0-{name}": value for name, value in site.items()}
    return {"sites": "1", "others": "1", "pain_before": "6", "pain_after": "4", "reaction": "none", "sign": "1", **laser, **changes}


def _address(visit: Visit, part: str = "") -> str:
    return f"/c/harbour/visits/{visit.pk}/{part}"


def _book(cast: Cast, courses: list[Any], count: int) -> None:
    noon = timezone.localtime(timezone=cast.harbour.zone).replace(hour=12, minute=0)
    with clinic_scope(cast.harbour.pk):
        for number in range(count):
            at = noon + timedelta(minutes=number)
            book_visit(actor=cast.actor(), course=courses[number % len(courses)], planned_for=at, therapist=cast.therapist)


def test_the_day_takes_the_same_statements_for_1_30_and_200_visits(cast: Cast, therapist: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        people = [register_patient(actor=cast.actor(), given_name="Ann", family_name=f"Row {number}") for number in range(30)]
        today = timezone.localdate()
        courses = [open_course(actor=cast.actor(), patient=each, complaint="sciatica", started_on=today) for each in people]
    counts, rows = [], []
    for more in (1, 29, 170):
        _book(cast, courses, more)
        rows.append(_text(therapist.get("/c/harbour/today/")).count("rows__title"))
        counts.append(_statements(lambda: therapist.get("/c/harbour/today/")))
    assert rows == [1, 30, 200]
    assert counts[0] == counts[1] == counts[2] <= 20


def test_an_empty_day_says_what_to_do_next(therapist: Client) -> None:
    page = _text(therapist.get("/c/harbour/today/"))
    assert "Nobody is booked" in page
    assert "Find a patient" in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "soon", ""])
def test_a_day_that_cannot_be_shown_is_today(therapist: Client, day: str) -> None:
    answer = therapist.get("/c/harbour/today/", {"day": day})
    assert answer.status_code == 200
    assert "<h1>Today</h1>" in _text(answer)


def test_todays_unsigned_visit_counts_as_unsigned_until_it_is_signed(cast: Cast, therapist: Client) -> None:
    visit = _begun(cast)
    assert "1 unsigned" in _text(therapist.get("/c/harbour/today/"))
    assert "The visit is signed." in _text(therapist.post(_address(visit), _posted(cast), follow=True))
    assert "0 unsigned" in _text(therapist.get("/c/harbour/today/"))


def test_looking_at_the_day_is_audited_for_everybody_on_it(cast: Cast, therapist: Client) -> None:
    _begun(cast)
    therapist.get("/c/harbour/today/")
    with clinic_scope(cast.harbour.pk):
        assert AuditEvent.objects.filter(action="schedule.read", patient_id=cast.ada.pk).count() == 1


def test_two_taps_on_new_visit_make_one(cast: Cast, therapist: Client) -> None:
    address = f"/c/harbour/courses/{cast.ada_course.pk}/walk-in/"
    key = str(uuid4())
    first, second = (therapist.post(address, {"client_key": key}) for _tap in range(2))
    assert first["Location"] == second["Location"]
    assert therapist.post(address, {"client_key": "not an id"})["Location"] != first["Location"]
    assert first["Location"].endswith("/surveys/")  # a baseline cannot be made up later: it is asked for before the treatment
    assert 'name="client_key"' in _text(therapist.get(f"/c/harbour/patients/{cast.ada.pk}/"))


def test_signing_takes_at_most_15_statements_from_the_cookie_to_the_answer(cast: Cast, therapist: Client) -> None:
    visit = _begun(cast)
    answers: list[Any] = []
    manual = {"other-0-treatment": "manual_therapy:joint_mobilisation", "other-0-grade": "III", "other-0-minutes": "15"}
    count = _statements(lambda: answers.append(therapist.post(_address(visit), _posted(cast, **manual))))
    assert answers[0].status_code == 302
    assert count <= 15


def test_saving_a_draft_takes_at_most_15_statements(cast: Cast, therapist: Client) -> None:
    visit = _begun(cast)
    answers: list[Any] = []
    count = _statements(lambda: answers.append(therapist.post(_address(visit, "draft/"), _posted(cast, revision="0"))))
    assert answers[0].json()["revision"] == 1
    assert count <= 15


def test_every_site_of_last_time_is_taken_over_without_a_script_and_no_finding(cast: Cast, therapist: Client) -> None:
    former = _former(cast, _site(cast), _site(cast, region="gluteal", average_power_w=Decimal(8)))
    answer = therapist.post(_address(_begun(cast)), {"sites": "1", "others": "1", "pain_before": "5", "more": "former"})
    whole = answer.context["whole"]
    assert [(site["region"].value(), site["average_power_w"].value()) for site in whole.sites] == [("lumbar", "12"), ("gluteal", "8")]
    with clinic_scope(cast.harbour.pk):
        sources = LaserApplication.objects.filter(visit=former).order_by("position")
        assert [site["copied_from"].value() for site in whole.sites] == [str(each.pk) for each in sources]
    assert [whole.visit[name].value() for name in ("pain_before", "pain_after", "reaction", "note")] == ["5", None, None, None]
    assert "words of then" not in _text(answer)


def test_a_chosen_protocol_fills_its_site_without_a_script(cast: Cast, therapist: Client) -> None:
    posted = {"sites": "1", "others": "1", "laser-0-protocol": str(cast.protocol.pk), "more": "protocol"}
    [site] = therapist.post(_address(_begun(cast)), posted).context["whole"].sites
    assert (site["device"].value(), site["average_power_w"].value()) == (str(cast.device.pk), "12")
    assert (site["emission_s"].value(), site["treated_area_cm2"].value()) == ("420", "500")


def test_a_stale_draft_is_refused_with_the_other_version_and_overwrites_nothing(cast: Cast, therapist: Client) -> None:
    visit = _begun(cast)
    therapist.post(_address(visit, "draft/"), {"note": "theirs", "revision": "0"})
    stale = therapist.post(_address(visit, "draft/"), {"note": "mine", "revision": "0"})
    assert stale.status_code == 409
    assert (stale.json()["form"]["note"], stale.json()["revision"]) == (["theirs"], 1)
    assert HARBOUR_CANARY in stale.json()["message"]
    with clinic_scope(cast.harbour.pk):
        assert VisitDraft.objects.get().form["note"] == ["theirs"]
    assert therapist.post(_address(visit, "draft/"), {"note": "mine", "revision": "1"}).json()["revision"] == 2


@pytest.mark.parametrize("counter", ["", "-1", "x", "²", "9" * 400, "1.5"])
def test_counters_that_are_no_numbers_break_nothing(cast: Cast, therapist: Client, counter: str) -> None:
    visit = _begun(cast)
    odd = {"sites": counter, "others": counter, "revision": counter, f"laser-{counter}-device": "x"}
    assert therapist.post(_address(visit), odd).status_code == 200
    assert therapist.post(_address(visit, "draft/"), odd).status_code == 200
    assert therapist.get(_address(visit)).status_code == 200


def test_a_draft_with_a_null_character_is_refused(cast: Cast, therapist: Client) -> None:
    assert therapist.post(_address(_begun(cast), "draft/"), {"note": "a\x00b"}).status_code == 400


def test_a_visit_signed_days_later_keeps_the_day_it_took_place(cast: Cast, therapist: Client) -> None:
    came = timezone.now() - timedelta(days=2)
    with clinic_scope(cast.harbour.pk):
        visit = book_visit(actor=cast.actor(), course=cast.ada_course, planned_for=came)
        mark_arrived(actor=cast.actor(), visit=visit, at=came)
    assert therapist.post(_address(visit), _posted(cast)).status_code == 302
    with clinic_scope(cast.harbour.pk):
        signed = Visit.objects.get(pk=visit.pk)
        assert signed.occurred_at == came
        assert signed.recorded_at is not None
        assert signed.recorded_at - came > timedelta(days=1)


def test_manual_therapy_keeps_its_grade_level_and_minutes(cast: Cast, therapist: Client) -> None:
    visit = _begun(cast)
    manual = {
        "other-0-treatment": "manual_therapy:joint_mobilisation",
        "other-0-grade": "III",
        "other-0-region": "lumbar",
        "other-0-side": "left",
        "other-0-levels": "l4, L5",
        "other-0-minutes": "15",
    }
    assert therapist.post(_address(visit), _posted(cast, **manual)).status_code == 302
    with clinic_scope(cast.harbour.pk):
        row = OtherTreatment.objects.get(visit=visit)
        assert (row.grade, row.side, row.levels, row.minutes) == ("III", "left", ["L4", "L5"], 15)


@pytest.mark.parametrize(
    ("part", "typed", "said"), [("laser-0", "emission_s", "Choose the device"), ("other-0", "minutes", "Choose the treatment")]
)
def test_what_was_typed_without_its_device_or_treatment_is_asked_about_and_not_dropped(
    cast: Cast, therapist: Client, part: str, typed: str, said: str
) -> None:
    whole = {"laser-0-device": "", "laser-0-region": "", "laser-0-technique": ""}
    whole |= {f"laser-0-{name}": "" for name in ("average_power_w", "emission_s", "treated_area_cm2")}
    whole |= {"others": "2", "other-1-treatment": "manual_therapy:massage"}
    visit = _begun(cast)
    refused = therapist.post(_address(visit), _posted(cast, **(whole | {f"{part}-{typed}": "15"})))
    assert refused.status_code == 422
    assert said in _text(refused)
    assert therapist.post(_address(visit), _posted(cast, **whole)).status_code == 302


def test_a_visit_is_not_signed_before_somebody_says_whether_there_was_a_reaction(cast: Cast, therapist: Client) -> None:
    visit = _begun(cast)
    refused = therapist.post(_address(visit), _posted(cast, reaction="", pain_after=""))
    assert refused.status_code == 422
    assert "Say whether there was a reaction to the treatment; “none” is an answer too." in _text(refused)
    assert "Pain after the treatment is missing" in _text(refused)  # both at once
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.get(pk=visit.pk).state == Visit.State.ARRIVED
    assert therapist.post(_address(visit), _posted(cast, reaction="none")).status_code == 302


def test_a_reaction_of_which_a_program_says_nothing_reads_as_not_recorded(cast: Cast, therapist: Client) -> None:
    visit = _begun(cast)
    with clinic_scope(cast.harbour.pk):
        treated = (OtherRecord(kind="manual_therapy", code="massage"),)
        sign_visit(actor=cast.actor(), visit=visit, record=VisitRecord(occurred_at=timezone.now(), pain_after=4, other=treated))
    assert "<dt>Reaction</dt><dd>not recorded</dd>" in _text(therapist.get(_address(visit)))


def test_a_signed_visit_shows_its_formula_and_both_versions_of_an_amended_value(cast: Cast, therapist: Client) -> None:
    visit = _begun(cast)
    therapist.post(_address(visit), _posted(cast, **{"laser-0-energy_typed_j": "4500"}))
    missing = therapist.post(_address(visit, "addenda/"), {"pain_after": "5", "reason": ""})
    assert missing.status_code == 422
    therapist.post(_address(visit, "addenda/"), {"pain_after": "5", "reason": "typing error"})
    page = _text(therapist.get(_address(visit))).replace("\u00a0", " ")
    assert "12 W × 420 s = 5 040 J" in page
    assert "Console: 4500 J; computed: 5040 J." in page
    assert "as signed 4, as amended 5" in page
    assert '<dd class="number">4</dd>' in page


def test_a_visit_that_does_not_take_place_is_closed_with_a_reason_and_taken_back(cast: Cast, therapist: Client) -> None:
    _book(cast, [cast.ada_course], 1)
    with clinic_scope(cast.harbour.pk):
        visit = Visit.objects.get(state="booked", planned_for__date=timezone.localdate(timezone=cast.harbour.zone))
    odd = therapist.post(_address(visit, "missed/"), {"state": "signed", "tab": "mine"}, follow=True)
    assert "Nothing was changed" in _text(odd)
    said = therapist.post(_address(visit, "missed/"), {"state": "cancelled_by_patient", "reason": "ill", "tab": "mine"}, follow=True)
    assert "cancelled by the patient" in _text(said)
    assert "late, ill" in _text(said)
    again = therapist.post(_address(visit, "missed/"), {"state": "no_show"}, follow=True)
    assert "closed already" in _text(again)
    back = therapist.post(_address(visit, "reopen/"), {"tab": "mine"}, follow=True)
    assert "late, ill" not in _text(back)
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.get(pk=visit.pk).state == "booked"


def test_the_header_counts_what_waits_on_every_page(cast: Cast, therapist: Client) -> None:
    assert "1 unsigned" not in _text(therapist.get("/c/harbour/patients/"))
    visit = _begun(cast)
    page = _text(therapist.get("/c/harbour/patients/"))
    assert '<a href="/c/harbour/today/?tab=unsigned"><span class="chip chip--due">1 unsigned</span></a>' in page
    therapist.post(_address(visit), _posted(cast))
    assert "1 unsigned" not in _text(therapist.get("/c/harbour/patients/"))


def test_a_reaction_that_is_not_listed_is_described(cast: Cast, therapist: Client) -> None:
    visit = _begun(cast)
    refused = therapist.post(_address(visit), _posted(cast, reaction="other"))
    assert refused.status_code == 422
    assert "Describe the reaction in the note." in _text(refused)
    assert therapist.post(_address(visit), _posted(cast, reaction="other", note="Warm skin, gone after 10 min.")).status_code == 302


def test_the_time_of_the_treatment_can_be_corrected_but_not_into_the_future(cast: Cast, therapist: Client) -> None:
    visit, now = _begun(cast), timezone.localtime(timezone=cast.harbour.zone)
    later = therapist.post(_address(visit), _posted(cast, occurred_at=f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M}"))
    assert later.status_code == 422
    assert "lies in the future" in _text(later)
    with clinic_scope(cast.harbour.pk):
        early = cast.ada_course.started_on - timedelta(days=1)
    doubted = therapist.post(_address(visit), _posted(cast, occurred_at=f"{early:%Y-%m-%d}T10:00"))
    assert "before the start of the course" in _text(doubted)
    earlier = (now - timedelta(hours=1)).replace(second=0, microsecond=0)
    assert therapist.post(_address(visit), _posted(cast, occurred_at=f"{earlier:%Y-%m-%dT%H:%M}")).status_code == 302
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.get(pk=visit.pk).occurred_at == earlier


def test_what_staff_call_an_instrument_is_in_their_language() -> None:
    back = instruments()["nprs-back-7d"]
    assert short_name(back) == "NPRS back"
    with translation.override("de"):
        assert short_name(back) == "NPRS Rücken"
        assert short_name(instruments()["rmdq-24"]) == "RMDQ-24"


def test_somebody_without_an_appointment_is_looked_for_with_a_word_on_what_comes_next(therapist: Client) -> None:
    assert 'href="/c/harbour/patients/?for=walk-in"' in _text(therapist.get("/c/harbour/today/"))
    assert "then press New visit now" in _text(therapist.get("/c/harbour/patients/?for=walk-in"))
    assert "then press New visit now" not in _text(therapist.get("/c/harbour/patients/"))
