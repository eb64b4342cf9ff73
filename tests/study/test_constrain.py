"""History matching keeps what made the target, and rules out what is absurd."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.commandline import Scored

from scoredsociety.errors import UserError
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.ensemble.history_matching import (
    CUT,
    Target,
    chosen_axes,
    match_history,
    ruled_out,
)

BASE = Scenario(("wendeng_2020",), people=400, months=3, panel=0, seed=4,
                sets=("response.awareness.values.start=0.5",))  # or nobody could be asked
POINTS = 4


def target(low: float, high: float, spread: float = 0.05) -> Target:
    return Target("made", "says_support", low, high, spread, "as one point made it", "assumed")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of finished runs, so that each test reads them."""
    return tmp_path_factory.mktemp("runs")


def test_the_point_that_made_the_target_is_not_ruled_out(kept: Path) -> None:
    every = match_history(BASE, POINTS, ("support",), [target(0, 100)], kept)
    assert every.kept == POINTS
    values = every.frame["says_support"].to_numpy()
    assert np.ptp(values) > 1  # the moved numbers move the indicator
    for place, value in list(enumerate(values))[::POINTS - 1]:
        found = match_history(BASE, POINTS, ("support",), [target(value, value)], kept)
        left = found.frame["not_ruled_out"].to_numpy()
        assert left[place]
        far = found.frame["implausibility_made"].to_numpy()
        np.testing.assert_array_equal(left, far <= CUT)
        assert far[place] == 0
    ranges = found.ranges.row(0, named=True)
    assert ranges["swept_min"] <= ranges["left_min"] <= ranges["left_max"] <= ranges["swept_max"]


def test_an_absurd_target_rules_out_everything(kept: Path) -> None:
    found = match_history(BASE, POINTS, ("support",), [target(-900, -800)], kept)
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


def test_a_target_that_no_run_can_be_asked_rules_out_nothing(kept: Path) -> None:
    """Wendeng keeps no such list: the figure is asked of no point, and predicted of none."""
    listed = Target("listed", "new_listings", 17, 18, 0.1, "listings", "V7")
    found = match_history(BASE, POINTS, ("support",), [listed], kept)
    assert found.asked(listed) == 0 and found.by_target["listed"] == 0 and found.kept == POINTS
    assert found.predicted.height == 0


def test_each_figure_is_predicted_by_what_the_others_leave(kept: Path) -> None:
    """A figure takes no part in its own prediction, and what was held is no answer."""
    every = match_history(BASE, POINTS, ("support",), [target(0, 100)], kept).frame
    values = sorted(every["says_support"])
    low = Target("low", "says_support", values[0], values[0], 0.01, "the lowest point", "assumed")
    absurd = Target("absurd", "supports", -900, -800, 1, "nobody", "assumed")
    found = match_history(BASE, POINTS, ("support",), [low, absurd], kept)
    row = found.predicted.row(0, named=True)
    assert row["target"] == "absurd" and found.predicted.height == 1  # absurd leaves low no point
    left = found.frame.filter(found.frame["implausibility_low"] <= CUT)["supports"]
    assert row["points"] == len(left) and row["within"] == 0
    assert row["predicted_min"] == min(left) and row["predicted_max"] == max(left)
    answers = found.answers
    assert not {"says_support", "supports"} & set(answers["indicator"])
    assert answers.filter(answers["indicator"] == "records")["left_low"].to_list() == [None]


def test_the_points_are_kept_whole_beside_the_ranges(
    scored: Scored, kept: Path, tmp_path: Path
) -> None:
    said = scored("constrain", "wendeng_2020", "--people", 400, "--months", 3, "--seed", 4,
                  "--points", POINTS, "--response", "support", "--cache", kept, "--quiet",
                  "--out", tmp_path / "ranges.csv")  # fmt: skip
    assert said.code == 0 and "what each published figure rules out" in said.out
    points = pl.read_csv(tmp_path / "ranges.points.csv")
    assert points.height == POINTS
    assert {"restricted", "not_ruled_out", "implausibility_new_listings"} <= set(points.columns)
    assert pl.read_csv(tmp_path / "ranges.csv").height > 0


def test_the_command(scored: Scored, kept: Path) -> None:
    words = ("constrain", "wendeng_2020", "--people", 400, "--months", 8, "--seed", 4,
             "--points", POINTS, "--response", "support", "--cache", kept, "--quiet")  # fmt: skip
    record = scored(*words, "--json").json
    assert record["points"] == POINTS and len(record["every_point"]) == POINTS
    asked = [(one["source"], one["asked"]) for one in record["targets"]]
    assert [source for source, _ in asked] == ["V14", "V18", "V14", "V16", "V7", "V6", "V10"]
    assert asked[0] == ("V14", POINTS)
    assert asked[3:] == [("V16", 0), ("V7", 0), ("V6", 0), ("V10", 0)]  # eight months, no list
    assert record["predicted"] and record["answers"]
    said = scored(*words)
    assert said.code == 0 and "independent seeds" in said.out
