"""Implementation: a kernel that is always inlined answers inside others, and only there."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from scoredsociety.inlined import InlinedLibrary
from scoredsociety.kernel import inner, int64, jit_enabled, kernel


@inner
def twice(values: np.ndarray, at: int) -> int:
    """Called by ``thrice`` and ``total``."""
    return 2 * int64(values[at])


@inner
def thrice(values: np.ndarray, at: int) -> int:
    """An inlined kernel that takes in another."""
    return twice(values, at) + int64(values[at])


@kernel
def total(values: np.ndarray) -> int:
    """Takes in both, one of them by two ways."""
    sum_ = 0
    for at in range(values.size):
        sum_ += thrice(values, at) + twice(values, at)
    return sum_


def test_the_caller_gives_the_answer_and_the_inlined_one_was_never_machine_code() -> None:
    assert total(np.arange(10, dtype=np.int64)) == 5 * 45
    if not jit_enabled():
        pytest.skip("compiled kernels are switched off")
    for one in (twice, thrice):
        (compiled,) = cast(Any, one).overloads.values()
        assert isinstance(compiled.library, InlinedLibrary)
        assert compiled.library.get_pointer_to_function(compiled.fndesc.llvm_func_name) == 0
    (compiled,) = cast(Any, total).overloads.values()
    assert not isinstance(compiled.library, InlinedLibrary)
    code = compiled.library.get_llvm_str()
    calls = [line for line in code.splitlines() if " call " in line]
    assert not [line for line in calls if "twice" in line or "thrice" in line]


def test_what_only_kernels_call_says_so_when_python_calls_it() -> None:
    if jit_enabled():
        with pytest.raises(TypeError, match="called by kernels only"):
            twice(np.zeros(1, np.int64), 0)
