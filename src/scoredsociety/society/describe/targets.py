"""Published figures beside what was made (facts 2.10; V23 to V25, V28).

A target is met where the published figure lies in the interval of what was made, widened by
half a unit of its last printed digit. Where published figures disagree, one wins; the others
are listed as disagreeing and are not checked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scoredsociety.society.describe.sample import Drawn
from scoredsociety.society.describe.sampling_error import (
    SampledEstimate,
    median_income,
    ratio,
    sampled_gini,
    sampled_share,
)
from scoredsociety.society.tables import TRAIT

Bools = npt.NDArray[np.bool_]
YEARS = np.array([0.0, 6.0, 9.0, 12.0, 15.5])  # years of schooling of each level (15.5 assumed)
FEWEST_COMMUNITIES = 20  # under this the error between communities cannot be told
HALF_COMMUNITY = 0.29  # standard deviation of a rounding, in communities


@dataclass(frozen=True)
class Margin:
    """A published figure: what it is, its value and printed step, its source, how it is made."""

    id: str
    title: str
    published: float
    step: float  # unit of the last printed digit
    source: str
    make: Callable[[Drawn], SampledEstimate]
    unit: str = "%"
    disagrees: str = ""  # why another figure wins


def _everybody(drawn: Drawn) -> Bools:
    """All people."""
    return np.ones(drawn.people, bool)


def where(drawn: Drawn, trait: str, value: int) -> Bools:
    """People with a value of a trait."""
    return np.equal(drawn.traits[:, TRAIT[trait]], value)


def aged(drawn: Drawn, low: int, high: int = 200) -> Bools:
    """People of ``low`` to ``high`` years."""
    age = drawn.traits[:, TRAIT["age"]]
    return np.logical_and(age >= low, age <= high)


def urban_share(drawn: Drawn) -> SampledEstimate:
    """Urban people; the error is the rounding of whole communities in each region."""
    made = sampled_share(drawn, where(drawn, "urban", 1), _everybody(drawn))
    if drawn.people < drawn.seats.people:  # single seats spread over a larger society
        error = 329 * (made.made * (100 - made.made) / drawn.people) ** 0.5 / 100
        return made._replace(low=made.made - error, high=made.made + error)
    regions = len(drawn.recipe.region)
    error = 329 * HALF_COMMUNITY * regions**0.5 * drawn.seats.community_size / drawn.seats.people
    return made._replace(low=made.made - error, high=made.made + error)


def ages(low: int, high: int = 200) -> Callable[[Drawn], SampledEstimate]:
    """Share of an age group among all."""
    return lambda drawn: sampled_share(drawn, aged(drawn, low, high), _everybody(drawn))


def household_mean(drawn: Drawn) -> SampledEstimate:
    """Persons a household, the society's cut end left out."""
    heads = drawn.heads()
    return ratio(drawn, heads * drawn.trait("household_size"), heads)


def household_share(size: int) -> Callable[[Drawn], SampledEstimate]:
    """Households of one size among households."""
    return lambda drawn: sampled_share(drawn, where(drawn, "household_size", size), drawn.heads())


def sex_ratio(drawn: Drawn) -> SampledEstimate:
    """Men a hundred women."""
    return ratio(drawn, where(drawn, "sex", 0), where(drawn, "sex", 1), 100.0)


def income_mean(urban: int | None) -> Callable[[Drawn], SampledEstimate]:
    """Mean yuan a year per head, urban (1), rural (0) or all."""

    def make(drawn: Drawn) -> SampledEstimate:
        among = _everybody(drawn) if urban is None else where(drawn, "urban", urban)
        return ratio(drawn, drawn.income_yuan() * among, among)

    return make


def income_median(urban: int | None) -> Callable[[Drawn], SampledEstimate]:
    """Median yuan a year per head."""

    def make(drawn: Drawn) -> SampledEstimate:
        among = _everybody(drawn) if urban is None else where(drawn, "urban", urban)
        return median_income(drawn, among)

    return make


def income_gap(drawn: Drawn) -> SampledEstimate:
    """Urban mean over rural mean; relative errors add in squares."""
    urban, rural = income_mean(1)(drawn), income_mean(0)(drawn)
    made = urban.made / rural.made
    spread = np.hypot(
        (urban.high - urban.made) / urban.made, (rural.high - rural.made) / rural.made
    )
    return SampledEstimate(made, made * (1 - spread), made * (1 + spread), drawn.people)


