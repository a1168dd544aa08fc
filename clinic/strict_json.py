"""JSON as we accept it from outside: no surprise that a database or a reader further on would have to handle.

Refused, each with its reason: NUL characters and lone surrogates (PostgreSQL cannot store them), duplicate keys (which one is
meant?), NaN and infinities (not JSON), numbers of absurd size, nesting deeper than 20, bodies over 1 MB.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

MAXIMUM_BYTES = 1024 * 1024
MAXIMUM_DEPTH = 20
MAXIMUM_DIGITS = 40


class NotAcceptable(ValueError):
    """The body is not JSON as we accept it. `code` is for programs, the message for people; neither repeats the body."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse(body: bytes) -> Any:
    """Bytes → JSON data, numbers with a fraction as Decimal. Raises NotAcceptable."""
    if len(body) > MAXIMUM_BYTES:
        raise NotAcceptable("too_large", "The body is larger than 1 MB.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise NotAcceptable("not_utf8", "The body is not UTF-8.") from None
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_fraction, parse_int=_integer)
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        raise NotAcceptable("not_json", f"The body is not JSON (line {error.lineno}, column {error.colno}).") from None
    _inspect(data, depth=0)
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotAcceptable("duplicate_key", "A key stands twice in one object.")
    return found


def _constant(name: str) -> Any:
    raise NotAcceptable("not_a_number", "NaN and infinities are not JSON.")


def _fraction(text: str) -> Decimal:
    number = Decimal(text)
    if len(text) > MAXIMUM_DIGITS or abs(number.adjusted()) > MAXIMUM_DIGITS:
        raise NotAcceptable("number_out_of_range", "A number is out of range.")
    return number


def _integer(text: str) -> int:
    if len(text) > MAXIMUM_DIGITS:
        raise NotAcceptable("number_out_of_range", "A number is out of range.")
    return int(text)


def _too_deep() -> NotAcceptable:
    return NotAcceptable("too_deep", f"The body is nested deeper than {MAXIMUM_DEPTH}.")


def _inspect(value: Any, *, depth: int) -> None:
    if depth > MAXIMUM_DEPTH:
        raise _too_deep()
    if isinstance(value, str):
        _inspect_text(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _inspect_text(key)
            _inspect(inner, depth=depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _inspect(inner, depth=depth + 1)


def _inspect_text(text: str) -> None:
    if "\x00" in text:
        raise NotAcceptable("nul_character", "A text contains a NUL character.")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NotAcceptable("lone_surrogate", "A text contains half of a surrogate pair.")
