"""With everything on, kernels that stay plain Python give the same bits, and nothing overflows.

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.engine.responding import everything, responding, storm
from tests.engine.runs import checksum_of

from scoredsociety.kernel import jit_enabled

ROOT = Path(__file__).resolve().parents[2]
RIVALS = {"deterrence": "threshold", "silence": "flat", "seeking": "near_threshold",
          "loyalty": "pays",
          "ties": "random", "shame": "defiant", "trust": "suspicion"}  # fmt: skip


def checksums() -> list[str]:
    """Small worlds in which everything happens, with the default forms and with their rivals."""
    return [
        checksum_of(responding(storm(seed, 40, 4), everything(forms)))
        for seed in (0, 3)
        for forms in ({}, RIVALS)
    ]


@pytest.mark.skipif(not jit_enabled(), reason="compares with compiled kernels")
def test_the_same_bits_without_a_compiler() -> None:
    """implementation: every form, in plain Python with warnings as errors, equals the kernels."""
    code = "from tests.engine.test_respond_plain import checksums; print(*checksums())"
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    plain = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "SCOREDSOCIETY_JIT": "0", "PYTHONPATH": paths},
    )  # fmt: skip
    assert plain.stdout.split() == checksums()
