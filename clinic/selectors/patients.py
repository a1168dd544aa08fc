"""Finding patients and saying who they are. Names are decrypted here, for the rows of one page only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import phonenumbers
from django.db.models import Q
from django.utils import timezone

from clinic import birth_dates
from clinic.encryption import fingerprint, name_query, name_words, phone_digits, plain_name
from clinic.models import Clinic, Consent, Patient, PatientIdentity
from clinic.scoping import ClinicQuerySet, current_clinic_id

PAGE_SIZE = 30


@dataclass(frozen=True)
class PersonLine:
    """Who a patient is, as a list shows it."""

    patient_id: UUID
    record_number: str
    list_name: str
    full_name: str
    birth_date: date | None
    phone: str
    email: str
    language: str
    deceased_on: date | None = None
    carer_name: str = ""
    carer_relation: str = ""
    carer_phone: str = ""
    carer_email: str = ""
    messages_to: str = ""
    merged_into: UUID | None = None

    @property
    def message_address(self) -> str:
        """Where messages go: to the carer, where that was agreed, else to the patient."""
        return self.carer_email if self.messages_to == "carer" else self.email

    def age_on(self, day: date) -> int | None:
        """Completed years of life; None without a birth date."""
        return birth_dates.age_on(day, self.birth_date) if self.birth_date else None

    @property
    def age(self) -> int | None:
        """Completed years of life today, or on the day of death; None without a birth date."""
        return self.age_on(self.deceased_on or timezone.now().date())

    @property
    def phone_shown(self) -> str:
        """The telephone number in groups, with its country."""
        return spaced_phone(self.phone)

    @property
    def name(self) -> str:
        """The name, or the record number of somebody who came without one (imported data)."""
        return self.full_name or self.record_number


@dataclass(frozen=True)
class PatientPage:
    """One page of a list of patients. `after` is the cursor of the next one; None on the last."""

    lines: tuple[PersonLine, ...]
    after: UUID | None


@dataclass(frozen=True)
class LikelySame:
    """A patient on record who could be the one just typed in, and what both have in common, in codes."""

    person: PersonLine
    shared: tuple[str, ...]


@dataclass(frozen=True)
class ConsentState:
    """The newest statement of one purpose; `given` is None when the patient was never asked."""

    purpose: str
    given: bool | None
    recorded_at: Any
    text_version: str


def spaced_phone(phone: str) -> str:
    """A stored number as people read it: +49 30 1234567. Anything else stays as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(phone), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return phone


def identities(patient_ids: Iterable[UUID]) -> dict[UUID, PersonLine]:
    """The persons behind these patients, in one statement."""
    rows = PatientIdentity.objects.filter(patient_id__in=list(patient_ids)).select_related("patient")
    return {row.patient_id: _line(row) for row in rows}


def person(patient_id: UUID) -> PersonLine:
    """The person behind one patient. Raises PatientIdentity.DoesNotExist."""
    return _line(PatientIdentity.objects.select_related("patient").get(patient_id=patient_id))


def find_patients(text: str, *, limit: int = 50) -> list[PersonLine]:
    """Patients whose name, telephone, birth date, e-mail or record number fits what was typed; all of them for an empty text.

    Names are found by the beginnings of their words, in any order and case, with or without accents. Newest first when nothing
    is typed, else by name.
    """
    return list(page_of_patients(text, size=limit).lines)


def page_of_patients(text: str, *, after: UUID | None = None, size: int = PAGE_SIZE) -> PatientPage:
    """The first `size` patients who fit (see find_patients), or those behind the cursor `after`; newest first.

    What fits on one page is sorted by name. The number of statements does not depend on the number of rows.
    """
    wanted = text.strip()
    rows: ClinicQuerySet[PatientIdentity] = _on_lists()
    if wanted:
        rows = rows.filter(_fits(wanted))
    if after is not None:
        rows = rows.filter(patient_id__lt=after)
    found = [_line(row) for row in rows.order_by("-patient_id")[: size + 1]]
    more = len(found) > size
    lines = found[:size]
    if wanted and after is None and not more:
        lines.sort(key=lambda line: plain_name(line.list_name))
    return PatientPage(tuple(lines), lines[-1].patient_id if more else None)


def likely_same(*, given_name: str, family_name: str, birth_date: date | None, phone: str, email: str) -> list[LikelySame]:
    """Patients who could be the same person, with what they share ("name", "birth_date", "phone", "email"); at most ten.

    Somebody is named who has the same names; or the same birth date, telephone or e-mail and one name alike.
    """
    names = name_query(f"{given_name} {family_name}")
    marks = _exact_marks(birth_date, phone, email)
    rows = _on_lists()
    same_names = Q(search_numbers__contains=names) if names else Q(pk__in=[])
    same_mark = Q(exact_numbers__overlap=list(marks)) & Q(search_numbers__overlap=names) if marks and names else Q(pk__in=[])
    found = rows.filter(same_names | same_mark).order_by("patient_id")[:10]
    return [LikelySame(_line(row), _shared(row, names, marks)) for row in found]


def resembling(people: Sequence[Mapping[str, Any]]) -> list[bool]:
    """For each of many people, whether somebody on record shares a birth date, telephone or e-mail and a name with them.

    people: field → value, as in an import. One statement for all.
    """
    wanted = [
        (
            set(_exact_marks(each.get("birth_date"), each.get("phone") or "", each.get("email") or "")),
            set(name_query(f"{each.get('given_name', '')} {each.get('family_name', '')}")),
        )
        for each in people
    ]
    every_mark = set().union(*(marks for marks, _names in wanted))
    if not every_mark:
        return [False] * len(wanted)
    rows = _on_lists().filter(exact_numbers__overlap=list(every_mark)).values_list("exact_numbers", "search_numbers")
    by_mark: dict[int, list[set[int]]] = {}  # many share a birth date: looking through everybody for each would take minutes
    for exact, names in rows:
        for mark in every_mark.intersection(exact):
            by_mark.setdefault(mark, []).append(set(names))
    return [any(names & others for mark in marks for others in by_mark.get(mark, ())) for marks, names in wanted]


