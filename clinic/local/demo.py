"""How far the demo has been filled in: today's slice before the first page, the rest behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

PASSWORD = "backlight-demo"  # noqa: S105 (public on purpose: two invented clinics, reachable from this machine alone)
LOGINS = {
    "therapist@demo.example": "therapist",
    "manager@demo.example": "manager",
    "frontdesk@demo.example": "front desk",
    "owner@demo.example": "clinic administrator",
    "other@demo.example": "therapist of the other clinic",
}

SLUGS = ("harbour", "meadow")  # the two clinics' part of every address


class Demo:
    """How far the demo is, noted in the data folder: no file, `today`, `complete`, or `removed`."""

    def __init__(self, note: Path, *, wished: bool) -> None:
        self.note, self.wished = note, wished

    @classmethod
    def in_folder(cls, data: Path, *, wished: bool = True) -> Demo:
        """The demo of a data folder."""
        return cls(data / "demo-state", wished=wished)

    def wanted(self, is_empty: Callable[[], bool]) -> bool:
        """Whether today's slice has to be filled in: wished for, not done, and no clinic there whose data it could mix with."""
        return self.wished and not self.note.exists() and is_empty()

    def today_is_done(self) -> None:
        """Note that the first pages can be shown."""
        self.note.write_text("today", encoding="utf-8")

    def unfinished(self) -> bool:
        """Whether the rest still has to be filled in, perhaps after an interrupted start."""
        return self.wished and self.note.exists() and self.note.read_text(encoding="utf-8") == "today"

    def is_complete(self) -> None:
        """Note that nothing is left to fill in."""
        self.note.write_text("complete", encoding="utf-8")

    def is_removed(self) -> None:
        """Note that the demo was removed: from the next start on there is none, and no inbox that keeps mail here."""
        self.note.write_text("removed", encoding="utf-8")

    def was_removed(self) -> bool:
        """Whether somebody removed the demo of this folder."""
        return self.note.exists() and self.note.read_text(encoding="utf-8") == "removed"

    def logins(self) -> str:
        """Who can sign in to the demo; empty when there is none."""
        if not self.note.exists() or not self.wished:
            return ""
        lines = [f"  {email:<24} {role}" for email, role in LOGINS.items()]
        return "\n".join([f"demo logins, password {PASSWORD}:", *lines])
