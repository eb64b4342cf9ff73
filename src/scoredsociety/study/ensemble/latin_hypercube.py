"""Points that fill a space of assumptions: a Latin hypercube with keyed draws.

Each axis is cut into as many parts as there are points, and each part is used once (McKay,
Beckman and Conover 1979 [M]). The order of the parts is drawn by the axis's own key, so that an
axis which two schemes share runs alike under both: point 7 is the same people, with the same
conduct, under every scheme, and what a scheme changes is taken from two runs of one point.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import sqrt
from typing import NamedTuple

import numpy as np

from scoredsociety.errors import UserError
from scoredsociety.keyed import draw, key_of, stream
from scoredsociety.measure.measure import Bools, Floats
from scoredsociety.measure.statistics.student import incomplete_beta
from scoredsociety.study.ensemble.assumed_parameters import Number
from scoredsociety.study.ensemble.parameter_space import FormAxis

MOST_NAMED = 2  # axes that are named as moving an answer most
LEVEL = 0.05  # chance that an axis is named where none moves the answer


def unit_latin(points: int, axes: Sequence[Number], seed: int) -> Floats:
    """(points, axes) shares of the way from low to high."""
    if points < 2:
        raise UserError(f"--points must be at least 2, not {points}")
    k0, k1 = key_of(seed)
    found = np.empty((points, len(axes)))
    for place, axis in enumerate(axes):
        own = stream(f"design:{axis.key}")
        words = np.array(
            [[int(word) for word in draw(k0, k1, k, 0, own, 0)[:2]] for k in range(points)]
        )
        rank = words[:, 0].argsort(kind="stable").argsort(kind="stable")
        found[:, place] = (rank + words[:, 1] / 2**32) / points
    return found


def sets_of(axes: Sequence[Number], shares: Floats) -> tuple[str, ...]:
    """Every ``--set`` of a point."""
    given = zip(axes, shares, strict=True)
    return tuple(chain.from_iterable(one.sets(float(u)) for one, u in given))


class Mover(NamedTuple):
    """An axis, the share of an answer's variance (of ranks) that follows it, and which way."""

    axis: Number
    share: float
    rises: bool | None  # with the number; None for forms


def movers(values: Floats, axes: Sequence[Number], shares: Floats) -> list[Mover]:
    """The one or two axes that move an answer most; none where none moves it beyond chance.

    By ranks: the square of Spearman's correlation, of forms the correlation ratio. All axes are
    asked at once, so an axis is named only if its p-value is below 0.05 over their number.
    """
    known: Bools = np.isfinite(values)
    if known.sum() < 8 or np.ptp(values[known]) == 0:
        return []
    rank = ranks(values[known])
    found = []
    for place, axis in enumerate(axes):
        column = shares[known, place]
        if isinstance(axis, FormAxis):
            share, p = by_form(rank, [axis.form(float(u)) for u in column])
            found.append((p, Mover(axis, share, None)))
        else:
            rho = float(np.corrcoef(rank, ranks(column))[0, 1])
            p = p_of(rho * rho, 1, len(rank) - 2)
            found.append((p, Mover(axis, rho * rho, rho > 0)))
    sure = [one for p, one in found if p < LEVEL / len(axes)]
    return sorted(sure, key=lambda one: -one.share)[:MOST_NAMED]


def ranks(values: Floats) -> Floats:
    """Ranks with ties at their mean."""
    _, code, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    mean: Floats = (last - (count - 1) / 2)[code]
    return mean


def by_form(rank: Floats, forms: Sequence[str]) -> tuple[float, float]:
    """Share of the variance of ranks between forms, and its p-value (analysis of variance)."""
    names, code = np.unique(np.array(forms), return_inverse=True)
    size = np.bincount(code)
    mean = np.bincount(code, weights=rank) / size
    between = float((size * (mean - rank.mean()) ** 2).sum())
    share = between / float(((rank - rank.mean()) ** 2).sum())
    return share, p_of(share, len(names) - 1, len(rank) - len(names))


def p_of(share: float, one: int, other: int) -> float:
    """Chance of a share of variance so large under no effect: the tail of F."""
    if one < 1 or other < 1:
        return 1.0
    return incomplete_beta(other / 2, one / 2, 1 - share) if share < 1 else 0.0


def resolution(points: int) -> float:
    """Smallest rank correlation that is named among 200 axes, roughly: for words."""
    return 3.9 / sqrt(points)
