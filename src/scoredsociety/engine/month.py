"""One month of one block: the articles' data flow, person by person.

acts → collect → structure → score → publish → control, in the order of engine/phases.py.
A person reads only a function of the seed, or what was exchanged last month; what the month
gives is a list of changes to the exchange, messages, and counts.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.engine import tally
from scoredsociety.engine.act import acceptance
from scoredsociety.engine.act.occasions import live, occasions
from scoredsociety.engine.collect import padding
from scoredsociety.engine.collect.filing import read_inbox, record_act
from scoredsociety.engine.control.restriction_cause import tally_person
from scoredsociety.engine.demography import cohorts, succession, upbringing
from scoredsociety.engine.layout import month_of, unshown
from scoredsociety.engine.month_view import (
    RECORDS,
    Kept,
    Mail,
    Outputs,
    Person,
    Scratch,
    World,
    know,
)
from scoredsociety.engine.publish.eligibility import graded_by, subjects
from scoredsociety.engine.publish.publication import evaluate, follow, publish
from scoredsociety.engine.respond import loyalty, points_seeking, response
from scoredsociety.engine.respond.perception import M_RECORDS, M_SUBJECT, M_TURNS
from scoredsociety.engine.respond.stakes import SPEECH
from scoredsociety.engine.state import Block, Messages
from scoredsociety.engine.structure import dependent_records, records
from scoredsociety.engine.tally import Tallies
from scoredsociety.engine.ties import tie_lists
from scoredsociety.engine.ties.of_month import EVERY, meet, turn_and_cut
from scoredsociety.kernel import apart, inner, int64, kernel
from scoredsociety.society.people import seats
from scoredsociety.society.ties import stored, tie_slots
from scoredsociety.society.ties.tie_slots import GROUP


@kernel
def advance(
    world: World, block: Block, inbox: Messages, out: Outputs, scratch: Scratch, tallies: Tallies
) -> None:
    """One month of a block: its columns as the month began, and its inbox, into ``out``.

    Ties in lists go on in ``scratch.ends``, which is that of ``out``.
    Where ``out`` has too little room, ``out.used`` says how much is needed and the rest of
    ``out`` must not be used.
    """
    renewed = 1 if world.persons.life.shape[0] > 0 else 0
    turning = tie_slots.turning_slots(world.society, world.month)
    shared = EVERY if renewed or reads_ties(world) else turning
    needed = EVERY if renewed else turning
    group, read, mail = -1, int64(0), int64(0)
    out.used[:] = 0
    for dense in range(block.first, block.last):
        own = dense - block.first
        if dense // GROUP != group:
            occasions(world, dense, scratch)
        group = meet(world, dense, group, shared, needed, scratch)
        mail_first = mail
        while mail < inbox.target.shape[0] and inbox.target[mail] == dense:
            mail += 1
        kept = Kept(block.records, read, int64(block.counts[own]))
        sent = Mail(inbox.content, mail_first, mail)
        me = as_it_begins(world, block, dense, scratch)
        n, life, status = person_month(
            world, me, int64(block.life[own]), sent, kept, out, scratch, tallies
        )
        read += kept.many
        publish(world, dense, status, out, scratch)
        out.life[own] = np.uint64(life)
        out.ties[own] = np.uint32(turn_and_cut(world, me, turning, scratch, tallies))
        keep_records(own, n, out, scratch)


@inner
def reads_ties(world: World) -> bool:
    """Whether anything of a month may read where ties lead."""
    reads = world.derived.reads_ties[0] or world.responding or world.conduct.errors.reads_ties
    return bool(reads)


@inner
def keep_records(own: int, n: int, out: Outputs, scratch: Scratch) -> None:
    """Write the ``n`` records of the person at place ``own`` of the block into ``out``."""
    out.counts[own] = np.uint8(n)
    written = out.used[RECORDS]
    for place in range(n):
        if written + place < out.records.shape[0]:
            out.records[written + place] = np.uint32(scratch.records[place])
    out.used[RECORDS] = written + n


@inner
def as_it_begins(world: World, block: Block, dense: int, scratch: Scratch) -> Person:
    """A person as the month begins; of ties in lists the state is carried into scratch.ends."""
    seat = int64(seats.id_of(world.seats, dense))
    open_slots = int64(block.ties[dense - block.first])
    if stored.is_stored(world.stored):
        tie_lists.carry(world, dense, block.ends, scratch)
    if world.persons.life.shape[0] > 0:
        open_slots = int64(succession.reopen(world, dense, seat, open_slots, scratch))
    return Person(
        int64(dense), seat, int64(world.persons.coarse[dense]),
        int64(world.exchange.status[dense]), int64(succession.turns(world, dense)), open_slots,
        int64(0),
    )  # fmt: skip


@inner
def as_subject(me: Person, subject_of: int) -> Person:
    """The same person, as a subject of the schemes whose bits are set."""
    return Person(
        me.number, me.seat, me.coarse, me.status, me.turns, me.open_slots, int64(subject_of)
    )


@inner
def begin_month(world: World, me: Person, life: int, scratch: Scratch) -> tuple[int, int]:
    """Who is born or comes of age, and who is scored; (life, bits of the schemes)."""
    life = upbringing.attend(world, me.number, me.seat, me.turns, life, scratch)
    if world.first or me.turns:
        know(world, me.number, scratch)
    scratch.mind[:] = 0
    scratch.mind[M_TURNS] = me.turns
    return life, subjects(world, me.number, me.seat, me.status, me.open_slots, scratch)


@inner
def person_month(
    world: World, me: Person, life: int, mail: Mail, kept: Kept, out: Outputs, scratch: Scratch,
    tallies: Tallies,
) -> tuple[int, int, int]:  # fmt: skip
    """One person's month; (records, life, status published).

    scratch.records holds the records after it, scratch.scores the scores.
    """
    n = kept.many
    for place in range(n):
        scratch.records[place] = int64(kept.records[kept.first + place])
    if me.turns == succession.FRESH:  # nothing of the life before carries over
        n, life, mail = int64(0), int64(0), Mail(mail.content, mail.last, mail.last)
    before = n
    life, subject_of = begin_month(world, me, life, scratch)
    me = as_subject(me, subject_of)
    n, life = before_acts(world, me, n, life, mail, scratch, tallies)
    done, life = act_now(world, me, n, life, scratch, tallies)
    for place in range(done):
        n = record_act(world, me, place, n, out, scratch, tallies)
    n, status = score_now(world, me, kept, before, n, scratch)
    status = respond_now(world, me, done, n, life, status, scratch, tallies)
    count_life(world, me, life, status, scratch, tallies)
    return n, life, status


@inner
def joined(world: World, me: Person) -> bool:
    """Whether a scheme scores the person that did not last month."""
    return me.subject_of & ~graded_by(world, me.status) != 0


@inner
def score_now(
    world: World, me: Person, kept: Kept, before: int, n: int, scratch: Scratch
) -> tuple[int, int]:
    """Follow lists and ranks, and score, where anything may have moved; (records, status)."""
    moved = (n > 0 or before > 0) and (
        me.subject_of != graded_by(world, me.status)
        or world.amended == 1
        or is_moved(world, kept, before, n, scratch)
    )
    anew = world.first or me.turns or joined(world, me) or world.derived.restless[0]
    if moved or anew:
        n = follow(world, me.number, n, me.subject_of, me.status, scratch)
        status = evaluate(
            world, me.number, n, me.subject_of, me.status, me.open_slots, scratch
        )
        return n, status
    for row in range(scratch.scores.shape[0]):
        scratch.scores[row] = int64(world.exchange.score[row, me.number])
    return n, me.status


@inner
def respond_now(
    world: World, me: Person, done: int, n: int, life: int, status: int, scratch: Scratch,
    tallies: Tallies,
) -> int:  # fmt: skip
    """Count the month's consequences and responses; the status with what others will see."""
    restricted, shown = tally_person(
        world, me.number, n, status, me.coarse, me.open_slots, scratch, tallies
    )
    if not (world.responding and me.subject_of):
        return unshown(status)  # who is no subject any more shows nothing
    if joined(world, me) and not (world.first or me.turns):
        tally.count(tallies.responses[tally.V_JOINED], me.coarse)
    spoken = spoke(world, done, scratch)
    status = response.flags(world, me.seat, status, shown, spoken, life, scratch)
    response.count(world, me, status, life, 1 if restricted == 2 else 0, scratch, tallies)
    return status


