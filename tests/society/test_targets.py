"""The published margins are met (V23 to V25, V28 and the winning figures of facts 2.10)."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from scoredsociety.society.describe.description import describe_society
from scoredsociety.society.describe.sample import Drawn
from scoredsociety.society.describe.sampling_error import quantile_income, ratio, sampled_gini
from scoredsociety.society.describe.targets import CHINA, table
from scoredsociety.society.recipes.recipe import Recipe, load_society


@pytest.fixture(scope="module")
def country() -> Drawn:
    return Drawn(load_society("china_2020"), 1_000_000)


@pytest.fixture(scope="module")
def rows(country: Drawn) -> list[dict[str, Any]]:
    return table(country)


def test_a_million_people_meet_every_winning_target(rows: list[dict[str, Any]]) -> None:
    """31 intervals at 99.9 %: a correct program fails in 3 % of seeds; this one is fixed."""
    winning = [row for row in rows if row["met"] is not None]
    assert len(winning) >= 25
    assert [row["id"] for row in winning if not row["met"]] == []


def test_intervals_are_narrow(rows: list[dict[str, Any]]) -> None:
    """A target cannot be met by an interval that holds everything."""
    for row in rows:
        if row["met"] is not None:
            assert row["high"] - row["low"] < 0.1 * abs(row["published"]), row["id"]


def test_shares_never_leave_0_to_100() -> None:
    """At 40,000 people the interval of a share near its end would reach beyond it."""
    rows = table(Drawn(load_society("county"), 40_000))
    ends = [row[end] for row in rows if row["unit"] == "%" for end in ("low", "high")
            if row[end] is not None]  # fmt: skip
    assert len(ends) > 20 and min(ends) >= 0 and max(ends) <= 100


def test_disagreeing_figures_are_listed_and_say_why(rows: list[dict[str, Any]]) -> None:
    losing = [row for row in rows if row["met"] is None]
    assert {"income_all", "gini", "internet_all"} <= {row["id"] for row in losing}
    assert all(row["note"].startswith("published figures disagree: ") for row in losing)


@pytest.mark.long
def test_a_sample_over_the_nation_meets_the_margins() -> None:
    """1,000,000 of 1,400,000,000, one keyed seat of each even part."""
    drawn = Drawn(load_society("china_2020"), 1_000_000, of=1_400_000_000)
    rows = [row for row in table(drawn) if row["met"] is not None]
    assert [row["id"] for row in rows if not row["met"]] == []


def test_a_cluster_error_is_that_of_many_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stated error of a share against its spread over 40 seeds (chi-square, 1 in 1,000)."""
    recipe = load_society("county")
    tables = recipe.compile()  # once: the seed decides nothing of them, and they take the time
    monkeypatch.setattr(Recipe, "compile", lambda _: tables)
    made, stated = [], []
    for seed in range(40):
        drawn = Drawn(recipe, 20_480, seed)
        found = ratio(drawn, drawn.trait("internet"), np.ones(drawn.people))
        made.append(found.made)
        stated.append((found.high - found.made) / 3.29)
    factor = float(np.var(made, ddof=1) / np.mean(np.square(stated)))
    assert 18.0 / 39 < factor < 72.1 / 39


def test_quantiles_and_gini_on_hand_cases(country: Drawn) -> None:
    assert sampled_gini(np.array([1.0, 1.0, 1.0])) == pytest.approx(0)
    assert sampled_gini(np.array([0.0, 0.0, 0.0, 8.0])) == pytest.approx(0.75)
    code = country.trait("income")
    exact = float(np.median(country.income_yuan()))
    assert quantile_income(country, code, 0.5) == pytest.approx(exact, rel=0.02)


def test_describing_gives_what_a_reader_needs() -> None:
    found = describe_society(load_society("county"), 20_000, 3)
    json.dumps(found, allow_nan=False)
    assert found["clause"] == "synthetic society, not a forecast"
    assert len(found["targets"]) == len(CHINA) + 2
    assert all(
        {"id", "published", "made", "low", "high", "met", "n"} <= set(row)
        for row in found["targets"]
    )
    assert sum(region["drawn"] for region in found["regions"]) == 20_000
    assert any(row["table"] == "kin" and row["key"] == "structure" for row in found["assumed"])


@pytest.mark.parametrize("people", [1, 2, 40, 700])
def test_the_smallest_societies_can_be_described(people: int) -> None:
    found = describe_society(load_society("county"), people, 3)
    json.dumps(found, allow_nan=False)
    assert all(row["met"] is None for row in found["targets"] if row["unit"] != "ties")


@pytest.mark.parametrize("name", ["village", "metropolis", "western_town"])
def test_other_societies_have_their_own_character(name: str) -> None:
    found = describe_society(load_society(name), 10_000, 3)
    json.dumps(found, allow_nan=False)
    assert [row["id"] for row in found["targets"] if not row["met"]] == []