def income_gini(drawn: Drawn) -> SampledEstimate:
    """Gini of income per head."""
    value = sampled_gini(drawn.income_yuan().astype(float))
    return SampledEstimate(value, value, value, drawn.people)


def fifth_mean(fifth: int) -> Callable[[Drawn], SampledEstimate]:
    """Mean income of a fifth of people."""

    def make(drawn: Drawn) -> SampledEstimate:
        among = where(drawn, "income_fifth", fifth)
        return ratio(drawn, drawn.income_yuan() * among, among)

    return make


def online(urban: int | None) -> Callable[[Drawn], SampledEstimate]:
    """Internet users among urban, rural or all people."""

    def make(drawn: Drawn) -> SampledEstimate:
        among = _everybody(drawn) if urban is None else where(drawn, "urban", urban)
        return sampled_share(drawn, where(drawn, "internet", 1), among)

    return make


def banked(among: Callable[[Drawn], Bools]) -> Callable[[Drawn], SampledEstimate]:
    """Account holders among the people of 15 and more."""
    return lambda d: sampled_share(d, where(d, "account", 1), aged(d, 15) & among(d))


def schooling_years(drawn: Drawn) -> SampledEstimate:
    """Mean years of schooling of the people of 15 and more."""
    adults = aged(drawn, 15)
    return ratio(drawn, YEARS[drawn.trait("schooling")] * adults, adults)


