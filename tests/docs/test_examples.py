"""What README and docs tell to type is understood, and does what they say, at a small size.

Blocks of Python run as printed, but for the size of a society; commands run in the order of their
page. TOML of docs/writing-a-scheme.md: tests/scheme/test_tutorial.py.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.commandline import Scored

import scoredsociety as ss
from scoredsociety.cli import app
from scoredsociety.kernel import jit_enabled
from scoredsociety.runs.documents.document_texts import shipped_documents

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")),
         *sorted((ROOT / "docs" / "questions").glob("*.md"))]
DEAR = {"ablate", "audit", "questions", "story"}  # many runs each
PATCH = """\
[patch]
id = "more"
scheme = "wendeng_2020"
[[rule]]
id = "parking_ticket"
points = -6
"""
EDGES = "".join(f"{n},{(n * 7 + k) % 90}\n" for n in range(90) for k in (1, 2, 3))


def blocks(page: Path, kind: str) -> list[str]:
    """Fenced blocks of one language."""
    return re.findall(rf"^```{kind}\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M)


def told(page: Path) -> Iterator[list[str]]:
    """The words of every ``scored ...`` of a page, in order: in blocks, tables and sentences."""
    text = page.read_text(encoding="utf-8")
    lines = re.findall(r"`(scored [^`\n]+)`|^(scored [^`\n]+)$", text, re.M)
    for line in (one or other for one, other in lines):
        words = shlex.split(line.partition("  #")[0].replace("...", "").replace("\\|", "|"))
        yield [word.strip("[]") for word in words[1:] if not word.startswith("<")]


GROUP: Any = typer.main.get_command(app)


def options_of(command: str) -> set[str]:
    """Every option that a command takes, and its ``--no-`` form."""
    return {name for one in GROUP.commands[command].params
            for name in (*one.opts, *one.secondary_opts)} | {"--help"}  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_exists(page: Path) -> None:
    wrong = []
    for words in told(page):
        if words[0].startswith("-"):
            continue
        if words[0] not in GROUP.commands:
            wrong.append(f"no command {words[0]}")
            continue
        known = options_of(words[0])
        wrong += [f"{words[0]} has no {word}" for word in words[1:]
                  if word.startswith("--") and word.partition("=")[0] not in known]  # fmt: skip
    assert wrong == []


def test_every_named_scheme_and_patch_is_in_the_catalogue() -> None:
    known = {name for room in ("scheme", "patch", "society") for name in shipped_documents(room)}
    known |= {"none", "pilots_federation"}
    wrong = []
    for page in PAGES:
        for words in told(page):
            named = [words[k + 1] for k, word in enumerate(words[:-1]) if word == "--patch"]
            if words[0] in ("run", "ablate", "audit", "questions"):
                named += words[1 : next((k for k, word in enumerate(words) if word[:1] == "-"),
                                        len(words))]  # fmt: skip
            wrong += [f"{page.name}: {one}" for one in named
                      if re.fullmatch(r"[a-z0-9_]{3,}", one) and one not in known]  # fmt: skip
    assert wrong == []


def small(words: list[str], files: dict[str, str]) -> list[str]:
    """The same command of a small society, with files for the words that stand for one."""
    known, made, skip = options_of(words[0]), [], False
    for word in words:
        if word in ("--people", "--years", "--months"):
            skip = True
        elif skip:
            skip = False
        else:
            made.append(files.get(word, word))
    for option, value in (("--people", "200"), ("--months", "3")):
        if option in known and words[0] not in ("branch", "audit") and "--ties" not in words:
            made += [option, value]
    if words[0] == "branch":
        made += ["--months", "2"]
    if "--ties" in words:
        made += ["--months", "3"]
    if words[0] == "run" and "--out" not in words and "--ties" not in words:
        made += ["--out", f"runs/{words[1]}"]
    return made


def commands(page: Path) -> list[list[str]]:
    """Whole commands of a page: those of the README's table, and of blocks for a shell."""
    if page.name == "README.md":
        rows = re.findall(r"^\|[^|]*\| `scored .*$", page.read_text(encoding="utf-8"), re.M)
        lines = [re.findall(r"`(scored [^`]*)`", row)[0] for row in rows]
    else:
        lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    return [shlex.split(line.partition("  #")[0])[1:] for line in lines]


