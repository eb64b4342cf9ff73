"""What a user installs: whole, the same bytes each time it is built, and enough by itself."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import scoredsociety

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "scoredsociety"


def _built(folder: Path) -> dict[str, bytes]:
    """Each archive built from this tree, by name."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("built")
    _built(folder)
    return folder


def test_built_twice_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    first = {one.name: one.read_bytes() for one in built.iterdir()}
    assert len(first) == 2
    assert _built(tmp_path) == first


def test_wheel_holds_every_file_of_the_package(built: Path) -> None:
    """Catalogues, templates and static files are data that a run reads."""
    wanted = {
        f"scoredsociety/{one.relative_to(PACKAGE).as_posix()}"
        for one in PACKAGE.rglob("*")
        if one.is_file() and "__pycache__" not in one.parts
    }
    held = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    assert wanted <= held
    assert any(one.endswith(".toml") for one in wanted)
    assert any(one.endswith(".j2") for one in wanted)


def test_source_archive_can_run_the_checks(built: Path) -> None:
    """Whoever packages it elsewhere gets the tests, the documentation and the Makefile too."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    for wanted in ("Makefile", "constraints.txt", "CHANGELOG.md", "SECURITY.md", "CITATION.cff",
                   "tests/release/test_archives.py", "docs/index.md", "README.md"):  # fmt: skip
        assert wanted in names


def test_version_stands_in_one_place() -> None:
    """The package says it; the archive takes it from there, and what is cited agrees."""
    cited = (ROOT / "CITATION.cff").read_text()
    assert f"\nversion: {scoredsociety.__version__}\n" in cited
    assert re.search(r'^dynamic = \["version"\]', (ROOT / "pyproject.toml").read_text(), re.M)
    assert f"\n## {scoredsociety.__version__}\n" in (ROOT / "CHANGELOG.md").read_text()


OFFLINE = """
import socket, sys
def refused(*args, **kwargs):
    raise OSError("no network in this test")
socket.socket.connect = refused
socket.getaddrinfo = refused
sys.argv = ["scored", *sys.argv[1:]]
from scoredsociety.cli import main
main()
"""


@pytest.mark.long
def test_wheel_alone_runs_without_a_network(built: Path, tmp_path: Path) -> None:
    """Installed into a bare environment: a run, its report, a life, a scheme of one's own."""
    bare = tmp_path / "bare"
    subprocess.run([sys.executable, "-m", "venv", str(bare)], check=True)
    python = bare / "bin" / "python"
    wheel = next(built.glob("*.whl"))
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "-c", str(ROOT / "constraints.txt"),
         f"{wheel}[lab]"],
        check=True,
    )  # fmt: skip
    (tmp_path / "offline.py").write_text(OFFLINE)

    def scored(*words: str) -> str:
        done = subprocess.run(
            [str(python), "-I", str(tmp_path / "offline.py"), *words],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert scored("--version").split() == ["scored", scoredsociety.__version__]
    scored("run", "suining_2010", "--people", "500", "--months", "6", "--out", "first")
    assert (tmp_path / "first" / "report.html").exists()
    scored("report", "first", "--out", "again.html")
    assert "synthetic" in scored("explain", "first", "--person", "7").lower()
    scored("schemes", "copy", "suining_2010", "mine.toml")
    assert "valid" in scored("validate", "mine.toml")
    scored("run", "mine.toml", "--people", "500", "--months", "6", "--out", "mine")
