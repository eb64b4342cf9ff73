"""The list counted as an object: what enters less what leaves is what stands on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoredsociety.errors import UserError
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.ensemble.ensemble import observe
from scoredsociety.study.ensemble.history_matching import TARGETS
from scoredsociety.study.ensemble.matching_targets import AIMS, new_listings, on_list
from scoredsociety.study.validation import figures as f
from scoredsociety.study.validation.figure_table import figure_rows, outcome, span, widest
from scoredsociety.study.validation.figure_values import of_list, plain_scenario
from scoredsociety.study.validation.list_flows import ListFlow, flow_of, story_case, years


@pytest.fixture(scope="module")
def flow() -> ListFlow:
    return flow_of(story_case(3000, 3))


def test_stock_is_what_entered_less_what_left(flow: ListFlow) -> None:
    assert len(flow.stock) == 123 and flow.stock[-1] > 0
    np.testing.assert_array_equal(np.cumsum(flow.entered - flow.left), flow.stock)
    np.testing.assert_array_equal(flow.stock_of[:, 0], flow.stock)  # the tallies say the same
    assert (flow.stock_of[:, 8] + flow.stock_of[:, 9] == flow.stock).all()  # rural and urban
    assert flow.entered.sum() <= flow.listings.sum()  # who is on it can be listed again
    assert flow.left.sum() > 0 and flow.paid.sum() > 0


def test_a_row_a_year_and_values_for_every_figure(flow: ListFlow) -> None:
    made = list(years(flow))
    assert [row[0] for row in made] == [str(year) for year in range(2013, 2024)]
    values = of_list(flow)
    assert {one.read for one in f.FIGURES if one.run == f.LIST} <= set(values)
    assert values["stock_2023"] == pytest.approx(float(made[-1][1]), abs=0.05)
    with pytest.raises(UserError, match="not in this run"):
        flow.share("2012-01")


def test_another_list_is_named_with_what_there_is() -> None:
    with pytest.raises(UserError, match="no list 'judgement_list'.*Did you mean"):
        flow_of(story_case(300, 3), "judgement_list")


def test_a_figure_is_asked_only_of_a_run_that_can_miss_it() -> None:
    short = case_of(Scenario(("judgment_list",), people=400, months=14, seed=2, panel=0))
    made = observe(short)
    assert new_listings(short, made) >= 0
    assert np.isnan(on_list(short, made))  # the list is young
    other = case_of(replace(short.scenario, schemes=("fico",)))
    seen = observe(other)
    assert all(np.isnan(AIMS[name](other, seen)) for name in
               ("new_listings", "on_list", "flights_to_trains", "aware"))  # fmt: skip
    assert {one.indicator for one in TARGETS} - set(AIMS) == {"says_support", "silent_opinion"}


def test_a_figure_says_what_counts_as_a_hit() -> None:
    stock = next(one for one in f.FIGURES if one.read == "stock_2023")
    assert stock.label == "predicted" and stock.low == pytest.approx(60.49, abs=0.01)
    assert stock.ends == pytest.approx((stock.low / 1.5, stock.low * 1.5))
    assert outcome(*stock.ends, (41, 60)) == "hit" and outcome(*stock.ends, (20, 39)) == "miss"
    assert span((3, 3)) == "3" and span(None) == "-"
    assert widest((3, 4), [1, 3.5]) == [1, 4] and widest(None, None) == []
    assert len({row.finding for row in figure_rows() if row.label == "predicted"}) >= 6


def test_the_list_is_run_as_its_story_is() -> None:
    asked = plain_scenario(f.LIST, 500, 9)
    assert asked.start == "2013-10" and asked.months == 123 and asked.seed == 9
