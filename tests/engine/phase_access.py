"""A month in plain Python in which each phase sees only what it is given.

``python -m tests.engine.phase_access`` (SCOREDSOCIETY_JIT=0) prints what each phase of
engine/phases.py touches, in runs that turn every part of the month on, and the digests of those
runs, in which each phase finds a sentinel in every column that it does not declare.
``--without=PHASE:COLUMN`` takes a column from what a phase declares; ``--run=N`` is one run alone.
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

PEOPLE, MONTHS = 80, 13
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


class Poison:
    """Puts a sentinel into whatever a phase does not declare, and into room."""

    def __init__(self, phase: Phase) -> None:
        self.phase = phase
        self.kept: dict[Any, Any] = {}  # by name, shape and type
        self.plans: dict[Any, list[tuple[int, str, bool]]] = {}

    def plan(self, value: Any, prefix: str) -> list[tuple[int, str, bool]]:
        """Places of a tuple to be spoiled, with their names, and whether each is a tuple itself."""
        found = []
        for place, (field, one) in enumerate(zip(value._fields, value, strict=True)):
            name = f"{prefix}.{field}" if prefix else field
            declared = may_touch(self.phase, name)
            if hasattr(one, "_fields"):
                if not declared or name == "persons" or name == "exchange":
                    found.append((place, name, True))
            elif isinstance(one, np.ndarray) and (name in ROOM or not declared):
                found.append((place, name, False))
        return found

    def of(self, value: Any, prefix: str) -> Any:
        """The tuple with a sentinel in each column that the phase does not declare."""
        kind = (prefix, *map(type, value))
        if kind not in self.plans:
            self.plans[kind] = self.plan(value, prefix)
        changed = list(value)
        for place, name, within in self.plans[kind]:
            one = changed[place]
            changed[place] = self.of(one, name) if within else self.spoiled(one, name)
        return type(value)(*changed)

    def spoiled(self, column: Any, name: str) -> Any:
        """A column of sentinels in place of one."""
        key = (name, column.shape, column.dtype)
        if key not in self.kept:
            self.kept[key] = np.empty_like(column)
        self.kept[key][...] = SENTINEL
        return self.kept[key]


def given_alone(phase: Phase, seen: set[str], function: Callable[..., Any]) -> Any:
    """The function, which gets what its phase declares and notes in ``seen`` what it touches."""
    poison = Poison(phase)

    def called(*args: Any) -> Any:
        given = []
        for one in args:
            name = kind_of(one)
            given.append(one if name is None else Watched(poison.of(one, name), name, seen))
        return function(*given)

    return called


def small() -> None:
    """Digests are of runs of 80 people and 13 months from now on."""
    golden.PEOPLE, golden.MONTHS = PEOPLE, MONTHS


def main(words: list[str]) -> None:
    """See the module."""
    small()
    seen: dict[str, set[str]] = defaultdict(set)
    left = [word.split("=")[1] for word in words if word.startswith("--without=")]
    alone = [int(word.split("=")[1]) for word in words if word.startswith("--run=")]
    for phase in PHASES:
        given = phase._replace(
            reads=tuple(one for one in phase.reads if f"{phase.name}:{one}" not in left)
        )
        for name in phase.functions:
            function = getattr(month, name)
            setattr(month, name, given_alone(given, seen[phase.name], function))
    runs = [RUNS[place] for place in alone] or RUNS
    digests = [digest_of(one) for one in runs]
    touched = {name: sorted(ones) for name, ones in seen.items()}
    print(json.dumps({"digests": digests, "touched": touched}))


if __name__ == "__main__":
    main(sys.argv[1:])
