"""What a scenario finds: one line `NAME PASS|FAIL figure limit`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One finding. `figure` and `limit` have no spaces, so that the line can be taken apart."""

    name: str
    passed: bool
    figure: str
    limit: str

    def line(self) -> str:
        """As it is printed."""
        return f"{self.name} {'PASS' if self.passed else 'FAIL'} {self.figure} {self.limit}"


def at_most(name: str, value: float, limit: float, unit: str = "") -> Figure:
    """A number that may not be larger."""
    return Figure(name, value <= limit, f"{value:g}{unit}", f"<={limit:g}{unit}")


def exactly(name: str, value: int, wanted: int) -> Figure:
    """A number that has to be this one."""
    return Figure(name, value == wanted, str(value), f"={wanted}")
