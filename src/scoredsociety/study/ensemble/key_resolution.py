"""How finely a key can be set: whole numbers, cents of a point, or any decimal."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from scoredsociety.runs.documents.validate import schemas
from scoredsociety.scheme.model.values import MOST_POINTS


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    return {kind: schema for kind, schema in schemas().items() if kind != "patch"}


def places_of(key: str) -> int | None:
    """Decimal places of a key such as ``rule.loan_arrears.points``: 0, 2, or None for any."""
    for schema in _schemas().values():
        found = _at(schema, key.split("."), schema)
        if found is not None:
            return _places(found, schema)
    return None


def _places(found: Mapping[str, Any], schema: Mapping[str, Any]) -> int | None:
    options = [_resolved(one, schema) for one in found.get("anyOf", [found])]
    if any(one.get("type") == "integer" for one in options):
        return 0
    if any(one.get("minimum") == -MOST_POINTS for one in options):
        return 2
    return None


def _resolved(node: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
    while isinstance(node, dict) and "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
    return node if isinstance(node, dict) else {}


def _at(schema: Mapping[str, Any], steps: list[str], node: Any) -> dict[str, Any] | None:
    """The part of a schema at a path of keys; rows of lists are passed by their id."""
    here = _resolved(node, schema)
    if not steps:
        return here
    for option in [here, *(_resolved(one, schema) for one in here.get("anyOf", []))]:
        if "items" in option:
            return _at(schema, steps[1:], option["items"])
        if steps[0] in option.get("properties", {}):
            return _at(schema, steps[1:], option["properties"][steps[0]])
    return None
