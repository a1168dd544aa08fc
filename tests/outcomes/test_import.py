"""Importing scores: what becomes of every line, of repeated runs, and of files that other programs wrote."""

from __future__ import annotations

import io
import re
import shlex
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import fmean

import pytest
from django.core.management import CommandError, call_command

from clinic.importing.table import FileRefused, Table
from clinic.models import AuditEvent, Clinic, Organisation, Patient
from clinic.scoping import clinic_scope
from clinic.services.organisation import create_clinic
from clinic.services.patients import register_patient
from clinic.writes import SYSTEM_COMMAND
from outcomes.importing.wishes import WishRefused, read_date, read_map, read_moments, read_number
from outcomes.models import Invitation, OutcomeRow, Response, Score
from sessions.models import Course

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "data" / "neck_pain_sample.csv"
GUIDE = ROOT / "docs" / "how-to-import-scores.md"


# Reading a table, without a database --------------------------------------------------------------------------------------------


def _lines(content: bytes, **options: str) -> list[tuple[int, list[str] | str]]:
    table = Table(io.BytesIO(content), **options)
    return [(line.number, line.refusal or list(line.fields.values())) for line in table]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"id,vas\n1,2\n", [(2, ["1", "2"])]),
        (b"\xef\xbb\xbfid;vas\r\n1;2,5\r\n", [(2, ["1", "2,5"])]),
        ("id\tvas\n1\t2\n".encode("utf-16"), [(2, ["1", "2"])]),
        (b"id,vas\r1,2\r3,4", [(2, ["1", "2"]), (3, ["3", "4"])]),
        (b'id,vas\n"a, b","2"\n', [(2, ["a, b", "2"])]),
        (b"id,vas\n\n \n1,2\n", [(4, ["1", "2"])]),
        (b"id,vas\n1,2,3\n4,5\n", [(2, "3 fields where the first line names 2"), (3, ["4", "5"])]),
        (b"id,vas\n1,\x00\n4,5\n", [(2, "contains a NUL"), (3, ["4", "5"])]),
        (b'id,vas\n"1,2\n4,5\n', [(2, "a quote is not closed, or something follows it"), (3, ["4", "5"])]),
        (b"id,vas\nM\xfcller,2\n4,5\n", [(2, "letters that are not of the file's encoding (see --encoding)"), (3, ["4", "5"])]),
        (b"id,vas\n1," + b"9" * 300_000 + b"\n4,5\n", [(2, "longer than 50000 characters"), (3, ["4", "5"])]),
        (b"id,vas\n4,5\n1," + b"9" * 300_000, [(2, ["4", "5"]), (3, "longer than 50000 characters")]),
    ],
)
def test_a_bad_line_is_refused_by_itself_and_the_next_is_read(content: bytes, found: list[tuple[int, list[str] | str]]) -> None:
    assert _lines(content) == found


def test_another_encoding_can_be_named() -> None:
    assert _lines("id;vas\nMüller;2\n".encode("cp1252"), encoding="cp1252") == [(2, ["Müller", "2"])]


@pytest.mark.parametrize("content", [b"", b"\n1,2\n", b"id,id\n1,2\n", b"i\xfcd,vas\n", b"id\x00,vas\n1,2\n"])
def test_a_file_without_usable_column_names_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(FileRefused):
        Table(io.BytesIO(content))


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(FileRefused, match="encoding"):
        Table(io.BytesIO(b"id,vas\n"), encoding="klingon")


