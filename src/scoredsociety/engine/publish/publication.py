"""Scores, grades and lists of a person as they will be published (S3-38 to S3-42)."""

from __future__ import annotations

import numpy as np

from scoredsociety.engine.demography.succession import is_fresh
from scoredsociety.engine.layout import (
    grade_in,
    grades_in,
    is_listed,
    lists_in,
    month_of,
    pack_status,
    rule_of,
    shown_of,
    with_grade,
)
from scoredsociety.engine.month_view import CHANGES, Outputs, Scratch, World, know, where_is
from scoredsociety.engine.publish import exchange
from scoredsociety.engine.respond.perception import M_TURNS
from scoredsociety.engine.score.ledger_places import (
    PART_GRADE,
    PART_MEANS,
    PART_OWN,
    PART_PEERS,
    Clock,
    Held,
)
from scoredsociety.engine.score.scoring import score_person
from scoredsociety.engine.state import COPIED_AT
from scoredsociety.engine.structure import records
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.scheme import tables as t


@inner
def taken_now(world: World, rank: int) -> bool:
    """Whether a rank takes people this month; one that is yearly does so in one month."""
    month = world.schemes.ranks.month[rank]
    return month < 0 or month == world.month % 12


@inner
def is_ranked(world: World, dense: int, rank: int, status: int) -> bool:
    """Whether the score published last month is among the best or worst that a rank takes."""
    row = world.schemes.ranks[rank]
    if grade_in(status, row.scheme) == t.NO_GRADE:
        return False
    at, where = row.first_edge, where_is(world, dense)
    if row.within == t.OF_REGION:
        at += where >> 32
    elif row.within == t.OF_COMMUNITY:
        at += where & 0xFFFFFFFF
    score, edge = int64(world.exchange.score[row.scheme, dense]), world.schemes.edges[at]
    return score <= edge if row.worst else score >= edge


@inner
def follow_lists(
    world: World, dense: int, s: int, n: int, status: int, scratch: Scratch
) -> int:
    """Rules of scheme ``s`` that follow a list, grade or rank published last month.

    Returns the number of records.
    """
    now = world.month - world.origin
    for place in range(world.derived.standing.shape[0]):
        rule = world.derived.standing[place]
        if world.schemes.rules.scheme[rule] != s:
            continue
        on, kind = world.schemes.rules.on[rule], world.schemes.rules.kind[rule]
        if kind == t.ON_RANK and not taken_now(world, on):
            continue
        if kind == t.ON_RANK:
            member = is_ranked(world, dense, on, status)
        elif kind == t.ON_LIST:
            member = is_listed(status, on) == 1
        else:  # on -1: a scheme that is not in the run
            grade = grade_in(status, on >> 4) if on >= 0 else t.NO_GRADE
            member = (
                grade != t.NO_GRADE
                and world.schemes.rules.amount_min[rule] <= grade
                and grade <= world.schemes.rules.amount_max[rule]
            )
        if member and world.schemes.rules.if_trait[rule] >= 0:
            know(world, dense, scratch)
            member = records.fits(rule, scratch.traits, world.schemes)
        member = member and records.in_force(rule, world.month, world.schemes)
        n = records.stand(scratch.records, n, rule, member, now, world.schemes)
    return n


@inner
def own_lists(world: World, s: int, n: int, scratch: Scratch) -> int:
    """List bits that the live records of scheme ``s`` set."""
    now = world.month - world.origin
    bits = 0
    for place in range(n):
        if scratch.left_out[place]:
            continue
        word = scratch.records[place]
        rule = rule_of(word)
        bit = world.schemes.rules.list_bit[rule]
        listed = bit >= 0 and world.schemes.rules.scheme[rule] == s
        if listed and records.counts_at(word, now, world.schemes):
            bits |= 1 << bit
    return bits


@inner
def latest_gravity(world: World, n: int, scratch: Scratch) -> int:
    """Gravity of the latest live violation; of several in a month, the gravest."""
    now = world.month - world.origin
    latest, gravity = -1, 0
    for place in range(n):
        word = scratch.records[place]
        weight = world.schemes.rules.gravity[rule_of(word)]
        if weight <= 0 or not records.counts_at(word, now, world.schemes):
            continue
        if month_of(word) > latest or (month_of(word) == latest and weight > gravity):
            latest, gravity = month_of(word), weight
    return gravity


