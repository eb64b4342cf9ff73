"""What is denied to a person, why, and the month's count of it: intended, error, protected."""

from __future__ import annotations

from scoredsociety.engine import tally
from scoredsociety.engine.control import consequences
from scoredsociety.engine.layout import ERRORS, flags_of, grade_in, lists_in, rule_of
from scoredsociety.engine.month_view import Scratch, World, know
from scoredsociety.engine.publish import visibility
from scoredsociety.engine.publish.publication import own_lists, score_one, ties_for
from scoredsociety.engine.respond.perception import stands
from scoredsociety.engine.score.ledger_places import PART_GRADE
from scoredsociety.engine.tally import Tallies
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.keyed import draw
from scoredsociety.scheme import tables as t
from scoredsociety.society.people import seats
from scoredsociety.society.tables import CELLS


@apart
def denied_without(
    world: World, dense: int, s: int, n: int, lists: int, which: int, scratch: Scratch
) -> bool:
    """Whether scheme ``s`` would still deny something without the records of kind ``which``.

    which 1: records through an error; 2: those and records of protected conduct.
    """
    found = False
    for place in range(n):
        word = scratch.records[place]
        out = flags_of(word) & ERRORS != 0
        if which == 2 and world.derived.protected[rule_of(word)]:
            out = True
        scratch.left_out[place] = 1 if out else 0
        found = found or out
    if not found:
        return True
    score = score_one(world, dense, s, n, scratch)
    grade = scratch.parts[PART_GRADE]
    lists = lists & ~world.derived.own_lists[s] | own_lists(world, s, n, scratch)
    kind = consequences.kind_of(int64(world.persons.coarse[dense]), world.derived)
    mask = consequences.of_scheme(s, grade, score, lists, kind, world.schemes, world.derived)
    for place in range(n):
        scratch.left_out[place] = 0
    return consequences.denied(mask, world.derived) != 0


@apart
def why_denied(
    world: World, dense: int, s: int, n: int, status: int, open_slots: int, scratch: Scratch
) -> int:
    """As the rules intend, through an error in the records, or for protected conduct."""
    if world.derived.always[s]:
        know(world, dense, scratch)
        if world.schemes.schemes.reads_ties[s]:
            ties_for(world, dense, s, open_slots, scratch)
    lists = lists_in(status)
    if not denied_without(world, dense, s, n, lists, 1, scratch):
        return consequences.THROUGH_ERROR
    if not denied_without(world, dense, s, n, lists, 2, scratch):
        return consequences.PROTECTED
    return consequences.INTENDED


@inner
def not_agreed(world: World, dense: int) -> int:
    """Consequences (bits) of partners whom the person does not let read (S3-37, S3-38, O-Z9)."""
    mask = int64(0)
    for place in range(world.derived.consent_rows.shape[0]):
        row = world.derived.consent_rows[place]
        seat = int64(seats.id_of(world.seats, dense))
        stream = world.schemes.consequences.stream[row]
        word, _, _, _ = draw(world.k0, world.k1, seat, 0, stream, 0)
        if word >= world.schemes.consequences.consent[row] - 1:
            mask |= int64(1) << row
    return mask


@inner
def tally_person(
    world: World, dense: int, n: int, status: int, coarse: int, open_slots: int,
    scratch: Scratch, tallies: Tallies,
) -> tuple[int, int]:  # fmt: skip
    """Count the person in the month's tallies, under what is published of them now.

    Returns 0 where nothing is denied, 1 where something is, 2 where it is through an error; and
    1 where ties may see that something is.
    """
    cell, kind = coarse & (CELLS - 1), consequences.kind_of(coarse, world.derived)
    tally.count(tallies.persons, coarse)
    restricted, shown = 0, 0
    for s in range(world.schemes.schemes.shape[0]):
        grade = grade_in(status, s)
        tallies.cells[s, cell, grade] += 1
        if grade == t.NO_GRADE:
            continue
        tallies.scores[s, cell] += scratch.scores[s]
        if not stands(world, s):
            continue
        mask = consequences.of_scheme(
            s, grade, scratch.scores[s], lists_in(status), kind, world.schemes, world.derived
        )
        mask &= ~not_agreed(world, dense)
        if mask == 0:
            continue
        for place in range(world.schemes.consequences.shape[0]):
            if (mask >> place) & 1:
                tally.count(tallies.consequences[place], coarse)
        if consequences.denied(mask, world.derived):
            cause = why_denied(world, dense, s, n, status, open_slots, scratch)
            tally.count(tallies.restricted[s, 0], coarse)
            tally.count(tallies.restricted[s, 1 + cause], coarse)
            restricted = max(restricted, 2 if cause == consequences.THROUGH_ERROR else 1)
            if visibility.sees_sanction(world, s):
                shown = 1
    lists = lists_in(status)
    if lists:
        for bit in range(t.MOST_LISTS):
            if (lists >> bit) & 1:
                tally.count(tallies.listed[bit], coarse)
    return restricted, shown
