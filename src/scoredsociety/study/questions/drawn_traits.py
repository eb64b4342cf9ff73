"""Who borrows, answers for a firm, has a thin file: what a run's coarse traits do not keep.

They are the seed's and the society's alone, so the many runs of a study share one drawing. It is
kept under a digest of all that decides it, and only the newest few are.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from scoredsociety.runs.labels import digest_of
from scoredsociety.society.describe.sample import MOST_ROWS, Drawn
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.readout.persons import Bools

THIN = 1  # years of a credit file up to which it is thin; assumed
KEPT = 16  # drawings: a study has a few seeds, each under one or two societies
_drawn: OrderedDict[tuple[str, int, int], DrawnTraits] = OrderedDict()
_lock = Lock()


class DrawnTraits(NamedTuple):
    """(people,) of everybody in the first month."""

    loan: Bools  # owes a loan
    firm: Bools  # is the legal representative of a firm
    adult: Bools
    thin: Bools  # an adult with no credit file, or one of a year


def held(case: Case) -> DrawnTraits | None:
    """What everybody of a case holds; None of a society too large to be listed."""
    people, seed = case.scenario.people, case.scenario.seed
    if people > MOST_ROWS:
        return None
    key = (digest_of(case.prepared.inputs.society), people, seed)
    with _lock:
        if key not in _drawn:
            made = Drawn(case.prepared.recipe, people, seed, threads=1)
            adult = made.trait("age") >= 18
            _drawn[key] = DrawnTraits(made.trait("loan") > 0, made.trait("firm") > 0, adult,
                               adult & (made.trait("file_years") <= THIN))  # fmt: skip
            while len(_drawn) > KEPT:
                _drawn.popitem(last=False)
        return _drawn[key]
