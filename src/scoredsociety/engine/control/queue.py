"""The queue of objections to a scheme: what share of those due can be answered next month.

An operator answers so many a month, by the size of its scheme: the number that the scheme's file
says (``[appeal]``), else the conduct document's. Which of those due come first is drawn.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import APPEAL, MILLION, ResponseTables
from scoredsociety.engine import tally
from scoredsociety.fixed import ONE, Ints
from scoredsociety.scheme.tables import SchemeTables

CAPACITY = 5  # of the appeal response: objections answered a month for 10,000 subjects


def share_answered(responses: ResponseTables, schemes: SchemeTables, s: int, sums: Ints) -> int:
    """Share (a 32-bit threshold) of scheme ``s``'s objections due that can be answered."""
    own = int(schemes.schemes.appeal_capacity[s])
    each = own if own >= 0 else int(responses.values[APPEAL, CAPACITY])
    capacity = each * int(sums[tally.U_SUBJECTS])
    # in the unit of capacity, so that nothing is rounded in a small town
    queue = int(sums[tally.U_PENDING]) * MILLION * 10_000
    return ONE if queue <= capacity else ONE * capacity // queue
