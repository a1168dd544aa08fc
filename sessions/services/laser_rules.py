"""Deciding about laser records."""

from __future__ import annotations

from clinic.models import Clinic
from clinic.scoping import current_clinic_id
from clinic.writes import Actor, audited, nothing_to_write, writes
from sessions.models import LaserRules


@writes("laser_rules.decide")
def decide_laser_rules(*, actor: Actor, dose_check: bool, measure_every_days: int | None = None) -> LaserRules:
    """Whether visits are compared with published windows, and after how many days the output is measured again (None: never asked).

    Visits are stored alike whatever is decided.
    """
    Clinic.objects.select_for_update(no_key=True).get(pk=current_clinic_id())  # two first decisions at once make one row
    rules = LaserRules.objects.first() or LaserRules()
    if not rules._state.adding and (rules.dose_check, rules.measure_every_days) == (dose_check, measure_every_days):
        nothing_to_write()
        return rules
    rules.dose_check, rules.measure_every_days = dose_check, measure_every_days
    rules.save()
    audited(rules, dose_check=dose_check, measure_every_days=measure_every_days)
    return rules
