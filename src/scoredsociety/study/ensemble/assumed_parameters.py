"""Assumed numbers of people and of a scheme, and the bounds within which an audit moves them.

Numbers that stand or fall together are moved as one: the thresholds of the grades by a shift, the
memory of all records by a factor. What is assumed and no number is named with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from scoredsociety.scheme.tables import FOREVER

ROWS = ("rule", "component", "consequence", "category", "rating", "partner")
SINGLE = ("scheme", "dynamics", "appeal", "trust")  # tables that a scheme has once
# The farthest from 0 that the format lets a key go: twice a large number ends there.
FARTHEST = {
    "severity": 9, "shift": 1, "value": 1, "short": 1, "opt_in_share": 1, "consent_share": 1,
    "grades_from": 1, "meetings": 12, "gravity_from": 9, "gravity_stars": 4,
}  # fmt: skip
SHORTEST = {"months": 1, "memory_months": 1}  # below which the format lets no key go
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Number:
    """An assumed number, the bounds within which it is moved, and whether it must be whole."""

    key: str  # as for --set
    low: float
    high: float
    whole: bool = False
    places: int | None = None  # digits after the point, where the format has a limit

    def at(self, share: float) -> float:
        """The value at a share of the way from low to high."""
        return self.low + share * (self.high - self.low)

    def sets(self, share: float) -> tuple[str, ...]:
        """The ``--set`` of the number at a share of the way from low to high."""
        value = self.at(share)
        digits = f"{value:.6g}" if self.places is None else f"{value:.{self.places}f}"
        return (f"{self.key}={round(value) if self.whole else digits}",)


@dataclass(frozen=True)
class Thresholds(Number):
    """The assumed thresholds of all grades, shifted by the same number of points."""

    starts: tuple[tuple[str, float], ...] = ()  # grade and where it starts

    def sets(self, share: float) -> tuple[str, ...]:
        """A ``--set`` of each threshold, in hundredths of a point."""
        shift = self.at(share)
        return tuple(f"grade.{name}.from={start + shift:.2f}" for name, start in self.starts)


@dataclass(frozen=True)
class Remembered(Number):
    """The assumed memory of all records (``[dynamics.memory]``), times the same factor."""

    memory: Row | None = None

    def sets(self, share: float) -> tuple[str, ...]:
        """The whole table anew, with its months times the factor, one month at the least."""
        return (f"{self.key}={toml_of(times(self.memory or {}, self.at(share)))}",)


def of_scheme(document: Row) -> tuple[list[Number], list[str]]:
    """The numbers that the scheme itself marks as assumed, from half to twice (assumed bounds),
    or to the end of what the format allows.

    Also what is assumed and is no number that could be moved alone, each with the reason.
    """
    found: list[Number] = []
    other: list[str] = []
    for key, name, value in _marked(document):
        if key == "dynamics.memory":
            put(remembered(value), found, other)
        elif name in ("weight", "share"):
            other.append(f"{key}: shares add up to one, so none moves alone")
        elif key.startswith("scheme.") and not isinstance(value, Decimal):
            other.append(f"{key}: says whom the scheme is for, so it stays")
        elif isinstance(value, bool) or not isinstance(value, int | Decimal) or not value:
            other.append(f"{key}: is not one number other than 0")
        elif name == "memory_months" and value >= FOREVER:
            other.append(f"{key}: lasts for ever, which no factor changes")
        else:
            most = float(FARTHEST.get(name, "inf"))
            twice = min(max(float(value) * 2, -most), most)
            low, high = sorted((float(value) / 2, twice))
            low = max(low, float(SHORTEST.get(name, "-inf")))
            high = min(high, float(FOREVER - 1)) if name == "memory_months" else high
            places = 2 if name == "points" else None  # a score counts in centipoints
            found.append(Number(key, low, high, isinstance(value, int), places))
    put(thresholds(document), found, other)
    other += [f"score.{name}: the scale stays, for all else is measured on it"
              for name in document["score"].get("assumed", ())]  # fmt: skip
    other += [f"grade.{row['id']}.{name}: grades by rank keep their order, so none moves alone"
              for row in document.get("grade", ()) for name in row.get("assumed", ())
              if name != "from"]  # fmt: skip
    return found, other


def put(one: Number | str | None, found: list[Number], other: list[str]) -> None:
    """A number to the numbers, a reason to the others; nothing where there is neither."""
    if isinstance(one, str):
        other.append(one)
    elif one is not None:
        found.append(one)


def _marked(document: Row) -> Iterator[tuple[str, str, Any]]:
    """Of everything but scale and grades that is marked as assumed: its path, key and value."""
    for table in SINGLE:
        row = document.get(table) or {}
        yield from ((f"{table}.{name}", name, row.get(name)) for name in row.get("assumed", ()))
    for table in ROWS:
        for row in document.get(table, ()):
            for name in row.get("assumed", ()):
                yield f"{table}.{row['id']}.{name}", name, row.get(name)


def thresholds(document: Row) -> Thresholds | str | None:
    """All assumed thresholds as one shift, up to half the least step between two grades.

    So far they keep their order, among themselves and beside those that a source gives.
    """
    grades = [row for row in document.get("grade", ()) if row.get("from") is not None]
    moved = [row for row in grades if "from" in row.get("assumed", ())]
    if not moved:
        return None
    ends = [document["score"].get(end) for end in ("low", "high")]
    marks = sorted({float(one) for one in (*ends, *(row["from"] for row in grades))
                    if one is not None})  # fmt: skip
    steps = [after - before for before, after in pairwise(marks)]
    if not steps:
        return f"grade.{moved[0]['id']}.from: one threshold on a scale without ends, so no bounds"
    room = min(steps) / 2
    starts = tuple((str(row["id"]), float(row["from"])) for row in moved)
    return Thresholds("grade.*.from (points added)", -room, room, starts=starts)


def remembered(memory: Any) -> Remembered | str:
    """The memory of all records as one factor, or why it is none."""
    if not isinstance(memory, Mapping) or times(memory, 1) == times(memory, 2):
        return "dynamics.memory: holds no number of months"
    return Remembered("dynamics.memory", 0.5, 2, memory=memory)


def times(memory: Any, factor: float) -> Any:
    """A table of months with every number of months times a factor; ``up_to`` is in points."""
    if isinstance(memory, Mapping):
        return {key: value if key == "up_to" else times(value, factor)
                for key, value in memory.items() if value is not None}  # fmt: skip
    if isinstance(memory, list | tuple):
        return [times(one, factor) for one in memory]
    if isinstance(memory, int) and memory < FOREVER:
        return max(1, round(memory * factor))
    return memory


def toml_of(value: Any) -> str:
    """A value as TOML on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'"{key}" = {toml_of(one)}' for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_of, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
