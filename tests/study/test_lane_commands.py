"""Lanes at the command line: what is answered, and what a bad lane is told."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.commandline import Said, Scored
from tests.study.lanes import LAW, recomputed

from scoredsociety.runs.folder.table_file import read_frame


def test_questions_on_screen(scored: Scored, tied: str) -> None:
    lane = f"{LAW}+{tied}"
    said = scored("questions", tied, lane, "--people", 300, "--months", 4, "--no-settled",
                  "--replicates", 1, "--points", 2, "--quiet", "--json").json  # fmt: skip
    rows = {(row["scheme"], row["indicator"]): row for row in said["answers"]}
    assert rows[lane, "contexts"]["value"] == rows[tied, "contexts"]["value"] > 0
    assert rows[lane, "restricted"]["band"] == "assumed"
    assert rows[lane, "restricted"]["title"].endswith("with Ordinary law, no score")
    assert {"tied", LAW} <= said["assumed"].keys()


def words(said: Said) -> str:
    return " ".join(said.out.split())


@pytest.mark.parametrize("command", ["run", "compare", "questions", "ablate", "audit", "constrain"])
def test_a_bad_lane_is_one_sentence_everywhere(scored: Scored, command: str) -> None:
    many = "fico+red_list+suining_2010+wendeng_2020+ordinary_law"
    for lane, told in ((f"{LAW}+", "a name is missing"), (f"{LAW}+{LAW}", "is given twice"),
                       (f"{LAW}+wendeng_2002", "did you mean wendeng_2020"), (many, "1 to 4")):
        more = ("none",) if command == "compare" else ()
        said = scored(command, lane, *more, "--people", 200, "--months", 1, "--quiet")
        assert said.code == 2 and told in said.err and said.err.count("\n") == 1, said.err
        assert "Traceback" not in said.err


def test_compare_on_screen_and_as_json(scored: Scored, tmp_path: Path) -> None:
    small = ("--people", 600, "--months", 6, "--replicates", 1, "--quiet", "--no-direct")
    out = tmp_path / "law"
    record = scored("compare", LAW, f"{LAW}+judgment_list", *small, "--out", out, "--json").json
    assert record["persons"]["subjects"] is None and "no score" in record["scores_not_compared"]
    frames = [(read_frame(out / "a1" / "tallies.parquet"), read_frame(out / "b1/tallies.parquet"))]
    recomputed(pl.DataFrame(record["necessity"]), frames)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "Is the scheme needed for its aim?" in page and "tallies.parquet" in page
    assert f"scored compare {LAW} {LAW}+judgment_list --people 600" in page
    said = scored("compare", "judgment_list", "--baseline", LAW, *small)
    assert said.code == 0, said.err
    assert f"a: {LAW} + judgment_list" in said.out and f"b: {LAW}\n" in said.out
    assert "without the scheme and with it" in words(said)
    assert "no scores" in words(said)
