"""A person's month of conduct: episodes go on, occasions become acts or do not."""

from __future__ import annotations

from scoredsociety.engine.act import acceptance
from scoredsociety.engine.collect import observation
from scoredsociety.engine.demography.succession import life_number
from scoredsociety.engine.layout import STIGMA, episodes_in, field
from scoredsociety.engine.month_view import Person, Scratch, World, know
from scoredsociety.engine.respond import life_effects, response
from scoredsociety.engine.respond.stakes import SPEECH
from scoredsociety.fixed import threshold
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.keyed import draw, draw_row
from scoredsociety.society.people.seats import id_of
from scoredsociety.society.tables import COARSE_FRAILTY
from scoredsociety.society.ties.tie_slots import GROUP


@inner
def live(world: World, me: Person, life: int, scratch: Scratch) -> tuple[int, int]:
    """What the person does this month, into scratch.acts; (acts, life)."""
    n = 0
    if episodes_in(life):
        know(world, me.number, scratch)
        life, n = episodes(world, me.seat, life, n, scratch)
    frailty, local = me.coarse >> COARSE_FRAILTY, me.number & (GROUP - 1)
    for envelope in range(world.conduct.envelopes.shape[0]):
        words = scratch.words[envelope]
        count = acceptance.candidates(words, local, envelope, frailty, world.conduct)
        for place in range(count):
            cell = acceptance.cell_of(
                world.k0, world.k1, me.seat, world.month, envelope, place,
                (words[1, local], words[2, local], words[3, local]), world.conduct,
            )  # fmt: skip
            if cell >= 0:
                life, n = meet(world, me, cell, place, life, n, scratch)
    return n, life


@inner
def episodes(world: World, seat: int, life: int, n: int, scratch: Scratch) -> tuple[int, int]:
    """Go on with, or end, the episodes in ``life``; (life, number of acts)."""
    for which in range(world.conduct.acts.shape[0]):
        if not acceptance.is_on(which, life, world.conduct):
            continue
        stream = world.conduct.acts.stream[which]
        w0, w1, _, _ = draw(world.k0, world.k1, seat, world.month, stream, acceptance.STAY_ORDINAL)
        stays = int64(world.conduct.acts.stay[which])
        if world.responding:
            stays = response.holds_on(world, which, stays, life, scratch)
        life, n = acceptance.go_on(which, w0, w1, stays, life, world.conduct, scratch.acts, n)
    return life, n


@inner
def occasions(world: World, dense: int, scratch: Scratch) -> None:
    """Draw the month's occasions of the group of 32 seats to which a person belongs, at once."""
    first = id_of(world.seats, dense // GROUP * GROUP)
    for envelope in range(world.conduct.envelopes.shape[0]):
        draw_row(
            world.k0, world.k1, first, world.month, world.conduct.envelopes.stream[envelope], 0,
            scratch.words[envelope],
        )  # fmt: skip


@inner
def is_out_of_reach(
    world: World, dense: int, which: int, word: int, more: int, life: int, coarse: int,
    scratch: Scratch,
) -> bool:  # fmt: skip
    """Whether nobody with these coarse traits would wish for the act, or do it.

    Asked before all traits are worked out; ``more``: what responses add. False where it is not
    known, as for somebody who was named, or where lives turn over.
    """
    known = scratch.whose[0] == dense + 1 or world.persons.life.shape[0] > 0
    if known or field(life, STIGMA, 6):
        return False
    most = acceptance.most_ready(which, world.conduct, coarse) + max(more, 0)
    return word >= threshold(most, world.exp2)


@apart
def meet(
    world: World, me: Person, cell: int, place: int, life: int, n: int, scratch: Scratch
) -> tuple[int, int]:
    """Candidate ``place`` fell into ``cell``: act on it or not; (life, number of acts)."""
    dense, seat, open_slots = me.number, me.seat, me.open_slots
    which, false = cell >> 1, cell & 1
    ordinal = place + acceptance.FALSE_ORDINAL if false else place
    stream = world.conduct.acts.stream[which]
    w0, w1, _, _ = draw(world.k0, world.k1, seat, world.month, stream, ordinal)
    if false:
        prone = observation.proneness(
            world.k0, world.k1, seat, life_number(world, dense), world.conduct
        )
        before = n
        n = acceptance.file_false(which, w0, w1, ordinal, prone, world.conduct, scratch.acts, n)
        if n > before:
            know(world, dense, scratch)  # rules look at traits, also where there was no act
        return life, n
    more, weighed = int64(0), int64(0)
    if world.responding:
        more = life_effects.shift(world, life, which, scratch)
        weighed = response.most_added(world, which, scratch)
    if is_out_of_reach(world, dense, which, w0, more + weighed, life, me.coarse, scratch):
        return life, n
    know(world, dense, scratch)
    ready = acceptance.readiness(which, world.conduct, scratch.traits)
    wishes = w0 < threshold(ready, world.exp2)
    does = wishes
    if world.responding:
        more += response.shame_in(world, which, life, scratch)
        does = w0 < threshold(ready + more + weighed, world.exp2)
        if does:  # only then what is at stake is worked out
            size = acceptance.amount_class(which, w1, world.conduct)
            more += response.weighs(world, dense, seat, which, size, open_slots, scratch)
            does = w0 < threshold(ready + more, world.exp2)
        if world.stakes.kind[which] == SPEECH and (wishes or does):
            response.note(which, 0, scratch)
        if does:
            does = not response.stays_silent(
                world, dense, seat, which, place, w1, open_slots, scratch
            )
        if wishes and not does:
            response.note(which, 1, scratch)
    if does:
        life, n = acceptance.do(which, w1, ordinal, life, world.conduct, scratch.acts, n)
    return life, n
