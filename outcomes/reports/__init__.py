"""The reports, named one by one: nothing is found by magic."""

from outcomes.reports.base import Report
from outcomes.reports.outcome import REPORT as OUTCOME

REPORTS: tuple[Report, ...] = (OUTCOME,)


def report_by_key(key: str) -> Report | None:
    """One report by the name in its address."""
    return next((report for report in REPORTS if report.key == key), None)
