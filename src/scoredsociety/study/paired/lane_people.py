"""What a lane of a comparison left of everybody, read while it runs and kept no longer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.run import MonthOutcome
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import I32, U16
from scoredsociety.fixed import Ints
from scoredsociety.runs.prepare import Prepared
from scoredsociety.scheme.model.values import MOST_POINTS
from scoredsociety.study.paired.own_record_digest import U64, OwnFile, own_terms
from scoredsociety.study.readout.persons import (
    Bools,
    coarse_now,
    derived_of,
    standing,
    subjects_now,
)


class Scale(NamedTuple):
    """On what the main scheme of a lane scores; its ends in centipoints, alike: on nothing."""

    scheme: str
    title: str
    low: int
    high: int

    @property
    def said(self) -> str:
        """The scale in words."""
        if self.low >= self.high:
            return f"“{self.title}” has no score"
        ends = ((" from", self.low), (" up to", self.high))
        given = "".join(f"{word} {end / 100:,g}" for word, end in ends
                        if abs(end) < 100 * MOST_POINTS)  # fmt: skip
        return f"“{self.title}” scores in points{given}"


class LaneConsequence(NamedTuple):
    """One consequence of a lane: whose it is, whether it takes or gives, who is under it."""

    scheme: str
    id: str
    denies: bool
    bit: int  # of People.standing


class People(NamedTuple):
    """What a lane left of everybody in its last month: published last, own file, groups."""

    scale: Scale
    score: I32  # (people,) centipoints of the main scheme
    scored: Bools  # whom the main scheme scores
    subject: Bools  # to whom any scheme of the lane applies
    standing: Ints  # (people,) a bit for each consequence of any scheme
    consequences: tuple[LaneConsequence, ...]
    coarse: U16
    own: U64
    terms: int

    @property
    def restricted(self) -> Bools:
        """Who is under a restriction of any scheme."""
        denies = sum(1 << one.bit for one in self.consequences if one.denies)
        found: Bools = (self.standing & np.int64(denies)) != 0
        return found

    def under(self, scheme: str, identity: str) -> Bools:
        """Who is under a consequence; nobody where the lane does not have it."""
        for one in self.consequences:
            if (one.scheme, one.id) == (scheme, identity):
                held: Bools = (self.standing >> np.int64(one.bit) & 1) != 0
                return held
        return np.zeros(len(self.standing), dtype=np.bool_)


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
        prepared, inputs = self.prepared, self.prepared.inputs
        coarse, main = coarse_now(inputs, self.setting), prepared.main
        score, status = outcome.exchange.score, outcome.exchange.status
        tables, derived = inputs.schemes[-1][1], derived_of(inputs)
        masks: npt.NDArray[np.int64] = np.zeros(len(status), dtype=np.int64)
        anybody = np.zeros(len(status), dtype=np.bool_)
        for place in range(len(prepared.names.schemes)):
            masks |= standing(tables, derived, status, score, place, coarse)
            anybody |= subjects_now(status, place)
        self.of.people = People(
            scale_of(prepared), score[main].copy(), subjects_now(status, main), anybody, masks,
            consequences_of(prepared), coarse, self.own.digest, own_terms(prepared),
        )  # fmt: skip


def scale_of(prepared: Prepared) -> Scale:
    """The scale of the main scheme in the last month."""
    row = prepared.inputs.schemes[-1][1].schemes[prepared.main]
    named = prepared.names.schemes[prepared.main]
    return Scale(named.id, named.title, int(row.low), int(row.high))


def consequences_of(prepared: Prepared) -> tuple[LaneConsequence, ...]:
    """Every consequence of a lane, by its place in the tables."""
    names = prepared.names
    return tuple(
        LaneConsequence(names.schemes[one.scheme].id, one.id, bool(one.denies), bit)
        for bit, one in enumerate(names.consequences)
    )


def unlike_scales(a: People, b: People) -> str:
    """Why scores of two lanes are not compared; empty where both stand on one scale."""
    one, two = a.scale, b.scale
    if (one.scheme, one.low, one.high) == (two.scheme, two.low, two.high):
        return ""
    if one.low >= one.high and two.low >= two.high:
        return f"neither “{one.title}” nor “{two.title}” has a score: no scores are compared"
    return f"{one.said} and {two.said}: scores on unlike scales are not compared"


def persons_moved(a: People, b: People) -> dict[str, int | None]:
    """Persons whose published score is lower, higher or the same under ``a`` than under ``b``.

    Of those whom the main scheme of both lanes scores; None for each where the two stand on unlike
    scales, so that higher and lower mean nothing.
    """
    if unlike_scales(a, b):
        return {"subjects": None, "lower_score": None, "higher_score": None, "same_score": None}
    scored = a.scored & b.scored
    moved = (a.score.astype(np.int64) - b.score)[scored]
    return {
        "subjects": int(scored.sum()),
        "lower_score": int((moved < 0).sum()),
        "higher_score": int((moved > 0).sum()),
        "same_score": int((moved == 0).sum()),
    }
