"""What the same luck saves: the variance ratio that every study of several seeds prints.

Lanes of a study share their seeds, replicate by replicate. The ratio of one number is the
variance of its paired differences over that of independent seeds
(measure/statistics/replicates.py); of a study, the median over every lane and number that varies
and differs. None: one seed, or none does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from statistics import median

import polars as pl

from scoredsociety.measure.statistics.replicates import variance_ratio

Lane = Sequence[Mapping[str, float]]  # of one setting: numbers by name, a mapping a seed


def ratio_of_lanes(first: Lane, others: Sequence[Lane]) -> float | None:
    """Median ratio of the other lanes against the first."""
    if len(first) < 2:
        return None
    ratios = []
    for lane in others:
        for name in first[0]:
            a, b = [one[name] for one in first], [one[name] for one in lane]
            if all(map(isfinite, (*a, *b))) and a != b and len(set(a)) > 1 < len(set(b)):
                ratios.append(variance_ratio(a, b))
    known = [ratio for ratio in ratios if isfinite(ratio)]
    return median(known) if known else None


def ratio_of_points(frame: pl.DataFrame, numbers: Sequence[str]) -> float | None:
    """The same of a sweep's table, one row a run: every point against the first."""
    lanes = [
        [{name: float(row[name]) for name in numbers} for row in rows.to_dicts()]
        for _, rows in frame.sort("point", "replicate").group_by("point", maintain_order=True)
    ]
    return ratio_of_lanes(lanes[0], lanes[1:]) if lanes else None


def ratio_in_words(ratio: float | None) -> str:
    """The ratio as a study prints it."""
    if ratio is None:
        return "not known (one seed, or nothing differs)"
    return f"{ratio:.4f} (median)"
