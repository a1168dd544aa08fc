"""Past visits in files: when, by whom, what was done, pain before and after; with the settings of the laser if they are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.importing.cells import Listed, clock, coded, day_and_time, number, one_of, short, spoken, whole
from clinic.importing.kinds import Field, File, Judged, Option, Reading
from clinic.importing.people import People
from clinic.models import ImportRow, Membership
from clinic.writes import Actor
from sessions import codes
from sessions.importing.courses import Courses, complaint_field, headings, record_field
from sessions.models import Course, Device, Visit
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.services.past_visits import PastVisit, drop_past_visits, past_objections, record_past_visits
from sessions.services.visit_parts import CODE_LISTS

NOON = time(12)
LASER_WORD = "laser"
_NUMBERS = {
    "average_power_w": gettext_lazy("Mean power (W)"),
    "peak_power_w": gettext_lazy("Peak power (W)"),
    "frequency_hz": gettext_lazy("Frequency (Hz)"),
    "duty_cycle_percent": gettext_lazy("Duty cycle (%)"),
    "emission_s": gettext_lazy("Emission time (s)"),
    "treated_area_cm2": gettext_lazy("Treated area (cm²)"),
    "spot_area_cm2": gettext_lazy("Spot area (cm²)"),
    "seconds_per_point": gettext_lazy("Seconds per point"),
    "energy_typed_j": gettext_lazy("Energy on the console (J)"),
}
_GERMAN = {
    "manuelle therapie": "manual_therapy:joint_mobilisation",
    "massage": "manual_therapy:massage",
    "krankengymnastik": "exercise:other",
    "dehnung": "exercise:stretching",
    "wärme": "other_modality:heat",
    "kälte": "other_modality:cold",
    "ultraschall": "other_modality:ultrasound",
    "stoßwelle": "other_modality:shock_wave",
    "akupunktur": "other_modality:acupuncture",
}
_NOT_ASKED = "not in the imported file"


def _words(name: codes.CodeList) -> dict[str, str]:
    """Keys and labels of a coded list, in small letters → key."""
    return {text.casefold(): code.key for code in codes.codes(name) for text in (code.label, code.key, code.key.replace("_", " "))}


def _labels(name: codes.CodeList) -> dict[str, str | Promise]:
    return {key: gettext_lazy(label) for key, label in codes.choices(name)}


def _treatment_words() -> dict[str, str | Promise]:
    """ "kind:code" → what it is called."""
    named: dict[str, str | Promise] = {LASER_WORD: gettext_lazy("Laser")}
    for kind, name in CODE_LISTS.items():
        named |= {f"{kind}:{key}": gettext_lazy(label) for key, label in codes.choices(name)}
    return named


def _treatments() -> dict[str, str]:
    """What a visit can have been, in small letters → "kind:code"; laser stands for itself."""
    found = dict(_GERMAN)
    for kind, name in CODE_LISTS.items():
        found |= {word: f"{kind}:{key}" for word, key in _words(name).items() if key != "other"}
        found |= {kind.replace("_", " "): f"{kind}:other", f"{kind}:other": f"{kind}:other"}
    return found | dict.fromkeys((LASER_WORD, "laser therapy", "lllt", "pbm", "pbmt", "hilt", "lasertherapie"), LASER_WORD)


def _colleagues() -> dict[str, tuple[str, ...]]:
    """Everybody who works here or has: key → name, as it is shown and as files may write it, and the e-mail address."""
    found: dict[str, tuple[str, ...]] = {}
    for member in Membership.objects.select_related("user").order_by("display_name", "pk"):
        name = member.display_name
        found[str(member.pk)] = (name if member.is_active else _("%(name)s (left)") % {"name": name}, name, member.user.email)
    return found


def _devices() -> dict[str, tuple[str, ...]]:
    return {str(device.pk): (device.name,) for device in Device.objects.order_by("name", "pk")}


class VisitKind:
    """One row per past visit, with one laser site at most."""

    key = "visits"
    label = gettext_lazy("Past visits")
    about = gettext_lazy("One row per visit, with the settings of the laser if you have them.")
    options: tuple[Option, ...] = ()

    def fields(self, chosen: Mapping[str, Any]) -> tuple[Field, ...]:
        """Whose, when, by whom, what, pain, and the laser's settings."""
        known, colleagues, devices = headings(), Listed(_colleagues), Listed(_devices)
        therapist = one_of(
            colleagues, gettext_lazy("is not known here by this name or e-mail address"), gettext_lazy("could be two of the staff")
        )
        device = one_of(devices, gettext_lazy("is not registered here by this name"), gettext_lazy("could be two of the devices"))
        words = {
            "treatment": (gettext_lazy("Treatment"), _treatments(), _treatment_words()),
            "region": (gettext_lazy("Region"), _words("body_regions"), _labels("body_regions")),
            "side": (gettext_lazy("Side"), _words("sides"), _labels("sides")),
            "technique": (gettext_lazy("Technique"), _words("laser_techniques"), _labels("laser_techniques")),
            "mode": (gettext_lazy("Laser mode"), _words("laser_modes"), _labels("laser_modes")),
        }
        return (
            record_field(),
            Field("date", gettext_lazy("Date of the visit"), day_and_time, known["date"], required=True),
            Field("time", gettext_lazy("Time of day"), clock, known["time"]),
            complaint_field(),
            Field("therapist", gettext_lazy("Therapist"), therapist, known["therapist"], words=colleagues),
            Field("pain_before", gettext_lazy("Pain before (0–10)"), whole, known["pain_before"]),
            Field("pain_after", gettext_lazy("Pain after (0–10)"), whole, known["pain_after"]),
            Field("note", gettext_lazy("Note"), short(5000), known["note"]),
            Field("device", gettext_lazy("Laser device"), device, known["device"], words=devices),
            *(Field(key, label, coded(spoken(shown) | table), known[key], words=shown) for key, (label, table, shown) in words.items()),
            *(Field(key, label, number, known[key]) for key, label in _NUMBERS.items()),
            Field("points", gettext_lazy("Points"), whole, known["points"]),
            Field("wavelength_nm", gettext_lazy("Wavelength (nm)"), number, known["wavelength_nm"]),
        )

    def judge(self, file: File, readings: Sequence[Reading]) -> list[Judged]:
        """New, there already, or not importable; a visit that is there is not changed by a file."""
        known = _Known(readings)
        return [self._verdict(file, each, known) for each in readings]

    def _verdict(self, file: File, read: Reading, known: _Known) -> Judged:
        past: PastVisit | None = None
        reason = read.reason
        if not reason:
            past, reason = _past_visit(file, read, known)
        if past is not None:
            first = file.first(f"{past.course.pk}:{past.record.occurred_at.isoformat()}", read.row.line)
            reason = "" if first == read.row.line else _("this visit stands in line %(line)s already") % {"line": first}
        if past is None or reason:
            return Judged(read.row, read.given, ImportRow.Verdict.ERROR, reason)
        if (past.course.pk, past.record.occurred_at) in known.there:
            return Judged(read.row, read.given, ImportRow.Verdict.SAME, subject=past)
        found = past_objections(past.record, known.devices)
        verdict = ImportRow.Verdict.ERROR if any(each.hard for each in found) else ImportRow.Verdict.NEW
        return Judged(read.row, read.given, verdict, " ".join(_(each.sentence) for each in found), subject=past)

    def write(self, *, actor: Actor, file: File, rows: Sequence[Judged]) -> None:
        """Record the visits, their dose computed."""
        past = [judged.subject for judged in rows]
        used = {laser.device_id for each in past for laser in each.record.laser}
        devices = {device.pk: device for device in Device.objects.filter(pk__in=used)}
        record_past_visits(actor=actor, member=file.batch.uploaded_by, visits=past, devices=devices)
        for judged in rows:
            judged.row.patient_id = judged.subject.course.patient_id

    def in_use(self, file: File, rows: Sequence[ImportRow]) -> set[int]:
        """Visits that were amended."""
        visits = Visit.objects.filter(external_id__in=[file.key(row) for row in rows]).exclude(addenda=None)
        keys = set(visits.values_list("external_id", flat=True))
        return {row.line for row in rows if file.key(row) in keys}

    def undo(self, *, actor: Actor, file: File, rows: Sequence[ImportRow]) -> list[str]:
        """Delete the visits with their parts; their history keeps what they were."""
        brought = Visit.objects.select_related("course").filter(external_id__in=[file.key(row) for row in rows])
        drop_past_visits(actor=actor, visits=list(brought))
        return ["deleted"] * len(rows)


