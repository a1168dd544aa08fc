"""Patient lists: who the rows are about, what is new or changed, and what the floors above take from the same row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.consent_texts import FROM_FILE, TAKEN_BACK
from clinic.importing.cells import CellRefused, Ways, coded, day, short, spoken
from clinic.importing.headings import headings
from clinic.importing.kinds import Field, File, Judged, Option, Reading
from clinic.models import Clinic, Consent, ImportRow, Patient, PatientIdentity
from clinic.scoping import current_clinic_id
from clinic.selectors.patients import resembling
from clinic.services.patients import (
    IDENTITY_FIELDS,
    PatientRefused,
    change_identity,
    change_patient,
    normal_phone,
    record_consent,
    record_consents,
    register_patient,
    register_patients,
)
from clinic.services.withdrawal import reinstate_patient, withdraw_patients
from clinic.writes import Actor

RECORD_FIELDS = ("sex", "language")
_GIVEN_BACK = (*IDENTITY_FIELDS, *RECORD_FIELDS, "messages_agreed")


class Part(Protocol):
    """What one floor can take from a patient's row beside identity and contact."""

    fields: tuple[Field, ...]

    def objection(self, given: Mapping[str, Any]) -> str:
        """Why the row cannot be taken, or ""."""

    def new(self, rows: Sequence[tuple[Mapping[str, Any], UUID | None]]) -> list[bool]:
        """For each row and the patient whom the clinic knows by it, whether it holds something new; one statement."""

    def write(self, *, actor: Actor, rows: Sequence[tuple[Patient, Mapping[str, Any], str]]) -> None:
        """Write what the rows (patient, cells, key) have new, to be known by their keys. Runs inside a `@writes` function."""

    def in_use(self, patients: set[UUID], mark: str) -> set[UUID]:
        """Those of the patients whose import cannot be taken back; what this file brought has keys that begin with `mark`."""

    def undo(self, *, actor: Actor, keys: Mapping[str, UUID]) -> None:
        """Take back what `write` wrote under these keys, each with its patient. Raises when later work hangs on any of it."""


def parts() -> list[Part]:
    """What the floors above can take from a patient's row."""
    return [import_string(path)() for path in settings.IMPORT_PARTS]


def _phone(text: str, ways: Ways) -> str:
    try:
        return normal_phone(ways.clinic, text)
    except PatientRefused:
        raise CellRefused(_("is not a telephone number")) from None


