"""Places differ beyond who lives there: normed, bounded, and nothing where it is not asked for."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from tests.conduct.test_proneness import changed

from scoredsociety.conduct.acts import compile_conduct
from scoredsociety.conduct.localities import MOST, SCORES, act_units, collector_units
from scoredsociety.conduct.model import load_conduct
from scoredsociety.errors import UserError
from scoredsociety.society.tables import PLACE_ACTS, PLACE_CLASSES, PLACE_COLLECTORS

ROOM = {"envelope__skewed__candidates_a_year": 5, "envelope__even__candidates_a_year": 5}


def test_scores_have_mean_0_and_deviation_1() -> None:
    assert len(SCORES) == PLACE_CLASSES and sum(SCORES) == 0 and list(SCORES) == sorted(SCORES)
    assert float(sum(one * one for one in SCORES)) / PLACE_CLASSES == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("deviation", ["0.05", "0.2", "1"])
def test_the_mean_rate_stays_and_the_log_rates_spread_as_asked(deviation: str) -> None:
    times = 2.0 ** (np.array(act_units(Decimal(deviation))) / 1024)
    assert times.mean() == pytest.approx(1, abs=1e-3)
    assert np.log(times).std() == pytest.approx(float(deviation), abs=1e-3)


def test_coverage_moves_by_its_log_odds_and_never_passes_1() -> None:
    units = collector_units(MOST, Decimal("0.9"))
    share = 0.9 * 2.0 ** (np.array(units) / 1024)
    odds = np.log(share / (1 - share)) - np.log(9)
    expected = np.array([float(MOST * one) for one in SCORES])
    np.testing.assert_allclose(odds, expected, atol=0.01)
    assert share.max() < 1
    assert set(collector_units(MOST, Decimal(1))) == {0}


def test_the_default_is_no_difference_and_adds_no_look_up() -> None:
    conduct = load_conduct("everyday")
    assert conduct.between_places.acts == 0 == conduct.between_places.collectors
    rows = set(conduct.compile().effects.trait.tolist())
    assert not rows & {PLACE_ACTS, PLACE_COLLECTORS}


def test_every_act_and_every_source_by_hand_gets_one_row() -> None:
    conduct = changed(between_places__acts="0.2", between_places__collectors="0.1", **ROOM)
    made, plain = conduct.compile(), load_conduct("everyday").compile()
    more = made.acts.effect_count - plain.acts.effect_count
    assert set(more.tolist()) == {1}
    by_hand = [int(one.by_hand) for one in conduct.source]
    rows = made.sources.effect_count - plain.sources.effect_count
    assert rows.tolist() == by_hand and sum(by_hand) > 0


def test_places_that_act_more_than_the_candidates_allow_are_refused() -> None:
    compile_conduct(changed(between_places__acts=str(MOST), **ROOM))
    with pytest.raises(UserError, match="its cells carry"):
        compile_conduct(changed(between_places__acts=str(MOST)))
