"""Winners and losers, by group, and who is harmed by nothing but what others did.

Persons are compared with themselves under other rules, with the same luck, which no data can
confirm: quote groups. *Worse* is, of the first of these in which the two lanes treat a person
unlike: under a restriction of any scheme here and under none there; under every restriction of
there and more; without a reward of there and with none that is not there; with a lower published
score, where the two lanes score on one scale. Who has here what is not there and lacks what is,
is equally off in that. Counts are of the first pair of runs; shares are means over all pairs, with
intervals that hold together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import polars as pl

from scoredsociety.measure.statistics.joint_intervals import Families, Family
from scoredsociety.measure.tallies import GROUPS, margin_matrix
from scoredsociety.study.paired.lane_people import People, unlike_scales
from scoredsociety.study.readout.persons import Bools

FARED = ("worse", "better", "equal")
WINNERS: dict[str, type[pl.DataType]] = {
    "dimension": pl.String, "group": pl.String, "persons": pl.Int64, "worse_under_a": pl.Int64,
    "better_under_a": pl.Int64, "equal": pl.Int64,
    **{f"share_{one}{end}": pl.Float64 for one in FARED for end in ("", "_low", "_high")},
    "replicates": pl.Int64,
}  # fmt: skip
GROUP_NAMES = [(dimension, group) for dimension, groups in GROUPS for group in groups]


class Both(NamedTuple):
    """Persons to whom a scheme of both lanes applies, and how they fare."""

    among: Bools
    worse: Bools  # under a than under b
    better: Bools


def fared(a: People, b: People) -> Both:
    """Who is worse and who is better off under ``a``; scores count where the scale is one."""
    among = a.subject & b.subject
    steps = [(a.restricted & ~b.restricted, b.restricted & ~a.restricted)]
    steps.append(more_of(a, b, denies=True))
    steps.append(more_of(a, b, denies=False)[::-1])
    if not unlike_scales(a, b):
        scored = a.scored & b.scored
        steps.append((scored & (a.score < b.score), scored & (a.score > b.score)))
    worse, better = np.zeros_like(among), np.zeros_like(among)
    for less, more in steps:
        told = worse | better
        worse |= less & ~told
        better |= more & ~told
    return Both(among, worse & among, better & among)


def more_of(a: People, b: People, *, denies: bool) -> tuple[Bools, Bools]:
    """Who is under all restrictions (or rewards) of the other lane and more, of ``a`` and of ``b``.

    A consequence of both lanes is the same one; one of a scheme that only one lane has is more.
    """
    named = {(one.scheme, one.id) for lane in (a, b) for one in lane.consequences
             if one.denies == denies}  # fmt: skip
    only_a, only_b = np.zeros_like(a.subject), np.zeros_like(a.subject)
    for scheme, identity in named:
        one, two = a.under(scheme, identity), b.under(scheme, identity)
        only_a |= one & ~two
        only_b |= two & ~one
    return only_a & ~only_b, only_b & ~only_a


Counted = list[tuple[int, ...]]  # of each group: persons, worse, better, equal


def fares_by_group(a: People, b: People) -> Counted:
    """Persons of each group to whom both lanes apply, and how they fare under ``a``."""
    both = fared(a, b)
    matrix = margin_matrix()
    cells = matrix.shape[1]
    cell = a.coarse.astype(np.int64) % cells
    of, worse, better = (
        (matrix @ np.bincount(cell[chosen], minlength=cells)).tolist()
        for chosen in (both.among, both.worse, both.better)
    )
    rows = zip(of, worse, better, strict=True)
    return [(n, one, two, n - one - two) for n, one, two in rows]


def winners(pairs: Sequence[Counted], at_once: Families) -> pl.DataFrame:
    """Persons worse, better and equally off under ``a``, by group, with shares of each group.

    ``pairs``: what ``counted`` gave, a pair of runs each.
    """
    rows = []
    for place, (dimension, group) in enumerate(GROUP_NAMES):
        found = [pair[place] for pair in pairs]
        family = at_once.of(dimension)
        shares = [end for part in (1, 2, 3)
                  for end in _share([row[part] for row in found], [row[0] for row in found],
                                   family)]  # fmt: skip
        rows.append((dimension, group, *found[0], *shares, len(pairs)))
    return pl.DataFrame(rows, schema=WINNERS, orient="row")


def _share(
    counts: Sequence[int], of: Sequence[int], family: Family
) -> tuple[float | None, ...]:
    """Mean share over pairs and its interval within 0 and 1; of one pair only of none or all."""
    found = family.share(counts, of)
    return (None, None, None) if found is None else (found.value, found.low, found.high)


@dataclass(frozen=True)
class OnlyByOthers:
    """Persons worse off in one lane though their own acts and records are equal in both.

    What reached them is others': scores of ties, acts of relatives, records on the wrong file,
    ranks. ``None`` and a reason where the lanes treat people unlike whatever anybody does.
    """

    equal_own: int | None = None  # to whom both lanes apply, whose own files are equal
    worse_under_a: int | None = None
    worse_under_b: int | None = None
    restricted_under_a: int | None = None  # of the worse, those who are restricted only there
    restricted_under_b: int | None = None
    # mean share of them over pairs of runs, and its interval
    share_under_a: float | None = None
    share_under_a_low: float | None = None
    share_under_a_high: float | None = None
    share_under_b: float | None = None
    share_under_b_low: float | None = None
    share_under_b_high: float | None = None
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


def over_pairs(pairs: Sequence[OnlyByOthers], family: Family) -> OnlyByOthers:
    """The first pair's counts with shares over all pairs."""
    if pairs[0].why_not:
        return pairs[0]
    of = [one.equal_own or 0 for one in pairs]
    a = _share([one.worse_under_a or 0 for one in pairs], of, family)
    b = _share([one.worse_under_b or 0 for one in pairs], of, family)
    return replace(
        pairs[0], share_under_a=a[0], share_under_a_low=a[1], share_under_a_high=a[2],
        share_under_b=b[0], share_under_b_low=b[1], share_under_b_high=b[2],
    )  # fmt: skip
