"""Contagion on a line of people: how far one error travels through friends' scores.

Everybody stands in a ring (a line without ends), is tied to the two next to them, and has
score = (1 - w) own part + w mean of the two ties' scores as published last month (Sesame's
reported friends' category has w = 0.05, facts P1). DeGroot's (1974) averaging with stubborn
agents (Friedkin and Johnsen 1990) has a closed answer here: a change of the own part by one
point moves a person at distance d, in the end, by (1 - w) / sqrt(1 - w^2) * r^d with
r = (1 - sqrt(1 - w^2)) / w, and after t months nobody further than t.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt

import numpy as np

from scoredsociety.fixed import UNIT, Ints
from scoredsociety.kernel import kernel


def _check(weight: float) -> None:
    if not 0 <= weight < 1:
        raise ValueError(f"the friends' weight lies between 0 and 1, not {weight}")


def decay(weight: float) -> float:
    """The factor r by which the effect falls with each further person."""
    _check(weight)
    return (1 - sqrt(1 - weight * weight)) / weight if weight else 0.0


def settled(weight: float, distance: int) -> float:
    """Points that a person ``distance`` away moves in the end, for one point of own part."""
    _check(weight)
    return (1 - weight) / sqrt(1 - weight * weight) * decay(weight) ** abs(distance)


def amplification(weight: float) -> float:
    """Sum of everybody's change over the person's own: sqrt((1 + w) / (1 - w))."""
    _check(weight)
    return sqrt((1 + weight) / (1 - weight))


def after(weight: Fraction, months: int, distance: int) -> Fraction:
    """The same after ``months`` publications, exactly: a sum over walks of up to that length.

    Month 0 is the month of the error, in which only the own part has moved.
    """
    _check(float(weight))
    far = abs(distance)
    walks = range(far, months + 1, 2)
    return sum(
        ((1 - weight) * weight**k * Fraction(comb(k, (k + far) // 2), 2**k) for k in walks),
        Fraction(0),
    )


@kernel
def _publish(own: Ints, before: Ints, weight: int, out: Ints) -> None:
    """One publication in centipoints into ``out``, rounded down; ``weight`` is Q16."""
    people = len(own)
    for person in range(people):
        ties = before[(person - 1) % people] + before[(person + 1) % people]
        parts = 2 * (UNIT - weight) * own[person] + weight * ties
        out[person] = parts // (2 * UNIT)


def scores(own: Ints, weight: int, months: int) -> Ints:
    """Published scores (people,) in centipoints of a ring that starts from its own parts.

    Integers throughout, as the engine: ``weight`` is Q16 and every score is rounded down, so
    each differs from the real number by less than 1 / (1 - w) centipoints.
    """
    _check(weight / UNIT)
    parts = np.asarray(own, dtype=np.int64)
    if len(parts) < 3:
        raise ValueError("a ring needs at least three people")
    now, before = parts.copy(), parts.copy()
    for _ in range(months):
        now, before = before, now
        _publish(parts, before, weight, now)
    return now
