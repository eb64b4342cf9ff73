"""What published figures are held against where answers are constrained: one number a run.

A figure is asked of a run only if the run can miss it: nan says that it cannot be asked, and why
stands with each. What is asked of lists is asked of the list of judgment defaulters; the stock only
of a run that is as long as the list was old.
"""

from __future__ import annotations

from math import nan

from scoredsociety.engine import tally as ta
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import Observed
from scoredsociety.study.questions.indicator_functions import (
    HIGHEST,
    LOWEST,
    RURAL,
    URBAN,
    Read,
    share_of,
)
from scoredsociety.study.validation.list_flows import LIST, TEN_THOUSAND

OLD_LIST = 72  # months from 2013 until the first published stock (O-B8)
PILOTS = (42, 54)  # months that pilots had run in 2018, about four years (assumed)
YOUNG, OLD, PRIMARY, COLLEGE = 2, 5, 10, 13  # margins of engine/tally.py
FEWEST = 5  # events under which a ratio says nothing


def list_bit(case: Case) -> int:
    """The bit of the list of judgment defaulters; -1 where the run has none."""
    ids = [one.id for one in case.prepared.names.lists]
    return ids.index(LIST) if LIST in ids else -1


def new_listings(case: Case, made: Observed) -> float:
    """Records of the last year that list, of 10,000 people; nan without the list or a year."""
    bit = list_bit(case)
    rules = case.prepared.inputs.schemes[-1][1].rules.list_bit == bit
    if bit < 0 or made.year_months < 12 or not rules.any():
        return nan
    people = case.prepared.inputs.seats.people
    return share_of(made.year.records[rules, 0].sum(), people, TEN_THOUSAND)


def on_list(case: Case, made: Observed) -> float:
    """Persons on the list in the last month, of 10,000 people; nan in a list that is young."""
    bit = list_bit(case)
    if bit < 0 or case.prepared.inputs.months < OLD_LIST:
        return nan
    return share_of(made.last.listed[bit, 0], case.prepared.inputs.seats.people, TEN_THOUSAND)


def flights_to_trains(case: Case, made: Observed) -> float:
    """Flights refused for each train refused in the last year; nan of too few trains."""
    flights, trains = (made.year.responses[one, 0] for one in (ta.V_FLIGHT, ta.V_TRAIN))
    return share_of(flights, trains, 1) if trains >= FEWEST and list_bit(case) >= 0 else nan


def aware(case: Case, made: Observed) -> float:
    """Of 100 subjects those who know of it; nan unless a state's grades have run as pilots had."""
    scheme = case.prepared.versions.schemes[case.main][0][1].scheme
    ran = PILOTS[0] <= case.prepared.inputs.months <= PILOTS[1]
    pilot = scheme.operator_kind == "state" and scheme.participation == "mandatory"
    if not ran or not pilot or len(case.prepared.names.grades[case.main]) < 2:
        return nan
    sums = made.last.sums[case.main]
    return share_of(sums[ta.U_AWARE], sums[ta.U_SUBJECTS])


def approval_gradient(case: Case, made: Observed) -> float:
    """How much more the rich, urban, schooled and old approve: the least of the four, in 100."""
    known, told = made.year.responses[ta.V_KNOWS], made.year.responses[ta.V_SAYS_SUPPORT]
    pairs = ((HIGHEST, LOWEST), (URBAN, RURAL), (COLLEGE, PRIMARY), (OLD, YOUNG))
    gaps = [share_of(told[one], known[one]) - share_of(told[other], known[other])
            for one, other in pairs]  # fmt: skip
    return min(gaps) if all(gap == gap for gap in gaps) else nan


AIMS: dict[str, Read] = {
    "new_listings": new_listings, "on_list": on_list, "flights_to_trains": flights_to_trains,
    "aware": aware, "approval_gradient": approval_gradient,
}  # fmt: skip


def read_aims(case: Case, made: Observed) -> dict[str, float]:
    """Every value that only published figures ask for."""
    return {name: one(case, made) for name, one in AIMS.items()}
