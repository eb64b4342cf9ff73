"""The commands that report signs and shares run, and say what they compare.

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engine.prospects import Weighing

from scoredsociety.engine.respond.worth import BETTER, GRADES, LOSS, NAMED
from scoredsociety.engine.run_constants import settle
from studies import abandonment as ab
from studies import expected_sign_lines as ex
from studies import expected_signs as sg


def test_each_sign_is_read_from_two_lanes_with_the_same_luck() -> None:
    """implementation: a lane against itself differs in nothing; lanes are run once."""
    runs = sg.Runs(400, 6)
    lane = ex.Lane(ex.PUBLIC)
    assert runs.end(lane, 1) is runs.end(lane, 1)
    assert runs.end(lane, 1) == sg.Runs(400, 6).end(lane, 1)
    assert runs.end(lane, 1) != runs.end(lane, 2)


def test_random_cuts_are_as_many() -> None:
    """implementation: within 2 % of the cuts by score, or the closest of four tries within 10 %."""
    runs = sg.Runs(1500, 14)
    high = (ex.value("ties", "cost", "0.2"), ex.form("ties", "worth"))
    by_score = runs.end(ex.Lane(ex.READS_TIES, high), 3).cuts
    at_random = runs.end(ex.Lane(ex.READS_TIES, (*high, ex.AS_MANY)), 3).cuts
    assert by_score > 100 and abs(at_random - by_score) < 0.1 * by_score


def test_every_line_says_whether_its_sign_is_built_in() -> None:
    """implementation: suspicion lowers help by construction, and the table says so."""
    rows = [sg.Found(one, (-1.0, 0.0, 2.0)).row() for one in (*ex.trust(), *ex.ties())]
    assert all(row.endswith(("| implementation |", "| predicted |")) for row in rows)
    assert all("| 1 / 1 / 1 |" in row for row in rows)
    assert any("suspicion" in row and "implementation" in row for row in rows)


@pytest.mark.long
def test_public_pilots_change_more_conduct_than_commercial_ones() -> None:
    """predicted: V17, over 20 seeds of 1,000 people: plus in at least 18.

    Luck alone, with either sign as likely, would give that once in 5,000 (211 / 2**20).
    docs/model.md has all rival forms.
    """
    runs = sg.Runs(1000, 18)
    public, commercial = ex.Lane(ex.PUBLIC), ex.Lane(ex.COMMERCIAL)
    rate = ex.yearly(ex.changed)
    more = sum(rate(runs.end(public, k)) > rate(runs.end(commercial, k)) for k in range(1, 21))
    assert more >= 18


def test_what_there_is_to_seek_and_to_fear_stands_in_the_rule_books() -> None:
    """implementation: V17's sign follows much of the way from what is rewarded and punished.

    The commercial rule book rewards no act of giving, so under it nothing is sought, in any seed.
    """
    runs = sg.Runs(400, 4)
    there = {}
    for name in (ex.PUBLIC, ex.COMMERCIAL):
        inputs = runs.base(name).prepared.inputs
        weighing, acts = Weighing(inputs), range(len(inputs.conduct[0][1].acts))
        worths = [weighing.of(act).worth[0] for act in acts]
        giving = settle(inputs).stakes[0].giving
        there[name] = (
            sum(int(worths[act][BETTER]) for act in giving),
            sum(int(one[NAMED] and one[LOSS] + one[GRADES] > 0) for one in worths),
        )
    assert there[ex.COMMERCIAL][0] == 0 < there[ex.PUBLIC][0]
    assert there[ex.COMMERCIAL][1] < there[ex.PUBLIC][1]
    seeking = ex.Lane(ex.COMMERCIAL, (ex.value("seeking", "value", "0.02"),))
    assert runs.end(seeking, 1).sought == 0
    assert runs.end(replace(seeking, scheme=ex.PUBLIC), 1).sought > 0


def test_thresholds_decide_and_nothing_else_is_searched() -> None:
    """implementation: easily offended operators suspend more often than patient ones."""
    row = ab.share("wendeng_2020", ab.WHOLE, 300, 9, range(1, 2))
    low, high = (
        sum(one.suspended for one in row.outcomes if f"suspend={level}" in " ".join(one.setting))
        for level in ("0.1", "0.6")
    )
    assert low >= high and len(row.outcomes) == len(list(ab.grid()))
    assert all(one.suspended or not one.abandoned for one in row.outcomes)


@pytest.mark.parametrize("scheme", ab.SCHEMES)
def test_every_property_that_is_taken_out_exists(scheme: str) -> None:
    """implementation: an ablation of something that is not there would be an error."""
    for one in ab.OF_SCHEME[scheme]:
        assert ab.case_of(ab.Scenario((scheme,), people=100, months=1, without=one.without))
