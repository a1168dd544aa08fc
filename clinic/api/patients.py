"""/api/v1/<clinic>/patients/: found, added and changed. Names come in through this door; none leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Done, Endpoint, PageFilters, StrictSerializer, described, idempotent, one, page_of, refusing
from clinic.api.fields import Day, OneOf, Text, TrueFalse
from clinic.models import Consent, Patient
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.selectors.patients import consents, find_patients, likely_same
from clinic.services.patients import OWN_FIELDS, PatientRefused, change_identity, change_patient, record_consent, register_patient

_LANGUAGES = [code for code, _name in settings.LANGUAGES]


def _words(length: int) -> Text:
    return Text(max_length=length, required=False, default="", allow_blank=True)


class IdentityInput(StrictSerializer):
    """Who somebody is and how to reach them."""

    given_name = _words(120)
    family_name = _words(120)
    birth_date = Day(required=False, allow_null=True, default=None)
    phone = _words(40)
    email = serializers.EmailField(max_length=254, required=False, default="", allow_blank=True)
    sex = OneOf(Patient.Sex.values, required=False, default=Patient.Sex.UNKNOWN.value)
    language = OneOf(_LANGUAGES, required=False, default=settings.LANGUAGE_CODE)
    record_number = _words(40)


class PatientInput(IdentityInput):
    """A new patient. `confirmed`: also when somebody on record could be the same person. Without a record number the next is taken."""

    confirmed = TrueFalse(required=False, default=False)


class PatientChanges(IdentityInput):
    """What is to change; fields that are not given stay."""

    deceased_on = Day(required=False, allow_null=True)


class SearchInput(StrictSerializer):
    """A name, telephone number, birth date, e-mail address or record number, as it would be typed into the list's search."""

    text = Text(max_length=200)


class ConsentInput(StrictSerializer):
    """One statement: agreed, or refused or withdrawn. Former ones stay."""

    purpose = OneOf(Consent.Purpose.values)
    given = TrueFalse()


class PatientFilters(PageFilters):
    """Which patients."""

    record_number = Text(required=False, max_length=40)


class PatientShape(serializers.Serializer):
    """A patient by reference: no name, no contact data."""

    id = serializers.UUIDField()
    record_number = serializers.CharField()


class FoundShape(serializers.Serializer):
    """Who fits, at most fifty."""

    results = PatientShape(many=True)


class ConsentShape(serializers.Serializer):
    """The newest statement for a purpose; `given` is null when it was never asked for."""

    purpose = serializers.ChoiceField(Consent.Purpose.values)
    given = serializers.BooleanField(allow_null=True)
    recorded_at = serializers.DateTimeField(allow_null=True)
    text_version = serializers.CharField()


class ConsentsShape(serializers.Serializer):
    """What a patient has agreed to."""

    results = ConsentShape(many=True)


def patient_dict(patient: Patient) -> dict[str, Any]:
    """A patient as PatientShape."""
    return {"id": patient.pk, "record_number": patient.record_number}


@requires(Permission.FIND_PATIENTS)
class Patients(Endpoint):
    """Patients by reference."""

    filters = PatientFilters
    post_needs = Permission.EDIT_PATIENTS

    @described("patients_list", page_of(PatientShape), filters=PatientFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of patients, newest first: ids and record numbers, so that a course can be found."""
        rows: QuerySet[Patient] = Patient.objects.all()
        if "record_number" in self.asked:
            rows = rows.filter(record_number=self.asked["record_number"])
        return self.paged(rows, patient_dict, read="patients.read", about=lambda patient: patient.pk)

    @described("patients_create", PatientShape, takes=PatientInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Add a patient. Refused at `confirmed` when somebody on record could be the same person, until that is confirmed."""
        data = self.given(PatientInput)
        own = {name: data[name] for name in OWN_FIELDS}
        if not data.pop("confirmed") and likely_same(**own):
            told = {"confirmed": ["Somebody on record could be the same person. Search first; confirm if it is another."]}
            raise serializers.ValidationError(told)
        with refusing(PatientRefused):
            patient = register_patient(actor=self.actor, **data)
        return Response({"id": str(patient.pk), "record_number": patient.record_number}, status=201)


@requires(Permission.FIND_PATIENTS)
class PatientSearch(Endpoint):
    """Patients by who they are."""

    @described("patients_search", FoundShape, takes=SearchInput, status_code=200)
    def post(self, request: Request, clinic: str) -> Response:
        """Who fits what was typed. Posted, so that no name stands in an address; answered by reference."""
        found = find_patients(self.given(SearchInput)["text"])
        for line in found:
            record_read(actor=self.actor, patient_id=line.patient_id, action="patients.read")
        return Response({"results": [{"id": line.patient_id, "record_number": line.record_number} for line in found]})


@requires(Permission.FIND_PATIENTS)
class OnePatient(Endpoint):
    """One patient by reference."""

    post_needs = Permission.EDIT_PATIENTS

    @described("patient_retrieve", PatientShape, refusals=[404])
    def get(self, request: Request, clinic: str, patient: UUID) -> Response:
        """The patient of an id."""
        found: Patient = one(Patient.objects.all(), patient).kept
        record_read(actor=self.actor, patient_id=found.pk, action="patient.read", object_id=found.pk)
        return Response(patient_dict(found))

    @described("patient_change", PatientShape, takes=PatientChanges, refusals=[404], status_code=200)
    @idempotent
    def patch(self, request: Request, clinic: str, patient: UUID) -> Response:
        """Change identity, contact or record; what is not given stays."""
        found: Patient = one(Patient.objects.all(), patient).kept
        data = self.given(PatientChanges, partial=True)
        if data.get("deceased_on") and data["deceased_on"] > timezone.localdate():
            raise serializers.ValidationError({"deceased_on": ["This day lies in the future."]})
        if "record_number" in data and not data["record_number"].strip():
            raise serializers.ValidationError({"record_number": ["A patient has a record number."]})
        with refusing(PatientRefused):
            change_identity(actor=self.actor, patient=found, **{name: data[name] for name in OWN_FIELDS if name in data})
            change_patient(actor=self.actor, patient=found, **{name: data[name] for name in data if name not in OWN_FIELDS})
        return Response({"id": str(found.pk), "record_number": found.record_number})


@requires(Permission.EDIT_PATIENTS)
class Consents(Endpoint):
    """What a patient has agreed to."""

    @described("consents_list", ConsentsShape, refusals=[404])
    def get(self, request: Request, clinic: str, patient: UUID) -> Response:
        """The newest statement for each purpose."""
        found: Patient = one(Patient.objects.all(), patient).kept
        record_read(actor=self.actor, patient_id=found.pk, action="identity.read")
        return Response({"results": [vars(state) for state in consents(found.pk)]})

    @described("consents_create", Done, takes=ConsentInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, patient: UUID) -> Response:
        """Add one statement."""
        found: Patient = one(Patient.objects.all(), patient).kept
        consent = record_consent(actor=self.actor, patient=found, **self.given(ConsentInput))
        return Response({"id": str(consent.pk)}, status=201)
