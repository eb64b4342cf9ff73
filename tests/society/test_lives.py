"""Lives that succeed one another: the schedule, the ages that hold, and what is inherited."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.tables import same_tables

from scoredsociety.engine.demography.seat_holders import Turning, empty_columns
from scoredsociety.engine.initial_state import settle_persons
from scoredsociety.engine.state import Persons
from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints
from scoredsociety.keyed import key_of
from scoredsociety.society import tables as t
from scoredsociety.society.people import life_course, lives
from scoredsociety.society.people.households import MOST
from scoredsociety.society.people.seats import id_of, place
from scoredsociety.society.people.traits import fill
from scoredsociety.society.recipes.recipe import Recipe, load_society
from scoredsociety.society.recipes.turnover import flow

KEY = key_of(20140614)
PEOPLE = 200_000
BANDS = [0, 5, 15, 30, 45, 60, 75, 200]


def recipe_with(**changed: object) -> Recipe:
    """The county with lives that turn over."""
    recipe = load_society("county")
    assert recipe.turnover is not None
    turnover = recipe.turnover.model_copy(update={"on": True, **changed})
    return recipe.model_copy(update={"turnover": turnover})


class Society:
    """A society whose columns can be asked for at any month."""

    def __init__(self, recipe: Recipe, people: int) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self.tables, self.seats, self.people = recipe.compile(), place(recipe, people), people
        with ThreadPoolExecutor(1) as pool:
            self.settled = settle_persons(self.tables, self.seats, *KEY, pool)
        self.turning = Turning(self.tables, self.seats, *KEY, self.settled)

    def ages(self, now: int) -> Ints:
        """Years of everybody."""
        return (now - self.turning.at(now).born.astype(np.int64)) // 12

    def traits(self, now: int, chosen: Ints) -> Ints:
        """(chosen, 38) traits of some, as the engine fills them."""
        persons, rows = self.turning.at(now), []
        for one in map(int, chosen):
            first = one - (int(persons.household[one]) >> 4)
            members = np.arange(first, min(first + MOST, self.people))
            ages = np.zeros(MOST, np.int64)
            ages[: len(members)] = (now - persons.born[members].astype(np.int64)) // 12
            began = (int(persons.entered[one]) - int(persons.born[one])) // 12
            out = np.zeros(len(t.TRAITS), np.int64)
            lives.fill(
                self.tables, self.seats, *KEY, one, int(persons.household[one]),
                int(persons.life[first]), int(persons.life[one]), began, ages, out,
            )  # fmt: skip
            rows.append(out)
        return np.array(rows)


@cache
def county() -> Society:
    return Society(recipe_with(), PEOPLE)


def test_off_unless_switched_on_and_off_at_rates_of_zero() -> None:
    plain = load_society("county")
    none = plain.model_copy(update={"turnover": None}).compile()
    still = recipe_with(moves=0.0, deaths=[0.0] * 10).compile()
    for one in (plain.compile(), still):
        assert one.pool.params.turns == 0
        assert same_tables(one, none)
    assert recipe_with().compile().pool.params.turns == 1


def test_the_first_lives_are_the_persons_of_a_society_without_turnover() -> None:
    society = county()
    now = society.turning.at(0)
    assert np.array_equal(now.coarse, society.settled.coarse)
    assert not (now.life & lives.LIFE).any() and not now.entered.any()
    chosen = np.arange(0, PEOPLE - MOST, 997)
    out = np.zeros(len(t.TRAITS), np.int64)
    for one, made in zip(chosen, society.traits(0, chosen), strict=True):
        fill(society.tables, society.seats, *KEY, one, society.settled.household[one], out)
        assert np.array_equal(made, out)


@pytest.mark.parametrize("now", [24, 60, 120])
def test_ages_hold_in_every_month(now: int) -> None:
    """Shares of seven bands of age stay; seven comparisons at an error rate of 1 in 10,000 each.

    Twice the variance of independent persons is allowed, for they live in households.
    """
    society = county()
    before = np.histogram(society.ages(0), BANDS)[0] / PEOPLE
    after = np.histogram(society.ages(now), BANDS)[0] / PEOPLE
    error = 3.9 * np.sqrt(2 * 2 * before * (1 - before) / PEOPLE)
    assert (np.abs(after - before) < error).all(), (before, after)


def test_columns_do_not_depend_on_how_they_were_reached() -> None:
    """Month after month, or from the beginning: the same columns, so a run can be resumed."""
    society = Society(recipe_with(moves=0.3), 3000)
    for now in range(40):
        stepped = society.turning.at(now)
        fresh = Turning(society.tables, society.seats, *KEY, society.settled).at(now)
        columns = [(*persons[:-1], persons.together.day) for persons in (stepped, fresh)]
        for name, one, other in zip(Persons._fields, *columns, strict=True):
            assert np.array_equal(one, other) or (name == "until" and now == 0), (name, now)


def test_the_same_lives_at_every_size() -> None:
    small, large = Society(recipe_with(), 5000), Society(recipe_with(), 20_000)
    where = {int(id_of(large.seats, dense)): dense for dense in range(20_000)}
    whole = 5000 // small.seats.community_size * small.seats.community_size
    there = np.array([where[int(id_of(small.seats, dense))] for dense in range(whole)])
    for now in (1, 30):
        one, other = small.turning.at(now), large.turning.at(now)
        for name in ("life", "entered", "born", "coarse"):
            assert np.array_equal(getattr(one, name)[:whole], getattr(other, name)[there]), name


def test_a_life_ages_by_a_year_in_twelve_months_and_stays_itself() -> None:
    society = county()
    here, later = society.turning.at(30), society.turning.at(42)
    same = np.flatnonzero((here.life & lives.LIFE) == (later.life & lives.LIFE))
    assert 0.8 * PEOPLE < len(same) < PEOPLE
    assert np.array_equal(here.born[same], later.born[same])
    assert np.array_equal(society.ages(42)[same], society.ages(30)[same] + 1)
    chosen = same[society.ages(30)[same] >= 29][::400]
    before, after = society.traits(30, chosen), society.traits(42, chosen)
    for name in ("sex", "hukou", "role", "schooling", "frailty", "sociability", "income"):
        assert np.array_equal(before[:, t.TRAIT[name]], after[:, t.TRAIT[name]]), name


def test_families_stay_plausible() -> None:
    society = county()
    persons, ages = society.turning.at(90), society.ages(90)
    chosen = np.arange(0, PEOPLE, 41)
    traits = society.traits(90, chosen)
    head = ages[chosen - (persons.household[chosen] >> 4)]
    role, age = traits[:, t.ROLE], traits[:, t.AGE]
    assert (head[role == 2] - age[role == 2] >= 15).all()
    assert (age[role == 3] > head[role == 3]).all()
    assert (age[role <= 1] >= 16).all()


def test_people_die_at_the_rates_of_the_recipe() -> None:
    """Deaths in eight years beside what the rates expect; ten ages at 1 in 10,000 each."""
    society, turnover = county(), recipe_with().turnover
    assert turnover is not None
    edges = np.array([*turnover.ages, 200])
    died, lived = np.zeros(len(edges) - 1), np.zeros(len(edges) - 1)
    for now in range(1, 97):
        persons, ages = society.turning.at(now), society.ages(now)
        how = (persons.life >> life_course.CAME_SHIFT) & 7
        gone = (persons.entered == now) & (how == life_course.AFTER_DEATH)
        died += np.histogram(ages[gone], edges)[0]
        lived += np.histogram(ages, edges)[0]
    a_month = np.array(turnover.deaths)[:, None] / 12  # of those alive at the last birthday
    expected = lived * (a_month / (1 - a_month * np.arange(12))).mean(axis=1)
    assert died.sum() > 5000
    assert (np.abs(died - expected) < 3.9 * np.sqrt(expected)).all()


def savings_kept(heirs: float) -> tuple[float, Ints]:
    """Share of households that took over whose savings are what their predecessors had."""
    society = Society(recipe_with(heirs=heirs, moves=0.0), 30_000)
    how = (society.turning.at(48).life >> life_course.CAME_SHIFT) & 7
    firsts = np.flatnonzero((society.settled.household >> 4 == 0) & (how == life_course.TOOK_OVER))
    after, before = society.traits(48, firsts), society.traits(0, firsts)
    alike = after[:, t.INCOME_FIFTH] == before[:, t.INCOME_FIFTH]
    kept = after[:, t.SAVINGS] == before[:, t.SAVINGS]
    return float(kept[alike].mean()), np.bincount(after[:, t.SAVINGS], minlength=8)


def test_heirs_take_over_savings() -> None:
    """All of them where every household has heirs; the shares of savings stay (chi-square 99.9 %).

    Of two households with the same income fifth; a grandparent's may have come between.
    """
    all_kept, with_heirs = savings_kept(1.0)
    by_chance, without = savings_kept(0.0)
    assert all_kept > 0.97 and by_chance < 0.35
    seen = (with_heirs + without) > 20
    chi = ((with_heirs - without) ** 2 / (with_heirs + without))[seen].sum()
    assert chi < 24.3  # 7 degrees of freedom


def test_schooling_passes_on_to_those_born() -> None:
    """Rank correlation of the grown child's schooling with the head's, at 0 and at 1."""
    found = []
    for share in (0.0, 1.0):
        society = Society(recipe_with(schooling=share, moves=0.0), 120_000)
        now = 300
        persons = society.turning.at(now)
        how = (persons.life >> life_course.CAME_SHIFT) & 7
        grown = np.flatnonzero((how == life_course.BORN) & (society.ages(now) >= 18))
        heads = grown - (persons.household[grown] >> 4)
        assert len(grown) > 800
        mine, theirs = society.traits(now, grown), society.traits(now, heads)
        found.append(np.corrcoef(mine[:, t.SCHOOLING], theirs[:, t.SCHOOLING])[0, 1])
    assert found[1] > 0.6 and found[0] < found[1] - 0.2


def test_a_flow_is_stationary() -> None:
    """Households that begin and give way balance, and keep every tenth of the heads' ages."""
    one = flow([20, 25, 28, 30, 33, 37, 42, 50, 60, 75, 90], "made up")
    begins = np.diff([0, *one.begins]) / (1 << 32) * float(one.rate)
    stays = 1 - np.array(one.gives_way) / (1 << 32)
    density, reached = 0.0, []
    for k in range(10):
        density = density * stays[k] + begins[k]
        reached.append(density * (one.knots[k + 1] - one.knots[k]) / 12)
    assert np.allclose(reached, 0.1, atol=1e-6)
    assert stays[10] == 0


def test_ages_that_do_not_rise_cannot_turn_over() -> None:
    recipe = recipe_with()
    heads = {**recipe.kin.head_ages, "single": [18, 18, 26, 30, 34, 40, 48, 61, 68, 76, 93]}
    kin = recipe.kin.model_copy(update={"head_ages": heads})
    with pytest.raises(UserError, match=r"kin.head_ages.single: with turnover, its values must"):
        recipe.model_copy(update={"kin": kin}).compile()


def test_columns_of_its_own() -> None:
    """A month's columns are never those of another month, whoever still holds them."""
    society = Society(recipe_with(), 2000)
    one = society.turning.at(5)
    born = one.born.copy()
    other = society.turning.at(6)
    assert not np.shares_memory(one.born, other.born)
    society.turning.at(17)
    assert np.array_equal(one.born, born)
    assert len(empty_columns(society.settled).groups) == 2000 // 32 + 1