class _Known:
    """Patients, courses, staff, devices and visits that the rows may be about; six statements."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.people = People(str(each.given.get("record_number", "")) for each in readings)
        patients = self.people.all()
        self.courses = Courses(patients)
        self.staff: dict[str, Membership] = {str(member.pk): member for member in Membership.objects.all()}
        self.devices: dict[UUID, Device] = {device.pk: device for device in Device.objects.all()}
        courses: list[Course] = [course for patient in patients for course in self.courses.of(patient)]
        there = Visit.objects.filter(course_id__in=[course.pk for course in courses], state=Visit.State.SIGNED)
        self.there = set(there.values_list("course_id", "occurred_at"))


def _past_visit(file: File, read: Reading, known: _Known) -> tuple[PastVisit | None, str]:
    given = read.given
    patient, reason = known.people.find(str(given["record_number"]))
    if patient is None:
        return None, reason
    on, at = given["date"]
    course, reason = known.courses.running(patient, on, given.get("complaint", ""))
    if course is None:
        return None, reason
    laser, reason = _laser(given, known)
    if reason:
        return None, reason
    treatment = given.get("treatment", "")
    record = VisitRecord(
        occurred_at=datetime.combine(on, given.get("time") or at or NOON, tzinfo=file.ways.clinic.zone),
        pain_before=given.get("pain_before"),
        pain_after=given.get("pain_after"),
        no_pain_after_reason="" if "pain_after" in given else _NOT_ASKED,
        note=given.get("note", ""),
        laser=(laser,) if laser else (),
        other=(OtherRecord(kind=treatment.partition(":")[0], code=treatment.partition(":")[2]),) if ":" in treatment else (),
        warnings_confirmed=True,
    )
    return PastVisit(
        course=course, record=record, external_id=file.key(read.row), therapist=known.staff.get(given.get("therapist", ""))
    ), ""


def _laser(given: Mapping[str, Any], known: _Known) -> tuple[LaserRecord | None, str]:
    """The laser application of a row, if it says anything of one. Without a device nothing is made up: the row is refused."""
    settings = {key: given[key] for key in (*_NUMBERS, "points", "side", "mode", "technique") if key in given}
    if not (settings or given.get("device") or given.get("wavelength_nm") or given.get("treatment") == LASER_WORD):
        return None, ""
    if "device" not in given:
        return None, _("a laser treatment needs its device")
    device = known.devices[UUID(given["device"])]
    if "region" not in given:
        return None, _("a laser treatment needs its region")
    shares = {str(given["wavelength_nm"].normalize()): 100} if "wavelength_nm" in given else {}
    return LaserRecord(device_id=device.pk, region=given["region"], wavelength_shares=shares, **settings), ""
