"""Scores in words: with the scale's decimals, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from outcomes.registry import instruments
from outcomes.wording import written


@pytest.mark.parametrize(
    ("scale", "value", "language", "words"),
    [
        ("pain.back.7d", "10", "en", "10"),
        ("disability.odi", "35.55555", "en", "35.6"),
        ("disability.odi", "35.55555", "de", "35,6"),
        ("disability.odi", "36", "en", "36.0"),
        ("disability.odi", None, "en", "–"),
    ],
)
def test_a_score_is_written_with_its_scales_decimals_as_the_reader_writes_numbers(
    scale: str, value: str | None, language: str, words: str
) -> None:
    with translation.override(language):
        assert written(instruments().scale(scale), None if value is None else Decimal(value)) == words
