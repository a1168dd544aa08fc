"""What was delivered: energy added up over a course, by region and device. Joules only; densities of different places have no sum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from sessions import codes
from sessions.models import LaserApplication, Visit


@dataclass(frozen=True)
class EnergyLine:
    """Joules of one region by one device: the sum of what is known, and how many sites have an energy that is not computable."""

    region: str
    device: str
    energy_j: Decimal
    sites: int
    unknown: int


@dataclass(frozen=True)
class EnergyOfCourse:
    """All of a course's energy. `total_j` is None when a part of it is not computable: then only `known_j` can be said."""

    lines: tuple[EnergyLine, ...]
    known_j: Decimal
    unknown: int

    @property
    def total_j(self) -> Decimal | None:
        """The sum over every site, or None when one of them is unknown."""
        return None if self.unknown else self.known_j


def energy_of_course(course_id: UUID) -> EnergyOfCourse | None:
    """The energy of a course's signed visits by region and device, in J; None where no laser was used. One statement."""
    rows = (
        LaserApplication.objects.filter(visit__course_id=course_id, visit__state=Visit.State.SIGNED)
        .values("region", "device__name")
        .annotate(energy=Sum("energy_computed_j"), sites=Count("id"), unknown=Count("id", filter=Q(energy_computed_j=None)))
        .order_by("region", "device__name")
    )
    lines = tuple(
        EnergyLine(
            _(codes.label("body_regions", row["region"])), row["device__name"], row["energy"] or Decimal(0), row["sites"], row["unknown"]
        )
        for row in rows
    )
    if not lines:
        return None
    return EnergyOfCourse(lines, sum((line.energy_j for line in lines), Decimal(0)), sum(line.unknown for line in lines))
