"""Turnover as a user meets it: the switch, the manifest, the tallies, a life explained."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from tests.commandline import Scored

import scoredsociety as ss
from scoredsociety.errors import UserError
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.society.describe.description import words
from scoredsociety.society.recipes.recipe import load_society

FAST = ("turnover.moves=0.5",)


def test_the_switch_stands_in_the_manifest_and_the_tallies(scored: Scored, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    made = scored(
        "run", "wendeng_2020", "--people", "600", "--months", "6", "--turnover", "--set", FAST[0],
        "--out", str(folder), "--quiet", "--json",
    )  # fmt: skip
    assert made.code == 0, made.err
    manifest = json.loads((folder / "manifest.json").read_text())
    assert "turnover.on=true" in manifest["inputs"]["set"]
    assert "--set turnover.on=true" in manifest["command"]
    lives = pl.read_parquet(folder / "tallies.parquet").filter(
        (pl.col("measure") == "lives") & (pl.col("dimension") == "all")
    )
    counts = dict(lives.group_by("item").agg(pl.col("count").sum()).iter_rows())
    came = sum(counts[how] for how in ("moved_in", "took_over", "after_death", "born"))
    assert counts["entered"] == came > 50
    assert counts["came_of_age"] > 0


def test_a_life_says_when_another_person_has_the_seat(tmp_path: Path) -> None:
    run = ss.simulate(
        "wendeng_2020", people=600, months=6, sets=("turnover.on=true", *FAST), out=tmp_path / "r"
    )
    lives = [run.explain(person) for person in range(0, 600, 5)]
    entered = [[line for line in life["life"] if line.get("entered")] for life in lives]
    assert any(entered)
    for life, lines in zip(lives, entered, strict=True):
        assert life["start"] + sum(entry["points"] for entry in life["entries"]) == life["score"]
        for line in lines:
            assert "has this seat" in line["title"] or "died" in line["title"]
            since = [entry["month"] for entry in life["entries"] if entry["month"]]
            assert all(month >= lines[-1]["month"] for month in since)  # nothing carries over


def test_a_recipe_without_the_section_cannot_be_switched_on(tmp_path: Path) -> None:
    text = load_society("western_town").model_dump_json()
    assert "turnover" in text  # it takes the section over from its base
    bare = load_society("county").model_copy(update={"turnover": None})
    assert "Nobody ages, dies, is born or moves during a run." in words(bare)
    with pytest.raises(UserError, match=r"turnover.moves .*less than or equal to 0.9"):
        prepare(Scenario(("none",), people=100, months=2, sets=("turnover.moves=2",)))
