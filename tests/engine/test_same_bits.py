"""One checksum: whatever the threads, the blocks, the interruptions. Another seed, another one."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.engine.runs import checksum_of, everyday
from tests.engine.worlds import MECHANISMS, Plan, make

from scoredsociety.engine.checkpoint import checksum, find, load, save
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import advance_run, begin_run, reblock
from scoredsociety.engine.run_constants import settle
from scoredsociety.society.recipes.recipe import load_society

PEOPLE, MONTHS = 5000, 8


def county(seed: int = 1) -> Inputs:
    """Documented rules of two kinds at once, so that ties and records both matter."""
    return everyday(("wendeng_2020", "sesame_documented"), PEOPLE, MONTHS, seed)


def turning() -> Inputs:
    """The same rules while lives turn over."""
    recipe = load_society("county")
    assert recipe.turnover is not None
    turnover = recipe.turnover.model_copy(update={"on": True, "moves": 0.3})
    society = recipe.model_copy(update={"turnover": turnover}).compile()
    return county()._replace(society=society)


def wild() -> Inputs:
    """A random world in which everything happens, in seven communities."""
    return make(Plan(7, 400, 10, 3, frozenset(MECHANISMS)))


@pytest.mark.parametrize("world", [county, wild, turning])
def test_threads_and_blocks(world: object) -> None:
    assert callable(world)
    inputs = world()
    expected = checksum_of(inputs)
    for threads, communities in ((1, 1), (2, 3), (4, 1), (2, 100), (1, 8)):
        machine = Machine(threads, communities)
        assert checksum_of(inputs, machine) == expected, machine


def test_another_seed() -> None:
    assert len({checksum_of(county(seed)) for seed in (1, 2, 3)}) == 3


def stopped_and_resumed(inputs: Inputs, stops: list[int], folder: Path) -> str:
    """Checksum of a run that is stopped after some months, saved, loaded and gone on with."""
    setting = settle(inputs)
    state = begin_run(inputs, setting, Machine(1, 2))
    for stop in stops:
        here = inputs._replace(months=stop)
        state = advance_run(here, setting, state, machine=Machine(2, 2))
        save(state, folder)
        del state
        state = reblock(load(folder), inputs.seats, 1 + stop % 3)
    return checksum(advance_run(inputs, setting, state))


@pytest.mark.parametrize("world", [county, wild, turning])
def test_stopped_and_resumed_at_random_months(world: object, tmp_path: Path) -> None:
    assert callable(world)
    inputs = world()
    expected = checksum_of(inputs)
    random = Random(2014)
    for attempt in range(4):
        stops = sorted(random.sample(range(inputs.months), random.randint(1, 4)))
        assert stopped_and_resumed(inputs, stops, tmp_path / str(attempt)) == expected, stops


def test_a_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    inputs = wild()
    setting = settle(inputs)
    state = advance_run(inputs._replace(months=2), setting, begin_run(inputs, setting))
    save(state, tmp_path / "checkpoint")
    column = tmp_path / "checkpoint" / "records.npy"
    bits = bytearray(column.read_bytes())
    bits[-1] ^= 1
    column.write_bytes(bits)
    with pytest.raises(ValueError, match="damaged"):
        load(tmp_path / "checkpoint")


def test_a_kill_between_two_renames_leaves_the_old_checkpoint(tmp_path: Path) -> None:
    inputs = wild()
    setting = settle(inputs)
    state = begin_run(inputs, setting)
    folder = tmp_path / "checkpoint"
    save(state, folder)
    before = checksum(state)
    folder.rename(tmp_path / "checkpoint.old")
    assert find(folder) == tmp_path / "checkpoint.old"
    assert checksum(load(folder)) == before
