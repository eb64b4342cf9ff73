"""Intervals asked at once: they hold together, none is flat, and no sign is given by luck."""

from __future__ import annotations

import numpy as np
import pytest

from scoredsociety.measure.statistics.intervals import wilson
from scoredsociety.measure.statistics.joint_intervals import (
    Families,
    Family,
    luck_in_words,
    reaching,
    sign,
)
from scoredsociety.measure.statistics.replicates import mean_interval
from scoredsociety.measure.statistics.zero_counts import none_of, together


def test_one_answer_alone_has_its_interval_of_95() -> None:
    values = [0.01, 0.02, 0.04, 0.02]
    found, plain = Family(1, 3.0).difference(values, 40_000), mean_interval(values)
    assert (found.value, found.low, found.high) == (plain.value, plain.low, plain.high)
    many = Family(100, 3.0).difference(values, 40_000)
    wide = mean_interval(values, together(0.95, 100))
    assert (many.low, many.high) == (wide.low, wide.high) and many.low < found.low


def test_nothing_seen_is_never_of_width_zero() -> None:
    """500 persons in 200 homes, twice: with no event what 400 homes do not rule out, either way."""
    family = Family(40, 2.5)
    found = family.difference([0.0, 0.0], 1_000)
    bound = none_of(400, together(0.95, 40))
    assert found == (0.0, -bound, bound, "") and 0.016 < bound < 0.018
    same = family.difference([0.01, 0.01], 1_000)  # the same in both: no spread, and not sure
    assert same.low is not None and same.low <= 0.01 - bound and same.sign == ""
    alone = family.difference([0.0], 500)
    assert alone.low is not None and alone.low < 0 < alone.high  # type: ignore[operator]
    assert family.difference([0.2], 500) == (0.2, None, None, "")


def test_few_who_differ_are_not_sure_however_alike_the_runs_are() -> None:
    """One person of 240 more in each of four runs: four in all, of which luck can make as many.

    Student's t alone is sure of it, because a count of one hardly varies.
    """
    values = [1 / 240, 1 / 241, 1 / 240, 1 / 239]
    assert mean_interval(values, together(0.95, 441)).low > 0
    found = Family(441, 2.5).difference(values, 960)
    assert found.sign == "" and found.low is not None and found.low < 0
    many = [100 * value for value in values]  # four hundred, all one way
    assert Family(441, 2.5).difference(many, 960).sign == "+"
    assert Family(441, 2.5).difference(values, 960, counted=False).sign == "+"


def test_a_share_of_one_pair_is_by_household() -> None:
    one = Family(1, 2.5).share([25], [500])
    alone = Family(1, 1.0).share([25], [500])
    assert one is not None and alone is not None and one.value == alone.value == 0.05
    assert one.low is not None and alone.low is not None and one.low < alone.low
    plain = wilson(25, 500)
    assert (alone.low, alone.high) == pytest.approx((plain.low, plain.high))


def test_a_share_of_none_or_all_has_its_one_open_side() -> None:
    family = Family(40, 2.5)
    bound = none_of(400, together(0.95, 40))
    assert family.share([0, 0], [500, 500]) == (0.0, 0.0, bound, "")
    assert family.share([500, 500], [500, 500]) == (1.0, 1 - bound, 1.0, "")
    some = family.share([0, 5], [500, 500])
    assert some is not None and some.low == 0 and some.high is not None and some.high >= bound
    assert family.share([0, 0], [0, 0]) is None
    flat = family.share([5, 5], [500, 500])
    assert flat is not None and flat.low is not None and flat.low < 0.01 < (flat.high or 0)


def test_what_the_rules_alone_decide_has_no_interval_and_no_sign() -> None:
    exact = Family(40, 2.5, exact=True)
    assert exact.difference([0.0, 0.0], 1_000) == (0.0, None, None, "")
    assert "nothing can differ" in luck_in_words(Families(exact, exact), 4)
    assert "95 of 100" in luck_in_words(Families(Family(40, 2.5), Family(800, 2.5)), 4)


def test_signs_that_luck_gives_are_few() -> None:
    """implementation: 200 tables of 50 answers without any effect; in at most 5 of 100 a sign.

    One at a time (t at 95 %) nearly every table would have one. Bound: 3 standard errors.
    """
    luck = np.random.default_rng(13).normal(size=(200, 50, 4)) / 1_000
    family, alone = Family(50, 2.5), Family(1, 2.5)

    def tables_with_a_sign(one: Family) -> int:
        return sum(any(one.difference(row, 10**9).sign for row in table.tolist())
                   for table in luck)  # fmt: skip

    assert tables_with_a_sign(family) <= 200 * 0.05 + 3 * (200 * 0.05 * 0.95) ** 0.5
    assert tables_with_a_sign(alone) > 150


def test_a_sign_needs_the_whole_interval() -> None:
    assert sign(1, 2) == "+" and sign(-2, -1) == "-" and sign(0, 2) == sign(-1, 1) == ""
    found = reaching(mean_interval([0.0, 0.5]), [0.0, 0.5], 0.1)
    assert found.low <= -0.1
