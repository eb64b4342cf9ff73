"""The pools that rows of compiled schemes point into, and the rule table made of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from scoredsociety.fixed import Ints
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.lines import Line


def table(rows: Sequence[Sequence[int]], width: int) -> Ints:
    """Rows as an int64 table of a fixed width, also where there are none."""
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


class Pools:
    """The pools that rows point into: brackets, caps, values, groups."""

    def __init__(self) -> None:
        self.brackets: list[tuple[int, int]] = []
        self.values: list[int] = []
        self.caps: dict[tuple[int, str, int], int] = {}

    def put(self, rows: Sequence[int]) -> int:
        """Offset at which these values start."""
        start = len(self.values)
        self.values += rows
        return start

    def rule_table(
        self, lines: list[list[Line]], components: list[dict[str, int]]
    ) -> tuple[Ints, list[int]]:
        """The rule table, and where each scheme's rules start."""
        rows: list[list[int]] = []
        starts, before = [], 0
        for scheme, group in enumerate(lines):
            starts.append(len(rows))
            groups = sorted({line.heaviest for line in group if line.heaviest})
            number = {name: 64 * scheme + k for k, name in enumerate(groups)}
            rivals = Counter((act, line.heaviest) for line in group for act in line.acts)
            for place, line in enumerate(group):
                row = [0] * t.RULE_FIELDS
                for name, value in line.fields:
                    row[name] = value
                row[t.R_SCHEME] = scheme
                row[t.R_FROM], row[t.R_UNTIL] = line.window
                row[t.R_HEAVIEST] = -1
                if line.heaviest and any(rivals[act, line.heaviest] > 1 for act in line.acts):
                    row[t.R_HEAVIEST] = number[line.heaviest]
                here = starts[-1] + place
                row[t.R_SPILL] = here + 1 if line.spill else -1
                row[t.R_RESIDUE] = here + 1 + bool(line.spill) if line.residue else -1
                row[t.R_BRACKETS], row[t.R_BRACKET_COUNT] = len(self.brackets), len(line.brackets)
                self.brackets += line.brackets
                row[t.R_TABLE], row[t.R_TABLE_COUNT] = self.put(line.table), len(line.table)
                row[t.R_CAP] = self._cap(scheme, line.cap)
                row[t.R_COMPONENT] = -1
                if line.feeds is not None:
                    row[t.R_COMPONENT] = before + components[scheme][line.feeds]
                row[t.R_STREAM] = stream(f"rule:{line.key}")
                rows.append(row)
            before += len(components[scheme])
        return table(rows, t.RULE_FIELDS), starts

    def _cap(self, scheme: int, cap: tuple[str, int] | None) -> int:
        if cap is None:
            return -1
        key = (scheme, *cap)
        self.caps.setdefault(key, cap[1])
        return list(self.caps).index(key)
