"""The visit's form: before, treatment, after, more. What it holds is what a draft holds, so that a reload restores everything.

Findings (pain, skin, reaction, note) begin empty on every visit; only settings may be taken over from an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import F
from django.http import QueryDict
from django.utils.translation import gettext as translate_now
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import MomentField
from clinic.widgets import NumericScale, RadioRow
from sessions import codes
from sessions.models import Device, OtherTreatment, Protocol, Visit
from sessions.models.device import LaserMode
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.selectors.visits import setting_values
from sessions.services.visit_parts import Objection
from sessions.wording import plain_number

MOST_SITES = 6
MOST_OTHER = 8


def _offered(name: codes.CodeList, *, blank: str = "") -> list[tuple[str, Any]]:
    """A coded list for a select, in the reader's language."""
    listed = [(key, translate_now(label)) for key, label in codes.choices(name)]
    return [("", blank), *listed] if blank else listed


@dataclass(frozen=True)
class Held:
    """A handpiece as the picker offers it, with its device."""

    pk: UUID
    name: str
    device: Device
    spot_area_cm2: Decimal | None


@dataclass(frozen=True)
class Equipment:
    """What the pickers offer: devices in use with their handpieces, and protocols in use. Read once per page."""

    devices: tuple[Device, ...]
    handpieces: tuple[Held, ...]
    protocols: tuple[Protocol, ...]

    @classmethod
    def in_use(cls) -> Equipment:
        """The clinic's equipment, in two statements."""
        held = {"held": F("handpieces__id"), "held_name": F("handpieces__name"), "held_spot": F("handpieces__spot_area_cm2")}
        rows = list(Device.objects.filter(is_active=True).annotate(**held).order_by("name", "id", "handpieces__name"))
        return cls(
            tuple({row.pk: row for row in rows}.values()),
            tuple(Held(row.held, row.held_name, row, row.held_spot) for row in rows if row.held),
            tuple(Protocol.objects.filter(is_active=True, device__is_active=True).order_by("name")),
        )

    def fills(self) -> dict[str, dict[str, dict[str, Any]]]:
        """What choosing a protocol or a handpiece fills into a site: "protocol" and "handpiece" → id → field → value."""
        spots = {str(each.pk): {"device": str(each.device.pk), **_spot(each)} for each in self.handpieces}
        return {"protocol": {str(each.pk): _agreed(each, spots) for each in self.protocols}, "handpiece": spots}


def _spot(handpiece: Held) -> dict[str, str]:
    return {} if handpiece.spot_area_cm2 is None else {"spot_area_cm2": plain_number(handpiece.spot_area_cm2)}


