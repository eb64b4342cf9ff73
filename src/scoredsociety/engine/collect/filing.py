"""Acts and messages become records of the schemes that read their sources (S3-31)."""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.columns import NamedRow
from scoredsociety.engine import tally
from scoredsociety.engine.collect import discretion, misattribution, observation, padding
from scoredsociety.engine.demography.succession import life_number
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
from scoredsociety.engine.month_view import Mail, Outputs, Person, Scratch, World, know
from scoredsociety.engine.publish import exchange
from scoredsociety.engine.structure import records
from scoredsociety.engine.tally import Tallies
from scoredsociety.fixed import Ints
from scoredsociety.kernel import apart, inner, int64, kernel
from scoredsociety.society.people import seats


class Seen(NamedTuple):
    """What a source made of an act (collect.see), and the person's proneness to errors."""

    source: int
    how: int
    late: int  # months
    word: int  # that says on whom it is misfiled
    prone: int


@inner
def whole(scratch: Scratch) -> records.File:
    """The file of the person whose month it is."""
    return records.File(scratch.records, scratch.booked, scratch.spill)


@apart
def read_inbox(
    world: World, me: Person, mail: Mail, n: int, scratch: Scratch, tallies: Tallies
) -> int:
    """Book what others' acts and errors sent here last month; returns the number of records."""
    now = world.month - world.origin
    for place in range(mail.first, mail.last):
        message = mail.content[place]
        code, flags = code_of_message(message), flags_of_message(message)
        amount, source = amount_of_message(message), source_of_message(message)
        late = months_late(message)
        if books_a_rule(message):
            scheme = world.schemes.rules.scheme[code]
            in_force = records.in_force(code, world.month, world.schemes)
            holds = in_force and records.fits(code, scratch.traits, world.schemes)
            if (me.subject_of >> scheme) & 1 and holds:
                n = records.add_record(
                    scratch.records, n, code, now + late, flags, amount, world.schemes
                )
                tally.count(tallies.records[code], me.coarse)
        else:
            scratch.booked[:] = 0
            n, _ = records.book_act(
                records.Filing(code, amount, source, flags, world.month, now + late),
                whole(scratch), n, scratch.traits, me.subject_of, world.conduct, world.schemes,
                scratch.spill.shape[0],
            )  # fmt: skip
            count_booked(scratch.booked, tallies, me.coarse)
    return n


@inner
def count_booked(booked: Ints, tallies: Tallies, coarse: int) -> None:
    """Tally the rules under which an act was just booked."""
    for rule in range(tallies.records.shape[0]):
        if booked[rule]:
            tally.count(tallies.records[rule], coarse)