def may_message(patient_id: UUID, purpose: str = Consent.Purpose.MESSAGES) -> bool:
    """Whether the patient lives, and the newest statement for this purpose is a yes."""
    return patient_id in who_may_be_messaged({patient_id}, purpose)


def who_may_be_messaged(patient_ids: Collection[UUID], purpose: str = Consent.Purpose.MESSAGES) -> set[UUID]:
    """Of these patients those of whom that is so; one statement."""
    rows = Consent.objects.filter(patient_id__in=patient_ids, purpose=purpose, patient__deceased_on=None)
    newest = rows.order_by("patient_id", "-recorded_at", "-id").distinct("patient_id")
    return {patient_id for patient_id, given in newest.values_list("patient_id", "given") if given}


def consents(patient_id: UUID) -> list[ConsentState]:
    """The newest statement for each purpose, in the order of the purposes; one statement in all."""
    rows = Consent.objects.filter(patient_id=patient_id).order_by("purpose", "-recorded_at", "-id").distinct("purpose")
    newest = {row.purpose: row for row in rows}
    return [
        ConsentState(
            purpose=purpose,
            given=newest[purpose].given if purpose in newest else None,
            recorded_at=newest[purpose].recorded_at if purpose in newest else None,
            text_version=newest[purpose].text_version if purpose in newest else "",
        )
        for purpose in Consent.Purpose.values
    ]


def birth_year_matches(patient_id: UUID, year: int) -> bool:
    """Whether this is the patient's year of birth; False when it is not known."""
    row = PatientIdentity.objects.filter(patient_id=patient_id).first()
    return bool(row and row.birth_date and int(row.birth_date[:4]) == year)


def _on_lists() -> ClinicQuerySet[PatientIdentity]:
    """Everybody but records that were merged into others or withdrawn after an import."""
    rows: ClinicQuerySet[PatientIdentity] = PatientIdentity.objects.select_related("patient")
    return rows.filter(patient__merged_into=None, patient__withdrawn_at=None)


def _fits(wanted: str) -> Q:
    if "\x00" in wanted:  # nobody is called that, and PostgreSQL would not take it as a text
        return Q(pk__in=[])
    fits = Q(patient__record_number__istartswith=wanted)
    # The number of a record that was merged still finds the person.
    fits |= Q(patient__in=Patient.objects.filter(record_number__iexact=wanted).exclude(merged_into=None).values("merged_into"))
    born = birth_dates.readings(wanted, today=_today())
    if born:
        fits |= Q(exact_numbers__overlap=[fingerprint("birth", day.isoformat()) for day in born])
    if "@" in wanted:
        fits |= Q(exact_numbers__contains=[fingerprint("email", plain_name(wanted))])
    if len(phone_digits(wanted)) >= 5 and not born:
        fits |= Q(exact_numbers__contains=[fingerprint("phone", phone_digits(_e164(wanted)))])
    if any(character.isalpha() for character in wanted):
        fits |= _fits_name(wanted)
    return fits


def _fits_name(wanted: str) -> Q:
    """A name, or a name and a birth date after or before it ("Núñez 3.4.1961")."""
    words = wanted.replace(",", " ").split()
    without_digits = [word for word in words if not any(character.isdecimal() for character in word)]
    rest = " ".join(word for word in words if any(character.isdecimal() for character in word))
    if not rest:
        return Q(search_numbers__contains=name_query(wanted)) if name_words(wanted) else Q(pk__in=[])
    born = birth_dates.readings(rest, today=_today())
    if not born or not without_digits:
        return Q(pk__in=[])
    marks = [fingerprint("birth", day.isoformat()) for day in born]
    return Q(search_numbers__contains=name_query(" ".join(without_digits)), exact_numbers__overlap=marks)


def _exact_marks(birth_date: date | None, phone: str, email: str) -> dict[int, str]:
    marks = {}
    if birth_date:
        marks[fingerprint("birth", birth_date.isoformat())] = "birth_date"
    if phone:
        marks[fingerprint("phone", phone_digits(_e164(phone)))] = "phone"
    if email:
        marks[fingerprint("email", plain_name(email.strip()))] = "email"
    return marks


def _shared(row: PatientIdentity, names: list[int], marks: dict[int, str]) -> tuple[str, ...]:
    same_name = ("name",) if names and set(names) <= set(row.search_numbers) else ()
    return (*same_name, *(what for number, what in marks.items() if number in row.exact_numbers))


def _e164(phone: str) -> str:
    if phone.startswith("+"):
        return phone
    country = Clinic.objects.values_list("country", flat=True).get(pk=current_clinic_id())
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _today() -> date:
    return timezone.now().date()


def _line(row: PatientIdentity) -> PersonLine:
    patient: Patient = row.patient
    return PersonLine(
        patient_id=patient.pk,
        record_number=patient.record_number,
        list_name=row.list_name or patient.record_number,
        full_name=row.full_name,
        birth_date=date.fromisoformat(row.birth_date) if row.birth_date else None,
        phone=row.phone,
        email=row.email,
        language=patient.language,
        deceased_on=patient.deceased_on,
        carer_name=row.carer_name,
        carer_relation=row.carer_relation,
        carer_phone=row.carer_phone,
        carer_email=row.carer_email,
        messages_to=row.messages_to,
        merged_into=patient.merged_into_id,
    )
