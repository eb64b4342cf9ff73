"""A measure: one number with its interval, its denominator and the rights that it bears on.

Every share names its denominator, and every number its reference, so that a table of measures
can be read without the program. The articles to which ``rights`` point are those of the ICCPR
and the ICESCR; a measure bears on a right, it does not find a breach of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOTICE = "synthetic society, not a forecast"

RIGHTS: dict[str, str] = {
    "ICCPR 12": "movement",
    "ICCPR 14": "fair hearing",
    "ICCPR 17": "privacy",
    "ICCPR 19": "expression",
    "ICCPR 21": "assembly",
    "ICCPR 22": "association",
    "ICCPR 24": "children",
    "ICCPR 25": "public affairs",
    "ICCPR 26": "equality before the law",
    "ICESCR 6": "work",
    "ICESCR 11": "standard of living",
    "ICESCR 13": "education",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured value; ``low`` and ``high`` are nan where no interval was asked for."""

    name: str
    value: float
    low: float
    high: float
    n: int  # persons, spells, edges or replicates: ``denominator`` says of what
    unit: str
    denominator: str
    reference: str
    rights: tuple[str, ...]

    @property
    def has_interval(self) -> bool:
        """True where ``low`` and ``high`` are numbers."""
        return not (isnan(self.low) or isnan(self.high))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with a 95 % interval and the number of things that it rests on."""

    value: float
    low: float = nan
    high: float = nan
    n: int = 0


def bools(values: npt.ArrayLike, name: str) -> Bools:
    """``values`` as a flat array of truths; ValueError where they are not 0 or 1."""
    array = np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not {array.ndim}")
    if array.dtype != np.bool_ and not bool(np.isin(array, (0, 1)).all()):
        raise ValueError(f"{name} must hold only 0 and 1")
    return array.astype(np.bool_)


def same_length(**arrays: npt.NDArray[np.generic]) -> int:
    """The common length of the arrays; ValueError names the ones that differ."""
    lengths = {name: len(array) for name, array in arrays.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"arrays must be equally long, not {lengths}")
    return next(iter(lengths.values()))