@apart
def file_own(
    world: World, me: Person, act_done: NamedRow, seen: Seen, again: int, n: int, out: Outputs,
    scratch: Scratch,
) -> int:  # fmt: skip
    """A source files an act on the person, and once more ``again`` months later (0: not).

    The second record spills no further: it has no act of its own. Returns the number of records;
    the rules of the second are set in ``scratch.again``.
    """
    done, amount, now = (
        act_done.act,
        act_done.amount,
        world.month - world.origin,
    )
    flags = int64(FALSE if act_done.is_false else 0)
    n, spilled = records.book_act(
        records.Filing(done, amount, seen.source, flags, world.month, now + seen.late),
        whole(scratch), n, scratch.traits, me.subject_of, world.conduct, world.schemes, int64(0),
    )  # fmt: skip
    for spill in range(spilled):
        content = pack_message(
            1, scratch.spill[spill, 0], seen.source, scratch.spill[spill, 1],
            scratch.spill[spill, 2], seen.late,
        )  # fmt: skip
        exchange.send_on(world, me, scratch.spill[spill, 3], content, out, scratch)
    if again:
        scratch.again[:] = 0
        n, _ = records.book_act(
            records.Filing(
                done, amount, seen.source, int64(TWICE), world.month, now + seen.late + again
            ),
            records.File(scratch.records, scratch.again, scratch.spill), n, scratch.traits,
            me.subject_of, world.conduct, world.schemes, scratch.spill.shape[0],
        )  # fmt: skip
    return n


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
    world: World, me: Person, act_done: NamedRow, seen: Seen, n: int, out: Outputs,
    scratch: Scratch,
    tallies: Tallies,
) -> int:  # fmt: skip
    """A source files what it saw, on the person or on somebody else; records of the person."""
    done, false = act_done.act, act_done.is_false
    if seen.late:
        tally.count(tallies.errors[tally.E_LATE], me.coarse)
    kind, stale, again = int64(0), False, int64(0)
    if not false:
        kind, stale, again = observation.slip(world, me.seat, act_done, seen.source, seen.prone)
    other = int64(misattribution.NOBODY_LIKE)
    if seen.how == observation.ELSEWHERE:
        other = misattribution.whom(
            world, me.number, seen.source, kind, seen.word, me.open_slots, scratch
        )
    if other >= 0:
        tally.count(tallies.errors[tally.E_MISATTRIBUTED], me.coarse)
        content = pack_message(
            0, done, seen.source, act_done.amount, MISATTRIBUTED, seen.late
        )
        exchange.post(out, other, content, me.number)
    if other != misattribution.NOBODY_LIKE:
        return n
    n = file_own(world, me, act_done, seen, again, n, out, scratch)
    if again:
        tally.count(tallies.errors[tally.E_DUPLICATED], me.coarse)
        count_booked(scratch.again, tallies, me.coarse)
    if false:
        return n
    now = world.month - world.origin
    n, left = records.leave_stale(scratch.records, n, done, now, not stale, world.schemes)
    if left:
        tally.count(tallies.errors[tally.E_STALE], me.coarse)
    return n if stale else records.correct(scratch.records, n, done, now, world.schemes)


@apart
def record_act(
    world: World, me: Person, place: int, n: int, out: Outputs, scratch: Scratch, tallies: Tallies
) -> int:
    """The act at ``place`` meets its sources; the number of records."""
    act_done = scratch.acts[place]
    done, false, ordinal = (
        act_done.act,
        act_done.is_false,
        act_done.ordinal,
    )
    life = life_number(world, me.number)
    prone = observation.proneness(world.k0, world.k1, me.seat, life, world.conduct)
    scratch.booked[:] = 0
    seen, by_hand = 0, 0
    first = world.conduct.acts.first_source[done]
    for entry in range(first, first + world.conduct.acts.source_count[done]):
        source = int64(world.conduct.act_sources[entry])
        how, late, word = observation.see(
            world, me.seat, life, act_done, source, prone, scratch.traits
        )
        if how == observation.NOT_SEEN:
            if false:  # no consent at its first source: it is filed nowhere
                return n
            continue
        if not false and not discretion.enters(
            world, me.number, done, ordinal, source, me.open_slots, scratch
        ):
            tally.count(tallies.responses[tally.V_LEFT_OUT], me.coarse)
            continue
        seen = 1
        by_hand |= world.conduct.sources.by_hand[source]
        what = Seen(source, int64(how), int64(late), int64(word), prone)
        n = file_act(world, me, act_done, what, n, out, scratch, tallies)
        if false:
            break  # one false record, at the first source
    count_act(world, done, false, seen, by_hand, tallies, me.coarse)
    count_booked(scratch.booked, tallies, me.coarse)
    return n


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
    prone = observation.proneness(world.k0, world.k1, seat, life, world.conduct)
    for place in range(done):
        row = scratch.acts[place]
        first = world.conduct.acts.first_source[row.act]
        for entry in range(
            first, first + world.conduct.acts.source_count[row.act]
        ):
            source = world.conduct.act_sources[entry]
            how, late, _ = observation.see(world, seat, life, row, source, prone, scratch.traits)
            files = how != observation.NOT_SEEN and n < found.shape[0]
            if files and (row.is_false or discretion.enters(
                world, dense, row.act, row.ordinal, source, open_slots,
                scratch
            )):  # fmt: skip
                found[n, 0], found[n, 1], found[n, 2], found[n, 3] = place, source, how, late
                _, stale, _ = observation.slip(world, seat, row, source, prone)
                found[n, 4] = 1 if stale and not row.is_false else 0
                n += 1
            if row.is_false:
                break
    return n
