"""Objecting to a record, scheme by scheme (O-B13, O-B20, O-B21, O-R0, O-W3).

Someone whom a scheme restricts and who knows of it may object to what stands on the file, more
readily with schooling, where the scheme has a channel and while the channel is open for a record.
The answer comes after the channel's delay, within what can be answered in a month; the rest wait
on. Upheld, the wrong records go (false ones and other people's), or, where the channel looks at
right ones too, rarely the gravest of those. Who never objects is counted too.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import APPEAL as RESPONSE
from scoredsociety.engine.layout import (
    CORRECTED,
    DOUBLED,
    ERRORS,
    OBJECTION_BITS,
    flags_of,
    month_of,
    months_waited,
    pack,
    rule_of,
    with_months_waited,
)
from scoredsociety.engine.month_view import Scratch, World, know
from scoredsociety.engine.respond.perception import MILLION, chance
from scoredsociety.engine.state import ANSWERED
from scoredsociety.engine.structure.records import ends, insert, take_out
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.scheme import tables as t
from scoredsociety.society.tables import SCHOOLING

STREAM = stream("response:appeal")
FILES, FILES_RIGHT, UPHELD, UPHELD_RIGHT, SCHOOLING_STEP, CAPACITY, BODY = range(7)
FILED, DECIDED, GRANTED = 1, 2, 4
LONGEST = (1 << OBJECTION_BITS) - 1  # months waited: so many, or more


@inner
def waited(life: int, s: int) -> int:
    """Months that an objection to scheme ``s`` has waited; 0: none is under way."""
    return months_waited(life, s)


@inner
def set_waited(life: int, s: int, months: int) -> int:
    """The life bits with the months waited."""
    return with_months_waited(life, s, min(months, LONGEST))


@inner
def is_open(world: World, s: int, word: int, filed: int) -> bool:
    """Whether the channel of scheme ``s`` was open for a record in month ``filed``.

    A record that follows another scheme's list or grade is disputed there.
    """
    rule = world.schemes.rules[rule_of(word)]
    if rule.scheme != s or rule.kind == t.ON_LIST or rule.kind == t.ON_GRADE:
        return False
    return filed - month_of(word) <= world.schemes.schemes.appeal_within[s]


@inner
def is_over(world: World, word: int) -> bool:
    """Whether a record is kept only because another rests on it."""
    return bool(world.month - world.origin >= ends(word, world.schemes))


@inner
def is_wrong(world: World, s: int, word: int, filed: int) -> bool:
    """Whether the record is false or another's, and can still be taken off."""
    flags = flags_of(word)
    if flags & ERRORS == 0 or not is_open(world, s, word, filed):
        return False
    return world.schemes.schemes.appeal_leaves_residue[s] == 0 or flags & CORRECTED == 0


@inner
def errors_in(world: World, s: int, n: int, filed: int, scratch: Scratch) -> int:
    """Number of records that are false or another's."""
    wrong = 0
    for place in range(n):
        wrong += 1 if is_wrong(world, s, scratch.records[place], filed) else 0
    return wrong


@inner
def gravest_in(world: World, s: int, n: int, filed: int, scratch: Scratch) -> int:
    """Place of the gravest record of a violation; -1 where there is none."""
    gravest, weight = int64(-1), int64(0)
    for place in range(n):
        gravity = world.schemes.rules.gravity[rule_of(scratch.records[place])]
        if gravity <= weight or is_over(world, scratch.records[place]):
            continue
        if is_open(world, s, scratch.records[place], filed):
            gravest, weight = int64(place), int64(gravity)
    return gravest


@inner
def take_off(world: World, s: int, n: int, place: int, scratch: Scratch) -> int:
    """Take a record off the file, or turn it into its residue; returns how many are left."""
    word = scratch.records[place]
    n = take_out(scratch.records, n, place)
    residue = world.schemes.rules.residue[rule_of(word)]
    if residue < 0 or is_over(world, word) or world.schemes.schemes.appeal_leaves_residue[s] == 0:
        return n
    flags = flags_of(word) & ~DOUBLED | CORRECTED
    left = pack(residue, world.month - world.origin, flags, 0)
    return insert(scratch.records, n, left, world.schemes)


@inner
def remove_wrong(world: World, s: int, n: int, filed: int, scratch: Scratch) -> int:
    """Take every wrong record of scheme ``s`` off the file; returns how many are left."""
    place = 0
    while place < n:
        if is_wrong(world, s, scratch.records[place], filed):
            n = take_off(world, s, n, place, scratch)
            place = 0  # a residue may have moved the list
        else:
            place += 1
    return n


@inner
def decide(
    world: World, s: int, n: int, filed: int, word: int, scratch: Scratch
) -> tuple[int, int]:
    """The answer to an objection; (records, DECIDED | GRANTED)."""
    values = world.responses.values[RESPONSE]
    row = world.schemes.schemes[s]
    wrong = errors_in(world, s, n, filed, scratch)
    gravest = int64(-1)
    if wrong == 0 and row.appeal_any_record:
        gravest = gravest_in(world, s, n, filed, scratch)
    odds = int64(values[UPHELD] if wrong else values[UPHELD_RIGHT])
    if row.appeal_to == t.TO_BODY:
        odds = odds * values[BODY] // MILLION
    if (wrong == 0 and gravest < 0) or word >= chance(odds):
        return n, DECIDED
    if wrong:
        return remove_wrong(world, s, n, filed, scratch), DECIDED | GRANTED
    return take_off(world, s, n, gravest, scratch), DECIDED | GRANTED


@inner
def object(
    world: World, dense: int, seat: int, s: int, n: int, life: int, restricted: int,
    scratch: Scratch,
) -> tuple[int, int, int]:  # fmt: skip
    """(records, life, FILED | DECIDED | GRANTED) after this month, of scheme ``s``."""
    row = world.schemes.schemes[s]
    months = waited(life, s)
    if row.appeal_to == t.NO_CHANNEL:  # a dated version may close it: what waits lapses
        return n, set_waited(life, s, 0), 0
    if months == 0 and not restricted:
        return n, life, 0
    word, other, third, _ = draw(
        world.k0, world.k1, seat, world.month, STREAM ^ row.stream, 0
    )
    now = world.month - world.origin
    if months:
        if months < row.appeal_months or third >= world.scalars[s, ANSWERED]:
            return n, set_waited(life, s, months + 1), 0
        filed = now - months if months < LONGEST else int64(0)
        n, done = decide(world, s, n, filed, other, scratch)
        return n, set_waited(life, s, 0), done
    values = world.responses.values[RESPONSE]
    wrong = errors_in(world, s, n, now, scratch)
    if wrong == 0 and gravest_in(world, s, n, now, scratch) < 0:
        return n, life, 0  # nothing on the file to object to
    know(world, dense, scratch)
    odds = int64(values[FILES] if wrong else values[FILES_RIGHT])
    for _ in range(scratch.traits[SCHOOLING]):
        odds = odds * values[SCHOOLING_STEP] // MILLION
    if word < chance(odds):
        return n, set_waited(life, s, 1), FILED
    return n, life, 0
