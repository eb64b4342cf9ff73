"""Silence: wishing to speak and not speaking (S1-23, S1-28, S2-38, S3-75).

Private opinion and public expression are different states. Willingness form: one speaks where
the wish, and the share of ties who spoke last month, outweigh the feared loss (Granovetter 1978,
Kuran 1995 [M]); fear reaches speech that no rule names, less with each step of act distance.
Flat form: a fixed share is given up once one knows of the scheme (V18: a fall of 20 %). Only acts
of protected speech and petitions are in it; praise is not.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import SILENCE as RESPONSE
from scoredsociety.engine import control
from scoredsociety.engine.respond.deterrence import symbol_of
from scoredsociety.engine.respond.mind import (
    M_BELIEF,
    M_SPOKE,
    M_TIES,
    MILLION,
    chance,
    look,
    share,
    stands,
)
from scoredsociety.engine.respond.stakes import SPEECH, feared
from scoredsociety.engine.state import grade_in, lists_in
from scoredsociety.engine.world import Scratch, World, where_is
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.society.tables import PRIVATE_OPINION

STREAM = stream("response:silence")
WILLINGNESS, FLAT = 1, 2
WEIGHT, CONFORMITY, OPACITY, SPILL, FLAT_SHARE = range(5)
SEVERITY_UNIT = 10  # a loss of this severity weighs one wish


@inner
def fear(world: World, dense: int, s: int, act: int, scratch: Scratch) -> int:
    """Feared loss (millionths of a wish) of an act under scheme ``s``, scored or near to scored."""
    values = world.responses.values[RESPONSE]
    status = int64(world.exchange.status[dense])
    grade, score = grade_in(status, s), int64(world.exchange.score[s, dense])
    listed = lists_in(status) & world.derived.own_lists[s]
    kind = control.kind_of(int64(world.persons.coarse[dense]), world.derived)
    most = int64(0)
    for other in range(world.conduct.acts.shape[0]):
        if world.stakes.kind[other] != SPEECH:
            continue
        loss = feared(
            s, other, score, grade, listed, symbol_of(world), where_is(world, dense), kind,
            world.schemes, world.stakes,
        )  # fmt: skip
        if loss == 0:
            continue
        loss = loss * MILLION // SEVERITY_UNIT
        if other != act:
            loss = loss * values[SPILL] // MILLION
            if world.stakes.petition[other] != world.stakes.petition[act]:
                loss = loss * values[SPILL] // MILLION
        most = max(most, loss)
    return most * (MILLION + values[OPACITY] * world.stakes.opaque[s]) // MILLION


@inner
def silent(
    world: World, dense: int, seat: int, act: int, place: int, open_slots: int, scratch: Scratch
) -> bool:
    """Whether a person who would do the act of speech ``act`` does not."""
    values = world.responses.values[RESPONSE]
    most = int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        if stands(world, s):
            most = max(most, fear(world, dense, s, act, scratch))
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
