"""The month as a list of phases: what each does, reads and writes. It stands here once.

``month.person_month`` and ``month.advance`` call the functions named here, in this order; a month
that is recomputed (``replay/lone_month.py``) calls the same ones. The worked examples of scheme
files (runs/documents/worked_examples.py) walk through the steps that touch a file, ``ORDER``; the
run has them written out, since a walk costs every person-month a fifth, and a test holds it to them
(tests/engine/test_order.py). Another runs months in which a phase finds a sentinel in every column
that it does not name, and nothing moves (tests/engine/test_phases.py).

Names are those of the fields in ``month_view.py``: ``persons.life`` is a column of the society, a
name without a dot such as ``schemes`` all tables of it; ``scratch.`` what one phase leaves to the
next for the person whose month it is; ``out.`` the block's next state; ``tallies.`` what is
counted. Whatever a phase needs beyond that is room (``ROOM``), in which it finds nothing it relies
on.
"""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.kernel import inner

# steps of a month that touch a person's file
FORGET, OBJECT, RECEIVE, ACT, FOLLOW, SCORE = range(6)
# FORGET   what is over goes, unless something rests on it (dependent_records.forget)
# OBJECT   objections to what stands are filed or answered (respond/appeal.py)
# RECEIVE  what was sent last month is booked: spill-over, ratings, others' acts (read_inbox)
# ACT      own acts, one after the other: booked, then what they correct is corrected (record_act)
# FOLLOW   rules on lists, grades and ranks book or end, by what was published last month
# SCORE    score, grade and lists; published in publication months

# the clock and the key, for every phase
ALWAYS = ("k0", "k1", "month", "origin", "first", "amended", "responding", "exp2", "logit")
ROOM = (
    "scratch.ages", "scratch.other", "scratch.booked", "scratch.spill", "scratch.held",
    "scratch.stood", "scratch.seen_lists", "scratch.worth", "scratch.again", "scratch.parts",
)  # fmt: skip
_PLACE = ("society", "seats", "stored", "persons.household", "persons.together")
_LIVES = (*_PLACE, "persons.life", "persons.entered", "persons.born")
_TRAITS = ("scratch.traits", "scratch.whose")
_TIES = ("scratch.base", "scratch.mask", "scratch.whose", "scratch.ends")
_PUBLISHED = ("exchange.score", "exchange.status", "scalars")
_RULES = ("conduct", "schemes", "derived")
_MINDS = ("responses", "stakes", "scratch.mind")


class Phase(NamedTuple):
    """One phase of a month."""

    name: str
    step: str  # of the articles' data flow that it belongs to
    what: str
    functions: tuple[str, ...]  # of month.py
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    steps: tuple[int, ...] = ()  # that touch the file, in their order


