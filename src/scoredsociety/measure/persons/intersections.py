"""Intersections: a joint cell such as rural, lowest fifth, offline, with its n and interval.

A difference between single groups may hide or make one between their intersections
(Crenshaw 1989; Kearns et al. 2018, "fairness gerrymandering"), so joint cells are shown with
their size, and cells too small to carry a number are suppressed.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.persons.exclusion import GroupRate, counts_by_group, group_rate

JOINT = " x "


def joint_groups(
    dimensions: Mapping[str, npt.NDArray[np.generic]],
) -> npt.NDArray[np.str_]:
    """The joint cell of each person, its parts joined by `` x `` in the given order."""
    if not dimensions:
        raise ValueError("at least one dimension is needed")
    arrays = [np.asarray(values).astype(np.str_) for values in dimensions.values()]
    if len({len(array) for array in arrays}) > 1:
        raise ValueError("dimensions must be equally long")
    joint = arrays[0]
    for array in arrays[1:]:
        joint = np.char.add(np.char.add(joint, JOINT), array)
    return joint


def intersections(
    flags: npt.ArrayLike, dimensions: Mapping[str, npt.NDArray[np.generic]]
) -> tuple[GroupRate, ...]:
    """The rate of every joint cell that has a person, in sorted order of its name."""
    counts = counts_by_group(flags, joint_groups(dimensions))
    return tuple(group_rate(name, count, of) for name, (count, of) in counts.items())
