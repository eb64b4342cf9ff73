"""What restrictions do to a life (S0-8 to S0-10, S3-52 to S3-60): small by default, on switches.

A year more of a credit flag cost 3 % of employment in Sweden (Bos et al. 2018 [A]) and nearly
nothing in the US (Dobbie et al. 2020 [A]): bounds 0 to 3. Refused journeys are attempts (V10),
counted by the means that is denied; who earns more tries more often (assumed).
"""

from __future__ import annotations

from scoredsociety.conduct.tables import CONTEXTS, CREDIT, INCOME, ONLINE, SCHOOL, TRAVEL, WORK
from scoredsociety.engine.layout import WORKLESS, field, set_field
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.respond.perception import M_DENIED, MILLION, chance
from scoredsociety.engine.respond.stakes import ARREARS, SPEECH
from scoredsociety.engine.respond.stakes import ONLINE as ONLINE_ACT
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.society import tables as so

JOURNEYS, JOBS, SCHOOLS = stream("life:travel"), stream("life:work"), stream("life:schooling")
C_WORK, C_FINANCE = CONTEXTS.index("work"), CONTEXTS.index("finance")
C_PLATFORM = CONTEXTS.index("platform")
C_EDUCATION, C_SPEECH = CONTEXTS.index("education"), CONTEXTS.index("speech")
FLIGHT, TRAIN, CHILD = 1, 2, 4
# places of the coefficients, effect by effect
LOSS, FOUND = range(2)
STRAIN, MORE_ARREARS, LESS, WOULD_PAY = 0, 0, 0, 0
BY_AIR, BY_RAIL, GRADIENT = range(3)
INCOME_SHIFT, INCOME_MASK = so.KEPT["income_fifth"]
RICHEST = so.TRAIT_HIGHEST["income_fifth"]
EMPLOYED_FROM, EMPLOYED_TO = 3, 6  # work codes that earn wages


@inner
def denied_in(world: World, context: int, scratch: Scratch) -> bool:
    """Whether something is denied to the person in this context."""
    return scratch.mind[M_DENIED] & world.stakes.contexts[context] != 0


@inner
def work(world: World, seat: int, life: int, scratch: Scratch) -> int:
    """The life bits with work lost or found this month."""
    if world.responses.forms[WORK] == 0:
        return life
    out = field(life, WORKLESS, 1)
    if not out and not denied_in(world, C_WORK, scratch):
        return life
    word, _, _, _ = draw(world.k0, world.k1, seat, world.month, JOBS, 0)
    if out:
        found = word < chance(world.responses.values[WORK, FOUND])
        return set_field(life, WORKLESS, 1, 0) if found else life
    lost = word < chance(world.responses.values[WORK, LOSS])
    return set_field(life, WORKLESS, 1, 1) if lost else life


@apart
def shift(world: World, life: int, act: int, scratch: Scratch) -> int:
    """Log2 units that restrictions add to (or take from) the readiness for an act."""
    kind, logits = world.stakes.kind[act], int64(0)
    if kind == ARREARS:
        if world.responses.forms[CREDIT] and denied_in(world, C_FINANCE, scratch):
            logits += world.responses.values[CREDIT, STRAIN]
        if world.responses.forms[INCOME] and field(life, WORKLESS, 1):
            logits += world.responses.values[INCOME, MORE_ARREARS]
    elif world.responses.forms[ONLINE] and kind in (ONLINE_ACT, SPEECH):
        slowed = denied_in(world, C_PLATFORM, scratch) or denied_in(world, C_SPEECH, scratch)
        logits -= world.responses.values[ONLINE, LESS] if slowed else 0
    return logits * 1477 // MILLION


@inner
def journeys(world: World, seat: int, coarse: int, scratch: Scratch) -> int:
    """FLIGHT | TRAIN: journeys by a means that is denied, tried this month."""
    flights = scratch.mind[M_DENIED] & world.stakes.means[0]
    trains = scratch.mind[M_DENIED] & world.stakes.means[1]
    if world.responses.forms[TRAVEL] == 0 or flights | trains == 0:
        return int64(0)
    values = world.responses.values[TRAVEL]
    above = 2 * ((coarse >> INCOME_SHIFT) & INCOME_MASK) - RICHEST  # -4 to 4
    tries = MILLION + values[GRADIENT] * above // RICHEST  # of equal fifths the mean is one
    word, other, _, _ = draw(world.k0, world.k1, seat, world.month, JOURNEYS, 0)
    result = int64(0)
    if flights and word < chance(values[BY_AIR] * tries // MILLION):
        result |= FLIGHT
    if trains and other < chance(values[BY_RAIL] * tries // MILLION):
        result |= TRAIN
    return result


@inner
def refused(world: World, seat: int, coarse: int, scratch: Scratch) -> int:
    """FLIGHT | TRAIN | CHILD: journeys tried and refused, and a child kept out, this month."""
    result = journeys(world, seat, coarse, scratch)
    if world.responses.forms[SCHOOL] and denied_in(world, C_EDUCATION, scratch):
        word, _, _, _ = draw(world.k0, world.k1, seat, 0, SCHOOLS, 0)
        pays = word < chance(world.responses.values[SCHOOL, WOULD_PAY])
        result |= CHILD if pays and scratch.traits[so.CHILDREN] > 0 else 0
    return result