def _agreed(protocol: Protocol, spots: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    handpiece = str(protocol.handpiece_id or "")
    values = setting_values(protocol)
    values["spot_area_cm2"] = values["spot_area_cm2"] or spots.get(handpiece, {}).get("spot_area_cm2", "")
    return values | {"device": str(protocol.device_id), "handpiece": handpiece, "region": protocol.region, "copied_from": ""}


def _levels(text: str) -> tuple[str, ...]:
    """Spinal levels as typed, as a tuple of C1 to S5, each once."""
    typed = [level for level in text.upper().replace(",", " ").split() if level]
    if any(level not in codes.treatment_codes().spinal_levels for level in typed):
        raise forms.ValidationError(_("Write levels from C1 to S5, with spaces between."))
    return tuple(dict.fromkeys(typed))


class VisitForm(forms.Form):
    """What is asked once per visit."""

    pain_before = forms.TypedChoiceField(
        label=_("Pain now, before the treatment"),
        choices=[(number, str(number)) for number in range(11)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=NumericScale(low=_("no pain"), high=_("worst pain imaginable")),
    )
    skin_checked = forms.TypedChoiceField(
        label=_("Skin at the site"),
        choices=[("yes", _("looked at, no change")), ("no", _("not looked at"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=RadioRow,
    )
    pain_after = forms.TypedChoiceField(
        label=_("Pain now, after the treatment"),
        choices=[(number, str(number)) for number in range(11)],
        coerce=int,
        empty_value=None,
        required=False,
        widget=NumericScale(low=_("no pain"), high=_("worst pain imaginable")),
    )
    no_pain_after_reason = forms.CharField(label=_("Why pain after was not asked"), max_length=200, required=False)
    reaction = forms.ChoiceField(label=_("Reaction to the treatment"), choices=Visit.Reaction.choices, required=False, widget=RadioRow)
    note = forms.CharField(label=_("Note"), max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 5, "data-note": "note"}))
    occurred_at = MomentField(label=_("When the treatment took place"), required=False)
    warnings_confirmed = forms.BooleanField(label=_("The unusual values are right"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]


class LaserForm(forms.Form):
    """One site treated with laser."""

    device = forms.ChoiceField(label=_("Device"), required=False)
    handpiece = forms.ChoiceField(label=_("Handpiece"), required=False)
    protocol = forms.ChoiceField(label=_("Protocol"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    side = forms.ChoiceField(label=_("Side"), required=False)
    levels = forms.CharField(label=_("Spinal levels"), max_length=60, required=False, help_text=_("For example L4 L5"))
    mode = forms.ChoiceField(label=_("Mode"), choices=LaserMode.choices, required=False)
    technique = forms.ChoiceField(label=_("Technique"), required=False)
    average_power_w = forms.DecimalField(label=_("Mean power"), max_digits=9, decimal_places=5, required=False)
    emission_s = forms.DecimalField(label=_("Emission time"), max_digits=8, decimal_places=2, required=False)
    treated_area_cm2 = forms.DecimalField(label=_("Treated area"), max_digits=9, decimal_places=2, required=False)
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=100, required=False)
    seconds_per_point = forms.DecimalField(label=_("Seconds per point"), max_digits=8, decimal_places=2, required=False)
    spot_area_cm2 = forms.DecimalField(label=_("Spot area"), max_digits=9, decimal_places=4, required=False)
    energy_typed_j = forms.DecimalField(label=_("Energy on the console"), max_digits=12, decimal_places=4, required=False)
    peak_power_w = forms.DecimalField(label=_("Peak power"), max_digits=10, decimal_places=4, required=False)
    pulse_duration_s = forms.DecimalField(label=_("Pulse duration"), max_digits=15, decimal_places=12, required=False)
    frequency_hz = forms.DecimalField(label=_("Frequency"), max_digits=9, decimal_places=2, required=False)
    duty_cycle_percent = forms.DecimalField(label=_("Duty cycle"), max_digits=9, decimal_places=6, required=False)
    wavelength_shares = forms.CharField(
        label=_("Share of each wavelength"), max_length=120, required=False, help_text=_("For example 810: 20, 980: 80 (per cent)")
    )
    copied_from = forms.UUIDField(widget=forms.HiddenInput, required=False)

    UNITS = {
        "average_power_w": "W",
        "emission_s": "s",
        "treated_area_cm2": "cm²",
        "seconds_per_point": "s",
        "spot_area_cm2": "cm²",
        "energy_typed_j": "J",
        "peak_power_w": "W",
        "pulse_duration_s": "s",
        "frequency_hz": "Hz",
        "duty_cycle_percent": "%",
    }
    SETTINGS = ("handpiece", "protocol", "region", "technique", "levels", "points", *UNITS)
    LISTS: Mapping[str, tuple[codes.CodeList, Any]] = {
        "region": ("body_regions", _("choose")),
        "side": ("sides", _("not stated")),
        "technique": ("laser_techniques", _("choose")),
    }

    def __init__(self, *args: Any, equipment: Equipment, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, unit in self.UNITS.items():
            field = self.fields[name]
            field.unit = unit  # type: ignore[attr-defined]
            field.localize = False
            field.widget.attrs |= {"step": "any", "inputmode": "decimal", "min": "0"}
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]
        for name, (listed, blank) in self.LISTS.items():
            self._offer(name, _offered(listed, blank=str(blank)))
        self._offer("device", [("", _("no laser at this site")), *((str(each.pk), each.name) for each in equipment.devices)])
        self._offer("handpiece", [("", _("not stated")), *((str(e.pk), f"{e.device.name}: {e.name}") for e in equipment.handpieces)])
        self._offer("protocol", [("", _("none")), *((str(each.pk), each.name) for each in equipment.protocols)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_levels(self) -> tuple[str, ...]:
        """Levels as a tuple of C1 to S5."""
        return _levels(self.cleaned_data["levels"])

    def clean_wavelength_shares(self) -> dict[str, str]:
        """Shares as nm → per cent, kept as typed."""
        shares: dict[str, str] = {}
        for part in filter(None, (part.strip() for part in self.cleaned_data["wavelength_shares"].split(","))):
            wavelength, _separator, share = (piece.strip() for piece in part.partition(":"))
            try:
                shares[str(float(wavelength)).removesuffix(".0")] = str(forms.DecimalField().clean(share or "100"))
            except (ValueError, forms.ValidationError):
                raise forms.ValidationError(_("Write wavelength and share like 810: 20, 980: 80.")) from None
        return shares

    def clean(self) -> dict[str, Any]:
        """A site needs a region and a technique as soon as it has a device, and a device as soon as it has a setting."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("device") and any(data.get(name) for name in self.SETTINGS):
            self.add_error("device", _("Choose the device, or empty the settings of this site: without it they would be lost."))
        if data.get("device"):
            for name in ("region", "technique"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Choose one."))
        return data

    def record(self) -> LaserRecord | None:
        """The site as a record; None when no device was chosen."""
        data = dict(self.cleaned_data)
        device = data.pop("device")
        if not device:
            return None
        handpiece, protocol = data.pop("handpiece"), data.pop("protocol")
        data["mode"] = data["mode"] or LaserMode.CONTINUOUS
        return LaserRecord(
            device_id=UUID(device),
            handpiece_id=UUID(handpiece) if handpiece else None,
            protocol_id=UUID(protocol) if protocol else None,
            **data,
        )


class OtherForm(forms.Form):
    """Another treatment of the day: one coded list over all kinds."""

    treatment = forms.ChoiceField(label=_("Treatment"), required=False)
    grade = forms.ChoiceField(label=_("Grade"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    side = forms.ChoiceField(label=_("Side"), required=False)
    levels = forms.CharField(label=_("Spinal levels"), max_length=60, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, required=False)

    LISTS_BY_KIND: Mapping[str, codes.CodeList] = {
        "manual_therapy": "manual_therapy_techniques",
        "exercise": "exercise_families",
        "education": "education_topics",
        "other_modality": "other_modalities",
        "medicine": "medicine_classes",
        "injection": "injection_kinds",
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups: list[tuple[Any, Any]] = [
            (label, [(f"{kind}:{key}", words) for key, words in _offered(self.LISTS_BY_KIND[kind])])
            for kind, label in OtherTreatment.Kind.choices
        ]
        offers: dict[str, list[tuple[Any, Any]]] = {
            "treatment": [("", _("choose")), *groups],
            "grade": _offered("manual_therapy_grades", blank="–"),
            "region": _offered("body_regions", blank="–"),
            "side": _offered("sides", blank="–"),
        }
        for name, choices in offers.items():
            cast("forms.ChoiceField", self.fields[name]).choices = choices
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]
        self.fields["minutes"].unit = "min"  # type: ignore[attr-defined]

    def clean_levels(self) -> tuple[str, ...]:
        """Levels as a tuple of C1 to S5."""
        return _levels(self.cleaned_data["levels"])

    def clean(self) -> dict[str, Any]:
        """Minutes, grade or place belong to a treatment."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("treatment") and any(data.get(name) for name in ("grade", "region", "side", "levels", "minutes")):
            self.add_error("treatment", _("Choose the treatment, or empty this row: without it the row would be lost."))
        return data

    def record(self) -> OtherRecord | None:
        """The treatment as a record; None when none was chosen."""
        data = dict(self.cleaned_data)
        kind, _separator, code = data.pop("treatment").partition(":")
        return OtherRecord(kind=kind, code=code, **data) if kind else None


class WholeVisit:
    """The three parts together: one visit form, up to six sites, up to eight other treatments."""

    def __init__(self, data: Mapping[str, Any] | None, *, equipment: Equipment, sites: int = 1, others: int = 1) -> None:
        self.equipment = equipment
        self.visit = VisitForm(data)
        if data is not None:
            sites, others = max(sites, _counted(data, "laser")), max(others, _counted(data, "other"))
        self.sites = [LaserForm(data, prefix=f"laser-{n}", equipment=equipment) for n in range(min(sites, MOST_SITES))]
        self.others = [OtherForm(data, prefix=f"other-{n}") for n in range(min(others, MOST_OTHER))]

    @property
    def laser_folds(self) -> bool:
        """Whether the settings may be folded away: nothing in them is wrong, and none was entered by hand."""
        return not any(site.errors for site in self.sites if site.is_bound) and all(
            site["copied_from"].value() or not site["device"].value() for site in self.sites
        )

    @property
    def has_others(self) -> bool:
        """Whether another treatment was entered, or one is wrong."""
        return any(part["treatment"].value() or (part.is_bound and part.errors) for part in self.others)

    @property
    def has_more(self) -> bool:
        """Whether the last block holds something."""
        return any(self.visit[name].value() or self.visit[name].errors for name in ("note", "occurred_at"))

    @property
    def all(self) -> list[forms.Form]:
        """Every part, in the order of the page."""
        return [self.visit, *self.sites, *self.others]

    def is_valid(self) -> bool:
        """Whether every part is; each keeps its own errors."""
        return all([part.is_valid() for part in self.all])  # noqa: C419  every part is to find its errors

    def record(self, occurred_at: datetime) -> VisitRecord:
        """What was recorded, of a treatment at this instant unless another was entered; only after `is_valid()`."""
        data = dict(self.visit.cleaned_data)
        data.pop("revision")
        return VisitRecord(
            occurred_at=data.pop("occurred_at") or occurred_at,
            laser=tuple(laser for site in self.sites if (laser := site.record())),
            other=tuple(other for part in self.others if (other := part.record())),
            **data,
        )

    def show(self, objections: list[Objection]) -> None:
        """Put the service's objections beside the fields they are about."""
        for objection in objections:
            message = translate_now(objection.sentence) % {"limit": objection.limit}
            part, name = self._place(objection.field)
            part.add_error(name if name in part.fields else None, message)

    def _place(self, field: str) -> tuple[forms.Form, str]:
        kind, _separator, rest = field.partition("-")
        place, _separator, name = rest.partition("-")
        groups: dict[str, list[Any]] = {"laser": self.sites, "other": self.others}
        parts = groups.get(kind, [])
        named = {"emission_time_s": "emission_s", "time_per_point_s": "seconds_per_point", "code": "treatment"}
        if place.isdigit() and int(place) < len(parts):
            return parts[int(place)], named.get(name, name)
        return self.visit, field


def _counted(data: Mapping[str, Any], prefix: str) -> int:
    """How many parts of a kind the data holds."""
    return max((whole_number(key.split("-")[1], none=-1) + 1 for key in data if key.startswith(f"{prefix}-")), default=0)


def whole_number(text: str | None, *, none: int) -> int:
    """A counter that came with a request; `none` for anything that is not a short plain number."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else none


def filled(data: QueryDict, sites: Iterable[tuple[int, Mapping[str, Any]]]) -> QueryDict:
    """The form's data with the settings of these sites put in by place; everything else, and every finding, stays."""
    made = data.copy()
    for place, values in sites:
        for name in LaserForm.base_fields.keys() & values.keys():
            made[f"laser-{place}-{name}"] = str(values[name])
    return made
