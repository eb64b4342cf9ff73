"""Control: rewards and restrictions that follow from what is published (S3-51 to S3-71)."""

from __future__ import annotations

import numpy as np

from scoredsociety.engine.rule_index import Derived
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner, int64
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

INTENDED, THROUGH_ERROR, PROTECTED = 0, 1, 2


@inner
def kind_of(coarse: int, derived: Derived) -> int:
    """What consequences ask of persons and holds for one with these coarse traits: a bit each."""
    kind = int64(0)
    for place in range(derived.asked.shape[0]):
        value = (coarse >> derived.asked[place, 0]) & derived.asked[place, 1]
        if derived.asked[place, 2] <= value and value <= derived.asked[place, 3]:
            kind |= int64(1) << place
    return kind


@inner
def of_scheme(
    scheme: int, grade: int, score: int, lists: int, kind: int, tables: SchemeTables,
    derived: Derived,
) -> int:  # fmt: skip
    """Consequences (bits) of one scheme: those whose grade, list, score and person all fit."""
    if grade == t.NO_GRADE:
        return int64(0)
    mask = int64(derived.grade_mask[scheme, grade]) & derived.of_kind[kind]
    listed = int64(0)
    for bit in range(t.MOST_LISTS):
        if (lists >> bit) & 1:
            listed |= derived.list_mask[bit]
    mask &= listed | ~derived.list_mask[t.MOST_LISTS]
    for place in range(derived.score_rows.shape[0]):
        row = derived.score_rows[place]
        low, high = tables.consequences.score_min[row], tables.consequences.score_max[row]
        if score < low or score > high:
            mask &= ~(int64(1) << row)
    return mask


@inner
def count_bits(mask: int) -> int:
    """Number of set bits."""
    total = int64(0)
    while mask:
        mask &= mask - 1
        total += 1
    return total


@inner
def denied(mask: int, derived: Derived) -> int:
    """The bits among ``mask`` that deny something."""
    return mask & derived.denies[0]


def cause_names() -> tuple[str, str, str]:
    """The three bars of a report, in the order of their codes."""
    return ("intended", "error", "protected")


EMPTY = np.zeros(0, dtype=np.int64)
Mask = Ints
