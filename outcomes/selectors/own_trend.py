"""A patient's own course in plain words: where it began, where it is now, and which way is better. No interval, no praise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from outcomes.instruments import Instrument, Scale
from outcomes.selectors.record import local_day, trend
from outcomes.wording import written


@dataclass(frozen=True)
class OwnLine:
    """One scale: what it is about, a sentence, and the first and newest value with their days."""

    name: str
    sentence: str
    first: tuple[date, str] | None
    newest: tuple[date, str]


def own_lines(course_id: UUID, asked: Sequence[Instrument], language: str, zone: ZoneInfo) -> list[OwnLine]:
    """One line for each scale of these instruments that has a score; three statements."""
    wanted = {scale.id for instrument in asked for scale in instrument.scales}
    lines = []
    for each in trend(course_id).scales:
        points = [(local_day(point.at, zone), point.value) for point in each.points if point.value is not None]
        if each.scale.id in wanted and points:
            lines.append(_line(each.scale, points, language))
    return lines


def _line(scale: Scale, points: Sequence[tuple[date, Decimal]], language: str) -> OwnLine:
    (first_day, first), (newest_day, newest) = points[0], points[-1]
    now = {"now": written(scale, newest), "most": written(scale, scale.maximum), "name": scale.label(language)}
    better = _("Lower is better.") if scale.lower_is_better else _("Higher is better.")
    if len(points) == 1:
        sentence = _("It is %(now)s on a scale that ends at %(most)s.") % now
        return OwnLine(now["name"], f"{sentence} {better}", None, (newest_day, now["now"]))
    sentence = _("It was %(then)s, now it is %(now)s.") % {**now, "then": written(scale, first)}
    return OwnLine(now["name"], f"{sentence} {better}", (first_day, written(scale, first)), (newest_day, now["now"]))


def answer_words(instrument: Instrument, language: str, items: Iterable[str], given: dict[str, Any]) -> list[str]:
    """The answers to one page in words, for the person who gave them; empty when it was skipped."""
    shown = instrument.translation(language)
    if shown is None:
        return []
    none = instrument.confirm_none
    words = [_word(instrument, shown, item_id, given[item_id]) for item_id in items if given.get(item_id) not in (None, False)]
    if none and given.get(none) is True:
        words.append(str(shown.none_of_these))
    return words


def _word(instrument: Instrument, shown: Any, item_id: str, answer: Any) -> str:
    item, text = instrument.item(item_id), shown.items[item_id]
    if item.kind == "tick":
        return str(text.text)
    if item.kind == "section":
        return str(text.options[int(answer) - item.minimum])
    return _("%(answer)s of %(most)s") % {"answer": answer, "most": item.maximum}
