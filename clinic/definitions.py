"""Clinical content as data: a strict reader for definition files (JSON), without any knowledge of their meaning.

A kind of definition is a frozen dataclass that extends `Definition`. Its annotations are the schema: a key the dataclass
does not name is an error, a field without a default is required, and every problem of a file is reported at once.
Pure: standard library only.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

LicenceState = Literal["free", "permission_needed", "permission_recorded"]


class DefinitionError(ValueError):
    """A definition file is not acceptable. `problems` holds one sentence per fault, each beginning with its place."""

    def __init__(self, source: str, problems: Iterable[str]) -> None:
        self.source = source
        self.problems = tuple(problems)
        super().__init__(f"{source}: " + "; ".join(self.problems))


@dataclasses.dataclass(frozen=True, kw_only=True)
class Definition:
    """What every definition file must say about itself, whatever it defines.

    `licence_state` decides whether wording may be shown: `free`, or `permission_recorded` together with `permission`
    (where the permission can be read). `checked_by` is null until a clinician has checked the file; pages show that.
    `replaces` names the version of the definition with the same key that this file takes the place of.
    """

    key: str
    version: str
    title: str
    language: str
    licence: str
    licence_state: LicenceState
    rights_holder: str
    source: tuple[str, ...]
    authored_by: str
    checked_by: str | None
    date_reviewed: date
    next_review: date
    permission: str | None = None
    replaces: str | None = None
    # Set by the reader, never by the file: what freezes this version, and where it was read.
    checksum: str = dataclasses.field(init=False, default="")
    path: Path | None = dataclasses.field(init=False, default=None, compare=False)

    def problems(self) -> list[str]:
        """Return what the types alone cannot see, one sentence each; subclasses extend the list."""
        found = [
            f"{name}: must not be empty"
            for name in ("key", "version", "title", "language", "licence", "rights_holder", "authored_by")
            if not getattr(self, name).strip()
        ]
        if not self.source:
            found.append("source: at least one is required")
        if self.next_review <= self.date_reviewed:
            found.append("next_review: must be after date_reviewed")
        if self.licence_state == "permission_recorded" and not self.permission:
            found.append("permission: say where the recorded permission can be read")
        return found

    @property
    def wording_allowed(self) -> bool:
        """Whether the licence lets us show this definition's wording to anyone."""
        return self.licence_state != "permission_needed"

    def is_review_due(self, today: date) -> bool:
        """Whether the date for the next review has come."""
        return today >= self.next_review


D = TypeVar("D", bound=Definition)


def load_definitions(schema: type[D], folders: Iterable[Path]) -> dict[str, D]:
    """Read every `*.json` of the folders, built-in folder first, and return the definitions by key.

    A key met twice is an error, unless the later file says with `replaces` which version it takes the place of: a
    clinic's licensed copy may stand in for ours, but never by accident. Raises DefinitionError; FileNotFoundError when
    a folder does not exist.
    """
    found: dict[str, D] = {}
    for folder in folders:
        if not folder.is_dir():
            raise FileNotFoundError(f"definitions folder does not exist: {folder}")
        for path in sorted(folder.glob("*.json")):
            definition = load_definition(schema, path)
            key = definition.key
            earlier = found.get(key)
            if earlier and definition.replaces != earlier.version:
                raise DefinitionError(
                    str(path),
                    [f'key: {key!r} is already defined in {earlier.path}; to take its place say "replaces": "{earlier.version}"'],
                )
            if not earlier and definition.replaces:
                raise DefinitionError(str(path), [f"replaces: there is no earlier definition of {key!r}"])
            found[key] = definition
    return found


