"""The command line: one JSON object, one sentence for a mistake, nothing heavy for help."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.commandline import Scored

import scoredsociety as ss
from scoredsociety.commands.compare import thousandths
from scoredsociety.commands.console.compiling import is_compiled, say_if_compiling
from scoredsociety.commands.console.screen import progress
from scoredsociety.engine.month import advance
from scoredsociety.kernel import jit_enabled
from scoredsociety.kernel_cache import _before_the_first, before_the_first
from scoredsociety.results import Run
from scoredsociety.runs.seeds import seeds_of

SMALL = ("--people", 300, "--months", 3, "--quiet", "--json")


def test_help_imports_nothing_heavy() -> None:
    heavy = ["numpy", "numba", "polars", "pydantic", "altair", "jinja2", "fastapi"]
    code = f"""
import sys
sys.argv = ["scored", "--help"]
from scoredsociety.cli import main
try:
    main()
except SystemExit as stop:
    assert not stop.code
print([name for name in {heavy} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "not a forecast" in done.stdout
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_run_prints_the_keys_that_scripts_rely_on(scored: Scored, tmp_path: Path) -> None:
    said = scored("run", "wendeng_2020", *SMALL, "--out", tmp_path / "a")
    assert said.code == 0
    record = said.json
    assert record["people"] == 300 and record["months"] == 3
    assert Path(record["run"]).is_dir() and len(record["checksum"]) == 32
    assert record["wall_s"] > 0 and record["person_months_per_s"] > 0
    assert record["peak_rss_bytes"] > 1 << 20
    found = {path.name for path in (tmp_path / "a").iterdir()}
    assert found == {
        "manifest.json", "tallies.parquet", "panel.parquet", "exchange", "checkpoint",
        "report.html", "columns.md",
    }  # fmt: skip


def test_replicates_have_seeds_of_their_own(scored: Scored, tmp_path: Path) -> None:
    said = scored("run", "none", *SMALL, "--replicates", 2, "--out", tmp_path / "a", "--seed", 3)
    seeds = [one["seed"] for one in said.json["replicates"]]
    sums = {one["checksum"] for one in said.json["replicates"]}
    assert seeds == list(seeds_of(3, 2)) and len(sums) == 2


def test_explain_adds_up_in_integers(scored: Scored, small_run: Run) -> None:
    for person in range(0, 400, 40):
        record = scored("explain", small_run.folder, "--person", person, "--json").json
        assert record["unit"] == "centipoints" and record["ledger"] == "flow"
        total = record["start"] + sum(entry["points"] for entry in record["entries"])
        assert total == record["score"]
        keys = {"month", "points", "cause", "rule", "source"}
        assert all(keys <= set(entry) for entry in record["entries"])


def test_explain_agrees_with_the_panel(small_run: Run) -> None:
    last = small_run.panel.filter(small_run.panel["month"] == small_run.panel["month"].max())
    subjects = last.filter(last["score"].is_not_null()).to_dicts()
    assert subjects
    for row in subjects:
        record = small_run.explain(row["seat"])
        assert (record["score"], record["grade"]) == (row["score"], row["grade"])
        assert record["address"] == row["address"]


def test_a_composition_ledger_adds_up(scored: Scored, tmp_path: Path) -> None:
    scored("run", "sesame_documented", *SMALL, "--out", tmp_path / "a")
    seen = 0
    for person in range(0, 300, 40):
        record = scored("explain", tmp_path / "a", "--person", person, "--json").json
        assert record["ledger"] == "composition"
        assert record["start"] + sum(e["points"] for e in record["entries"]) == record["score"]
        seen += record["subject"]
    assert seen


def test_compare_a_scheme_with_itself_without_a_rule(scored: Scored) -> None:
    said = scored("compare", "wendeng_2020", "--without", "rule.parking_ticket", *SMALL,
                  "--replicates", 2, "--switch-off", "responses",
                  "--switch-off", "life_effects")  # fmt: skip
    record = said.json
    persons = record["persons"]
    assert persons["higher_score"] == 0  # a rule that only deducts helps nobody
    moved = persons["lower_score"] + persons["higher_score"] + persons["same_score"]
    assert moved == persons["subjects"] > 100
    assert "parking_ticket" in record["b"] and record["replicates"] == 2
    assert {"low", "high", "difference", "of"} <= set(record["differences"][0])


def test_lists_of_documents(scored: Scored) -> None:
    schemes = scored("schemes", "--json").json["schemes"]
    assert {"wendeng_2020", "none"} <= {one["id"] for one in schemes}
    assert all({"id", "title", "status"} <= set(one) for one in schemes)
    assert scored("societies", "--json").json["societies"]
    assert scored("conduct", "--json").json["conduct"]
    assert scored("schemes", "diff", "wendeng_2020", "none", "--json").json["differences"]


def test_a_copy_of_a_scheme_runs_like_the_scheme(scored: Scored, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    assert scored("schemes", "copy", "wendeng_2020", file).code == 0
    assert scored("schemes", "copy", "wendeng_2020", file).code == 2
    assert scored("validate", file, "--json").json == {
        "valid": True, "kind": "scheme", "errors": [], "warnings": [],
    }  # fmt: skip
    sums = {
        scored("run", name, *SMALL, "--out", tmp_path / f"r{k}").json["checksum"]
        for k, name in enumerate(("wendeng_2020", file))
    }
    assert len(sums) == 1


def test_validate_tells_every_mistake(scored: Scored, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('[scheme]\nid = "bad"\ntitel = "x"\n[score]\nkind = "pints"\n')
    said = scored("validate", file, "--json")
    assert said.code == 2 and said.json["valid"] is False
    keys = {"file", "line", "rule", "key", "message", "hint"}
    assert len(said.json["errors"]) >= 2
    assert all(set(error) == keys for error in said.json["errors"])


def test_export_says_synthetic_in_every_row(scored: Scored, small_run: Run, tmp_path: Path) -> None:
    assert scored("export", small_run.folder, tmp_path / "csv").code == 0
    for name in ("tallies.csv", "panel.csv", "measures.csv"):
        lines = (tmp_path / "csv" / name).read_text().splitlines()
        assert lines[0].endswith(",note")
        assert all("not a forecast" in line for line in lines[1:])
    columns = (tmp_path / "csv" / "columns.md").read_text()
    assert "## tallies.parquet" in columns and "## measures.csv" in columns
    assert scored("export", small_run.folder, tmp_path / "csv").code == 2


def test_dry_run_writes_nothing(scored: Scored, tmp_path: Path) -> None:
    said = scored("run", "wendeng_2020", "--dry-run", "--json", "--out", tmp_path / "a")
    assert said.code == 0 and not list(tmp_path.iterdir())
    assert {"seconds", "memory_bytes", "disk_bytes"} <= set(said.json)


BAD = {
    "unknown scheme": (("run", "wendng_2020"), "wendeng_2020"),
    "no people": (("run", "none", "--people", 0), "--people"),
    "a million million people": (("run", "none", "--people", 10**12), "--people"),
    "no months": (("run", "none", "--months", 0), "--months"),
    "months and years": (("run", "none", "--months", 3, "--years", 1), "not both"),
    "a month that is none": (("run", "none", "--from", "2020-13"), "YYYY-MM"),
    "a negative seed": (("run", "none", "--seed", -1), "--seed"),
    "no threads": (("run", "none", "--threads", 0), "--threads"),
    "no blocks": (("run", "none", "--block-size", 0), "--block-size"),
    "no replicates": (("run", "none", "--replicates", 0), "--replicates"),
    "neither fresh nor settled": (("run", "none", "--start", "warm"), "settled"),
    "unknown society": (("run", "none", "--society", "contry"), "county"),
    "unknown conduct": (("run", "none", "--conduct", "everyda"), "everyday"),
    "unknown rule left out": (
        ("run", "wendeng_2020", "--without", "rule.parking_tickt"), "parking_ticket",
    ),
    "a value without =": (("run", "wendeng_2020", "--set", "rule.parking_ticket.points"), "="),
    "an unknown key set": (
        ("run", "wendeng_2020", "--set", "rule.parking_ticket.poins=-3"), "poins",
    ),
    "a wrong type set": (
        ("run", "wendeng_2020", "--set", "rule.parking_ticket.points=many"), "points",
    ),
    "an unknown switch": (("run", "wendeng_2020", "--switch-off", "deterence"), "deterence"),
    "a missing patch": (("run", "none", "--patch", "nowhere.toml"), "nowhere.toml"),
    "a run that is none": (("explain", "nowhere", "--person", 1), "not a run folder"),
    "resuming nothing": (("resume", "nowhere"), "not a run folder"),
    "comparing nothing": (("compare", "none"), "--without"),
    "comparing three": (("compare", "none", "none", "none"), "compare"),
    "a wrong type of number": (("run", "none", "--people", "many"), "--people"),
    "an unknown option": (("run", "none", "--seeds", 3), "--seeds"),
    "an unknown command": (("runn", "none"), "runn"),
    "no scheme at all": (("run",), "scored run --help"),
    "no person": (("explain", "nowhere"), "--person"),
    "years below none": (("run", "none", "--years", -1), "--years"),
    "a folder without a name": (("run", "none", "--out", ".."), "no name"),
    "resuming here": (("resume", "."), "no name"),
    "a scheme twice": (("run", "none", "none"), "scored: the scheme none is given twice"),
    "a second lane with no such rule": (
        ("compare", "wendeng_2020", "--without", "rule.nois", "--people", 300), "noise",
    ),
    "questions of no seed": (("questions", "none", "--replicates", 0), "--replicates"),
    "a table of no kind": (("questions", "none", "--out", "answers.txt"), ".parquet"),
    "a swept table of no kind": (
        ("sweep", "none", "--over", "response.silence.values.weight=0,1", "--out", "t.xls"), ".csv",
    ),
    "a swept key that is none": (
        ("sweep", "none", "--people", 300, "--over", "response.silence.values.wait=0,1"), "weight",
    ),
    "exporting nothing": (("export", "nowhere", "csv"), "not a run folder"),
    "validating nothing": (("schemes", "diff", "none"), "diff A B"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_sentence(scored: Scored, case: str, tmp_path: Path,
                                     monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    words, told = BAD[case]
    said = scored(*words)
    assert said.code == 2 and told in said.err and "Traceback" not in said.err
    assert said.err.count("\n") == 1, said.err
    assert not list(tmp_path.iterdir()), "something was half written"
    assert set(scored(*words, "--json").json) == {"error"}


BAD_FILES = {
    "not TOML": (b"[scheme\n", "not TOML"),
    "not UTF-8": (b"title = '\xff\xfe'", "UTF-8"),
    "unknown key": (b'[scheme]\nid = "a"\ntitel = "A"\n', "titel"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_named_with_its_line(scored: Scored, case: str, tmp_path: Path) -> None:
    text, told = BAD_FILES[case]
    file = tmp_path / "mine.toml"
    file.write_bytes(text)
    said = scored("run", file, "--out", tmp_path / "a")
    assert said.code == 2 and told in said.err and "mine.toml" in said.err
    assert "Traceback" not in said.err and not (tmp_path / "a").exists()


def test_one_wrong_key_is_one_problem(scored: Scored, tmp_path: Path) -> None:
    """What follows from a mistake (the rule without its points does nothing) is not told too."""
    file = tmp_path / "mine.toml"
    scored("schemes", "copy", "wendeng_2020", file)
    text = file.read_text(encoding="utf-8")
    for wrong in ("pionts = -5", 'points = "many"'):
        file.write_text(re.sub(r"(?m)^points = .*", wrong, text, count=1), encoding="utf-8")
        errors = scored("validate", file, "--json").json["errors"]
        assert len(errors) == 1 and errors[0]["key"] in ("pionts", "points"), errors


def test_a_patch_of_an_unknown_act(scored: Scored, tmp_path: Path) -> None:
    file = tmp_path / "patch.toml"
    file.write_text('[[act]]\nid = "parking_tikcet"\nharm = 1\n')
    said = scored("run", "wendeng_2020", "--people", 100, "--patch", file, "--out", tmp_path / "a")
    assert said.code == 2 and said.err.count("\n") == 1 and "'parking_ticket'" in said.err
    assert not (tmp_path / "a").exists() and not (tmp_path / "a.partial").exists()


def test_what_exists_is_not_replaced_by_chance(scored: Scored, tmp_path: Path) -> None:
    place = tmp_path / "mine"
    place.mkdir()
    (place / "letter.txt").write_text("keep me")
    for force in ((), ("--force",)):
        said = scored("run", "none", *SMALL, "--out", place, *force)
        assert said.code == 2 and ("exists" in said.err or "not a run folder" in said.err)
        assert (place / "letter.txt").read_text() == "keep me"


def test_an_output_folder_that_cannot_be_made(scored: Scored, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    said = scored("run", "none", *SMALL, "--out", tmp_path / "file" / "run")
    assert said.code == 2 and "--out" in said.err and "Traceback" not in said.err


def test_more_memory_than_there_is_is_refused(
    scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scoredsociety.runs.resources.memory_available", lambda: 1 << 28)
    said = scored("run", "none", "--people", 10**9, "--out", tmp_path / "a")
    assert said.code == 2 and "memory" in said.err and not list(tmp_path.iterdir())


def test_what_rounds_to_nothing_has_no_sign() -> None:
    assert [thousandths(share) for share in (-0.00004, 0.00004, 0.0012, -0.0012)] == [
        "0.0", "0.0", "1.2", "-1.2",
    ]  # fmt: skip


def test_compiling_is_told_until_the_month_itself_is_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another kernel's index, as an interrupted compilation leaves it, silences nothing."""
    before_the_first(None)
    month = SimpleNamespace(
        __module__="scoredsociety.engine.month", __name__="advance",
        stats=SimpleNamespace(cache_path=str(tmp_path)),
    )  # fmt: skip
    monkeypatch.setattr("scoredsociety.engine.month.advance", month)
    (tmp_path / "month.account-234.py311.nbi").touch()
    say_if_compiling()
    assert "about a minute" in capsys.readouterr().err
    with progress(True, "comparing"):
        assert not _before_the_first
    with progress(False, "comparing"):  # whatever the command: told once something is compiled
        assert _before_the_first == [say_if_compiling]
        assert capsys.readouterr().err == ""
    (tmp_path / "month.advance-72.py311.nbi").touch()
    say_if_compiling()
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not jit_enabled(), reason="nothing is compiled")
def test_the_index_of_the_month_is_found_after_a_run(small_run: Run) -> None:
    assert is_compiled(advance)


def test_the_month_is_printed_phase_by_phase_with_what_it_costs(scored: Scored) -> None:
    found = scored("doctor", "--month", "--people", 100, "--json").json
    assert [one["phase"] for one in found["phases"]] == ss.month()["phase"].to_list()
    assert found["phases"][0]["reads"] and found["phases"][-1]["writes"]
    sums = [cost["ns_together"] for cost in found["costs"]]
    assert len(sums) == 6 and all(one > 0 for one in sums)
    assert "synthetic" in found["synthetic"]
    alone = scored("doctor", "--people", 500)
    assert alone.code == 2 and "--people goes with --month" in alone.err
