"""Shame and defiance after being named (S1-30, S2-31, O-S3, O-K9).

Where the scheme is accepted, naming lowers the odds of further acts, more where neighbours know
one another (Braithwaite 1989 [M]); where it is not, it raises them (Sherman 1993 [M]). The
defiant form knows only the second. Naming wears off after a declared number of months.
A person is named by a list that others see, and by whatever takes the good name (a grade shown on
television, S2-31). What is under way (arrears, above all) is shamed as what is not yet done: the
odds of going on with it move by as much, so it ends sooner, or later where naming makes defiant.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import SHAME as RESPONSE
from scoredsociety.engine.layout import STIGMA, field, set_field
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.respond.perception import MILLION
from scoredsociety.fixed import Ints, threshold
from scoredsociety.kernel import inner, int64
from scoredsociety.society.tables import PRIVATE_OPINION, URBAN

REINTEGRATIVE, DEFIANT = 1, 2
SHAME, DEFIANCE, MONTHS = range(3)
ACCEPTS = 4  # private opinion from which naming shames


@inner
def wear(world: World, life: int, listed: int) -> int:
    """The life bits with the months of stigma that are left."""
    if listed:
        months = min(world.responses.values[RESPONSE, MONTHS] // MILLION, 63)
        return set_field(life, STIGMA, 6, months)
    left = field(life, STIGMA, 6)
    return set_field(life, STIGMA, 6, max(left - 1, 0))


@inner
def shift(world: World, life: int, scratch: Scratch) -> int:
    """Log2 units added to the readiness for a punished act of somebody who was named."""
    if field(life, STIGMA, 6) == 0:
        return int64(0)
    values = world.responses.values[RESPONSE]
    accepts = scratch.traits[PRIVATE_OPINION] >= ACCEPTS
    if accepts and world.responses.forms[RESPONSE] == REINTEGRATIVE:
        cohesion = 1 if scratch.traits[URBAN] else 2  # halves: villages know one another
        return -(values[SHAME] * cohesion // 2 * 1477 // MILLION)
    return values[DEFIANCE] * 1477 // MILLION


@inner
def holds_on(stays: int, moved: int, exp2: Ints) -> int:
    """Threshold of going on: ``stays`` with its odds times 2**(moved / 1024).

    Odds are multiplied by a whole number of 65,536ths, so that integers decide.
    """
    less = max(threshold(-abs(moved), exp2) >> 16, 1)
    on, over = stays, (int64(1) << 32) - stays
    if moved < 0:
        on, over = on * less, over << 16
    else:
        on, over = on << 16, over * less
    return (on << 14) // ((on + over) >> 18)