def _email(text: str, ways: Ways) -> str:
    if not re.fullmatch(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+", text) or len(text) > 254:
        raise CellRefused(_("is not an e-mail address"))
    return text


_SEXES = dict(Patient.Sex.choices)
_ANSWERS = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no")}
_SEX = {"f": "female", "female": "female", "w": "female", "weiblich": "female", "m": "male", "male": "male", "männlich": "male"}
_SEX |= {"other": "other", "divers": "other", "d": "other", "unknown": "unknown", "unbekannt": "unknown", "u": "unknown"}
_YES = {"yes": "yes", "y": "yes", "1": "yes", "true": "yes", "ja": "yes", "no": "no", "n": "no", "0": "no", "false": "no", "nein": "no"}
_LANGUAGE = {"en": "en", "english": "en", "englisch": "en", "de": "de", "german": "de", "deutsch": "de"}


_WITHOUT_NUMBER = gettext_lazy("Without it everybody is new each time, and other files do not find them.")


def patient_fields() -> tuple[Field, ...]:
    """What this floor takes from a patient's row."""
    known = headings()
    return (
        Field("record_number", gettext_lazy("Record number"), short(40), known["record_number"], help=_WITHOUT_NUMBER),
        Field("given_name", gettext_lazy("Given name"), short(120), known["given_name"]),
        Field("family_name", gettext_lazy("Family name"), short(120), known["family_name"]),
        Field("birth_date", gettext_lazy("Date of birth"), day, known["birth_date"]),
        Field("sex", gettext_lazy("Sex"), coded(spoken(_SEXES) | _SEX), known["sex"], words=_SEXES),
        Field("phone", gettext_lazy("Telephone"), _phone, known["phone"]),
        Field("email", gettext_lazy("E-mail"), _email, known["email"]),
        Field("language", gettext_lazy("Language"), coded(_LANGUAGE), known["language"], words=dict(settings.LANGUAGES)),
        Field("messages_agreed", gettext_lazy("Agreed to messages"), coded(_YES), known["messages_agreed"], words=_ANSWERS),
    )


class PatientKind:
    """One row per patient, known by the record number."""

    key = "patients"
    label = gettext_lazy("Patients")
    about = gettext_lazy("One row per person; it may open a course of care too.")
    options: tuple[Option, ...] = ()

    def fields(self, chosen: Mapping[str, Any]) -> tuple[Field, ...]:
        """Identity, contact, consent, and what the floors above take."""
        return (*patient_fields(), *(field for part in parts() for field in part.fields))

    def judge(self, file: File, readings: Sequence[Reading]) -> list[Judged]:
        """New, changed with its cells, the same, or not importable; an empty cell erases nothing."""
        known = _Known(readings)
        judged = [_verdict(each, known, file) for each in readings]
        new = [place for place, each in enumerate(judged) if each.verdict == ImportRow.Verdict.NEW]
        for place, alike in zip(new, resembling([judged[place].given for place in new]), strict=True):
            if alike:
                judged[place] = replace(judged[place], maybe_known=True)
        return judged

    def write(self, *, actor: Actor, file: File, rows: Sequence[Judged]) -> None:
        """Register or change the patients, record their consent, and let the floors above write their parts: a constant number
        of statements for those who are new."""
        _register(actor, [each for each in rows if each.verdict == ImportRow.Verdict.NEW and each.subject is None])
        for judged in rows:
            if judged.subject is not None:
                _write_known(actor, judged)
        said: list[Any] = [
            (each.row.patient, each.given["messages_agreed"] == "yes") for each in rows if _says_something(each, "messages_agreed")
        ]
        record_consents(actor=actor, statements=said, purpose=Consent.Purpose.MESSAGES, text_version=FROM_FILE)
        for part in parts():
            name = part.fields[0].key
            new: list[Any] = [(each.row.patient, each.given, file.key(each.row)) for each in rows if _says_something(each, name)]
            part.write(actor=actor, rows=new)

    def in_use(self, file: File, rows: Sequence[ImportRow]) -> set[int]:
        """Patients who were merged, or on whom later work hangs."""
        new: set[UUID] = {row.patient_id for row in rows if row.patient_id and row.verdict == ImportRow.Verdict.NEW}
        used = _merged(new).union(*(part.in_use(new, file.mark) for part in parts()))
        return {row.line for row in rows if row.patient_id in used}

    def undo(self, *, actor: Actor, file: File, rows: Sequence[ImportRow]) -> list[str]:
        """New patients leave the lists; changed ones get the former values back where nobody has changed them since."""
        whose: dict[str, Any] = {file.key(row): row.patient_id for row in rows}
        for part in parts():
            part.undo(actor=actor, keys=whose)
        new: list[Any] = [row.patient for row in rows if row.verdict != ImportRow.Verdict.CHANGED]
        withdraw_patients(actor=actor, patients=new)
        return ["withdrawn" if row.verdict != ImportRow.Verdict.CHANGED else _restore(actor, file, row) for row in rows]


class _Known:
    """What the clinic has already of the persons in a chunk."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        numbers = {str(each.given.get("record_number", "")) for each in readings} - {""}
        found = PatientIdentity.objects.select_related("patient").filter(patient__record_number__in=list(numbers))
        self.people = {row.patient.record_number: row for row in found}
        statements = Consent.objects.filter(
            patient_id__in=[row.patient_id for row in self.people.values()], purpose=Consent.Purpose.MESSAGES
        ).order_by("patient_id", "-recorded_at", "-id")
        newest = list(statements.distinct("patient_id").values_list("patient_id", "given", "text_version"))
        self.consents = {patient: given for patient, given, _version in newest}
        self.refused_here = {patient for patient, given, version in newest if not given and version not in {FROM_FILE, TAKEN_BACK}}
        whose = [(each.given, self._patient(each)) for each in readings]
        self.new_parts: dict[int, list[str]] = {}
        for part in parts():
            for each, is_new in zip(readings, part.new(whose), strict=True):
                if is_new:
                    self.new_parts.setdefault(each.row.line, []).append(part.fields[0].key)

    def _patient(self, reading: Reading) -> UUID | None:
        identity = self.people.get(str(reading.given.get("record_number", "")))
        return identity.patient_id if identity else None


def _verdict(read: Reading, known: _Known, file: File) -> Judged:
    row, given = read.row, read.given
    number = str(given.get("record_number", ""))
    reason = read.reason or _objection(given)
    if not reason and number and (first := file.first(number, row.line)) != row.line:
        reason = _("the record number stands in line %(line)s already") % {"line": first}
    if reason:
        return Judged(row, given, ImportRow.Verdict.ERROR, reason)
    identity = known.people.get(number)
    if identity is None and not (given.get("family_name") or given.get("given_name")):
        return Judged(row, given, ImportRow.Verdict.ERROR, _("there is no name, and nobody here has this record number"))
    if identity is None:
        return Judged(row, given, ImportRow.Verdict.NEW)
    if identity.patient.merged_into_id:
        return Judged(row, given, ImportRow.Verdict.ERROR, _("the record was merged into another one here"))
    if identity.patient.withdrawn_at:  # taken back once, and brought in again
        return Judged(row, given, ImportRow.Verdict.NEW, subject=identity)
    changes = _changes(identity, read, known)
    verdict = ImportRow.Verdict.CHANGED if changes else ImportRow.Verdict.SAME
    stays = given.get("messages_agreed") == "yes" and identity.patient_id in known.refused_here
    return Judged(row, given, verdict, _("messages were refused here: that stays") if stays else "", changes, identity)


def _objection(given: Mapping[str, Any]) -> str:
    if not any(given.get(name) for name in ("record_number", "family_name", "given_name")):
        return _("there is neither a name nor a record number")
    return next((problem for part in parts() if (problem := part.objection(given))), "")


def _changes(identity: PatientIdentity, read: Reading, known: _Known) -> dict[str, tuple[Any, Any]]:
    given, changes = read.given, {}
    for name in IDENTITY_FIELDS:
        if name in given and (new := _stored(given[name])) != getattr(identity, name):
            changes[name] = (getattr(identity, name), new)
    for name in RECORD_FIELDS:
        if name in given and given[name] != getattr(identity.patient, name):
            changes[name] = (getattr(identity.patient, name), given[name])
    if "messages_agreed" in given:
        said, agreed = known.consents.get(identity.patient_id), given["messages_agreed"] == "yes"
        if said != agreed and not (agreed and identity.patient_id in known.refused_here):
            changes["messages_agreed"] = ({None: "", True: "yes", False: "no"}[said], given["messages_agreed"])
    return changes | {name: ("", given[name]) for name in known.new_parts.get(read.row.line, ())}


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _register(actor: Actor, new: Sequence[Judged]) -> None:
    numbered = [each for each in new if each.given.get("record_number")]
    made = register_patients(actor=actor, people=[each.given for each in numbered])
    for each, patient in zip(numbered, made, strict=True):
        each.row.patient = patient
    for each in new:
        if not each.given.get("record_number"):
            own: dict[str, Any] = {name: each.given[name] for name in (*IDENTITY_FIELDS, *RECORD_FIELDS) if name in each.given}
            each.row.patient = register_patient(actor=actor, **own)


def _write_known(actor: Actor, judged: Judged) -> None:
    """Somebody on record: changed, or put on the lists again after an import that was taken back."""
    row, patient = judged.row, judged.subject.patient
    row.patient = patient
    if judged.verdict == ImportRow.Verdict.NEW:
        reinstate_patient(actor=actor, patient=patient)
        _change(actor, patient, judged.given)
    else:
        row.before = {name: before for name, (before, _new) in judged.changes.items() if name in _GIVEN_BACK}
        _change(actor, patient, {name: new for name, (_before, new) in judged.changes.items()})


def _says_something(judged: Judged, name: str) -> bool:
    """Whether this field of the row has to be written."""
    return name in judged.changes or (judged.verdict == ImportRow.Verdict.NEW and bool(judged.given.get(name)))


def _change(actor: Actor, patient: Patient, values: Mapping[str, Any]) -> None:
    identity = {name: value for name, value in values.items() if name in IDENTITY_FIELDS}
    record = {name: value for name, value in values.items() if name in RECORD_FIELDS}
    if identity:
        change_identity(actor=actor, patient=patient, **identity)
    if record:
        change_patient(actor=actor, patient=patient, **record)


def _merged(patients: Iterable[UUID]) -> set[UUID]:
    """Those that were merged into another record, or that another was merged into: withdrawn, both would be gone."""
    absorbed = Patient.objects.filter(pk__in=patients, merged_into__isnull=False).values_list("pk", flat=True)
    return set(absorbed) | set(Patient.objects.filter(merged_into__in=patients).values_list("merged_into_id", flat=True))


def _restore(actor: Actor, file: File, row: Any) -> str:
    """Give former values back where nobody has changed them since."""
    identity = PatientIdentity.objects.select_related("patient").get(patient=row.patient_id)
    before: dict[str, Any] = dict(row.before or {})
    written = _written(file, row)
    if "messages_agreed" in before:
        _restore_consent(actor, identity.patient, before=before.pop("messages_agreed"), written=written.get("messages_agreed", ""))
    now = {name: getattr(identity if name in IDENTITY_FIELDS else identity.patient, name) for name in before}
    if any(name in written and now[name] != written[name] for name in before):
        return "changed_since"
    _change(actor, identity.patient, before)
    return "restored"


def _restore_consent(actor: Actor, patient: Patient, *, before: str, written: str) -> None:
    """Let the former statement count again, unless the patient has said something since. Whoever had said nothing has not agreed."""
    newest = Consent.objects.filter(patient=patient, purpose=Consent.Purpose.MESSAGES).order_by("-recorded_at", "-id").first()
    if newest is not None and newest.text_version == FROM_FILE and newest.given == (written == "yes"):
        record_consent(actor=actor, patient=patient, purpose=Consent.Purpose.MESSAGES, given=before == "yes", text_version=TAKEN_BACK)


def _written(file: File, row: ImportRow) -> dict[str, Any]:
    """What the row's cells came to when they were taken over."""
    cells = dict(zip(file.batch.columns, row.cells, strict=True))
    found = {}
    for each in patient_fields():
        text = cells.get(file.batch.mapping.get(each.key, ""), "").strip()
        value = each.take(text, file.ways)
        if value is not None:
            found[each.key] = _stored(value)
    return found


def ways_of(settings_of_file: Mapping[str, Any]) -> Ways:
    """The ways of a file of the open clinic."""
    return Ways.of(Clinic.objects.get(pk=current_clinic_id()), settings_of_file)
