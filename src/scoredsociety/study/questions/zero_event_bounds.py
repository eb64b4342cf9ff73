"""What a run in which something never happened still does not rule out: a bound for each answer.

Where nothing was counted among n persons, the answer is not known to be nothing: up to 3 / n of
them may be concerned (measure/statistics/zero_counts.py). Persons of one household are not
independent, so n is households; and whoever is concerned may be so in every month (an act: once a
year), so the bound is that share of the most that the answer can be. It is wide on purpose. Where
the rules themselves leave no room (a scheme without rules, a restriction that no rule knows)
nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Callable
from math import nan

from scoredsociety.engine import tally as ta
from scoredsociety.measure.statistics.zero_counts import none_of
from scoredsociety.runs.prepare import Prepared
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import Observed
from scoredsociety.study.questions.drawn_traits import held
from scoredsociety.study.questions.indicator_functions import Read, person_months

MONTHS = 12  # acts of a kind that anybody is taken to wish for in a year, at most


def everybody(case: Case, made: Observed) -> float:
    """Persons of the society."""
    return float(made.year.persons[0]) / made.year_months


def of_margins(*places: int) -> Read:
    """Subjects of the smallest of some margins."""

    def read(case: Case, made: Observed) -> float:
        months = person_months(case, made)
        return min(float(months[place]) for place in places) / made.year_months

    return read


def who_know(case: Case, made: Observed) -> float:
    """Persons who know of the scheme, in a mean month."""
    return float(made.year.responses[ta.V_KNOWS, 0]) / made.year_months


def who_wish(chosen: Callable[[Case, int], bool]) -> Read:
    """Persons behind the acts wished for, at least: nobody wishes more often than every month."""

    def read(case: Case, made: Observed) -> float:
        acts = [place for place in range(len(made.year.acts)) if chosen(case, place)]
        return float(made.year.wished[acts, 0].sum()) / MONTHS

    return read


def who_head_a_firm(case: Case, made: Observed) -> float:
    """Heads of firms, or the other adults, whichever are fewer."""
    who = held(case)
    return nan if who is None else float(min(who.firm.sum(), (who.adult & ~who.firm).sum()))


def width(case: Case, made: Observed) -> float:
    """Points from one end of the scheme's scale to the other."""
    row = case.prepared.inputs.schemes[-1][1].schemes[case.main]
    return float(row.high - row.low) / 100


def bound(
    case: Case, made: Observed, among: Read, most: float | Read, by_rules: bool = True,
    level: float = 0.95,
) -> float:
    """The largest answer that one run without a single event does not rule out; 0: it is exact.

    ``by_rules``: it cannot happen under a scheme that has none. ``level``: how surely.
    """
    if by_rules and not len(case.prepared.inputs.schemes[-1][1].rules):
        return 0.0
    highest = most(case, made) if callable(most) else most
    if not highest:
        return 0.0
    homes = among(case, made) / household_size(case.prepared)
    return highest * none_of(homes, level) if homes > 0 else highest


def household_size(prepared: Prepared) -> float:
    """Mean persons of a household in the recipe, in town or country, whichever is more."""
    sizes = prepared.recipe.household_sizes
    return max(
        sum(float(share) * (place + 1) for place, share in enumerate(shares))
        for shares in (sizes.urban, sizes.rural)
    )
