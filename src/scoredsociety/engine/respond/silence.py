"""Silence: wishing to speak and not speaking (S1-23, S1-28, S2-38, S3-75).

Private opinion and public expression are different states. Willingness form: one speaks where
the wish, and the share of ties who spoke last month, outweigh the feared loss (Granovetter 1978,
Kuran 1995 [M]); fear reaches speech that no rule names, less with each step of act distance.
Flat form: a fixed share is given up once one knows of the scheme (V18: a fall of 20 %). Only acts
of protected speech and petitions are in it; praise is not.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import SILENCE as RESPONSE
from scoredsociety.engine.act import acceptance
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.respond import worth
from scoredsociety.engine.respond.perception import (
    M_BELIEF,
    M_SPOKE,
    M_TIES,
    MILLION,
    chance,
    look,
    share,
)
from scoredsociety.engine.respond.stakes import SPEECH
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.society.tables import PRIVATE_OPINION

STREAM = stream("response:silence")
WILLINGNESS, FLAT = 1, 2
WEIGHT, CONFORMITY, OPACITY, SPILL, FLAT_SHARE = range(5)
SEVERITY_UNIT = 10  # a loss of this severity weighs one wish


@inner
def fear(
    world: World, dense: int, act: int, amount: int, open_slots: int, scratch: Scratch
) -> int:
    """Feared loss (millionths of a wish) of an act of speech, booked itself or near to one.

    ``amount``: the word that chooses the amount.
    """
    values = world.responses.values[RESPONSE]
    most = int64(0)
    for other in range(world.conduct.acts.shape[0]):
        if world.stakes.kind[other] != SPEECH or not world.stakes.read[other]:
            continue
        size = acceptance.amount_class(other, amount, world.conduct)
        worth.weigh(world, dense, other, size, open_slots, scratch)
        loss = worth.feared(world, values[OPACITY], scratch) // SEVERITY_UNIT
        if other != act:
            loss = loss * values[SPILL] // MILLION
            if world.stakes.petition[other] != world.stakes.petition[act]:
                loss = loss * values[SPILL] // MILLION
        most = max(most, loss)
    return most


@inner
def silent(
    world: World, dense: int, seat: int, act: int, place: int, amount: int, open_slots: int,
    scratch: Scratch,
) -> bool:  # fmt: skip
    """Whether a person who would do the act of speech ``act`` does not.

    ``amount``: the word that chooses the amount.
    """
    values = world.responses.values[RESPONSE]
    most = fear(world, dense, act, amount, open_slots, scratch)
    if most == 0:
        return False
    word, _, _, _ = draw(world.k0, world.k1, seat, world.month, STREAM ^ act, place)
    if world.responses.forms[RESPONSE] == FLAT:
        return word < chance(values[FLAT_SHARE])
    look(world, dense, open_slots, scratch)
    spoke = share(scratch.mind[M_SPOKE], scratch.mind[M_TIES])
    wish = word * MILLION >> 32
    wish = wish * (14 - scratch.traits[PRIVATE_OPINION]) // 7  # critics wish it more
    wish += values[CONFORMITY] * spoke // MILLION
    return wish < values[WEIGHT] * scratch.mind[M_BELIEF] // MILLION * (most // 1000) // 1000
