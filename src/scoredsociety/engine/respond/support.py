"""Support: accepting the scheme, privately and as said to a survey (S2-32, S3-19, O-K1, O-K11).

Benefit form: support follows what the scheme gives and takes (losses count twice), sanctions
seen among ties, and whether a restriction stems from an error. Surveys measure what is said:
some opponents say that they support (V14), and only the rest object in the open.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import SUPPORT as RESPONSE
from scoredsociety.engine.respond.mind import (
    M_SANCTIONED,
    M_TIES,
    MILLION,
    chance,
    look,
    share,
)
from scoredsociety.engine.state import grade_in
from scoredsociety.engine.world import Scratch, World
from scoredsociety.fixed import logistic
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.scheme import tables as t
from scoredsociety.society.tables import PRIVATE_OPINION

STREAM = stream("response:support")
BASE, GAIN, LOSS, SEEN, ARBITRARY, FALSIFIED = range(6)
SUPPORTS, SAYS_SO, OBJECTS = 1, 2, 4
OPINION_STEP = 300_000  # millionths of a logit a step of private opinion; assumed


@inner
def stance(
    world: World, dense: int, seat: int, status: int, through_error: int, open_slots: int,
    scratch: Scratch,
) -> int:  # fmt: skip
    """Bits SUPPORTS, SAYS_SO (supports when asked), OBJECTS (says otherwise)."""
    values = world.responses.values[RESPONSE]
    look(world, dense, open_slots, scratch)
    logits = values[BASE] + (2 * scratch.traits[PRIVATE_OPINION] - 7) * OPINION_STEP // 2
    for s in range(world.schemes.schemes.shape[0]):
        grade = grade_in(status, s)
        if grade == t.NO_GRADE:
            continue
        balance = -world.stakes.loss[s, grade]
        logits += balance * (values[GAIN] if balance > 0 else values[LOSS])
    seen = share(scratch.mind[M_SANCTIONED], scratch.mind[M_TIES])
    logits -= values[SEEN] * seen // MILLION
    if through_error:
        logits -= values[ARBITRARY]
    word, other, _, _ = draw(world.k0, world.k1, seat, 0, STREAM, 0)
    if word < logistic(int64(logits // 1000), world.logit):
        return SUPPORTS | SAYS_SO
    return SAYS_SO if other < chance(values[FALSIFIED]) else OBJECTS
