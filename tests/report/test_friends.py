"""The pages on friends' scores are true to docs/friends.csv, in figures and in words."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from scoredsociety.scheme.read.load import load_scheme
from studies.friends import kept, weights
from studies.friends_page import COST, DOCUMENTED, GAP, HALF, KEPT, cell, rows, shown, summary

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    """The table in the repository."""
    return kept(DOCS / "friends.csv")


def test_the_summary_is_what_the_table_makes(table: pl.DataFrame) -> None:
    page = (DOCS / "summary-friends.md").read_text(encoding="utf-8")
    assert page == summary(table, published())
    assert 250 < len(page.split()) < 380


def test_the_page_shows_what_the_table_says(table: pl.DataFrame) -> None:
    page = (DOCS / "published.md").read_text(encoding="utf-8")
    for row in rows(table):
        assert row in page


def test_what_the_words_claim_holds_in_the_table(table: pl.DataFrame) -> None:
    """Wei et al. (2016): fewer ties with the weight, if people look at what a tie costs."""

    def read(ties_are: str, weight: str, measure: str, what: str = "value") -> float:
        return float(cell(table, ties_are, weight, measure)[what])

    steps = ("0", DOCUMENTED, "0.2", HALF)
    ties = [read(COST, weight, "ties") for weight in steps]
    assert ties == sorted(ties, reverse=True)
    assert all(read(COST, weight, "ties", "change_high") < 0 for weight in steps[1:])
    assert read(COST, "0", "ties") == read(KEPT, "0", "ties"), "no weight, no cut"
    assert read(GAP, HALF, "ties", "change_low") > 0, "no fewer ties with the weight"
    averaging = read(KEPT, DOCUMENTED, "likeness", "change")
    choosing = read(COST, DOCUMENTED, "likeness") - read(KEPT, DOCUMENTED, "likeness")
    assert choosing > averaging > 0
    assert read(KEPT, HALF, "likeness", "change_low") > 0, "averaging alone makes alike"
    choosing = read(COST, HALF, "likeness", "high") - read(KEPT, HALF, "likeness", "low")
    assert choosing < 0, "at a half choosing takes away, beyond the luck of both"


def published() -> str:
    """docs/published.md."""
    return (DOCS / "published.md").read_text(encoding="utf-8")


def test_at_the_own_visibility_it_is_so_too_and_weaker(table: pl.DataFrame) -> None:
    """What summary, published.md, claims.md and model.md say of it, by the table itself."""
    told = {name: float(value) for name, value in shown(published()).items()}
    assert told["shown_ties_0"] > told["shown_ties_5"] > told["shown_ties_50"], "fewer stays"
    seen = float(cell(table, COST, DOCUMENTED, "likeness")["value"]) - float(
        cell(table, KEPT, DOCUMENTED, "likeness")["value"])  # fmt: skip
    there = told["shown_5"] - told["shown_kept_5"]
    assert 0.4 * seen < there < 0.6 * seen, "about half as much"
    assert told["shown_50"] < told["shown_kept_50"], "at a half they are less alike"


def test_claims_summary_published_and_model_agree(table: pl.DataFrame) -> None:
    """One weight, one switch, one conclusion in all four."""
    scheme = load_scheme("sesame_documented")
    weight = {one.id: one.weight for one in scheme.category}["relationships"]
    assert float(weight) == float(DOCUMENTED)
    pages = {name: " ".join((DOCS / f"{name}.md").read_text("utf-8").split())
             for name in ("claims", "summary-friends", "published", "model")}  # fmt: skip
    assert "weight of five hundredths" in pages["claims"]
    assert "5 of 100 parts" in pages["summary-friends"]
    assert "0.05 (documented)" in pages["published"]
    for name in ("summary-friends", "published"):
        assert "**with visibility switched off**" in pages[name]
        assert "--switch-off visibility" in pages[name]
    assert "more alike by choosing at the documented weight, and less alike at a half" in (
        pages["claims"])  # fmt: skip
    assert "choosing adds at the documented weight and takes away at a half" in (
        pages["summary-friends"])  # fmt: skip
    assert "about half as much likeness at the documented weight" in pages["published"]
    assert "at the documented one they are, at a half they are not" in pages["model"]
    assert scheme.scheme.visibility == "shown_by_choice", "the scheme does not show all scores"
    # every number of the summary stands in one of the two tables that it is made of
    for name, number in shown(published()).items():
        assert name.endswith("_0") or number in pages["summary-friends"]
        assert number in pages["published"]
    assert "grew fewer as friends counted more" in pages["summary-friends"]


@pytest.mark.parametrize("friends", ["0", "0.05", "0.2", "0.5"])
def test_weights_add_up(friends: str) -> None:
    told = [float(one.split("=")[1]) for one in weights(friends)]
    assert sum(told) == pytest.approx(1, abs=1e-12)
    assert told[0] == float(friends)
