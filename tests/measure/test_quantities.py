"""One denominator for one thing: screen, ``run --json``, report, export and questions agree.

One small society, run once as a folder and once as a study reads it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from scoredsociety.cli import app
from scoredsociety.measure.quantities import DENOMINATORS, KNOWING, OF_EVENT, QUANTITIES, Quantity
from scoredsociety.measure.tallies import EVENTS
from scoredsociety.report import phrasing
from scoredsociety.report.sections.outcomes.responses import STATES
from scoredsociety.runs.folder.run_files import COLUMNS
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.ensemble.ensemble import observe
from scoredsociety.study.questions.indicators import BY_NAME, read_all

SCHEME, PEOPLE, MONTHS, SEED = "wendeng_2020", 3_000, 14, 3


@dataclass(frozen=True)
class Outputs:
    """One run in every form in which its shares are printed."""

    tallies: pl.DataFrame  # as exported
    measures: pl.DataFrame  # as exported
    record: dict[str, Any]  # run --json
    screen: str
    report: str
    answers: dict[str, float]  # of questions


def scored(*words: object) -> str:
    """What the command prints."""
    done = CliRunner().invoke(app, list(map(str, words)))
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """The run, its export, and the same society as ``questions`` reads it."""
    folder = tmp_path_factory.mktemp("quantities")
    asked = ("run", SCHEME, "--people", PEOPLE, "--months", MONTHS, "--seed", SEED, "--quiet")
    record = json.loads(scored(*asked, "--out", folder / "one", "--json"))
    screen = scored(*asked, "--out", folder / "two")
    scored("export", folder / "one", folder / "tables")
    case = case_of(Scenario((SCHEME,), people=PEOPLE, months=MONTHS, seed=SEED, panel=0))
    report = (folder / "one" / "report.html").read_text(encoding="utf-8")
    return Outputs(
        pl.read_csv(folder / "tables" / "tallies.csv"),
        pl.read_csv(folder / "tables" / "measures.csv"), record, screen,
        " ".join(re.sub(r"<[^>]+>", " ", report).split()), read_all(case, observe(case)),
    )  # fmt: skip


def last(outputs: Outputs, one: Quantity) -> dict[str, Any]:
    """The row of everybody in the last month."""
    frame = outputs.tallies
    rows = frame.filter(
        (pl.col("month") == frame["month"].max()) & (pl.col("dimension") == "all")
        & (pl.col("measure") == one.measure) & pl.col("item").is_in(list(one.items))
    )  # fmt: skip
    assert rows.height == 1, one
    return rows.row(0, named=True)


IN_LAST_MONTH = [one for one in QUANTITIES if one.measure != "forgone"]


@pytest.mark.parametrize("one", IN_LAST_MONTH, ids=lambda one: "-".join((one.measure, *one.items)))
def test_export_json_and_measures_have_the_same_count_of_the_same_people(
    outputs: Outputs, one: Quantity
) -> None:
    row = last(outputs, one)
    assert row["denominator"] == one.of
    said = [
        share for share in outputs.record["shares"]
        if share["measure"] == one.measure and share["item"] in one.items
    ]  # fmt: skip
    assert [(s["count"], s["of"], s["denominator"]) for s in said] == [
        (row["count"], row["of"], one.of)
    ]
    if not one.kind:
        return
    found = outputs.measures.filter(
        (pl.col("measure") == one.kind) & pl.col("of").str.contains(one.of.split()[0])
        & pl.col("of").str.ends_with(one.note)
    )  # fmt: skip
    assert found.height == 1
    assert found["n"][0] == row["of"]
    assert found["value"][0] == pytest.approx(row["count"] / row["of"])


@pytest.mark.parametrize("one", QUANTITIES, ids=lambda one: "-".join((one.measure, *one.items)))
def test_questions_have_the_same_numerator_and_denominator(
    outputs: Outputs, one: Quantity
) -> None:
    """Over the last year; both sides are sums over its months."""
    months = outputs.tallies["month"].unique().sort().to_list()[-12:]
    rows = outputs.tallies.filter(
        pl.col("month").is_in(months) & (pl.col("dimension") == "all")
        & pl.col("item").is_in(list(one.items))
    )  # fmt: skip
    counted = rows.filter(pl.col("measure") == one.measure)
    of = counted["of"].sum()
    if one.measure == "forgone":  # months without one have no row; the wishes of all months count
        of = rows.filter(pl.col("measure") == "wished")["count"].sum()
    assert of > 0
    assert outputs.answers[one.indicator] == pytest.approx(one.scale * counted["count"].sum() / of)
    indicator = BY_NAME[one.indicator]
    assert one.of.split()[-1] in indicator.of or one.of in indicator.of or one.of == "persons"
    assert set(counted["denominator"].unique()) <= {one.of}


def test_the_screen_and_the_report_say_the_same(outputs: Outputs) -> None:
    restricted = last(outputs, QUANTITIES[0])
    assert f"under a restriction: {restricted['count']:,} of {restricted['of']:,} subjects" in (
        " ".join(outputs.screen.split()))  # fmt: skip
    share = phrasing.share(restricted["count"], restricted["of"])
    assert f"{share} subjects of the scheme stood under at least one restriction" in outputs.report
    states = [one for one in QUANTITIES if one.measure == "response" and one.items[0] in STATES]
    assert len(states) >= 3
    for one in states:
        row = last(outputs, one)
        if row["count"]:
            said = f"{phrasing.frequency(row['count'], row['of'])} {KNOWING}"
            assert f"{STATES[one.items[0]]} {row['count']:,} {said}" in outputs.report


def test_every_denominator_is_a_word_that_is_explained(outputs: Outputs) -> None:
    assert set(outputs.tallies["denominator"].unique()) <= set(DENOMINATORS)
    assert set(phrasing.DENOMINATORS) == set(DENOMINATORS)
    assert all(f"{word}: {means}" in COLUMNS for word, means in DENOMINATORS.items())


def test_every_share_of_those_who_know_is_of_them() -> None:
    """Of what only happens to people who know of a scheme, nothing is counted of everybody."""
    assert set(OF_EVENT) <= set(EVENTS) and {event for event, _ in OF_EVENT.values()} <= set(EVENTS)
    assert {one.indicator for one in QUANTITIES} <= set(BY_NAME)
    known = {one.id for one in BY_NAME.values() if one.of.endswith(KNOWING)}
    assert known == {one.indicator for one in QUANTITIES if one.of == KNOWING}
