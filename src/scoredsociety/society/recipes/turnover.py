"""Turnover of lives, as a recipe states it: deaths, moves, and what passes on.

The number of people is constant: a death, a birth or a move is one life leaving a seat and
another entering (society/people/lives.py). Ages turn with the months, and the ages of a recipe hold
in every month, because households give way to others exactly where the recipe has fewer heads of
the next age, and begin where it has more: a stationary population, worked out here from
``kin.head_ages``. Only deaths, moves and inheritance are numbers of their own; all are assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from scoredsociety.document.shape import Misplaced
from scoredsociety.fixed import ONE
from scoredsociety.society import places as p
from scoredsociety.society.recipes.parts import Share, Sourced
from scoredsociety.society.recipes.pool_maker import PoolMaker
from scoredsociety.society.recipes.quantiles import exact

if TYPE_CHECKING:
    from scoredsociety.society.recipes.parts import Kin

ALIVE = 1 << 30  # scale of ``survival``: times a 32-bit word it fits 63 bits
SHORTEST_TENTH = Fraction(1, 4)  # years between two tenths of heads' ages, at least


class Turnover(Sourced):
    """Yearly death rates from each age on, households that move, and what heirs take over."""

    on: bool = False
    ages: Annotated[list[int], Field(min_length=1, max_length=30)]
    deaths: list[Share]  # a year, from each of ``ages`` on
    moves: float = Field(ge=0, le=0.9)  # share of households a year
    heirs: Share  # of households that give way: heirs take over their savings
    schooling: Share  # of those born into a household: a parent's rank in schooling

    @model_validator(mode="after")
    def fits(self) -> Self:
        if len(self.deaths) != len(self.ages):
            raise ValueError(f"{len(self.deaths)} deaths for {len(self.ages)} ages")
        if self.ages[0] != 0 or any(a >= b for a, b in zip(self.ages, self.ages[1:], strict=False)):
            raise ValueError("ages must begin at 0 and rise")
        return self

    @property
    def turns(self) -> bool:
        """Whether any life ends: it is on, and not every rate is 0."""
        return self.on and (self.moves > 0 or any(self.deaths))

    def death_rate(self, age: int) -> Fraction:
        """Share who die within a year at an age."""
        return exact([d for a, d in zip(self.ages, self.deaths, strict=True) if a <= age][-1])


def put_turnover(pool: PoolMaker, turnover: Turnover | None, kin: Kin) -> None:
    """The tables of succession (places.py); none where nothing turns over."""
    if turnover is None or not turnover.turns:
        return
    pool.params.turns = 1
    pool.put("succession", _succession(kin))
    alive, rows = Fraction(ALIVE), []
    for age in range(p.OLDEST + 1):
        rows.append(round(alive))
        alive *= 1 - turnover.death_rate(age)
    pool.put("survival", rows)
    stays, left = [], Fraction(1)
    for _ in range(p.LONGEST_STAY):
        left *= 1 - exact(turnover.moves)
        stays.append(min(round((1 - left) * ONE), ONE - 1))
    pool.put("stays", stays)
    pool.params.heirs = round(exact(turnover.heirs) * ONE)
    pool.params.schooled = round(exact(turnover.schooling) * ONE)


def _succession(kin: Kin) -> list[int]:
    """Rows of ``succession`` in the order of the structures of each size."""
    rows: list[int] = []
    for size in range(1, 11):
        found = [row for row in kin.structure if row.size == size]
        flows = {row.head: flow(kin.head_ages[row.head], row.head) for row in found}
        begun = [flows[row.head].rate for row in found]
        both = list(zip(found, begun, strict=True))
        rural = _thresholds([exact(row.rural) * rate for row, rate in both])
        urban = _thresholds([exact(row.urban) * rate for row, rate in both])
        for k, row in enumerate(found):
            one = flows[row.head]
            rows += [rural[k], urban[k], *one.knots, *one.gives_way, *one.begins]
    return rows


def _thresholds(parts: Sequence[Fraction]) -> list[int]:
    """Cumulative thresholds of parts in proportion; the last takes all."""
    total, running, out = sum(parts, Fraction(0)), Fraction(0), []
    for part in parts:
        running += part
        out.append(round(running / total * ONE))
    return out


class HouseholdFlow:
    """Where households of one composition begin and give way, by the age of their head.

    Between two tenths of ``ages`` heads are evenly many at every age. Past a tenth with fewer of
    them, the surplus gives way; at a tenth with more, households begin.
    """

    def __init__(self, knots: list[int], gives_way: list[int], begins: list[int], rate: Fraction):
        self.knots = knots  # months
        self.gives_way = gives_way  # thresholds
        self.begins = begins  # cumulative thresholds
        self.rate = rate  # households that begin, of all, a year


def flow(ages: Sequence[float], name: str) -> HouseholdFlow:
    """The flow that keeps the ages of heads (eleven values at 0, 10, ... 100 %) as they are."""
    at = [exact(age) for age in ages]
    widths = [high - low for low, high in zip(at, at[1:], strict=False)]
    if min(widths) < SHORTEST_TENTH:
        raise Misplaced.at(
            f"kin.head_ages.{name}",
            f"with turnover, its values must rise by at least {float(SHORTEST_TENTH)} years",
        )
    dense = [Fraction(0), *(Fraction(1, 10) / width for width in widths), Fraction(0)]
    steps = list(zip(dense, dense[1:], strict=False))  # density before and after each knot
    gives_way = [round((1 - after / before) * ONE) if before > after else 0
                 for before, after in steps]  # fmt: skip
    begins = [max(after - before, Fraction(0)) for before, after in steps[:-1]]
    rate = sum(begins, Fraction(0))
    return HouseholdFlow([round(age * 12) for age in at], gives_way, _thresholds(begins), rate)