PHASES = (
    Phase(
        "occasions", "collect", "draw the month's occasions of 32 seats at once", ("occasions",),
        ("conduct", "seats"), ("scratch.words",),
    ),
    Phase(
        "ties", "collect", "find where the slots that anything reads lead", ("meet",),
        _PLACE, _TIES,
    ),
    Phase(
        "begin", "collect", "who has the seat, comes of age, and is scored by which scheme",
        ("as_it_begins", "begin_month"),
        (*_LIVES, *_PUBLISHED, *_MINDS, *_TIES, "persons.coarse", "persons.groups", "schemes",
         "derived"),
        (*_TRAITS, "scratch.mind", "scratch.ends"),
    ),
    Phase(
        "receive", "structure",
        "records end; awareness, belief, shame and objections; what others' acts sent is booked",
        ("before_acts",),
        (*_LIVES, *_PUBLISHED, *_RULES, *_MINDS, *_TIES, "persons.coarse", "scratch.records"),
        (*_TRAITS, *_TIES, "scratch.mind", "scratch.records", "tallies.appeals", "tallies.records",
         "tallies.responses"),
        (FORGET, OBJECT, RECEIVE),
    ),
    Phase(
        "act", "collect", "what the person does, for points, for show, or keeps back",
        ("act_now",),
        (*_LIVES, *_PUBLISHED, *_RULES, *_MINDS, *_TIES, "persons.coarse", "scratch.words",
         "scratch.records", "scratch.left_out"),
        (*_TRAITS, *_TIES, "scratch.mind", "scratch.acts", "scratch.noted", "tallies.responses",
         "tallies.errors"),
        (ACT,),
    ),
    Phase(
        "collect", "collect, structure",
        "each act meets its sources: seen or not, late, on whom; booked, corrected, passed on",
        ("record_act",),
        (*_LIVES, *_TIES, "persons.coarse", "conduct", "schemes", "responses", "scalars",
         "scratch.mind", "scratch.acts", "scratch.traits", "scratch.records"),
        (*_TRAITS, *_TIES, "scratch.records", "out.outbox", "out.used", "tallies.acts",
         "tallies.errors", "tallies.records", "tallies.unseen", "tallies.responses",
         "tallies.sums"),  # the last two: with discretion and padding
        (ACT,),
    ),
    Phase(
        "score", "score", "rules that follow lists and ranks; score, grade and lists",
        ("score_now",),
        (*_LIVES, *_PUBLISHED, *_RULES, *_TIES, "persons.coarse", "scratch.records",
         "scratch.traits", "scratch.left_out", "scratch.mind"),
        (*_TRAITS, *_TIES, "scratch.records", "scratch.scores"),
        (FOLLOW, SCORE),
    ),
    Phase(
        "control", "reward and punish",
        "what follows from what is published; what others will see of the person",
        ("respond_now",),
        (*_LIVES, *_PUBLISHED, *_MINDS, *_TIES, "persons.coarse", "schemes", "derived",
         "scratch.records", "scratch.scores", "scratch.acts", "scratch.noted", "scratch.left_out"),
        (*_TRAITS, *_TIES, "scratch.mind", "tallies.appeals", "tallies.cells",
         "tallies.consequences", "tallies.forgone", "tallies.persons", "tallies.responses",
         "tallies.restricted", "tallies.scores", "tallies.sums", "tallies.treated",
         "tallies.wished"),
    ),
    Phase(
        "count", "measure", "newcomers, cohorts and what a child keeps, counted", ("count_life",),
        (*_LIVES, "persons.coarse", "schemes", "responses", "scratch.mind"),
        (*_TRAITS, "tallies.lives"),
    ),
    Phase(
        "publish", "rank and publish", "what changed, for the exchange of next month",
        ("publish",),
        ("exchange.score", "exchange.status", "scratch.scores", "scratch.mind"),
        ("out.person", "out.score", "out.status", "out.used"),
    ),
    Phase(
        "tie_turnover", "respond", "ties that the person cuts, and the year's turnover of ties",
        ("turn_and_cut",),
        (*_PLACE, *_PUBLISHED, "persons.coarse", "schemes", "derived", "responses", *_TIES),
        (*_TIES, "tallies.responses", "tallies.sums"),
    ),
    Phase(
        "keep", "structure", "the records, for the next month", ("keep_records",),
        ("scratch.records",), ("out.counts", "out.records", "out.used"),
    ),
)  # fmt: skip
ORDER = tuple(dict.fromkeys(step for phase in PHASES for step in phase.steps))
STEPS = len(ORDER)


@inner
def step_at(place: int) -> int:
    """The step of a month that comes at ``place``."""
    return ORDER[place]


def declared(phase: Phase) -> frozenset[str]:
    """Every column or table that a phase may touch, room left out."""
    return frozenset((*ALWAYS, *phase.reads, *phase.writes))


def may_touch(phase: Phase, column: str) -> bool:
    """Whether a phase declares a column (``schemes.rules`` where it declares ``schemes``)."""
    names = declared(phase)
    parts = column.split(".")
    return any(".".join(parts[:end]) in names for end in range(1, len(parts) + 1))
