"""A scheme of one region that is copied to the next after a review (S3-21).

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.engine.responding import Watched, watch
from tests.engine.test_life import check as check_lives

from scoredsociety.engine.checkpoint import columns
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import grade_in
from scoredsociety.engine.state import COPIED, COPIED_AT, RunState
from scoredsociety.kernel import jit_enabled
from scoredsociety.runs.execute import make
from scoredsociety.runs.operator_events import events
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.society.people.seats import Seats

pytestmark = pytest.mark.skipif(not jit_enabled(), reason="thousands of people, slow in Python")
ON = ("response.authority.form=thresholds", "response.authority.values.suspend=1",
      "response.authority.values.abandon=1", "response.authority.values.review=6")  # fmt: skip
ACCEPTED = (*ON, "response.authority.values.copy=0.9")


def asked(schemes: tuple[str, ...], sets: tuple[str, ...]) -> Scenario:
    """Nine months in a society of several regions."""
    return Scenario(schemes, society="china_2020", people=20_480, months=9, panel=0, sets=sets)


def run(schemes: tuple[str, ...], sets: tuple[str, ...]) -> tuple[Inputs, RunState, Watched]:
    """Run to the end."""
    inputs = prepare(asked(schemes, sets)).inputs
    state, _, log = watch(inputs)
    return inputs, state, log


def scored(seats: Seats, state: RunState, s: int = 0) -> dict[int, int]:
    """How many a scheme scores in each region."""
    region = seats.region[np.arange(seats.people) >> seats.community_bits]
    inside = grade_in(state.exchange.status, s) != NO_GRADE
    return {int(one): int(inside[region == one].sum()) for one in np.unique(region)}


def test_what_is_accepted_is_copied_to_the_next_region() -> None:
    """implementation: from the month after a review, to one region; lives are relived."""
    inputs, state, log = run(("wendeng_2020@0",), ACCEPTED)
    month = int(state.scalars[0, COPIED_AT])
    assert month % 6 == 0 and inputs.origin < month < inputs.origin + 9
    assert state.scalars[0, COPIED] == 1 << 1
    found = scored(inputs.seats, state)
    assert found[0] > 0 and found[1] > 0 and sum(found.values()) == found[0] + found[1]
    assert [one["what"] for one in events(inputs, ["wendeng_2020"], log)] == ["copied to region 1"]
    assert check_lives(inputs, 30) > 30


@pytest.mark.parametrize("sets", [ON, (*ACCEPTED, "response.authority.values.regions=0")])
def test_nothing_is_copied_that_nobody_asks_for(sets: tuple[str, ...]) -> None:
    """implementation: by default, or to no region, people are as without an operator."""
    inputs, state, _ = run(("wendeng_2020@0",), sets)
    assert state.scalars[0, COPIED] == 0
    _, plain, _ = run(("wendeng_2020@0",), ())
    mine, theirs = columns(state), columns(plain)
    for name in mine.keys() - {"scalars"}:
        assert np.array_equal(mine[name], theirs[name]), name
    assert scored(inputs.seats, state)[1] == 0


def test_a_region_with_a_scheme_of_its_own_is_passed_over() -> None:
    """implementation: the next region that no scheme of the run governs."""
    inputs, state, _ = run(("wendeng_2020@0", "suining_2010@1"), ACCEPTED)
    assert state.scalars[0, COPIED] == 1 << 2
    assert scored(inputs.seats, state)[1] == 0 < scored(inputs.seats, state)[2]


def test_a_scheme_of_all_regions_has_none_to_go_to() -> None:
    """implementation: nothing is copied that holds everywhere."""
    assert run(("wendeng_2020",), ACCEPTED)[1].scalars[0, COPIED] == 0


def test_the_folder_says_so(tmp_path: Path) -> None:
    """implementation: the manifest lists the copy with its month."""
    manifest = make(asked(("wendeng_2020@0",), ACCEPTED), tmp_path / "run").manifest
    assert [one["what"] for one in manifest["operator"]] == ["copied to region 1"]
