"""Ties: does a scheme make circles smaller and more alike? (Q2; S1-24..26, S0-18, V20)

Ties come as an array (ties, 2) of persons, each tie once. References: Newman (2003),
assortativity; Krackhardt and Stern (1988), E-I index; Coleman (1958), homophily.
"""

from __future__ import annotations

from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, Ints, bools
from scoredsociety.measure.statistics.intervals import wilson


def ties_of(ties: npt.ArrayLike, people: int) -> Ints:
    """The ties checked: two different persons below ``people``, each pair once."""
    pairs = np.asarray(ties, dtype=np.int64).reshape(-1, 2)
    if len(pairs) and (int(pairs.min()) < 0 or int(pairs.max()) >= people):
        raise ValueError(f"a tie names a person outside 0 to {people - 1}")
    low, high = np.minimum(pairs[:, 0], pairs[:, 1]), np.maximum(pairs[:, 0], pairs[:, 1])
    if bool((low == high).any()):
        raise ValueError("a tie joins two different persons")
    if bool((np.diff(np.sort(low * people + high)) == 0).any()):
        raise ValueError("each tie stands once")
    return pairs


def degree(ties: npt.ArrayLike, people: int) -> Ints:
    """Number of ties of each person, (people,)."""
    return np.bincount(ties_of(ties, people).ravel(), minlength=people).astype(np.int64)


def assortativity(ties: npt.ArrayLike, values: npt.ArrayLike) -> float:
    """Newman's r of a number such as the score: Pearson correlation over both ends of each tie."""
    value = np.asarray(values, dtype=np.float64)
    pairs = ties_of(ties, len(value))
    if len(pairs) == 0:
        return nan
    both = np.concatenate((pairs, pairs[:, ::-1]))
    one, two = value[both[:, 0]], value[both[:, 1]]
    if np.ptp(one) == 0:
        return nan
    one, two = one - one.mean(), two - two.mean()  # the two ends have one distribution
    return float((one * two).sum() / (one * one).sum())


def mixing(ties: npt.ArrayLike, group: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    """Mixing matrix of groups in sorted order: share of tie ends from row to column; symmetric."""
    names, code = np.unique(group, return_inverse=True)
    pairs = ties_of(ties, len(code))
    k = len(names)
    cells = code[pairs[:, 0]] * k + code[pairs[:, 1]]
    table = np.bincount(cells, minlength=k * k).reshape(k, k).astype(np.float64)
    return np.asarray((table + table.T) / max(1, 2 * len(pairs)), dtype=np.float64)


def group_assortativity(ties: npt.ArrayLike, group: npt.NDArray[np.generic]) -> float:
    """Newman's r of a category: (trace e - sum of e squared) / (1 - sum of e squared)."""
    e = mixing(ties, group)
    chance = float((e.sum(axis=0) * e.sum(axis=1)).sum())
    if e.sum() == 0 or abs(1 - chance) < 1e-12:
        return nan
    return (float(np.trace(e)) - chance) / (1 - chance)


def external_internal(ties: npt.ArrayLike, group: npt.NDArray[np.generic]) -> float:
    """Krackhardt's E-I: ties between groups less ties within, over all; -1 to 1."""
    pairs = ties_of(ties, len(group))
    if len(pairs) == 0:
        return nan
    across = int((group[pairs[:, 0]] != group[pairs[:, 1]]).sum())
    return (2 * across - len(pairs)) / len(pairs)


def coleman_homophily(
    ties: npt.ArrayLike, group: npt.NDArray[np.generic]
) -> dict[str, float]:
    """Coleman's index of each group: own-group share of its ties, freed of the group's size.

    1: only own ties, 0: as by chance, -1: none. Chance is the group's share of other persons,
    (n_i - 1) / (n - 1).
    """
    names, code = np.unique(group, return_inverse=True)
    pairs = ties_of(ties, len(code))
    one, two = code[pairs[:, 0]], code[pairs[:, 1]]
    result: dict[str, float] = {}
    for i, name in enumerate(names):
        ends = int((one == i).sum() + (two == i).sum())
        own = 2 * int(((one == i) & (two == i)).sum())
        chance = (int((code == i).sum()) - 1) / (len(code) - 1) if len(code) > 1 else nan
        if ends == 0 or not 0 < chance < 1:
            result[str(name)] = nan
            continue
        share = own / ends
        scale = 1 - chance if share >= chance else chance
        result[str(name)] = (share - chance) / scale
    return result


def lost_degree(
    before: npt.ArrayLike, after: npt.ArrayLike, people: int
) -> npt.NDArray[np.int64]:
    """Ties that each person had without the scheme (or before) less those with it, (people,)."""
    return degree(before, people) - degree(after, people)


def without_unrestricted_contact(ties: npt.ArrayLike, restricted: npt.ArrayLike) -> Estimate:
    """Share of persons with no tie to an unrestricted person (no tie at all counts too)."""
    flags = bools(restricted, "restricted")
    pairs = ties_of(ties, len(flags))
    free = np.zeros(len(flags), dtype=np.bool_)
    free[pairs[:, 0][~flags[pairs[:, 1]]]] = True
    free[pairs[:, 1][~flags[pairs[:, 0]]]] = True
    return wilson(int((~free).sum()), len(flags))
