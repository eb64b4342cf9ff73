"""History matching keeps what made the target, and rules out what is absurd."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.commandline import Scored

from scoredsociety.errors import UserError
from scoredsociety.study.constrain import CUT, Target, behavioural, constrain, implausibility
from scoredsociety.study.scenario import Scenario

BASE = Scenario(("wendeng_2020",), people=400, months=3, panel=0, seed=4)
POINTS = 5


def target(low: float, high: float, spread: float = 0.05) -> Target:
    return Target("made", "says_support", low, high, spread, "as one point made it", "assumed")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of finished runs, so that each test reads them."""
    return tmp_path_factory.mktemp("runs")


def test_the_point_that_made_the_target_is_not_ruled_out(kept: Path) -> None:
    every = constrain(BASE, POINTS, ("support",), [target(0, 100)], kept)
    assert every.kept == POINTS
    values = every.frame["says_support"].to_numpy()
    assert np.ptp(values) > 1  # the moved numbers move the indicator
    for place, value in enumerate(values):
        found = constrain(BASE, POINTS, ("support",), [target(value, value)], kept)
        left = found.frame["not_ruled_out"].to_numpy()
        assert left[place]
        luck = found.frame["luck_made"].to_numpy() / np.sqrt(2)
        np.testing.assert_array_equal(left, np.abs(values - value) <= CUT * np.hypot(0.05, luck))
    ranges = found.ranges.row(0, named=True)
    assert ranges["swept_min"] <= ranges["left_min"] <= ranges["left_max"] <= ranges["swept_max"]


def test_an_absurd_target_rules_out_everything(kept: Path) -> None:
    found = constrain(BASE, POINTS, ("support",), [target(-900, -800)], kept)
    assert found.kept == 0 and found.frame.height == POINTS  # nothing is left out of the table


def test_distance_is_in_standard_deviations() -> None:
    frame = pl.DataFrame({"says_support": [50.0, 60.0, 75.0, float("nan")],
                          "luck_made": [0.0, 0.0, 4.0 * 2**0.5, 0.0]})  # fmt: skip
    far = implausibility(frame, target(55, 70, spread=3.0))
    np.testing.assert_allclose(far, [5 / 3, 0, 1, np.inf])


def test_only_assumed_behavioural_numbers_are_moved() -> None:
    keys = [axis.key for axis in behavioural()]
    assert keys and all(key.startswith("response.") for key in keys)
    assert not any(key.startswith(("rule.", "act.")) for key in keys)
    with pytest.raises(UserError, match="no response"):
        behavioural(["obedience"])


def test_the_command(scored: Scored, kept: Path) -> None:
    words = ("constrain", "wendeng_2020", "--people", 400, "--months", 3, "--seed", 4,
             "--points", POINTS, "--response", "support", "--cache", kept, "--quiet")  # fmt: skip
    record = scored(*words, "--json").json
    assert record["points"] == POINTS and len(record["every_point"]) == POINTS
    assert [one["source"] for one in record["targets"]] == ["V14", "V18"]
    said = scored(*words)
    assert said.code == 0 and "independent seeds" in said.out
