"""``scored sweep``, ``branch``, ``audit``, ``constrain``, ``questions``, ``report``: on screen."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.commandline import Scored

from scoredsociety.results import Run

SMALL = ("--people", 300, "--months", 3, "--threads", 1, "--quiet")
SYNTHETIC = "synthetic society, not a forecast"


def test_sweep_gives_one_row_a_run(scored: Scored, tmp_path: Path) -> None:
    words = ("sweep", "wendeng_2020", "--over", "response.silence.values.weight=0,1", *SMALL,
             "--cache", tmp_path / "kept")  # fmt: skip
    table = tmp_path / "table.csv"
    said = scored(*words, "--out", table, "--json").json
    assert said["points"] == 2 and len(said["rows"]) == 2 and said["synthetic"] == SYNTHETIC
    assert {row["checksum"] for row in said["rows"]} and pl.read_csv(table).height == 2
    again = scored(*words)
    assert again.code == 0 and SYNTHETIC in again.out and "in every row" in again.out
    assert len(list((tmp_path / "kept").glob("*.npz"))) == 2  # the second time ran nothing


def test_sweep_refuses_an_axis_that_is_none(scored: Scored) -> None:
    said = scored("sweep", "wendeng_2020", "--over", "nonsense", *SMALL)
    assert said.code == 2 and "nonsense" in said.err and "Traceback" not in said.err


def test_branch_goes_on_from_a_run(scored: Scored, small_run: Run, tmp_path: Path) -> None:
    patch = tmp_path / "none.toml"  # what it sets stands so already
    patch.write_text('[[rule]]\nid = "bad_information"\npoints = -50\n', encoding="utf-8")
    said = scored("branch", small_run.folder, "--patch", patch, "--months", 2, "--threads", 1,
                  "--quiet", "--cache", tmp_path / "kept", "--json").json  # fmt: skip
    assert said["months"] == 2 and said["branched"] == "2020-07"  # after six months
    row = said["rows"][0]
    futures = [value for key, value in row.items() if isinstance(value, float)]
    assert len(set(futures)) <= 1  # a patch that changes nothing has the same future


@pytest.mark.parametrize("command", ["audit", "constrain", "sweep", "branch", "questions"])
def test_a_wrong_scheme_or_folder_is_one_sentence(scored: Scored, command: str) -> None:
    more = {"sweep": ("--over", "x.y=1,2"), "branch": ("--patch", "x.toml")}.get(command, ())
    said = scored(command, "wendeng_2002", *more, "--quiet")
    assert said.code == 2 and "Traceback" not in said.err
    assert said.err.count("\n") == 1 and "wendeng_2002" in said.err


def test_questions_side_by_side_then_what_is_assumed(scored: Scored, tmp_path: Path) -> None:
    words = ("questions", "wendeng_2020", "none", *SMALL, "--months", 8, "--no-settled",
             "--replicates", 2,
             "--points", 4, "--cache", tmp_path / "kept")  # fmt: skip
    page = tmp_path / "page.html"
    said = scored(*words, "--full", "--report", page)
    assert said.code == 0, said.err
    for part in ("Synthetic society, not a forecast.", "(rule text)", "(baseline)",
                 "One path flipped", "Q10 is answered in part", "assumed, of no source",
                 "settings that change one thing", "published figures do not rule out",
                 "Bonferroni", "variance of a difference"):  # fmt: skip
        assert part in " ".join(said.out.split()), part
    assert "survive" not in said.out
    text = page.read_text(encoding="utf-8")
    assert "scored questions wendeng_2020 none --society county" in text
    assert "default (luck)" in said.out and "no_responses: nobody responds" in said.out
    record = scored(*words, "--json").json
    assert record["answered_in_part"].keys() == {"Q10", "Q11"}
    assert record["assumed"]["none"] == 0 and record["assumed"]["wendeng_2020"] > 0


def test_forms_are_listed_and_written(scored: Scored, small_run: Run, tmp_path: Path) -> None:
    listed = scored("report", "--forms", "--json").json["forms"]
    assert [row["form"] for row in listed][:2] == ["report", "odd"]
    target = tmp_path / "screen.html"
    said = scored("report", small_run.folder, "--form", "ai_act_article_5", "--out", target)
    assert said.code == 0 and SYNTHETIC in said.out and "screen.html" in said.out
    assert "Article 5(1)(c)" in target.read_text(encoding="utf-8")
    wrong = scored("report", small_run.folder, "--form", "ai_act_articel_5")
    assert wrong.code == 2 and "Did you mean 'ai_act_article_5'" in wrong.err
    assert scored("report").code == 2