def placed(place: Path) -> dict[str, str]:
    """Files that stand for those that a page only names."""
    (place / "patch.toml").write_text(PATCH)
    (place / "edges.csv").write_text(EDGES)
    return {"FILE": "patch.toml"}


def _all_run(scored: Scored, page: Path, place: Path, dear: bool) -> int:
    files, done = placed(place), 0
    for words in commands(page):
        if (words[0] in DEAR) != dear:
            continue
        if words[:2] == ["validate", "mine.toml"] and not (place / "mine.toml").exists():
            assert scored("schemes", "copy", "wendeng_2020", "mine.toml").code == 0
        said = scored(*small(words, files))
        assert (said.code, said.err.count("Traceback")) == (0, 0), (words, said.err)
        assert said.out or said.err or "--quiet" in words
        done += 1
    return done


def test_the_commands_of_the_readme_run(
    scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _all_run(scored, ROOT / "README.md", tmp_path, dear=False) == 10


@pytest.mark.long
def test_the_dear_commands_of_the_readme_run(
    scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _all_run(scored, ROOT / "README.md", tmp_path, dear=True) == 4


@pytest.mark.parametrize("name", ["runs.md", "tutorial.md", "reproducibility.md"])
def test_the_commands_of_a_page_run(
    scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if name == "runs.md":  # it speaks of a run that is there
        made = scored("run", "wendeng_2020", "--people", 200, "--months", 2, "--out",
                      "runs/wendeng_2020")  # fmt: skip
        assert made.code == 0
    assert _all_run(scored, ROOT / "docs" / name, tmp_path, dear=False) > 0


def test_the_lesson_is_as_it_says(
    scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its own size: the page names seats, and how many people have a grade."""
    monkeypatch.chdir(tmp_path)
    page = ROOT / "docs" / "lesson.md"
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    said = [scored(*shlex.split(line)[1:]) for line in lines]
    assert [one.code for one in said] == [0] * 5, said
    town, ordinary, before, stricter, after = (one.out for one in said)
    assert "an ordinary life: scored explain town --person 825" in town
    assert "35 of 1,591" in town and "35 of 1,591" in stricter
    assert "1,398" in town and "1,286" in stricter  # 112 fewer with an A
    assert "Reports illegal fund raising" in ordinary and "Helps poor people" in ordinary
    assert "grade A" in before and "980" in before and "grade B" in after and "980" in after


def _lived(name: str, tmp_path: Path) -> dict[str, Any]:
    """What a page's first block takes as given."""
    if name != "measures.md":
        return {}
    run = ss.simulate("wendeng_2020", people=300, months=2, start="2022-11",
                      out=tmp_path / "run")  # fmt: skip
    return {"tallies": run.tallies}


@pytest.mark.parametrize("name", ["README.md", "measures.md", "published.md", "python.md",
                                  "report.md", "society.md"])  # fmt: skip
def test_blocks_of_python_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One after another, as a reader would type them; a printed answer beside ``print`` is met."""
    [page] = [page for page in PAGES if page.name == name]
    monkeypatch.chdir(tmp_path)
    found = blocks(page, "python")
    assert found
    if name == "society.md" and not jit_enabled():
        pytest.skip("its society of 20,000 takes minutes as plain Python")
    names = _lived(name, tmp_path)
    for block in found:
        block = block.replace("people=10_000", "people=300")
        block = block.replace("without=", "people=300, months=3, without=")
        exec(compile(block, str(page), "exec"), names)
        capsys.readouterr()


def test_every_page_with_python_is_tried() -> None:
    tried = {"README.md", "measures.md", "published.md", "python.md", "report.md", "society.md"}
    assert {page.name for page in PAGES if blocks(page, "python")} == tried
    shells = {page.name for page in PAGES if blocks(page, "sh")}
    assert shells == {"README.md", "lesson.md", "runs.md", "tutorial.md", "reproducibility.md"}
