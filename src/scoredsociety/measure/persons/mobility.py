"""Mobility: can those at the bottom climb back? (Q5; S2-33, S3-45)

Transition matrix between grades, Shorrocks' trace index (1978) and Prais' mean stay (1955).
"""

from __future__ import annotations

from math import inf, nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Floats, Ints, same_length


def transitions(before: npt.ArrayLike, after: npt.ArrayLike, grades: int) -> Ints:
    """Counts (grades, grades) of persons from one grade to another; codes outside are left out."""
    one, two = np.asarray(before, dtype=np.int64), np.asarray(after, dtype=np.int64)
    same_length(before=one, after=two)
    kept = (one >= 0) & (one < grades) & (two >= 0) & (two < grades)
    cells = one[kept] * grades + two[kept]
    return np.bincount(cells, minlength=grades * grades).reshape(grades, grades).astype(np.int64)


def transition_matrix(counts: npt.ArrayLike) -> Floats:
    """Rows of shares that sum to 1; a grade that nobody was in keeps its place (row of unity)."""
    table = np.asarray(counts, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise ValueError("a transition table is square")
    sums = table.sum(axis=1, keepdims=True)
    shares = np.divide(table, sums, out=np.eye(len(table)), where=sums > 0)
    return np.asarray(shares, dtype=np.float64)


def shorrocks(matrix: npt.ArrayLike) -> float:
    """Shorrocks' M = (k - trace) / (k - 1): 0 nobody moves, 1 where the origin says nothing."""
    table = np.asarray(matrix, dtype=np.float64)
    k = len(table)
    return (k - float(np.trace(table))) / (k - 1) if k > 1 else nan


def kappa(counts: npt.ArrayLike) -> float:
    """Cohen's kappa of a square table: (same - same by chance) / (1 - same by chance).

    0 where the origin says nothing, 1 where nobody leaves it; nan where chance alone keeps all.
    """
    table = np.asarray(counts, dtype=np.float64)
    total = float(table.sum())
    if total == 0:
        return nan
    same = float(np.trace(table)) / total
    chance = float(table.sum(axis=0) @ table.sum(axis=1)) / total**2
    return (same - chance) / (1 - chance) if chance < 1 else nan


def prais_stay(matrix: npt.ArrayLike) -> Floats:
    """Mean number of periods spent in each grade once entered, 1 / (1 - p_ii); may be inf."""
    stay = np.diag(np.asarray(matrix, dtype=np.float64))
    months = np.divide(1.0, 1 - stay, out=np.full(len(stay), inf), where=stay < 1)
    return np.asarray(months, dtype=np.float64)


def stationary(matrix: npt.ArrayLike) -> Floats:
    """The long-run distribution over grades (where several exist, the one of least norm)."""
    table = np.asarray(matrix, dtype=np.float64)
    k = len(table)
    system = np.vstack((table.T - np.eye(k), np.ones(k)))
    target = np.append(np.zeros(k), 1.0)
    solution = np.linalg.lstsq(system, target, rcond=None)[0]
    return np.asarray(solution, dtype=np.float64)


def prais(matrix: npt.ArrayLike) -> Floats:
    """Prais' measure: mean stay over that of a perfectly mobile society with the same long run.

    1 in each grade where the origin says nothing; above 1 where grades hold on to people.
    """
    settled = stationary(matrix)
    mobile = np.divide(1.0, 1 - settled, out=np.full(len(settled), inf), where=settled < 1)
    stay = prais_stay(matrix)
    both = np.isinf(stay) & np.isinf(mobile)
    ratio = np.divide(stay, mobile, out=np.full(len(stay), nan), where=~both)
    return np.asarray(ratio, dtype=np.float64)
