"""Nothing here runs what a file says: no pickle is read or written (SECURITY.md).

Excepted, by name: compiled kernels, machine code that numba keeps pickled in the user's own cache
folder (``kernel_cache.py`` names pickle's error to refuse a damaged one), and an executor of
processes that a caller of ``observe_all`` makes and gives: then Python pickles between the
caller's own processes.
"""

from __future__ import annotations

import ast
import pickle
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import scoredsociety
from scoredsociety.results import Run
from scoredsociety.runs.folder.run_folder import read_manifest
from scoredsociety.runs.folder.seal import faults_of

PACKAGE = Path(scoredsociety.__file__).parent
# what turns bytes into objects of any class, or hands them to who does
PICKLERS = {
    "pickle", "_pickle", "cPickle", "marshal", "shelve", "dbm", "copyreg", "dill", "cloudpickle",
    "joblib", "multiprocess", "multiprocessing", "yaml", "jsonpickle", "mpi4py.MPI",
}  # fmt: skip
PROCESSES = {"ProcessPoolExecutor", "InterpreterPoolExecutor"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
NUMPYS = {"load", "read_array", "save", "write_array"}  # pickle unless told, some by version
SAVEZ = {"savez", "savez_compressed"}  # not every version can be told
OTHERS = {"read_pickle", "to_pickle", "deserialize", "serialize", "dump", "Unpickler"}
# the only mention: which of its errors mean that a kept kernel is damaged
EXCEPTED = {("kernel_cache.py", "pickle")}


def faults(source: str, file: str = "") -> Iterator[str]:
    """What a source does that reads or makes a pickle, or runs a text."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                for one in names:
                    yield from _imported(one.name, file)
            case ast.ImportFrom(module=str(module), names=names):
                yield from _imported(module, file)
                yield from (f"imports {one.name}" for one in names if one.name in PROCESSES)
            case ast.Call(func=ast.Name(id=str(name))) if name in RUNS_TEXT:
                yield f"calls {name}"
            case ast.Call(func=ast.Attribute(value, attr)):
                yield from _called(node, ast.unparse(value), attr)
            case ast.Attribute(ast.Name("pickle"), attr) if attr != "PickleError":
                yield f"uses pickle.{attr}"


def _imported(module: str, file: str) -> Iterator[str]:
    told = {module, module.split(".")[0]} & PICKLERS
    yield from (f"imports {one}" for one in told if (file, one) not in EXCEPTED)


def _called(node: ast.Call, of: str, name: str) -> Iterator[str]:
    numpys = of in ("np", "numpy") or of.endswith("lib.format")
    if numpys and name in SAVEZ:
        yield f"calls {of}.{name}"
    elif numpys and name in NUMPYS:
        told = {one.arg: one.value for one in node.keywords}.get("allow_pickle")
        if not (isinstance(told, ast.Constant) and told.value is False):
            yield f"{of}.{name} without allow_pickle=False"
    elif name in OTHERS and of not in ("json", "self"):
        yield f"calls {of}.{name}"
    elif of == "builtins" and name in RUNS_TEXT:
        yield f"calls {name}"


def test_no_source_reads_or_makes_a_pickle() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}: {one}" for path in PACKAGE.rglob("*.py")
        for one in faults(path.read_text(encoding="utf-8"), path.name)
    }  # fmt: skip
    assert found == set()


@pytest.mark.parametrize("planted", [
    "import pickle", "from pickle import loads", "import marshal", "import shelve",
    "import multiprocessing.pool", "from concurrent.futures import ProcessPoolExecutor",
    "import numpy as np\nnp.load('a.npy')", "import numpy as np\nnp.load('a', allow_pickle=True)",
    "import numpy as np\nnp.savez('a.npz', allow_pickle=False)",
    "import numpy as np\nnp.save('a.npy', [])", "frame.deserialize(x)", "eval('1')",
    "from mpi4py.MPI import COMM_WORLD", "import cloudpickle as json",
])  # fmt: skip
def test_a_planted_one_is_found(planted: str) -> None:
    assert list(faults(planted))


def test_the_exception_is_of_one_name_only() -> None:
    assert list(faults("import pickle\npickle.PickleError", "kernel_cache.py")) == []
    assert list(faults("import pickle\npickle.loads(b'')", "kernel_cache.py"))


def _callers() -> set[str]:
    return {Path(one.filename).as_posix() for one in traceback.extract_stack()}


def test_a_run_folder_is_read_without(small_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is read of a folder, with pickle taken away from everybody but kept kernels."""
    at_work: list[set[str]] = []

    def watched(real: Any) -> Any:
        def called(*given: Any, **named: Any) -> Any:
            if not any("numba" in one for one in _callers()):
                at_work.append(_callers())
            return real(*given, **named)

        return called

    for name in ("load", "loads", "dump", "dumps"):
        monkeypatch.setattr(pickle, name, watched(getattr(pickle, name)))
    folder = small_run.folder
    again = Run(folder)
    assert len(again.tallies) > 100
    assert again.explain(5) is not None
    assert faults_of(folder, read_manifest(folder)) == []
    assert at_work == []
    pickle.loads(pickle.dumps(1))
    assert len(at_work) == 2  # what is taken away is what a reader would use
