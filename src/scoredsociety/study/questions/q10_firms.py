"""Q10 as far as this version goes: firms through the person who answers for them (S4-22, S3-69).

A firm is its legal representative here: it has offences and, through that person, restrictions,
but no size, no inspection and no exit of its own.
"""

from __future__ import annotations

from math import nan

from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import Observed
from scoredsociety.study.questions.drawn_traits import held
from scoredsociety.study.readout.persons import denied, subjects_now

PARTLY = (
    "firms are run through the persons who answer for them; firms of their own, with size, "
    "inspection and exit, are not, so whether the small fail first is not answered"
)


def only_heads(case: Case, place: int) -> bool:
    """Offences that only somebody who answers for a firm can do; a listing is no offence."""
    act = case.prepared.conduct.act[place]
    for_heads = any(one.trait == "firm" for one in act.exposure)
    return for_heads and act.legal == "offence" and act.context != "court"


def offences_of_heads(case: Case, made: Observed) -> float:
    """Offences of heads of firms in a year, for 1,000 heads."""
    who = held(case)
    if who is None or not who.firm.any():
        return nan
    acts = [place for place in range(len(made.year.acts)) if only_heads(case, place)]
    years = made.year_months / 12
    return 1000 * float(made.year.acts[acts, 0].sum()) / (float(who.firm.sum()) * years)


TAX_AND_PRODUCT = ("tax_owed", "tax_resisted", "tax_evaded", "sells_counterfeits")


def tax_and_product(case: Case, made: Observed) -> float:
    """Tax and product offences of everybody in a year, for 10,000 persons of the society."""
    acts = [place for place, name in enumerate(case.prepared.labels.acts)
            if name in TAX_AND_PRODUCT]  # fmt: skip
    if not acts:
        return nan
    return 10_000 * float(made.year.acts[acts, 0].sum()) / (float(made.year.persons[0]) / 12)


def restricted_heads(case: Case, made: Observed) -> float:
    """Of 100 subjects who answer for a firm, those under a restriction, less other adults."""
    who = held(case)
    if who is None:
        return nan
    among = subjects_now(made.status, case.main) & who.adult
    under = denied(case, made, case.main)
    heads, others = among & who.firm, among & ~who.firm
    if not heads.any() or not others.any():
        return nan
    return 100 * float(under[heads].mean() - under[others].mean())
