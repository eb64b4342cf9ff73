"""Discretion: who can bend the score? (Q11; O-R0: councils and collectors enter records)

Padding before a threshold shows as bunching, unlike collectors as dispersion beyond chance
(Goncalves and Mello 2021), favour as a difference between the close and the others.
"""

from __future__ import annotations

from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import same_length


def bunching(values: npt.ArrayLike, threshold: float, width: float) -> float:
    """(just above - just below) / both within ``width`` of a threshold: -1 to 1, 0 if smooth."""
    array = np.asarray(values, dtype=np.float64)
    above = int(((array >= threshold) & (array < threshold + width)).sum())
    below = int(((array < threshold) & (array >= threshold - width)).sum())
    return (above - below) / (above + below) if above + below else nan


def collector_dispersion(booked: npt.ArrayLike, seen: npt.ArrayLike) -> float:
    """Pearson's chi-square over its degrees of freedom: about 1 where collectors are alike.

    ``booked`` of ``seen`` cases for each collector (collectors,).
    """
    hit, of = np.asarray(booked, dtype=np.float64), np.asarray(seen, dtype=np.float64)
    same_length(booked=hit, seen=of)
    hit, of = hit[of > 0], of[of > 0]
    if len(of) < 2:
        return nan
    rate = float(hit.sum() / of.sum())
    if rate in (0.0, 1.0):
        return nan
    return float(((hit - of * rate) ** 2 / (of * rate * (1 - rate))).sum() / (len(of) - 1))


def points_by_discretion(
    with_discretion: npt.ArrayLike, without: npt.ArrayLike, group: npt.NDArray[np.generic]
) -> dict[str, float]:
    """Mean centipoints gained through discretion by group, from two paired runs."""
    one, two = np.asarray(with_discretion, np.float64), np.asarray(without, np.float64)
    same_length(with_discretion=one, without=two, group=group)
    names, code = np.unique(group, return_inverse=True)
    mean = np.bincount(code, one - two) / np.bincount(code)
    return {str(name): float(mean[i]) for i, name in enumerate(names)}


def between_collectors(scores: npt.ArrayLike, collector: npt.NDArray[np.generic]) -> float:
    """Variance between collectors over variance within: Fisher's F, about 1 where alike.

    ``scores`` of persons and the ``collector`` of each; nan with one collector, or no variance.
    """
    values = np.asarray(scores, dtype=np.float64)
    same_length(scores=values, collector=collector)
    names, code = np.unique(collector, return_inverse=True)
    groups, persons = len(names), len(values)
    if groups < 2 or persons <= groups:
        return nan
    of = np.bincount(code)
    means = np.bincount(code, values) / of
    between = float((of * (means - values.mean()) ** 2).sum()) / (groups - 1)
    within = float(((values - means[code]) ** 2).sum()) / (persons - groups)
    return between / within if within > 0 else nan


def gap(values: npt.ArrayLike, of: npt.NDArray[np.bool_]) -> float:
    """Mean of some persons less that of all others; nan where either is nobody."""
    array = np.asarray(values, dtype=np.float64)
    same_length(values=array, of=of)
    if not of.any() or of.all():
        return nan
    return float(array[of].mean() - array[~of].mean())
