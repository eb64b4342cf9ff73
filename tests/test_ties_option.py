"""``scored run --ties FILE``: a run on a network of one's own; nothing of a node is left."""

from __future__ import annotations

import json
from pathlib import Path

import networkx
import pytest
from tests.commandline import Scored
from tests.edge_lists import BAD

from scoredsociety.results import compare, open_run, simulate
from scoredsociety.runs.execute import Manner, Stopped, make, resume
from scoredsociety.runs.scenario import Scenario

FEW = ("--months", 4, "--threads", 1, "--quiet")
IDS = 912_345_671  # ids of the file begin here, so that they can be looked for


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small-world network of 120 nodes, as an edge list under ids of its own."""
    graph = networkx.connected_watts_strogatz_graph(120, 6, 0.2, seed=4)
    rows = [f"{IDS + 7_001 * a},{IDS + 7_001 * b}\n" for a, b in graph.edges()]
    path = tmp_path / "edges.csv"
    path.write_text("".join(rows))
    return path


def run(scored: Scored, file: Path, folder: Path, *words: object) -> dict[str, object]:
    """A run on the network, as ``--json`` tells it."""
    said = scored("run", "sesame_documented", "--ties", file, *FEW, *words, "--out", folder,
                  "--json")  # fmt: skip
    assert said.code == 0, said.err
    return said.json


def test_a_run_has_a_person_for_each_node(scored: Scored, file: Path, tmp_path: Path) -> None:
    record = run(scored, file, tmp_path / "a")
    assert record["people"] == 120
    manifest = json.loads((tmp_path / "a" / "manifest.json").read_text())
    assert manifest["inputs"]["ties"] == {"layer": "all", "nodes": 120, "ties": 360, "notes": []}
    network = manifest["network"]
    assert network["file"] == network["run"] and record["network"] == network
    held = network["run"]
    assert (held["nodes"], held["ties"], held["isolates"]) == (120, 360, 0)
    assert record["checksum"] == run(scored, file, tmp_path / "b")["checksum"]
    assert record["checksum"] != run(scored, file, tmp_path / "c", "--seed", 5)["checksum"]
    far = run(scored, file, tmp_path / "d", "--ties-layer", "online")
    assert far["checksum"] != record["checksum"]


def test_ties_of_the_file_change_scores_that_read_ties(file: Path) -> None:
    """Who lives there is the same; what the ties of a scheme with a ties' part say is not."""
    plain = simulate("sesame_documented", people=120, months=4, panel=0, threads=1)
    loaded = simulate("sesame_documented", ties=file, months=4, threads=1)
    assert plain.people == loaded.people and plain.checksum != loaded.checksum
    assert not plain.on_a_loaded_network and loaded.on_a_loaded_network


def test_a_loaded_network_gives_measures_of_groups_only(file: Path) -> None:
    frame = simulate("sesame_documented", ties=file, months=4, threads=1).measures
    given = set(frame.drop_nulls("value")["measure"])
    assert "How much of a life is seen" in given
    assert not given & {"Assortativity by score", "Transitivity", "Largest component"}


def test_nothing_of_a_node_is_left_in_the_folder(
    scored: Scored, file: Path, tmp_path: Path
) -> None:
    run(scored, file, tmp_path / "a")
    folder = tmp_path / "a"
    assert {path.name for path in folder.iterdir()} == {
        "manifest.json", "tallies.parquet", "panel.parquet", "columns.md", "report.html",
    }  # fmt: skip
    assert open_run(folder).panel.is_empty()
    for path in folder.iterdir():
        content = path.read_bytes()
        assert str(file).encode() not in content and str(file.parent).encode() not in content
        for node in range(0, 120, 17):
            assert str(IDS + 7_001 * node).encode() not in content
    page = (folder / "report.html").read_text()
    assert "nothing follows for anybody who stands on it" in page
    assert "loaded network" in page and "all ties outside the household" in page


def test_nobody_is_explained_followed_or_planted(
    scored: Scored, file: Path, tmp_path: Path
) -> None:
    run(scored, file, tmp_path / "a")
    said = scored("explain", tmp_path / "a", "--person", 3)
    assert said.code == 2 and "loaded network" in said.err and len(said.err.splitlines()) == 1
    for words in (("--panel", 5), ("--plant", "3:red_light:2020-02")):
        said = scored("run", "none", "--ties", file, *FEW, *words, "--out", tmp_path / "b")
        assert said.code == 2 and words[0] in said.err and "followed" in said.err
        assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--people", 200), "120 nodes and the society 200 people"),
        (("--ties-layer", "frends"), "Did you mean"),
        (("--ties-layer", "far"), "There are all, neighbours, kin, work, school, friends, online"),
    ],
)
def test_a_wrong_option_is_one_sentence(
    scored: Scored, file: Path, tmp_path: Path, words: tuple[object, ...], sentence: str
) -> None:
    said = scored("run", "none", "--ties", file, *FEW, *words, "--out", tmp_path / "a")
    assert said.code == 2 and sentence in said.err and len(said.err.splitlines()) == 1
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(("text", "sentence"), BAD)
def test_a_bad_edge_list_is_one_sentence(
    scored: Scored, tmp_path: Path, text: str, sentence: str
) -> None:
    """The same loader, so the same answers as ``scored societies --ties``."""
    file = tmp_path / "edges.csv"
    file.write_text(text)
    said = scored("run", "none", "--ties", file, *FEW, "--out", tmp_path / "a")
    assert said.code == 2 and sentence in said.err and len(said.err.splitlines()) == 1


