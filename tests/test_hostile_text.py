"""Text from files: controls are refused in every document, and nothing sly reaches a reader."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commandline import Said, Scored
from tests.hostile import (
    CONTROLS,
    SLY,
    Tags,
    assert_json,
    assert_page,
    assert_quiet,
    assert_table,
)

from scoredsociety.document.problem import DocumentErrors
from scoredsociety.document.read import read_document
from scoredsociety.document.text import cell, json_neutral, neutral, refused_characters
from scoredsociety.report.pages.dispatch import PAGES
from scoredsociety.runs.documents.document_texts import folder_of
from scoredsociety.runs.folder.table_file import write_csv
from scoredsociety.scheme.read.federation import load_federation
from scoredsociety.scheme.read.patch import set_values
from scoredsociety.society.recipes.recipe import read_recipe

KINDS = {
    "scheme": folder_of("scheme") / "rongcheng_press.toml",
    "patch": folder_of("patch"),
    "conduct": folder_of("conduct") / "everyday.toml",
    "society": folder_of("society") / "county.toml",
    "federation": folder_of("scheme") / "federations",
}
_TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_KEY = re.compile(r"^([a-z_]+) *=", re.MULTILINE)


def text_of(kind: str) -> str:
    """A document of a kind; the first of a folder."""
    path = KINDS[kind]
    return (path if path.is_file() else min(path.glob("*.toml"))).read_text(encoding="utf-8")


def escaped(text: str) -> str:
    """As it stands in a TOML string."""
    return "".join(f"\\u{ord(one):04x}" for one in text)


def places(text: str) -> list[tuple[int, int, bool]]:
    """Where each text and each key of a document stands: begin, end, is it a key?"""
    texts = [(found.start(), found.end(), False) for found in _TEXT.finditer(text)]
    return texts + [(found.start(1), found.end(1), True) for found in _KEY.finditer(text)]


def holds(values: Any, bad: str) -> bool:
    """Does a text or key of the values hold it? (A place may have been in a comment.)"""
    if isinstance(values, dict):
        return any(bad in key or holds(value, bad) for key, value in values.items())
    if isinstance(values, list):
        return any(holds(value, bad) for value in values)
    return isinstance(values, str) and bad in values


def spoiled(kind: str, data: st.DataObject) -> str | None:
    """A document with a control character in one text or key; None where it fell into nothing."""
    text = text_of(kind)
    begin, end, is_key = data.draw(st.sampled_from(places(text)))
    bad = data.draw(st.sampled_from(CONTROLS))
    inner = text[begin:end] if is_key else text[begin + 1 : end - 1]
    text = f'{text[:begin]}"{inner}{escaped(bad)}"{text[end:]}'
    try:
        return text if holds(tomllib.loads(text), bad) else None
    except tomllib.TOMLDecodeError:
        return None


def check_refused(place: Path, kind: str, data: st.DataObject) -> None:
    """The document is refused when it is read, by words that are quiet themselves."""
    text = spoiled(kind, data)
    if text is None:
        return
    file = place / "mine.toml"
    file.write_text(text, encoding="utf-8")
    readers: list[Callable[[], object]] = [lambda: read_document(file)]
    if kind == "federation":
        readers.append(lambda: load_federation(file))
    if kind == "society":
        readers.append(lambda: read_recipe(text, "mine"))
    for reader in readers:
        with pytest.raises(DocumentErrors) as refused:
            reader()
        said = str(refused.value)
        assert "control character" in said and refused.value.problems[0].line
        assert_quiet(said)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_no_text_of_any_document_holds_a_control_character(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    check_refused(tmp_path_factory.getbasetemp(), kind, data)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=3_000, deadline=None)
def test_no_text_of_any_document_holds_one_of_many(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    check_refused(tmp_path_factory.getbasetemp(), kind, data)


def test_every_shipped_document_is_free_of_them() -> None:
    for room in ("scheme", "conduct", "society"):
        for path in folder_of(room).rglob("*.toml"):
            assert not list(refused_characters(tomllib.loads(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("bad", CONTROLS)
def test_a_value_that_is_set_holds_none(bad: str) -> None:
    asked: list[Any] = [
        [f"rule.x.title=No{bad}ise"], [f'rule.x.title="No{escaped(bad)}ise"'],
        {"rule.x.title": f"No{bad}ise"},
    ]  # fmt: skip
    for pairs in asked:
        with pytest.raises(DocumentErrors):
            set_values(pairs)


def test_the_documents_that_aborted_the_process_are_refused(
    scored: Scored, tmp_path: Path
) -> None:
    """A control character in a title ended the process that drew charts (exit 134)."""
    file = tmp_path / "mine.toml"
    text = text_of("scheme").replace('title = "', 'title = "a\\u0001', 1)
    file.write_text(text, encoding="utf-8")
    for words in (("validate", file), ("run", file, "--people", 100, "--months", 1)):
        said = scored(*words)
        assert said.code == 2 and "U+0001" in said.out + said.err


@given(st.text(st.sampled_from([*"".join(CONTROLS + SLY), "\n", "\t"]), max_size=30))
@settings(max_examples=200, deadline=None)
def test_neutral_text_is_quiet_and_json_keeps_its_value(text: str) -> None:
    assert_quiet(neutral(text))
    line = json_neutral(json.dumps({text: [text]}, ensure_ascii=False))
    assert_json(line)
    assert json.loads(line) == {text: [text]}
    assert neutral(neutral(text)) == neutral(text)


@given(st.lists(st.sampled_from([*SLY, *CONTROLS, "-3", "+2.5", "=", " =x", "\t=x", "", "a"]),
                min_size=1))  # fmt: skip
@settings(max_examples=30, deadline=None)
def test_no_cell_of_a_table_is_a_formula(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    file = tmp_path_factory.mktemp("tables") / "a.csv"
    write_csv(pl.DataFrame({"=cmd": texts, "n": [-1.5] * len(texts)}), file)
    assert_table(file.read_text(encoding="utf-8"))
    assert cell("-3") == "-3" and cell("=1") == "'=1"
    assert pl.read_csv(file)["n"].to_list() == [-1.5] * len(texts)


def sly_scheme(texts: list[str]) -> str:
    """A scheme with sly text in every field that takes any; each field has its own."""
    from scoredsociety.runs.documents.validate import validate

    text = text_of("scheme")

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mine.toml"

        def valid(wanted: str) -> bool:
            file.write_text(wanted, encoding="utf-8")
            return not validate(file, examples=False).problems

        assert valid(text)
        fields = [one for one in places(text) if not one[2]]
        for number, (begin, end, _) in reversed(list(enumerate(fields))):
            if not re.search(r"(title|about|note|name) = $", text[max(0, begin - 12) : begin]):
                continue
            sly = "".join(f"\\U{ord(one):08x}" for one in texts[number % len(texts)])
            wanted = f'{text[:begin]}"{sly} {text[begin + 1 : end - 1]}"{text[end:]}'
            if valid(wanted):
                text = wanted
    return text


def check_outputs(scored: Scored, place: Path, texts: list[str]) -> None:
    """Run a sly scheme and look at everything that comes out."""
    place.mkdir(exist_ok=True)
    file, run = place / "\u202esly[bold].toml", place / "run"
    text = sly_scheme(texts)
    assert text != text_of("scheme")
    file.write_text(text, encoding="utf-8")
    small = ("--people", 300, "--months", 2, "--quiet")
    said = [
        scored("schemes", file), scored("validate", file),
        scored("run", file, *small, "--out", run), scored("explain", run, "--person", 3),
        scored("schemes", "diff", file, "none"), scored("runs", place), scored("report", run),
    ]  # fmt: skip
    objects = [scored(*words, "--json") for words in (
        ("schemes", file), ("explain", run, "--person", 3), ("runs", place),
        ("schemes", "diff", file, "none"), ("validate", file),
    )]  # fmt: skip
    for one in [*said, *objects]:
        assert one.code == 0, one
        assert_quiet(one.out + one.err)
    for one in objects:
        assert_json(one.out)
    known = Tags(harmless(scored, place)).found
    for form in PAGES:
        assert scored("report", run, "--form", form).code == 0
        assert_page((run / f"{form}.html").read_text(encoding="utf-8"), known)
    assert scored("export", run, place / "csv").code == 0
    for path in (place / "csv").iterdir():
        content = path.read_text(encoding="utf-8")
        assert_table(content) if path.suffix == ".csv" else assert_quiet(content)
    assert_quiet((run / "manifest.json").read_text(encoding="utf-8"))


def harmless(scored: Scored, place: Path) -> str:
    """Every page of the scheme as it is shipped."""
    run = place / "harmless"
    small = ("--people", 300, "--months", 2, "--quiet")
    assert scored("run", KINDS["scheme"], *small, "--out", run).code == 0
    for form in PAGES:
        assert scored("report", run, "--form", form).code == 0
    return "".join((run / f"{form}.html").read_text(encoding="utf-8") for form in PAGES)


def test_sly_text_is_neutralised_in_every_output(scored: Scored, tmp_path: Path) -> None:
    check_outputs(scored, tmp_path, SLY)


@pytest.mark.long
@pytest.mark.parametrize("turn", range(len(SLY)))
def test_sly_text_of_each_kind_in_each_field(scored: Scored, tmp_path: Path, turn: int) -> None:
    check_outputs(scored, tmp_path, SLY[turn:] + SLY[:turn])


def test_what_a_command_refuses_is_quiet_too(scored: Scored, tmp_path: Path) -> None:
    sly = "\x1b[31m\u202ex\n\x07"
    asked: list[tuple[object, ...]] = [
        ("run", sly), ("explain", tmp_path / sly, "--person", 3), ("report", tmp_path / sly),
        ("run", "none", "--society", sly), ("run", "none", "--set", f"{sly}=1"), (sly,),
        ("run", "none", f"--{sly}"), ("run", "none", "--patch", tmp_path / sly),
        ("export", tmp_path / sly, "x"), ("societies", "--ties", tmp_path / sly),
        ("run", "none", "--from", sly), ("report", "x", "--form", sly), ("validate", sly),
    ]  # fmt: skip
    for words in asked:
        for said in (scored(*words), scored(*words, "--json")):
            assert isinstance(said, Said) and said.code == 2, (words, said)
            assert_quiet(said.out + said.err)
