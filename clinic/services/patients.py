"""Patients, who they are, and what they agreed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import phonenumbers
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.consent_texts import VERSION
from clinic.encryption import fingerprint, name_fingerprints, phone_digits, plain_name
from clinic.models import Clinic, Consent, Message, Patient, PatientIdentity, Task
from clinic.scoping import current_clinic_id
from clinic.writes import Actor, audited, nothing_to_write, writes

OWN_FIELDS = ("given_name", "family_name", "birth_date", "phone", "email")
CARER_FIELDS = ("carer_name", "carer_relation", "carer_phone", "carer_email", "messages_to")
IDENTITY_FIELDS = (*OWN_FIELDS, *CARER_FIELDS)


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
    **carer: str,
) -> Patient:
    """A new patient. Without a record number the clinic's next one is taken. carer: see CARER_FIELDS. Raises PatientRefused."""
    clinic = Clinic.objects.get(pk=current_clinic_id())
    number = record_number.strip()
    if number and Patient.objects.filter(record_number=number).exists():
        raise PatientRefused("record_number", _("This record number is taken."))
    own = {"given_name": given_name, "family_name": family_name, "phone": phone, "email": email}
    identity = _identity(clinic, birth_date, {**own, **carer})
    patient = Patient(record_number=number or _next_record_number(), sex=sex, language=language)
    patient.save()
    row = PatientIdentity(patient=patient, sealed=identity, **_fingerprints(identity))
    row.save()
    audited(patient)
    return patient


@writes("patient.register")
def register_patients(*, actor: Actor, people: Sequence[Mapping[str, Any]]) -> list[Patient]:
    """Many new patients, each with a record number; as `register_patient` for each, in three statements. Raises PatientRefused."""
    clinic = Clinic.objects.get(pk=current_clinic_id())
    numbers = [str(person["record_number"]).strip() for person in people]
    if not all(numbers) or len(set(numbers)) < len(numbers) or Patient.objects.filter(record_number__in=numbers).exists():
        raise PatientRefused("record_number", _("This record number is taken."))
    patients, identities = [], []
    for number, person in zip(numbers, people, strict=True):
        own = {name: person.get(name, "") for name in IDENTITY_FIELDS if name != "birth_date"}
        identity = _identity(clinic, person.get("birth_date"), own)
        patients.append(Patient(record_number=number, sex=person.get("sex", "unknown"), language=person.get("language", "en")))
        identities.append(PatientIdentity(patient=patients[-1], sealed=identity, **_fingerprints(identity)))
    Patient.objects.bulk_create(patients)
    PatientIdentity.objects.bulk_create(identities)
    for patient in patients:
        audited(patient)
    if not patients:
        nothing_to_write()
    return patients


@writes("patient.change_identity")
def change_identity(*, actor: Actor, patient: Patient, **fields: Any) -> PatientIdentity:
    """Change name, birth date or contact data; fields not given stay. The former values are not kept, by design."""
    row: PatientIdentity = PatientIdentity.objects.select_for_update().get(patient=patient)
    clinic = Clinic.objects.get(pk=current_clinic_id())
    before = {key: str(row.fields.get(key) or "") for key in IDENTITY_FIELDS}
    birth_date = fields.pop("birth_date", before["birth_date"])
    born = date.fromisoformat(birth_date) if isinstance(birth_date, str) and birth_date else birth_date or None
    identity = _identity(clinic, born, {**{key: before[key] for key in IDENTITY_FIELDS if key != "birth_date"}, **fields})
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
    died = fields.get("deceased_on")
    if died and died > patient.clinic.today():
        raise PatientRefused("deceased_on", _("This day lies in the future."))
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


@writes("patient.consent")
def record_consents(*, actor: Actor, statements: Sequence[tuple[Patient, bool]], purpose: str, text_version: str = VERSION) -> None:
    """What many patients said about one purpose, in one statement; as `record_consent` for each."""
    consents = [Consent(patient=patient, purpose=purpose, given=given, text_version=text_version) for patient, given in statements]
    Consent.objects.bulk_create(consents)
    for consent in consents:
        audited(consent, purpose=purpose, given=consent.given)
    if not consents:
        nothing_to_write()


