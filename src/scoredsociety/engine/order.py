"""The order of a month for one person's file. It stands here once.

The worked examples of scheme files (runs/documents/worked_examples.py) walk through it. The run and
a life that is recomputed (month.py) have the steps written out, since a walk costs every
person-month a fifth; a test holds them to it (tests/engine/test_order.py), so that they cannot
disagree about what is booked, ended and scored before what.
"""

from __future__ import annotations

from scoredsociety.kernel import inner

FORGET, OBJECT, RECEIVE, ACT, FOLLOW, SCORE = range(6)
# FORGET   what is over goes, unless something rests on it (dependent_records.forget)
# OBJECT   objections to what stands are filed or answered (respond/appeal.py)
# RECEIVE  what was sent last month is booked: spill-over, ratings, others' acts (book.read_inbox)
# ACT      own acts, one after the other: booked, then what they correct is corrected (record_act)
# FOLLOW   rules on lists, grades and ranks book or end, by what was published last month
# SCORE    score, grade and lists; published in publication months
ORDER = (FORGET, OBJECT, RECEIVE, ACT, FOLLOW, SCORE)
STEPS = len(ORDER)


@inner
def step_at(place: int) -> int:
    """The step of a month that comes at ``place``."""
    return ORDER[place]
