"""Tables of an export that no model is: answers one by one, and what was asked and scored."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from clinic.exporting.tables import CHUNK, Column, Table
from outcomes.models import Response
from outcomes.registry import instruments

DIRECTIONS = (("lower_is_better", "lower is better"), ("higher_is_better", "higher is better"))


def answers() -> Table:
    """One row per answered item, void responses included and marked: no follow-up is left out."""
    columns = (
        Column("response_id", "id", "the row of response that this belongs to"),
        Column("instrument", "text", "see the table item"),
        Column("item", "text", "see the table item"),
        Column("answer", "text", "as it was given; empty: skipped"),
        Column("is_void", "yes or no", "whether the response was marked as not counting"),
    )
    return Table("answer", "One row per item of every response.", columns, lambda: _answers(Response.objects.all()))


def answers_of(people: Collection[UUID]) -> Table:
    """The same, of one person alone."""
    return replace(answers(), rows=lambda: _answers(Response.objects.filter(course__patient_id__in=people)))


def _answers(responses: QuerySet[Response]) -> Iterator[Sequence[Any]]:
    found = responses.order_by("pk").values_list("pk", "instrument", "answers", "void__id")
    for response, instrument, given, void in found.iterator(chunk_size=CHUNK):
        for item, answer in given.items():
            yield [response, instrument, item, answer, void is not None]


def items() -> Table:
    """What was asked. Wordings are not in it: some are licensed."""
    columns = (
        Column("instrument", "text", "key of the instrument, with its version"),
        Column("title", "text", "its name"),
        Column("item", "text", "key of the item"),
    )

    def rows() -> Iterator[Sequence[Any]]:
        for instrument in instruments().values():
            for item in instrument.items:
                yield [instrument.key, instrument.name.get("en", instrument.key), item.id]

    return Table("item", "The items of every instrument.", columns, rows)


def scales() -> Table:
    """What scores mean: range, direction, important change."""
    columns = (
        Column("scale", "text", "as in the table score"),
        Column("instrument", "text", "key of the instrument"),
        Column("minimum", "decimal number", "lowest value"),
        Column("maximum", "decimal number", "highest value"),
        Column("direction", "text", "what is better", codes=DIRECTIONS),
        Column("absolute_change", "decimal number", "change that patients call important, in points"),
        Column("relative_change", "decimal number", "the same as a share of the baseline"),
    )

    def rows() -> Iterator[Sequence[Any]]:
        for instrument in instruments().values():
            for scale in instrument.scales:
                yield [
                    scale.id,
                    instrument.key,
                    scale.minimum,
                    scale.maximum,
                    scale.direction,
                    scale.absolute_change,
                    scale.relative_change,
                ]

    return Table("scale", "The scales that scores are on.", columns, rows)