@apart
def ties_for(world: World, dense: int, s: int, open_slots: int, scratch: Scratch) -> None:
    """What scheme ``s`` reads of the ties: the points of its rules and the means of its parts."""
    for place in range(world.derived.peer_rules.shape[0]):
        rule = world.derived.peer_rules[place]
        row = world.schemes.rules[rule]
        scratch.parts[PART_PEERS + place] = 0
        if row.scheme != s or not records.in_force(rule, world.month, world.schemes):
            continue
        if records.fits(rule, scratch.traits, world.schemes):
            count = exchange.peers_with_violation(
                world, dense, row.amount_min, row.layers, open_slots, scratch
            )
            scratch.parts[PART_PEERS + place] = row.points * min(count, row.amount_max)
    first = world.schemes.schemes.first_component[s]
    for component in range(first, first + world.schemes.schemes.component_count[s]):
        row = world.schemes.components[component]
        if row.kind == t.PEERS:
            source = world.derived.own_row[s] if row.peers_of == 1 else s
            scratch.parts[PART_MEANS + component] = exchange.peers_mean(
                world, dense, s, source, row.layers, open_slots, scratch
            )


@inner
def score_one(world: World, dense: int, s: int, n: int, scratch: Scratch) -> int:
    """Score of scheme ``s``; the ledger is in scratch.parts."""
    held = Held(scratch.records, int64(n), scratch.left_out, scratch.parts)
    clock = Clock(world.month - world.origin, world.month, int64(world.origin % 12))
    return score_person(
        s, held, clock, where_is(world, dense), scratch.traits, world.schemes, world.conduct,
        world.derived,
    )  # fmt: skip


@apart
def follow(
    world: World, dense: int, n: int, subject_of: int, status: int, scratch: Scratch
) -> int:
    """Every scheme follows its lists before the first is scored; the number of records.

    Where a record has to make room, no score that is published still holds it.
    """
    for s in range(world.schemes.schemes.shape[0]):
        if (subject_of >> s) & 1:
            n = follow_lists(world, dense, s, n, status, scratch)
    return n


@apart
def evaluate(
    world: World, dense: int, n: int, subject_of: int, status: int, open_slots: int,
    scratch: Scratch,
) -> int:  # fmt: skip
    """Score and publish: fills scratch.scores; the new status."""
    lists = lists_in(status)
    grades = grades_in(status)
    for row in range(scratch.scores.shape[0]):
        scratch.scores[row] = int64(world.exchange.score[row, dense])
    for s in range(world.schemes.schemes.shape[0]):
        # who is new to the scheme, a newcomer, of age by now, or where it begins as a copy, does
        # not wait to be published
        begins = scratch.mind[M_TURNS] != 0 or world.scalars[s, COPIED_AT] == world.month
        enters = begins and grade_in(status, s) == t.NO_GRADE
        if not (subject_of >> s) & 1:
            grades = with_grade(grades, s, t.NO_GRADE)
            lists &= ~world.derived.own_lists[s]
            if world.first or enters:
                scratch.scores[s] = world.schemes.schemes.start[s]
            continue
        waits = world.month % world.schemes.schemes.publishes_every[s] != 0
        if waits and world.first == 0 and not enters:
            continue
        lists = lists & ~world.derived.own_lists[s] | own_lists(world, s, n, scratch)
        if world.derived.always[s]:
            know(world, dense, scratch)
            if world.schemes.schemes.reads_ties[s]:
                ties_for(world, dense, s, open_slots, scratch)
        scratch.scores[s] = score_one(world, dense, s, n, scratch)
        grades = with_grade(grades, s, scratch.parts[PART_GRADE])
        own = world.derived.own_row[s]
        if own >= 0:
            low, high = world.schemes.schemes.low[s], world.schemes.schemes.high[s]
            scratch.scores[own] = low + ((high - low) * scratch.parts[PART_OWN] >> 16)
    gravity = latest_gravity(world, n, scratch)
    return pack_status(grades, lists, gravity, shown_of(status))


@inner
def publish(world: World, dense: int, status: int, out: Outputs, scratch: Scratch) -> None:
    """Note what changed in the exchange."""
    moved = world.first == 1 or is_fresh(scratch)
    moved = moved or status != int64(world.exchange.status[dense])
    for row in range(scratch.scores.shape[0]):
        moved = moved or scratch.scores[row] != int64(world.exchange.score[row, dense])
    if not moved:
        return
    changes = out.used[CHANGES]
    out.person[changes] = np.uint32(dense)
    out.status[changes] = np.uint32(status)
    for row in range(scratch.scores.shape[0]):
        out.score[row, changes] = np.int32(scratch.scores[row])
    out.used[CHANGES] = changes + 1
