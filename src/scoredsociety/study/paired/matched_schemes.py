"""Which scheme of one lane stands against which of the other, and what nobody meets there.

A scheme of both lanes stands against itself. Where each lane has schemes of its own, their main
ones stand against each other, under the name ``first``: their restrictions are compared, their
grades are not. What only one lane has stands against nothing, 0 of the same people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from scoredsociety.runs.prepare import Prepared
from scoredsociety.scheme.read.lane import is_baseline
from scoredsociety.study.paired.direct_effects import KEYS, Share

FIRST = "first"  # the name of two unlike schemes that stand against each other
COMPARED = ("grade", "restricted", "restricted_cause", "consequence", "listed")
Shares = dict[tuple[str, ...], Share]


class Matched(NamedTuple):
    """One line-up: its name in the frames, and the scheme of each lane, if any."""

    name: str
    a: str | None
    b: str | None


def matched(a: Prepared, b: Prepared) -> tuple[Matched, ...]:
    """The line-ups of two lanes: schemes before baselines, then in the order of the lanes."""
    ids = [[scheme.id for scheme in lane.names.schemes] for lane in (a, b)]
    own = [[one for one in mine if one not in other]
           for mine, other in (ids, ids[::-1])]  # fmt: skip
    found = [Matched(one, one, one) for one in ids[0] if one in ids[1]]
    if all(own):
        leads = [
            ids[place][lane.main] if ids[place][lane.main] in own[place] else own[place][0]
            for place, lane in enumerate((a, b))
        ]
        found.append(Matched(FIRST, leads[0], leads[1]))
        own = [[one for one in mine if one != lead]
               for mine, lead in zip(own, leads, strict=True)]  # fmt: skip
    found += [Matched(one, one, None) for one in own[0]]
    found += [Matched(one, None, one) for one in own[1]]
    low = {history[0][1].id for lane in (a, b) for history in lane.versions.schemes
           if is_baseline(history[0][1])}  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.name in low))


def shares_of_lanes(
    line_up: Sequence[Matched], a: Sequence[pl.DataFrame], b: Sequence[pl.DataFrame]
) -> tuple[list[Shares], list[Shares]]:
    """Shares of the last month of each run of both lanes, from their tallies."""
    one = [shares(frame, {each.a: each.name for each in line_up if each.a}) for frame in a]
    two = [shares(frame, {each.b: each.name for each in line_up if each.b}) for frame in b]
    alone = {each.name for each in line_up if each.a is None or each.b is None}
    for first, second in zip(one, two, strict=True):
        for lane, other in ((first, second), (second, first)):
            lane.update({
                key: Share(0.0, found.of) for key, found in other.items()
                if key[0] in alone and key not in lane
            })  # fmt: skip
    for frame in (*one, *two):  # a grade says nothing beside another scheme, or beside none
        for key in [key for key in frame if key[1] == "grade" and key[0] in (FIRST, *alone)]:
            del frame[key]
    return one, two


def shares(frame: pl.DataFrame, names: dict[str, str]) -> Shares:
    """Shares of the last month by key, of schemes under their names in a comparison."""
    last = frame.filter(
        (pl.col("month") == pl.col("month").max())
        & pl.col("measure").is_in(COMPARED)
        & pl.col("scheme").is_in(list(names))
        & (pl.col("of") > 0)
    ).with_columns(pl.col("scheme").replace(names))
    return {
        tuple(row[:5]): Share(row[5] / row[6], row[6])
        for row in last.select(*KEYS, "count", "of").iter_rows()
    }