def load_definition(schema: type[D], path: Path) -> D:
    """Read one file against its schema. Raises DefinitionError naming every fault of the file."""
    try:
        data = read_json(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise DefinitionError(str(path), [f"not valid JSON: {error}"]) from error
    definition: D = build(schema, data, source=str(path))
    problems = definition.problems()
    if path.stem != definition.key:
        problems.append(f"key: {definition.key!r} must be the file's name, {path.stem!r}")
    if problems:
        raise DefinitionError(str(path), problems)
    object.__setattr__(definition, "checksum", checksum(data))
    object.__setattr__(definition, "path", path)
    return definition


def read_json(text: str) -> Any:
    """Parse JSON with exact decimals, refusing duplicate keys, NaN and Infinity. Raises ValueError."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_unique)


def checksum(data: Any) -> str:
    """Return the SHA-256 (hex) of the canonical JSON: keys sorted, no spaces, UTF-8, numbers as shortest decimals.

    Layout, key order and `0.30` for `0.3` do not change it; any change of content does.
    """
    canonical = json.dumps(_plain(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def build(schema: type[Any], data: Any, *, source: str = "definition") -> Any:
    """Turn parsed JSON into the dataclass `schema`. Raises DefinitionError listing every fault with its place."""
    problems: list[str] = []
    built = _build(schema, data, "", problems)
    if problems:
        raise DefinitionError(source, problems)
    return built


class _WrongError(Exception):
    """A value does not fit its annotation; the message has been noted already."""


def _build(kind: Any, data: Any, place: str, problems: list[str]) -> Any:
    try:
        return _convert(kind, data, place, problems)
    except _WrongError:
        return None


def _convert(kind: Any, data: Any, place: str, problems: list[str]) -> Any:
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, data, place, problems)
    if origin in (Union, types.UnionType):
        return _optional(kind, data, place, problems)
    if origin is Literal:
        if data not in get_args(kind) or isinstance(data, bool):
            _note(problems, place, f"must be one of {', '.join(map(str, get_args(kind)))}")
        return data
    if origin is tuple:
        if not isinstance(data, list):
            _note(problems, place, "must be a list")
        inner = get_args(kind)[0]
        return tuple(_build(inner, value, f"{place}[{number}]", problems) for number, value in enumerate(data))
    if origin in (dict, Mapping):
        if not isinstance(data, dict):
            _note(problems, place, "must be an object")
        inner = get_args(kind)[1]
        values = {key: _build(inner, value, f"{place}.{key}", problems) for key, value in data.items()}
        return types.MappingProxyType(values)
    return _scalar(kind, data, place, problems)


def _optional(kind: Any, data: Any, place: str, problems: list[str]) -> Any:
    options = get_args(kind)
    if data is None and type(None) in options:
        return None
    others = [option for option in options if option is not type(None)]
    if len(others) != 1:
        raise TypeError(f"a schema may only use `X | None`, not {kind}")
    return _convert(others[0], data, place, problems)


def _scalar(kind: Any, data: Any, place: str, problems: list[str]) -> Any:
    if kind is Any:
        return data
    if kind is Decimal and isinstance(data, int | Decimal) and not isinstance(data, bool):
        return Decimal(data)
    if kind is date and isinstance(data, str):
        try:
            return date.fromisoformat(data)
        except ValueError:
            _note(problems, place, "must be a date, YYYY-MM-DD")
    if kind in (str, int, bool) and type(data) is kind:
        return data
    names = {str: "text", int: "a whole number", bool: "true or false", Decimal: "a number", date: "a date, YYYY-MM-DD"}
    if kind not in names:
        raise TypeError(f"a schema cannot use {kind}")
    return _note(problems, place, f"must be {names[kind]}")


def _dataclass(kind: Any, data: Any, place: str, problems: list[str]) -> Any:
    if not isinstance(data, dict):
        _note(problems, place, "must be an object")
    before = len(problems)
    hints = _hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind) if field.init}
    problems.extend(f"{_join(place, name)}: unknown key" for name in sorted(set(data) - set(fields)))
    values = {}
    for name, field in fields.items():
        if name in data:
            values[name] = _build(hints[name], data[name], _join(place, name), problems)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            problems.append(f"{_join(place, name)}: is required")
    if len(problems) > before:
        raise _WrongError
    return kind(**values)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _note(problems: list[str], place: str, message: str) -> Any:
    problems.append(f"{place or 'file'}: {message}")
    raise _WrongError


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"duplicate key {key!r}")
        found[key] = value
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if isinstance(data, Decimal):
        return int(data) if data == data.to_integral_value() else f"decimal:{data.normalize():f}"
    return data
