"""Winners and losers, by group, and who is harmed by nothing but what others did.

Persons are compared with themselves under other rules, with the same luck, which no data can
confirm: quote groups. *Worse* is under a restriction here and not there, or, where neither or
both restrict, a lower published score (where the two lanes score on one scale).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from scoredsociety.engine.run import MonthOutcome, Setting
from scoredsociety.engine.state import I32, U16, U32
from scoredsociety.measure.tallies import GROUPS, margin_matrix
from scoredsociety.study.own import U64, OwnFile, own_terms
from scoredsociety.study.persons import Bools, denied_by, subjects
from scoredsociety.study.scenario import Prepared

WINNERS: dict[str, type[pl.DataType]] = {
    "dimension": pl.String, "group": pl.String, "persons": pl.Int64, "worse_under_a": pl.Int64,
    "better_under_a": pl.Int64, "equal": pl.Int64, "share_worse": pl.Float64,
    "share_better": pl.Float64, "share_equal": pl.Float64,
}  # fmt: skip


class People(NamedTuple):
    """What a lane left of everybody: published last, own file, groups."""

    scheme: str
    score: I32  # (people,) centipoints of the first scheme
    status: U32
    restricted: Bools
    coarse: U16
    own: U64
    terms: int


class Watched:
    """Watches a lane of a comparison; ``people`` holds what it left."""

    def __init__(self) -> None:
        self.people: People | None = None

    def __call__(self, prepared: Prepared, setting: Setting) -> Watcher:
        return Watcher(self, prepared, setting)


class Watcher:
    """One run of a lane: own files month by month, and everybody in the last month."""

    def __init__(self, of: Watched, prepared: Prepared, setting: Setting) -> None:
        self.of, self.prepared, self.setting = of, prepared, setting
        self.own = OwnFile(prepared)
        self.last = prepared.inputs.origin + prepared.inputs.months - 1

    def __call__(self, outcome: MonthOutcome) -> None:
        """Take in a month."""
        self.own(outcome)
        if outcome.month < self.last:
            return
        score, status = outcome.exchange.score[0].copy(), outcome.exchange.status.copy()
        self.of.people = People(
            self.prepared.names.schemes[0].id, score, status,
            denied_by(self.prepared.inputs, status, outcome.exchange.score, 0),
            self.setting.persons.coarse, self.own.digest, own_terms(self.prepared),
        )  # fmt: skip


class Both(NamedTuple):
    """Persons whom the first scheme of both lanes scores, and how they fare."""

    among: Bools
    worse: Bools  # under a than under b
    better: Bools


def fared(a: People, b: People) -> Both:
    """Who is worse and who is better off under ``a``; scores count where the scale is one."""
    among = subjects(a.status, 0) & subjects(b.status, 0)
    moved = np.zeros(len(among), dtype=np.int64)
    if a.scheme == b.scheme:
        moved = a.score.astype(np.int64) - b.score
    same = a.restricted == b.restricted
    worse = (a.restricted & ~b.restricted) | (same & (moved < 0))
    better = (b.restricted & ~a.restricted) | (same & (moved > 0))
    return Both(among, worse & among, better & among)


def winners(a: People, b: People) -> pl.DataFrame:
    """Persons worse, better and equally off under ``a``, by group, with shares of each group."""
    both = fared(a, b)
    matrix = margin_matrix()
    cells = matrix.shape[1]
    cell = a.coarse.astype(np.int64) % cells
    counts = [
        matrix @ np.bincount(cell[chosen], minlength=cells)
        for chosen in (both.among, both.worse, both.better)
    ]
    names = [(dimension, group) for dimension, groups in GROUPS for group in groups]
    rows = []
    for (dimension, group), of, worse, better in zip(
        names, *(column.tolist() for column in counts), strict=True
    ):
        equal = of - worse - better
        shares = [part / of if of else None for part in (worse, better, equal)]
        rows.append((dimension, group, of, worse, better, equal, *shares))
    return pl.DataFrame(rows, schema=WINNERS, orient="row")


@dataclass(frozen=True)
class OnlyByOthers:
    """Persons worse off in one lane though their own acts and records are equal in both.

    What reached them is others': scores of ties, acts of relatives, records on the wrong file,
    ranks. ``None`` and a reason where the lanes treat people unlike whatever anybody does.
    """

    equal_own: int | None = None  # subjects of both whose own files are equal
    worse_under_a: int | None = None
    worse_under_b: int | None = None
    restricted_under_a: int | None = None  # of the worse, those who are restricted only there
    restricted_under_b: int | None = None
    why_not: str | None = None


def only_by_others(a: People, b: People) -> OnlyByOthers:
    """How many are harmed by nothing that they did themselves."""
    if a.terms != b.terms:
        return OnlyByOthers(why_not=(
            "the two differ in their scale, attributes, weights or consequences, which treat "
            "people unlike whatever anybody does"
        ))  # fmt: skip
    both = fared(a, b)
    equal = both.among & (a.own == b.own)
    return OnlyByOthers(
        int(equal.sum()),
        int((equal & both.worse).sum()),
        int((equal & both.better).sum()),
        int((equal & both.worse & a.restricted & ~b.restricted).sum()),
        int((equal & both.better & b.restricted & ~a.restricted).sum()),
    )
