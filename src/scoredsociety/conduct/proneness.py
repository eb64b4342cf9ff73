"""Errors clustered by person: sixteen equal classes of proneness, with a mean of one.

Independent errors fall on too many people and on too few of them twice (V21, O-W3). A person's
chance of every kind of error is multiplied by X = g U^(g - 1), U uniform and g = 1 + clustering:
the share of all errors that falls on the least prone share p of people is p^g. X / g is
Beta(1 / clustering, 1), so errors among a person's records are beta-binomial. A class takes the
exact mean of X over its sixteenth of people. ``clustering`` 0 is one for everybody.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache

from scoredsociety.conduct.tables import PRONE_CLASSES


@cache
def multipliers(clustering: Decimal) -> tuple[Decimal, ...]:
    """The multiplier of each class, the least prone first; their mean is 1."""
    if not clustering:
        return (Decimal(1),) * PRONE_CLASSES
    with localcontext() as context:
        context.prec = 28
        g = 1 + clustering
        below = [(Decimal(k) / PRONE_CLASSES) ** g for k in range(PRONE_CLASSES + 1)]
        return tuple(
            PRONE_CLASSES * (high - low) for low, high in zip(below, below[1:], strict=False)
        )
