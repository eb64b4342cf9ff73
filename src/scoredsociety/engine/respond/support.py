"""Support: accepting the scheme, privately and as said to a survey (S2-32, S3-19, O-K1, O-K11).

Benefit form: support follows what the scheme gives and takes (losses count twice), sanctions
seen among ties, whether a restriction stems from an error, how unlike people of like conduct are
treated (the criteria "unfair and arbitrary" of S3-19), and reports of officials' wrongdoing.
Surveys measure what is said: some opponents say that they support (V14), and only the rest
object in the open. Of a suspended scheme nothing is counted.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import SUPPORT as RESPONSE
from scoredsociety.engine import tally
from scoredsociety.engine.control import consequences
from scoredsociety.engine.layout import grade_in, gravity_in, lists_in
from scoredsociety.engine.month_view import Scratch, World, opinion_of
from scoredsociety.engine.respond.perception import (
    M_SANCTIONED,
    M_TIES,
    MILLION,
    chance,
    look,
    share,
    stands,
)
from scoredsociety.engine.respond.stakes import severity_of
from scoredsociety.engine.state import MISUSE, UNLIKE
from scoredsociety.engine.tally import Tallies
from scoredsociety.fixed import logistic
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.scheme import tables as t

STREAM = stream("response:support")
BASE, GAIN, LOSS, SEEN, ARBITRARY, FALSIFIED, UNLIKE_WEIGHT, MISUSE_WEIGHT = range(8)
SUPPORTS, SAYS_SO, OBJECTS = 1, 2, 4
OPINION_STEP = 300_000  # millionths of a logit a step of private opinion; assumed
THOUSAND = 1000


@inner
def under(world: World, kind: int, s: int, status: int, scratch: Scratch) -> int:
    """Severity that scheme ``s`` puts on the person, rewards taken off.

    ``status`` and scratch.scores: as published this month.
    """
    mask = consequences.of_scheme(
        s, grade_in(status, s), scratch.scores[s], lists_in(status), kind, world.schemes,
        world.derived,
    )  # fmt: skip
    return severity_of(mask, world.stakes)


@inner
def stance(
    world: World, dense: int, seat: int, status: int, through_error: int, open_slots: int,
    coarse: int, scratch: Scratch,
) -> int:  # fmt: skip
    """Bits SUPPORTS, SAYS_SO (supports when asked), OBJECTS (says otherwise)."""
    values = world.responses.values[RESPONSE]
    look(world, dense, open_slots, scratch)
    opinion = opinion_of(world, dense, coarse, scratch)
    logits = values[BASE] + (2 * opinion - 7) * OPINION_STEP // 2
    kind = consequences.kind_of(coarse, world.derived)
    standing = False
    for s in range(world.schemes.schemes.shape[0]):
        if grade_in(status, s) == t.NO_GRADE or not stands(world, s):
            continue
        standing = True
        balance = -under(world, kind, s, status, scratch)
        logits += balance * (values[GAIN] if balance > 0 else values[LOSS])
        logits -= values[UNLIKE_WEIGHT] * world.scalars[s, UNLIKE] // THOUSAND
    seen = share(scratch.mind[M_SANCTIONED], scratch.mind[M_TIES])
    logits -= values[SEEN] * seen // MILLION
    if through_error:
        logits -= values[ARBITRARY]
    if standing:
        logits -= values[MISUSE_WEIGHT] * world.scalars[0, MISUSE] // THOUSAND
    word, other, _, _ = draw(world.k0, world.k1, seat, 0, STREAM, 0)
    if word < logistic(int64(logits // 1000), world.logit):
        return SUPPORTS | SAYS_SO
    return SAYS_SO if other < chance(values[FALSIFIED]) else OBJECTS


@inner
def note(world: World, kind: int, status: int, scratch: Scratch, tallies: Tallies) -> None:
    """Count what each scheme puts on somebody, by the gravity of their latest violation."""
    gravity = min(gravity_in(status), tally.GRAVITIES - 1)
    for s in range(world.schemes.schemes.shape[0]):
        if grade_in(status, s) == t.NO_GRADE or not stands(world, s):
            continue
        severity = under(world, kind, s, status, scratch)
        tallies.treated[s, gravity, tally.T_PERSONS] += 1
        tallies.treated[s, gravity, tally.T_SUM] += severity
        tallies.treated[s, gravity, tally.T_SQUARES] += severity * severity
