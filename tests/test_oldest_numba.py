"""Both ends of the numba that is declared: the newest runs every test, the oldest the goldens."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# what an older numba may not go with is left to pip
FREE = re.compile(r"^(numba|llvmlite|numpy|scipy|pandas)==")


def oldest() -> str:
    """The lower end of the range that pyproject.toml declares, such as ``0.62``."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    (found,) = [one for one in told if one.startswith("numba")]
    return re.findall(r">=([\d.]+)", found)[0]


def test_the_range_is_declared_at_both_ends() -> None:
    assert re.fullmatch(r"\d+\.\d+", oldest())


@pytest.mark.long
def test_the_oldest_gives_the_same_bits(tmp_path: Path) -> None:
    """The canonical digests of small runs, in an environment of its own (about five minutes)."""
    constraints = tmp_path / "constraints.txt"
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    constraints.write_text("\n".join(line for line in lines if not FREE.match(line)))
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "-c", constraints, f"numba=={oldest()}.0",
                    f"{ROOT}[test]"], check=True)  # fmt: skip
    env = {**os.environ, "SCOREDSOCIETY_CACHE": str(tmp_path / "cache")}
    env.pop("PYTHONPATH", None)
    for words in (["-c", "import numba; print(numba.__version__)"], ["-m", "pytest", "-q",
                  "tests/golden", "tests/test_compiled.py", "tests/test_inlined.py"]):  # fmt: skip
        done = subprocess.run([python, *words], cwd=ROOT, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        if words[0] == "-c":
            assert done.stdout.startswith(oldest())