CHINA: tuple[Margin, ...] = (
    Margin("urban", "urban people", 63.89, 0.01, "O-D1", urban_share),
    Margin("age_0_14", "people of 0 to 14", 17.95, 0.01, "O-D2", ages(0, 14)),
    Margin("age_15_59", "people of 15 to 59", 63.35, 0.01, "O-D2", ages(15, 59)),
    Margin("age_60", "people of 60 and more", 18.7, 0.1, "O-D2", ages(60)),
    Margin("age_65", "people of 65 and more", 13.5, 0.1, "O-D2 [M]", ages(65)),
    Margin("household_mean", "persons a household", 2.62, 0.01, "O-D3", household_mean, "persons"),
    Margin("household_1", "households of one", 25.39, 0.01, "O-D3", household_share(1)),
    Margin("household_2", "households of two", 29.7, 0.1, "O-D4 [M]", household_share(2)),
    Margin("household_3", "households of three", 21.0, 0.1, "O-D4 [M]", household_share(3)),
    Margin("household_4", "households of four", 13.2, 0.1, "O-D4 [M]", household_share(4)),
    Margin("sex_ratio", "men a hundred women", 105.07, 0.01, "O-D5", sex_ratio, "men"),
    Margin("income_urban", "urban mean income", 42359, 1, "O-D7, V25", income_mean(1), "yuan"),
    Margin("median_urban", "urban median income", 39244, 1, "O-D7, V25", income_median(1), "yuan"),
    Margin("income_rural", "rural mean income", 16021, 1, "O-D7, V25", income_mean(0), "yuan"),
    Margin("median_rural", "rural median income", 14389, 1, "O-D7, V25", income_median(0), "yuan"),
    Margin("income_gap", "urban over rural mean income", 2.64, 0.01, "O-D7, V25", income_gap, "x"),
    Margin("median_all", "median income", 26523, 1, "O-D7, V25", income_median(None), "yuan"),
    Margin("internet_urban", "urban people online", 79.8, 0.1, "O-D13, V24", online(1)),
    Margin("internet_rural", "rural people online", 55.9, 0.1, "O-D13, V24", online(0)),
    Margin(
        "internet_old", "people of 60 and more among those online", 11.2, 0.1, "O-D13",
        lambda d: sampled_share(d, aged(d, 60), where(d, "internet", 1)),
    ),
    Margin(
        "mobile_pay", "payment online among those online", 86.4, 0.1, "O-D13",
        lambda d: sampled_share(d, where(d, "mobile_pay", 1), where(d, "internet", 1)),
    ),
    Margin("banked", "account holders of 15 and more", 80, 1, "O-D14, V23", banked(_everybody)),
    Margin(
        "banked_rural", "rural account holders of 15 and more", 74, 1, "O-D14, V23",
        banked(lambda d: where(d, "urban", 0)),
    ),
    Margin(
        "banked_poorest", "account holders of the poorest fifth", 66, 1, "O-D14, V23",
        banked(lambda d: where(d, "income_fifth", 0)),
    ),
    Margin(
        "college", "people with college", 15.467, 0.001, "O-D5",
        lambda d: sampled_share(d, where(d, "schooling", 4), _everybody(d)),
    ),
    Margin(
        "illiterate", "people of 15 and more without schooling, of all", 2.67, 0.01, "O-D5",
        lambda d: sampled_share(d, where(d, "schooling", 0) & aged(d, 15), _everybody(d)),
    ),
    Margin(
        "schooling_years", "mean years of schooling from 15", 9.91, 0.01, "O-D5",
        schooling_years, "years",
    ),
    Margin(
        "hukou", "urban registration", 45.4, 0.1, "O-D6 [M]",
        lambda d: sampled_share(d, where(d, "hukou", 1), _everybody(d)),
    ),
    Margin(
        "credit_file", "people with a credit file (380 m of 1,411.78 m)", 26.92, 0.01,
        "O-D16, O-D1",
        lambda d: sampled_share(d, d.trait("file_years") > 0, _everybody(d)),
    ),
    Margin(
        "card_or_loan", "people with a card or loan (about one in five)", 20, 1, "O-D16",
        lambda d: sampled_share(d, where(d, "loan", 1), _everybody(d)),
    ),
    Margin(
        "drivers", "drivers (435 m of 1,411.78 m)", 30.8, 0.1, "O-D19 [M]",
        lambda d: sampled_share(d, where(d, "drives", 1), _everybody(d)),
    ),
    Margin(
        "income_all", "mean income", 30733, 1, "O-D7", income_mean(None), "yuan",
        "urban and rural means at the urban share of 2020 make more; they win",
    ),
    Margin(
        "gini", "Gini of income", 0.465, 0.001, "O-D11, V25", income_gini, "",
        "the medians beside the means leave less room at the top; means and medians win",
    ),
    *(
        Margin(
            f"fifth_{k + 1}", f"mean income of fifth {k + 1}", value, 1, "O-D9 [M]",
            fifth_mean(k), "yuan", "their mean is 32,765, not 30,733; O-D7 wins",
        )
        for k, value in enumerate((7380, 15777, 25035, 39230, 76401))
    ),
    Margin(
        "internet_all", "people online", 70.4, 0.1, "O-D13", online(None), "%",
        "urban and rural rates at the urban share of the census make 71.2; the rates win",
    ),
    Margin(
        "banked_active", "adults with an active account (2018)", 88.6, 0.1, "O-D14",
        banked(_everybody), "%", "another survey and definition; the 80 % of 2017 win",
    ),
    Margin(
        "household_mean_2010", "persons a household in 2010", 3.10, 0.01, "O-D3",
        household_mean, "persons", "2010; the census of 2020 wins",
    ),
)  # fmt: skip


def _row(target: Margin, drawn: Drawn) -> dict[str, Any]:
    """One line of the table: id, published, made, low, high, met, n and what it is.

    There is no interval where nobody is counted, or too few communities for an error to be known.
    """
    found = target.make(drawn)
    half = target.step / 2
    low, high = found.low - half, found.high + half
    few = not found.n or drawn.seats.region.size < FEWEST_COMMUNITIES
    met = None if target.disagrees or few else bool(low <= target.published <= high)
    note = "too few communities for a sampling error" if few else ""
    if target.disagrees:
        note = f"published figures disagree: {target.disagrees}"
    known = found.made == found.made  # a tiny society may have nobody to count: not a number
    if target.unit == "%":
        low, high = max(low, 0.0), min(high, 100.0)
    return {
        "id": target.id,
        "title": target.title,
        "unit": target.unit,
        "published": target.published,
        "made": found.made if known else None,
        "low": low if known and not few else None,
        "high": high if known and not few else None,
        "met": met,
        "n": found.n,
        "source": target.source,
        "note": note,
    }


def table(drawn: Drawn, targets: tuple[Margin, ...] = CHINA) -> list[dict[str, Any]]:
    """Every target of a drawn society."""
    return [_row(target, drawn) for target in targets]