def normal_phone(clinic: Clinic, phone: str, field: str = "phone") -> str:
    """A telephone number as E.164, read with the clinic's country. Raises PatientRefused."""
    if not phone.strip():
        return ""
    try:
        number = phonenumbers.parse(phone, clinic.country)
    except phonenumbers.NumberParseException:
        raise PatientRefused(field, _("This is not a telephone number.")) from None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise PatientRefused(field, _("This telephone number has too few or too many digits."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _identity(clinic: Clinic, birth: date | None, given: dict[str, str]) -> dict[str, str]:
    """What is sealed. given: every field of IDENTITY_FIELDS but the birth date; those left out are empty."""
    unknown = set(given) - set(IDENTITY_FIELDS)
    if unknown:
        raise TypeError(f"Nobody's identity has {sorted(unknown)}.")
    today = clinic.today()
    if birth and (birth > today or birth.year < today.year - 125):
        raise PatientRefused("birth_date", _("Nobody alive was born on this day."))
    identity = {name: given.get(name, "").strip() for name in IDENTITY_FIELDS}
    identity["birth_date"] = birth.isoformat() if birth else ""
    for name in ("phone", "carer_phone"):
        identity[name] = normal_phone(clinic, identity[name], name)
    if identity["messages_to"] not in {"", "carer"}:
        raise PatientRefused("messages_to", _("Messages go to the patient or to the carer."))
    if identity["messages_to"] and not identity["carer_email"]:
        raise PatientRefused("carer_email", _("Messages shall go to the carer: an e-mail address is needed."))
    return identity


def _fingerprints(identity: dict[str, str]) -> dict[str, list[int]]:
    exact = set()
    for name in ("phone", "carer_phone"):
        if identity[name]:
            exact.add(fingerprint("phone", phone_digits(identity[name])))
    for name in ("email", "carer_email"):
        if identity[name]:
            exact.add(fingerprint("email", plain_name(identity[name])))
    if identity["birth_date"]:
        exact.add(fingerprint("birth", identity["birth_date"]))
    names = name_fingerprints(f"{identity['given_name']} {identity['family_name']}")
    return {"search_numbers": sorted(names), "exact_numbers": sorted(exact)}


@writes("patient.absorb")
def absorb_patient(*, actor: Actor, kept: Patient, absorbed: Patient, reason: str) -> None:
    """Make one person of two records, as far as this floor knows them: contact, consent, tasks, messages not yet sent.

    Contact data that the kept record lacks is taken over, a carer as a whole; where both say something, the kept one's stands and the
    other's stays sealed in its own row. Of statements of consent a refusal wins: whoever withdrew on either record has withdrawn; and who
    died on either has died. `merged_into` of the absorbed record leads to the kept one from now on. Raises PatientRefused.
    """
    if not reason.strip():
        raise PatientRefused("reason", _("Say how it is known that both are one person."))
    if kept.pk == absorbed.pk:
        raise PatientRefused("other", _("This is the same record."))
    rows = {row.pk: row for row in Patient.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")}
    if any(row.merged_into_id for row in rows.values()) or len(rows) != 2:
        raise PatientRefused("other", _("One of the records was merged already."))
    if any(row.withdrawn_at for row in rows.values()):
        raise PatientRefused("other", _("One of the records was withdrawn: it is on no list."))
    died_on = rows[absorbed.pk].deceased_on
    if died_on is not None and rows[kept.pk].deceased_on is None:
        change_patient(actor=actor, patient=rows[kept.pk], deceased_on=died_on)
    _fill_contact(actor, kept, absorbed)
    for purpose in Consent.Purpose.values:
        _unite_consent(actor, kept, absorbed, purpose)
    Task.objects.filter(patient=absorbed).exclude(state=Task.State.DONE).update(patient=kept)
    # Whatever may still be sent goes by the kept record's contact and consent: also what a sender holds now, or gave up.
    Message.objects.filter(patient=absorbed).exclude(state__in=[Message.State.SENT, Message.State.WITHDRAWN]).update(patient=kept)
    Patient.objects.filter(merged_into=absorbed).update(merged_into=kept)  # of three records all lead to the one in use
    gone = rows[absorbed.pk]
    gone.merged_into, gone.merged_at, gone.merged_because = kept, timezone.now(), reason.strip()
    gone.save(update_fields=["merged_into", "merged_at", "merged_because"])
    audited(gone, into=str(kept.pk))


def _fill_contact(actor: Actor, kept: Patient, absorbed: Patient) -> None:
    mine, other = (PatientIdentity.objects.get(patient=each).fields for each in (kept, absorbed))
    # A carer is one person, taken over whole or not at all; and whoever has an address of their own goes on getting their own mail.
    has_carer, has_address = any(mine.get(name) for name in CARER_FIELDS), bool(mine.get("email"))
    names = [name for name in IDENTITY_FIELDS if name not in CARER_FIELDS or not has_carer]
    names = [name for name in names if name != "messages_to" or not (has_carer or has_address)]
    taken = {name: other[name] for name in names if other.get(name) and not mine.get(name)}
    if taken:
        change_identity(actor=actor, patient=kept, **taken)


def _unite_consent(actor: Actor, kept: Patient, absorbed: Patient, purpose: str) -> None:
    newest = [Consent.objects.filter(patient=each, purpose=purpose).order_by("-recorded_at", "-id").first() for each in (kept, absorbed)]
    stated = [each for each in newest if each is not None]
    if not stated:
        return
    deciding = next((each for each in stated if not each.given), stated[0])
    if newest[0] is None or newest[0].given != deciding.given:
        record_consent(actor=actor, patient=kept, purpose=purpose, given=deciding.given, text_version=deciding.text_version)


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
