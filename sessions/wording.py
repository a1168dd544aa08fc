"""Words around a dose: the same sentences for the page, the record and the script."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from sessions import codes
from sessions.dose import REASON_SENTENCES, Computed, Dose, Quantity, compare_energy
from sessions.dose.quantities import number_text
from sessions.dose_windows import SCOPE_SENTENCES, Checked, Verdict
from sessions.output import Delivered
from sessions.records import LaserRecord

QUANTITIES = (
    ("energy_total_j", "energyTotalJ", gettext_noop("Energy")),
    ("energy_per_point_j", "energyPerPointJ", gettext_noop("Energy per point")),
    ("fluence_j_cm2", "fluenceJCm2", gettext_noop("Fluence at a point")),
    ("area_dose_j_cm2", "areaDoseJCm2", gettext_noop("Area dose (mean over the treated area)")),
    ("irradiance_w_cm2", "irradianceWCm2", gettext_noop("Irradiance in the beam")),
    ("mean_irradiance_w_cm2", "meanIrradianceWCm2", gettext_noop("Mean irradiance over the treated area")),
)
_ONLY_FOR_OTHERS = {"only_for_points", "only_for_scanning"}


@dataclass(frozen=True)
class DoseLine:
    """One quantity for a reader: its value and formula, or why there is none."""

    name: str
    value: str
    formula: str
    why: str


def plain_number(value: Decimal | None) -> str:
    """A stored decimal as a person types it, without its column's zeros and without an exponent: 12, not 12.00000. None: ""."""
    return "" if value is None else format(value.normalize(), "f")


def dose_of(record: LaserRecord) -> tuple[DoseLine, ...]:
    """The quantities of one site that its technique defines."""
    return _lines(record.dose())


def _lines(dose: Dose) -> tuple[DoseLine, ...]:
    found = []
    for name, _script_name, label in QUANTITIES:
        quantity: Quantity = getattr(dose, name)
        if isinstance(quantity, Computed):
            found.append(DoseLine(_(label), quantity.text, quantity.formula, ""))
        elif str(quantity.reason) not in _ONLY_FOR_OTHERS:
            found.append(DoseLine(_(label), "", "", not_computable(_(quantity.sentence))))
    return tuple(found)


def not_computable(reason: str) -> str:
    """ "Not computable, because …", in the reader's language."""
    return _("not computable, because %(reason)s") % {"reason": reason}


def dose_shown(record: LaserRecord | None) -> dict[str, Any]:
    """What the form shows under a site without a script: its quantities, and whether the console differs. None: nothing to compute yet."""
    if record is None:
        return {"lines": (), "differs": ""}
    dose = record.dose()
    compared = compare_energy(record.energy_typed_j, dose.energy_total_j)
    return {"lines": _lines(dose), "differs": console_differs() if compared.differs else ""}


VERDICTS = {
    Verdict.BELOW: gettext_noop("below the published window"),
    Verdict.WITHIN: gettext_noop("within the published window"),
    Verdict.ABOVE: gettext_noop("above the published window"),
}


@dataclass(frozen=True)
class WindowLine:
    """Where the energy at one place lies beside a published table, in words; without a verdict, every condition that fails."""

    place: str
    verdict: str
    numbers: str
    why: tuple[str, ...]
    contradiction: str
    citation: str


def window_line(checked: Checked) -> WindowLine:
    """One comparison for a reader. It says where the record lies and names its source; it never says what to give."""
    numbers = contradiction = ""
    if checked.verdict is not None:
        values = {"energy": checked.energy_j, "low": checked.low_j, "high": checked.high_j}
        numbers = _("%(energy)s J; the window is %(low)s to %(high)s J") % {name: plain_number(value) for name, value in values.items()}
    if checked.row_contradicts_itself and checked.row:
        told = {
            "points": checked.points,
            "least": plain_number(checked.row.joules_per_point_min),
            "joules": plain_number(checked.row.joules),
        }
        contradiction = (
            _(
                "The table contradicts itself here: "
                "%(points)s points of at least %(least)s J each come to more than its %(joules)s J in all."
            )
            % told
        )
    return WindowLine(
        _(codes.label("body_regions", checked.region)),
        _(VERDICTS[checked.verdict]) if checked.verdict else "",
        numbers,
        tuple(_(SCOPE_SENTENCES[reason]) for reason in checked.refused),
        contradiction,
        checked.citation,
    )


def delivered_words(delivered: Delivered | None, set_energy_j: Decimal | None) -> str:
    """What the last measured power makes of an energy, beside the one that was set; "" where nothing was measured."""
    if delivered is None:
        return ""
    if delivered.energy_j is None:
        waves = ", ".join(f"{plain_number(wave)} nm" for wave in delivered.unmeasured_nm)
        return _("The measured power is not used: nothing was measured at %(waves)s.") % {"waves": waves}
    readings = "; ".join(
        _("%(measured)s W measured at %(wave)s nm while %(given)s W was set, on %(day)s")
        % {
            "measured": plain_number(each.measured_power_w),
            "given": plain_number(each.set_power_w),
            "wave": plain_number(each.wavelength_nm),
            "day": date_format(each.measured_on),
        }
        for each in delivered.readings
    )
    energies = {"energy": number_text(delivered.energy_j, 4), "given": number_text(set_energy_j or Decimal(0), 4), "readings": readings}
    return _("Delivered by the last measured power: %(energy)s J; as set: %(given)s J (%(readings)s).") % energies


def console_differs() -> str:
    """The warning about a console reading more than 5 % off."""
    # xgettext:no-python-format
    return _("The console's energy differs by more than 5 % from power × time. Both are kept.")


def script_words() -> dict[str, Any]:
    """Everything the live dose says, for the script: names, reasons, sentences."""
    return {
        "quantities": [[script_name, _(label)] for _name, script_name, label in QUANTITIES],
        "reasons": {str(reason): not_computable(_(sentence)) for reason, sentence in REASON_SENTENCES.items()},
        "hidden": sorted(_ONLY_FOR_OTHERS),
        "differs": console_differs(),
        "total": _("All sites together"),
        "saving": _("Saving …"),
        "unsaved": _("Not saved: no connection. It is tried again."),
        "painAfter": _("pain after the treatment"),
        "painBefore": _("pain before the treatment"),
        "reaction": _("reaction"),
        "missing": _("Not there yet: %(what)s."),
    }
