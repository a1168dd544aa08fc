"""Two records beside each other, before they are merged."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from clinic.models import Consent
from clinic.selectors.patients import PersonLine, identities, may_message
from sessions.models import Course, Visit


@dataclass(frozen=True)
class Side:
    """One of the two records."""

    person: PersonLine
    courses: int
    signed_visits: int
    agreed_to_messages: bool


@dataclass(frozen=True)
class Comparison:
    """What stays and what moves. `conflicts`: names of the fields in which both say something different."""

    kept: Side
    absorbed: Side
    conflicts: tuple[str, ...]

    @property
    def born_on_different_days(self) -> bool:
        """The strongest sign that these are two people."""
        return "birth_date" in self.conflicts


_COMPARED = ("full_name", "birth_date", "phone", "email", "carer_name")


def comparison(kept: UUID, absorbed: UUID) -> Comparison:
    """Both records, with what hangs on them; a constant number of statements."""
    people = identities([kept, absorbed])
    counts = {
        row["patient_id"]: row
        for row in Course.objects.filter(patient_id__in=[kept, absorbed])
        .values("patient_id")
        .annotate(courses=Count("pk", distinct=True), signed=Count("visits", filter=Q(visits__state=Visit.State.SIGNED)))
        .order_by()
    }

    def side(patient: UUID) -> Side:
        found = counts.get(patient, {"courses": 0, "signed": 0})
        return Side(people[patient], found["courses"], found["signed"], may_message(patient, Consent.Purpose.MESSAGES))

    first, second = people[kept], people[absorbed]
    said = [(name, getattr(first, name), getattr(second, name)) for name in _COMPARED]
    return Comparison(side(kept), side(absorbed), tuple(name for name, mine, other in said if mine and other and mine != other))
