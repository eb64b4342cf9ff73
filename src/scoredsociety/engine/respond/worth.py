"""What an act is worth to a person: the act is booked as if it were done, and the file scored.

A person has a file in mind: their own records where they know their score, an empty file where
they merely know of the scheme. An act is booked on it as it would be if each scheme learnt of it
on time and without an error, from the first of its sources that the scheme reads; what
``control.of_scheme`` then puts on the person, less what it puts on them before, is what the act is
worth. Nothing here reads what a rule gives or takes, so whatever the rule language has (caps,
brackets, doubling, the heaviest only, straight to a grade, lists) means here what it means in the
month. Severities of several schemes add up: a person is under all of them.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import DETERRENCE
from scoredsociety.engine.control import consequences
from scoredsociety.engine.layout import lists_in
from scoredsociety.engine.month_view import Scratch, World, know, where_is
from scoredsociety.engine.publish.publication import own_lists, score_one, ties_for
from scoredsociety.engine.respond.perception import (
    KNOWS_SCORE,
    M_AWARE,
    M_RECORDS,
    M_SUBJECT,
    M_WEIGHED,
    MILLION,
    stands,
)
from scoredsociety.engine.respond.stakes import severity_of
from scoredsociety.engine.score.ledger_places import PART_DIRECT, PART_GRADE
from scoredsociety.engine.score.scoring import begins_at, grade_of
from scoredsociety.engine.structure import records
from scoredsociety.kernel import apart, inner, int64

BEFORE, AFTER = 0, 1
# columns of scratch.stood[BEFORE or AFTER, scheme]
SCORE, GRADE, DIRECT, SEVERITY = range(4)
# columns of scratch.worth[scheme]
NAMED, BETTER, LOSS, GRADES = range(4)
SYMBOL = 6  # value of deterrence: severity of one grade less, whatever it restricts
NOTHING = -1  # no act: only what the file comes to


@inner
def is_in(world: World, s: int, scratch: Scratch) -> bool:
    """Whether scheme ``s`` scores the person whose month it is, and is in use."""
    return (scratch.mind[M_SUBJECT] >> s) & 1 == 1 and stands(world, s)


@inner
def _book(world: World, act: int, amount: int, n: int, scratch: Scratch) -> tuple[int, int]:
    """Book an act of an amount class in scratch.records; (records, bits of who booked it)."""
    rules, entries = world.schemes.rules, world.schemes.act_rules
    for entry in range(entries[act], entries[act + 1]):
        scratch.booked[world.schemes.act_rule_list[entry]] = 0
    left = int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        left |= int64(1) << s if is_in(world, s, scratch) else int64(0)
    first, were = world.conduct.acts.first_source[act], left
    count = world.conduct.acts.source_count[act]
    for place in range(first, first + count):
        source = int64(world.conduct.act_sources[place])
        n, _ = records.book_act(
            records.Filing(
                act, amount, source, int64(0), world.month, world.month - world.origin
            ),
            records.File(scratch.records, scratch.booked, scratch.spill), n, scratch.traits,
            left, world.conduct, world.schemes, scratch.spill.shape[0],
        )  # fmt: skip
        for entry in range(entries[act], entries[act + 1]):
            rule = world.schemes.act_rule_list[entry]
            if scratch.booked[rule]:
                left &= ~(int64(1) << rules.scheme[rule])
    if count > 0:
        n = records.correct(scratch.records, n, act, world.month - world.origin, world.schemes)
    return n, were & ~left


@inner
def _settle(
    world: World, dense: int, when: int, n: int, open_slots: int, scratch: Scratch
) -> None:
    """Fill scratch.stood[when] with what the file in scratch.records comes to."""
    lists = lists_in(int64(world.exchange.status[dense]))
    for s in range(world.schemes.schemes.shape[0]):
        if is_in(world, s, scratch):
            lists = lists & ~world.derived.own_lists[s] | own_lists(world, s, n, scratch)
    scratch.seen_lists[when] = lists
    kind = consequences.kind_of(int64(world.persons.coarse[dense]), world.derived)
    several = world.schemes.schemes.shape[0] > 1
    for s in range(world.schemes.schemes.shape[0]):
        if not is_in(world, s, scratch):
            continue
        # what is read of the ties stands in scratch.parts until another scheme reads its own
        if world.schemes.schemes.reads_ties[s] and (when == BEFORE or several):
            ties_for(world, dense, s, open_slots, scratch)
        score = score_one(world, dense, s, n, scratch)
        grade = scratch.parts[PART_GRADE]
        mask = consequences.of_scheme(s, grade, score, lists, kind, world.schemes, world.derived)
        scratch.stood[when, s, SCORE] = score
        scratch.stood[when, s, GRADE] = grade
        scratch.stood[when, s, DIRECT] = scratch.parts[PART_DIRECT]
        scratch.stood[when, s, SEVERITY] = severity_of(mask, world.stakes)


@apart
def weigh(
    world: World, dense: int, act: int, amount: int, open_slots: int, scratch: Scratch
) -> None:
    """Fill scratch.stood, and scratch.worth with what an act of an amount class is worth.

    ``act`` NOTHING: only what the file in mind comes to.
    """
    know(world, dense, scratch)
    held = scratch.mind[M_RECORDS]
    for place in range(held):
        scratch.held[place] = scratch.records[place]
    n = held if scratch.mind[M_AWARE] == KNOWS_SCORE else int64(0)
    booked = int64(0)
    for when in range(scratch.mind[M_WEIGHED], 1 if act == NOTHING else 2):
        if when == AFTER:
            n, booked = _book(world, act, amount, n, scratch)
        _settle(world, dense, when, n, open_slots, scratch)
        scratch.mind[M_WEIGHED] = 1
    for place in range(held):
        scratch.records[place] = scratch.held[place]
    if act == NOTHING:
        return
    for s in range(world.schemes.schemes.shape[0]):
        if not is_in(world, s, scratch):
            scratch.worth[s, :] = 0
            continue
        one, then = scratch.stood[BEFORE, s], scratch.stood[AFTER, s]
        rises, loss = then[SCORE] > one[SCORE], then[SEVERITY] - one[SEVERITY]
        scratch.worth[s, NAMED] = 1 if (booked >> s) & 1 and then[SCORE] <= one[SCORE] else 0
        scratch.worth[s, BETTER] = 1 if rises or loss < 0 else 0
        scratch.worth[s, LOSS] = loss
        scratch.worth[s, GRADES] = max(one[GRADE] - then[GRADE], 0)


@inner
def under_any(world: World, column: int, scratch: Scratch) -> bool:
    """Whether the act last weighed is NAMED by some scheme, or makes things BETTER under one."""
    found = False
    for s in range(world.schemes.schemes.shape[0]):
        found = found or scratch.worth[s, column] != 0
    return found


@inner
def feared(world: World, opacity: int, scratch: Scratch) -> int:
    """Millionths of severity by which the act last weighed would worsen things, at least 0.

    The severity of all schemes after less before, and ``symbol`` for each grade lost (O-K3: grades
    count by themselves); ``opacity`` (millionths) is added where rules are not published.
    """
    symbol, total = world.responses.values[DETERRENCE, SYMBOL] // MILLION, int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        loss = scratch.worth[s, LOSS] + symbol * scratch.worth[s, GRADES]
        total += loss * (MILLION + opacity * world.stakes.opaque[s])
    return max(total, int64(0))


@inner
def nearest(world: World, dense: int, s: int, score: int) -> int:
    """The nearest boundary above a score; one past the scale where there is none.

    Where a grade begins, and where a consequence that asks for a score does or ends.
    """
    head = world.schemes.schemes[s]
    edge = head.high + 1
    for place in range(head.grade_count):
        begins = begins_at(head.first_grade + place, where_is(world, dense), world.schemes)
        if begins > score:
            edge = min(edge, begins)
    for place in range(world.derived.score_rows.shape[0]):
        row = world.schemes.consequences[world.derived.score_rows[place]]
        if row.scheme != s:
            continue
        if row.score_min > score:
            edge = min(edge, row.score_min)
        if row.score_max >= score:
            edge = min(edge, row.score_max + 1)
    return edge


@inner
def next_boundary(world: World, dense: int, s: int, reach: int, scratch: Scratch) -> int:
    """Severity before less after at the nearest boundary above the score, at least 0.

    -1 where none is within ``reach`` (centipoints), or the scheme is not in use. After ``weigh``.
    """
    if not is_in(world, s, scratch):
        return int64(-1)
    one = scratch.stood[BEFORE, s]
    edge = nearest(world, dense, s, one[SCORE])
    if edge > world.schemes.schemes.high[s] or edge - one[SCORE] > reach:
        return int64(-1)
    grade = grade_of(s, edge, one[DIRECT], where_is(world, dense), world.schemes)
    kind = consequences.kind_of(int64(world.persons.coarse[dense]), world.derived)
    mask = consequences.of_scheme(
        s, grade, edge, scratch.seen_lists[BEFORE], kind, world.schemes, world.derived
    )
    return max(one[SEVERITY] - severity_of(mask, world.stakes), int64(0))
