"""Errors: restricted through an error, as the rules intend, or for protected conduct (Q6; S3-33).

Three bars, never "right" and "wrong". A person is restricted *through an error* where the
restriction would not stand without a false, misattributed, late or missing record. The rates
by group are Fairlearn's false positive and false negative rates, read for restrictions: of
those whom the rules do not intend to restrict, the share restricted. Reach and amplification
follow one planted record through a pair of runs (FTC 2012, O-W3, is the nearest real audit).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Bools, Estimate, bools, same_length
from scoredsociety.measure.persons.exclusion import counts_by_group
from scoredsociety.measure.statistics.intervals import wilson


@dataclass(frozen=True, slots=True)
class Causes:
    """Why persons are restricted: three shares of all persons that add up to the whole."""

    error: Estimate
    intended: Estimate
    protected: Estimate


def causes(restricted: npt.ArrayLike, error: npt.ArrayLike, protected: npt.ArrayLike) -> Causes:
    """The three bars. An error comes first, then protected conduct, then the rules' intention."""
    hit, wrong = bools(restricted, "restricted"), bools(error, "error")
    right = bools(protected, "protected")
    n = same_length(restricted=hit, error=wrong, protected=right)
    through_error = int((hit & wrong).sum())
    for_protected = int((hit & ~wrong & right).sum())
    rest = int(hit.sum()) - through_error - for_protected
    return Causes(wilson(through_error, n), wilson(rest, n), wilson(for_protected, n))


def through_error_counts(
    treated: npt.ArrayLike, intended: npt.ArrayLike, group: npt.NDArray[np.generic]
) -> dict[str, tuple[int, int]]:
    """By group: (treated though not intended, not intended): the false positive rate.

    ``treated`` is restricted or rewarded; feed the result to ``parity_difference``.
    """
    meant = bools(intended, "intended")
    return counts_by_group(treated, group, among=~meant)


def spared_through_error_counts(
    treated: npt.ArrayLike, intended: npt.ArrayLike, group: npt.NDArray[np.generic]
) -> dict[str, tuple[int, int]]:
    """By group: (not treated though intended, intended): the false negative rate."""
    meant = bools(intended, "intended")
    return counts_by_group(~bools(treated, "treated"), group, among=meant)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one planted or dropped record goes, from the same run with and without it."""

    others_changed: int  # persons besides the one concerned whose outcome differs
    own: float  # change of the person concerned
    others: float  # sum of absolute changes of all others
    amplification: float  # (|own| + others) / |own|; 1 where nobody else is touched
    by_distance: tuple[int, ...]  # persons changed at tie distance 0, 1, 2 ... ; () if unknown


def reach(
    without: npt.ArrayLike,
    with_error: npt.ArrayLike,
    person: int,
    distance: npt.ArrayLike | None = None,
    least: float = 0,
) -> Reach:
    """Error reach and amplification from two paired arrays of scores (one value a person).

    ``distance`` (persons,) is the number of ties from the person concerned, -1 unreachable.
    Changes up to ``least`` are left out: where friends' scores are rounded down every month, a
    hair of rounding can travel through a whole network (docs/published.md), and is no harm.
    """
    before = np.asarray(without, dtype=np.float64)
    after = np.asarray(with_error, dtype=np.float64)
    same_length(without=before, with_error=after)
    change = np.abs(after - before)
    change[change <= least] = 0
    own = float(after[person] - before[person])
    others = float(change.sum() - change[person])
    changed: Bools = change > 0
    steps: tuple[int, ...] = ()
    if distance is not None:
        far = np.asarray(distance, dtype=np.int64)
        steps = tuple(int(x) for x in np.bincount(far[changed & (far >= 0)]))
    moved = int(changed.sum()) - int(changed[person])
    factor = (abs(own) + others) / abs(own) if own else nan
    return Reach(moved, own, others, factor, steps)


def person_months(flags: npt.ArrayLike) -> int:
    """Person-months in a state, from a (months, persons) table of truths."""
    return int(np.count_nonzero(np.asarray(flags)))
