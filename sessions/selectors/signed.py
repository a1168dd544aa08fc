"""A signed visit as its page shows it: everything recomputable, nothing rounded away, addenda below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sessions import codes
from sessions.completeness import NAMES, Completeness, completeness, of_session
from sessions.dose_windows import Treated, check_session
from sessions.models import LaserApplication, OtherTreatment, Visit
from sessions.output import Delivered
from sessions.records import LaserRecord
from sessions.selectors.laser_rules import laser_rules
from sessions.selectors.measurements import delivered_at
from sessions.selectors.visits import SETTING_NAMES
from sessions.services.visit_parts import CODE_LISTS
from sessions.wording import DoseLine, WindowLine, console_differs, delivered_words, dose_of, plain_number, window_line

_UNITS = {
    "average_power_w": "W",
    "peak_power_w": "W",
    "pulse_duration_s": "s",
    "frequency_hz": "Hz",
    "duty_cycle_percent": "%",
    "spot_area_cm2": "cm²",
    "treated_area_cm2": "cm²",
    "seconds_per_point": "s",
    "emission_s": "s",
}


@dataclass(frozen=True)
class SignedSite:
    """One laser application."""

    title: str
    device: str
    settings: tuple[tuple[str, str], ...]
    dose: tuple[DoseLine, ...]
    energy_j: str
    energy_typed_j: str
    warning: str
    dose_version: str
    delivered: str = ""


@dataclass(frozen=True)
class SignedAddendum:
    """One amendment: who, when, why, and each field as signed and as amended."""

    at: datetime
    author: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]
    text: str


@dataclass(frozen=True)
class SignedVisit:
    """The parts of a visit."""

    sites: tuple[SignedSite, ...]
    total_j: Decimal | None
    others: tuple[str, ...]
    addenda: tuple[SignedAddendum, ...]
    signed_by: str
    written_by: str = ""
    completeness: Completeness | None = None
    windows: tuple[WindowLine, ...] = ()

    @property
    def not_recorded(self) -> list[str]:
        """The parameters that the record lacks, in words."""
        return [_(NAMES[item]) for item in self.completeness.missing] if self.completeness else []


def signed_visit(visit: Visit, zone: ZoneInfo) -> SignedVisit:
    """The parts of a visit, in six statements. `written_by`: who began the note, when that is not who signed it."""
    rows: list[LaserApplication] = list(visit.laser_applications.select_related("device", "handpiece", "protocol").order_by("position"))
    records = [record_of(row) for row in rows]  # each computes its dose once
    known = [row.energy_computed_j for row in rows]
    measured = delivered_at(visit, rows, zone) if rows else []
    addenda = visit.addenda.select_related("author").order_by("written_at")
    return SignedVisit(
        sites=tuple(_site(row, record, delivered) for row, record, delivered in zip(rows, records, measured, strict=True)),
        total_j=sum((joules for joules in known if joules is not None), Decimal(0)) if known and None not in known else None,
        others=tuple(_other(row) for row in visit.other_treatments.order_by("position")),
        addenda=tuple(
            SignedAddendum(row.written_at, row.author.display_name, row.reason, _changes(row.changes), row.text) for row in addenda
        ),
        signed_by=visit.signed_by.display_name if visit.signed_by else "",
        written_by=visit.written_by.display_name if visit.written_by and visit.written_by_id != visit.signed_by_id else "",
        completeness=of_session(completeness(record.settings(), region=record.region, dose=record.dose()) for record in records),
        windows=_windows(rows, records) if rows and laser_rules().dose_check else (),
    )


def _windows(rows: list[LaserApplication], records: list[LaserRecord]) -> tuple[WindowLine, ...]:
    treated = zip(rows, records, strict=True)
    sites = [Treated(row.region, row.device.laser_class, record.settings(), record.dose()) for row, record in treated]
    return tuple(window_line(checked) for checked in check_session(sites))


def record_of(row: LaserApplication) -> LaserRecord:
    """A stored application as a record again: its dose can be recomputed from it at any time."""
    settings: dict[str, Any] = {name: getattr(row, name) for name in SETTING_NAMES}
    return LaserRecord(
        device_id=row.device_id,
        region=row.region,
        side=row.side,
        levels=tuple(row.levels),
        energy_typed_j=row.energy_typed_j,
        **settings,
    )


def _site(row: LaserApplication, record: LaserRecord, delivered: Delivered | None) -> SignedSite:
    place = [_(codes.label("body_regions", row.region)), _(codes.label("sides", row.side)) if row.side else "", " ".join(row.levels)]
    device = [row.device.name, row.handpiece.name if row.handpiece else "", row.protocol.name if row.protocol else ""]
    return SignedSite(
        title=", ".join(part for part in place if part),
        device=" · ".join(part for part in device if part),
        settings=_settings(row),
        dose=dose_of(record),
        energy_j=plain_number(row.energy_computed_j),
        energy_typed_j=plain_number(row.energy_typed_j),
        warning=console_differs() if row.energy_differs else "",
        dose_version=row.dose_version,
        delivered=delivered_words(delivered, row.energy_computed_j),
    )


def _settings(row: LaserApplication) -> tuple[tuple[str, str], ...]:
    shown = [
        (_("mode"), str(row.get_mode_display())),
        (_("technique"), _(codes.label("laser_techniques", row.technique))),
    ]
    for name, unit in _UNITS.items():
        value = getattr(row, name)
        if value is not None:
            label = str(getattr(row._meta.get_field(name), "verbose_name", name)).split(" (")[0]
            shown.append((label, f"{plain_number(value)} {unit}"))
    if row.points:
        shown.append((_("points"), str(row.points)))
    if row.wavelength_shares:
        shares = ", ".join(f"{wavelength} nm: {share} %" for wavelength, share in row.wavelength_shares.items())
        shown.append((_("share of each wavelength"), shares))
    return tuple(shown)


def _other(row: OtherTreatment) -> str:
    parts = [
        str(row.get_kind_display()),
        _(codes.label(CODE_LISTS[row.kind], row.code)),
        _("grade %(grade)s") % {"grade": row.grade} if row.grade else "",
        _(codes.label("body_regions", row.region)) if row.region else "",
        _(codes.label("sides", row.side)) if row.side else "",
        " ".join(row.levels),
        _("%(minutes)s min") % {"minutes": row.minutes} if row.minutes else "",
    ]
    return ", ".join(part for part in parts if part)


def _changes(changes: dict[str, list[Any]]) -> tuple[tuple[str, str, str], ...]:
    names = {"pain_before": _("pain now, before"), "pain_after": _("pain now, after"), "reaction": _("reaction")}
    return tuple((names.get(name, name), _written(before), _written(after)) for name, (before, after) in changes.items())


def _written(value: Any) -> str:
    return "–" if value in {None, ""} else str(value)
