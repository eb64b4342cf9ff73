"""Grades by rank: shares and quotas hold, and neither threads, resumption nor a life lived again
can tell that thresholds were worked out from everybody's scores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.runs import checksum_of, everyday, run
from tests.engine.worlds import MECHANISMS, Plan, make

from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine import checkpoint
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.layout import ALL_UNGRADED, grade_in, is_listed
from scoredsociety.engine.replay.household_replay import relive
from scoredsociety.engine.run import begin_run, one_month, reblock
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.score.ranking import begins, bounds
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.society.people.seats import place as place_people
from scoredsociety.society.recipes.recipe import load_society

PEOPLE = 1200
Array = npt.NDArray[np.generic]


def ranked(kind: int, sizes: tuple[int, int], edge_in: int, months: int = 3) -> Inputs:
    """Sesame, its five grades by rank: the best and the second best by size, others nobody."""
    inputs = everyday(("sesame_documented",), PEOPLE, months)
    start, tables = inputs.schemes[0]
    grades = tables.grades.copy()
    for place, size in ((1, 900_000), (2, 800_000), (3, sizes[1]), (4, sizes[0])):
        grades[place] = (0, 1 << 30, kind, size, edge_in, 0, 0)
    if kind == t.BY_QUOTA:
        grades.takes[1] = grades.takes[2] = PEOPLE
    return inputs._replace(schemes=((start, tables._replace(grades=grades)),))


@given(st.lists(st.integers(0, 20), min_size=1, max_size=40), st.integers(-1, 45), st.booleans())
def test_a_rank_treats_equals_equally_and_keeps_its_size(
    scores: list[int], size: int, edge_in: bool
) -> None:
    edge = begins(np.sort(np.array(scores, dtype=np.int64)), size, edge_in)
    taken = [score for score in scores if score >= edge]
    size = max(size, 0)
    if size >= len(scores):
        assert len(taken) == len(scores)
    elif edge_in and size > 0:
        assert len(taken) >= size
        assert sum(score > min(taken) for score in scores) < size  # nobody above the edge to spare
    else:
        assert len(taken) <= size
        left = [score for score in scores if score < edge]
        assert len(taken) + left.count(max(left)) > size  # the next would be too many


@pytest.mark.parametrize("edge_in", [0, 1])
@pytest.mark.parametrize(("kind", "sizes"), [(t.BY_SHARE, (100_000, 300_000)),
                                              (t.BY_QUOTA, (50, 200))])  # fmt: skip
def test_the_first_month_ranks_its_own_scores(
    kind: int, sizes: tuple[int, int], edge_in: int
) -> None:
    state, _, _ = run(ranked(kind, sizes, edge_in, months=1))
    grade, score = state.exchange.status & 15, state.exchange.score[0]
    subjects = grade != t.NO_GRADE
    count = int(subjects.sum())
    for place, size in ((4, sizes[0]), (3, sizes[1])):
        most = count * size // 1_000_000 if kind == t.BY_SHARE else size
        best = np.sort(score[subjects])[::-1]
        inside = int((subjects & (grade >= place)).sum())
        ties = int((best == best[most - 1]).sum())
        assert most - ties < inside <= most if not edge_in else most <= inside < most + ties
        assert 0 < inside < count
    assert score[subjects & (grade == 4)].min() > score[subjects & (grade == 3)].max()


def test_later_months_rank_by_last_months_scores() -> None:
    inputs = ranked(t.BY_SHARE, (100_000, 300_000), 0)
    setting = settle(inputs)
    state = begin_run(inputs, setting)
    with ThreadPoolExecutor(1) as pool:
        for month in range(inputs.months):
            before = np.sort(state.exchange.score[0][state.exchange.status & 15 != t.NO_GRADE])
            state, _ = one_month(inputs, setting, state, pool)
            if month:
                edge = begins(before.astype(np.int64), len(before) * 100_000 // 1_000_000, False)
                grade, score = state.exchange.status & 15, state.exchange.score[0]
                subjects = grade != t.NO_GRADE
                assert ((grade == 4) == (subjects & (score >= edge)))[subjects].all()


def test_ranks_give_the_same_bits_on_any_blocks_and_after_resuming(tmp_path: Path) -> None:
    inputs = ranked(t.BY_SHARE, (100_000, 300_000), 0, months=4)
    whole = checksum_of(inputs)
    assert checksum_of(inputs, Machine(2, 1)) == whole
    setting = settle(inputs)
    state = begin_run(inputs, setting)
    with ThreadPoolExecutor(1) as pool:
        for month in range(inputs.months):
            if month == 2:
                checkpoint.save(state, tmp_path / "checkpoint")
                state = reblock(checkpoint.load(tmp_path / "checkpoint"), inputs.seats, 1)
            state, _ = one_month(inputs, setting, state, pool)
    assert checkpoint.checksum(state) == whole


def worlds_with_ranks(count: int) -> list[Inputs]:
    """The first random worlds in which some grade goes by rank."""
    plans = (Plan(seed, 150, 8, seed % 12, frozenset(MECHANISMS)) for seed in range(100))
    found = (one for one in map(make, plans) if one.schemes[0][1].grades.ranked_by.any())
    return list(islice(found, count))


@pytest.mark.parametrize("place", range(3))
def test_a_life_lived_again_has_the_ranks_of_the_run(place: int) -> None:
    inputs = worlds_with_ranks(3)[place]
    _, setting, log = run(inputs)
    assert len(setting.derived[0].ranked)
    for person in range(0, 150, 13):
        status = ALL_UNGRADED
        for members in relive(inputs, setting, log, person):
            mine = next(one for one in members if one.person == person)
            changes = log.changes(mine.month)
            at = np.flatnonzero(changes.person == person)
            status = int(changes.status[at[0]]) if len(at) else status
            assert mine.status == status
            for s, account in enumerate(mine.accounts):
                published = mine.month % inputs.schemes[0][1].schemes.publishes_every[s] == 0
                if account.subject and (published or mine.month == inputs.origin):
                    assert account.grade == grade_in(status, s)


def within(kind: int, size: int, among: int, months: int = 3) -> Inputs:
    """Sesame with its best grade by rank in each region or community."""
    inputs = ranked(t.BY_SHARE, (1, 2), 0, months)
    start, tables = inputs.schemes[0]
    grades = tables.grades.copy()
    for place in (1, 2, 3, 4):
        grades[place] = (0, 1 << 30, kind, size, 0, among, 0)
    return inputs._replace(schemes=((start, tables._replace(grades=grades)),))


@pytest.mark.parametrize("among", [t.OF_REGION, t.OF_COMMUNITY])
@pytest.mark.parametrize(("kind", "size"), [(t.BY_SHARE, 100_000), (t.BY_QUOTA, 20)])
def test_ranks_within_a_group_hold_in_each_of_them(kind: int, size: int, among: int) -> None:
    inputs = within(kind, size, among, months=1)
    people = 5000  # ten communities of 512 seats, the last cut short
    recipe = load_society("county")
    inputs = inputs._replace(seats=place_people(recipe, people))
    state, _, _ = run(inputs)
    grade, score = state.exchange.status & 15, state.exchange.score[0]
    edges = bounds(inputs.seats, among)
    assert edges[0] == 0 and edges[-1] == people
    assert len(edges) == (11 if among == t.OF_COMMUNITY else 5)
    for first, last in pairwise(edges.tolist()):
        inside = grade[first:last] != t.NO_GRADE
        mine, best = score[first:last][inside], grade[first:last][inside] == 4
        most = len(mine) * size // 1_000_000 if kind == t.BY_SHARE else size
        assert 0 < best.sum() <= most
        assert mine[best].min() > mine[~best].max()
        assert best.sum() + (mine == mine[~best].max()).sum() > most


def test_bounds_follow_the_regions_of_the_seats() -> None:
    recipe = load_society("china_2020")
    seats = place_people(recipe, 2048 * 70 + 5)
    region = np.repeat(seats.region, seats.community_size)[: seats.people]
    edges = bounds(seats, t.OF_REGION)
    for place, (first, last) in enumerate(pairwise(edges.tolist())):
        assert (region[first:last] == place).all()
    assert edges[-1] == seats.people and (np.diff(edges) >= 0).all()


def taking(months: int, more: dict[str, object], rule: dict[str, object]) -> Inputs:
    """A scheme in which acts take points, and a rule that takes the worst or best by rank."""
    scheme = Scheme.model_validate({
        "scheme": {"id": "one", "title": "One"}, "score": {"kind": "points", "start": 1000},
        "list": [{"id": "board", "title": "Board"}],
        "rule": [
            {"id": "act", "on": ["noise", "speeding", "parking_ticket"], "points": -1},
            {"id": "taken", "on_rank": more, "list": "board", **rule},
        ],
    })  # fmt: skip
    inputs = everyday(("none",), 5000, months)
    tables, _ = compile_schemes([[(0, scheme)]], load_conduct("everyday"))
    return inputs._replace(schemes=((inputs.origin, tables),))


def listed_by_month(inputs: Inputs) -> list[tuple[Array, Array]]:
    """Scores before the month, and who is on the list after it."""
    setting = settle(inputs)
    state, found = begin_run(inputs, setting), []
    with ThreadPoolExecutor(1) as pool:
        for _ in range(inputs.months):
            before = state.exchange.score[0].copy()
            state, _ = one_month(inputs, setting, state, pool)
            found.append((before, is_listed(state.exchange.status, 0).astype(bool)))
    return found


def test_a_list_takes_the_worst_of_each_community() -> None:
    inputs = taking(6, {"worst_share": 0.01, "within": "community"}, {})
    size = inputs.seats.community_size
    months = listed_by_month(inputs)
    assert not months[0][1].any()  # nothing was published yet
    taken = 0
    for before, listed in months[1:]:
        for first in range(0, 5000, size):
            here, on = before[first : first + size], listed[first : first + size]
            assert on.sum() <= len(here) // 100
            if on.any():
                assert here[on].max() < here[~on].min()
            taken += int(on.sum())
    assert taken > 0


def test_a_yearly_number_is_taken_in_its_month_and_stays_its_term() -> None:
    inputs = taking(26, {"worst": 10, "edge": "in", "yearly_in": 7}, {"memory_months": 5})
    months = listed_by_month(inputs)  # from January 2020
    for month, (_, listed) in enumerate(months):
        on = month % 12 in (6, 7, 8, 9, 10)
        assert (listed.sum() >= 10) if on else not listed.any(), month
    before, july = months[6]
    assert before[july].max() < before[~july].min()
    assert (months[10][1] == july).all() and not (months[18][1] == july).all()


def test_the_best_may_be_taken_too() -> None:
    inputs = taking(3, {"best": 7, "edge": "in"}, {})
    before, listed = listed_by_month(inputs)[2]
    assert listed.sum() >= 7 and before[listed].min() == before.max()
