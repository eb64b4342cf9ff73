"""Old run folders: which are read, and how far (docs/runs.md).

``tests/old/0.1.0`` is a run of 300 persons and three months as 0.1.0 left it, less its report.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.commandline import Scored

from scoredsociety.engine import checkpoint, layout
from scoredsociety.errors import UserError
from scoredsociety.results import open_run
from scoredsociety.runs.folder.run_folder import read_manifest
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.version import __version__

OLD = Path(__file__).parents[1] / "old" / "0.1.0"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy, so that nothing is written into the tree."""
    return Path(shutil.copytree(OLD, tmp_path / "old"))


def test_its_tables_are_read(scored: Scored, old: Path) -> None:
    run = open_run(old)
    assert (run.people, run.schemes, run.tallies.height > 100) == (300, ["wendeng_2020"], True)
    assert run.panel["seat"].n_unique() == 100
    rows = scored("runs", old.parent, "--json").json["runs"]
    assert [(row["whole"], row["people"]) for row in rows] == [(True, 300)]


@pytest.mark.parametrize("words", [("report",), ("explain", "--person", "3")])
def test_what_lives_months_again_does_so_or_names_the_version(
    scored: Scored, old: Path, words: tuple[str, ...]
) -> None:
    said = scored(words[0], old, *words[1:])
    if said.code:
        assert said.code == 2 and said.err.count("\n") == 1 and "0.1.0" in said.err, said.err


def test_it_cannot_be_verified_but_run_again(scored: Scored, old: Path, tmp_path: Path) -> None:
    said = scored("verify", old)
    assert said.code == 2 and said.err.count("\n") == 1
    assert "0.1.0" in said.err and "scored rerun" in said.err
    said = scored("rerun", old, "--out", tmp_path / "new", "--json", "--quiet")
    if said.code:  # its documents are not read any more: one sentence that says so
        assert said.code == 2 and "0.1.0" in said.json["error"]
    else:
        assert scored("verify", tmp_path / "new", "--files-only").code == 0


@pytest.mark.parametrize("form", ["scoredsociety run 3", "scoredsociety run 0", "other", 7, None])
def test_other_forms_are_refused_in_a_sentence(old: Path, form: object) -> None:
    manifest = json.loads((old / "manifest.json").read_text())
    (old / "manifest.json").write_text(json.dumps({**manifest, "format": form}))
    with pytest.raises(UserError) as refused:
        read_manifest(old)
    assert ("newer version" in str(refused.value)) == (form == "scoredsociety run 3")


KEYS = ("inputs", "documents", "people", "versions", "checksum", "schemes")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", [None, True, {}, [], "x", {"society": 3}])
def test_a_manifest_without_a_seal_is_held_to_its_shape(
    scored: Scored, old: Path, key: str, value: object
) -> None:
    manifest = json.loads((old / "manifest.json").read_text())
    if isinstance(value, type(manifest[key])) and key in ("checksum", "schemes"):
        return
    (old / "manifest.json").write_text(json.dumps({**manifest, key: value}))
    for words in (("explain", old, "--person", 3), ("verify", old)):
        said = scored(*words)
        assert said.code == 2 and said.err.count("\n") == 1, said.err


def test_its_last_state_is_read_by_meaning(old: Path) -> None:
    """The words of 0.1.0 are read with the fields of today (engine/layout.py)."""
    state = checkpoint.load(old / "checkpoint")
    note = json.loads((old / "checkpoint" / "state.json").read_text())
    assert note["form"] in checkpoint.FORMS and checkpoint.checksum(state) == note["checksum"]
    panel = open_run(old).panel
    last = panel.filter(panel["month"] == panel["month"].max())
    for row in last.to_dicts():
        word = int(state.exchange.status[row["seat"]])
        assert (layout.grade_in(word, 0) == NO_GRADE) == (row["grade"] is None)
    records = state.blocks[0].records.astype(int)
    assert layout.rule_of(records).max() < 1024 and layout.month_of(records).max() <= 3


@pytest.mark.parametrize(("program", "named"), [
    ("9.1.0", "go on with scoredsociety 9.1.0"), (None, "the version that made it"),
    (["x"], "the version that made it"),
])  # fmt: skip
def test_a_checkpoint_of_another_form_names_its_version(
    old: Path, program: object, named: str
) -> None:
    file = old / "checkpoint" / "state.json"
    note = json.loads(file.read_text())
    file.write_text(json.dumps({**note, "form": 99, "program": program}))
    with pytest.raises(ValueError, match="form 99") as refused:
        checkpoint.load(old / "checkpoint")
    assert named in str(refused.value) and "\n" not in str(refused.value)


def test_a_checkpoint_says_which_version_wrote_it(old: Path, tmp_path: Path) -> None:
    checkpoint.save(checkpoint.load(old / "checkpoint"), tmp_path / "state")
    note = json.loads((tmp_path / "state" / "state.json").read_text())
    assert note["program"] == __version__
