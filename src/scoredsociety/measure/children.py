"""What reaches the children (Q7; S3-58, O-B19): child-years shut out of schools by a parent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.intervals import wilson
from scoredsociety.measure.measure import Estimate, bools, same_length


@dataclass(frozen=True, slots=True)
class ChildYears:
    """Child-years excluded, of all child-years, and children ever touched."""

    excluded: float
    of: float
    children: Estimate


def child_years(excluded_months: npt.ArrayLike, observed_months: npt.ArrayLike) -> ChildYears:
    """From months excluded and months observed of each child (children,)."""
    out, seen = np.asarray(excluded_months, np.int64), np.asarray(observed_months, np.int64)
    n = same_length(excluded=out, observed=seen)
    if bool((out > seen).any()) or bool((out < 0).any()):
        raise ValueError("a child cannot be excluded for more months than it is observed")
    touched = wilson(int((out > 0).sum()), n)
    return ChildYears(float(out.sum()) / 12, float(seen.sum()) / 12, touched)


def second_generation(
    parent_restricted: npt.ArrayLike, child_restricted: npt.ArrayLike
) -> tuple[Estimate, Estimate]:
    """Share later restricted, of children of restricted parents and of all other children."""
    parent = bools(parent_restricted, "parent_restricted")
    child = bools(child_restricted, "child_restricted")
    same_length(parent_restricted=parent, child_restricted=child)
    both, alone = int((parent & child).sum()), int((~parent & child).sum())
    return wilson(both, int(parent.sum())), wilson(alone, int((~parent).sum()))
