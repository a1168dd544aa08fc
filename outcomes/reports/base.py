"""What a report is: filters → courses → numbers → the same numbers as page and CSV."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Stands on every page, print and file of a report that shows change. It cannot be switched off.
CAVEAT = _(
    "Changes shown here are before/after changes in people who sought care. They include natural recovery, regression to the mean, "
    "and the effects of exercise, medicine and attention. A before/after change is not the effect of laser: "
    "there is no control group here, and people who are missing may have fared differently."
)


@dataclass(frozen=True)
class Report:
    """One report: its address, its name, what it answers, and the view that draws it."""

    key: str
    name: Promise | str
    question: Promise | str
    build: Callable[..., Any]
    template: str
