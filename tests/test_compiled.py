"""A kernel from the cache: loaded without a compiler's registries, and fit to be taken in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

KERNELS = '''
from scoredsociety.kernel import inner, kernel

@inner
def thrice(x):
    return x * 3

@kernel
def fill(x, row):
    for place in range(row.size):
        row[place] = thrice(row[place]) + x
    return x

@kernel
def fill_twice(x, row):
    return fill(x, row) + fill(x, row)
'''
CALL = '''
import sys
import numpy as np
import own_kernels
from scoredsociety.kernel_cache import before_the_first
before_the_first(lambda: print("compiling", end=" "))
kernel = getattr(own_kernels, sys.argv[1])
row = np.arange(3)
print(kernel(2, row), *row, sum(kernel.stats.cache_hits.values()), "numba.np.linalg" in sys.modules)
'''


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "own_kernels.py").write_text(KERNELS)
    return tmp_path


def called(place: Path, name: str) -> list[str]:
    """Result, row, kernels from the cache, and whether a compiler got ready: in a new process."""
    own = {
        "SCOREDSOCIETY_CACHE": str(place / "kept"), "SCOREDSOCIETY_JIT": "1",
        "PYTHONPATH": os.pathsep.join([str(place), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", CALL, name], env={**os.environ, **own},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.split()


def test_a_kernel_from_the_cache_gives_the_same_and_needs_no_compiler(place: Path) -> None:
    assert called(place, "fill") == ["compiling", "2", "2", "5", "8", "0", "True"]
    assert called(place, "fill") == ["2", "2", "5", "8", "1", "False"]


def test_a_kernel_from_the_cache_can_be_taken_in_by_another(place: Path) -> None:
    called(place, "fill")
    assert called(place, "fill_twice") == ["compiling", "4", "8", "17", "26", "0", "True"]
    assert called(place, "fill_twice") == ["4", "8", "17", "26", "1", "False"]
