"""What others may see of a person: the score, the lists, that something is denied (S3-38, S3-42).

Four ways in which rule texts and articles have it: *private*, the person alone (O-C5); *shown by
choice*, whoever the person shows it to (S0-20, S1-17, S3-38); *operator*, the operator and its
agencies; *public*, everybody (S3-42, O-S3). What a scheme itself reads of ties is its rule, not
theirs to see, and stays as it is.

Of an operator's scheme others see the score where it is shown to them, and what agencies refuse. Of
somebody who keeps a score back that it is usual to show, others take the mean of those who do: that
inference is the mechanism of voluntary showing (Grossman 1981, Milgrom 1981 [M]).
"""

from __future__ import annotations

from scoredsociety.conduct.tables import JOINING
from scoredsociety.engine.layout import SHOWS
from scoredsociety.engine.month_view import World
from scoredsociety.kernel import inner, int64
from scoredsociety.scheme import tables as t

HIDDEN_MEAN = 0  # column of World.scalars


@inner
def sees_sanction(world: World, s: int) -> bool:
    """Whether ties see what scheme ``s`` denies."""
    return world.schemes.schemes.visibility[s] != t.PRIVATE


@inner
def shows_score(world: World, status: int, s: int) -> bool:
    """Whether a stranger sees the score of scheme ``s``: it is public, or the person shows it."""
    visibility = world.schemes.schemes.visibility[s]
    if visibility == t.PUBLIC:
        return True
    return visibility != t.PRIVATE and status & SHOWS != 0


@inner
def score_of(world: World, other: int, s: int, row: int, one: int) -> int:
    """Score (centipoints) that ``one`` takes a tie to have: the true one, a guess, or the own.

    ``row`` of the exchange's scores: that of scheme ``s``, or of its part without peers. Where
    nothing can be known, nothing sets the tie apart: the own score stands for it.
    """
    visibility = world.schemes.schemes.visibility[s]
    status = int64(world.exchange.status[other])
    if visibility == t.EVERYTHING or shows_score(world, status, s):
        return int64(world.exchange.score[row, other])
    if visibility == t.SHOWN_BY_CHOICE and world.responses.forms[JOINING]:
        return int64(world.scalars[s, HIDDEN_MEAN])
    return int64(world.exchange.score[row, one])
