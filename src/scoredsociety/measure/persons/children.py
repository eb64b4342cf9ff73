"""What reaches the children (Q7; S3-58, O-B19): child-years shut out of schools by a parent."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, bools, same_length
from scoredsociety.measure.statistics.intervals import wilson


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


@dataclass(frozen=True, slots=True)
class Beside:
    """Children of restricted parents beside children of like parents: means of one outcome."""

    children: int  # of restricted parents, with like ones beside them
    theirs: float
    like: float  # of children of like parents, weighted as the parents of the first

    @property
    def gap(self) -> float:
        """Theirs less that of the like."""
        return self.theirs - self.like


def beside_like(
    restricted: npt.ArrayLike, restricted_sum: npt.ArrayLike, others: npt.ArrayLike,
    others_sum: npt.ArrayLike,
) -> Beside:  # fmt: skip
    """Direct standardisation over strata of like parents (strata,).

    ``restricted`` and ``others`` count children, the sums are of their outcome. A stratum without
    children on both sides is left out. nan where none is left.
    """
    one, two = np.asarray(restricted, np.int64), np.asarray(others, np.int64)
    first, second = np.asarray(restricted_sum, np.float64), np.asarray(others_sum, np.float64)
    same_length(restricted=one, restricted_sum=first, others=two, others_sum=second)
    if bool((one < 0).any() or (two < 0).any()):
        raise ValueError("children are counted, so no number is below 0")
    both = (one > 0) & (two > 0)
    many = int(one[both].sum())
    if many == 0:
        return Beside(0, nan, nan)
    like = float((one[both] * (second[both] / two[both])).sum()) / many
    return Beside(many, float(first[both].sum()) / many, like)


def paired_loss(with_scheme: int, without: int, kept_out: int) -> float:
    """Outcome lost by a child kept out, from the sums over the same children in paired runs.

    Nobody enters or leaves a cohort through a scheme, so what the two sums differ by is the
    scheme's; nan where nobody was kept out.
    """
    return (with_scheme - without) / kept_out if kept_out else nan
