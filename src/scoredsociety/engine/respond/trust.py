"""Trust: a helping game with strangers (S2-10, S2-48, O-K10).

Once a month a person who knows of the scheme meets a stranger of the community. Image form: a
score that is shown raises or lowers the chance of help (Nowak and Sigmund 1998 [M]). Suspicion
form: seeing scores at all lowers it (O-K10), most for those who show a low one.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import TRUST as RESPONSE
from scoredsociety.engine.collect import somebody_else
from scoredsociety.engine.respond.mind import chance
from scoredsociety.engine.state import SHOWS, grade_in
from scoredsociety.engine.world import World
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.scheme import tables as t

STREAM = stream("response:trust")
IMAGE, SUSPICION = 1, 2
HELP, IMAGE_SIZE, SUSPICION_SIZE = range(3)


@inner
def helps(world: World, dense: int, seat: int) -> int:
    """1 helped, 0 did not, -1 met nobody."""
    word, who, _, _ = draw(world.k0, world.k1, seat, world.month, STREAM, 0)
    other = somebody_else(dense, who, world.seats.community_size, world.seats.people)
    if other < 0:
        return int64(-1)
    values = world.responses.values[RESPONSE]
    odds = int64(values[HELP])
    status = int64(world.exchange.status[other])
    if status & SHOWS and grade_in(status, 0) != t.NO_GRADE:
        score = int64(world.exchange.score[0, other])
        middle = (world.schemes.schemes[0, t.S_LOW] + world.schemes.schemes[0, t.S_HIGH]) // 2
        if world.responses.forms[RESPONSE] == IMAGE:
            odds += values[IMAGE_SIZE] if score >= middle else -values[IMAGE_SIZE]
        else:
            odds -= values[SUSPICION_SIZE] * (1 if score >= middle else 2)
    return int64(1) if word < chance(odds) else int64(0)
