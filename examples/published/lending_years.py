"""Threshold lending over the years, person by person with keyed draws.

The same rules as in lending.py on a scale with ends: whoever falls below the threshold gets no
further loan and so no way back. That is the lending world of WhyNot and ml-fairness-gym
(facts part 3, no. 2 and 3) in its simplest form; exclusion is absorbing.
"""

from __future__ import annotations

import numpy as np

from examples.published.lending import (
    GAIN,
    HIGHEST,
    LOSS,
    LOWEST,
    STEP,
    THRESHOLD,
    Borrowers,
    levels,
)
from scoredsociety.fixed import ONE, Ints
from scoredsociety.kernel import kernel
from scoredsociety.keyed import draw, key_of, stream


@kernel
def _years(
    k0: int, k1: int, loan: int, chance: Ints, threshold: int, bounded: int, out: Ints
) -> None:
    """Fills ``out`` (years + 1, persons) after its first row; the year is the address's month."""
    for year in range(1, out.shape[0]):
        for person in range(out.shape[1]):
            now = out[year - 1, person]
            if now >= threshold:
                level = min(max((now - LOWEST) // STEP, 0), len(chance) - 1)
                word = draw(k0, k1, person, year, loan, 0)[0]
                now += GAIN if word < chance[level] else LOSS
                if bounded:
                    now = min(max(now, LOWEST), HIGHEST)
            out[year, person] = now


def starting_scores(borrowers: Borrowers, persons: int) -> Ints:
    """Scores of ``persons`` people in the group's proportions (largest remainders)."""
    exact = borrowers.share * persons
    count = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - count), kind="stable")
    count[order[: persons - int(count.sum())]] += 1
    return np.repeat(levels(), count)


def lend(
    borrowers: Borrowers, persons: int, years: int, seed: int,
    threshold: int = THRESHOLD, bounded: bool = True,
) -> Ints:  # fmt: skip
    """Scores (years + 1, persons), from the start on, with a loan a year from ``threshold`` up."""
    k0, k1 = key_of(seed)
    chance = np.round(borrowers.repays * ONE).astype(np.int64)
    out = np.zeros((years + 1, persons), dtype=np.int64)
    out[0] = starting_scores(borrowers, persons)
    _years(k0, k1, stream("published:loan"), chance, threshold, int(bounded), out)
    return out
