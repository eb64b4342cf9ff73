"""Exclusion, parity and errors against Fairlearn; small cells; the tallies frame."""

import fairlearn.metrics as fairlearn
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from scoredsociety.measure import group_counts
from scoredsociety.measure.persons import exclusion, restriction_errors
from scoredsociety.measure.persons.intersections import intersections

sizes = st.integers(2, 120)


def flags(n):
    return hnp.arrays(np.bool_, n)


def groups(n):
    return hnp.arrays(np.int64, n, elements=st.integers(0, 3))


tables = sizes.flatmap(lambda n: st.tuples(flags(n), flags(n), groups(n)))


@given(tables)
@settings(max_examples=60, deadline=None)
def test_parity_equals_fairlearn(table):
    excluded, _, group = table
    counts = exclusion.counts_by_group(excluded, group)
    frame = fairlearn.MetricFrame(
        metrics=fairlearn.selection_rate, y_true=excluded, y_pred=excluded,
        sensitive_features=group,
    )  # fmt: skip
    ours = {int(name): count / of for name, (count, of) in counts.items()}
    assert ours == pytest.approx(frame.by_group.to_dict())
    given_ = {"y_true": excluded, "y_pred": excluded, "sensitive_features": group}
    assert exclusion.parity_difference(counts).value == pytest.approx(
        fairlearn.demographic_parity_difference(**given_)
    )
    if excluded.any():  # nobody in the state: we call that parity, Fairlearn divides 0 by 0
        assert exclusion.parity_ratio(counts).value == pytest.approx(
            fairlearn.demographic_parity_ratio(**given_)
        )
    else:
        assert exclusion.parity_ratio(counts).value == 1


@given(tables)
@settings(max_examples=60, deadline=None)
def test_errors_by_group_equal_fairlearn(table):
    treated, intended, group = table
    made = (
        (restriction_errors.through_error_counts, fairlearn.false_positive_rate, ~intended),
        (restriction_errors.spared_through_error_counts, fairlearn.false_negative_rate, intended),
    )
    for ours, theirs, among in made:
        for name, (count, of) in ours(treated, intended, group).items():
            inside = group == int(name)
            assert of == (inside & among).sum()
            if of:
                rate = theirs(intended[inside], treated[inside], pos_label=True)
                assert count / of == pytest.approx(rate)


def test_the_three_bars_add_up_to_everybody_restricted():
    restricted = np.array([1, 1, 1, 1, 0, 0])
    error = np.array([1, 1, 0, 0, 1, 0])
    protected = np.array([1, 0, 1, 0, 0, 1])
    made = restriction_errors.causes(restricted, error, protected)
    three = (made.error.value, made.protected.value, made.intended.value)
    assert three == pytest.approx((2 / 6, 1 / 6, 1 / 6))


def test_small_cells_are_warned_of_and_suppressed():
    assert exclusion.group_rate("a", 4, 9).note == "too few to show"
    assert np.isnan(exclusion.group_rate("a", 4, 9).rate.value)
    assert exclusion.group_rate("a", 4, 9).count == -1
    assert exclusion.group_rate("a", 4, 10).note == "few persons"
    assert exclusion.group_rate("a", 4, 29).note == "few persons"
    assert exclusion.group_rate("a", 4, 30).note == ""


def test_intersections_show_what_single_groups_hide():
    place = np.repeat(["rural", "urban"], 80)
    sex = np.tile(np.repeat(["female", "male"], 40), 2)
    excluded = (place == "rural") ^ (sex == "male")  # half of each single group
    counts = exclusion.counts_by_group(excluded, place)
    assert exclusion.parity_difference(counts).value == 0
    cells = {cell.group: cell.rate.value for cell in
             intersections(excluded, {"place": place, "sex": sex})}  # fmt: skip
    assert cells == {"rural x female": 1, "rural x male": 0, "urban x female": 0,
                     "urban x male": 1}  # fmt: skip


