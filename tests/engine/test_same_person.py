"""A person is an address: the same at every size of the society, with the same acts.

Only whole communities are compared: where a society ends within a community, a record that is
filed on the wrong person may land on somebody whom the smaller society does not have. Ties over
distance depend on the size; nothing compared here looks at them.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.runs import everyday

from scoredsociety.engine.control.authority import no_scalars
from scoredsociety.engine.initial_state import empty_block, empty_exchange
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.month_view import scratch
from scoredsociety.engine.replay.lone_month import acts_of
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle, world_at
from scoredsociety.engine.tally import empty_tallies
from scoredsociety.society.people.seats import id_of

SCHEME = ("wendeng_2020",)  # reads no ties


def addresses(inputs: Inputs) -> dict[int, int]:
    """Dense number by address, of people in whole communities."""
    seats = inputs.seats
    whole = seats.people // seats.community_size * seats.community_size
    return {int(id_of(seats, dense)): dense for dense in range(whole)}


def compare(small: Inputs, large: Inputs, acts_of_every: int) -> int:
    """Assert that shared addresses have the same household, traits, acts and records."""
    here, there = addresses(small), addresses(large)
    assert here.keys() <= there.keys()
    mine = np.array(list(here.values()))
    theirs = np.array([there[address] for address in here])
    settings = [settle(inputs) for inputs in (small, large)]
    last = small.months - 1
    for one, other in zip(settings[0].persons_at(last), settings[1].persons_at(last), strict=True):
        if len(one) == small.seats.people:  # columns of lives are empty where nothing turns over
            assert (one[mine] == other[theirs]).all()
    states = [begin_run(inputs, one) for inputs, one in zip((small, large), settings, strict=True)]
    ended = []
    for inputs, setting, state in zip((small, large), settings, states, strict=True):
        state = advance_run(inputs, setting, state)
        ended.append(
            [
                np.concatenate([block.life for block in state.blocks]),
                np.concatenate([block.counts for block in state.blocks]),
                state.exchange.status,
                state.exchange.score[0],
            ]
        )
    for one, other in zip(*ended, strict=True):
        assert (one[mine] == other[theirs]).all()
    total = 0
    for dense, other in list(zip(mine, theirs, strict=True))[::acts_of_every]:
        first = acts(small, settings[0], int(dense))
        assert first == acts(large, settings[1], int(other))
        total += len(first)
    return total


def acts(inputs: Inputs, setting: object, person: int) -> list[list[int]]:
    """What a person without episodes does in the first month."""
    exchange = empty_exchange(inputs.seats.people, int(setting.derived[0].rows[0]))  # type: ignore[attr-defined]
    scalars = no_scalars(len(inputs.schemes[0][1].schemes))
    world = world_at(inputs, setting, inputs.origin, exchange, scalars)  # type: ignore[arg-type]
    work = scratch(world.conduct, world.schemes, world.derived)
    tallies = empty_tallies(world.conduct, world.schemes, world.derived)
    block = empty_block(person, person + 1, None)
    count = acts_of(world, block, person, np.zeros(0, dtype=np.int64), work, tallies)
    return [[int(v) for v in row] for row in work.acts[:count]]


def test_a_person_of_ten_thousand_in_a_larger_society() -> None:
    total = compare(everyday(SCHEME, 10_000, 6), everyday(SCHEME, 40_000, 6), acts_of_every=3)
    assert total > 100


@pytest.mark.long
def test_a_person_of_ten_thousand_in_a_million() -> None:
    compare(everyday(SCHEME, 10_000, 36), everyday(SCHEME, 1_000_000, 36), acts_of_every=10)
