"""Patients, who they are, and what they agreed to."""

from __future__ import annotations

from datetime import date
from typing import Any

import phonenumbers
from django.db import connection
from django.utils.translation import gettext as _

from clinic.consent_texts import VERSION
from clinic.encryption import fingerprint, name_fingerprints, phone_digits, plain_name
from clinic.models import Clinic, Consent, Patient, PatientIdentity
from clinic.scoping import current_clinic_id
from clinic.writes import Actor, audited, nothing_to_write, writes

IDENTITY_FIELDS = ("given_name", "family_name", "birth_date", "phone", "email")


class PatientRefused(ValueError):
    """Patient data that cannot be stored; `field` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@writes("patient.register")
def register_patient(
    *,
    actor: Actor,
    given_name: str = "",
    family_name: str = "",
    birth_date: date | None = None,
    phone: str = "",
    email: str = "",
    sex: str = "unknown",
    language: str = "en",
    record_number: str = "",
) -> Patient:
    """A new patient. Without a record number the clinic's next one is taken. Raises PatientRefused."""
    clinic = Clinic.objects.get(pk=current_clinic_id())
    number = record_number.strip()
    if number and Patient.objects.filter(record_number=number).exists():
        raise PatientRefused("record_number", _("This record number is taken."))
    identity = _identity(clinic, given_name, family_name, birth_date, phone, email)
    patient = Patient(record_number=number or _next_record_number(), sex=sex, language=language)
    patient.save()
    row = PatientIdentity(patient=patient, sealed=identity, **_fingerprints(identity))
    row.save()
    audited(patient)
    return patient


@writes("patient.change_identity")
def change_identity(*, actor: Actor, patient: Patient, **fields: Any) -> PatientIdentity:
    """Change name, birth date or contact data; fields not given stay. The former values are not kept, by design."""
    unknown = set(fields) - set(IDENTITY_FIELDS)
    if unknown:
        raise TypeError(f"change_identity() does not know {sorted(unknown)}.")
    row: PatientIdentity = PatientIdentity.objects.select_for_update().get(patient=patient)
    clinic = Clinic.objects.get(pk=current_clinic_id())
    before = {key: str(row.fields.get(key) or "") for key in IDENTITY_FIELDS}
    birth_date = fields.get("birth_date", before["birth_date"])
    identity = _identity(
        clinic,
        fields.get("given_name", before["given_name"]),
        fields.get("family_name", before["family_name"]),
        date.fromisoformat(birth_date) if isinstance(birth_date, str) and birth_date else birth_date or None,
        fields.get("phone", before["phone"]),
        fields.get("email", before["email"]),
    )
    changed = sorted(key for key in IDENTITY_FIELDS if identity[key] != before[key])
    if not changed:
        nothing_to_write()
        return row
    row.sealed = identity
    for name, numbers in _fingerprints(identity).items():
        setattr(row, name, numbers)
    row.save()
    audited(row, fields=changed)
    return row


@writes("patient.change")
def change_patient(*, actor: Actor, patient: Patient, **fields: Any) -> Patient:
    """Change sex, language, record number or the date of death; the former row goes into the history."""
    unknown = set(fields) - {"sex", "language", "record_number", "deceased_on"}
    if unknown:
        raise TypeError(f"change_patient() does not know {sorted(unknown)}.")
    number = fields.get("record_number", patient.record_number)
    if Patient.objects.filter(record_number=number).exclude(pk=patient.pk).exists():
        raise PatientRefused("record_number", _("This record number is taken."))
    changed = sorted(name for name, value in fields.items() if getattr(patient, name) != value)
    if not changed:
        nothing_to_write()
        return patient
    for name in changed:
        setattr(patient, name, fields[name])
    patient.save()
    audited(patient, fields=changed)
    return patient


@writes("patient.consent")
def record_consent(*, actor: Actor, patient: Patient, purpose: str, given: bool, text_version: str = VERSION) -> Consent:
    """Record that the patient agreed, or withdrew. The newest statement per purpose counts; none is ever changed."""
    if purpose not in Consent.Purpose.values:
        raise PatientRefused("purpose", _("There is no such purpose."))
    consent = Consent(patient=patient, purpose=purpose, given=given, text_version=text_version)
    consent.save()
    audited(consent, purpose=purpose, given=given)
    return consent


def normal_phone(clinic: Clinic, phone: str) -> str:
    """A telephone number as E.164, read with the clinic's country. Raises PatientRefused."""
    if not phone.strip():
        return ""
    try:
        number = phonenumbers.parse(phone, clinic.country)
    except phonenumbers.NumberParseException:
        raise PatientRefused("phone", _("This is not a telephone number.")) from None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise PatientRefused("phone", _("This telephone number has too few or too many digits."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _identity(clinic: Clinic, given: str, family: str, birth: date | None, phone: str, email: str) -> dict[str, str]:
    today = clinic.today()
    if birth and (birth > today or birth.year < today.year - 125):
        raise PatientRefused("birth_date", _("Nobody alive was born on this day."))
    return {
        "given_name": given.strip(),
        "family_name": family.strip(),
        "birth_date": birth.isoformat() if birth else "",
        "phone": normal_phone(clinic, phone),
        "email": email.strip(),
    }


def _fingerprints(identity: dict[str, str]) -> dict[str, list[int]]:
    exact = set()
    if identity["phone"]:
        exact.add(fingerprint("phone", phone_digits(identity["phone"])))
    if identity["email"]:
        exact.add(fingerprint("email", plain_name(identity["email"])))
    if identity["birth_date"]:
        exact.add(fingerprint("birth", identity["birth_date"]))
    names = name_fingerprints(f"{identity['given_name']} {identity['family_name']}")
    return {"search_numbers": sorted(names), "exact_numbers": sorted(exact)}


def _next_record_number() -> str:
    """The clinic's next free number. An advisory lock until the end of the transaction keeps two desks from taking the same."""
    clinic_id = str(current_clinic_id())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"record-number:{clinic_id}"])
        cursor.execute(
            r"SELECT coalesce(max(record_number::bigint), 1000) + 1 FROM clinic_patient "
            r"WHERE clinic_id = %s AND record_number ~ '^\d{1,15}$'",
            [clinic_id],
        )
        return str(cursor.fetchone()[0])