@pytest.mark.parametrize(("text", "number"), [("0.31", "0.31"), ("0,31", "0.31"), (" 12 ", "12"), ("-3", "-3"), ("1e-02", "0.01")])
def test_a_number_is_read_with_point_or_comma(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "NA", "nan", "inf", "1.234,5", "1,2,3", "abc", "٣", "1_000", "1e999999", "0x10"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is missing|is not a number|both separators"):
        read_number(text)


def test_dates_are_read_as_iso_or_with_points() -> None:
    assert read_date("2026-11-23") == read_date("23.11.2026") == date(2026, 11, 23)
    for text in ("11/23/2026", "2026-13-01", "", "20261123", "31.02.2026"):
        with pytest.raises(ValueError, match=r"is missing|is not a date"):
            read_date(text)


@pytest.mark.parametrize(
    "texts", [["person=id"], ["person=id", "time=t"], ["person=id", "time=t", "value=v", "item.a=b"], ["who=id"], ["id"]]
)
def test_a_map_that_lacks_something_says_what(texts: list[str]) -> None:
    with pytest.raises(WishRefused, match="--map"):
        read_map(texts)


def test_codes_of_time_are_days_with_an_occasion_if_it_is_known() -> None:
    moments = read_moments(["1=0d,2=49d/discharge", "3=84d"])
    assert {code: (moment.days, moment.occasion) for code, moment in moments.items()} == {
        "1": (0, ""),
        "2": (49, "discharge"),
        "3": (84, ""),
    }
    with pytest.raises(WishRefused, match="--time-map"):
        read_moments(["1=7 weeks"])


# Importing ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def clinic(db: None) -> Clinic:
    organisation = Organisation.objects.create(name="One clinic")
    return create_clinic(actor=SYSTEM_COMMAND, organisation=organisation, name="One", slug="one")


def _import(path: Path, *more: str, code: int = 0, mapped: str = "person=id value=vas time=time") -> list[str]:
    """Run the command; gives its lines. `code` is the expected exit code."""
    out = io.StringIO()
    wishes = ["--clinic", "one", "--instrument", "vas-100", "--start-date", "2020-01-01", "--map", *mapped.split()]
    ends = pytest.raises(SystemExit, check=lambda end: end.code == code) if code else nullcontext()
    with ends:
        call_command("import_scores", str(path), *wishes, *more, stdout=out)
    return out.getvalue().splitlines()


def _write(folder: Path, *lines: str) -> Path:
    path = folder / "scores.csv"
    path.write_text("\n".join(("id,time,vas", *lines)) + "\n", encoding="utf-8")
    return path


def _guide_command() -> list[str]:
    """The command of the guide's example, as words."""
    [block] = re.findall(r"```sh\n(python manage\.py import_scores tests/data/neck_pain_sample\.csv.*?)```", GUIDE.read_text(), re.DOTALL)
    return shlex.split(block.replace("\\\n", " "))[2:]


def test_the_guides_example_gives_the_mean_changes_it_promises(clinic: Clinic) -> None:
    """By hand: laser (0.30 − 0.62, 0.41 − 0.70) × 100 = −30.5 mm; sham 0.555 − 0.51 = +4.5 mm; person 4 has no baseline."""
    words = ["one" if word == "CLINIC" else word for word in _guide_command()]
    out = io.StringIO()
    call_command(*words, stdout=out)
    assert out.getvalue().splitlines()[-1] == "9 imported, 0 already there, 0 refused"
    with clinic_scope(clinic.pk):
        rows = OutcomeRow.objects.filter(scale="pain.vas").select_related("course")
        changes: dict[str, list[float]] = {"laser": [], "sham": []}
        for row in rows:
            if row.baseline_value is not None and row.latest_value is not None:
                changes[row.course.label].append(float(row.latest_value - row.baseline_value))
        assert fmean(changes["laser"]) == pytest.approx(-30.5)
        assert changes["sham"] == pytest.approx([4.5])
        assert rows.get(course__external_id="sample:4").baseline_value is None
        assert rows.get(course__external_id="sample:4").latest_value == Decimal(35)
    assert "−30.5 mm" in GUIDE.read_text()
    assert "+4.5 mm" in GUIDE.read_text()


def test_a_person_becomes_a_patient_without_a_name_with_one_course(clinic: Clinic, tmp_path: Path) -> None:
    path = _write(tmp_path, "A7,0,40", "A7,84,20")
    _import(path, "--days", "--source", "study", "--complaint", "neck_pain", "--course-days", "84", "--record-prefix", "S-")
    with clinic_scope(clinic.pk):
        patient = Patient.objects.select_related("identity").get()
        assert (patient.record_number, patient.identity.full_name) == ("S-A7", "")
        course = Course.objects.get()
        assert (course.external_id, course.complaint, course.started_on) == ("study:A7", "neck_pain", date(2020, 1, 1))
        assert (course.ended_on, course.end_reason) == (date(2020, 3, 25), "other")
        responses = list(Response.objects.order_by("occurred_at"))
        assert [(r.occasion, r.mode, r.answered_by, r.source_key) for r in responses] == [
            ("baseline", "import", "unknown", "study:A7:0:vas-100"),
            ("unscheduled", "import", "unknown", "study:A7:84:vas-100"),
        ]
        assert [score.value for score in Score.objects.order_by("occurred_at")] == [Decimal(40), Decimal(20)]
        assert not Invitation.objects.exists()
        assert AuditEvent.objects.filter(action="response.record").count() == 2


def test_three_bad_rows_of_fifty_leave_forty_seven(clinic: Clinic, tmp_path: Path) -> None:
    rows = [f"{number},0,{number}" for number in range(1, 51)]
    rows[9], rows[19], rows[29] = "10,0,101", "20,soon,5", "30,0"
    lines = _import(_write(tmp_path, *rows), "--days", code=1)
    assert lines[-1] == "47 imported, 0 already there, 3 refused"
    assert [line for line in lines if "refused:" in line] == [
        "line 11: refused: the value lies outside of the instrument's range",
        "line 21: refused: the time is not a number",
        "line 31: refused: 2 fields where the first line names 3",
    ]
    assert [line for line in lines if line.startswith("line 12:")] == ["line 12: ok"]
    with clinic_scope(clinic.pk):
        assert Response.objects.count() == 47


def test_a_second_run_finds_everything_there_and_adds_what_is_new(clinic: Clinic, tmp_path: Path) -> None:
    _import(_write(tmp_path, "1,0,50", "2,0,60"), "--days")
    assert _import(_write(tmp_path, "1,0,50", "2,0,60"), "--days")[-1] == "0 imported, 2 already there, 0 refused"
    lines = _import(_write(tmp_path, "1,0,50", "2,0,61", "1,84,20"), "--days", code=1)
    assert lines == [
        "line 2: already there",
        "line 3: refused: another score of this person and time is recorded",
        "line 4: ok",
        "1 imported, 1 already there, 1 refused",
    ]
    with clinic_scope(clinic.pk):
        assert (Patient.objects.count(), Course.objects.count(), Response.objects.count()) == (2, 2, 3)


def test_a_row_that_is_twice_in_the_file_counts_once(clinic: Clinic, tmp_path: Path) -> None:
    path = _write(tmp_path, "1,0,50", "1,0,50", "1,0,55")
    for more, would in ((("--dry-run",), "would be imported"), ((), "imported")):
        lines = _import(path, "--days", *more, code=1)
        assert lines[1:] == [
            "line 3: already there",
            "line 4: refused: another score of this person and time is recorded",
            f"1 {would}, 1 already there, 1 refused",
        ]


def test_a_dry_run_writes_nothing(clinic: Clinic, tmp_path: Path) -> None:
    assert _import(_write(tmp_path, "1,0,50"), "--days", "--dry-run") == ["line 2: ok", "1 would be imported, 0 already there, 0 refused"]
    with clinic_scope(clinic.pk):
        assert not Patient.objects.exists()
        assert not AuditEvent.objects.exists()


def test_a_record_number_of_the_clinics_own_patient_is_not_taken_over(clinic: Clinic, tmp_path: Path) -> None:
    with clinic_scope(clinic.pk):
        register_patient(actor=SYSTEM_COMMAND, family_name="Own", record_number="1")
    lines = _import(_write(tmp_path, "1,0,50", "2,0,50"), "--days", code=1)
    assert lines[0] == "line 2: refused: the record number belongs to a patient of this clinic already (see --record-prefix)"
    assert lines[1] == "line 3: ok"


def test_dates_need_the_day_on_which_treatment_began(clinic: Clinic, tmp_path: Path) -> None:
    path = tmp_path / "dates.csv"
    path.write_text(
        "id;on;began;vas\n1;01.03.2021;08.03.2021;60\n1;2021-04-01;08.03.2021;30,5\n2;01.01.2021;08.03.2021;70\n3;2999-01-01;2021-03-08;1\n"
    )
    lines = _import(path, code=1, mapped="person=id value=vas time=on start=began")
    assert lines[-2:] == ["line 5: refused: the time lies in the future", "3 imported, 0 already there, 1 refused"]
    with clinic_scope(clinic.pk):
        occasions = dict(Response.objects.values_list("source_key", "occasion"))
        assert occasions == {
            "dates:1:01.03.2021:vas-100": "baseline",  # a week before: inside of the window of 14 days
            "dates:1:2021-04-01:vas-100": "unscheduled",
            "dates:2:01.01.2021:vas-100": "unscheduled",  # two months before: no baseline
        }
    with pytest.raises(CommandError, match="Say when treatment began") as refusal:
        call_command("import_scores", str(path), "--clinic", "one", "--instrument", "vas-100", "--map", "person=id", "value=vas", "time=on")
    assert refusal.value.returncode == 2


def test_a_persons_label_and_start_cannot_change_within_a_file(clinic: Clinic, tmp_path: Path) -> None:
    path = tmp_path / "arms.csv"
    path.write_text("id,time,vas,arm\n1,0,50,a\n1,7,40,b\n2,0,40,c\n")
    lines = _import(path, "--days", "--label-map", "a=laser,b=sham", code=1, mapped="person=id value=vas time=time label=arm")
    assert lines[:3] == [
        "line 2: ok",
        "line 3: refused: the label differs from the one of this person's course",
        "line 4: refused: the label's code is not in --label-map",
    ]


def test_an_instrument_of_many_items_is_imported_item_by_item(clinic: Clinic, tmp_path: Path) -> None:
    items = [f"r{number:02d}" for number in range(1, 25)]
    path = tmp_path / "rmdq.csv"
    path.write_text(f"id,time,{','.join(items)}\n1,0,{','.join(['1'] * 9 + ['0'] * 15)}\n2,0,{','.join(['7'] * 24)}\n")
    mapped = ["person=id", "time=time", *(f"item.{item}={item}" for item in items)]
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command(
            "import_scores", str(path), "--clinic", "one", "--instrument", "rmdq-24", "--start-date", "2020-01-01", "--days",
            "--map", *mapped, stdout=out,
        )  # fmt: skip
    assert out.getvalue().splitlines()[:2] == ["line 2: ok", "line 3: refused: item r01 is neither yes nor no"]
    with clinic_scope(clinic.pk):
        assert Score.objects.get().value == Decimal(9)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--clinic", "nowhere"], "no clinic 'nowhere'"),
        (["--instrument", "vas-1000"], "no instrument 'vas-1000'"),
        (["--instrument", "rmdq-24"], "has 24 items"),
        (["--scale", "big"], "--scale is not a number"),
        (["--start-date", "tomorrow"], "--start-date is not a date"),
        (["--map", "person=id", "time=when", "value=vas"], "no column when; it has id, time, vas"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_before_anything_is_read(
    clinic: Clinic, tmp_path: Path, more: list[str], message: str
) -> None:
    with pytest.raises(CommandError, match=re.escape(message)) as refusal:
        _import(_write(tmp_path, "1,0,50"), "--days", *more)
    assert refusal.value.returncode == 2


def test_no_verdict_quotes_a_value_or_a_person(clinic: Clinic, tmp_path: Path) -> None:
    lines = _import(_write(tmp_path, "Kranich,0,7777", "Kranich,neulich,5", "Kranich,0,wehweh", "Kranich,0,"), "--days", code=1)
    assert len(lines) == 5
    assert not re.search("Kranich|7777|neulich|wehweh", "\n".join(lines))
