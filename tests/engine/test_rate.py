"""Ratings by those one meets: as often and as far as the rule book says, on any blocks, relived."""

from __future__ import annotations

import numpy as np
from tests.engine.runs import checksum_of, everyday, run

from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.layout import DOUBLED, books_a_rule, code_of_message, flags_of_message
from scoredsociety.engine.replay.household_replay import relive
from scoredsociety.engine.score.peer_ratings import rules_of
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import patched, set_values

PEOPLE = 2000


def rated(*sets: str, scheme: str = "nosedive", months: int = 2) -> Inputs:
    """A scheme with some keys set, on the county."""
    conduct = load_conduct("everyday")
    changed = patched(load_scheme(scheme, conduct), set_values(sets), conduct)
    tables, _ = compile_schemes([[(0, changed)]], conduct)
    inputs = everyday((scheme,), PEOPLE, months)
    return inputs._replace(schemes=((inputs.origin, tables),))


def stars_sent(inputs: Inputs) -> tuple[np.ndarray, int, np.ndarray]:  # type: ignore[type-arg]
    """Messages of each number of stars in the first month, subjects, and the flags."""
    state, _, log = run(inputs)
    content = log.outbox(inputs.origin).content
    subjects = int((log.changes(inputs.origin).status & 15 != t.NO_GRADE).sum())
    rules = rules_of(inputs.schemes[0][1], 0, inputs.origin + 1)
    booked = code_of_message(content)
    counts = np.array([int((booked == rule).sum()) if rule >= 0 else 0 for rule in rules])
    assert counts.sum() == len(content[books_a_rule(content) == 1])
    return counts, subjects, flags_of_message(content)


def test_meetings_fall_short_as_often_and_as_far_as_is_said() -> None:
    every = "rating.encounter.table=[{ from = 0, value = 0.3 }]"
    counts, subjects, _ = stars_sent(rated(every, 'rating.encounter.raters="anybody"',
                                           "rating.encounter.gravity_from=9"))  # fmt: skip
    meetings = 4 * subjects
    assert subjects > 1500 and counts[5] == 0  # no rule for five stars
    for stars, share in ((4, 0.15), (3, 0.075), (2, 0.045), (1, 0.03)):
        spread = (meetings * share * (1 - share)) ** 0.5
        assert abs(counts[stars] - meetings * share) < 5 * spread, stars  # five deviations


def test_nobody_rates_whom_nobody_meets_and_those_not_rated_do_not_rate() -> None:
    all_short = ("rating.encounter.table=[{ from = 0, value = 1 }]", "scheme.min_age=40")
    anybody, subjects, _ = stars_sent(rated(*all_short, 'rating.encounter.raters="anybody"'))
    only, _, _ = stars_sent(rated(*all_short))
    assert anybody.sum() == 4 * subjects
    share = subjects / PEOPLE
    assert abs(only.sum() / anybody.sum() - share) < 0.05 < share < 0.9


def test_raters_of_the_upper_half_count_twice_and_the_switch_counts_all_alike() -> None:
    _, _, flags = stars_sent(rated())
    assert (flags & DOUBLED).any()
    _, _, flags = stars_sent(rated('rating.encounter.count="alike"'))
    assert not (flags & DOUBLED).any()


def test_ratings_lower_the_score_in_the_next_month() -> None:
    state, _, log = run(rated("rating.trip.meetings=12", scheme="uber_drivers", months=8))
    drives = state.exchange.status & 15 != t.NO_GRADE
    scores = state.exchange.score[0][drives]
    assert drives.sum() > 50 and (scores < 50_000).mean() > 0.5 and scores.max() <= 50_000


def test_the_same_bits_on_any_blocks_and_in_a_life_lived_again() -> None:
    inputs = rated(months=5)
    assert checksum_of(inputs) == checksum_of(inputs, Machine(2, 1))
    _, setting, log = run(inputs)
    for person in (3, 700, 1999):
        for members in relive(inputs, setting, log, person):
            mine = next(one for one in members if one.person == person)
            changes = log.changes(mine.month)
            at = np.flatnonzero(changes.person == person)
            if len(at):
                assert mine.accounts[0].score == int(changes.score[0, at[0]])
                assert mine.status == int(changes.status[at[0]])
