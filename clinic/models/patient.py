"""Patients. Everything elsewhere knows them by reference; who they are stands, sealed, in one table without history."""

from __future__ import annotations

from typing import cast

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.database.history import with_history
from clinic.encryption import SealedJSONField
from clinic.scoping import ClinicForeignKey, ClinicModel, ClinicOneToOneField


@with_history
class Patient(ClinicModel):
    """A person in care, without a name."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")
        OTHER = "other", _("other")
        UNKNOWN = "unknown", _("not recorded")

    record_number = models.CharField(_("record number"), max_length=40)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    language = models.CharField(_("language"), max_length=10, default="en")
    registered_at = models.DateTimeField(auto_now_add=True)
    deceased_on = models.DateField(_("died on"), null=True, blank=True)
    merged_into = ClinicForeignKey("clinic.Patient", related_name="+", null=True, editable=False)
    merged_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    merged_because = models.CharField(max_length=200, blank=True, editable=False)

    path_to_patient = "id"

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "record_number"], name="record_number_once_per_clinic")]

    @property
    def kept(self) -> Patient:
        """The record of this person that is in use: the one that this was merged into, or this."""
        return self.merged_into or self


class PatientIdentity(ClinicModel):
    """Who a patient is and how to reach them. Sealed: given_name, family_name, birth_date (ISO), phone (E.164), email; and of a
    carer or contact person carer_name, carer_relation, carer_phone, carer_email, and messages_to ("" the patient, "carer").

    `search_numbers` are fingerprints of name beginnings, `exact_numbers` of phones, e-mails and birth date.
    """

    patient = ClinicOneToOneField(Patient, related_name="identity", primary_key=False)
    sealed = SealedJSONField()
    search_numbers = ArrayField(models.BigIntegerField(), default=list)
    exact_numbers = ArrayField(models.BigIntegerField(), default=list)

    path_to_patient = "patient_id"
    not_exported_because = "names are the table patient_name, in exports with names only"
    subject_omits = ("search_numbers", "exact_numbers")

    class Meta(ClinicModel.Meta):
        indexes = [
            GinIndex(fields=["search_numbers"], name="identity_search"),
            GinIndex(fields=["exact_numbers"], name="identity_exact"),
        ]

    @property
    def fields(self) -> dict[str, str]:
        """What is sealed, as it was given."""
        return cast("dict[str, str]", self.sealed or {})

    def _text(self, key: str) -> str:
        return str(self.fields.get(key) or "")

    @property
    def given_name(self) -> str:
        return self._text("given_name")

    @property
    def family_name(self) -> str:
        return self._text("family_name")

    @property
    def full_name(self) -> str:
        """As people say it; lists sort by family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def list_name(self) -> str:
        """As lists show it: family name first."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)

    @property
    def birth_date(self) -> str:
        """ISO date, or empty when it is not known."""
        return self._text("birth_date")

    @property
    def phone(self) -> str:
        return self._text("phone")

    @property
    def email(self) -> str:
        return self._text("email")

    @property
    def carer_name(self) -> str:
        return self._text("carer_name")

    @property
    def carer_relation(self) -> str:
        return self._text("carer_relation")

    @property
    def carer_phone(self) -> str:
        return self._text("carer_phone")

    @property
    def carer_email(self) -> str:
        return self._text("carer_email")

    @property
    def messages_to(self) -> str:
        """Who receives messages: "carer", or nothing for the patient."""
        return self._text("messages_to")


class Consent(ClinicModel):
    """One statement of consent or its withdrawal, per purpose. The newest counts; none is ever changed."""

    class Purpose(models.TextChoices):
        MESSAGES = "messages", _("surveys and reminders by e-mail or text message")
        REGISTRY = "registry", _("de-identified data for registries and research")

    patient = ClinicForeignKey(Patient, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    given = models.BooleanField()
    text_version = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(auto_now_add=True)

    path_to_patient = "patient_id"
    append_only = True

    class Meta(ClinicModel.Meta):
        indexes = [models.Index(fields=["clinic", "patient", "purpose", "-recorded_at"], name="consent_newest")]
