"""Acts and messages become records of the schemes that read their sources (S3-31)."""

from __future__ import annotations

from scoredsociety.conduct import tables as c
from scoredsociety.engine import act, collect, exchange, misfile, structure, tally
from scoredsociety.engine.layout import (
    FALSE,
    MISATTRIBUTED,
    TWICE,
    amount_of_message,
    books_a_rule,
    code_of_message,
    flags_of_message,
    months_late,
    pack_message,
    source_of_message,
)
from scoredsociety.engine.respond import discretion, padding
from scoredsociety.engine.succession import life_number
from scoredsociety.engine.tally import Tallies
from scoredsociety.engine.world import Scratch, World, know
from scoredsociety.fixed import Ints
from scoredsociety.kernel import apart, inner, int64, kernel
from scoredsociety.scheme import tables as t
from scoredsociety.society import seats


@apart
def read_inbox(
    world: World, content: Ints, first: int, last: int, n: int, subject_of: int, coarse: int,
    scratch: Scratch, tallies: Tallies,
) -> int:  # fmt: skip
    """Book what others' acts and errors sent here last month; returns the number of records."""
    now = world.month - world.origin
    for place in range(first, last):
        message = content[place]
        code, flags = code_of_message(message), flags_of_message(message)
        amount, source = amount_of_message(message), source_of_message(message)
        late = months_late(message)
        if books_a_rule(message):
            scheme = world.schemes.rules[code, t.R_SCHEME]
            in_force = structure.in_force(code, world.month, world.schemes)
            holds = in_force and structure.fits(code, scratch.traits, world.schemes)
            if (subject_of >> scheme) & 1 and holds:
                n = structure.add_record(
                    scratch.records, n, code, now + late, flags, amount, world.schemes
                )
                tally.count(tallies.records[code], coarse)
        else:
            scratch.booked[:] = 0
            n, _ = structure.book_act(
                scratch.records, n, code, amount, source, flags, world.month, late,
                world.origin, scratch.traits, subject_of, scratch.booked, world.conduct,
                world.schemes, scratch.spill, scratch.spill.shape[0],
            )  # fmt: skip
            count_booked(scratch.booked, tallies, coarse)
    return n


@inner
def count_booked(booked: Ints, tallies: Tallies, coarse: int) -> None:
    """Tally the rules under which an act was just booked."""
    for rule in range(tallies.records.shape[0]):
        if booked[rule]:
            tally.count(tallies.records[rule], coarse)


@apart
def file_own(
    world: World, dense: int, done: int, amount: int, source: int, false: int, late: int,
    again: int, n: int, subject_of: int, coarse: int, open_slots: int, outbox: Ints,
    messages: int, scratch: Scratch, tallies: Tallies,
) -> tuple[int, int]:  # fmt: skip
    """A source files an act on the person, and once more ``again`` months later (0: not).

    The second record spills no further: it has no act of its own.
    """
    flags, booked, spills, room = FALSE if false else 0, scratch.booked, 0, scratch.spill.shape[0]
    for copy in range(2 if again else 1):
        if copy:
            scratch.again[:] = 0
            flags, booked, spills, late = TWICE, scratch.again, room, late + again
        n, spilled = structure.book_act(
            scratch.records, n, done, amount, source, flags, world.month, late, world.origin,
            scratch.traits, subject_of, booked, world.conduct, world.schemes, scratch.spill,
            spills,
        )  # fmt: skip
        if copy:
            tally.count(tallies.errors[tally.E_DUPLICATED], coarse)
            count_booked(scratch.again, tallies, coarse)
            continue
        for spill in range(spilled):
            content = pack_message(
                1, scratch.spill[spill, 0], source, scratch.spill[spill, 1],
                scratch.spill[spill, 2], late,
            )  # fmt: skip
            messages = exchange.send_on(
                world, dense, scratch.spill[spill, 3], content, open_slots, outbox, messages,
                scratch,
            )  # fmt: skip
    return n, messages


@inner
def count_act(
    world: World, done: int, false: int, seen: int, by_hand: int, tallies: Tallies, coarse: int
) -> None:
    """Tally an act, and whether any source saw it; or a record without one."""
    if false:
        tally.count(tallies.errors[tally.E_FALSE], coarse)
        return
    tally.count(tallies.acts[done], coarse)
    if by_hand:
        padding.note(world, done, tallies)
    if not seen:
        tally.count(tallies.errors[tally.E_MISSING], coarse)
        tally.count(tallies.unseen[done], coarse)


