"""``scored societies``: what it lists, describes and draws, and its answer to each mistake."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.commandline import Scored
from tests.drawn import charts_are_drawn as charts_are_drawn
from tests.edge_lists import BAD

from scoredsociety.report.pages.society_figure import rows_of, society_chart

FEW = ("--people", 3000, "--seed", 3)
PNG = b"\x89PNG\r\n\x1a\n"


def test_a_society_is_told_whole(scored: Scored) -> None:
    said = scored("societies", "county", *FEW)
    assert said.code == 0 and "drawing 3,000 people" in said.err
    for words in ("not a forecast", "urban people", "O-D1", "clustering", "Assumed", "takes whole"):
        assert words in said.out
    record = scored("societies", "county", *FEW, "--quiet", "--json")
    assert record.err == ""
    assert {"targets", "network", "assumed", "words", "clause"} <= set(record.json)


@pytest.mark.parametrize("form", ["{file} county", "county {file}"])
def test_a_picture_goes_where_it_is_asked(scored: Scored, tmp_path: Path, form: str) -> None:
    file = tmp_path / "county.svg"
    words = [word.format(file=file) for word in form.split()]
    said = scored("societies", "--plot", *words, *FEW, "--json")
    assert said.json["picture"] == str(file)
    drawing = "".join(ElementTree.parse(file).getroot().itertext())
    for words_in_it in ("ot a forecast", "urban people [O-D1]", "Ties by kind", "close ties"):
        assert words_in_it in drawing
    assert scored("societies", "county", file, "--plot", *FEW).code == 2  # it is there already
    assert scored("societies", "county", file, "--plot", "--force", *FEW).code == 0


def test_a_picture_has_a_name_unless_told(
    scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert scored("societies", "village", "--plot", *FEW).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["village.svg"]
    assert scored("societies", "village", "village.png", "--plot", *FEW).code == 0
    assert (tmp_path / "village.png").read_bytes().startswith(PNG)


def test_every_figure_of_the_table_is_drawn(scored: Scored) -> None:
    found = scored("societies", "county", *FEW, "--quiet", "--json").json
    drawn = rows_of(found, disagreeing=False) + rows_of(found, disagreeing=True)
    figures = [one for one in found["targets"] if one["unit"] != "ties"]
    assert len(drawn) == len(figures) > 30
    for row in drawn:
        assert row["low"] <= row["made"] <= row["high"]
    few = [one for one in figures if one["note"].startswith("too few communities")]
    assert few and all(one["low"] is None and one["high"] is None for one in few)
    assert "None" not in scored("societies", "county", *FEW, "--quiet").out
    one = next(one for one in figures if one["id"] == "urban")
    row = next(row for row in drawn if row["name"].startswith("urban people"))
    assert row["made"] == pytest.approx(100 * one["made"] / one["published"])
    assert len(society_chart(found)["vconcat"]) == 3


def test_a_figure_that_is_missed_says_so(scored: Scored) -> None:
    found = scored("societies", "county", *FEW, "--quiet", "--json").json
    found["targets"][0] |= {"met": False, "made": 50.0, "low": 49.0, "high": 51.0}
    rows = rows_of(found, disagreeing=False)
    assert rows[0]["label"].endswith(", missed")
    assert rows[1]["label"].endswith(", too few people to say")  # 3,000 are two communities


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere",), "nowhere: no such society or file"),
        (("county", "--plot", "x.pdf"), "a picture is .svg or .png"),
        (("county", "--plot", "/dev/null/x.svg"), "/dev/null"),
        (("county", "x.svg"), "say `scored societies`"),
        (("--plot",), "say `scored societies`"),
        (("county", "--ties", "edges.csv"), "say `scored societies`"),
        (("county", "--people", "0"), "--people must be between"),
        (("copy", "county"), "say `scored societies`"),
        (("copy", "nowhere", "mine.toml"), "nowhere"),
    ],
)
def test_a_mistake_is_one_sentence(
    scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...], sentence: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    said = scored("societies", *words)
    assert said.code == 2 and sentence in said.err
    assert "Traceback" not in said.err and not list(tmp_path.iterdir())


def test_a_copy_is_the_same_society(scored: Scored, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    assert scored("societies", "copy", "village", file).code == 0
    assert scored("societies", "copy", "village", file).code == 2
    assert scored("societies", "copy", "village", file, "--force").code == 0
    mine = scored("societies", file, *FEW, "--quiet", "--json").json
    assert mine["targets"] == scored("societies", "village", *FEW, "--quiet", "--json").json[
        "targets"
    ]  # fmt: skip


def test_a_loaded_network_is_described_and_its_labels_are_forgotten(
    scored: Scored, tmp_path: Path
) -> None:
    file = tmp_path / "edges.csv"
    file.write_text("one,other\n70001,70002\n70002,70001\n70002,70003\n70003,70003\n")
    said = scored("societies", "--ties", file)
    assert said.code == 0
    assert [line.split()[0] for line in said.err.splitlines()] == [
        "reading", "relabelling", "joining", "describing",
    ]  # fmt: skip
    assert "not a forecast" in said.out and "clustering" in said.out and "7000" not in said.out
    record = scored("societies", "--ties", file, "--quiet", "--json")
    assert record.err == "" and "7000" not in record.out.replace(str(file), "")
    assert record.json["network"]["nodes"] == 3 and record.json["network"]["ties"] == 2
    assert len(record.json["notes"]) == 3  # a heading, a loop, a pair listed both ways


@pytest.mark.parametrize(("text", "sentence"), BAD)
def test_a_bad_edge_list_is_one_sentence(
    scored: Scored, tmp_path: Path, text: str, sentence: str
) -> None:
    file = tmp_path / "edges.csv"
    file.write_text(text)
    said = scored("societies", "--ties", file, "--quiet")
    assert said.code == 2 and sentence in said.err and len(said.err.splitlines()) == 1


def test_a_file_that_may_not_be_read_is_one_sentence(
    scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "edges.csv"
    file.write_text("1,2\n")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    said = scored("societies", "--ties", file, "--quiet")
    assert said.code == 2
    assert said.err.strip() == f"scored: {file} cannot be read: Permission denied"


