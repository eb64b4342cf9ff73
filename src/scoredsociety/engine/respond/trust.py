"""Trust: a helping game with strangers (S2-10, S2-48, O-K10).

Once a month a person who knows of the scheme meets a stranger of the community. Image form: a
score that is shown raises or lowers the chance of help (Nowak and Sigmund 1998 [M]). Suspicion
form: seeing scores at all lowers it (O-K10), most for those who show a low one. Who shows, shows
the scores of all schemes that score them; where they differ, the mean counts.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import TRUST as RESPONSE
from scoredsociety.engine.collect.observation import somebody_else
from scoredsociety.engine.layout import grade_in
from scoredsociety.engine.month_view import World
from scoredsociety.engine.publish import visibility
from scoredsociety.engine.respond.perception import chance, stands
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.scheme import tables as t

STREAM = stream("response:trust")
IMAGE, SUSPICION = 1, 2
HELP, IMAGE_SIZE, SUSPICION_SIZE = range(3)


@inner
def shown(world: World, other: int) -> tuple[int, int]:
    """Of the scores seen of a stranger: in the upper half of their scale, in the lower half."""
    status = int64(world.exchange.status[other])
    high, low = int64(0), int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        bottom, top = world.schemes.schemes.low[s], world.schemes.schemes.high[s]
        if grade_in(status, s) == t.NO_GRADE or bottom == top or not stands(world, s):
            continue  # not scored there, a list, which has no score, or suspended
        if not visibility.shows_score(world, status, s):
            continue
        if int64(world.exchange.score[s, other]) >= (bottom + top) // 2:
            high += 1
        else:
            low += 1
    return high, low


@inner
def helps(world: World, dense: int, seat: int) -> int:
    """1 helped, 0 did not, -1 met nobody."""
    word, who, _, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
    other = somebody_else(dense, who, world.seats.community_size, world.seats.people)
    if other < 0:
        return int64(-1)
    values = world.responses.values[RESPONSE]
    odds = int64(values[HELP])
    high, low = shown(world, other)
    if high + low > 0:
        if world.responses.forms[RESPONSE] == IMAGE:
            odds += values[IMAGE_SIZE] * (high - low) // (high + low)
        else:
            odds -= values[SUSPICION_SIZE] * (high + 2 * low) // (high + low)
    return int64(1) if word < chance(odds) else int64(0)
