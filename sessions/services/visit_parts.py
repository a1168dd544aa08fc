"""The parts of a visit: what speaks against a record, and the rows it becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from sessions import codes
from sessions.dose import DOSE_VERSION, Dose, NotComputable, Quantity, compare_energy
from sessions.laser_ranges import check_ranges
from sessions.models import Course, Device, LaserApplication, OtherTreatment, Visit
from sessions.models.device import LaserSettings
from sessions.records import LaserRecord, OtherRecord, VisitRecord

CODE_LISTS: dict[str, codes.CodeList] = {
    "manual_therapy": "manual_therapy_techniques",
    "exercise": "exercise_families",
    "education": "education_topics",
    "other_modality": "other_modalities",
    "medicine": "medicine_classes",
    "injection": "injection_kinds",
}
_SETTINGS = tuple(field.name for field in LaserSettings._meta.get_fields())
_KEPT = ("energy_per_point_j", "energy_total_j", "irradiance_w_cm2", "fluence_j_cm2", "area_dose_j_cm2", "mean_irradiance_w_cm2")


@dataclass(frozen=True)
class Objection:
    """What speaks against a record: `hard` refuses it, otherwise it asks for confirmation. `field` is the form's name."""

    field: str
    sentence: str
    hard: bool
    limit: str = ""


class VisitRefused(ValueError):
    """A visit that cannot be signed as it is, with every objection at once."""

    def __init__(self, objections: list[Objection]) -> None:
        super().__init__("The visit cannot be recorded like this.")
        self.objections = objections


def objections(record: VisitRecord, devices: Mapping[UUID, Device]) -> list[Objection]:
    """Everything that speaks against a record, in the order of the page."""
    return [*_about_visit(record), *_about_laser(record, devices), *_about_other(record)]


def _about_visit(record: VisitRecord) -> Iterator[Objection]:
    for name in ("pain_before", "pain_after"):
        pain = getattr(record, name)
        if pain is not None and not 0 <= pain <= 10:
            yield Objection(name, "Pain is a whole number from 0 to 10.", hard=True)
    if record.pain_after is None and not record.no_pain_after_reason.strip():
        yield Objection("no_pain_after_reason", "Pain after the treatment is missing: ask, or say why not.", hard=True)
    if record.reaction and record.reaction not in Visit.Reaction.values:
        yield Objection("reaction", "This reaction is not known.", hard=True)
    if record.reaction == Visit.Reaction.OTHER and not record.note.strip():
        yield Objection("note", "Describe the reaction in the note.", hard=True)
    if record.occurred_at > timezone.now() + timedelta(minutes=5):
        yield Objection("occurred_at", "The treatment lies in the future.", hard=True)
    if not record.laser and not record.other:
        yield Objection("laser", "Nothing was recorded: add a laser application or another treatment.", hard=True)


def not_said(record: VisitRecord) -> Iterator[Objection]:
    """What whoever stood beside the patient has to say: without "none" nobody can tell no reaction from one that nobody asked about."""
    if not record.reaction:
        yield Objection("reaction", "Say whether there was a reaction to the treatment; “none” is an answer too.", hard=True)


def about_time(record: VisitRecord, course: Course) -> Iterator[Objection]:
    """What speaks against the time of a treatment of this course."""
    if timezone.localdate(record.occurred_at) < course.started_on:
        yield Objection("occurred_at", "The treatment lies before the start of the course. Is the date right?", hard=False)


def _about_laser(record: VisitRecord, devices: Mapping[UUID, Device]) -> Iterator[Objection]:
    regions = {code.key for code in codes.codes("body_regions")}
    for place, laser in enumerate(record.laser):
        device = devices.get(laser.device_id)
        if device is None:
            yield Objection(f"laser-{place}-device", "Choose a device of the clinic.", hard=True)
            continue
        if laser.region not in regions:
            yield Objection(f"laser-{place}-region", "Choose the treated region.", hard=True)
        for finding in check_ranges(laser.settings(), device.laser_class, dose=laser.dose()):
            yield Objection(f"laser-{place}-{finding.field}", finding.sentence, hard=finding.level == "hard", limit=finding.limit)


def _about_other(record: VisitRecord) -> Iterator[Objection]:
    for place, other in enumerate(record.other):
        known = CODE_LISTS.get(other.kind)
        if known is None or other.code not in {code.key for code in codes.codes(known)}:
            yield Objection(f"other-{place}-code", "Choose a treatment of the list.", hard=True)
        if other.minutes is not None and not 0 < other.minutes <= 600:
            yield Objection(f"other-{place}-minutes", "Minutes lie between 1 and 600.", hard=True)


def laser_rows(visit: Visit, record: VisitRecord) -> list[LaserApplication]:
    """The laser applications of a record, each with its dose computed."""
    return [_laser_row(visit, place, laser) for place, laser in enumerate(record.laser)]


def _laser_row(visit: Visit, place: int, laser: LaserRecord) -> LaserApplication:
    dose = laser.dose()
    compared = compare_energy(laser.energy_typed_j, dose.energy_total_j)
    return LaserApplication(
        visit=visit,
        position=place,
        device_id=laser.device_id,
        handpiece_id=laser.handpiece_id,
        protocol_id=laser.protocol_id,
        region=laser.region,
        side=laser.side,
        levels=list(laser.levels),
        energy_per_point_j=_stored(dose.energy_per_point_j, 4),
        energy_computed_j=_stored(dose.energy_total_j, 4),
        energy_typed_j=laser.energy_typed_j,
        energy_differs=bool(compared.differs),
        irradiance_w_cm2=_stored(dose.irradiance_w_cm2, 8),
        fluence_j_cm2=_stored(dose.fluence_j_cm2, 6),
        not_computable=_reasons(dose),
        dose_version=DOSE_VERSION,
        copied_from=laser.copied_from,
        **{name: getattr(laser, name) for name in _SETTINGS},
    )


def _stored(quantity: Quantity, places: int) -> Decimal | None:
    """A computed quantity at its column's scale; None when it is not computable."""
    return None if isinstance(quantity, NotComputable) else round(quantity.value, places)


def _reasons(dose: Dose) -> dict[str, str]:
    """Why a quantity is missing, by its name: stored, so that a later reader sees what was known then."""
    quantities = {name: getattr(dose, name) for name in _KEPT}
    return {name: str(quantity.reason) for name, quantity in quantities.items() if isinstance(quantity, NotComputable)}


def other_rows(visit: Visit, record: VisitRecord) -> list[OtherTreatment]:
    """The other treatments of a record."""
    return [_other_row(visit, place, other) for place, other in enumerate(record.other)]


def _other_row(visit: Visit, place: int, other: OtherRecord) -> OtherTreatment:
    return OtherTreatment(
        visit=visit,
        position=place,
        kind=other.kind,
        code=other.code,
        grade=other.grade,
        region=other.region,
        side=other.side,
        levels=list(other.levels),
        minutes=other.minutes,
    )
