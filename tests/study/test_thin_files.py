"""Whom with next to no credit file a scheme opens loans to, counted from scores by hand."""

from __future__ import annotations

import numpy as np
import pytest

from scoredsociety.runs.scenario import Scenario
from scoredsociety.society.describe.sample import Drawn
from scoredsociety.society.recipes.recipe import load_society
from scoredsociety.study.ensemble.cases import Case, case_of
from scoredsociety.study.ensemble.ensemble import Observed, observe
from scoredsociety.study.questions import thin_files
from scoredsociety.study.readout.persons import denied, subjects_now

PEOPLE, SEED = 2000, 6
Run = tuple[Case, Observed]


def run(scheme: str) -> Run:
    case = case_of(Scenario((scheme,), people=PEOPLE, months=4, seed=SEED, panel=0))
    return case, observe(case)


@pytest.fixture(scope="module")
def sesame() -> Run:
    return run("sesame_documented")


def of_thin(made: Observed) -> np.ndarray:
    drawn = Drawn(load_society("county"), PEOPLE, SEED)
    thin = (drawn.trait("age") >= 18) & (drawn.trait("file_years") <= 1)
    return thin & subjects_now(made.status, 0)


def test_who_gains_credit_is_who_stands_from_600_up(sesame: Run) -> None:
    """`small_loan` is granted from "good", which begins at 600 (O-Z2); nothing refuses a loan."""
    case, made = sesame
    among = of_thin(made)
    assert thin_files.persons(case, made) == among.sum() > 100
    by_hand = 100 * float((made.score[0][among] >= 60_000).mean())
    assert thin_files.gain(case, made) == pytest.approx(by_hand)
    assert np.isnan(thin_files.refused(case, made))


def test_a_list_refuses_and_opens_nothing() -> None:
    case, made = run("judgment_list")
    assert np.isnan(thin_files.gain(case, made))
    under = denied(case, made, 0)[of_thin(made)]
    assert 0 <= thin_files.refused(case, made) <= 100 * under.mean()


def test_a_loan_decided_faster_opens_none() -> None:
    case, _ = run("red_list")
    names = [one.grants for one in case.prepared.names.consequences]
    assert thin_files.FASTER in names and thin_files.loan_bits(case, True) == 0
