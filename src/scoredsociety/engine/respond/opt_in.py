"""Opting in, and showing the score (S0-4, S0-20, S1-13, S1-17, S2-15).

Perks form: those eligible join a scheme alone or because ties are in it (Bass 1969 [M]; V4 bounds
it), and show the score when it beats last month's mean of those who hide theirs: what silence then
says about the rest is the mechanism (Grossman 1981, Milgrom 1981 [M]).
"""

from __future__ import annotations

from scoredsociety.conduct.tables import JOINING as RESPONSE
from scoredsociety.engine.month_view import Scratch, World, know
from scoredsociety.engine.respond.perception import M_IN, M_TIES, chance, look, share
from scoredsociety.kernel import inner
from scoredsociety.keyed import draw, stream

STREAM = stream("response:joining")
ALONE, TIES, SHOW = range(3)


@inner
def joins(world: World, dense: int, seat: int, s: int, open_slots: int, scratch: Scratch) -> bool:
    """Whether somebody eligible who is not in scheme ``s`` joins this month (traits are filled)."""
    values = world.responses.values[RESPONSE]
    own = STREAM ^ world.schemes.schemes.stream[s]
    word, _, _, _ = draw(world.k0, world.k1, seat, world.month, own, 0)
    if word >= chance(values[ALONE] + values[TIES]):
        return False
    look(world, dense, open_slots, scratch)
    inside = share(scratch.mind[M_IN + s], scratch.mind[M_TIES])
    if word >= chance(values[ALONE] + values[TIES] * inside // 1_000_000):
        return False
    know(world, dense, scratch)
    return True


@inner
def shows(world: World, seat: int, s: int, score: int) -> bool:
    """Whether a subject of scheme ``s`` shows a score that beats the mean of those who hide."""
    own = STREAM ^ world.schemes.schemes.stream[s]
    word, _, _, _ = draw(world.k0, world.k1, seat, 0, own, 1)
    return score > world.scalars[s, 0] and word < chance(world.responses.values[RESPONSE, SHOW])
