"""A month in plain Python in which each phase sees only what it is given.

``python -m tests.engine.phase_access`` (SCOREDSOCIETY_JIT=0) prints what each phase of
engine/phases.py touches, in runs that turn every part of the month on; with ``--poison`` it prints
the digests of those runs where each phase finds a sentinel in every column that it does not
declare, beside the digests of the runs as they are.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
from tests.golden import runs as golden
from tests.golden.runs import Golden, digest_of

from scoredsociety.engine import month
from scoredsociety.engine.month_view import Outputs, Scratch, World
from scoredsociety.engine.phases import PHASES, ROOM, Phase, may_touch
from scoredsociety.engine.tally import Tallies

SENTINEL = 77  # a number that means something nearly everywhere, so that reading it moves results
RUNS = (
    Golden(("national_composite", "judgment_list"), "county", True, True, 11),
    Golden(("wendeng_2020", "sesame_documented"), "county", True, False, 20140614),
    Golden(("uber_riders",), "western_town", False, False, 11),
)


class Watched:
    """A named tuple whose fields, when read, are noted by name."""

    def __init__(self, value: Any, name: str, seen: set[str]) -> None:
        self._value, self._name, self._seen = value, name, seen

    def __getattr__(self, field: str) -> Any:
        found = getattr(self._value, field)
        name = f"{self._name}.{field}" if self._name else field
        if hasattr(found, "_fields"):
            return Watched(found, name, self._seen)
        self._seen.add(name)
        return found


def kind_of(value: Any) -> str | None:
    """What a phase calls one of its arguments; None where it is not a tuple of columns."""
    names = {World: "", Scratch: "scratch", Outputs: "out", Tallies: "tallies"}
    return names.get(type(value))


def watching(seen: dict[str, set[str]], phase: Phase, function: Callable[..., Any]) -> Any:
    """The function, which notes in ``seen`` what it touches."""

    def watched(*args: Any) -> Any:
        given = []
        for one in args:
            name = kind_of(one)
            given.append(one if name is None else Watched(one, name, seen[phase.name]))
        return function(*given)

    return watched


def poisoned(value: Any, prefix: str, phase: Phase, kept: dict[Any, Any]) -> Any:
    """The tuple with a sentinel in each column that the phase does not declare."""
    changed = {}
    for field, one in zip(value._fields, value, strict=True):
        name = f"{prefix}.{field}" if prefix else field
        if hasattr(one, "_fields"):
            if not may_touch(phase, name) or name == "persons" or name == "exchange":
                changed[field] = poisoned(one, name, phase, kept)
        elif isinstance(one, np.ndarray) and (name in ROOM or not may_touch(phase, name)):
            key = (name, one.shape, one.dtype)
            if key not in kept:
                kept[key] = np.empty_like(one)
            kept[key][...] = SENTINEL
            changed[field] = kept[key]
    return value._replace(**changed)


def poisoning(phase: Phase, function: Callable[..., Any]) -> Any:
    """The function, which finds a sentinel in whatever the phase does not declare, and in room."""
    kept: dict[Any, Any] = {}

    def given(*args: Any) -> Any:
        found = []
        for one in args:
            name = kind_of(one)
            found.append(one if name is None else poisoned(one, name, phase, kept))
        return function(*found)

    return given


def main(words: list[str]) -> None:
    """See the module."""
    golden.PEOPLE, golden.MONTHS = 80, 13
    plain = [digest_of(one) for one in RUNS] if "--poison" in words else []
    seen: dict[str, set[str]] = defaultdict(set)
    left = [word.split("=")[1] for word in words if word.startswith("--without=")]
    for phase in PHASES:
        given = phase._replace(
            reads=tuple(one for one in phase.reads if f"{phase.name}:{one}" not in left)
        )
        for name in phase.functions:
            function = getattr(month, name)
            wrapped = poisoning(given, function) if plain else watching(seen, phase, function)
            setattr(month, name, wrapped)
    after = [digest_of(one) for one in RUNS]
    touched = {name: sorted(ones) for name, ones in seen.items()}
    print(json.dumps({"plain": plain, "after": after, "touched": touched}))


if __name__ == "__main__":
    main(sys.argv[1:])
