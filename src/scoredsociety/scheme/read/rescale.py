"""One weight is set, and the others make room: they keep their proportions, and all sum to 1.

A declared rule of ``--set`` and of sweeps: with ``category.relationships.weight=0.1`` each other
category's weight is multiplied by (1 - 0.1) / (the sum of the others); shares of the components of
one category likewise. Weights are rounded to six places, and the heaviest of those that moved
takes what rounding leaves. Weights that a file or a patch gives as tables are left as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

_PLACES = Decimal("0.000001")
_WEIGHTS = {"category": "weight", "component": "share"}


def rescaled(values: Mapping[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    """The values of a scheme with the weights around those that ``paths`` set brought to 1."""
    made = dict(values)
    for table, key in _WEIGHTS.items():
        steps = (path.split(".") for path in paths)
        named = {step[1] for step in steps if len(step) == 3 and (step[0], step[2]) == (table, key)}
        rows = made.get(table)
        if named and isinstance(rows, list):
            made[table] = _rows(rows, key, named)
    return made


def _rows(rows: list[Any], key: str, named: set[str]) -> list[Any]:
    made = list(rows)
    groups = {row.get("category") for row in rows if isinstance(row, dict) and row["id"] in named}
    for group in groups:
        places = [k for k, row in enumerate(rows)
                  if isinstance(row, dict) and row.get("category") == group]  # fmt: skip
        weights = {k: _decimal(rows[k].get(key, 1)) for k in places}
        if any(weight is None for weight in weights.values()):
            continue  # what is no number is told by the check
        known = {k: weight for k, weight in weights.items() if weight is not None}
        others = [k for k in places if rows[k]["id"] not in named]
        rest = 1 - sum((known[k] for k in places if k not in others), Decimal(0))
        total = sum((known[k] for k in others), Decimal(0))
        if rest < 0 or total <= 0 or rest == total:
            continue
        moved = {k: (known[k] * rest / total).quantize(_PLACES) for k in others}
        heaviest = max(others, key=lambda k: moved[k])
        moved[heaviest] += rest - sum(moved.values(), Decimal(0))
        for k, weight in moved.items():
            made[k] = {**rows[k], key: weight}
    return made


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
