"""A path is a name, never a pattern; nothing is overwritten unasked, or late (E4 to E6)."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commandline import Scored

from scoredsociety import outputs
from scoredsociety.commands.run import free_name
from scoredsociety.errors import UserError
from scoredsociety.results import Run, open_run, simulate
from scoredsociety.runs.folder.table_file import read_frame, write_table
from scoredsociety.study.readout.from_tallies import plan_of

ODD = [
    "run[1]", "run*", "run?", "[run]", "{run,x}", "**", "a b", "~", "~root", "-x", "run[!1]",
    "$HOME", "a'b", 'a"b', "%s", "[bold]", "[^]", "x\ny", "\u202ex", "ü", "run.toml", "file:x",
    "a\\b", "#a?b=c", "s3:", "\udcff", "run[1-2]",
]  # fmt: skip


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The run that is named, and another that a pattern would find."""
    place = tmp_path_factory.mktemp("runs")
    named, decoy = (
        simulate("none", people=120, months=2, panel=5, seed=seed, out=place / str(seed))
        for seed in (1, 2)
    )
    assert not named.tallies.equals(decoy.tallies)
    return named.folder, decoy.folder


def check_reads(two: tuple[Path, Path], place: Path, name: str) -> None:
    """A run under an odd name, and below an odd folder, is itself, whatever stands beside it."""
    named, decoy = two
    wanted = Run(named).tallies
    for above in (place / "a", place / "b" / name):
        for other in ("run1", "run2", "run", "x", "runx"):
            if other != name:
                shutil.copytree(decoy, above / other, dirs_exist_ok=True)
        folder = above / name
        shutil.copytree(named, folder)
        run = open_run(folder)
        assert run.tallies.equals(wanted) and run.panel.equals(Run(named).panel)
        assert plan_of(folder) == plan_of(named)
        assert outputs.is_there(folder) and shlex.split(outputs.quoted(folder)) == [str(folder)]
        assert free_name(folder) == folder.with_name(f"{name}-2")
        for suffix in (".csv", ".parquet"):
            file = above / f"{name}{suffix}"
            write_table(pl.DataFrame({"a": [1]}), file)
            assert os.path.lexists(file)
        assert read_frame(file)["a"].to_list() == [1]


@pytest.mark.parametrize("name", ODD)
def test_the_run_that_was_named_is_read(
    two: tuple[Path, Path], tmp_path: Path, name: str
) -> None:
    check_reads(two, tmp_path, name)


LETTERS = "ab1[]*?{}!-~$'\" %\\#&;|<>()`^=,:@+.\n\t\u202e\udc80é"
NAMES = st.text(LETTERS, min_size=1, max_size=12).filter(lambda name: name.strip(".") != "")