@inner
def count_life(
    world: World, me: Person, life: int, status: int, scratch: Scratch, tallies: Tallies
) -> None:
    """Count who entered a seat, and what a scheme makes of a generation."""
    succession.count(world, me.number, me.coarse, scratch, tallies)
    cohorts.count(world, me.number, me.turns, life, status, scratch, tallies)


@inner
def before_acts(
    world: World, me: Person, n: int, life: int, mail: Mail, scratch: Scratch, tallies: Tallies
) -> tuple[int, int]:
    """What becomes of a file before its owner acts, FORGET to RECEIVE; (records, life)."""
    if n > 0:
        now = world.month - world.origin
        n = dependent_records.forget(scratch.records, n, now, world.origin % 12, world.schemes)
    if world.responding and me.subject_of:
        n, life = response.begin(world, me, n, life, scratch, tallies)
    if mail.last > mail.first:
        know(world, me.number, scratch)
        n = read_inbox(world, me, mail, n, scratch, tallies)
    return n, life


@inner
def act_now(
    world: World, me: Person, n: int, life: int, scratch: Scratch, tallies: Tallies
) -> tuple[int, int]:
    """What the person does, with the ``n`` records as they stand now; (acts, life)."""
    scratch.mind[M_RECORDS], scratch.mind[M_SUBJECT] = n, me.subject_of
    done, life = live(world, me, life, scratch)
    if world.responding and me.subject_of:
        done = seek(world, me, done, scratch, tallies)
    return done, life


