"""Finding patients and saying who they are. Names are decrypted here, for the rows of one page only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import phonenumbers
from django.db.models import Q

from clinic.encryption import fingerprint, name_query, phone_digits, plain_name
from clinic.models import Clinic, Consent, Patient, PatientIdentity
from clinic.scoping import current_clinic_id

_DATE = re.compile(r"^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./ ](\d{1,2})[./ ](\d{4}))$")


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

    def age_on(self, day: date) -> int | None:
        """Completed years of life; None without a birth date."""
        if self.birth_date is None:
            return None
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))

    @property
    def name(self) -> str:
        """The name, or the record number of somebody who came without one (imported data)."""
        return self.full_name or self.record_number


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
    rows = PatientIdentity.objects.select_related("patient")
    wanted = text.strip()
    if not wanted:
        return [_line(row) for row in rows.order_by("-patient_id")[:limit]]
    found = [_line(row) for row in rows.filter(_fits(wanted)).order_by("patient_id")[:limit]]
    return sorted(found, key=lambda line: plain_name(line.list_name))


def possible_duplicates(*, given_name: str, family_name: str, birth_date: date | None, phone: str, email: str) -> list[PersonLine]:
    """Patients who could be the same person: the same names, or the same birth date, telephone or e-mail with one name alike."""
    names = name_query(f"{given_name} {family_name}")
    marks = _exact_marks(birth_date, phone, email)
    rows = PatientIdentity.objects.select_related("patient")
    same_names = Q(search_numbers__contains=names) if names else Q(pk__in=[])
    same_mark = Q(exact_numbers__overlap=marks) & Q(search_numbers__overlap=names) if marks and names else Q(pk__in=[])
    return [_line(row) for row in rows.filter(same_names | same_mark).order_by("patient_id")[:10]]


def may_message(patient_id: UUID, purpose: str = Consent.Purpose.MESSAGES) -> bool:
    """Whether the patient's newest statement for this purpose is a yes."""
    newest = Consent.objects.filter(patient_id=patient_id, purpose=purpose).order_by("-recorded_at", "-id").first()
    return bool(newest and newest.given)


def birth_year_matches(patient_id: UUID, year: int) -> bool:
    """Whether this is the patient's year of birth; False when it is not known."""
    row = PatientIdentity.objects.filter(patient_id=patient_id).first()
    return bool(row and row.birth_date and int(row.birth_date[:4]) == year)


def typed_date(text: str) -> date | None:
    """A date as people type it: 1961-04-03, 3.4.1961, 03/04/1961 (day first). None when it is none."""
    match = _DATE.match(text.strip())
    if not match:
        return None
    year, month, day, day_first, month_second, year_last = match.groups()
    try:
        return date(int(year), int(month), int(day)) if year else date(int(year_last), int(month_second), int(day_first))
    except ValueError:
        return None


def _fits(wanted: str) -> Q:
    fits = Q(patient__record_number__iexact=wanted)
    born = typed_date(wanted)
    if born:
        fits |= Q(exact_numbers__contains=[fingerprint("birth", born.isoformat())])
    if "@" in wanted:
        fits |= Q(exact_numbers__contains=[fingerprint("email", plain_name(wanted))])
    if len(phone_digits(wanted)) >= 5 and not born:
        fits |= Q(exact_numbers__contains=[fingerprint("phone", phone_digits(_e164(wanted)))])
    names = name_query(wanted)
    if names:
        fits |= Q(search_numbers__contains=names)
    return fits


def _exact_marks(birth_date: date | None, phone: str, email: str) -> list[int]:
    marks = []
    if birth_date:
        marks.append(fingerprint("birth", birth_date.isoformat()))
    if phone:
        marks.append(fingerprint("phone", phone_digits(_e164(phone))))
    if email:
        marks.append(fingerprint("email", plain_name(email.strip())))
    return marks


def _e164(phone: str) -> str:
    country = Clinic.objects.values_list("country", flat=True).get(pk=current_clinic_id())
    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _line(row: PatientIdentity) -> PersonLine:
    patient: Patient = row.patient
    return PersonLine(
        patient_id=patient.pk,
        record_number=patient.record_number,
        list_name=row.list_name,
        full_name=row.full_name,
        birth_date=date.fromisoformat(row.birth_date) if row.birth_date else None,
        phone=row.phone,
        email=row.email,
        language=patient.language,
    )
