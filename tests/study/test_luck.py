"""The variance ratio of a study, by closed forms."""

from __future__ import annotations

import numpy as np
import polars as pl

from scoredsociety.study.paired.variance_reduction import (
    ratio_in_words,
    ratio_of_lanes,
    ratio_of_points,
)

FIRST = [{"x": float(v), "still": 1.0} for v in (3, 8, 1, 9)]


def moved(by: float, slope: float = 1.0) -> list[dict[str, float]]:
    return [{"x": by + slope * one["x"], "still": 1.0} for one in FIRST]


def test_a_shift_that_luck_does_not_touch_has_no_variance() -> None:
    assert ratio_of_lanes(FIRST, [moved(5)]) == 0


def test_a_slope_has_the_ratio_of_its_closed_form() -> None:
    """b = s a: var(b - a) / (var a + var b) = (s - 1)**2 / (1 + s**2)."""
    for slope in (0.5, 2.0, -1.0):
        wanted = (slope - 1) ** 2 / (1 + slope**2)
        found = ratio_of_lanes(FIRST, [moved(0, slope)])
        assert found is not None and abs(found - wanted) < 1e-12


def test_independent_seeds_save_nothing() -> None:
    """400 normal draws: the ratio is 1 within 0.25, five standard errors of 0.05."""
    chance = np.random.default_rng(2)
    a, b = ([{"x": float(v)} for v in chance.normal(size=400)] for _ in range(2))
    found = ratio_of_lanes(a, [b])
    assert found is not None and abs(found - 1) < 0.25


def test_nothing_is_said_of_one_seed_or_of_lanes_that_are_the_same() -> None:
    assert ratio_of_lanes(FIRST[:1], [moved(5)[:1]]) is None
    assert ratio_of_lanes(FIRST, [FIRST]) is None
    assert "not known" in ratio_in_words(None) and ratio_in_words(0.25) == "0.2500 (median)"


def test_a_table_of_a_sweep_pairs_its_points_by_replicate() -> None:
    rows = [
        {"point": point, "replicate": k, "x": (1 + point) * value}
        for k, value in enumerate((3.0, 8.0, 1.0)) for point in (0, 1)
    ]
    found = ratio_of_points(pl.DataFrame(rows), ["x"])
    assert found is not None and abs(found - 1 / 5) < 1e-12