def test_gap_at_equal_conduct_takes_out_what_conduct_explains():
    conduct = np.repeat([0, 1], 100)
    member = np.concatenate((np.arange(100) < 20, np.arange(100) < 80))
    excluded = conduct == 1  # decided by conduct alone, yet the raw gap is large
    raw = exclusion.parity_difference(exclusion.counts_by_group(excluded, member)).value
    assert raw == pytest.approx(0.6)
    assert exclusion.gap_at_equal_conduct(excluded, member, conduct).value == 0
    worse = member & (conduct == 0) | (conduct == 1)
    assert exclusion.gap_at_equal_conduct(worse, member, conduct).value == pytest.approx(0.5)


def test_gap_at_equal_conduct_equals_mantel_and_haenszel_written_out():
    """Strata of (members, of them excluded, others, of them excluded)."""
    strata = ((30, 9, 60, 6), (50, 40, 20, 10), (7, 3, 0, 0))  # the last has nobody to compare
    excluded, member, conduct = [], [], []
    for level, (n1, x1, n0, x0) in enumerate(strata):
        excluded += [1] * x1 + [0] * (n1 - x1) + [1] * x0 + [0] * (n0 - x0)
        member += [1] * n1 + [0] * n0
        conduct += [level] * (n1 + n0)
    weights = [30 * 60 / 90, 50 * 20 / 70]
    gaps = [0.3 - 0.1, 0.8 - 0.5]
    noise = [0.3 * 0.7 / 30 + 0.1 * 0.9 / 60, 0.8 * 0.2 / 50 + 0.5 * 0.5 / 20]
    value = np.dot(weights, gaps) / sum(weights)
    half = 1.959963984540054 * np.sqrt(np.dot(np.square(weights), noise)) / sum(weights)
    made = exclusion.gap_at_equal_conduct(excluded, member, np.array(conduct))
    assert (made.value, made.low, made.high) == pytest.approx((value, value - half, value + half))
    assert made.n == 160


def test_one_error_reaches_and_is_amplified():
    without = np.array([1000, 1000, 1000, 1000, 1000])
    after = np.array([900, 980, 1000, 1010, 1000])
    made = restriction_errors.reach(without, after, 0, distance=[0, 1, 1, 2, -1])
    assert made.others_changed == 2
    assert (made.own, made.others, made.amplification) == (-100, 30, 1.3)
    assert made.by_distance == (1, 1, 1)
    assert restriction_errors.reach(without, without, 0).others_changed == 0


def frame():
    rows = [("restricted", "any", "place", "rural", 30, 100),
            ("restricted", "any", "place", "urban", 10, 200),
            ("restricted_cause", "error", "all", "all", 5, 300),
            ("restricted_cause", "intended", "all", "all", 33, 300),
            ("restricted_cause", "protected", "all", "all", 2, 300)]  # fmt: skip
    names = ("measure", "item", "dimension", "group", "count", "of")
    made = pl.DataFrame([dict(zip(names, row, strict=True)) for row in rows])
    return made.with_columns(pl.lit("2020-12").alias("month"), pl.lit("s").alias("scheme"),
                             pl.lit("persons").alias("denominator"))  # fmt: skip


def test_the_tallies_frame_feeds_the_same_measures():
    counts = group_counts.counts(frame(), "restricted", "any", "2020-12", "place", "s")
    assert exclusion.parity_difference(counts).value == pytest.approx(0.25)
    assert exclusion.parity_ratio(counts).value == pytest.approx(1 / 6)
    bars = group_counts.three_bars(frame(), "2020-12", "all", "s")
    assert {k: v[0].count for k, v in bars.items()} == {"error": 5, "intended": 33, "protected": 2}
    with pytest.raises(KeyError, match="no tally 'restricted'"):
        group_counts.counts(frame(), "restricted", "any", "2021-01", "place", "s")


def test_one_group_differs_from_none():
    alone = {"all": (3, 10), "nobody": (0, 0)}
    for measure, value in ((exclusion.parity_difference, 0), (exclusion.parity_ratio, 1)):
        made = measure(alone)
        assert (made.value, made.n) == (value, 10) and np.isnan(made.high)
    with pytest.raises(ValueError, match="no group"):
        exclusion.parity_difference({})


def test_a_flag_that_is_no_flag_is_refused():
    with pytest.raises(ValueError, match="only 0 and 1"):
        exclusion.exclusion_rate([0, 2])
