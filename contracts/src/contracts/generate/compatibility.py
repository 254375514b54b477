"""The gate in front of released schemas: one more optional field with a default, or a new major version."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from contracts.schemas import Schema

_ANNOTATIONS = {"$comment", "$defs", "description", "examples", "title"}
_OF_FIELDS = {"properties", "required"}
_UNORDERED = {"enum", "type"}
_ONE = {"additionalProperties": "{}", "contains": "[]", "items": "[]", "not": "", "propertyNames": "{name}"}
_SEVERAL = {"allOf", "anyOf", "oneOf", "prefixItems"}
_RULES = {
    "anyOf": "type changed",
    "const": "allowed values changed",
    "default": "default changed",
    "enum": "allowed values changed",
    "format": "format changed",
    "type": "type changed",
}


@dataclass(frozen=True, slots=True)
class Violation:
    """One change that a reader of the released version would not survive."""

    field: str
    """Path of the field, e.g. `style_capsule.palette[]`; `(event)` for the event itself."""
    rule: str
    detail: str = ""

    def __str__(self) -> str:
        return f"field {self.field}: {self.rule}{self.detail and f' ({self.detail})'}"


def compatible(old: Schema, new: Schema) -> list[Violation]:
    """Return what forbids that `new` replaces the released `old`; empty when nothing does."""
    return list(_compare("", _inlined(old, old), _inlined(new, new)))


def _compare(path: str, old: Any, new: Any) -> Iterator[Violation]:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        if not _same(old, new):
            yield Violation(path, "type changed", f"{_shown(old)} → {_shown(new)}")
        return
    yield from _compare_fields(path, old, new)
    for keyword in sorted((old.keys() | new.keys()) - _ANNOTATIONS - _OF_FIELDS):
        yield from _compare_keyword(path, keyword, old, new)


def _compare_fields(path: str, old: Schema, new: Schema) -> Iterator[Violation]:
    was, now = old.get("properties", {}), new.get("properties", {})
    had_to, has_to = set(old.get("required", ())), set(new.get("required", ()))
    for name in sorted(was.keys() | now.keys()):
        field = f"{path}.{name}".lstrip(".")
        if name not in now:
            yield Violation(field, "removed field")
        elif name not in was:
            yield from _check_added(field, now[name], required=name in has_to)
        else:
            if name in has_to - had_to:
                yield Violation(field, "now required")
            if name in had_to - has_to:
                yield Violation(field, "no longer required")
            yield from _compare(field, was[name], now[name])


def _check_added(field: str, schema: Schema, *, required: bool) -> Iterator[Violation]:
    if required:
        yield Violation(field, "new required field")
    elif "default" not in schema:
        yield Violation(field, "new field without a default")


def _compare_keyword(path: str, keyword: str, old: Schema, new: Schema) -> Iterator[Violation]:
    if keyword in old and keyword in new:
        was, now = old[keyword], new[keyword]
        if keyword in _ONE:
            yield from _compare(path + _ONE[keyword], was, now)
            return
        if keyword in _SEVERAL and len(was) == len(now):
            for variant, other in zip(was, now, strict=True):
                yield from _compare(path, variant, other)
            return
        if _same(was, now, unordered=keyword in _UNORDERED):
            return
    rule = _RULES.get(keyword, f"constraint {keyword} changed")
    yield Violation(path or "(event)", rule, f"{_keyword(old, keyword)} → {_keyword(new, keyword)}")


def _inlined(schema: Any, root: Schema, seen: tuple[str, ...] = ()) -> Any:
    """Put definitions where they are used, so that renaming or sharing one is no change; a cycle stays a reference."""
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    if reference is not None and reference not in seen:
        target = root["$defs"][reference.rpartition("/")[2]]
        beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        return _inlined({**target, **beside}, root, (*seen, reference))
    return {keyword: _inlined_keyword(keyword, value, root, seen) for keyword, value in schema.items()}


def _inlined_keyword(keyword: str, value: Any, root: Schema, seen: tuple[str, ...]) -> Any:
    inline = partial(_inlined, root=root, seen=seen)
    if keyword in ("properties", "patternProperties"):
        return {name: inline(inner) for name, inner in value.items()}
    if keyword in _SEVERAL:
        return [inline(inner) for inner in value]
    return inline(value) if keyword in _ONE else value


def _same(old: Any, new: Any, *, unordered: bool = False) -> bool:
    # Compared as JSON, because Python holds False equal to 0.
    if unordered and isinstance(old, list) and isinstance(new, list):
        return sorted(map(_json, old)) == sorted(map(_json, new))
    return _json(old) == _json(new)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _keyword(schema: Schema, keyword: str) -> str:
    return _shown(schema[keyword]) if keyword in schema else "none"


def _shown(value: Any) -> str:
    text = _json(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
