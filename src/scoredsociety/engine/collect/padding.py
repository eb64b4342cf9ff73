"""Padding: false records by which collectors reach a quota (Lipsky 1980 [M]; O-R0: collectors).

A collector (discretion.py: one for 256 seats) owes so many records a month that speak for people
and so many against them. What collectors entered last month on the average is known to them (a
scalar of the whole); where a collector's quota is higher, the rest is made up, on anybody of the
256 whom a scheme scores. What is made up is a false record, filed by a source whose records are
entered by hand, on an act that a rule reads.

    P(a false record about a person in a month) = quota x (1 + unlike x z) / 256 - entered

z is the collector's own (uniform, mean 0, deviation 1); nothing is made up where that is below 0.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import DISCRETION
from scoredsociety.engine import tally
from scoredsociety.engine.act import acceptance
from scoredsociety.engine.collect.discretion import PADDING, ROOT_3, SEATS, UNLIKE, collector
from scoredsociety.engine.month_view import Scratch, World, know
from scoredsociety.engine.respond.perception import MILLION, chance
from scoredsociety.engine.state import ADDED
from scoredsociety.engine.tally import Tallies
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import below, draw, stream

STREAM = stream("response:padding")
AWARDS, DEDUCTIONS = 4, 5  # values: for people (0) and against them (1), quotas of a collector
ORDINAL = 12290  # of records that are made up; 12291 where they speak against


@inner
def speaks_against(world: World, which: int) -> int:
    """1 for an act that has a gravity, 0 for the rest."""
    return 1 if world.conduct.acts.gravity[which] > 0 else 0


@inner
def is_read(world: World, which: int) -> bool:
    """Whether any rule reads the act."""
    return world.schemes.act_rules[which + 1] > world.schemes.act_rules[which]


@inner
def note(world: World, which: int, tallies: Tallies) -> None:
    """Count an act that was entered by hand, where collectors have quotas."""
    if world.responses.forms[DISCRETION] == PADDING and is_read(world, which):
        tallies.sums[0, tally.U_ADDED + speaks_against(world, which)] += 1


@inner
def can_be_made_up(world: World, which: int, against: int) -> bool:
    """Whether the first source of an act that a rule reads is entered by hand."""
    if world.conduct.acts.source_count[which] == 0 or not is_read(world, which):
        return False
    source = world.conduct.act_sources[world.conduct.acts.first_source[which]]
    by_hand = world.conduct.sources.by_hand[source] > 0
    return by_hand and speaks_against(world, which) == against


@inner
def chosen(world: World, against: int, word: int) -> int:
    """An act whose record can be made up, each as likely; -1 where there is none."""
    found = int64(0)
    for which in range(world.conduct.acts.shape[0]):
        found += 1 if can_be_made_up(world, which, against) else 0
    if found == 0:
        return int64(-1)
    left = int64(below(word, found))
    for which in range(world.conduct.acts.shape[0]):
        if can_be_made_up(world, which, against):
            if left == 0:
                return int64(which)
            left -= 1
    return int64(-1)


@inner
def short(world: World, dense: int, against: int) -> int:
    """Chance (millionths) that a record about a person is made up this month."""
    known = world.scalars[0, ADDED + against]
    if known == 0:  # the first month: nobody has counted yet
        return int64(0)
    values = world.responses.values[DISCRETION]
    _, z = collector(world.k0, world.k1, world.seats, dense)
    own = MILLION + values[UNLIKE] * z * ROOT_3 // (1000 << 15)
    quota = values[AWARDS + against] * max(own, 0) // MILLION
    return max(quota // SEATS - (known - 1), 0)


@inner
def pad(
    world: World, dense: int, seat: int, done: int, coarse: int, scratch: Scratch,
    tallies: Tallies,
) -> int:  # fmt: skip
    """Add the records that are made up about a person; returns the number of acts."""
    if world.responses.forms[DISCRETION] != PADDING:
        return done
    for against in range(2):
        odds = short(world, dense, against)
        if odds == 0:
            continue
        ordinal = ORDINAL + against
        word, which, amount, _ = draw(world.k0, world.k1, seat, world.month, STREAM, ordinal)
        if word >= chance(odds):
            continue
        made_up = chosen(world, against, which)
        if made_up < 0:
            continue
        know(world, dense, scratch)
        tally.count(tallies.responses[tally.V_PADDED], coarse)
        done = acceptance.make_up(made_up, amount, ordinal, world.conduct, scratch.acts, done)
    return done
