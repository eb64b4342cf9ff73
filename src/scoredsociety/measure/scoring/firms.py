"""Company scores: is there more compliance, and who fails? (Q10; S4-22, S3-69)

Offences for each 100 firm-months in two paired runs, and exits, by size of firm: the fixed
cost of compliance weighs most on the small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import same_length
from scoredsociety.measure.persons.exclusion import GroupRate, counts_by_group, group_rate


@dataclass(frozen=True, slots=True)
class Compliance:
    """One size class: offences for each 100 firm-months, with the scheme and without it."""

    size: str
    firms: int
    offences_with: float
    offences_without: float

    @property
    def change(self) -> float:
        """Offences more (or fewer) for each 100 firm-months."""
        return self.offences_with - self.offences_without


def compliance(
    offences_with: npt.ArrayLike,
    offences_without: npt.ArrayLike,
    months_with: npt.ArrayLike,
    months_without: npt.ArrayLike,
    size: npt.NDArray[np.generic],
) -> tuple[Compliance, ...]:
    """Each array has one value a firm; a firm that exits has fewer months. Sizes sorted."""
    columns = [
        np.asarray(x, np.float64)
        for x in (offences_with, offences_without, months_with, months_without)
    ]
    same_length(one=columns[0], two=columns[1], three=columns[2], four=columns[3], size=size)
    rows = []
    for name in np.unique(size):
        one, two, lived, lived_without = (float(c[size == name].sum()) for c in columns)
        rows.append(Compliance(
            str(name), int((size == name).sum()),
            100 * one / lived if lived else float("nan"),
            100 * two / lived_without if lived_without else float("nan"),
        ))  # fmt: skip
    return tuple(rows)


def exits(exited: npt.ArrayLike, size: npt.NDArray[np.generic]) -> tuple[GroupRate, ...]:
    """Share of firms that exit, by size."""
    counts = counts_by_group(exited, size)
    return tuple(group_rate(name, count, of) for name, (count, of) in counts.items())
