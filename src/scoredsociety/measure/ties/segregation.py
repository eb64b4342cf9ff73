"""Segregation: do the restricted live, or mix, apart from the others? (Q2, Q5)

Dissimilarity (Duncan and Duncan 1955): the share of a group who would have to move for every
community to mirror the whole. Isolation and exposure (Bell 1954; Massey and Denton 1988): the
mean share of one's own group, or of others, in one's community.
"""

from __future__ import annotations

from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Floats, bools, same_length


def _by_place(
    member: npt.ArrayLike, place: npt.NDArray[np.generic]
) -> tuple[Floats, Floats]:
    flags = bools(member, "member")
    same_length(member=flags, place=place)
    names, code = np.unique(place, return_inverse=True)
    inside = np.bincount(code[flags], minlength=len(names)).astype(np.float64)
    outside = np.bincount(code[~flags], minlength=len(names)).astype(np.float64)
    return inside, outside


def dissimilarity(member: npt.ArrayLike, place: npt.NDArray[np.generic]) -> float:
    """Index of dissimilarity, 0 (even) to 1 (apart); nan where one side is empty."""
    inside, outside = _by_place(member, place)
    if inside.sum() == 0 or outside.sum() == 0:
        return nan
    return float(np.abs(inside / inside.sum() - outside / outside.sum()).sum() / 2)


def exposure(member: npt.ArrayLike, place: npt.NDArray[np.generic]) -> float:
    """Mean share of non-members in a member's place, the member counted in."""
    inside, outside = _by_place(member, place)
    if inside.sum() == 0:
        return nan
    return float((inside / inside.sum() * outside / (inside + outside)).sum())


def isolation(member: npt.ArrayLike, place: npt.NDArray[np.generic]) -> float:
    """Mean share of members in a member's place: 1 - exposure."""
    return 1 - exposure(member, place)
