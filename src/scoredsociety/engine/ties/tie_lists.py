"""Ties in lists, as a person's month reads and moves them (society/ties/stored.py).

A person's ties are the entries ``stored.first[dense]`` to ``stored.first[dense + 1]``, however
many: a hub of thousands is walked like anybody. Whether an entry is open stands in
``scratch.ends``, a byte each, from entry ``scratch.whose[3]`` on; what a month closes or opens it
writes there. Both ends reach the same, from the same exchange and draws keyed by the pair.

A loaded tie may join two of one household, since people are put on the nodes by lot: it is a tie
like any other, but who lives together does not drop it, and is read once where a rule reads both.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.engine.layout import grade_in, gravity_in
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.state import U8
from scoredsociety.engine.ties.pair_relations import (
    already_tied,
    same_household,
    seen_by_ties,
    ties_id,
)
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.society.places import BY_FILE, BY_SOCIETY, ONLINE
from scoredsociety.society.ties import tie_state


@inner
def is_open(end: int, scratch: Scratch) -> bool:
    """Whether an entry of the lists is an open tie, of a person whose entries scratch holds."""
    return scratch.ends[end - scratch.whose[3]] != 0


@inner
def close(end: int, scratch: Scratch) -> None:
    """Close the tie of an entry, as this end keeps it."""
    scratch.ends[end - scratch.whose[3]] = np.uint8(0)


@inner
def layer_of(world: World, end: int) -> int:
    """Layer of an entry of the lists."""
    return int64(world.society.slots.layer[int64(world.stored.slot[end])])


@inner
def may_tie(world: World, dense: int, other: int, slot: int) -> bool:
    """Whether a pair may be a tie: computed ones only across households, loaded ones anywhere."""
    return world.society.slots.renews[slot] >= 0 or not same_household(world, dense, other)


@inner
def carry(world: World, dense: int, ends: U8, scratch: Scratch) -> None:
    """Take over the state of a person's ties from a column of the same persons."""
    for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
        at = end - scratch.whose[3]
        scratch.ends[at] = ends[at]


@apart
def turn(
    world: World, dense: int, seat: int, start: bool, turning: int, scratch: Scratch
) -> None:
    """This month's turnover of a person's ties, of the slots whose bits are in ``turning``."""
    mine = seen_by_ties(world, dense)
    for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
        slot = int64(world.stored.slot[end])
        if not (turning >> slot) & 1:
            continue
        at, other = end - scratch.whose[3], int64(world.stored.other[end])
        before = int64(-1) if start else int64(scratch.ends[at])
        after = int64(0)
        if may_tie(world, dense, other, slot):
            after = int64(tie_state.opens(
                world.society, world.k0, world.k1, seat, ties_id(world, other), mine,
                seen_by_ties(world, other), slot, world.month, before,
            ))  # fmt: skip
            if after and already_tied(world, dense, other, slot):
                after = int64(0)
        scratch.ends[at] = np.uint8(after)


@inner
def reopen(world: World, dense: int, seat: int, scratch: Scratch) -> None:
    """Draw anew the ties of a person of which either end has a newcomer this month."""
    now = world.month - world.origin
    fresh = int64(world.persons.entered[dense]) == now
    for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
        slot, other = int64(world.stored.slot[end]), int64(world.stored.other[end])
        if not (fresh or int64(world.persons.entered[other]) == now):
            continue
        after = int64(0)
        met = already_tied(world, dense, other, slot)
        if may_tie(world, dense, other, slot) and not met:
            after = int64(tie_state.reopens(
                world.society, world.k0, world.k1, seat, ties_id(world, other),
                seen_by_ties(world, dense), seen_by_ties(world, other), slot, world.month,
            ))  # fmt: skip
        scratch.ends[end - scratch.whose[3]] = np.uint8(after)


@apart
def published(
    world: World, dense: int, s: int, row: int, layers: int, at_home: int, scratch: Scratch
) -> tuple[int, int]:
    """Sum of what subjects among the open ties published last month, and their number.

    ``at_home``: 1 where the household is read besides, whose members are left out here.
    """
    total, count = int64(0), int64(0)
    for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
        if not is_open(end, scratch) or not (layers >> layer_of(world, end)) & 1:
            continue
        other = int64(world.stored.other[end])
        if at_home and same_household(world, dense, other):
            continue
        if grade_in(int64(world.exchange.status[other]), s) != NO_GRADE:
            total += int64(world.exchange.score[row, other])
            count += 1
    return total, count


@apart
def with_violation(
    world: World, dense: int, gravity: int, layers: int, scratch: Scratch
) -> int:
    """Number of open ties whose latest published violation is at least as grave."""
    count = int64(0)
    for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
        if is_open(end, scratch) and (layers >> layer_of(world, end)) & 1:
            status = int64(world.exchange.status[int64(world.stored.other[end])])
            if gravity_in(status) >= gravity:
                count += 1
    return count


@inner
def is_open_to(world: World, dense: int, other: int, scratch: Scratch) -> bool:
    """Whether a person has an open tie to another."""
    for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
        if int64(world.stored.other[end]) == other and is_open(end, scratch):
            return True
    return False


@inner
def near(world: World, dense: int, nth: int, scratch: Scratch) -> int:
    """The nth open tie to somebody of another household near by; how many there are for -1."""
    found = int64(0)
    for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
        slot, other = int64(world.stored.slot[end]), int64(world.stored.other[end])
        reach = world.society.slots.reach[slot]
        far = reach == BY_FILE and world.society.slots.layer[slot] == ONLINE
        if reach == BY_SOCIETY or far or not is_open(end, scratch):
            continue
        if same_household(world, dense, other):
            continue
        if found == nth:
            return other
        found += 1
    return found


@inner
def count_open(world: World, dense: int, scratch: Scratch) -> int:
    """Number of open ties of a person."""
    count = int64(0)
    for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
        if is_open(end, scratch):
            count += 1
    return count
