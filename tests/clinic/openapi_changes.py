"""What a change of the interface's description would break for a program that was written against the former one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_METHODS = ("get", "post", "patch", "put", "delete")


def breaking(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Each change that breaks a caller: what was removed, renamed, narrowed or newly demanded. Additions break nobody."""
    return [f"{place}: {what}" for place, what in _changes(old, new)]


def _changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, methods in old["paths"].items():
        for method in (name for name in _METHODS if name in methods):
            place = f"{method.upper()} {path}"
            if method not in new["paths"].get(path, {}):
                yield place, "removed"
                continue
            yield from ((place, what) for what in _operation(methods[method], new["paths"][path][method], old, new))


def _operation(was: dict[str, Any], now: dict[str, Any], old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    before = {(each["in"], each["name"]): each for each in was.get("parameters", [])}
    after = {(each["in"], each["name"]): each for each in now.get("parameters", [])}
    yield from (f"parameter {name} removed" for where, name in before if (where, name) not in after)
    for key, parameter in after.items():
        if parameter.get("required") and not before.get(key, {}).get("required"):
            yield f"parameter {key[1]} newly required"
        if key in before:
            yield from _shape(before[key]["schema"], parameter["schema"], old, new, key[1], taken=True)
    yield from _shape(_content(was.get("requestBody")), _content(now.get("requestBody")), old, new, "body", taken=True)
    for status, answer in was["responses"].items():
        if status not in now["responses"]:
            yield f"answer {status} removed"
        else:
            yield from _shape(_content(answer), _content(now["responses"][status]), old, new, f"answer {status}", taken=False)


def _content(holder: dict[str, Any] | None) -> dict[str, Any]:
    contents = list((holder or {}).get("content", {}).values())
    return dict(contents[0]["schema"]) if contents else {}


def _resolved(shape: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    """A schema with its reference followed; what stands beside one reference is laid over it."""
    found = dict(shape)
    for part in [*([{"$ref": found.pop("$ref")}] if "$ref" in found else []), *found.pop("allOf", [])]:
        target = whole["components"]["schemas"][part["$ref"].rsplit("/", 1)[-1]] if "$ref" in part else part
        found = _resolved(target, whole) | found
    return found


def _values(shape: dict[str, Any], whole: dict[str, Any]) -> set[Any]:
    several = [_resolved(each, whole) for each in shape.get("oneOf", [])]
    return set(shape.get("enum", ())).union(*(each.get("enum", ()) for each in several))


def _shape(was: dict[str, Any], now: dict[str, Any], old: dict[str, Any], new: dict[str, Any], place: str, *, taken: bool) -> Iterator[str]:
    was, now = _resolved(was, old), _resolved(now, new)
    if was.get("type") != now.get("type") and "type" in was:
        yield f"{place} changed from {was['type']} to {now.get('type')}"
        return
    gone = _values(was, old) - _values(now, new)
    if gone and (taken or _values(now, new)):
        yield f"{place} knows {', '.join(sorted(map(str, gone)))} no more"
    before, after = was.get("properties", {}), now.get("properties", {})
    yield from (f"{place}.{name} removed" for name in before if name not in after)
    if taken:
        yield from (f"{place}.{name} newly required" for name in sorted(set(now.get("required", ())) - set(was.get("required", ()))))
        if now.get("maxLength", 10**9) < was.get("maxLength", 10**9):
            yield f"{place} became shorter"
    for name in before.keys() & after.keys():
        yield from _shape(before[name], after[name], old, new, f"{place}.{name}", taken=taken)
    if "items" in was and "items" in now:
        yield from _shape(was["items"], now["items"], old, new, f"{place}[]", taken=taken)