@inner
def is_moved(world: World, kept: Kept, before: int, n: int, scratch: Scratch) -> bool:
    """Whether records are others than last month, or one that was booked ahead begins to count.

    Where not, each of them carries what it carried, and what was published stands.
    """
    if n != before:
        return True
    now = world.month - world.origin
    for place in range(n):
        word = scratch.records[place]
        if word != int64(kept.records[kept.first + place]) or month_of(word) == now:
            return True
        if records.ends(word, world.schemes) == now:  # over, and kept for what rests on it
            return True
    return False


@apart
def seek(world: World, me: Person, done: int, scratch: Scratch, tallies: Tallies) -> int:
    """Add what is done for points or for show, and what is made up; the number of acts."""
    extra, word = points_seeking.sought(world, me.number, me.seat, me.open_slots, scratch)
    if extra >= 0:
        know(world, me.number, scratch)
        tally.count(tallies.responses[tally.V_SOUGHT], me.coarse)
        _, done = acceptance.do(
            extra, word, points_seeking.ORDINAL, 0, world.conduct, scratch.acts, done
        )
    if world.responses.forms[c.LOYALTY]:
        praise, word = loyalty.display(
            world, me.number, me.seat, me.open_slots, scratch
        )
        if praise >= 0:
            tally.count(tallies.responses[tally.V_DISPLAYED], me.coarse)
            _, done = acceptance.do(
                praise, word, loyalty.ORDINAL, 0, world.conduct, scratch.acts, done
            )
    return padding.pad(world, me.number, me.seat, done, me.coarse, scratch, tallies)


@inner
def spoke(world: World, done: int, scratch: Scratch) -> int:
    """1 where the person spoke this month: an act of protected speech that was done."""
    for place in range(done):
        said = world.stakes.kind[scratch.acts.act[place]] == SPEECH
        if said and not scratch.acts.is_false[place]:
            return 1
    return 0
