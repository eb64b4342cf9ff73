"""Run folders prove themselves: whatever happens to a file is found, in one sentence (E7)."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commandline import Said, Scored

from scoredsociety.errors import Stopped, UserError
from scoredsociety.results import Run, publish_report
from scoredsociety.runs.execute import Manner, make, resume
from scoredsociety.runs.folder.run_folder import partial_of, read_manifest
from scoredsociety.runs.folder.seal import FILES, content_digest, faults_of, write_manifest
from scoredsociety.runs.folder.verify import verify
from scoredsociety.runs.scenario import Scenario

SCENARIO = Scenario(("wendeng_2020",), people=300, months=3, seed=11, panel=10)
PATCH = '[[rule]]\nid = "parking_ticket"\npoints = -6\n'


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole run with its report."""
    target = tmp_path_factory.mktemp("runs") / "a"
    return make(SCENARIO, target, manner=Manner(publish=publish_report)).folder


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was stopped after its first month, as ``NAME``."""
    target = tmp_path_factory.mktemp("runs") / "b"
    with pytest.raises(Stopped):
        make(SCENARIO, target, manner=Manner(stop=lambda: True))
    return target


def names_of(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def flipped(path: Path, luck: random.Random) -> None:
    content = bytearray(path.read_bytes())
    if content:
        content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    path.write_bytes(bytes(content) or b"x")


def cut(path: Path, luck: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: luck.randrange(len(content))] if content else b"x")


def longer(path: Path, luck: random.Random) -> None:
    path.write_bytes(path.read_bytes() + luck.randbytes(1 + luck.randrange(9)))


def removed(path: Path, _: random.Random) -> None:
    path.unlink()


def rewritten(path: Path, luck: random.Random) -> None:
    empty_zip = b"PK\x05\x06" + bytes(18)
    path.write_bytes(luck.choice([b"", b"{}", b"null", b"[" * 9000, b"PAR1", empty_zip,
                                  b"\x93NUMPY", luck.randbytes(300)]))  # fmt: skip


def folder_instead(path: Path, _: random.Random) -> None:
    path.unlink()
    path.mkdir()


def link_instead(path: Path, _: random.Random) -> None:
    path.unlink()
    path.symlink_to(path.name)


DAMAGES: list[Callable[[Path, random.Random], None]] = [
    flipped, cut, longer, removed, rewritten, folder_instead, link_instead,
]  # fmt: skip


def commands(folder: Path, place: Path) -> list[tuple[object, ...]]:
    """Every command that reads a whole run."""
    patch = place / "patch.toml"
    patch.write_text(PATCH)
    return [
        ("explain", folder, "--person", 3), ("report", folder), ("report", folder, "--form", "odd"),
        ("export", folder, place / "csv"), ("branch", folder, "--patch", patch, "--months", 1),
        ("verify", folder, "--files-only"), ("resume", folder),
    ]  # fmt: skip


def refused(said: Said) -> bool:
    """One sentence, no traceback."""
    assert said.code in (0, 1, 2) and "Traceback" not in said.err + said.out
    if said.code == 2:
        assert said.err.count("\n") == 1 and said.err.startswith("scored: "), said.err
    return said.code != 0


def same_manifest(one: Path, other: Path) -> bool:
    """Only spaces differ, if anything."""
    try:
        return bool(json.loads(one.read_bytes()) == json.loads(other.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return False


def check_damage(scored: Scored, whole: Path, name: str, seed: int, kind: int) -> None:
    """Damage one file of a copy in one way, and ask every command."""
    place = whole.parent / "damaged"
    shutil.rmtree(place, ignore_errors=True)
    folder = place / "run"
    shutil.copytree(whole, folder)
    DAMAGES[kind](folder / name, random.Random(seed))
    if name == "manifest.json" and same_manifest(folder / name, whole / name):
        return
    assert refused(scored("runs", place)) is False
    page = name.endswith(".html")
    for words in commands(folder, place):
        if page and words[0] not in ("verify", "resume"):
            continue  # pages are made anew and never read
        assert refused(scored(*words)), (name, DAMAGES[kind].__name__, words)
        assert not (place / "csv").exists()


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_a_damaged_file_is_found_by_every_command(
    scored_of_module: Scored, whole: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(names_of(whole)))
    kind = data.draw(st.integers(0, len(DAMAGES) - 1))
    check_damage(scored_of_module, whole, name, data.draw(st.integers(0, 1 << 30)), kind)


@pytest.mark.long
def test_every_file_damaged_in_every_way(scored_of_module: Scored, whole: Path) -> None:
    for name in names_of(whole):
        for kind in range(len(DAMAGES)):
            for seed in range(20):
                check_damage(scored_of_module, whole, name, seed, kind)


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_damaged_unfinished_run_is_found_by_resume(
    unfinished: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    draft = partial_of(unfinished)
    name = data.draw(st.sampled_from(names_of(draft)))
    kind = data.draw(st.integers(0, len(DAMAGES) - 1))
    target = tmp_path_factory.mktemp("resumed") / "b"
    shutil.copytree(draft, partial_of(target))
    path = partial_of(target) / name
    DAMAGES[kind](path, random.Random(data.draw(st.integers(0, 1 << 30))))
    if name == "manifest.json" and same_manifest(path, draft / name):
        return
    try:
        made = resume(target)
    except UserError as error:
        assert str(error).count("\n") == 0
    else:  # nothing that the rest of the run needs was touched, or it is made anew
        assert made.manifest["checksum"] == whole_checksum()


_known: list[str] = []


def whole_checksum() -> str:
    """The checksum of the run that nothing disturbed."""
    if not _known:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            _known.append(str(make(SCENARIO, Path(folder) / "a").manifest["checksum"]))
    return _known[0]


@pytest.fixture(scope="module")
def scored_of_module() -> object:
    """The command line for tests that call it many times (what is printed is caught by itself)."""
    return Quiet()


class Quiet:
    """Calls ``scored`` in this process, with streams of its own."""

    def __call__(self, *words: object) -> Said:
        import contextlib
        import io
        import sys

        from scoredsociety.cli import main

        out, err, argv, code = io.StringIO(), io.StringIO(), sys.argv, 0
        sys.argv = ["scored", *map(str, words)]
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        finally:
            sys.argv = argv
        return Said(code, out.getvalue(), err.getvalue())


def test_the_manifest_names_every_file_and_is_written_last(whole: Path) -> None:
    manifest = read_manifest(whole)
    assert set(manifest[FILES]) == set(names_of(whole)) - {"manifest.json"}
    newest = max(names_of(whole), key=lambda name: (whole / name).stat().st_mtime_ns)
    assert newest == "manifest.json"


def test_verify_runs_the_documents_again(scored: Scored, whole: Path, tmp_path: Path) -> None:
    said = scored("verify", whole, "--json", "--quiet")
    assert said.code == 0
    assert said.json["verified"] and said.json["ran_again"] and not said.json["added"]
    folder = tmp_path / "forged"
    shutil.copytree(whole, folder)  # a forger who seals the manifest anew is found by running again
    manifest = read_manifest(folder)
    manifest["checksum"] = "0" * 32
    write_manifest(folder, manifest)
    assert read_manifest(folder)["seal"] == content_digest(manifest)
    said = scored("verify", folder, "--json", "--quiet")
    assert said.code == 1 and any("checksum" in one for one in said.json["faults"])


def test_a_forged_table_is_found_by_running_again(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "forged"
    shutil.copytree(whole, folder)
    frame = Run(whole).tallies
    frame.with_columns(count=frame["count"] + 1).write_parquet(folder / "tallies.parquet")
    manifest = read_manifest(folder)
    import hashlib

    content = (folder / "tallies.parquet").read_bytes()
    manifest[FILES]["tallies.parquet"] = hashlib.sha256(content).hexdigest()
    write_manifest(folder, manifest)
    assert any("tallies" in one for one in verify(folder).faults)


def test_a_report_made_anew_belongs_to_the_run(scored: Scored, whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(whole, folder)
    (folder / "report.html").write_text("spoiled")
    assert scored("verify", folder, "--files-only").code == 1
    for more in ((), ("--form", "odd")):
        assert scored("report", folder, *more).code == 0
    assert (folder / "report.html").read_bytes() == (whole / "report.html").read_bytes()
    assert "odd.html" in read_manifest(folder)[FILES]
    assert scored("verify", folder, "--files-only").code == 0
    (folder / "mine.txt").write_text("a note")
    said = scored("verify", folder, "--files-only", "--json")
    assert said.code == 0 and said.json["added"] == ["mine.txt"]


def test_a_run_is_run_again_where_it_stands(scored: Scored, whole: Path, tmp_path: Path) -> None:
    said = scored("rerun", whole, "--out", tmp_path / "again", "--json", "--quiet")
    assert said.code == 0 and said.json["same"] is True
    assert faults_of(tmp_path / "again", read_manifest(tmp_path / "again")) == []
    assert scored("rerun", whole, "--out", tmp_path / "again", "--quiet").code == 2


def test_a_kill_between_the_manifest_and_the_name_is_made_good(
    whole: Path, tmp_path: Path
) -> None:
    target = tmp_path / "a"
    shutil.copytree(whole, partial_of(target))
    (partial_of(target) / "months").mkdir()
    (partial_of(target) / "months" / "2020-01.npz").write_bytes(b"not yet dropped")
    assert resume(target).folder == target
    assert faults_of(target, read_manifest(target)) == []
    assert names_of(target) == names_of(whole)


def test_a_link_out_of_the_folder_is_a_fault(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(whole, folder)
    shutil.move(folder / "panel.parquet", tmp_path / "panel.parquet")
    os.symlink(tmp_path / "panel.parquet", folder / "panel.parquet")
    assert any("out of" in one for one in faults_of(folder, read_manifest(folder)))


def test_arrays_of_objects_are_never_read(whole: Path, tmp_path: Path) -> None:
    """A file that would run code when it is read (pickle) is refused, whatever its digest says."""
    from scoredsociety.runs.folder.run_folder import read_arrays

    np.savez(tmp_path / "a.npz", a=np.array([{}], dtype=object))
    with pytest.raises(UserError, match="cannot be read"):
        read_arrays(tmp_path / "a.npz")
