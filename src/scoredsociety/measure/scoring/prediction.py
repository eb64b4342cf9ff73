"""Does the score predict the one act that it claims to predict? (Q12; S4-6, S2-10)

Discrimination (area under the ROC curve, with DeLong's 1988 interval) and calibration (Brier
1950, reliability by band) of a score against the *simulated* truth. In a simulation this is
circular unless shown as a curve over the assumed link of trait and act (model.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, bools, same_length
from scoredsociety.measure.persons.exclusion import GroupRate, group_rate
from scoredsociety.measure.statistics.intervals import z_of
from scoredsociety.measure.statistics.rank_correlation import mean_ranks


def auc(score: npt.ArrayLike, outcome: npt.ArrayLike, level: float = 0.95) -> Estimate:
    """Chance that one with the outcome scores above one without, ties half; DeLong's interval.

    nan where only one outcome occurs. 0.5 is chance, at any level of the score.
    """
    value, hit = np.asarray(score, dtype=np.float64), bools(outcome, "outcome")
    n = same_length(score=value, outcome=hit)
    one, none = value[hit], value[~hit]
    if len(one) == 0 or len(none) == 0:
        return Estimate(nan, nan, nan, n)
    ranks = mean_ranks(np.concatenate((one, none)))
    m, k = len(one), len(none)
    above = (ranks[:m] - mean_ranks(one)) / k  # of each with the outcome: share below it
    below = 1 - (ranks[m:] - mean_ranks(none)) / m
    area = float(above.mean())
    if m < 2 or k < 2:
        return Estimate(area, 0.0, 1.0, n)
    half = z_of(level) * sqrt(float(above.var(ddof=1)) / m + float(below.var(ddof=1)) / k)
    return Estimate(area, max(0.0, area - half), min(1.0, area + half), n)


def brier(probability: npt.ArrayLike, outcome: npt.ArrayLike) -> float:
    """Mean squared distance of a probability (0 to 1) from what happened; 0.25 for a coin."""
    chance, hit = np.asarray(probability, dtype=np.float64), bools(outcome, "outcome")
    if same_length(probability=chance, outcome=hit) == 0:
        return nan
    if bool(((chance < 0) | (chance > 1)).any()):
        raise ValueError("probabilities lie between 0 and 1")
    return float(((chance - hit) ** 2).mean())


def brier_skill(probability: npt.ArrayLike, outcome: npt.ArrayLike) -> float:
    """1 - Brier over the Brier of the base rate: 0 as good as knowing nothing, 1 perfect."""
    hit = bools(outcome, "outcome")
    rate = float(hit.mean()) if len(hit) else nan
    plain = rate * (1 - rate)
    return 1 - brier(probability, outcome) / plain if plain > 0 else nan


@dataclass(frozen=True, slots=True)
class Band:
    """One band of predicted probability against what happened in it."""

    low: float
    high: float
    predicted: float
    happened: GroupRate


def reliability(
    probability: npt.ArrayLike, outcome: npt.ArrayLike, bands: int = 10
) -> tuple[Band, ...]:
    """Calibration by equal bands of probability, empty bands left out."""
    chance, hit = np.asarray(probability, dtype=np.float64), bools(outcome, "outcome")
    same_length(probability=chance, outcome=hit)
    place = np.clip((chance * bands).astype(np.int64), 0, bands - 1)
    rows = []
    for band in np.unique(place):
        inside = place == band
        low, high = band / bands, (band + 1) / bands
        rate = group_rate(f"{low:.2f} to {high:.2f}", int(hit[inside].sum()), int(inside.sum()))
        rows.append(Band(float(low), float(high), float(chance[inside].mean()), rate))
    return tuple(rows)


def calibration_gap(probability: npt.ArrayLike, outcome: npt.ArrayLike) -> float:
    """Calibration in the large: mean predicted less share that happened."""
    chance, hit = np.asarray(probability, dtype=np.float64), bools(outcome, "outcome")
    return float(chance.mean() - hit.mean()) if same_length(p=chance, o=hit) else nan


def outcome_by_band(
    score: npt.ArrayLike, outcome: npt.ArrayLike, edges: npt.ArrayLike
) -> tuple[GroupRate, ...]:
    """Share with the outcome in each band of the score (centipoints), edges rising."""
    value, hit = np.asarray(score, dtype=np.float64), bools(outcome, "outcome")
    same_length(score=value, outcome=hit)
    cuts = np.asarray(edges, dtype=np.float64)
    place = np.searchsorted(cuts, value, side="right")
    names = ["-inf", *(f"{cut:g}" for cut in cuts), "inf"]
    rows = []
    for band in range(len(cuts) + 1):
        inside = place == band
        name = f"{names[band]} to {names[band + 1]}"
        rows.append(group_rate(name, int(hit[inside].sum()), int(inside.sum())))
    return tuple(rows)
