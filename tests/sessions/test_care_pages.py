"""Courses, plans and devices, as pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.models import AuditEvent, Clinic
from clinic.scoping import clinic_scope
from sessions.models import Course, Device, Plan, PlannedExercise, Protocol
from sessions.selectors.courses import course_lines, newest_plan
from sessions.services.courses import CourseRefused, checked_icd10, end_course, make_plan
from tests.cast import MEADOW_CANARY, Cast

COURSE = {"complaint": "sciatica", "started_on": "2026-03-02", "onset_on": "", "icd10_code": "", "responsible": "", "label": ""}


@pytest.fixture
def therapist(cast: Cast, client: Client) -> Client:
    client.force_login(cast.therapist.user)
    return client


@pytest.fixture
def owner(cast: Cast, client: Client) -> Client:
    client.force_login(cast.administrator.user)
    return client


def _text(response: Any) -> str:
    return str(response.content.decode())


def _plan(*exercises: dict[str, Any], **changes: Any) -> dict[str, Any]:
    rows = {f"exercise-{at}-{name}": value for at, exercise in enumerate(exercises) for name, value in exercise.items()}
    management = {"exercise-TOTAL_FORMS": len(exercises), "exercise-INITIAL_FORMS": 0}
    base = {"planned_visits": 10, "visits_per_week": "2", "protocol": "none", "review_on": "2026-12-01"}
    return {**base, **management, **rows, **changes}


@pytest.mark.parametrize("code", ["M54.50", "m54.16", " M51.26 ", "M47", ""])
def test_codes_of_the_right_shape_are_taken(code: str) -> None:
    assert checked_icd10(code) == code.strip().upper()


@pytest.mark.parametrize("code", ["54.5", "M5", "M54,5", "back", "M54.123456"])
def test_codes_of_another_shape_are_refused(code: str) -> None:
    with pytest.raises(CourseRefused, match="not written like"):
        checked_icd10(code)


def test_the_code_that_the_united_states_divided_is_refused_there_with_what_replaces_it(cast: Cast, therapist: Client) -> None:
    Clinic.objects.filter(pk=cast.harbour.pk).update(country="US")
    answer = therapist.post(f"/c/harbour/patients/{cast.ben.pk}/courses/new/", {**COURSE, "icd10_code": "M54.5"})
    assert answer.status_code == 422
    assert "use M54.50, M54.51 or M54.59" in _text(answer)


def test_the_undivided_code_is_taken_where_it_is_valid(cast: Cast, therapist: Client) -> None:
    answer = therapist.post(f"/c/harbour/patients/{cast.ben.pk}/courses/new/", {**COURSE, "icd10_code": "M54.5"})
    assert answer.status_code == 302, _text(answer)
    with clinic_scope(cast.harbour.pk):
        assert cast.ben.courses.filter(icd10_code="M54.5").exists()


def test_a_plan_with_mistakes_in_it_and_in_an_exercise_has_one_box_that_names_both(cast: Cast, therapist: Client) -> None:
    page = f"/c/harbour/courses/{cast.ben_course.pk}/plan/"
    prefix = therapist.get(page).context["rows"].prefix
    rows = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "0-name": "", "0-sets": "3"}
    answer = therapist.post(page, {"planned_visits": "0", **{f"{prefix}-{name}": value for name, value in rows.items()}})
    text = answer.content.decode()
    assert (answer.status_code, text.count("Please check this")) == (422, 1)
    assert f'href="#id_{prefix}-0-name"' in text
    assert 'href="#id_planned_visits"' in text


def test_a_course_is_opened_and_leads_to_its_plan(cast: Cast, therapist: Client) -> None:
    answer = therapist.post(f"/c/harbour/patients/{cast.ben.pk}/courses/new/", {**COURSE, "onset_on": "2025-11-30"})
    with clinic_scope(cast.harbour.pk):
        [line] = [line for line in course_lines([cast.ben.pk])[cast.ben.pk] if line.started_on == date(2026, 3, 2)]
    assert answer["Location"] == f"/c/harbour/courses/{line.id}/plan/"
    assert (line.complaint, line.duration) == ("Disc herniation / sciatica", "chronic, 13 weeks at the start")


def test_an_onset_after_the_start_is_refused(cast: Cast, therapist: Client) -> None:
    answer = therapist.post(f"/c/harbour/patients/{cast.ben.pk}/courses/new/", {**COURSE, "onset_on": "2026-03-03"})
    assert answer.context["form"].errors["onset_on"] == ["The onset lies after the start."]


def test_a_course_ends_once_and_with_a_reason(cast: Cast, therapist: Client) -> None:
    address = f"/c/harbour/courses/{cast.cem_course.pk}/end/"
    assert therapist.post(address, {"ended_on": "2026-08-20"}).status_code == 422
    assert therapist.post(address, {"ended_on": "2026-08-02", "reason": "stopped_coming"}).status_code == 422
    assert therapist.post(address, {"ended_on": "2026-08-20", "reason": "stopped_coming"}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        course = Course.objects.get(pk=cast.cem_course.pk)
        assert (course.ended_on, course.end_reason) == (date(2026, 8, 20), "stopped_coming")
        with pytest.raises(CourseRefused, match="ended already"):
            end_course(actor=cast.actor(), course=course, ended_on=date(2026, 8, 21), reason="completed")


def test_every_saved_plan_is_a_new_version_and_the_former_ones_stay(cast: Cast, therapist: Client) -> None:
    address = f"/c/harbour/courses/{cast.ada_course.pk}/plan/"
    bridge = {"name": "Bridge", "sets": 2, "repetitions": 12, "weekdays": ["0", "3"]}
    changed = _plan(bridge, {"name": ""}, protocol=str(cast.protocol.pk), manual_therapy=["manual_therapy:massage"])
    assert therapist.post(address, changed).status_code == 302
    with clinic_scope(cast.harbour.pk):
        versions = Plan.objects.filter(course=cast.ada_course).order_by("version")
        assert list(versions.values_list("version", "planned_visits", "protocol_id")) == [
            (1, 8, cast.protocol.pk),
            (2, 10, cast.protocol.pk),
        ]
        assert PlannedExercise.objects.filter(plan=cast.ada_plan).count() == 2
        sheet = newest_plan(cast.ada_course.pk)
    assert sheet is not None
    assert [(line.name, line.dose, line.days) for line in sheet.exercises] == [("Bridge", "2 × 12", "Mon, Thu")]
    assert sheet.therapies == (("manual_therapy", ("Massage",)),)
    assert sheet.rhythm == "twice a week"


def test_a_plan_saved_unchanged_stays_the_version_it_is(cast: Cast, therapist: Client) -> None:
    address = f"/c/harbour/courses/{cast.ben_course.pk}/plan/"
    glides = {"name": "Nerve glides", "sets": 2, "repetitions": 10, "weekdays": list("0123456")}
    same = _plan(
        glides, planned_visits=6, visits_per_week="1", review_on="2026-11-16", manual_therapy=["manual_therapy:neural_mobilisation"]
    )
    assert "Nothing was changed" in _text(therapist.post(address, {**same, "exercise-INITIAL_FORMS": 1}, follow=True))
    with clinic_scope(cast.harbour.pk):
        assert Plan.objects.filter(course=cast.ben_course).count() == 1


def test_a_fifth_exercise_is_allowed_with_a_word_of_advice(cast: Cast, therapist: Client) -> None:
    five = [{"name": f"Exercise {number}", "minutes": 5} for number in range(5)]
    page = therapist.post(f"/c/harbour/courses/{cast.ben_course.pk}/plan/", _plan(*five), follow=True)
    assert "Two to four are easier to keep up" in _text(page)


def test_a_dose_without_an_exercise_is_pointed_out(cast: Cast, therapist: Client) -> None:
    answer = therapist.post(f"/c/harbour/courses/{cast.ben_course.pk}/plan/", _plan({"name": "", "minutes": 5}))
    assert answer.status_code == 422
    assert "Name the exercise" in _text(answer)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"planned_visits": 0}, "planned_visits"),
        ({"visits_per_week": Decimal(0)}, "visits_per_week"),
        ({"review_on": date(2026, 8, 31)}, "review_on"),
        ({"therapies": [{"kind": "manual_therapy", "code": "heat"}]}, "therapies"),
        ({"exercises": [{"name": "x", "weekdays": [7]}]}, "exercises"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_before_anything_is_written(cast: Cast, changes: dict[str, Any], field: str) -> None:
    plan: dict[str, Any] = {"planned_visits": 8, "visits_per_week": Decimal(2), "protocol": None, "review_on": date(2026, 12, 1)}
    with clinic_scope(cast.harbour.pk), pytest.raises(CourseRefused) as refused:
        make_plan(actor=cast.actor(), course=cast.ada_course, **{**plan, **changes})
    assert refused.value.field == field


def test_the_printed_sheet_says_it_plainly(cast: Cast, therapist: Client) -> None:
    page = _text(therapist.get(f"/c/harbour/courses/{cast.ada_course.pk}/plan/print/"))
    assert "8 visits, twice a week" in page
    assert "treatment with laser light" in page
    assert "3 × 10" in page
    for clinical in ("mobilisation", "980", "Lumbar A", "M54", "chronic"):
        assert clinical not in page
    with clinic_scope(cast.harbour.pk):
        assert AuditEvent.objects.filter(action="plan.print", patient_id=cast.ada.pk).count() == 1


def test_the_printed_sheet_speaks_the_patients_language(cast: Cast, therapist: Client) -> None:
    assert '<html lang="de"' in _text(therapist.get(f"/c/harbour/courses/{cast.ben_course.pk}/plan/print/"))


def test_another_clinics_courses_plans_and_devices_are_nobodys(cast: Cast, therapist: Client) -> None:
    for page in ("edit/", "end/", "plan/", "plan/print/"):
        assert therapist.get(f"/c/harbour/courses/{cast.foreign_course.pk}/{page}").status_code == 404
    therapist.force_login(cast.administrator.user)
    for page in (
        f"devices/{cast.foreign_device.pk}/",
        f"devices/{cast.foreign_device.pk}/protocols/new/",
        f"protocols/{cast.foreign_protocol.pk}/",
    ):
        assert therapist.get(f"/c/harbour/{page}").status_code == 404
    assert MEADOW_CANARY not in _text(therapist.get("/c/harbour/devices/"))


DEVICE = {
    "name": "Second laser",
    "maker": "Example Optics",
    "model": "EO-3",
    "serial_number": "7",
    "laser_class": "3B",
    "maximum_power_w": "0.5",
    "wavelengths": "810, 980 nm",
    "handpiece-TOTAL_FORMS": 2,
    "handpiece-INITIAL_FORMS": 0,
    "handpiece-0-name": "Single probe",
    "handpiece-0-spot_area_cm2": "0.5",
    "handpiece-0-edge_definition": "1/e2",
    "handpiece-1-name": "",
}


def test_a_device_is_registered_with_its_handpieces(cast: Cast, owner: Client) -> None:
    assert owner.post("/c/harbour/devices/new/", DEVICE).status_code == 302
    page = _text(owner.get("/c/harbour/devices/"))
    assert "Single probe</bdi>: 0.5 cm², edge 1/e²" in page
    assert "810 nm, 980 nm" in page
    with clinic_scope(cast.harbour.pk):
        assert Device.objects.get(name="Second laser").laser_class == "3B"


def test_a_device_of_the_same_name_is_refused_at_its_field(cast: Cast, owner: Client) -> None:
    owner.post("/c/harbour/devices/new/", DEVICE)
    answer = owner.post("/c/harbour/devices/new/", DEVICE)
    assert answer.status_code == 422
    assert "registered already" in answer.context["form"].errors["name"][0]


def _protocol(**changes: Any) -> dict[str, Any]:
    base = {"name": "Lumbar A", "region": "lumbar", "technique": "scanning_contact", "mode": "cw", "source": "Manual, page 12"}
    return {**base, "average_power_w": "10", "emission_s": "300", "treated_area_cm2": "200", "share_980": "100", **changes}


def test_changing_a_protocol_makes_its_next_version(cast: Cast, owner: Client) -> None:
    address = f"/c/harbour/protocols/{cast.protocol.pk}/"
    assert 'value="420"' in _text(owner.get(address))
    assert owner.post(address, _protocol(name="Another name")).status_code == 302
    with clinic_scope(cast.harbour.pk):
        versions = Protocol.objects.filter(device=cast.device).order_by("version")
        assert list(versions.values_list("name", "version", "is_active", "average_power_w")) == [
            ("Lumbar A", 1, False, Decimal("12.00000")),
            ("Lumbar A", 2, True, Decimal("10.00000")),
        ]
    page = _text(owner.get("/c/harbour/devices/"))
    assert 'Energy <strong class="number">3\u00a0000\u00a0J</strong>' in page  # 10 W × 300 s


def test_a_protocol_without_a_source_is_refused(cast: Cast, owner: Client) -> None:
    answer = owner.post(f"/c/harbour/devices/{cast.device.pk}/protocols/new/", _protocol(name="B", source=""))
    assert answer.status_code == 422
    assert answer.context["form"].errors["source"]


def test_an_impossible_setting_is_refused_and_an_unusual_one_asks_first(cast: Cast, owner: Client) -> None:
    address = f"/c/harbour/devices/{cast.device.pk}/protocols/new/"
    impossible = owner.post(address, _protocol(name="B", average_power_w="0"))
    assert (impossible.status_code, list(impossible.context["form"].errors)) == (422, ["average_power_w"])
    unusual = _protocol(name="B", average_power_w="60")
    asked = owner.post(address, unusual)
    assert asked.status_code == 422
    assert "unusually high" in _text(asked)
    assert owner.post(address, {**unusual, "confirmed": "true"}).status_code == 302


def test_a_retired_protocol_is_offered_no_more_but_stays_in_its_plans(cast: Cast, owner: Client) -> None:
    assert owner.post(f"/c/harbour/protocols/{cast.protocol.pk}/retire/").status_code == 302
    owner.force_login(cast.therapist.user)
    page = _text(owner.get(f"/c/harbour/courses/{cast.ada_course.pk}/plan/"))
    assert f'value="{cast.protocol.pk}"' not in page
    assert "Lumbar A, is not in use any more" in page


def test_the_devices_page_asks_the_same_for_many_protocols(cast: Cast, owner: Client) -> None:
    counts = []
    for more in (0, 30):
        with clinic_scope(cast.harbour.pk):
            _more_protocols(cast, more)
        owner.get("/c/harbour/devices/")
        with CaptureQueriesContext(connection) as queries:
            owner.get("/c/harbour/devices/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def _more_protocols(cast: Cast, number: int) -> list[UUID]:
    from sessions.services.devices import agree_protocol
    from tests.cast import PROTOCOL_SETTINGS

    made = [
        agree_protocol(
            actor=cast.actor(),
            name=f"Protocol {at}",
            device=cast.device,
            handpiece=cast.handpiece,
            region="lumbar",
            source="a test",
            settings=PROTOCOL_SETTINGS,
        )
        for at in range(number)
    ]
    return [protocol.pk for protocol in made]


def test_a_wrongly_registered_power_is_corrected_with_its_history_and_signed_visits_keep_their_numbers(cast: Cast, client: Client) -> None:
    from sessions.models import DeviceCorrection, LaserApplication
    from sessions.records import LaserRecord, VisitRecord
    from sessions.services.visits import sign_visit, walk_in

    with clinic_scope(cast.harbour.pk):
        site = LaserRecord(device_id=cast.device.pk, region="lumbar", average_power_w=Decimal(10), emission_s=Decimal(60))
        record = VisitRecord(occurred_at=timezone.now(), pain_after=3, laser=(site,), warnings_confirmed=True)
        visit = sign_visit(actor=cast.actor(), visit=walk_in(actor=cast.actor(), course=cast.ada_course), record=record)
        before = LaserApplication.objects.filter(visit=visit).values().get()
        power = Decimal(cast.device.maximum_power_w)
    client.force_login(cast.administrator.user)
    address = f"/c/harbour/devices/{cast.device.pk}/correct/"
    shown = client.get(address).context["form"].initial
    posted = {**shown, "maximum_power_w": "9.5", "wavelengths": "850, 660", "reason": ""}
    assert client.post(address, posted).status_code == 422
    assert "Nothing differs" in client.post(address, {**shown, "reason": "looked again"}).content.decode()
    page = client.post(address, {**posted, "reason": "label read wrongly"}, follow=True).content.decode()
    assert "label read wrongly" in page
    assert ", now 9.5" in page
    with clinic_scope(cast.harbour.pk):
        correction = DeviceCorrection.objects.get()
        assert [Decimal(each) for each in correction.changes["maximum_power_w"]] == [power, Decimal("9.5")]
        assert [each.split(", ") for each in correction.changes["wavelengths"]][1] == ["660", "850"]
        assert sorted(cast.device.wavelengths.values_list("wavelength_nm", flat=True)) == [660, 850]
        assert correction.corrected_by_id == cast.administrator.pk
        assert LaserApplication.objects.filter(visit=visit).values().get() == before
