"""What the clinic has decided about its laser records."""

from __future__ import annotations

from sessions.models import LaserRules


def laser_rules() -> LaserRules:
    """The rules of the open clinic; everything is off where nothing was decided yet. One statement."""
    found: LaserRules | None = LaserRules.objects.first()
    return found or LaserRules()
