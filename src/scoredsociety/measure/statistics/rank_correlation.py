"""Rank correlation without a model: Kendall's tau-b (1945) and Spearman's rho (1904).

Counts of concordant and discordant pairs are exact integers, with ties.
"""

from __future__ import annotations

from math import nan, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Floats, Ints, same_length


class Pairs(NamedTuple):
    """Pairs of persons by how two orders agree; ``only_x`` are tied in x and not in y."""

    concordant: int
    discordant: int
    only_x: int
    only_y: int
    both: int


def mean_ranks(values: npt.NDArray[np.generic]) -> Floats:
    """Ranks from 1, tied values share their mean rank."""
    _, code, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2)[code], dtype=np.float64)


def _inversions(order: Ints) -> int:
    """Pairs i < j with order[i] > order[j], bit by bit from the top (a radix merge sort)."""
    codes, total = order, 0
    if len(codes) == 0:
        return 0
    for bit in range(int(codes.max()).bit_length() - 1, -1, -1):
        prefix, ones = codes >> (bit + 1), (codes >> bit) & 1
        place = np.argsort(prefix, kind="stable")  # groups that agree in all higher bits
        ones, prefix = ones[place], prefix[place]
        seen = np.cumsum(ones) - ones
        starts = np.searchsorted(prefix, prefix)  # ones before the group do not count
        total += int((seen - seen[starts])[ones == 0].sum())
        codes = codes[place]
    return total


def pairs_of(x: npt.NDArray[np.generic], y: npt.NDArray[np.generic]) -> Pairs:
    """Exact pair counts of two orders, O(n log n) and vectorised."""
    n = same_length(x=x, y=y)
    one = np.unique(x, return_inverse=True)[1].astype(np.int64)
    two = np.unique(y, return_inverse=True)[1].astype(np.int64)

    def tied(codes: Ints) -> int:
        count = np.unique(codes, return_counts=True)[1].astype(np.int64)
        return int((count * (count - 1) // 2).sum())

    in_x, in_y = tied(one), tied(two)
    both = tied(one * n + two)
    place = np.lexsort((two, one))  # within a tie in x, y rises, so no inversion comes from it
    discordant = _inversions(two[place])
    concordant = n * (n - 1) // 2 - in_x - in_y + both - discordant
    return Pairs(concordant, discordant, in_x - both, in_y - both, both)


def kendall(x: npt.NDArray[np.generic], y: npt.NDArray[np.generic]) -> float:
    """Kendall's tau-b, -1 to 1; nan where one of the two does not vary."""
    pairs = pairs_of(x, y)
    untied = pairs.concordant + pairs.discordant
    below = sqrt(untied + pairs.only_x) * sqrt(untied + pairs.only_y)
    return (pairs.concordant - pairs.discordant) / below if below else nan


def spearman(x: npt.NDArray[np.generic], y: npt.NDArray[np.generic]) -> float:
    """Spearman's rho: Pearson correlation of mean ranks; nan where one does not vary."""
    if same_length(x=x, y=y) < 2:
        return nan
    one, two = mean_ranks(x), mean_ranks(y)
    one, two = one - one.mean(), two - two.mean()
    below = sqrt(float((one * one).sum())) * sqrt(float((two * two).sum()))
    return float((one * two).sum()) / below if below else nan
