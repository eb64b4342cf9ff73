"""Does trust rise? Cooperation with scores visible and hidden (Q8; S2-48, S2-10, V19).

The same meetings in two paired runs. It may go either way: image scoring raises help (Nowak and
Sigmund 1998), seeing scores lowered it in an experiment (O-K10), most for low scorers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, bools, same_length
from scoredsociety.measure.statistics.intervals import paired_shares


def cooperation(helped_visible: npt.ArrayLike, helped_hidden: npt.ArrayLike) -> Estimate:
    """Share of the same meetings with help, scores visible less hidden."""
    shown, hidden = bools(helped_visible, "helped_visible"), bools(helped_hidden, "helped_hidden")
    n = same_length(helped_visible=shown, helped_hidden=hidden)
    return paired_shares(int((shown & ~hidden).sum()), int((hidden & ~shown).sum()), n)


def cooperation_by_grade(
    helped_visible: npt.ArrayLike,
    helped_hidden: npt.ArrayLike,
    grade: npt.NDArray[np.generic],
) -> dict[str, Estimate]:
    """The same by the grade of the one who needs help."""
    shown, hidden = bools(helped_visible, "helped_visible"), bools(helped_hidden, "helped_hidden")
    same_length(helped_visible=shown, helped_hidden=hidden, grade=grade)
    return {
        str(name): cooperation(shown[grade == name], hidden[grade == name])
        for name in np.unique(grade)
    }
