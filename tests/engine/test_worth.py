"""What acts are worth follows from booking them: members of one kind, each of which was wrong once.

Stated a second time, rules meant something else to who fears and seeks than in the month. Each
test says what it is: *implementation*, *fitted* or *predicted* (see test_respond.py).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.engine.prospects import Weighing, changed, consequence, consequences
from tests.engine.responding import everything, responding, watch
from tests.engine.runs import everyday

from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine import tally as ta
from scoredsociety.engine.checkpoint import columns
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.respond.perception import KNOWS, KNOWS_SCORE
from scoredsociety.engine.respond.stakes import BITS, stakes
from scoredsociety.engine.respond.worth import (
    AFTER,
    BEFORE,
    BETTER,
    GRADE,
    GRADES,
    LOSS,
    NAMED,
    SCORE,
)
from scoredsociety.fixed import POINT, Ints
from scoredsociety.scheme import tables as t

FEW = {"people": 300, "months": 1}


def rules_on(inputs: Inputs, act: str) -> list[int]:
    """Rules on an act, in table order."""
    tables, which = inputs.schemes[0][1], list(load_conduct("everyday").act_ids).index(act)
    return [int(r) for r in tables.act_rule_list[
        tables.act_rules[which] : tables.act_rules[which + 1]
    ]]  # fmt: skip


def list_on(inputs: Inputs, act: str) -> int:
    """The list on which the first rule on an act puts."""
    return int(inputs.schemes[0][1].rules.list_bit[rules_on(inputs, act)[0]])


@cache
def composite() -> tuple[Inputs, Inputs]:
    """The composite as it is, and with the score ranges that are grades' bounds written so."""
    ranges = everyday(("national_composite",), 1500, 8)
    tables = ranges.schemes[0][1]
    rows = tables.consequences.copy()
    begins = [int(one) for one in tables.grades.begins]
    for row in rows:  # of a score that is no grade's bound, it stays as it is
        low, end = int(row.score_min), int(row.score_max) + 1
        if low in begins:
            row.grade_min, row.grade_max = begins.index(low), len(begins) - 1
            row.score_min = -(1 << 31)
        if end in begins:
            row.grade_min, row.grade_max = 0, begins.index(end) - 1
            row.score_max = (1 << 31) - 1
    return ranges, changed(ranges, consequences=rows)


def test_a_score_range_means_what_grades_of_its_bounds_mean() -> None:
    """implementation: one society, bit for bit, with every response on and everybody aware."""
    told, states = [], []
    for inputs in composite():
        responses = everything({"authority": "none"})
        state, _, log = watch(responding(inputs, responses))
        told.append(log)
        states.append(columns(state))
    assert not np.array_equal(*(one.schemes[0][1].consequences for one in composite()))
    for name in states[0]:
        assert np.array_equal(states[0][name], states[1][name]), name
    for name in ta.Tallies._fields:
        assert np.array_equal(told[0].total(name), told[1].total(name)), name
    events = told[0].total("responses")
    assert events[ta.V_SUPPORTS, 0] > 0 and told[0].total("forgone").sum() > 0


def test_a_late_payment_costs_what_it_costs_in_the_month() -> None:
    """By hand: one month of sixty, of a third or so of 600 points: about three points, not 168."""
    weighing = Weighing(everyday(("sesame_documented",), **FEW))
    fell = []
    for person in range(200):
        stood = weighing.of("loan_arrears", person).stood
        fell.append(int(stood[BEFORE, 0, SCORE] - stood[AFTER, 0, SCORE]))
    assert 0 < max(fell) < 25 * POINT
    assert 0 < np.median([one for one in fell if one > 0]) < 8 * POINT


def test_the_rewards_of_a_list_are_worth_something() -> None:
    """By hand: the red list only grants, so to be on it is worth its severities, and it serves."""
    inputs = everyday(("red_list",), **FEW)
    rows = inputs.schemes[0][1].consequences
    assert not rows.denies.any()
    work = Weighing(inputs).of("marrow_donation")
    assert work.worth[0, LOSS] == -rows.severity.sum() < 0
    assert work.worth[0, BETTER] == 1


def test_who_is_on_one_list_still_fears_another() -> None:
    """By hand: the severities of the second list come on top."""
    inputs = everyday(("judgment_list",), **FEW)
    tables = inputs.schemes[0][1]
    by_list = {
        bit: int(tables.consequences.severity[tables.consequences.list_bit == bit].sum())
        for bit in range(t.MOST_LISTS)
    }
    acts = load_conduct("everyday").act_ids
    leads = {act: list_on(inputs, act) for act in acts if rules_on(inputs, act)}
    first = next(act for act, bit in leads.items() if bit >= 0)
    second = next(act for act, bit in leads.items() if bit >= 0 and bit != leads[first])
    weighing = Weighing(inputs)
    on_first = [weighing.record(rules_on(inputs, first)[0])]
    assert weighing.of(second, records=on_first).worth[0, LOSS] == by_list[leads[second]] > 0
    assert weighing.of(first, records=on_first).worth[0, LOSS] == 0  # it is on that one already


