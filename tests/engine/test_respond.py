"""Responses and life effects: what switching off means, and the same bits whatever the machine.

Each test says what it is. *implementation*: true by construction, and broken only by a fault.
*fitted*: a rate that was chosen to be met. *predicted*: a sign or size that nobody put in.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from tests.engine.responding import (
    ALL_OFF,
    Watched,
    conduct_of,
    county,
    everything,
    responding,
    storm,
    watch,
    without,
)
from tests.engine.runs import checksum_of, everyday
from tests.engine.test_life import check as check_lives
from tests.engine.test_same_bits import stopped_and_resumed
from tests.engine.test_ties import check as check_ties

from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import BY_ID
from scoredsociety.engine import tally as ta
from scoredsociety.engine.inputs import Inputs, Machine

STORMS = (*range(6), 28)  # in the last, schemes have points that people seek


@pytest.mark.parametrize("name", BY_ID)
def test_off_by_name_is_a_document_that_says_none(name: str) -> None:
    """implementation: switched off by name, or ``form = "none"``: the same bits."""
    off = without(name)
    said = compile_responses((Response(id=name, form="none"),), frozenset())
    inputs = county(400, 6)
    assert checksum_of(responding(inputs, off)) == checksum_of(responding(inputs, said))


@cache
def counted(seed: int, off: str = "", authority: str = "none") -> Watched:
    """Counts of a storm with everything on but one, and but an operator who ends the schemes."""
    forms = {"authority": authority} | ({off: "none"} if off else {})
    return watch(responding(storm(seed), everything(forms)))[2]


# what is inherited takes decades: tests/engine/test_generations.py
@pytest.mark.parametrize("name", sorted(BY_ID.keys() - {"coming_of_age"}))
def test_none_of_them_is_wired_to_nothing(name: str) -> None:
    """implementation: with one at ``none`` the counts differ from those with all of them on."""
    fields = ("acts", "responses", "sums", "forgone", "restricted")
    on = "thresholds" if name == "authority" else "none"
    assert any(
        not np.array_equal(counted(seed, "", on).total(field), counted(seed, name).total(field))
        for seed in STORMS
        for field in fields
    ), name


def test_with_all_off_conduct_is_the_baseline_s_bit_for_bit() -> None:
    """implementation: no scheme moves an act, an episode or a tie once everything is off."""
    found = [
        conduct_of(responding(everyday((scheme,), 2000, 10), without(*ALL_OFF)))
        for scheme in ("none", "wendeng_2020", "judgment_list", "sesame_documented")
    ]
    assert sum(map(sum, found[0][0])) > 1000 and any(found[0][1])
    assert all(one == found[0] for one in found[1:])


def test_where_nothing_happens_to_anyone_nobody_changes() -> None:
    """implementation: under ``none`` every act is the one done with everything off."""
    inputs = everyday(("none",), 2000, 10)
    acts, episodes, _ = conduct_of(responding(inputs, everything({"trust": "none"})))
    assert (acts, episodes) == conduct_of(responding(inputs, without(*ALL_OFF)))[:2]


def test_responses_do_move_conduct() -> None:
    """implementation: the two tests above compare something: with responses on, acts differ."""
    inputs = county(1500, 14)
    on, off = (conduct_of(responding(inputs, one))[0] for one in (everything(), without(*ALL_OFF)))
    assert on != off


def test_everything_happens_in_the_storms() -> None:
    """implementation: no response and no life effect is idle in the runs of these tests."""
    events = sum(counted(seed).total("responses")[:, 0] for seed in STORMS)
    assert isinstance(events, np.ndarray)
    idle = [code for code in range(ta.EVENTS) if events[code] == 0]
    assert idle == [ta.V_PADDED]  # the rival of collectors: tests/engine/test_padding.py
    assert sum(counted(seed).total("forgone").sum() for seed in STORMS) > 0


def worlds() -> list[Inputs]:
    """Documented schemes with everything on, and random worlds too."""
    every = everything()
    return [responding(county(800, 9), every)] + [responding(storm(k), every) for k in (0, 3)]


@pytest.mark.parametrize("world", range(3))
def test_same_bits_whatever_the_machine(world: int) -> None:
    """implementation: threads and block sizes decide nothing with everything on."""
    inputs = worlds()[world]
    expected = checksum_of(inputs)
    for threads, communities in ((2, 1), (2, 5), (1, 100)):
        assert checksum_of(inputs, Machine(threads, communities)) == expected


@pytest.mark.parametrize("world", range(3))
def test_stopped_and_resumed(world: int, tmp_path: Path) -> None:
    """implementation: a run with everything on goes on from a checkpoint as if nothing happened."""
    inputs = worlds()[world]
    expected = checksum_of(inputs)
    for place, stops in enumerate(([1, 5], [3], [2, 4, 8])):
        assert stopped_and_resumed(inputs, stops, tmp_path / str(place)) == expected


@pytest.mark.parametrize("form", ["worth", "listed", "random"])
def test_both_ends_of_a_tie_agree_about_a_cut(form: str) -> None:
    """implementation: in every month what one end keeps of a slot, the other keeps too."""
    cuts = 0
    for inputs in (county(700, 13), storm(0), storm(3)):
        full = responding(inputs, everything({"ties": form}))
        ends = watch(full)[2].total("responses")[ta.V_CUT, 0]
        assert ends % 2 == 0, "each cut is counted at both ends"
        cuts += ends
        check_ties(full)
    assert cuts > 20


@pytest.mark.parametrize("world", range(3))
def test_a_recomputed_life_is_the_one_that_was_lived(world: int) -> None:
    """implementation: relived households have the records, status and life bits of the run."""
    assert check_lives(worlds()[world], 40) > 200


def test_a_cut_at_random_asks_no_score() -> None:
    """implementation: two rule books with the same subjects: the random form cuts the same ties."""
    random = Response.model_validate({"id": "ties", "form": "random"})
    given = (random, Response(id="awareness", form="none"))
    tables = compile_responses(given, frozenset({"life_effects"}))
    ends = []
    for scheme in ("rongcheng_press", "wendeng_2020"):
        state, _, log = watch(responding(everyday((scheme,), 2000, 6), tables))
        assert log.total("responses")[ta.V_CUT, 0] > 100
        ends.append(np.concatenate([block.ties for block in state.blocks]).tolist())
    assert ends[0] == ends[1]
