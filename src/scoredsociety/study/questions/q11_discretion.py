"""Q11: who can bend the score? What collectors make of what was seen (O-R0; model.md).

The same people with the same luck twice: every record that a source saw is entered, and those
who enter records by hand leave out what they choose. The difference is theirs. Closeness is to
live with the collector of one's 256 seats or to have a tie with that person at the start.
"""

from __future__ import annotations

from collections import OrderedDict
from math import nan
from threading import Lock
from typing import NamedTuple

import numpy as np

from scoredsociety.engine.collect.discretion import SEATS, collector
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.layout import EXPRESSED
from scoredsociety.engine.run import begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.fixed import Ints
from scoredsociety.keyed import key_of
from scoredsociety.measure.scoring.discretion import between_collectors, gap
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.runs.labels import digest_of
from scoredsociety.society.describe.sample import MOST_ROWS
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import Observed
from scoredsociety.study.questions.indicator_functions import keeps_scores
from scoredsociety.study.readout.persons import Bools, subjects_now

PARTLY = (
    "collectors leave out what they choose or, as a rival, make up what a quota wants: leaders who "
    "order a score and a price for a record are not asked about, and every strength is assumed"
)
KEPT = 8  # a study has a few seeds
_known: OrderedDict[tuple[str, int, int], Entering] = OrderedDict()
_lock = Lock()


class Entering(NamedTuple):
    """(people,) who enters the records of everybody, and who is close to that person."""

    collector: Ints  # seat of the collector of one's grid
    close: Bools  # lives with the collector or has a tie; not the collector


def entering(case: Case) -> Entering | None:
    """The collectors of a case at its start; None of a society too large to be listed."""
    people, seed = case.scenario.people, case.scenario.seed
    if people > MOST_ROWS:
        return None
    inputs = case.prepared.inputs
    stored = "" if inputs.stored is None else digest_of(inputs.stored)
    key = (digest_of(inputs.society) + stored, people, seed)
    with _lock:
        if key not in _known:
            _known[key] = found_of(case)
            while len(_known) > KEPT:
                _known.popitem(last=False)
        return _known[key]


def found_of(case: Case) -> Entering:
    """Collectors by seat, and those with whom they live or have a tie."""
    inputs, machine = case.prepared.inputs, Machine(1, 4)
    setting = settle(inputs, machine)
    people = inputs.seats.people
    size = min(SEATS, inputs.seats.community_size)
    k0, k1 = key_of(inputs.seed)
    each = [collector(k0, k1, inputs.seats, first)[0] for first in range(0, people, size)]
    of = np.repeat(np.array(each, dtype=np.int64), size)[:people]
    home = np.arange(people) - (setting.persons.household.astype(np.int64) >> 4)
    close = home == home[of]
    ties = open_ties(inputs, setting, begin_run(inputs, setting, machine))
    for mine, theirs in ((ties.one, ties.other), (ties.other, ties.one)):
        close[mine[of[mine] == theirs]] = True
    close[np.array(each)] = False
    return Entering(of, close)


def entered_by_hand(case: Case) -> bool:
    """Does the scheme read any act that somebody enters by hand?"""
    conduct, tables = case.prepared.inputs.conduct[0][1], case.prepared.inputs.schemes[-1][1]
    read = int(np.bitwise_or.reduce(tables.schemes.sources))
    for act, row in enumerate(conduct.acts):
        if tables.act_rules[act + 1] == tables.act_rules[act]:
            continue
        first = int(row.first_source)
        for source in conduct.act_sources[first : first + int(row.source_count)]:
            seen = conduct.sources[int(source)]
            if seen.by_hand and read >> int(seen.bit) & 1:
                return True
    return False


def _scored(case: Case, made: Observed) -> Bools | None:
    """(people,) subjects; None where the scheme has no scale or scores fewer than two."""
    among = subjects_now(made.status, case.main)
    return among if keeps_scores(case) and among.sum() > 1 else None


def mean_score(case: Case, made: Observed) -> float:
    """Mean published score of subjects, in points."""
    among = _scored(case, made)
    return nan if among is None else float(made.score[case.main][among].mean()) / 100


def gap_of_the_close(case: Case, made: Observed) -> float:
    """Mean score of those close to their collector less that of the others, in points."""
    among, who = _scored(case, made), entering(case)
    if among is None or who is None:
        return nan
    return gap(made.score[case.main][among], who.close[among]) / 100


def gap_of_critics(case: Case, made: Observed) -> float:
    """Mean score of those who voiced an opinion last month less that of the others, in points."""
    among = _scored(case, made)
    if among is None:
        return nan
    spoke = (made.status & np.uint32(EXPRESSED)) != 0
    return gap(made.score[case.main][among], spoke[among]) / 100


def seen_in_scores(case: Case, made: Observed) -> float:
    """Variance of published scores between collectors over what chance gives (about 1)."""
    among, who = _scored(case, made), entering(case)
    if among is None or who is None:
        return nan
    return between_collectors(made.score[case.main][among], who.collector[among])