def test_a_layer_without_a_file_is_refused(scored: Scored, tmp_path: Path) -> None:
    said = scored("run", "none", "--ties-layer", "online", *FEW, "--out", tmp_path / "a")
    assert said.code == 2 and "--ties FILE" in said.err


def test_a_hub_keeps_its_ties_and_who_is_alone_stays(scored: Scored, tmp_path: Path) -> None:
    """40 ties of a hub, and a node that only has a tie with itself, on screen and in the report."""
    file = tmp_path / "star.csv"
    file.write_text("0,0\n77,77\n" + "".join(f"0,{k}\n{k},{k % 40 + 1}\n" for k in range(1, 41)))
    said = scored("run", "none", "--ties", file, *FEW, "--out", tmp_path / "a")
    assert said.code == 0 and "42 synthetic persons" in said.out
    assert "2 ties of a node with itself were dropped" in said.out
    assert "a loaded network of 80 ties" in said.out and "left out" not in said.out
    page = (tmp_path / "a" / "report.html").read_text()
    rows = {"Ties": "80", "Greatest degree": "40", "Persons without ties": "1", "Components": "2"}
    for title, value in rows.items():
        line = next(one for one in said.out.splitlines() if title in one)
        assert line.count(f" {value} ") == 2, line  # of the file and as run
        assert title in page
    assert "standard error" in page and "±" in said.out


def test_a_dry_run_reads_the_file(scored: Scored, file: Path, tmp_path: Path) -> None:
    said = scored("run", "none", "--ties", file, "--dry-run", "--out", tmp_path / "a")
    assert said.code == 0 and "120 persons" in said.out and not (tmp_path / "a").exists()


class After:
    """Asks to stop after so many months."""

    def __init__(self, months: int) -> None:
        self.left = months

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_a_stopped_run_goes_on_with_the_same_file_only(
    scored: Scored, file: Path, tmp_path: Path
) -> None:
    expected = run(scored, file, tmp_path / "whole")["checksum"]
    asked = Scenario(("sesame_documented",), people=120, months=4, panel=0, ties=str(file))
    with pytest.raises(Stopped):
        make(asked, tmp_path / "a", manner=Manner(stop=After(1)))
    kept = {path.name for path in (tmp_path / "a.partial").iterdir()}
    assert kept == {"manifest.json", "checkpoint", "months", "written.sha256"}  # and no change log
    said = scored("resume", tmp_path / "a", "--quiet")
    assert said.code == 2 and "resume RUN --ties FILE" in said.err
    other = tmp_path / "other.csv"
    lines = file.read_text().splitlines()
    one, two = lines[0].split(","), lines[-1].split(",")  # two ties exchange their ends
    rows = [f"{one[0]},{two[1]}", f"{two[0]},{one[1]}", *lines[1:-1]]
    other.write_text("\n".join(rows))
    said = scored("resume", tmp_path / "a", "--ties", other, "--quiet")
    assert said.code == 2 and "not the network of this run" in said.err
    other.write_text("1,2\n2,3\n")
    said = scored("resume", tmp_path / "a", "--ties", other, "--quiet")
    assert said.code == 2 and "3 nodes" in said.err
    said = scored("resume", tmp_path / "a", "--ties", file, "--quiet", "--json")
    assert said.code == 0 and said.json["checksum"] == expected
    assert resume_refused(scored, tmp_path, file)


def resume_refused(scored: Scored, folder: Path, file: Path) -> bool:
    """A run with computed ties takes no file."""
    with pytest.raises(Stopped):
        make(Scenario(("none",), people=120, months=4), folder / "b", manner=Manner(stop=After(1)))
    said = scored("resume", folder / "b", "--ties", file, "--quiet")
    return said.code == 2 and "computes its ties" in said.err and resume(folder / "b") is not None


def test_a_comparison_on_a_loaded_network(scored: Scored, file: Path, tmp_path: Path) -> None:
    said = scored("compare", "sesame_documented", "--set", "component.friends.none=own", "--ties",
                  file, *FEW, "--replicates", 2, "--out", tmp_path / "c", "--json")  # fmt: skip
    assert said.code == 0, said.err
    persons = said.json["persons"]
    moved = persons["lower_score"] + persons["higher_score"] + persons["same_score"]
    assert moved == persons["subjects"] > 50 and persons["same_score"] < persons["subjects"]
    assert not list((tmp_path / "c").rglob("checkpoint"))
    assert (tmp_path / "c" / "report.html").is_file()
    found = compare("sesame_documented", "sesame_press", ties=file, months=4, replicates=1)
    assert found.differences.height and found.runs[0][0].on_a_loaded_network


def test_the_command_in_the_manifest_makes_the_run_again(
    scored: Scored, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = run(scored, file, tmp_path / "a", "--ties-layer", "friends")
    command = json.loads((tmp_path / "a" / "manifest.json").read_text())["command"].split()
    assert command[:2] == ["scored", "run"] and "edges.csv" in command
    monkeypatch.chdir(tmp_path)  # where the file has that name
    again = scored(*command[1:], "--threads", 1, "--quiet", "--out", "b", "--json").json
    assert again["checksum"] == record["checksum"]


def test_the_report_of_a_whole_run_needs_no_file(
    scored: Scored, file: Path, tmp_path: Path
) -> None:
    run(scored, file, tmp_path / "a")
    file.unlink()
    assert scored("report", tmp_path / "a", "--out", tmp_path / "again.html").code == 0
    assert "loaded network" in (tmp_path / "again.html").read_text()
