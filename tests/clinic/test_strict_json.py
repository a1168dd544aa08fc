"""JSON from outside: what a database or a later reader could not handle is refused, with its place and never its value."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.strict_json import MAXIMUM_BYTES, NotAcceptable, parse

TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
NUMBER = st.integers(-(10**38), 10**38) | st.decimals(-(10**9), 10**9, places=4)
ORDINARY = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def _written(value: Any) -> str:
    """JSON with decimals as numbers, which the standard library does not write."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_written(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return json.dumps(value)


def _verdict(body: bytes) -> str:
    """The code of the refusal, empty when the body is accepted."""
    try:
        parse(body)
    except NotAcceptable as refused:
        return refused.code
    return ""


@settings(deadline=None)
@given(ORDINARY)
def test_ordinary_json_comes_through_unchanged(value: Any) -> None:
    assert parse(_written(value).encode()) == value


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_parsed_or_refused_and_nothing_else_happens(body: bytes) -> None:
    assert _verdict(body) in {"", "not_utf8", "not_json", "duplicate_key", "not_a_number", "number_out_of_range", "nul_character"}


@settings(deadline=None)
@given(st.text(alphabet='{}[]",:0123456789eE+-.\\udNa tfn', max_size=80))
def test_text_that_is_nearly_json_is_parsed_or_refused(text: str) -> None:
    assert _verdict(text.encode()) not in {"too_large", "not_utf8", "too_many_values"}


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        (b'{"note": "a\\u0000b"}', "nul_character", "note"),
        (b'{"note": "\\ud800"}', "lone_surrogate", "note"),
        (b'{"note": "\\udc00\\ud800"}', "lone_surrogate", "note"),
        (b'{"laser": [{"region": "\\u0000"}]}', "nul_character", "laser.0.region"),
        (b'{"pain": 1, "pain": 2}', "duplicate_key", "pain"),
        (b'{"laser": [{}, {"a": 1, "a": 1}]}', "duplicate_key", "laser.1.a"),
        (b'{"pain": NaN}', "not_a_number", "pain"),
        (b'{"pain": -Infinity}', "not_a_number", "pain"),
        (b'{"pain": 1e400}', "number_out_of_range", "pain"),
        (b'{"pain": 1e-400}', "number_out_of_range", "pain"),
        (b'{"pain": 1e99999999999999999999}', "number_out_of_range", "pain"),
        (b'{"pain": ' + b"9" * 401 + b"}", "number_out_of_range", "pain"),
        (b'{"pain": 0.' + b"1" * 60 + b"}", "number_out_of_range", "pain"),
        (b'{"\\u0000": 1}', "nul_character", "body"),
        (b'{"laser": ' + b"[" * 20 + b"]" * 20 + b"}", "too_deep", "laser"),
        (b"[" * 100_000, "too_deep", "body"),
        (b'{"pain": 01}', "not_json", "body"),
        ('{"pain": ７}'.encode(), "not_json", "body"),
        (b'\xef\xbb\xbf{"pain": 1}', "not_json", "body"),
        (b"", "not_json", "body"),
        (b"\xff\xfe", "not_utf8", "body"),
    ],
)
def test_a_hostile_body_is_refused_with_its_reason_and_its_place(body: bytes, code: str, field: str) -> None:
    with pytest.raises(NotAcceptable) as refused:
        parse(body)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_twenty_levels_are_accepted_and_twenty_one_are_not() -> None:
    assert json.dumps(parse(b"[" * 20 + b"1" + b"]" * 20)).count("[") == 20
    with pytest.raises(NotAcceptable):
        parse(b"[" * 21 + b"]" * 21)


def test_one_megabyte_is_accepted_and_a_byte_more_is_not() -> None:
    assert len(parse(b'"' + b"x" * (MAXIMUM_BYTES - 2) + b'"')) == MAXIMUM_BYTES - 2
    with pytest.raises(NotAcceptable) as refused:
        parse(b'"' + b"x" * (MAXIMUM_BYTES - 1) + b'"')
    assert refused.value.code == "too_large"


def test_a_fraction_keeps_every_digit_that_was_sent() -> None:
    assert parse(b'{"power": 0.10, "pair": "\\ud83d\\ude00"}') == {"power": Decimal("0.10"), "pair": "😀"}


def test_a_key_that_is_no_plain_name_is_never_repeated() -> None:
    with pytest.raises(NotAcceptable) as refused:
        parse(b'{"Erika Mustermann <b>": "\\u0000"}')
    assert refused.value.field == "body"
    assert "Erika" not in str(refused.value)


@pytest.mark.parametrize(
    "body",
    [
        b"[" + b"1," * 500_000 + b"1]",
        b"[" + b"1," * 19_999 + b"1]",
        b"{" + b",".join(b'"%d": {"a": 1}' % number for number in range(19_999)) + b"}",
        b'{"a": ' + b"9" * 1_000_000 + b"}",
        b"{" + b",".join(b'"%d": 0' % number for number in range(80_000)) + b"}",
        b'"' + b"\\u0000" * 170_000 + b'"',
    ],
)
def test_the_worst_body_of_a_megabyte_is_answered_within_two_hundred_milliseconds(body: bytes) -> None:
    assert len(body) <= MAXIMUM_BYTES
    spent = []
    for _ in range(3):
        start = time.process_time()
        _verdict(body)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.2
