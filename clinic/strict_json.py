"""JSON as we accept it from outside: no surprise that a database or a reader further on would have to handle.

Refused, each with its reason and the place where it stands: NUL characters and lone surrogates (PostgreSQL cannot store them),
duplicate keys (which one is meant?), NaN and infinities (not JSON), numbers of absurd size, nesting deeper than 20, more than
20,000 values, bodies over 1 MB.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

MAXIMUM_BYTES = 1024 * 1024
MAXIMUM_DEPTH = 20
MAXIMUM_DIGITS = 40
MAXIMUM_VALUES = 20_000

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,80}", re.ASCII)


class NotAcceptable(ValueError):
    """The body is not JSON as we accept it. `code` is for programs, the message for people, `field` the place; no value is repeated."""

    def __init__(self, code: str, message: str, field: str = "body") -> None:
        super().__init__(message)
        self.code, self.field = code, field


@dataclass(frozen=True)
class _Refused:
    """Stands in the data where something is refused, until its place is known. `key`: the key it is about, if any."""

    code: str
    message: str
    key: str = ""


def parse(body: bytes) -> Any:
    """Bytes → JSON data, numbers with a fraction as Decimal. Raises NotAcceptable."""
    if len(body) > MAXIMUM_BYTES:
        raise NotAcceptable("too_large", "The body is larger than 1 MB.")
    if body.count(b",") > MAXIMUM_VALUES:  # commas inside of texts count too: no field of ours takes a text with so many
        raise NotAcceptable("too_many_values", "The body holds too many values.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise NotAcceptable("not_utf8", "The body is not UTF-8.") from None
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_fraction, parse_int=_integer)
    except RecursionError:
        raise _too_deep(()) from None
    except json.JSONDecodeError as error:
        raise NotAcceptable("not_json", f"The body is not JSON (line {error.lineno}, column {error.colno}).") from None
    _inspect(data, ())
    return data


def field_name(path: Iterable[object]) -> str:
    """A place in a body as answers name it, "laser.0.region"; keys that are no plain names end it: what was sent is not repeated."""
    named: list[str] = []
    for step in path:
        if not _PLAIN_NAME.fullmatch(str(step)):
            break
        named.append(str(step))
    return ".".join(named) or "body"


def _object(pairs: list[tuple[str, Any]]) -> Any:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    [(twice, _)] = Counter(key for key, _ in pairs).most_common(1)
    return _Refused("duplicate_key", "A key stands twice in one object.", twice)


def _constant(name: str) -> _Refused:
    return _Refused("not_a_number", "NaN and infinities are not JSON.")


def _fraction(text: str) -> Decimal | _Refused:
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent beyond what Decimal can hold
        return _out_of_range()
    if len(text) > MAXIMUM_DIGITS or abs(number.adjusted()) > MAXIMUM_DIGITS:
        return _out_of_range()
    return number


def _integer(text: str) -> int | _Refused:
    return _out_of_range() if len(text) > MAXIMUM_DIGITS else int(text)


def _out_of_range() -> _Refused:
    return _Refused("number_out_of_range", "A number is out of range.")


def _too_deep(path: tuple[object, ...]) -> NotAcceptable:
    return NotAcceptable("too_deep", f"The body is nested deeper than {MAXIMUM_DEPTH}.", field_name(path[:1]))


def _inspect(value: Any, path: tuple[object, ...]) -> None:
    if isinstance(value, _Refused):
        raise NotAcceptable(value.code, value.message, field_name([*path, value.key] if value.key else path))
    if isinstance(value, str):
        _inspect_text(value, path)
    elif isinstance(value, dict | list):
        if len(path) >= MAXIMUM_DEPTH:
            raise _too_deep(path)
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(step, str):
                _inspect_text(step, path)
            _inspect(inner, (*path, step))


def _inspect_text(text: str, path: tuple[object, ...]) -> None:
    if "\x00" in text:
        raise NotAcceptable("nul_character", "A text contains a NUL character.", field_name(path))
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise NotAcceptable("lone_surrogate", "A text contains half of a surrogate pair.", field_name(path))
