"""The patients whom the rows of courses, visits and scores are about. They have to be there: such a row names them by number alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from clinic.models import Patient


class People:
    """The patients behind many record numbers, in one statement. The number of a merged record finds the one that was kept."""

    def __init__(self, numbers: Iterable[str]) -> None:
        found = Patient.objects.select_related("merged_into").filter(record_number__in=list(set(numbers)))
        self._by_number = {patient.record_number: patient.merged_into or patient for patient in found}

    def all(self) -> list[Patient]:
        """Everybody who was found."""
        return list(self._by_number.values())

    def find(self, number: str) -> tuple[Patient | None, str]:
        """The patient, or why there is none."""
        patient = self._by_number.get(number)
        if patient is None:
            return None, _("nobody has this record number: bring in the patients first")
        if patient.withdrawn_at:
            return None, _("the record was withdrawn here")
        return patient, ""
