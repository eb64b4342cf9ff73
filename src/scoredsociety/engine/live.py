"""A person's month of conduct: episodes go on, occasions become acts or do not."""

from __future__ import annotations

from scoredsociety.conduct import tables as c
from scoredsociety.engine import act, collect
from scoredsociety.engine.respond import person
from scoredsociety.engine.respond.stakes import SPEECH
from scoredsociety.engine.succession import life_number
from scoredsociety.engine.world import Scratch, World, know
from scoredsociety.fixed import threshold
from scoredsociety.kernel import inner
from scoredsociety.keyed import draw
from scoredsociety.society.tables import COARSE_FRAILTY


@inner
def live(
    world: World, dense: int, seat: int, life: int, open_slots: int, coarse: int,
    scratch: Scratch,
) -> tuple[int, int]:
    """What the person does this month, into scratch.acts; (acts, life)."""
    n = 0
    if life & 255:
        know(world, dense, scratch)
        life, n = act.episodes(
            world.k0, world.k1, seat, world.month, life, world.conduct, scratch.acts, n
        )
    frailty = coarse >> COARSE_FRAILTY
    for envelope in range(world.conduct.envelopes.shape[0]):
        count, w1, w2, w3 = act.candidates(
            world.k0, world.k1, seat, world.month, envelope, frailty, world.conduct
        )
        for place in range(count):
            cell = act.cell_of(
                world.k0, world.k1, seat, world.month, envelope, place, w1, w2, w3,
                world.conduct,
            )  # fmt: skip
            if cell >= 0:
                life, n = meet(world, dense, seat, cell, place, life, open_slots, n, scratch)
    return n, life


@inner
def meet(
    world: World, dense: int, seat: int, cell: int, place: int, life: int, open_slots: int,
    n: int, scratch: Scratch,
) -> tuple[int, int]:  # fmt: skip
    """Candidate ``place`` fell into ``cell``: act on it or not; (life, number of acts)."""
    which, false = cell >> 1, cell & 1
    ordinal = place + act.FALSE_ORDINAL if false else place
    stream = world.conduct.acts[which, c.A_STREAM]
    w0, w1, _, _ = draw(world.k0, world.k1, seat, world.month, stream, ordinal)
    know(world, dense, scratch)  # rules look at traits, also for a record without an act
    if false:
        prone = collect.proneness(
            world.k0, world.k1, seat, life_number(world, dense), world.conduct
        )
        n = act.file_false(which, w0, w1, ordinal, prone, world.conduct, scratch.acts, n)
        return life, n
    ready = act.readiness(which, world.conduct, scratch.traits)
    wishes = w0 < threshold(ready, world.exp2)
    does = wishes
    if world.responding:
        more = person.shift(world, dense, seat, which, life, scratch)
        does = w0 < threshold(ready + more, world.exp2)
        if world.stakes.kind[which] == SPEECH and (wishes or does):
            person.note(which, 0, scratch)
        if does:
            does = not person.stays_silent(
                world, dense, seat, which, place, open_slots, scratch
            )
        if wishes and not does:
            person.note(which, 1, scratch)
    if does:
        life, n = act.do(which, w1, ordinal, life, world.conduct, scratch.acts, n)
    return life, n
