"""Whose act a record is that spilled over: a relative's, a leader's, a tie's (O-R0)."""

from __future__ import annotations

import numpy as np

from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

OTHERS = {  # by how it was booked to the person, where not within the household
    t.TO_LEADERS: "act of somebody of the community", t.TO_FELLOWS: "act of another leader",
    t.TO_TIES: "act of a tie",
}  # fmt: skip


def brought_by(tables: SchemeTables) -> Ints:
    """(rules,) of what is booked under each rule to others: TO_LEADERS, TO_FELLOWS, TO_TIES.

    TO_HOUSEHOLD stands for everything within a household, and for rules that are not spilled.
    """
    found = np.full(len(tables.rules), t.TO_HOUSEHOLD, dtype=np.int64)
    spilled = tables.rules[tables.rules.spill >= 0]
    booked = [(row.spill, row.spill_to) for row in spilled]
    booked += [(row.rule, row.to) for row in tables.others]
    for rule, to in booked:
        kind = to & ((1 << t.TO_BITS) - 1)
        if kind in OTHERS:
            found[rule] = kind
    return found
