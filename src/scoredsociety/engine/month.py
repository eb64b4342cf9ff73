"""One month of one block: the articles' data flow, person by person.

acts → collect → structure → score → publish → control, in the order of engine/order.py.
A person reads only a function of the seed, or what was exchanged last month; what the month
gives is a list of changes to the exchange, messages, and counts.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.engine import (
    act,
    control,
    exchange,
    generations,
    network,
    resting,
    structure,
    succession,
    tally,
)
from scoredsociety.engine.book import read_inbox, record_act
from scoredsociety.engine.layout import LOWERED, field, month_of, unshown
from scoredsociety.engine.live import live, occasions
from scoredsociety.engine.outcome import tally_person
from scoredsociety.engine.publish import evaluate, follow, publish, score_one, ties_for
from scoredsociety.engine.respond import cutting, loyalty, padding, person, seeking, upbringing
from scoredsociety.engine.respond.mind import M_RECORDS, M_SUBJECT, M_TURNS
from scoredsociety.engine.respond.stakes import SPEECH
from scoredsociety.engine.state import U8, U32, U64
from scoredsociety.engine.subject import graded_by, subjects
from scoredsociety.engine.tally import Tallies
from scoredsociety.engine.world import Outputs, Scratch, World, know
from scoredsociety.fixed import Ints
from scoredsociety.kernel import apart, inner, int64, kernel
from scoredsociety.society import seats, stored, ties, together
from scoredsociety.society.ties import GROUP

EVERY = -1  # bits of all slots


@inner
def meet(
    world: World, dense: int, entered: int, shared: int, own: int, scratch: Scratch
) -> int:
    """Work out where slots of a person lead; returns the group for which that now stands.

    Computed ties are worked out for 32 seats at once, of which ``entered`` is the last: the slots
    whose bits are in ``shared``. Those of families and of the day are worked out for each: the
    slots in ``own``, and the rest when somebody looks (``exchange.find_ties``). Of stored ones the
    lists say it (``network.py``).
    """
    group = dense // GROUP
    if stored.is_stored(world.stored):
        return group
    if group != entered:
        ties.some_slots(
            world.society, world.seats, world.k0, world.k1, group, shared, scratch.base,
            scratch.mask,
        )  # fmt: skip
    together.own_slots(
        world.society, world.seats, world.persons.together, dense, own, scratch.base, scratch.mask
    )
    scratch.whose[2] = dense + 1 if own == EVERY else 0
    return group


@kernel
def advance(
    world: World, first: int, last: int, life: U64, tie_bits: U32, ends: U8, counts: U8,
    records: U32, targets: Ints, contents: Ints, out: Outputs, scratch: Scratch, tallies: Tallies,
) -> None:  # fmt: skip
    """One month of persons first..last, from the block's columns into ``out``.

    ``records`` are the block's records; ``targets`` and ``contents`` its part of the inbox;
    ``ends`` its ties where they stand in lists, which go on in ``scratch.ends``, that of ``out``.
    Where ``out`` has too little room, ``out.used`` says how much is needed and the rest of
    ``out`` must not be used.
    """
    messages, changes, written, read, mail = 0, 0, 0, 0, 0
    renewed = 1 if world.persons.life.shape[0] > 0 else 0
    reads_ties = max(
        world.derived.reads_ties[0], world.responding, world.conduct.errors[c.E_TIES],
        renewed,
    )
    turning = ties.turning_slots(world.society, world.month)
    shared = EVERY if reads_ties else turning
    needed = EVERY if renewed else turning
    group = -1
    for dense in range(first, last):
        own = dense - first
        if dense // GROUP != group:
            occasions(world, dense, scratch)
        group = meet(world, dense, group, shared, needed, scratch)
        n = int64(counts[own])
        for place in range(n):
            scratch.records[place] = int64(records[read + place])
        read += n
        mail_first = mail
        while mail < targets.shape[0] and targets[mail] == dense:
            mail += 1
        seat, open_slots = int64(seats.id_of(world.seats, dense)), int64(tie_bits[own])
        life_before, turns = int64(life[own]), succession.turns(world, dense)
        if turns == succession.FRESH:  # nothing of the life before carries over
            n, life_before, mail_first = int64(0), int64(0), mail
        if stored.is_stored(world.stored):
            network.carry(world, dense, ends, scratch)
        if renewed:
            open_slots = succession.reopen(world, dense, seat, open_slots, scratch)
        n, life_now, status, messages = person_month(
            world, dense, turns, n, life_before, open_slots, contents, mail_first, mail,
            out.outbox, messages, records, read - int64(counts[own]), scratch, tallies,
        )  # fmt: skip
        changes = publish(world, dense, status, changes, out, scratch)
        out.life[own] = np.uint64(life_now)
        out.ties[own] = np.uint32(
            turn_and_cut(world, dense, open_slots, turning, scratch, tallies)
        )
        out.counts[own] = np.uint8(n)
        for place in range(n):
            if written + place < out.records.shape[0]:
                out.records[written + place] = np.uint32(scratch.records[place])
        written += n
    out.used[0], out.used[1], out.used[2] = written, changes, messages


@inner
def person_month(
    world: World, dense: int, turns: int, n: int, life: int, open_slots: int, contents: Ints,
    mail_first: int, mail_last: int, outbox: Ints, messages: int, kept: U32, at: int,
    scratch: Scratch, tallies: Tallies,
) -> tuple[int, int, int, int]:  # fmt: skip
    """One person's month; (records, life, status published, messages).

    scratch.records holds the records before and after, scratch.scores the scores after; ``kept``
    has the records before from ``at`` on.
    """
    seat = int64(seats.id_of(world.seats, dense))
    coarse = int64(world.persons.coarse[dense])
    status = int64(world.exchange.status[dense])
    before = n
    life = upbringing.attend(world, dense, seat, turns, life, scratch)
    if world.first or turns:
        know(world, dense, scratch)
    scratch.mind[:] = 0
    scratch.mind[M_TURNS] = turns
    subject_of = subjects(world, dense, seat, status, open_slots, scratch)
    were = graded_by(world, status)
    joined = subject_of & ~were != 0
    n, life = before_acts(
        world, dense, seat, n, life, subject_of, coarse, open_slots, contents, mail_first,
        mail_last, scratch, tallies,
    )  # fmt: skip
    done, life = act_now(
        world, dense, seat, n, life, subject_of, coarse, open_slots, scratch, tallies
    )
    for place in range(done):
        n, messages = record_act(
            world, dense, seat, place, n, subject_of, coarse, open_slots, outbox, messages,
            scratch, tallies,
        )  # fmt: skip
    moved = (n > 0 or before > 0) and (
        subject_of != were
        or world.amended == 1
        or is_moved(world, kept, at, before, n, scratch)
    )
    if moved or world.first or turns or joined or world.derived.restless[0]:
        n = follow(world, dense, n, subject_of, status, scratch)
        status = evaluate(world, dense, n, subject_of, status, open_slots, scratch)
    else:
        for row in range(scratch.scores.shape[0]):
            scratch.scores[row] = int64(world.exchange.score[row, dense])
    succession.count(world, dense, coarse, scratch, tallies)
    restricted, shown = tally_person(
        world, dense, n, status, coarse, open_slots, scratch, tallies
    )
    if world.responding and subject_of:
        if joined and not (world.first or turns):
            tally.count(tallies.responses[tally.V_JOINED], coarse)
        status = person.flags(
            world, seat, status, shown, spoke(world, done, scratch), life, scratch
        )
        person.count(
            world, dense, seat, status, life, 1 if restricted == 2 else 0, open_slots, coarse,
            scratch, tallies,
        )  # fmt: skip
    else:
        status = unshown(status)  # who is no subject any more shows nothing
    generations.count(world, dense, turns, life, status, scratch, tallies)
    return n, life, status, messages


@inner
def before_acts(
    world: World, dense: int, seat: int, n: int, life: int, subject_of: int, coarse: int,
    open_slots: int, contents: Ints, mail_first: int, mail_last: int, scratch: Scratch,
    tallies: Tallies,
) -> tuple[int, int]:  # fmt: skip
    """What becomes of a file before its owner acts, FORGET to RECEIVE; (records, life)."""
    if n > 0:
        now = world.month - world.origin
        n = resting.forget(scratch.records, n, now, world.origin % 12, world.schemes)
    if world.responding and subject_of:
        n, life = person.begin(world, dense, seat, n, life, open_slots, coarse, scratch, tallies)
    if mail_last > mail_first:
        know(world, dense, scratch)
        n = read_inbox(
            world, contents, mail_first, mail_last, n, subject_of, coarse, scratch, tallies
        )
    return n, life


@inner
def act_now(
    world: World, dense: int, seat: int, n: int, life: int, subject_of: int, coarse: int,
    open_slots: int, scratch: Scratch, tallies: Tallies,
) -> tuple[int, int]:  # fmt: skip
    """What the person does, with the ``n`` records as they stand now; (acts, life)."""
    scratch.mind[M_RECORDS], scratch.mind[M_SUBJECT] = n, subject_of
    done, life = live(world, dense, seat, life, open_slots, coarse, scratch)
    if world.responding and subject_of:
        done = seek(world, dense, seat, done, coarse, open_slots, scratch, tallies)
    return done, life


@inner
def is_moved(world: World, kept: U32, at: int, before: int, n: int, scratch: Scratch) -> bool:
    """Whether records are others than last month, or one that was booked ahead begins to count.

    Where not, each of them carries what it carried, and what was published stands.
    """
    if n != before:
        return True
    now = world.month - world.origin
    for place in range(n):
        word = scratch.records[place]
        if word != int64(kept[at + place]) or month_of(word) == now:
            return True
        if structure.ends(word, world.schemes) == now:  # over, and kept for what rests on it
            return True
    return False


@apart
def seek(
    world: World, dense: int, seat: int, done: int, coarse: int, open_slots: int,
    scratch: Scratch, tallies: Tallies,
) -> int:  # fmt: skip
    """Add what is done for points or for show, and what is made up; the number of acts."""
    extra, word = seeking.sought(world, dense, seat, open_slots, scratch)
    if extra >= 0:
        know(world, dense, scratch)
        tally.count(tallies.responses[tally.V_SOUGHT], coarse)
        _, done = act.do(extra, word, seeking.ORDINAL, 0, world.conduct, scratch.acts, done)
    if world.responses.forms[c.LOYALTY]:
        praise, word = loyalty.display(world, dense, seat, open_slots, scratch)
        if praise >= 0:
            tally.count(tallies.responses[tally.V_DISPLAYED], coarse)
            _, done = act.do(praise, word, loyalty.ORDINAL, 0, world.conduct, scratch.acts, done)
    return padding.pad(world, dense, seat, done, coarse, scratch, tallies)


@inner
def spoke(world: World, done: int, scratch: Scratch) -> int:
    """1 where the person spoke this month: an act of protected speech that was done."""
    for place in range(done):
        said = world.stakes.kind[scratch.acts[place, act.X_ACT]] == SPEECH
        if said and not scratch.acts[place, act.X_FALSE]:
            return 1
    return 0


@inner
def turn_and_cut(
    world: World, dense: int, open_slots: int, turning: int, scratch: Scratch, tallies: Tallies
) -> int:
    """The tie bits after this month's cuts and turnover; both ends reach the same."""
    seat = int64(seats.id_of(world.seats, dense))
    if world.responses.forms[c.TIES]:
        open_slots, cuts = cutting.cut(world, dense, seat, open_slots, scratch, tallies)
        coarse = int64(world.persons.coarse[dense])
        if cuts:
            tally.count(tallies.responses[tally.V_CUT], coarse, cuts)
        if stored.is_stored(world.stored):
            number = network.count_open(world, dense, scratch)
        else:
            number = control.count_bits(open_slots)
        tally.count(tallies.responses[tally.V_TIES], coarse, number)
    return exchange.turn_ties(world, dense, seat, open_slots, False, turning, scratch)


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
    world: World, dense: int, n: int, life: int, open_slots: int, contents: Ints,
    scratch: Scratch, tallies: Tallies,
) -> int:  # fmt: skip
    """What a person does this month, into scratch.acts; the number of acts.

    scratch.records: the ``n`` records as the month begins; ``contents``: what others sent.
    """
    occasions(world, dense, scratch)
    meet(world, dense, -1, EVERY, EVERY, scratch)
    seat = int64(seats.id_of(world.seats, dense))
    coarse = int64(world.persons.coarse[dense])
    status = int64(world.exchange.status[dense])
    turns = succession.turns(world, dense)
    if turns == succession.FRESH:
        n, life, contents = int64(0), int64(0), contents[:0]
    open_slots = int64(succession.reopen(world, dense, seat, open_slots, scratch))
    life = upbringing.attend(world, dense, seat, turns, life, scratch)
    scratch.mind[:] = 0
    scratch.mind[M_TURNS] = turns
    subject_of = 0
    if world.first or turns:
        know(world, dense, scratch)
    if world.responding:
        subject_of = subjects(world, dense, seat, status, open_slots, scratch)
    n, life = before_acts(
        world, dense, seat, n, life, subject_of, coarse, open_slots, contents, 0,
        contents.shape[0], scratch, tallies,
    )  # fmt: skip
    done, _ = act_now(
        world, dense, seat, n, life, subject_of, coarse, open_slots, scratch, tallies
    )
    return done


@kernel
def ties_now(world: World, dense: int, open_slots: int, scratch: Scratch) -> int:
    """The tie bits of a person during this month: after newcomers, before the month's turnover."""
    meet(world, dense, -1, EVERY, EVERY, scratch)
    seat = int64(seats.id_of(world.seats, dense))
    return int64(succession.reopen(world, dense, seat, open_slots, scratch))


@kernel
def start_ties(world: World, first: int, last: int, tie_bits: U32, scratch: Scratch) -> None:
    """The ties that are open at the start, from the seed; those in lists into ``scratch.ends``."""
    group = -1
    every = (int64(1) << ties.slot_count(world.society)) - 1
    for dense in range(first, last):
        group = meet(world, dense, group, EVERY, EVERY, scratch)
        seat = int64(seats.id_of(world.seats, dense))
        tie_bits[dense - first] = np.uint32(
            exchange.turn_ties(world, dense, seat, int64(0), True, every, scratch)
        )
