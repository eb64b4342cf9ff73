"""The pools that rows of compiled schemes point into, and the rule table made of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from scoredsociety.fixed import Ints
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.rule_lines import Line


def table(rows: Sequence[Sequence[int]], width: int) -> Ints:
    """Rows as an int64 table of a fixed width, also where there are none."""
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


class Pools:
    """The pools that rows point into: brackets, caps, values, groups."""

    def __init__(self) -> None:
        self.brackets: list[tuple[int, int]] = []
        self.values: list[int] = []
        self.caps: dict[tuple[int, str, int], int] = {}
        self.others: list[tuple[int, int]] = []
        self.ranks: list[list[int]] = []
        self.stand_ins: list[tuple[int, int, tuple[int, ...]]] = []  # base, row, sources
        self.rows = 0

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
        starts, before, first = [], 0, 0
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
                first = here if not line.part else first
                row[t.R_SAME] = first + line.same if line.same >= 0 else here
                if line.files:
                    self.stand_ins.append((first, here, line.files))
                if line.rank:
                    row[t.R_ON] = len(self.ranks)
                    self.ranks.append([scheme, *line.rank, 0])
                rows.append(row)
            self._follow(group, rows[starts[-1] :], starts[-1])
            before += len(components[scheme])
        self.rows = len(rows)
        return table(rows, t.RULE_FIELDS), starts

    def _follow(self, group: list[Line], rows: list[list[int]], start: int) -> None:
        """Which rules on others each rule of a scheme sets off."""
        told = [(place, line) for place, line in enumerate(group) if line.follows is not None]
        for line, row in zip(group, rows, strict=True):
            row[t.R_OTHERS] = len(self.others)
            for place, other in told:
                what, whom = other.follows or ("", 0)
                meet = line.window[0] < other.window[1] and other.window[0] < line.window[1]
                if what in line.does and meet:
                    self.others.append((start + place, whom))
            row[t.R_OTHERS_COUNT] = len(self.others) - row[t.R_OTHERS]

    def filed_as(self, sources: int) -> Ints:
        """(rules, sources) row under which a record is booked; (0, 0) where all weigh alike."""
        if not self.stand_ins:
            return np.zeros((0, 0), dtype=np.int64)
        found = np.repeat(np.arange(self.rows, dtype=np.int64)[:, None], sources, axis=1)
        for base, row, files in self.stand_ins:
            found[base, list(files)] = row
        return found

    def _cap(self, scheme: int, cap: tuple[str, int] | None) -> int:
        if cap is None:
            return -1
        key = (scheme, *cap)
        self.caps.setdefault(key, cap[1])
        return list(self.caps).index(key)
