"""Deterrence: doing less of what rules punish (S3-69, S3-75, S2-37).

Perceptual form: the log odds of an act fall with the believed chance of sanction, and with that
chance times the loss of crossing a boundary; belief rises with sanctions of one's own and of ties
(Anwar and Loughran 2011 [M]), and returns to its prior the faster, the fewer of them show any.
What is kept is the distance from the prior, so a blank life is at it, whenever it becomes aware.
Threshold form: each person gives an act up when the expected loss passes a limit of their own.
Effects of certainty are moderate and of severity small (Nagin 2013; Chalfin and McCrary 2017 [A]);
``crowding`` lets sanctions weaken the own motive (O-K12).
"""

from __future__ import annotations

from scoredsociety.conduct.tables import DETERRENCE as RESPONSE
from scoredsociety.engine.layout import BELIEF, BELIEF_BITS, field, set_field
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.respond.perception import (
    BELIEF_STEP,
    M_BELIEF,
    M_DENIED,
    M_SANCTIONED,
    M_TIES,
    MILLION,
    chance,
    look,
    share,
)
from scoredsociety.fixed import NEVER
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw, stream

STREAM = stream("response:belief")
LIMITS = stream("response:limit")
PERCEPTUAL, THRESHOLD = 1, 2
CERTAINTY, SEVERITY, PRIOR, LEARNING, FORGETS, CROWDING = range(6)
LIMIT_UNIT = 40  # severity at which the most careless give an act up
LOG2_OF_LOGIT = 1477  # 1024 / ln 2, log2 units a logit


@inner
def believe(
    world: World, dense: int, seat: int, life: int, open_slots: int, scratch: Scratch
) -> int:
    """The life bits with this month's belief of sanction; scratch.mind receives it."""
    values = world.responses.values[RESPONSE]
    prior = min(values[PRIOR] // BELIEF_STEP, 7)
    above = (field(life, BELIEF, BELIEF_BITS) ^ 8) - 8
    now = min(max(prior + above, 0), 7)
    scratch.mind[M_BELIEF] = now * BELIEF_STEP + BELIEF_STEP // 2
    word, other, _, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
    if word >= chance(values[LEARNING]) and (now == prior or other >= chance(values[FORGETS])):
        return life  # whatever is seen
    news = int64(MILLION)
    if scratch.mind[M_DENIED] == 0:
        look(world, dense, open_slots, scratch)
        news = share(scratch.mind[M_SANCTIONED], scratch.mind[M_TIES])
    if word < chance(values[LEARNING] * news // MILLION):
        now = min(now + 1, 7)
    elif now != prior and other < chance(values[FORGETS] * (MILLION - news) // MILLION):
        now += 1 if now < prior else -1
    else:
        return life
    return set_field(life, BELIEF, BELIEF_BITS, (now - prior) & 15)


@inner
def most(world: World, scratch: Scratch) -> int:
    """The most log2 units that deterrence may add to the readiness for an act (by crowding)."""
    if world.responses.forms[RESPONSE] == THRESHOLD:
        return int64(0)
    return max(_perceived(world, int64(0), scratch), int64(0))


@inner
def _perceived(world: World, feared: int, scratch: Scratch) -> int:
    """Log2 units that the perceptual form adds: the less, the more is feared."""
    values, belief = world.responses.values[RESPONSE], scratch.mind[M_BELIEF]
    logits = values[CERTAINTY] * belief // MILLION
    logits += values[SEVERITY] * belief // MILLION * feared
    logits -= values[CROWDING]
    return -(logits * LOG2_OF_LOGIT // MILLION)


@inner
def shift(world: World, seat: int, feared: int, scratch: Scratch) -> int:
    """Log2 units added to the readiness for an act with ``feared`` severity at stake."""
    if world.responses.forms[RESPONSE] != THRESHOLD:
        return _perceived(world, feared, scratch)
    word, _, _, _ = draw(world.k0, world.k1, seat, 0, LIMITS, 0)
    limit = word * LIMIT_UNIT >> 12  # in units of severity / 2**20
    beyond = (scratch.mind[M_BELIEF] * feared << 20) // MILLION > limit
    return int64(NEVER) if beyond else int64(0)
