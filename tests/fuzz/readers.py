"""Every reader of files that may come from anywhere, and one file or more that it reads."""

from __future__ import annotations

import atexit
import gzip
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl
from tests.fuzz import changed
from tests.hostile import assert_quiet
from tests.scheme.test_mutations import documents

from scoredsociety.conduct.describe import describe_conduct as describe_conduct
from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.engine import checkpoint
from scoredsociety.errors import UserError
from scoredsociety.results import Run, simulate
from scoredsociety.runs.documents.document_texts import path_of
from scoredsociety.runs.documents.document_texts import shipped_documents as shipped
from scoredsociety.runs.documents.validate import validate
from scoredsociety.runs.folder.run_folder import read_arrays, read_manifest
from scoredsociety.runs.folder.seal import faults_of
from scoredsociety.runs.folder.table_file import read_frame
from scoredsociety.scheme.describe.rules_in_words import as_text, rule_book
from scoredsociety.scheme.read.load import catalogue, find_scheme, load_scheme
from scoredsociety.society.describe.description import words as words_of_society
from scoredsociety.society.recipes.recipe import load_society
from scoredsociety.society.ties.edges import load_edges


@dataclass(frozen=True)
class Reader:
    """How a file is read, how it is spoiled, and files to begin with.

    ``read`` is given the bytes and an empty folder; it says in a word what came of them. A
    ``UserError`` is a refusal; whatever else it raises is a fault.
    """

    read: Callable[[bytes, Path], str]
    change: changed.Change
    seeds: Callable[[], list[bytes]]


@cache
def everyday() -> Conduct:
    """The conduct whose acts schemes are read with."""
    return load_conduct("everyday")


@cache
def run_folder() -> Path:
    """A whole run of few persons, made once."""
    place = tempfile.TemporaryDirectory()
    atexit.register(place.cleanup)
    return simulate("judgment_list", people=60, months=2, panel=5, seed=5, threads=1,
                    out=Path(place.name) / "run").folder  # fmt: skip


def _document(raw: bytes, folder: Path, told: Callable[[Path], str]) -> str:
    """Validate, and where nothing is wrong do what a command does with the document."""
    path = folder / "document.toml"
    path.write_bytes(raw)
    found = validate(path, everyday(), examples=False)
    for problem in (*found.problems, *found.warnings):
        said = str(problem)
        assert 5 < len(said) < 3000 and "Traceback" not in said and "\n" not in said, said
        assert_quiet(said)
    if not found.valid:
        return " ".join(sorted({f"{one.rule} {one.key}" for one in found.problems})[:3])
    return f"valid {found.kind} {told(path)}"


def scheme(raw: bytes, folder: Path) -> str:
    """A scheme, or what is taken for another document."""
    return _document(raw, folder, _rule_book)


def _rule_book(path: Path) -> str:
    try:
        as_text(rule_book(load_scheme(path, everyday())))
    except UserError:  # another kind of document
        return "no scheme"
    return "in words"


def conduct(raw: bytes, folder: Path) -> str:
    """A conduct document."""
    return _document(raw, folder, lambda path: str(len(describe_conduct(load_conduct(path)))))


def society(raw: bytes, folder: Path) -> str:
    """A society recipe."""
    return _document(raw, folder, lambda path: str(bool(words_of_society(load_society(path)))))


def patch(raw: bytes, folder: Path) -> str:
    """A patch."""
    return _document(raw, folder, lambda path: "")


def manifest(raw: bytes, folder: Path) -> str:
    """A manifest, sealed or not, and what is asked of every run folder."""
    (folder / "manifest.json").write_bytes(raw)
    read = read_manifest(folder)
    faults = faults_of(folder, read)
    run = Run(folder)
    said = f"{run.checksum} {run!r} {len(faults)}"
    run.prepared  # noqa: B018  # its documents, compiled again
    return f"read {len(said) > 10}"


def edges(raw: bytes, folder: Path) -> str:
    """A list of edges; the first byte says what the file is called."""
    name = ("e.csv", "e.txt", "e.parquet", "e.csv.gz")[raw[0] % 4 if raw else 0]
    (folder / name).write_bytes(raw[1:])
    return f"read {len(load_edges(folder / name, 3).notes)}"


def table(raw: bytes, folder: Path) -> str:
    """A table of a run folder."""
    (folder / "tallies.parquet").write_bytes(raw)
    return f"read {read_frame(folder / 'tallies.parquet').width}"


def arrays(raw: bytes, folder: Path) -> str:
    """A month of the change log."""
    (folder / "2020-01.npz").write_bytes(raw)
    return f"read {len(read_arrays(folder / '2020-01.npz'))}"


def state(raw: bytes, folder: Path) -> str:
    """A checkpoint."""
    for name, data in changed.unpacked(raw).items():
        (folder / name).write_bytes(data)
    try:
        checkpoint.load(folder)
    except ValueError as error:
        assert len(str(error).splitlines()) == 1, str(error)
        raise UserError(str(error)) from None
    return "read"


def _documents(*names: str) -> Callable[[], list[bytes]]:
    return lambda: [documents()[name] for name in names]


def _schemes() -> list[bytes]:
    return [find_scheme(name).read_bytes() for name in sorted(catalogue())]


def _patches() -> list[bytes]:
    own = [path_of("patch", name).read_bytes() for name in shipped("patch")]
    return [documents()["patch"], *own]


def _lists() -> list[bytes]:
    rows = b"source,target\n0,1\n1,2\n2,0\n2,3\n3,3\n"
    other = io.BytesIO()
    pl.DataFrame({"a": [0, 1, 2], "b": [1, 2, 0]}).write_parquet(other)
    return [b"\0" + rows, b"\1" + b"# x\n0 1\n1\t2\n", b"\0" + b"0;1;0.5\n1;2;0.25\n",
            b"\2" + other.getvalue(), b"\3" + gzip.compress(rows)]  # fmt: skip


def _files(pattern: str) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for path in sorted(run_folder().glob(pattern))][:3]


def _checkpoint() -> list[bytes]:
    place = run_folder() / "checkpoint"
    return [changed.packed({path.name: path.read_bytes() for path in sorted(place.iterdir())})]


READERS = {
    "scheme": Reader(scheme, changed.of_toml, _schemes),
    "patch": Reader(patch, changed.of_toml, _patches),
    "conduct": Reader(conduct, changed.of_toml, _documents("conduct")),
    "society": Reader(society, changed.of_toml, _documents("society")),
    "manifest": Reader(manifest, changed.of_manifest, _files("manifest.json")),
    "edges": Reader(edges, changed.of_rows, _lists),
    "table": Reader(table, changed.of_bytes, _files("*.parquet")),
    "arrays": Reader(arrays, changed.of_bytes, _files("exchange/*.npz")),
    "checkpoint": Reader(state, changed.of_checkpoint, _checkpoint),
}
