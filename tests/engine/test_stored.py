"""Ties in lists give the bits of computed ties; a loaded network stays symmetric and is cut."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from tests.engine.networks import as_computed, loaded, stored
from tests.engine.responding import county, everything, responding, storm, watch
from tests.engine.runs import checksum_of, everyday, run
from tests.engine.test_life import check as relived
from tests.engine.worlds import MECHANISMS, Plan, make

from scoredsociety.engine import tally
from scoredsociety.engine.checkpoint import checksum
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import begin_run, one_month
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.state import ends_of
from scoredsociety.runs.documents.switches import without_turnover
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.society.places import LOADED, ONLINE
from scoredsociety.society.ties.tie_slots import phase_of


def written_checksum(inputs: Inputs, machine: Machine | None = None) -> str:
    """Checksum at the end of the run with its ties in lists, once they are told by slot again."""
    lists = stored(inputs)
    assert lists.stored is not None
    return checksum(as_computed(run(lists, machine)[0], lists.stored))


LAYERS = ("all", "neighbours", "kin", "work", "friends", "online")


@pytest.mark.parametrize(
    ("people", "seed"), [(64, 3), (777, 1), (2500, 2), (2500, 20140614), (5000, 2**63)]
)
def test_stored_and_computed_ties_give_one_checksum(people: int, seed: int) -> None:
    """More than a year, so that every slot turns over; schemes that read ties among them."""
    inputs = everyday(("sesame_documented", "wendeng_2020"), people, 13, seed)
    assert written_checksum(inputs, Machine(2, 1)) == checksum_of(inputs)


def test_they_do_while_people_cut_ties_and_others_open() -> None:
    inputs = responding(county(), everything())
    state, _, log = watch(inputs, Machine(1, 3))
    cuts = log.total("responses")[tally.V_CUT, 0]
    assert cuts > 20
    for machine in (Machine(1, 1), Machine(2, 8)):
        lists = stored(inputs)
        again, _, kept = watch(lists, machine)
        assert lists.stored and checksum(as_computed(again, lists.stored)) == checksum(state)
        assert kept.total("responses").tolist() == log.total("responses").tolist()


@pytest.mark.parametrize("seed", range(3))
def test_they_do_where_everything_happens(seed: int) -> None:
    inputs = responding(storm(seed), everything())
    assert written_checksum(inputs) == checksum_of(inputs)


def test_the_open_ties_are_the_same_pairs() -> None:
    inputs = everyday(("none",), 3000, 13)
    one, setting, _ = run(inputs)
    other, _, _ = run(stored(inputs))
    first, second = open_ties(inputs, setting, one), open_ties(stored(inputs), setting, other)
    pairs = [sorted(zip(found.one.tolist(), found.other.tolist(), strict=True))
             for found in (first, second)]  # fmt: skip
    assert pairs[0] == pairs[1] and len(pairs[0]) > 3000


@pytest.mark.parametrize("layer", LAYERS)
def test_a_loaded_network_keeps_two_ends(layer: str) -> None:
    """In every month an open end has the other end open; cuts and renewals happen."""
    inputs = responding(loaded(county(800, 30), layer), everything())
    setting, lists = settle(inputs), inputs.stored
    assert lists is not None
    one = np.repeat(np.arange(inputs.seats.people), np.diff(lists.first))
    is_loaded = inputs.society.slots.label[lists.slot] == LOADED
    # colleagues and schoolmates stand in one row, so two people may meet in a slot of each
    which = np.where(is_loaded, -1, lists.slot)
    rows = list(zip(one.tolist(), lists.other.tolist(), which.tolist(), strict=True))
    back = {row: end for end, row in enumerate(rows)}
    twin = np.array([back[b, a, k] for a, b, k in rows])
    state, before, cut, renewed = begin_run(inputs, setting), None, 0, 0
    with ThreadPoolExecutor(1) as pool:
        for _ in range(inputs.months):
            is_open = ends_of(state) == 1
            single = np.flatnonzero(is_open != is_open[twin])
            assert not len(single), (layer, one[single[:3]], lists.other[single[:3]])
            if before is not None:
                cut += int((before & ~is_open & is_loaded).sum())
                renewed += int((~before & is_open & is_loaded).sum())
            before = is_open
            state, _ = one_month(inputs, setting, state, pool)
    assert cut > 20 and renewed > 0


@pytest.mark.parametrize("layer", LAYERS)
def test_threads_and_blocks_on_a_loaded_network(layer: str) -> None:
    inputs = responding(loaded(county(), layer), everything())
    expected = checksum_of(inputs)
    for machine in (Machine(2, 3), Machine(3, 1)):
        assert checksum_of(inputs, machine) == expected


def test_without_cuts_every_loaded_tie_stays() -> None:
    """A loaded tie does not turn over by itself, also one between two who live together."""
    inputs = loaded(everyday(("none",), 1000, 14), "all")
    setting, lists = settle(inputs), inputs.stored
    assert lists is not None
    state, _, _ = run(inputs)
    found = open_ties(inputs, setting, state)
    assert len(found.one) == len(lists.other) // 2 > 3000
    household = np.arange(1000) - (setting.persons.household.astype(np.int64) >> 4)
    assert (household[found.one] == household[found.other]).any()


def test_the_layers_that_stay_are_the_computed_ones() -> None:
    """With the online layer loaded, others have the bits that they have without it."""
    plain = everyday(("none",), 2500, 14)
    near = sum(1 << k for k, row in enumerate(plain.society.slots) if row.layer != ONLINE)
    state, _, _ = run(plain)
    bits = np.concatenate([block.ties for block in state.blocks]) & np.uint32(near)
    inputs = loaded(plain, "online")
    assert inputs.stored is not None
    other = as_computed(run(inputs)[0], inputs.stored)
    read = np.concatenate([block.ties for block in other.blocks]) & np.uint32(near)
    assert np.array_equal(bits, read) and bits.any()


def test_both_ends_of_a_loaded_tie_turn_over_in_one_month() -> None:
    slots = loaded(everyday(("none",), 200, 2), "friends").society
    rows = np.flatnonzero(slots.slots.renews >= 0)
    assert len(rows) > 2 and len({int(phase_of(slots, int(row))) for row in rows}) == 1


@pytest.mark.parametrize("layer", ["all", "online"])
def test_a_life_on_a_loaded_network_is_recomputed(layer: str) -> None:
    assert relived(loaded(everyday(("sesame_documented",), 1500, 8), layer), 30) > 100


def world_of(seed: int) -> Inputs:
    """A small world in which everything happens."""
    return make(Plan(seed, 130, 14, seed * 5, frozenset(MECHANISMS)))


def test_lists_of_a_wild_world() -> None:
    assert written_checksum(world_of(2)) == checksum_of(world_of(2))


def test_without_turnover_of_ties_what_is_cut_stays_cut() -> None:
    """``--switch-off ties`` stops renewal too, and changes nothing of a computed slot's kind."""
    inputs = responding(loaded(county(800, 16), "all"), everything())
    still = inputs._replace(society=without_turnover(inputs.society))
    counts = []
    for one in (inputs, still):
        state, _, _ = watch(one)
        counts.append(int(ends_of(state).sum()))
    assert counts[1] < counts[0]
    computed = county().society.slots.renews
    assert np.array_equal(without_turnover(county().society).slots.renews, computed)
