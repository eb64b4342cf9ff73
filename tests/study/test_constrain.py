"""History matching keeps what made the target, and rules out what is absurd."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.commandline import Scored

from scoredsociety.errors import UserError
from scoredsociety.study.constrain import (
    CUT,
    Target,
    chosen_axes,
    constrain,
    ruled_out,
)
from scoredsociety.study.observe import case_of
from scoredsociety.study.scenario import Scenario

BASE = Scenario(("wendeng_2020",), people=400, months=3, panel=0, seed=4,
                sets=("response.awareness.values.start=0.5",))  # or nobody could be asked
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
        far = found.frame["implausibility_made"].to_numpy()
        np.testing.assert_array_equal(left, far <= CUT)
        assert far[place] == 0
    ranges = found.ranges.row(0, named=True)
    assert ranges["swept_min"] <= ranges["left_min"] <= ranges["left_max"] <= ranges["swept_max"]


def test_an_absurd_target_rules_out_everything(kept: Path) -> None:
    found = constrain(BASE, POINTS, ("support",), [target(-900, -800)], kept)
    assert found.kept == 0 and found.frame.height == POINTS  # nothing is left out of the table


def test_distance_is_in_standard_deviations() -> None:
    one = target(55, 70, spread=3.0)
    assert one.far(50, 0) == pytest.approx(5 / 3) and one.far(60, 0) == 0
    assert one.far(75, 4.0) == pytest.approx(1)  # 5 beyond, over the hypotenuse of 3 and 4
    assert one.far(float("nan"), 0) == 0  # a scheme cannot miss what it is not asked
    run, luck = {"says_support": 80.0}, {"made": 0.0}
    assert ruled_out(run, luck, [one]) == ["made"] and ruled_out(run, luck, [target(0, 100)]) == []


def test_the_points_are_those_over_which_answers_range() -> None:
    """Every coefficient and form of people, conduct, and the scheme's own; or some responses'."""
    first = case_of(BASE)
    keys = [axis.key for axis in chosen_axes(first, ())]
    for one in ("response.deterrence.values.certainty", "silence.form", "rates of acts: traffic",
                "gravity of acts: traffic", "coverage: court", "errors: misattributed",
                "errors.clustering", "response.awareness.values.start"):  # fmt: skip
        assert one in keys, one
    few = [axis.key for axis in chosen_axes(first, ["support"])]
    assert few and all(key.startswith("response.support.") for key in few)
    with pytest.raises(UserError, match="no response"):
        chosen_axes(first, ["obedience"])


def test_the_command(scored: Scored, kept: Path) -> None:
    words = ("constrain", "wendeng_2020", "--people", 400, "--months", 3, "--seed", 4,
             "--points", POINTS, "--response", "support", "--cache", kept, "--quiet")  # fmt: skip
    record = scored(*words, "--json").json
    assert record["points"] == POINTS and len(record["every_point"]) == POINTS
    assert [one["source"] for one in record["targets"]] == ["V14", "V18"]
    said = scored(*words)
    assert said.code == 0 and "independent seeds" in said.out
