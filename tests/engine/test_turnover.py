"""Turnover of lives in a run: what a newcomer begins with, ties at both ends, lives recomputed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
import pytest
from tests.engine.runs import checksum_of, everyday, run
from tests.engine.test_life import check

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.replay.household_replay import relive
from scoredsociety.engine.run import begin_run, one_month
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.tally import L_AFTER_DEATH, L_ENTERED, L_OF_AGE
from scoredsociety.fixed import Ints
from scoredsociety.keyed import key_of
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.society.people.households import household_first
from scoredsociety.society.people.seats import place
from scoredsociety.society.recipes.recipe import Recipe, load_society
from scoredsociety.society.ties import tie_slots
from scoredsociety.society.ties.together import ends_of, has_places


def turning(recipe: Recipe, **changed: object) -> Recipe:
    """The recipe with lives that turn over, faster than they would."""
    assert recipe.turnover is not None
    update = {"on": True, "moves": 0.2, **changed}
    return recipe.model_copy(update={"turnover": recipe.turnover.model_copy(update=update)})


@cache
def county(schemes: tuple[str, ...], people: int = 3000, months: int = 14) -> Inputs:
    """The county under everyday conduct, with turnover."""
    recipe = turning(load_society("county"))
    inputs = everyday(schemes, people, months)
    return inputs._replace(society=recipe.compile(), seats=place(recipe, people))


def test_off_is_bit_equal_to_a_recipe_without_the_section() -> None:
    inputs, recipe = everyday(("wendeng_2020",), 3000, 6), load_society("county")
    expected = checksum_of(inputs)
    still = turning(recipe, moves=0.0, deaths=[0.0] * 10)
    for other in (recipe.model_copy(update={"turnover": None}), still):
        assert checksum_of(inputs._replace(society=other.compile())) == expected
    assert checksum_of(county(("wendeng_2020",), 3000, 6)) != expected


def test_no_scheme_changes_the_schedule() -> None:
    """The same lives in the same months, and the same persons counted, under unlike schemes."""
    found = []
    for schemes in (("wendeng_2020",), ("sesame_documented",), ("none",)):
        inputs = county(schemes)
        setting = settle(inputs)
        state, counted = begin_run(inputs, setting), []
        with ThreadPoolExecutor(1) as pool:
            for _ in range(inputs.months):
                state, outcome = one_month(inputs, setting, state, pool)
                counted.append((outcome.tallies.lives, outcome.tallies.persons))
        persons = setting.persons_at(inputs.months - 1)
        found.append((counted, (*persons[:-1], *persons.together)))
    (first, here), *others = found
    assert sum(lives[L_ENTERED, 0] for lives, _ in first) > 300
    assert sum(lives[L_AFTER_DEATH, 0] for lives, _ in first) > 10
    assert sum(lives[L_OF_AGE, 0] for lives, _ in first) > 10
    for counted, columns in others:
        for (lives, persons), (same, alike) in zip(first, counted, strict=True):
            assert np.array_equal(lives, same) and np.array_equal(persons, alike)
        assert all(np.array_equal(a, b) for a, b in zip(here, columns, strict=True))


def test_newcomers_begin_blank_and_adults_are_subjects() -> None:
    inputs = county(("wendeng_2020",))
    setting = settle(inputs)
    state, seen = begin_run(inputs, setting), 0
    with ThreadPoolExecutor(1) as pool:
        for now in range(inputs.months):
            state, outcome = one_month(inputs, setting, state, pool)
            persons = setting.persons_at(now)
            adult = now - persons.born.astype(np.int64) >= 18 * 12
            subject = state.exchange.status & 15 != NO_GRADE
            assert np.array_equal(adult, subject), now
            new = np.flatnonzero(persons.entered == now) if now else np.zeros(0, np.int64)
            counts = np.concatenate([block.counts for block in state.blocks])
            records = np.concatenate([block.records for block in state.blocks])
            ends = np.cumsum(counts, dtype=np.int64)
            for one in new:
                mine = records[ends[one] - counts[one] : ends[one]].astype(np.int64)
                assert ((mine >> 10 & 4095) >= now).all()  # nothing booked before they came
            seen += len(new)
            assert outcome.tallies.lives[L_ENTERED, 0] == len(new)
            assert np.isin(new, outcome.changes.person).all()  # the log says that they are new
    assert seen > 300


def test_ties_are_the_same_at_both_ends() -> None:
    inputs = county(("judgment_list",), 3000, 8)
    setting, key = settle(inputs), key_of(inputs.seed)
    groups = [group_of(inputs, key, group) for group in range(-(-inputs.seats.people // 32))]
    ends = {
        slot: ends_of(inputs.society, inputs.seats, setting.persons.together, slot)
        for slot in range(int(tie_slots.slot_count(inputs.society)))
        if has_places(inputs.society, slot)
    }
    state, compared = begin_run(inputs, setting), 0
    with ThreadPoolExecutor(1) as pool:
        for _ in range(inputs.months):
            state, _ = one_month(inputs, setting, state, pool)
            bits = np.concatenate([block.ties for block in state.blocks]).astype(np.int64)
            for one in range(0, inputs.seats.people, 3):
                base, mask = groups[one // 32]
                home = household_first(one, setting.persons.household[one])
                for slot in np.flatnonzero([bits[one] >> k & 1 for k in range(32)]):
                    other = tie_slots.partner(inputs.seats, base[slot], mask[slot], one % 32)
                    if has_places(inputs.society, slot):
                        other = int(ends[int(slot)][one])
                    assert other >= 0 and bits[other] >> slot & 1
                    assert household_first(other, setting.persons.household[other]) != home
                    compared += 1
    assert compared > 20_000


def group_of(inputs: Inputs, key: tuple[int, int], group: int) -> tuple[Ints, Ints]:
    base, mask, phase = (np.zeros(32, np.int64) for _ in range(3))
    tie_slots.group_slots(inputs.society, inputs.seats, *key, group, base, mask, phase)
    return base, mask


@pytest.mark.parametrize("scheme", ["wendeng_2020", "sesame_documented", "national_composite"])
def test_lives_with_a_succession_are_recomputed_and_their_ledgers_add_up(scheme: str) -> None:
    assert check(county((scheme,)), 40) > 100


def test_a_recomputed_life_says_when_another_has_the_seat() -> None:
    inputs = county(("wendeng_2020",))
    _, setting, log = run(inputs)
    columns = setting.persons_at(inputs.months - 1)
    person = int(np.flatnonzero(columns.entered > 3)[0])
    first = person - (int(columns.household[person]) >> 4)
    lived = [month[person - first] for month in relive(inputs, setting, log, person)]
    came = [one for one in lived if one.came]
    assert came and came[-1].month - inputs.origin == columns.entered[person]
    held = lived[lived.index(came[-1]) - 1]
    assert came[-1].came == int(columns.life[person]) >> 22 & 7
    assert held.came == 0 or len(came) > 1