def test_all_rules_of_an_act_count_not_the_worst() -> None:
    """By hand: two rules of 45 points lead from 1,000 under 950; either alone would not."""
    inputs = everyday(("wendeng_2020",), **FEW)
    tables = inputs.schemes[0][1]
    [rule] = rules_on(inputs, "damages_utilities")
    [other] = rules_on(inputs, "steals_utilities")
    rules = tables.rules.copy()
    rules.points[[rule, other]] = -45 * POINT
    rules.heaviest_of[[rule, other]] = -1
    act = list(load_conduct("everyday").act_ids).index("damages_utilities")
    entries = np.insert(tables.act_rule_list, tables.act_rules[act + 1], other)
    starts = tables.act_rules.copy()
    starts[act + 1 :] += 1
    both = changed(
        inputs, rules=rules, act_rules=starts, act_rule_list=entries,
        consequences=consequences(consequence(0, 7, 1, most=950 * POINT - 1)),
    )  # fmt: skip
    work = Weighing(both).of("damages_utilities")
    assert work.stood[BEFORE, 0, SCORE] - work.stood[AFTER, 0, SCORE] == 90 * POINT
    assert work.worth[0, LOSS] == 7
    assert Weighing(both).of("steals_utilities").worth[0, LOSS] == 0


def test_a_list_consequence_that_also_asks_for_a_grade_asks_for_it_in_the_mind_too() -> None:
    """By hand: on a clean file the grade stays, so the list alone brings nothing."""
    inputs = everyday(("judgment_list", "wendeng_2020"), **FEW)
    bit = list_on(inputs, "judgment_unpaid")
    low = consequence(0, 9, 1, on=bit, low=3, high=5)  # no grade of a list scheme is so high
    plain = consequence(0, 4, 1, on=bit)
    work = Weighing(changed(inputs, consequences=consequences(low, plain))).of("judgment_unpaid")
    assert work.worth[0, LOSS] == 4


@pytest.mark.parametrize(("least", "worth"), [(1020, 3), (1070, None)])
def test_the_nearest_boundary_may_be_a_score_that_a_consequence_asks_for(
    least: int, worth: int | None
) -> None:
    """By hand: 20 points away is within reach of 60, 70 is not; grades bring nothing here."""
    inputs = everyday(("wendeng_2020",), **FEW)
    grades = inputs.schemes[0][1].grades.copy()
    grades.begins[grades.begins > 1000 * POINT] = 5000 * POINT  # out of reach
    rows = consequences(consequence(0, 3, 0, least=least * POINT))
    weighing = Weighing(changed(inputs, grades=grades, consequences=rows))
    assert weighing.boundary(60) == (-1 if worth is None else worth)


def test_what_two_schemes_take_adds_up() -> None:
    """implementation: under both at once one fears what one fears under each, added."""
    names = ("wendeng_2020", "judgment_list")
    first, second, both = (
        Weighing(everyday(of, **FEW)).feared("judgment_unpaid")
        for of in ((names[0],), (names[1],), names)
    )
    assert first > 0 and second > 0
    assert both == first + second


def test_who_merely_knows_reckons_with_an_empty_file() -> None:
    """implementation: records count for who knows the score, and for nobody else."""
    inputs = everyday(("wendeng_2020",), **FEW)
    weighing = Weighing(inputs)
    held = [weighing.record(rules_on(inputs, "damages_utilities")[0])]
    for awareness, fell in ((KNOWS_SCORE, 100), (KNOWS, 0)):
        work = weighing.of("steals_utilities", records=held, awareness=awareness)
        assert work.stood[BEFORE, 0, SCORE] == (1000 - fell) * POINT
        assert work.stood[AFTER, 0, SCORE] == (1000 - fell - 60) * POINT
        assert work.worth[0, NAMED] == 1


def test_a_grade_lost_counts_by_itself_and_a_list_does_not() -> None:
    """implementation: grades lost are counted where a grade falls, never for a list."""
    work = Weighing(everyday(("wendeng_2020",), **FEW)).of("damages_utilities")
    assert work.worth[0, GRADES] == work.stood[BEFORE, 0, GRADE] - work.stood[AFTER, 0, GRADE] == 1
    listed = Weighing(everyday(("judgment_list",), **FEW)).of("judgment_unpaid")
    assert listed.worth[0, GRADES] == 0 < listed.worth[0, LOSS]


def test_a_rule_that_was_never_in_force_is_not_feared() -> None:
    """implementation: what cannot be booked names no act."""
    inputs = everyday(("wendeng_2020",), **FEW)
    rules = inputs.schemes[0][1].rules.copy()
    [rule] = rules_on(inputs, "damages_utilities")
    rules.until_month[rule] = inputs.origin
    work = Weighing(changed(inputs, rules=rules)).of("damages_utilities")
    assert not work.worth.any()
    assert (work.stood[BEFORE] == work.stood[AFTER]).all()


def test_severity_is_linear_in_its_bits() -> None:
    """By hand: tables of eight bits give the severity of every set of consequences."""
    inputs = everyday(("national_composite", "wendeng_2020"), **FEW)
    tables = inputs.schemes[0][1]
    table = stakes(tables, inputs.conduct[0][1]).severity
    random = np.random.default_rng(1)
    weights: Ints = np.where(tables.consequences.denies > 0, 1, -1)
    weights = weights * tables.consequences.severity
    for _ in range(200):
        on = random.integers(0, 2, len(weights))
        mask = sum(int(bit) << place for place, bit in enumerate(on))
        said = sum(int(table[k, mask >> k * BITS & 255]) for k in range(len(table)))
        assert said == int((weights * on).sum())


def test_acts_before_do_not_change_what_an_act_is_worth() -> None:
    """implementation: an act weighed after others is weighed as if it were the first."""
    inputs = everyday(("wendeng_2020", "judgment_list"), **FEW)
    weighing = Weighing(inputs)
    alone = [weighing.of(act, 3).worth.tolist() for act in ("tax_owed", "judgment_unpaid")]
    again = [weighing.of(act, 3).worth.tolist() for act in ("judgment_unpaid", "tax_owed")]
    assert alone == again[::-1]
    assert all(one >= 0 for row in alone for one in row[0][:2])
