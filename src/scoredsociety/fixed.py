"""Fixed point: integers decide.

A rate is a base-2 logarithm in 1/1024 octaves; logarithms are summed and one integer table of
2**x turns the sum into a 32-bit threshold. Tables are computed exactly with Decimal, so they
are the same integers on every machine, and their digests stand in the manifest.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache

import numpy as np
import numpy.typing as npt

from scoredsociety.kernel import int64, kernel

OCTAVE = 1024  # one doubling, in log2 units
ONE = 1 << 32  # certainty, as a threshold
UNIT = 1 << 16  # 1.0 of a weight, share or category value (Q16)
POINT = 100  # one point, in centipoints
NEVER = -(1 << 20)  # a log2 rate so low that nothing happens

Ints = npt.NDArray[np.int64]


@cache
def exp2_table() -> Ints:
    """2**(i / 1024) * 2**31, rounded to nearest, for i in 0..1023: int64."""
    with localcontext() as context:
        context.prec = 40
        step = Decimal(2) ** (Decimal(1) / OCTAVE)
        value, rows = Decimal(2) ** 31, []
        for _ in range(OCTAVE):
            rows.append(int(value.to_integral_value()))
            value *= step
    table = np.array(rows, dtype=np.int64)
    table.flags.writeable = False
    return table


@kernel
def threshold(log2_rate: int, exp2: Ints) -> int:
    """Threshold (0 to 2**32) of a probability 2**(log2_rate / 1024); certain from 0 up."""
    if log2_rate >= 0:
        return 1 << 32
    octaves = log2_rate >> 10  # <= -1
    if octaves < -32:
        return 0
    return int64(exp2[log2_rate & 1023]) >> (-octaves - 1)


@cache
def log2_units(value: Decimal | int | str) -> int:
    """log2 of a positive number in 1/1024 octaves, rounded; exact decimal arithmetic."""
    number = Decimal(value)
    if number <= 0:
        return NEVER
    with localcontext() as context:
        context.prec = 40
        return int((number.ln() / _ln_2() * OCTAVE).to_integral_value())


@cache
def _ln_2() -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return Decimal(2).ln()


def probability(value: Decimal | int | str) -> int:
    """Threshold (0 to 2**32) of a probability between 0 and 1."""
    number = Decimal(value)
    if not 0 <= number <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not {value}")
    return int((number * ONE).to_integral_value())


def decimal(value: float | int | str) -> Decimal:
    """The decimal that was written: ``0.1`` becomes 0.1, not its nearest binary fraction."""
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


@cache
def logistic_table() -> Ints:
    """Thresholds of 1 / (1 + exp(-x)) for x = -16 to 16 logits in steps of 16 milli-logits."""
    with localcontext() as context:
        context.prec = 30
        rows = [
            int((ONE / (1 + (Decimal(-step * 16) / 1000).exp())).to_integral_value())
            for step in range(-1000, 1001)
        ]
    table = np.array(rows, dtype=np.int64)
    table.flags.writeable = False
    return table


@kernel
def logistic(millilogit: int, table: Ints) -> int:
    """Threshold of the logistic of ``millilogit``, to the step of 16 below it."""
    step = (min(max(millilogit, -16000), 16000) + 16000) >> 4
    return int64(table[step])
