"""What crosses between people: published columns out and in, and the sparse outbox.

A message waits one month: what is sent in a month is booked in the next. Messages are sorted
by (target, content, origin), so neither threads nor block sizes can change their order.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.engine.demography.leaders import leader, leads
from scoredsociety.engine.layout import grade_in, gravity_in
from scoredsociety.engine.month_view import MESSAGES, Outputs, Person, Scratch, World, traits_of
from scoredsociety.engine.state import Messages, no_messages
from scoredsociety.engine.ties import tie_lists
from scoredsociety.engine.ties.pair_relations import (
    already_tied,
    same_household,
    seen_by_ties,
    ties_id,
)
from scoredsociety.fixed import UNIT, Ints
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.scheme import tables as t
from scoredsociety.society.tables import ROLE
from scoredsociety.society.ties import stored, tie_slots, tie_state, together

HOUSEHOLD_LAYER = 8  # bit of the household among a rule's layers; slots have bits 0 to 7
HEAD, SPOUSE, CHILD, PARENT = 0, 1, 2, 3


@inner
def send(outbox: Ints, n: int, target: int, content: int, origin: int) -> int:
    """Append a message, or only count it where the outbox (capacity, 3) is full; n + 1."""
    if n < outbox.shape[0]:
        outbox[n, 0] = target
        outbox[n, 1] = content
        outbox[n, 2] = origin
    return n + 1


@inner
def post(out: Outputs, target: int, content: int, origin: int) -> None:
    """Send a message from a month: into the outbox, and counted in ``out.used``."""
    out.used[MESSAGES] = send(out.outbox, out.used[MESSAGES], target, content, origin)


@inner
def role_at(world: World, dense: int, scratch: Scratch) -> int:
    """Role in the household of person ``dense``, from the seed and the month."""
    traits_of(world, dense, scratch.ages, scratch.other)
    return int64(scratch.other[ROLE])


@inner
def is_kin(to: int, mine: int, theirs: int) -> bool:
    """Whether a member with role ``theirs`` is what ``to`` asks for, seen from role ``mine``."""
    if to == t.TO_HEAD:
        return theirs == HEAD
    if to == t.TO_SPOUSE:
        return (mine == HEAD and theirs == SPOUSE) or (mine == SPOUSE and theirs == HEAD)
    if to == t.TO_PARENTS:
        if mine == CHILD:
            return theirs in (HEAD, SPOUSE)
        return mine == HEAD and theirs == PARENT
    if to == t.TO_CHILDREN:
        if mine == PARENT:
            return theirs == HEAD
        return mine in (HEAD, SPOUSE) and theirs == CHILD
    return True


@inner
def find_ties(world: World, dense: int, open_slots: int, scratch: Scratch) -> None:
    """See to it that scratch says where the open slots of a person lead (of computed ties)."""
    if scratch.whose[2] != dense + 1:
        together.own_slots(
            world.society, world.seats, world.persons.together, dense, open_slots,
            scratch.base, scratch.mask,
        )  # fmt: skip
        scratch.whose[2] = dense + 1


@inner
def is_tie(world: World, dense: int, slot: int, open_slots: int, scratch: Scratch) -> int:
    """Dense number of the tie in ``slot`` if it is open, else -1 (after ``find_ties``)."""
    if not (open_slots >> slot) & 1:
        return int64(-1)
    return int64(
        tie_slots.partner(world.seats, scratch.base[slot], scratch.mask[slot], dense & 31)
    )


@inner
def send_home(
    world: World, dense: int, to: int, content: int, out: Outputs, scratch: Scratch
) -> None:
    """Send a message to the members of the household that ``to`` names."""
    household = int64(world.persons.household[dense])
    first = dense - (household >> 4)
    mine = role_at(world, dense, scratch)
    for other in range(first, min(first + (household & 15), world.seats.people)):
        if other != dense and is_kin(to, mine, role_at(world, other, scratch)):
            post(out, other, content, dense)


@inner
def send_to_leaders(
    world: World, dense: int, kind: int, many: int, content: int, out: Outputs, scratch: Scratch
) -> None:
    """Send a message to the leaders of the community, oneself left out.

    TO_FELLOWS: only what a leader does.
    """
    if kind == t.TO_FELLOWS and not leads(world, dense, many, scratch):
        return
    first = dense >> world.seats.community_bits << world.seats.community_bits
    for place in range(many):
        other = leader(world, first, place, scratch)
        if other >= 0 and other != dense:
            post(out, other, content, dense)


@inner
def send_to_ties(
    world: World, dense: int, layer: int, content: int, open_slots: int, out: Outputs,
    scratch: Scratch,
) -> None:  # fmt: skip
    """Send a message to the open ties of a layer."""
    if stored.is_stored(world.stored):
        for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
            if tie_lists.is_open(end, scratch) and tie_lists.layer_of(world, end) == layer:
                post(out, int64(world.stored.other[end]), content, dense)
        return
    find_ties(world, dense, open_slots, scratch)
    for slot in range(tie_slots.slot_count(world.society)):
        if world.society.slots.layer[slot] == layer:
            other = is_tie(world, dense, slot, open_slots, scratch)
            if other >= 0:
                post(out, other, content, dense)


@apart
def send_on(
    world: World, me: Person, to: int, content: int, out: Outputs, scratch: Scratch
) -> None:
    """Send a message to those whom ``to`` names (scheme/tables.py)."""
    kind, number = to & ((1 << t.TO_BITS) - 1), to >> t.TO_BITS
    if kind == t.TO_TIES:
        send_to_ties(world, me.number, number, content, me.open_slots, out, scratch)
    elif kind == t.TO_LEADERS or kind == t.TO_FELLOWS:
        send_to_leaders(world, me.number, kind, number, content, out, scratch)
    else:
        send_home(world, me.number, kind, content, out, scratch)


@inner
def open_slots_published(
    world: World, dense: int, s: int, row: int, layers: int, open_slots: int, scratch: Scratch
) -> tuple[int, int]:
    """Sum of what subjects among the computed ties published last month, and their number."""
    total, count = int64(0), int64(0)
    find_ties(world, dense, open_slots, scratch)
    for slot in range(tie_slots.slot_count(world.society)):
        if not (layers >> world.society.slots.layer[slot]) & 1:
            continue
        other = is_tie(world, dense, slot, open_slots, scratch)
        if other >= 0 and grade_in(int64(world.exchange.status[other]), s) != t.NO_GRADE:
            total += int64(world.exchange.score[row, other])
            count += 1
    return total, count


@apart
def peers_mean(
    world: World, dense: int, s: int, row: int, layers: int, open_slots: int, scratch: Scratch
) -> int:
    """Mean (Q16 of the scale) of what subjects among the ties published last month; -1: none."""
    at_home = (layers // HOUSEHOLD_LAYER) & 1
    if stored.is_stored(world.stored):
        total, count = tie_lists.published(world, dense, s, row, layers, at_home, scratch)
    else:
        total, count = open_slots_published(world, dense, s, row, layers, open_slots, scratch)
    if at_home:
        household = int64(world.persons.household[dense])
        first = dense - (household >> 4)
        for other in range(first, min(first + (household & 15), world.seats.people)):
            if other == dense:
                continue
            if grade_in(int64(world.exchange.status[other]), s) != t.NO_GRADE:
                total += int64(world.exchange.score[row, other])
                count += 1
    if count == 0:
        return int64(-1)
    low, high = world.schemes.schemes.low[s], world.schemes.schemes.high[s]
    return (total - low * count) * UNIT // (count * (high - low))


@apart
def peers_with_violation(
    world: World, dense: int, gravity: int, layers: int, open_slots: int, scratch: Scratch
) -> int:
    """Number of ties whose latest published violation is at least as grave as ``gravity``."""
    if stored.is_stored(world.stored):
        return tie_lists.with_violation(world, dense, gravity, layers, scratch)
    count = int64(0)
    find_ties(world, dense, open_slots, scratch)
    for slot in range(tie_slots.slot_count(world.society)):
        if not (layers >> world.society.slots.layer[slot]) & 1:
            continue
        other = is_tie(world, dense, slot, open_slots, scratch)
        if other >= 0:
            status = int64(world.exchange.status[other])
            if gravity_in(status) >= gravity:
                count += 1
    return count


@inner
def turn_ties(
    world: World, dense: int, seat: int, was_open: int, start: bool, turning: int,
    scratch: Scratch,
) -> int:  # fmt: skip
    """The tie bits of a person after this month's turnover; both ends reach the same bits.

    ``turning``: bits of the slots that turn over. Of ties in lists scratch holds the state.
    """
    if stored.is_stored(world.stored):
        tie_lists.turn(world, dense, seat, start, turning, scratch)
        return int64(0)
    mine = seen_by_ties(world, dense)
    while turning:
        slot = tie_slots.lowest(turning)
        turning &= turning - 1
        other = tie_slots.partner(world.seats, scratch.base[slot], scratch.mask[slot], dense & 31)
        bit = int64(1) << slot
        if other < 0 or same_household(world, dense, other):
            was_open &= ~bit
            continue
        before = int64(-1) if start else (was_open >> slot) & 1
        after = tie_state.opens(
            world.society, world.k0, world.k1, seat, ties_id(world, other), mine,
            seen_by_ties(world, other), slot, world.month, before,
        )  # fmt: skip
        if after and already_tied(world, dense, other, slot):
            after = 0
        was_open = was_open | bit if after else was_open & ~bit
    return was_open


def gather(parts: list[Ints]) -> Messages:
    """The month's messages of all blocks in their one order."""
    rows = [part for part in parts if len(part)]
    if not rows:
        return no_messages()
    everything = np.concatenate(rows)
    order = np.lexsort((everything[:, 2], everything[:, 1], everything[:, 0]))
    ordered = everything[order]
    return Messages(*(np.ascontiguousarray(ordered[:, column]) for column in range(3)))
