"""Recipes: what is refused, and how it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tables import same_tables

from scoredsociety.document.problem import DocumentErrors
from scoredsociety.errors import UserError
from scoredsociety.society.recipes.recipe import catalogue, load_society, read_recipe

REGION = """
[[region]]
id = "here"
title = "Here"
people = 50000
urban = 0.5
source = "O-D1"
"""
HEAD = """[society]
id = "mine"
title = "Mine"
about = "A test."
year = 2020
base = "county"
source = "O-D1"
"""


def test_every_recipe_of_the_catalogue_loads() -> None:
    assert set(catalogue()) >= {"county", "village", "metropolis", "china_2020", "western_town"}
    for name in catalogue():
        recipe = load_society(name)
        assert recipe.id == name
        recipe.compile()


def test_a_recipe_of_ones_own_rests_on_a_base() -> None:
    recipe = read_recipe(HEAD + REGION, "mine.toml")
    assert [region.id for region in recipe.region] == ["here"]
    assert recipe.kin == load_society("county").kin


def test_compiling_twice_gives_the_same_tables() -> None:
    one, other = load_society("china_2020").compile(), load_society("china_2020").compile()
    assert same_tables(one, other)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + REGION + "urbn = 0.3\n", "mine.toml:15: region.here.urbn: unknown key 'urbn' (did"),
        (HEAD + "colour = 3\n" + REGION, "society.colour: unknown key"),
        (HEAD + REGION.replace("0.5", "1.5"), "mine.toml:13: region.here.urban: should be"),
        (HEAD + REGION.replace("50000", "999"), "greater than or equal to 1000"),
        (HEAD + REGION.replace('source = "O-D1"', ""), "give source = 'O-D2' or list"),
        (HEAD + REGION + 'assumed = ["colour"]\n', "assumed names 'colour'"),
        (HEAD.replace("county", "contry") + REGION, "no recipe 'contry' (did you mean county"),
        (HEAD + "community_size = 100\n" + REGION, "community_size must be 64, 128"),
        ("[society\n", "not TOML"),
    ],
)
def test_mistakes_are_said_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(UserError) as error:
        read_recipe(text, "mine.toml")
    assert said in str(error.value)
    assert str(error.value).startswith("mine.toml")
    assert "\n" not in str(error.value)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(DocumentErrors) as error:
        read_recipe(HEAD + "colour = 3\n" + REGION.replace("0.5", "1.5"), "mine.toml")
    found = [(one.file, one.line, one.key) for one in error.value.problems]
    assert found == [("mine.toml", 8, "colour"), ("mine.toml", 14, "urban")]
    with pytest.raises(DocumentErrors) as error:
        read_recipe("", "mine.toml")
    assert {one.message for one in error.value.problems} == {"this key is missing"}


@pytest.mark.parametrize(
    ("section", "said"),
    [
        (
            "[household_sizes]\nsource = 'O-D4'\nurban = [0.3, 0.3, 0.2, 0.2, 0, 0, 0, 0, 0, 0.2]\n"
            "rural = [0.3, 0.3, 0.2, 0.2, 0, 0, 0, 0, 0, 0]\n",
            "household_sizes.urban: shares add up to 1.2000, not 1",
        ),
        (
            "[income]\nsource = 'O-D7'\nat = [0, 50, 100]\nurban = [1, 3, 2]\nrural = [1, 2, 3]\n",
            "income.urban: quantiles must not fall",
        ),
    ],
)
def test_tables_that_do_not_add_up(section: str, said: str) -> None:
    with pytest.raises(UserError) as error:
        read_recipe(HEAD + REGION + section, "mine.toml")
    assert said in str(error.value)


ONLINE = """
[online]
source = "O-D13"
internet_urban = [0.2, 0.9, 0.98, 0.96, 0.87, 0.58, 0.25]
internet_rural = [0.1, 0.7, 0.95, 0.88, 0.62, 0.26, 0.06]
like = 0.3
account_age = 15
account_urban = [0.6, 0.8, 0.8, 0.9, 0.9]
account_rural = [0.6, 0.8, 0.8, 0.9, 0.9]
mobile = 0.9
real_name = 0.4
"""


def test_a_person_in_disguise_is_refused() -> None:
    assert read_recipe(HEAD + REGION + ONLINE, "mine.toml").online.like == 0.3
    with pytest.raises(UserError, match=r"mine.toml:19: online.internet_rural: \[2\] is exactly"):
        read_recipe(HEAD + REGION + ONLINE.replace("0.95", "1.0"), "mine.toml")
    small = REGION.replace("50000", "1200")
    with pytest.raises(UserError, match=r"internet_rural: \[0\] is a cell of about 45 people"):
        read_recipe(HEAD + small + ONLINE, "mine.toml")


def test_names_and_files_that_do_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="did you mean county"):
        load_society("conty")
    with pytest.raises(UserError, match="cannot be read: No such file"):
        load_society(str(tmp_path / "none.toml"))
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'title = "caf\xe9"')
    with pytest.raises(UserError, match="not UTF-8"):
        load_society(latin)
