"""A lane in words: what it names, what is refused, and which scheme of it is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoredsociety.errors import UserError
from scoredsociety.scheme.read.federation import members
from scoredsociety.scheme.read.lane import (
    does_nothing,
    main_of,
    on_top_of,
    schemes_of,
    words_of_lane,
)
from scoredsociety.scheme.read.load import load_scheme


@pytest.mark.parametrize(("lane", "schemes"), [
    ("wendeng_2020", ("wendeng_2020",)),
    ("ordinary_law+wendeng_2020", ("ordinary_law", "wendeng_2020")),
    (" ordinary_law + wendeng_2020", ("ordinary_law", "wendeng_2020")),
    ("suzhou_osmanthus@1+rongcheng_press@2", ("suzhou_osmanthus@1", "rongcheng_press@2")),
    ("mine.toml+yours.toml+red_list", ("mine.toml", "yours.toml", "red_list")),
    ("no_such+fico", ("no_such", "fico")),  # who reads the scheme says that there is none
])  # fmt: skip
def test_a_lane_names_its_schemes_in_order(lane: str, schemes: tuple[str, ...]) -> None:
    assert words_of_lane(lane) == schemes == schemes_of([lane])


def test_a_plus_in_the_path_of_a_file_joins_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a+b" / "my+own.toml"
    file.parent.mkdir()
    file.write_text("", encoding="utf-8")
    assert words_of_lane(str(file)) == (str(file),)
    assert words_of_lane(f"ordinary_law+{file}") == ("ordinary_law", str(file))
    assert words_of_lane(f"{file}+ordinary_law+{file}.toml")[:2] == (str(file), "ordinary_law")


def test_a_federation_in_a_lane_is_its_members() -> None:
    every = members(["pilots_federation"])
    assert schemes_of(["ordinary_law+pilots_federation"]) == ("ordinary_law", *every)
    with pytest.raises(UserError, match="given twice"):
        schemes_of([f"pilots_federation+{every[3]}"])


@pytest.mark.parametrize("lane", ["ordinary_law+", "+none", "none++red_list", "+", "none+ +fico"])
def test_a_name_that_is_missing_is_one_sentence(lane: str) -> None:
    with pytest.raises(UserError, match="a name is missing") as told:
        words_of_lane(lane)
    assert str(told.value).startswith(lane) and "\n" not in str(told.value)


def test_a_scheme_stands_in_a_lane_once() -> None:
    for words in (["none+none"], ["none", "ordinary_law+none"]):
        with pytest.raises(UserError, match="the scheme none is given twice"):
            schemes_of(words)


def test_nothing_beside_a_scheme_adds_nothing() -> None:
    for words in (["fico+none"], ["none", "fico"], ["none+fico"]):
        assert schemes_of(words) == ("fico",)
    assert schemes_of(["none"]) == ("none",) and words_of_lane("none+fico") == ("none", "fico")


@pytest.mark.parametrize(("lane", "main"), [
    ("ordinary_law+wendeng_2020", 1), ("wendeng_2020+ordinary_law", 0), ("ordinary_law", 0),
    ("price_only+ordinary_law+fico+wendeng_2020", 2), ("price_only+ordinary_law", 0),
])  # fmt: skip
def test_the_scheme_that_is_asked_about_is_the_first_that_is_no_baseline(
    lane: str, main: int
) -> None:
    assert main_of([load_scheme(name) for name in schemes_of([lane])]) == main


def test_a_lane_stands_on_top_of_a_baseline() -> None:
    assert on_top_of("ordinary_law", ["fico"]) == ("ordinary_law", "fico")
    assert on_top_of("ordinary_law", ["fico", "ordinary_law"]) == ("fico", "ordinary_law")
    assert on_top_of("none", ["fico"]) == ("fico",)
    assert on_top_of("none+price_only", ["fico"]) == ("price_only", "fico")
    assert does_nothing(load_scheme("none")) and not does_nothing(load_scheme("ordinary_law"))
