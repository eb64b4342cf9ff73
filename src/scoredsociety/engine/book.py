"""Acts and messages become records of the schemes that read their sources (S3-31)."""

from __future__ import annotations

from scoredsociety.conduct import tables as c
from scoredsociety.engine import act, collect, exchange, structure, tally
from scoredsociety.engine.state import (
    MISATTRIBUTED,
    pack_message,
)
from scoredsociety.engine.tally import Tallies
from scoredsociety.engine.world import Scratch, World
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner
from scoredsociety.scheme import tables as t

FLAG_FALSE = 1


@inner
def read_inbox(
    world: World, content: Ints, first: int, last: int, n: int, subject_of: int, coarse: int,
    scratch: Scratch, tallies: Tallies,
) -> int:  # fmt: skip
    """Book what others' acts and errors sent here last month; returns the number of records."""
    now = world.month - world.origin
    for place in range(first, last):
        message = content[place]
        code, flags = (message >> 28) & 4095, (message >> 8) & 255
        amount, source = (message >> 16) & 15, (message >> 20) & 255
        late = message & 255
        if (message >> 40) & 1:
            scheme = world.schemes.rules[code, t.R_SCHEME]
            in_force = (
                world.schemes.rules[code, t.R_FROM] <= world.month
                and world.month < world.schemes.rules[code, t.R_UNTIL]
            )
            if (subject_of >> scheme) & 1 and in_force:
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
            count_booked(scratch, tallies, coarse)
    return n


@inner
def count_booked(scratch: Scratch, tallies: Tallies, coarse: int) -> None:
    """Tally the rules under which an act was just booked."""
    for rule in range(tallies.records.shape[0]):
        if scratch.booked[rule]:
            tally.count(tallies.records[rule], coarse)


@inner
def record_act(
    world: World, dense: int, seat: int, place: int, n: int, subject_of: int, coarse: int,
    outbox: Ints, messages: int, scratch: Scratch, tallies: Tallies,
) -> tuple[int, int]:  # fmt: skip
    """One act meets its sources; (records, messages)."""
    done = scratch.acts[place, act.X_ACT]
    amount, ordinal = scratch.acts[place, act.X_AMOUNT], scratch.acts[place, act.X_ORDINAL]
    false = scratch.acts[place, act.X_FALSE]
    scratch.booked[:] = 0
    seen, withheld = 0, 0
    first = world.conduct.acts[done, c.A_SOURCES]
    for entry in range(first, first + world.conduct.acts[done, c.A_SOURCE_COUNT]):
        source = world.conduct.act_sources[entry]
        how, late, word = collect.see(
            world.k0, world.k1, seat, world.month, done, ordinal, false, source, world.conduct,
            scratch.traits, world.exp2,
        )  # fmt: skip
        if how == collect.NOT_SEEN:
            if false:  # no consent at its first source: it is filed nowhere
                withheld = 1
                break
            continue
        seen = 1
        if late:
            tally.count(tallies.errors[tally.E_LATE], coarse)
        if how == collect.ELSEWHERE:
            other = collect.somebody_else(
                dense, word, world.seats.community_size, world.seats.people
            )
            if other >= 0:
                tally.count(tallies.errors[tally.E_MISATTRIBUTED], coarse)
                content = pack_message(0, done, source, amount, MISATTRIBUTED, late)
                messages = exchange.send(outbox, messages, other, content, dense)
            continue
        n, spills = structure.book_act(
            scratch.records, n, done, amount, source, FLAG_FALSE if false else 0, world.month,
            late, world.origin, scratch.traits, subject_of, scratch.booked, world.conduct,
            world.schemes, scratch.spill, 0,
        )  # fmt: skip
        for spill in range(spills):
            content = pack_message(
                1, scratch.spill[spill, 0], source, scratch.spill[spill, 1],
                scratch.spill[spill, 2], late,
            )  # fmt: skip
            messages = exchange.send_home(
                world, dense, scratch.spill[spill, 3], content, outbox, messages, scratch
            )
        if not false:
            n = structure.correct(
                scratch.records, n, done, world.month - world.origin, world.schemes
            )
        if false:
            break  # one false record, at the first source
    if withheld:
        return n, messages
    if false:
        tally.count(tallies.errors[tally.E_FALSE], coarse)
    else:
        tally.count(tallies.acts[done], coarse)
        if not seen:
            tally.count(tallies.errors[tally.E_MISSING], coarse)
    count_booked(scratch, tallies, coarse)
    return n, messages
