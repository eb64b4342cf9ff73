"""One person's month, or score, recomputed alone: the same functions as a run's."""

from __future__ import annotations

from scoredsociety.engine.act.occasions import occasions
from scoredsociety.engine.demography import succession
from scoredsociety.engine.layout import LOWERED, field
from scoredsociety.engine.month import act_now, as_it_begins, as_subject, before_acts, begin_month
from scoredsociety.engine.month_view import Mail, Scratch, World, know
from scoredsociety.engine.publish.publication import score_one, ties_for
from scoredsociety.engine.state import Block
from scoredsociety.engine.tally import Tallies
from scoredsociety.engine.ties.of_month import EVERY, meet
from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.society.people import seats


@kernel
def account(
    world: World, dense: int, s: int, n: int, open_slots: int, life: int, scratch: Scratch
) -> int:
    """Score of scheme ``s`` for scratch.records; the ledger is in scratch.parts."""
    meet(world, dense, -1, EVERY, EVERY, scratch)
    scratch.whose[0], scratch.whose[1] = 0, field(life, LOWERED, 1)
    know(world, dense, scratch)
    ties_for(world, dense, s, open_slots, scratch)
    return score_one(world, dense, s, n, scratch)


@kernel
def acts_of(
    world: World, block: Block, dense: int, contents: Ints, scratch: Scratch, tallies: Tallies
) -> int:
    """What a person does this month, into scratch.acts; the number of acts.

    ``block``: the columns as the month begins; scratch.records the person's records, and
    ``contents`` what others sent.
    """
    occasions(world, dense, scratch)
    meet(world, dense, -1, EVERY, EVERY, scratch)
    me = as_it_begins(world, block, dense, scratch)
    own = dense - block.first
    n, life = int64(block.counts[own]), int64(block.life[own])
    mail = Mail(contents, int64(0), int64(contents.shape[0]))
    if me.turns == succession.FRESH:
        n, life, mail = int64(0), int64(0), Mail(contents, int64(0), int64(0))
    life, subject_of = begin_month(world, me, life, scratch)
    me = as_subject(me, subject_of)
    n, life = before_acts(world, me, n, life, mail, scratch, tallies)
    done, _ = act_now(world, me, n, life, scratch, tallies)
    return done


@kernel
def ties_now(world: World, dense: int, open_slots: int, scratch: Scratch) -> int:
    """The tie bits of a person during this month: after newcomers, before the month's turnover."""
    meet(world, dense, -1, EVERY, EVERY, scratch)
    seat = int64(seats.id_of(world.seats, dense))
    return int64(succession.reopen(world, dense, seat, open_slots, scratch))


