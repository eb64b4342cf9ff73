"""The pools that rows of compiled schemes point into, and the rule table made of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from scoredsociety.columns import NamedRow
from scoredsociety.fixed import Ints
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.rule_lines import RuleRow


class Pools:
    """The pools that rows point into: brackets, caps, values, groups."""

    def __init__(self) -> None:
        self.brackets: list[tuple[int, int]] = []
        self.values: list[int] = []
        self.caps: dict[tuple[int, str, int], int] = {}
        self.others: list[tuple[int, int]] = []
        self.ranks: list[NamedRow] = []
        self.stand_ins: list[tuple[int, int, tuple[int, ...]]] = []  # base, row, sources
        self.rows = 0

    def put(self, rows: Sequence[int]) -> int:
        """Offset at which these values start."""
        start = len(self.values)
        self.values += rows
        return start

    def rule_table(
        self, lines: list[list[RuleRow]], components: list[dict[str, int]]
    ) -> tuple[t.RuleColumns, list[int]]:
        """The rule table, and where each scheme's rules start."""
        rows: list[NamedRow] = []
        starts, before, first = [], 0, 0
        for scheme, group in enumerate(lines):
            starts.append(len(rows))
            groups = sorted({line.heaviest for line in group if line.heaviest})
            number = {name: 64 * scheme + k for k, name in enumerate(groups)}
            rivals = Counter((act, line.heaviest) for line in group for act in line.acts)
            for place, line in enumerate(group):
                row = t.RuleColumns.blank(**dict(line.fields))
                row.scheme = scheme
                row.from_month, row.until_month = line.window
                row.heaviest_of = -1
                if line.heaviest and any(rivals[act, line.heaviest] > 1 for act in line.acts):
                    row.heaviest_of = number[line.heaviest]
                here = starts[-1] + place
                row.spill = here + 1 if line.spill else -1
                row.residue = here + 1 + bool(line.spill) if line.residue else -1
                row.first_bracket, row.bracket_count = len(self.brackets), len(line.brackets)
                self.brackets += line.brackets
                row.first_value, row.value_count = self.put(line.table), len(line.table)
                row.cap = self._cap(scheme, line.cap)
                row.component = -1
                if line.feeds is not None:
                    row.component = before + components[scheme][line.feeds]
                row.stream = stream(f"rule:{line.key}")
                first = here if not line.part else first
                row.counts_as = first + line.same if line.same >= 0 else here
                if line.files:
                    self.stand_ins.append((first, here, line.files))
                if line.rank:
                    row.on = len(self.ranks)
                    self.ranks.append(t.RankColumns.blank(scheme=scheme, **dict(line.rank)))
                rows.append(row)
            self._follow(group, rows[starts[-1] :], starts[-1])
            before += len(components[scheme])
        self.rows = len(rows)
        return t.RuleColumns.of(rows), starts

    def _follow(self, group: list[RuleRow], rows: list[NamedRow], start: int) -> None:
        """Which rules on others each rule of a scheme sets off."""
        told = [(place, line) for place, line in enumerate(group) if line.follows is not None]
        for line, row in zip(group, rows, strict=True):
            row.first_other = len(self.others)
            for place, other in told:
                what, whom = other.follows or ("", 0)
                meet = line.window[0] < other.window[1] and other.window[0] < line.window[1]
                if what in line.does and meet:
                    self.others.append((start + place, whom))
            row.other_count = len(self.others) - row.first_other

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