@inner
def file_act(
    world: World, dense: int, seat: int, place: int, source: int, how: int, late: int, word: int,
    prone: int, n: int, subject_of: int, coarse: int, open_slots: int, outbox: Ints,
    messages: int, scratch: Scratch, tallies: Tallies,
) -> tuple[int, int]:  # fmt: skip
    """A source files what it saw, on the person or on somebody else; (records, messages)."""
    done, false = scratch.acts[place, act.X_ACT], scratch.acts[place, act.X_FALSE]
    amount, ordinal = scratch.acts[place, act.X_AMOUNT], scratch.acts[place, act.X_ORDINAL]
    if late:
        tally.count(tallies.errors[tally.E_LATE], coarse)
    kind, stale, again = int64(0), False, int64(0)
    if not false:
        kind, stale, again = collect.slip(
            world.k0, world.k1, seat, world.month, done, ordinal, source, prone, world.conduct
        )
    other = int64(misfile.NOBODY_LIKE)
    if how == collect.ELSEWHERE:
        other = misfile.whom(world, dense, source, kind, word, open_slots, scratch)
    if other >= 0:
        tally.count(tallies.errors[tally.E_MISATTRIBUTED], coarse)
        content = pack_message(0, done, source, amount, MISATTRIBUTED, late)
        messages = exchange.send(outbox, messages, other, content, dense)
    if other != misfile.NOBODY_LIKE:
        return n, messages
    n, messages = file_own(
        world, dense, done, amount, source, false, late, again, n, subject_of, coarse,
        open_slots, outbox, messages, scratch, tallies,
    )  # fmt: skip
    if false:
        return n, messages
    now = world.month - world.origin
    n, left = structure.leave_stale(scratch.records, n, done, now, not stale, world.schemes)
    if left:
        tally.count(tallies.errors[tally.E_STALE], coarse)
    if not stale:
        n = structure.correct(scratch.records, n, done, now, world.schemes)
    return n, messages


@apart
def record_act(
    world: World, dense: int, seat: int, place: int, n: int, subject_of: int, coarse: int,
    open_slots: int, outbox: Ints, messages: int, scratch: Scratch, tallies: Tallies,
) -> tuple[int, int]:  # fmt: skip
    """One act meets its sources; (records, messages)."""
    done, false = scratch.acts[place, act.X_ACT], scratch.acts[place, act.X_FALSE]
    ordinal, life = scratch.acts[place, act.X_ORDINAL], life_number(world, dense)
    prone = collect.proneness(world.k0, world.k1, seat, life, world.conduct)
    scratch.booked[:] = 0
    seen, by_hand = 0, 0
    first = world.conduct.acts[done, c.A_SOURCES]
    for entry in range(first, first + world.conduct.acts[done, c.A_SOURCE_COUNT]):
        source = world.conduct.act_sources[entry]
        how, late, word = collect.see(
            world.k0, world.k1, seat, life, world.month, done, ordinal, false, source, prone,
            world.conduct, scratch.traits, world.exp2,
        )  # fmt: skip
        if how == collect.NOT_SEEN:
            if false:  # no consent at its first source: it is filed nowhere
                return n, messages
            continue
        if not false and not discretion.enters(
            world, dense, done, ordinal, source, open_slots, scratch
        ):
            tally.count(tallies.responses[tally.V_LEFT_OUT], coarse)
            continue
        seen = 1
        by_hand |= world.conduct.sources[source, c.O_HAND]
        n, messages = file_act(
            world, dense, seat, place, source, how, late, word, prone, n, subject_of, coarse,
            open_slots, outbox, messages, scratch, tallies,
        )  # fmt: skip
        if false:
            break  # one false record, at the first source
    count_act(world, done, false, seen, by_hand, tallies, coarse)
    count_booked(scratch.booked, tallies, coarse)
    return n, messages


@kernel
def filings(
    world: World, dense: int, done: int, open_slots: int, scratch: Scratch, found: Ints
) -> int:
    """What each source files of the month's acts, for whoever asks of one life.

    ``scratch.acts`` holds the acts (month.acts_of). Fills ``found`` with rows
    (place of the act, source, OWN or ELSEWHERE, months late, 1 where what the act ends is left as
    it is); returns how many there are.
    """
    know(world, dense, scratch)
    seat, life, n = int64(seats.id_of(world.seats, dense)), life_number(world, dense), 0
    prone = collect.proneness(world.k0, world.k1, seat, life, world.conduct)
    for place in range(done):
        row = scratch.acts[place]
        first = world.conduct.acts[row[act.X_ACT], c.A_SOURCES]
        for entry in range(first, first + world.conduct.acts[row[act.X_ACT], c.A_SOURCE_COUNT]):
            source = world.conduct.act_sources[entry]
            how, late, _ = collect.see(
                world.k0, world.k1, seat, life, world.month, row[act.X_ACT], row[act.X_ORDINAL],
                row[act.X_FALSE], source, prone, world.conduct, scratch.traits, world.exp2,
            )  # fmt: skip
            files = how != collect.NOT_SEEN and n < found.shape[0]
            if files and (row[act.X_FALSE] or discretion.enters(
                world, dense, row[act.X_ACT], row[act.X_ORDINAL], source, open_slots, scratch
            )):  # fmt: skip
                found[n, 0], found[n, 1], found[n, 2], found[n, 3] = place, source, how, late
                _, stale, _ = collect.slip(
                    world.k0, world.k1, seat, world.month, row[act.X_ACT], row[act.X_ORDINAL],
                    source, prone, world.conduct,
                )  # fmt: skip
                found[n, 4] = 1 if stale and not row[act.X_FALSE] else 0
                n += 1
            if row[act.X_FALSE]:
                break
    return n
