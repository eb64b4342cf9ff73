"""The pages on friends' scores are true to docs/friends.csv, in figures and in words."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from scoredsociety.report.friends import kept, weights
from scoredsociety.report.friends_page import (
    COST,
    DOCUMENTED,
    GAP,
    HALF,
    KEPT,
    cell,
    rows,
    summary,
)

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    """The table in the repository."""
    return kept(DOCS / "friends.csv")


def test_the_summary_is_what_the_table_makes(table: pl.DataFrame) -> None:
    page = (DOCS / "summary-friends.md").read_text(encoding="utf-8")
    assert page == summary(table)
    assert 250 < len(page.split()) < 350


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
    assert abs(read(GAP, HALF, "ties", "change")) < 0.1 < -read(COST, HALF, "ties", "change")
    averaging = read(KEPT, DOCUMENTED, "likeness", "change")
    choosing = read(COST, DOCUMENTED, "likeness") - read(KEPT, DOCUMENTED, "likeness")
    assert choosing > averaging > 0
    averaging = read(KEPT, HALF, "likeness", "change")
    choosing = read(COST, HALF, "likeness") - read(KEPT, HALF, "likeness")
    assert 0 < 10 * choosing < averaging, "at a half nearly all comes from averaging"


@pytest.mark.parametrize("friends", ["0", "0.05", "0.2", "0.5"])
def test_weights_add_up(friends: str) -> None:
    told = [float(one.split("=")[1]) for one in weights(friends)]
    assert sum(told) == pytest.approx(1, abs=1e-12)
    assert told[0] == float(friends)
