"""What published figures are compared with, read of runs: values by name, nan where none arises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import nan

import numpy as np

from scoredsociety.engine import tally as ta
from scoredsociety.engine.layout import AWARE
from scoredsociety.fixed import POINT
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import Case, case_of
from scoredsociety.study.ensemble.ensemble import Observed, observe
from scoredsociety.study.questions.indicator_functions import share_of
from scoredsociety.study.questions.indicators import BY_NAME
from scoredsociety.study.readout.persons import subjects_now
from scoredsociety.study.validation import figures as f
from scoredsociety.study.validation.list_flows import TEN_THOUSAND, ListFlow, flow_of, story_case

SIZES = {f.LIST: 123, f.PUBLIC: 60, f.DESIGNED: 36, f.BUREAU: 84, f.NOBODY: 12}  # months
SOCIETY = {f.BUREAU: "western_town"}
BEGAN = "2013-10"
YOUNG, ADULT, SENIOR, OLD = 2, 3, 4, 5  # margins of engine/tally.py: 18-29, 30-44, 45-59, 60+
RURAL, URBAN, PRIMARY, COLLEGE, POOR, RICH = 8, 9, 10, 13, 14, 18


def plain_scenario(run: str, people: int, seed: int) -> Scenario:
    """The scenario of a run with nothing set; the list's is that of its story."""
    if run == f.LIST:
        return replace(story_case(people, seed).scenario, panel=0)
    return Scenario((run,), society=SOCIETY.get(run, "county"), people=people, months=SIZES[run],
                    seed=seed, panel=0)  # fmt: skip


def values_of(run: str, scenario: Scenario) -> dict[str, float]:
    """Every value that figures of a run ask for."""
    case = case_of(scenario)
    if run == f.LIST:
        return of_list(flow_of(case))
    made = observe(case)
    if run == f.PUBLIC:
        return of_public(case, made)
    if run == f.NOBODY:
        return _of_conduct(case, made)
    return of_scores(made)


def of_list(flow: ListFlow) -> dict[str, float]:
    """Stocks and flows of the list of 10,000 people, and journeys refused a listing."""
    listings, flights = (_until(flow, name) for name in ("listings", "flights"))
    trains, end = _until(flow, "trains"), "2018-12"
    later = share_of(flights(end), listings(end), 1)
    early = share_of(flights("2017-02"), listings("2017-02"), 1)
    ages = [flow.stock_of[-1, margin] for margin in (YOUNG, ADULT, SENIOR)]
    people = flow.people
    return {
        "listings_2020": TEN_THOUSAND * flow.sum("listings", "2020-01", "2020-12") / people,
        "listings_all": TEN_THOUSAND * listings("2020-12") / people,
        "stock_2014": flow.share("2014-02"), "stock_2019": flow.share("2019-12"),
        "stock_2023": flow.share("2023-12"),
        "entered_2020": TEN_THOUSAND * flow.sum("entered", "2020-01", "2020-12") / people,
        "left_2020": TEN_THOUSAND * flow.sum("left", "2020-01", "2020-12") / people,
        "paid": share_of(_until(flow, "paid")(end), listings(end)),
        "flights_2018": later, "flights_growth": later / early if early else nan,
        "flights_to_trains": share_of(flights(end), trains(end), 1),
        "of_working_age": share_of(sum(ages), flow.stock_of[-1, 0]),
    }  # fmt: skip


def _until(flow: ListFlow, name: str) -> Callable[[str], int]:
    return lambda month: flow.sum(name, BEGAN, month)


def of_public(case: Case, made: Observed) -> dict[str, float]:
    """Approval and its gradients, silence, and awareness a year before the end of the run."""
    known, told = made.year.responses[ta.V_KNOWS], made.year.responses[ta.V_SAYS_SUPPORT]

    def gap(one: int, other: int) -> float:
        return share_of(told[one], known[one]) - share_of(told[other], known[other])

    fourth, of = made.status_before.astype(np.int64), subjects_now(made.status_before, 0)
    return {
        "says_support": BY_NAME["says_support"].read(case, made),
        "silent_opinion": BY_NAME["silent_opinion"].read(case, made),
        "support_rich": gap(RICH, POOR), "support_urban": gap(URBAN, RURAL),
        "support_schooled": gap(COLLEGE, PRIMARY), "support_old": gap(OLD, YOUNG),
        "aware": share_of(((fourth & AWARE) != 0)[of].sum(), of.sum()),
    }  # fmt: skip


def of_scores(made: Observed) -> dict[str, float]:
    """Mean and shape of the scores that were published last."""
    score = made.score[0][subjects_now(made.status, 0)].astype(np.float64) / POINT
    if len(score) < 3 or not score.std():
        return dict.fromkeys(("mean_score", "below_580", "skew", "kurtosis"), nan)
    z = (score - score.mean()) / score.std()
    return {
        "mean_score": float(score.mean()), "below_580": share_of((score < 580).sum(), len(score)),
        "skew": float((z**3).mean()), "kurtosis": float((z**4).mean() - 3),
    }  # fmt: skip


def _of_conduct(case: Case, made: Observed) -> dict[str, float]:
    """Acts with a published rate, where no scheme says anything of them."""
    ids, years = case.prepared.conduct.act_ids, made.year_months / 12
    done = made.year.acts[:, 0] / years
    people = case.prepared.inputs.seats.people
    return {
        "blood": share_of(done[ids.index("blood_donation")], people),
        "drunk": share_of(done[ids.index("drunk_driving")], people, TEN_THOUSAND),
    }
