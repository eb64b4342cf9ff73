"""When does a scheme lose its public? Support by group, and abandonment (Q9; S3-19, V14).

Surveys measure *expressed* support (V14), so expressed and private support stand side by side.
Abandonment is only ever a share of plausible settings: two cases exist (Suining, Rongcheng).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, bools
from scoredsociety.measure.persons.exclusion import GroupRate, exclusion_by_group
from scoredsociety.measure.statistics.intervals import wilson


def support_by_group(
    supports: npt.ArrayLike, group: npt.NDArray[np.generic]
) -> tuple[GroupRate, ...]:
    """Share of persons in support, by group; small cells suppressed."""
    return exclusion_by_group(supports, group)


def abandoned(given_up: npt.ArrayLike) -> Estimate:
    """Share of plausible settings (one value a run) in which the operator gives the scheme up.

    The interval says how well the settings tried stand for all; it is no chance of anything.
    """
    flags = bools(given_up, "given_up")
    return wilson(int(flags.sum()), len(flags))