@given(name=NAMES)
@settings(max_examples=15, deadline=None)
def test_any_name_is_read_as_it_stands(
    two: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    check_reads(two, tmp_path_factory.mktemp("odd"), name)


@pytest.mark.long
@given(name=NAMES)
@settings(max_examples=1_000, deadline=None)
def test_any_of_many_names_is_read_as_it_stands(
    two: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    check_reads(two, tmp_path_factory.mktemp("odd"), name)


def test_the_command_that_is_printed_can_be_typed(
    scored: Scored, two: tuple[Path, Path], tmp_path: Path
) -> None:
    place = tmp_path / "a b[1]"
    said = scored("run", "wendeng_2020", "--people", 120, "--months", 2, "--out", place / "it's",
                  "--quiet")  # fmt: skip
    assert said.code == 0
    line = next(line for line in said.out.splitlines() if line.startswith("an ordinary life: "))
    words = shlex.split(line.removeprefix("an ordinary life: "))
    assert words[:2] == ["scored", "explain"] and Path(words[2]) == place / "it's"
    assert scored(*words[1:]).code == 0
    said = scored("explain", place / "it's", "--person", 3)
    assert said.code == 0
    (place / "it's").rename(place / "it's.partial")
    said = scored("run", "none", "--out", place / "it's")
    assert shlex.quote(str(place / "it's")) in said.err


# Each output of each command: the words before its path; "N" stands for a run, "P" for a patch.
STUDY = ("--people", "100", "--months", "2")
FILES = {
    "questions": ("questions", "none", *STUDY, "--out"),
    "questions report": ("questions", "none", *STUDY, "--report"),
    "sweep": ("sweep", "none", "--over", "response.silence.values.weight=0,1", *STUDY, "--out"),
    "ablate": ("ablate", "wendeng_2020", *STUDY, "--out"),
    "branch": ("branch", "N", "--patch", "P", "--out"),
    "audit": ("audit", "none", *STUDY, "--out"),
    "constrain": ("constrain", "none", *STUDY, "--out"),
    "report": ("report", "N", "--out"),
    "form": ("report", "N", "--form", "odd", "--out"),
    "plot": ("societies", "county", "--plot"),
    "copy": ("schemes", "copy", "none"),
    "copy society": ("societies", "copy", "county"),
    "copy conduct": ("conduct", "copy", "everyday"),
}
FOLDERS = {
    "run": ("run", "none", *STUDY, "--out"),
    "dry run": ("run", "none", *STUDY, "--dry-run", "--out"),
    "compare": ("compare", "none", "wendeng_2020", *STUDY, "--out"),
    "rerun": ("rerun", "N", "--out"),
}
MADE_FOLDERS = {  # these may be there already
    "export": ("export", "N"),
    "schemas": ("schemas", "--out"),
    "cache": ("sweep", "none", "--over", "response.silence.values.weight=0,1", *STUDY, "--cache"),
}
ENDS = {"questions": ".csv", "sweep": ".csv", "ablate": ".parquet", "branch": ".csv",
        "audit": ".csv", "constrain": ".csv", "plot": ".svg"}  # fmt: skip


def dangling(path: Path) -> Path:
    path.symlink_to(path.with_name("nowhere"))
    return path


def loop(path: Path) -> Path:
    path.symlink_to(path.name)
    return path


def long_name(path: Path) -> Path:
    return path.with_name("x" * 256 + path.suffix)


def under_a_file(path: Path) -> Path:
    path.with_name("file").write_text("mine")
    return path.with_name("file") / path.name


def there(path: Path) -> Path:
    path.write_text("mine")
    return path


def link_to_mine(path: Path) -> Path:
    path.with_name("mine").write_text("mine")
    path.symlink_to(path.with_name("mine"))
    return path


def pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def device(path: Path) -> Path:
    """A link to a device stands for one: the test is to survive."""
    path.symlink_to("/dev/null")
    return path


def folder(path: Path) -> Path:
    path.mkdir()
    (path / "mine").write_text("mine")
    return path


def below_a_loop(path: Path) -> Path:
    loop(path.with_name("loop"))
    return path.with_name("loop") / path.name


PLACES: list[Callable[[Path], Path]] = [
    dangling, loop, long_name, under_a_file, there, link_to_mine, pipe, device, folder,
    below_a_loop,
]  # fmt: skip


def seen(place: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything below a folder: kind, number and content."""
    found = {}
    for path in sorted(place.rglob("*")):
        status = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found[str(path)] = (status.st_mode, status.st_ino, content)
    return found


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """No month is lived: what is refused is refused before the run."""
    if request.node.get_closest_marker("refused"):
        def lived(*_: object, **__: object) -> None:
            raise AssertionError("a month was lived before the output was looked at")

        for name in (
            "runs.execute.begin_run",
            "study.ensemble.ensemble.begin_run",
            "study.ensemble.branch.future",
            "society.describe.description.describe_society",
            "results.run.evidence_of",
        ):
            monkeypatch.setattr(f"scoredsociety.{name}", lived)
    yield


def words_for(words: tuple[str, ...], two: tuple[Path, Path], tmp_path: Path) -> list[str]:
    patch = tmp_path.with_name(f"{tmp_path.name}.toml")
    patch.write_text('[[rule]]\nid = "x"\n')
    return [{"N": str(two[0]), "P": str(patch)}.get(word, word) for word in words]


@pytest.mark.refused
@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("name", [*FILES, *FOLDERS, *MADE_FOLDERS])
def test_an_output_is_refused_before_the_run(
    scored: Scored, two: tuple[Path, Path], tmp_path: Path, name: str,
    kind: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if name in MADE_FOLDERS and kind is folder:
        return
    words = {**FILES, **FOLDERS, **MADE_FOLDERS}[name]
    given = words_for(words, two, tmp_path)
    monkeypatch.chdir(tmp_path)
    target = kind(tmp_path / f"out{ENDS.get(name, '.html' if name in FILES else '')}")
    before = seen(tmp_path)
    for force in ((), ("--force",)):
        if force and (name in ("compare", "cache") or kind in (there, link_to_mine, folder)):
            continue
        said = scored(*given, target, *force)
        assert said.code == 2, (said, force)
        assert said.err.count("\n") == 1 and "Traceback" not in said.err
        assert seen(tmp_path) == before
    assert os.path.exists("/dev/null") and not os.path.isfile("/dev/null")


def test_force_replaces_a_file_and_no_link_is_followed(tmp_path: Path) -> None:
    link = link_to_mine(tmp_path / "a.csv")
    with pytest.raises(UserError, match="exists already"):
        outputs.check_file(link)
    outputs.check_file(link, force=True)
    outputs.write(link, "new")
    assert not link.is_symlink() and link.read_text() == "new"
    assert (tmp_path / "mine").read_text() == "mine"
    assert not list(tmp_path.glob("*.writing"))


def test_a_name_that_fits_only_until_it_is_written_is_refused(tmp_path: Path) -> None:
    from scoredsociety.runs.folder.run_folder import check_place

    check_place(tmp_path / ("x" * 240), force=False)
    with pytest.raises(UserError, match="cannot be written"):
        check_place(tmp_path / ("x" * 250), force=False)
