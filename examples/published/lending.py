"""Threshold lending and its delayed impact (Liu, Dean, Rolf, Simchowitz and Hardt 2018).

A lender grants loans from the highest score down. Who repays gains 75 points, who defaults
loses 150 (facts part 3, no. 3), so a loan raises the expected score only where repayment is
likelier than 2/3. The mean change of a group, as a function of the share that gets loans, is
the *outcome curve*: it rises (improvement), returns to zero (stagnation) and falls (decline).
A rule that equalises groups can push one of them past its peak, and past zero.
The score distributions here are invented (assumed); the paper used FICO scores of 2003.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scoredsociety.fixed import ONE, logistic_table
from scoredsociety.measure.measure import Floats, Ints

LOWEST, HIGHEST, STEP = 300, 850, 25  # the scale; step 25 divides both changes
GAIN, LOSS = 75, -150  # points after repayment, after default
THRESHOLD = 650
PROFIT, WRITE_OFF = 1.0, -4.0  # lender's utility of a repaid and of a defaulted loan (u-/u+ = -4)

Region = Literal["improvement", "stagnation", "decline"]
_TINY = 1e-9  # points


def levels() -> Ints:
    """The scores of the scale, 300 to 850."""
    return np.arange(LOWEST, HIGHEST + 1, STEP, dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Borrowers:
    """A group: share of its persons at each level, and their chance to repay (levels,)."""

    share: Floats
    repays: Floats

    @property
    def expected_change(self) -> Floats:
        """Mean change in points of a person who gets a loan, at each level."""
        return GAIN * self.repays + LOSS * (1 - self.repays)

    def loans(self, rate: float) -> Floats:
        """Share of the group that gets a loan at each level, highest first, ``rate`` in all."""
        if not 0 <= rate <= 1:
            raise ValueError(f"a share of loans lies between 0 and 1, not {rate}")
        above = np.cumsum(self.share[::-1])[::-1] - self.share
        return np.asarray(np.clip(rate - above, 0, self.share), dtype=np.float64)

    def outcome(self, rate: float) -> float:
        """Mean change of the whole group in points: a point of the outcome curve."""
        return float((self.loans(rate) * self.expected_change).sum())

    def profit(self, rate: float) -> float:
        """The lender's mean utility a person of the group."""
        gain = PROFIT * self.repays + WRITE_OFF * (1 - self.repays)
        return float((self.loans(rate) * gain).sum())

    def opportunity(self, rate: float) -> float:
        """Share with a loan of those who would repay."""
        return float((self.loans(rate) * self.repays).sum() / (self.share * self.repays).sum())

    def corners(self) -> Floats:
        """Rates at which the margin moves to the next level: 0, ..., 1."""
        return np.append(0.0, np.minimum(1.0, np.cumsum(self.share[::-1])))


def repayment(middle: int, width: int) -> Floats:
    """Chance to repay at each level: logistic in the score, from the package's integer table."""
    table = logistic_table()
    logits = np.clip((levels() - middle) * 1000 // width, -16000, 16000)
    return np.asarray(table[(logits + 16000) >> 4] / ONE, dtype=np.float64)


def region(borrowers: Borrowers, rate: float) -> Region:
    """Where on its outcome curve a group stands when ``rate`` of it gets loans."""
    change = borrowers.outcome(rate)
    if abs(change) < _TINY:
        return "stagnation"
    return "improvement" if change > 0 else "decline"


def against_the_lender(borrowers: Borrowers, rate: float) -> Region:
    """The same against the outcome of the most profitable rate: relative improvement or decline."""
    change = borrowers.outcome(rate) - borrowers.outcome(best_for_lender(borrowers))
    if abs(change) < _TINY:
        return "stagnation"
    return "improvement" if change > 0 else "decline"


def at_threshold(borrowers: Borrowers, threshold: int = THRESHOLD) -> float:
    """The share that gets loans where everybody from ``threshold`` up does."""
    return float(borrowers.share[levels() >= threshold].sum())


def best_for_group(borrowers: Borrowers) -> float:
    """The rate at the peak of the outcome curve: all whose expected change is positive."""
    return float(borrowers.share[borrowers.expected_change > 0].sum())


def best_for_lender(borrowers: Borrowers) -> float:
    """The rate of most profit: all whose loan is expected to pay."""
    gain = PROFIT * borrowers.repays + WRITE_OFF * (1 - borrowers.repays)
    return float(borrowers.share[gain > 0].sum())


def returns_to_zero(borrowers: Borrowers) -> float:
    """The rate past the peak at which improvement is used up; 1 where it never is."""
    corners = borrowers.corners()
    values = [borrowers.outcome(float(rate)) for rate in corners]
    for i in range(len(corners) - 1):
        one, two = values[i], values[i + 1]
        if two < 0 <= one:  # straight between corners
            return float(corners[i] + (corners[i + 1] - corners[i]) * one / (one - two))
    return 1.0


def equal_rates(groups: Sequence[Borrowers], sizes: Sequence[float]) -> tuple[float, ...]:
    """Demographic parity: one rate for all groups, the most profitable one."""
    candidates = np.unique(np.concatenate([g.corners() for g in groups]))
    profit = [
        sum(size * g.profit(float(rate)) for g, size in zip(groups, sizes, strict=True))
        for rate in candidates
    ]  # profit is straight between corners, so a corner is best
    return (float(candidates[int(np.argmax(profit))]),) * len(groups)


def rate_of_opportunity(borrowers: Borrowers, opportunity: float) -> float:
    """The rate at which ``opportunity`` of those who would repay get a loan."""
    corners = borrowers.corners()
    reached = np.array([borrowers.opportunity(float(rate)) for rate in corners])
    return float(np.interp(opportunity, reached, corners))


def equal_opportunity(groups: Sequence[Borrowers], sizes: Sequence[float]) -> tuple[float, ...]:
    """Equal opportunity: of those who would repay the same share gets loans in all groups."""
    candidates = np.unique(
        np.concatenate([[g.opportunity(float(r)) for r in g.corners()] for g in groups])
    )
    rates = [tuple(rate_of_opportunity(g, float(t)) for g in groups) for t in candidates]
    profit = [
        sum(s * g.profit(r) for g, s, r in zip(groups, sizes, row, strict=True)) for row in rates
    ]
    return rates[int(np.argmax(profit))]


def example(smaller: float = 0.125) -> tuple[tuple[Borrowers, Borrowers], tuple[float, float]]:
    """Two invented groups (assumed), unlike in scores only, and their shares of the people.

    The first, ``smaller`` of all, has scores about 575, the second about 685; at equal scores
    both repay alike, so 650 is the threshold of most profit for both.
    """
    chance = repayment(middle=575, width=50)
    return (Borrowers(_bell(0.5), chance), Borrowers(_bell(0.7), chance)), (smaller, 1 - smaller)


def _bell(middle: float) -> Floats:
    """Shares of a binomial over the levels with its mean at ``middle`` of the scale."""
    n = len(levels()) - 1
    share = np.ones(1)
    for _ in range(n):
        share = np.convolve(share, [1 - middle, middle])
    return np.asarray(share, dtype=np.float64)
