"""Courses, past visits and scores of another program: the same verdicts, the same worker, the same way back as for patients."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.models import AuditEvent, Clinic, ImportBatch, ImportProfile, ImportRow, Patient
from clinic.scoping import clinic_scope
from clinic.selectors.import_words import file_words
from clinic.services.import_work import undo_chunk, work_on_next_import
from clinic.services.imports import (
    ImportRefused,
    judge_import,
    match_words,
    queue_import,
    queue_undo,
    read_import,
    receive_import,
    stop_import,
)
from clinic.services.organisation import change_staff
from outcomes.models import OutcomeRow, Response
from sessions.models import Course, LaserApplication, Visit
from sessions.records import OtherRecord, VisitRecord
from sessions.services.visits import amend_visit, sign_visit, walk_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

COURSES = "Record number;Beschwerde;Behandlungsbeginn;Behandlungsende\n{ada};neck pain;05.01.2026;30.03.2026\n"


def _received(cast: Cast, kind: str, text: str, **settings: str) -> ImportBatch:
    numbers = {"ada": cast.ada.record_number, "ben": cast.ben.record_number}
    file = io.BytesIO(text.format(**numbers).encode())
    with clinic_scope(cast.harbour.pk):
        batch = receive_import(actor=cast.actor(), member=cast.administrator, source="old", kind=kind, file=file, settings=settings)
        assert read_import(actor=cast.actor(), batch=batch), ImportBatch.objects.get(pk=batch.pk).problem
        batch.refresh_from_db()
    return batch


def _judged(cast: Cast, kind: str, text: str, **settings: str) -> ImportBatch:
    batch = _received(cast, kind, text, **settings)
    with clinic_scope(cast.harbour.pk):
        judge_import(actor=cast.actor(), batch=batch, mapping=batch.mapping, settings=settings)
    return batch


def _rows(cast: Cast, batch: ImportBatch) -> dict[int, tuple[str, str, str]]:
    """Line → verdict, reason, what came of taking back."""
    with clinic_scope(cast.harbour.pk):
        rows = ImportRow.objects.filter(batch=batch).order_by("line")
        return {row.line: (row.verdict, row.reason, row.outcome) for row in rows}


def _verdicts(cast: Cast, batch: ImportBatch) -> list[str]:
    return [verdict for verdict, _reason, _outcome in _rows(cast, batch).values()]


def _imported(cast: Cast, kind: str, text: str, **settings: str) -> ImportBatch:
    batch = _judged(cast, kind, text, **settings)
    with clinic_scope(cast.harbour.pk):
        queue_import(actor=cast.actor(), batch=batch)
    assert work_on_next_import(cast.harbour.pk)
    return batch


def _taken_back(cast: Cast, batch: ImportBatch) -> list[str]:
    with clinic_scope(cast.harbour.pk):
        queue_undo(actor=cast.actor(), batch=batch)
    assert work_on_next_import(cast.harbour.pk)
    return [outcome for _verdict, _reason, outcome in _rows(cast, batch).values()]


def test_a_list_of_courses_opens_and_ends_them_once_and_is_taken_back(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _imported(cast, "courses", COURSES)
    with clinic_scope(cast.harbour.pk):
        course = Course.objects.get(patient=cast.ada, complaint="neck_pain")
        assert (course.started_on, course.ended_on, course.end_reason) == (date(2026, 1, 5), date(2026, 3, 30), "other")
    assert _verdicts(cast, _judged(cast, "courses", COURSES)) == ["same"]
    assert _taken_back(cast, batch) == ["deleted"]
    assert _verdicts(cast, _judged(cast, "courses", COURSES)) == ["new"]
    with clinic_scope(cast.harbour.pk):
        assert not Course.objects.filter(complaint="neck_pain").exists()
        assert AuditEvent.objects.filter(action="course.undo_import", patient_id=cast.ada.pk).count() == 1


LISTS = {
    "patients": ("Record number,Name,Consent,Complaint,Started on\n", "{n},Zora,yes,neck pain,2026-01-05\n"),
    "courses": ("Record number,Complaint,Started on\n", "{{ada}},neck pain,2025-01-{day:02}\n"),
    "visits": ("Record number,Date,Treatment\n", "{{ada}},2026-10-{day:02},massage\n"),
    "scores": ("Record number,Date,Questionnaire,Value\n", "{{ada}},2026-10-{day:02},nprs-back-7d,5\n"),
}


@pytest.mark.parametrize("kind", LISTS)
def test_taking_back_takes_the_same_statements_for_2_and_for_20_rows(committed_cast: Cast, kind: str) -> None:
    cast, counts = committed_cast, []
    head, row = LISTS[kind]
    for first, last in ((1, 2), (3, 22)):
        batch = _imported(cast, kind, head + "".join(row.format(n=f"U{n}", day=n) for n in range(first, last + 1)))
        with clinic_scope(cast.harbour.pk):
            queue_undo(actor=cast.actor(), batch=batch)
        with clinic_scope(cast.harbour.pk), CaptureQueriesContext(connection) as queries:
            undo_chunk(actor=cast.actor(), batch=batch)
        counts.append(len(queries))
        with clinic_scope(cast.harbour.pk):
            assert not undo_chunk(actor=cast.actor(), batch=batch)  # there is nothing left to take back
        assert {outcome for *_, outcome in _rows(cast, batch).values()} <= {"withdrawn", "deleted", "voided"}
    assert counts[0] == counts[1]


def test_courses_of_strangers_and_with_days_the_wrong_way_round_are_refused(committed_cast: Cast) -> None:
    head = "Record number,Complaint,Started on,End of treatment\n"
    text = f"{head}Nobody,neck pain,2026-01-05,\n{{ada}},neck pain,2026-03-05,2026-01-01\n{{ada}},,2026-01-05,\n"
    rows = _rows(committed_cast, _judged(committed_cast, "courses", text))
    assert [reason for _verdict, reason, _outcome in rows.values()] == [
        "nobody has this record number: bring in the patients first",
        "the end lies before the start",
        "Complaint is missing",
    ]


VISITS = """\
Patient-ID;Datum;Uhrzeit;Beschwerde;Therapeut;Behandlung;Gerät;Region;Technik;Leistung (W);Zeit (s);Fläche (cm²);Energie (J);\
NRS vorher;NRS nachher
{ada};06.01.2026;14:30;neck pain;therapist@harbour.example;laser;{device};cervical;Scanning, in contact;10,5;300;150,0;2000;6;4
{ada};08.01.2026;;neck pain;;massage;;;;;;;;5;
{ada};09.01.2026;;neck pain;Nobody here;massage;;;;;;;;5;
{ada};10.01.2026;;neck pain;;laser;Another laser;cervical;;;;;;;
{ada};11.01.2026;;neck pain;;laser;{device};cervical;Scanning, in contact;900;300;150;;;
{ada};12.01.2026;;neck pain;;;;;;;;;;12;
{ada};08.01.2026;;neck pain;;;;;;;;;;;
{ada};01.12.2025;;neck pain;;;;;;;;;;;
"""


def _with_visits(cast: Cast) -> ImportBatch:
    _imported(cast, "courses", COURSES)
    return _imported(cast, "visits", VISITS.replace("{device}", cast.device.name))


def test_past_visits_come_in_with_their_dose_computed_beside_the_console_s(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _with_visits(cast)
    assert _verdicts(cast, batch) == ["new", "new", *["error"] * 6]
    reasons = [reason for verdict, reason, _outcome in _rows(cast, batch).values() if verdict == "error"]
    assert reasons[0] == "Therapist is not known here by this name or e-mail address"
    assert reasons[1] == "Laser device is not registered here by this name"
    assert reasons[2].startswith("This must be at most")
    assert reasons[3] == "Pain is a whole number from 0 to 10."
    assert reasons[4:] == ["this visit stands in line 3 already", "no course of this patient ran then: bring in the courses first"]
    with clinic_scope(cast.harbour.pk):
        laser, massage = Visit.objects.filter(course__complaint="neck_pain").order_by("occurred_at").prefetch_related("other_treatments")
        assert (laser.state, laser.pain_before, laser.pain_after, laser.therapist) == ("signed", 6, 4, cast.therapist)
        assert laser.occurred_at.astimezone(cast.harbour.zone).strftime("%Y-%m-%d %H:%M") == "2026-01-06 14:30"
        [applied] = LaserApplication.objects.filter(visit=laser)
        # 10.5 W for 300 s are 3150 J, over 150 cm² 21 J/cm²: by hand.
        assert (applied.energy_computed_j, applied.energy_typed_j, applied.energy_differs) == (Decimal(3150), Decimal(2000), True)
        assert applied.fluence_j_cm2 is None or applied.fluence_j_cm2 == Decimal(21)
        assert (massage.therapist, massage.pain_after, massage.no_pain_after_reason) == (None, None, "not in the imported file")
        assert [treatment.code for treatment in massage.other_treatments.all()] == ["massage"]


def test_a_colleague_and_a_device_that_the_old_system_called_otherwise_are_matched_once(committed_cast: Cast) -> None:
    cast = committed_cast
    _imported(cast, "courses", COURSES)
    head, line = (
        "Patient-ID;Datum;Beschwerde;Therapeut;Behandlung;Gerät;Region;Leistung (W);Zeit (s)\n",
        "{ada};%s.01.2026;neck pain;%s;%s\n",
    )
    rows = (
        ("06", "Dr.  B. Former", "laser;Old console;cervical;0,5;60"),
        ("07", "Dr. B. Former", "massage;;;;"),
        ("08", "Gone", "massage;;;;"),
    )
    batch = _judged(cast, "visits", head + "".join(line % row for row in rows))
    assert _verdicts(cast, batch) == ["error", "error", "error"]
    with clinic_scope(cast.harbour.pk):
        change_staff(actor=cast.actor(), member=cast.therapist, roles=cast.therapist.roles, is_active=False)
        batch.refresh_from_db()
        asked = [(each.field.key, each.text, each.count) for each in file_words(batch)]
        assert asked == [("therapist", "dr. b. former", 2), ("therapist", "gone", 1), ("device", "old console", 1)]
        [left] = [str(name) for name in file_words(batch)[0].field.words.values() if "(left)" in str(name)]
        assert left == f"{cast.therapist.display_name} (left)"
        people = {"dr. b. former": str(cast.therapist.pk), "gone": "-"}
        match_words(actor=cast.actor(), batch=batch, words={"therapist": people, "device": {"old console": str(cast.device.pk)}})
        assert [row.verdict for row in batch.lines.order_by("line")] == ["new"] * 3
        with pytest.raises(ImportRefused):
            match_words(actor=cast.actor(), batch=batch, words={"therapist": {"gone": str(cast.device.pk)}})
        queue_import(actor=cast.actor(), batch=batch)
    assert work_on_next_import(cast.harbour.pk)
    with clinic_scope(cast.harbour.pk):
        visits = Visit.objects.filter(course__complaint="neck_pain").order_by("occurred_at")
        assert [visit.therapist_id for visit in visits] == [cast.therapist.pk, cast.therapist.pk, None]
        [applied] = LaserApplication.objects.filter(visit__in=visits)
        assert (applied.device_id, applied.energy_computed_j) == (cast.device.pk, Decimal(30))  # 0.5 W for 60 s


def test_visits_are_not_doubled_are_taken_back_and_stay_when_somebody_amended_them(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _with_visits(cast)
    again = _judged(cast, "visits", VISITS.replace("{device}", cast.device.name))
    assert _verdicts(cast, again)[:2] == ["same", "same"]
    with clinic_scope(cast.harbour.pk):
        amended = Visit.objects.get(pain_before=6)
        amend_visit(actor=cast.actor(), visit=amended, reason="typing error", changes={"pain_before": [6, 7]})
    assert _taken_back(cast, batch)[:2] == ["kept_in_use", "deleted"]
    with clinic_scope(cast.harbour.pk):
        assert list(Visit.objects.filter(course__complaint="neck_pain")) == [amended]


def test_visits_then_courses_then_patients_are_taken_back_to_the_last_row(committed_cast: Cast) -> None:
    cast = committed_cast
    patients = _imported(cast, "patients", "Record number,Name\nT1,Zora\n")
    courses = _imported(cast, "courses", "Record number,Complaint,Started on\nT1,neck pain,2026-01-05\n")
    visits = _imported(cast, "visits", "Record number,Date,Treatment,Pain after\nT1,2026-01-06,massage,3\n")
    assert [_taken_back(cast, batch) for batch in (visits, courses, patients)] == [["deleted"], ["deleted"], ["withdrawn"]]
    with clinic_scope(cast.harbour.pk), connection.cursor() as cursor:
        assert not Course.objects.filter(patient__record_number="T1").exists()
        cursor.execute("SELECT state, pgh_label FROM treatment_visithistory ORDER BY pgh_id DESC LIMIT 1")
        assert cursor.fetchone() == ("signed", "before_deletion")


def test_nobody_deletes_a_signed_visit_that_was_not_imported_nor_makes_one_look_so(committed_cast: Cast) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        visit = walk_in(actor=cast.actor(), course=cast.ben_course)
        record = VisitRecord(occurred_at=timezone.now(), pain_after=3, other=(OtherRecord(kind="manual_therapy", code="massage"),))
        sign_visit(actor=cast.actor(), visit=visit, record=record)
    for attempt in ("DELETE FROM treatment_visit WHERE id = %s", "UPDATE treatment_visit SET external_id = 'import:x' WHERE id = %s"):
        with pytest.raises(IntegrityError, match="locked"), clinic_scope(cast.harbour.pk), connection.cursor() as cursor:
            cursor.execute(attempt, [visit.pk])


SCORES = """Record number,Date,Instrument,Value
{ada},2026-01-02,vas-100,0.71
{ada},2026-02-23,vas-100,0.4
{ada},2026-02-24,vas-100,9
{ada},2026-02-25,odi-2.1a,30
"""


def test_scores_are_recorded_scored_not_doubled_and_count_no_more_when_taken_back(committed_cast: Cast) -> None:
    cast = committed_cast
    _imported(cast, "courses", COURSES)
    batch = _imported(cast, "scores", SCORES, multiply="100")
    assert _verdicts(cast, batch) == ["new", "new", "error", "error"]
    reasons = [reason for verdict, reason, _outcome in _rows(cast, batch).values() if verdict == "error"]
    assert reasons[0] == "the value lies outside of the instrument's range"
    assert reasons[1].startswith("a total of this questionnaire cannot be checked")
    with clinic_scope(cast.harbour.pk):
        row = OutcomeRow.objects.get(course__complaint="neck_pain", scale="pain.vas")
        assert (row.baseline_value, row.latest_value) == (Decimal(71), Decimal(40))
        assert set(Response.objects.filter(course__complaint="neck_pain").values_list("occasion", "mode")) == {
            ("baseline", "import"),
            ("unscheduled", "import"),
        }
    assert _verdicts(cast, _judged(cast, "scores", SCORES, multiply="100"))[:2] == ["same", "same"]
    assert _verdicts(cast, _judged(cast, "scores", SCORES.replace("0.71", "0.72"), multiply="100"))[0] == "error"
    assert _taken_back(cast, batch)[:2] == ["voided", "voided"]
    with clinic_scope(cast.harbour.pk):
        assert not OutcomeRow.objects.filter(course__complaint="neck_pain", latest_value__isnull=False).exists()
        assert Response.objects.filter(course__complaint="neck_pain").count() == 2
    again = _imported(cast, "scores", SCORES, multiply="100")
    assert _verdicts(cast, again)[:2] == ["new", "new"]


def test_a_factor_holds_for_its_file_and_not_for_the_next_one_of_the_same_source(committed_cast: Cast) -> None:
    cast = committed_cast
    _imported(cast, "courses", COURSES)
    _imported(cast, "scores", SCORES, multiply="100", numbers="point")
    _imported(cast, "scores", "Record number,Date,Instrument,Value\n{ada},2026-02-10,nprs-back-7d,1\n{ada},2026-02-10,vas-100,1\n")
    with clinic_scope(cast.harbour.pk):
        found = Response.objects.filter(occurred_at__date="2026-02-10").values_list("answers", flat=True)
        assert sorted(str(answer) for answers in found for answer in answers.values()) == ["1", "1"]
        assert ImportProfile.objects.get(kind="scores").settings["numbers"] == "point"


def test_items_and_days_after_the_start_are_taken_and_a_denied_list_is_a_score_of_nought(committed_cast: Cast) -> None:
    cast = committed_cast
    _imported(cast, "courses", COURSES)
    items = [f"r{number:02}" for number in range(1, 25)]
    ticked = ["1" if number < 7 else "0" for number in range(24)]
    head = f"Record number,Complaint,Days,{','.join(items)}\n"
    days = {0: ticked, 42: ["0"] * 24, 43: [""] * 24}
    text = head + "".join(f"{{ada}},neck pain,{day},{','.join(answers)}\n" for day, answers in days.items())
    batch = _imported(cast, "scores", text, instrument="rmdq-24")
    assert _verdicts(cast, batch) == ["new", "new", "error"]
    with clinic_scope(cast.harbour.pk):
        row = OutcomeRow.objects.get(course__complaint="neck_pain", scale="disability.rmdq24")
        assert (row.baseline_value, row.latest_value, row.latest_at.date()) == (Decimal(7), Decimal(0), date(2026, 2, 16))


def test_a_score_before_or_after_treatment_finds_its_course_and_two_courses_at_once_ask_for_the_complaint(committed_cast: Cast) -> None:
    cast = committed_cast
    both = COURSES + "{ada};sciatica;20.01.2026;20.02.2026\n"
    _imported(cast, "courses", both)
    days = ["2025-12-30,", "2026-01-25,", "2026-01-25,sciatica"]
    text = "Record number,Date,Complaint,Instrument,Value\n" + "".join(f"{{ada}},{each},vas-100,5\n" for each in days)
    batch = _judged(cast, "scores", text)
    rows = _rows(cast, batch)
    assert [verdict for verdict, *_ in rows.values()] == ["new", "error", "new"]
    assert rows[3][1] == "several courses ran then: name a column that holds the complaint"


def test_an_import_that_was_stopped_goes_on_where_it_stood(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _judged(cast, "patients", "Record number,Name\n" + "".join(f"S{n},Zora\n" for n in range(5)))
    with clinic_scope(cast.harbour.pk):
        queue_import(actor=cast.actor(), batch=batch)
        stop_import(actor=cast.actor(), batch=batch)
    assert not work_on_next_import(cast.harbour.pk)
    with clinic_scope(cast.harbour.pk):
        assert not Patient.objects.filter(record_number="S1").exists()
        queue_import(actor=cast.actor(), batch=batch)
    assert work_on_next_import(cast.harbour.pk)
    with clinic_scope(cast.harbour.pk):
        assert Patient.objects.filter(record_number__startswith="S").count() == 5
        assert ImportBatch.objects.get(pk=batch.pk).state == "done"


def test_who_was_taken_back_comes_in_again_under_the_same_number(committed_cast: Cast) -> None:
    cast = committed_cast
    text = "Record number,First name,Name,Complaint,Started on\nZ1,Zora,Alt,neck pain,2026-01-05\n"
    _taken_back(cast, _imported(cast, "patients", text))
    assert _verdicts(cast, _imported(cast, "patients", text.replace("Alt", "Neu"))) == ["new"]
    with clinic_scope(cast.harbour.pk):
        back = Patient.objects.select_related("identity").get(record_number="Z1")
        assert (back.withdrawn_at, back.identity.full_name) == (None, "Zora Neu")
        assert Course.objects.filter(patient=back).count() == 1


def test_columns_and_ways_are_kept_for_each_source_and_kind(committed_cast: Cast) -> None:
    cast = committed_cast
    _judged(cast, "courses", COURSES)
    with clinic_scope(cast.harbour.pk):
        kept = {profile.kind: profile.mapping for profile in ImportProfile.objects.filter(source="old")}
    assert kept["courses"]["complaint"] == "Beschwerde"
    second = _received(cast, "visits", "Record number,Date\n{ada},2026-01-05\n")
    assert second.mapping == {"record_number": "Record number", "date": "Date"}


def test_dates_of_a_file_are_never_guessed(committed_cast: Cast) -> None:
    cast = committed_cast
    unclear = "Record number,Name,DOB\nQ1,Zora,03/04/1961\n"
    rows = _rows(cast, _judged(cast, "patients", unclear))
    assert rows[2][:2] == ("error", "Date of birth can be read in two ways: say which comes first, day or month")
    proven = _received(cast, "patients", unclear + "Q2,Zora,25/04/1961\n")
    assert proven.settings["dates"] == "day_first"


def test_a_required_column_that_nobody_named_is_asked_for(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _received(cast, "visits", "Record number,When\n{ada},2026-01-05\n")
    with clinic_scope(cast.harbour.pk), pytest.raises(ImportRefused, match="Date of the visit"):
        judge_import(actor=cast.actor(), batch=batch, mapping=batch.mapping)


def test_rows_of_another_clinic_are_neither_seen_nor_touched(committed_cast: Cast) -> None:
    cast = committed_cast
    text = f"Record number,Date,Instrument,Value\n{cast.foreign_patient.record_number}x,2026-01-02,vas-100,7\n"
    batch = _judged(cast, "scores", text)
    assert _rows(cast, batch)[2][1] == "nobody has this record number: bring in the patients first"
    with clinic_scope(cast.meadow.pk):
        assert not ImportBatch.objects.exists()
        rows: Any = ImportRow.objects.all()
        assert not rows.exists()
    assert not work_on_next_import(cast.meadow.pk)


def test_the_code_that_the_united_states_divided_is_taken_elsewhere_and_asked_for_in_no_statement_of_its_own(committed_cast: Cast) -> None:
    cast = committed_cast
    head, row = "Record number,Complaint,ICD,Started on\n", "{{ada}},neck pain,M54.5,2025-01-{day:02}\n"
    statements = []
    for days in (1, 20):
        with CaptureQueriesContext(connection) as run:
            batch = _judged(cast, "courses", head + "".join(row.format(day=day) for day in range(1, days + 1)))
        assert set(_verdicts(cast, batch)) == {"new"}
        statements.append(len(run))
    assert statements[0] == statements[1]
    Clinic.objects.filter(pk=cast.harbour.pk).update(country="US")
    rows = _rows(cast, _judged(cast, "courses", head + row.format(day=1)))
    assert rows[2][:2] == ("error", "ICD-10 code M54.5 was divided: use M54.50, M54.51 or M54.59.")
