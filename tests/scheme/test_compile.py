"""A compiled scheme says in integers exactly what its document says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoredsociety.columns import integers_of
from scoredsociety.conduct.model import Conduct, load_conduct
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.fixed import UNIT
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import catalogue, load_scheme
from scoredsociety.society.tables import TRAIT

from .wendeng_rows import DONATION_STEPS, VOLUNTEER_STEPS

ROW = dict[str, Any]


@pytest.fixture(scope="module")
def conduct() -> Conduct:
    return load_conduct("everyday")


def scheme_of(*rules: ROW, **tables: Any) -> Scheme:
    return Scheme.model_validate({
        "scheme": {"id": "one", "title": "One"},
        "score": {"kind": "points", "start": 1000},
        "grade": [{"id": "A", "from": 960}, {"id": "B", "from": 850}, {"id": "C"}],
        "rule": list(rules),
        **tables,
    })  # fmt: skip


def row_of(tables: t.SchemeTables, names: SchemeNames, key: str) -> Any:
    return tables.rules[[name.key for name in names.rules].index(key)]


@given(points=st.decimals(-1000, 1000, places=2))
@settings(max_examples=60, deadline=None)
def test_points_are_exact_centipoints(points: Decimal) -> None:
    acts = load_conduct("everyday")
    tables, _ = compile_schemes(
        [[(0, scheme_of({"id": "x", "on": "noise", "points": points}))]], acts
    )
    assert Decimal(int(tables.rules.points[0])) / 100 == points


def test_every_table_is_int64_and_whole(conduct: Conduct) -> None:
    for name in catalogue():
        tables, names = compile_schemes([[(0, load_scheme(name))]], conduct)
        assert all(integers_of(part).dtype == np.int64 for part in tables)
        assert len(names.rules) == len(tables.rules)
        assert len(names.consequences) == len(tables.consequences)
        assert len(names.components) == len(tables.components)
        assert len(names.grades[0]) == tables.schemes.grade_count[0]


def test_bracket_steps_are_those_of_the_text(conduct: Conduct) -> None:
    tables, names = compile_schemes([[(0, load_scheme("wendeng_2020"))]], conduct)

    def reached(key: str, amount: int) -> int:
        row = row_of(tables, names, key)
        rows = tables.brackets[row.first_bracket :][: row.bracket_count]
        return max([0, *(int(points) for start, points in rows if start <= amount)])

    for hours, points in VOLUNTEER_STEPS.items():
        assert reached("volunteering", hours) == points * 100
        assert reached("volunteering", hours - 1) < points * 100
    for yuan, points in DONATION_STEPS.items():
        assert reached("money_donation", yuan) == points * 100
        assert reached("money_donation", yuan - 1) == (points - 1) * 100
    cap = row_of(tables, names, "money_donation").cap
    assert tables.caps.points[cap] == 4000


def test_a_residue_and_a_spill_stand_behind_their_rule(conduct: Conduct) -> None:
    tables, names = compile_schemes([[(0, scheme_of({
        "id": "listed", "on": "judgment_unpaid", "grade": "C", "memory_months": 60,
        "corrected_by": "pays_judgment", "residue": {"points": -50, "memory_months": 24},
        "spill": {"to": "head_of_household", "points": -5, "memory_months": 3},
    }))]], conduct)  # fmt: skip
    assert [name.key for name in names.rules] == ["listed", "listed.spill", "listed.residue"]
    listed, spill, residue = tables.rules
    assert (listed.spill, listed.residue) == (1, 2)
    assert (spill.kind, spill.points, spill.memory) == (t.SPILLED, -500, 3)
    assert (residue.kind, residue.points, residue.memory) == (t.RESIDUE, -5000, 24)
    assert listed.spill_to == t.TO_HEAD
    assert listed.grade == 0 and residue.grade == spill.grade == -1


def test_memory_follows_severity_level_and_grade(conduct: Conduct) -> None:
    rules = [
        {"id": "small", "on": "noise", "points": -40},
        {"id": "large", "on": "slander", "points": -40.01},
        {"id": "award", "on": "blood_donation", "points": 10},
        {"id": "honour", "on": "honour_nation", "points": 100, "level": "nation"},
        {"id": "direct", "on": "drunk_driving", "grade": "B"},
        {"id": "own", "on": "speeding", "points": -40, "memory_months": 7},
        {"id": "always", "on": "red_light", "points": -40, "memory_months": "forever"},
    ]
    scheme = scheme_of(*rules, dynamics={
        "repeat": "double", "awards_suspended": True,
        "memory": {"deduction": [{"up_to": 40, "months": 12}, {"months": 24}], "award": 12,
                   "award_by_level": {"nation": 60}, "grade": {"B": 36}},
    })  # fmt: skip
    tables, names = compile_schemes([[(0, scheme)]], conduct)
    months = {n.id: int(tables.rules.memory[k]) for k, n in enumerate(names.rules)}
    assert months == {"small": 12, "large": 24, "award": 12, "honour": 60, "direct": 36,
                      "own": 7, "always": t.FOREVER}  # fmt: skip
    assert row_of(tables, names, "small").doubles == 1
    assert row_of(tables, names, "award").doubles == 0
    assert row_of(tables, names, "award").suspended == 1
    assert row_of(tables, names, "small").suspended == 0


def test_the_heaviest_rule_ranks_grades_before_points(conduct: Conduct) -> None:
    scheme = scheme_of(
        {"id": "minus", "on": "noise", "points": -999},
        {"id": "to_b", "on": "noise", "grade": "B"},
        {"id": "to_c", "on": "noise", "grade": "C"},
        {"id": "award", "on": "noise", "points": 5},
        {"id": "alone", "on": "slander", "points": -5},
        dynamics={"one_act": "heaviest"},
    )
    tables, names = compile_schemes([[(0, scheme)]], conduct)
    rank = {n.id: int(tables.rules.weight[k]) for k, n in enumerate(names.rules)}
    assert rank["to_c"] > rank["to_b"] > rank["minus"]
    group = {n.id: int(tables.rules.heaviest_of[k]) for k, n in enumerate(names.rules)}
    assert group["minus"] == group["to_b"] == group["to_c"] >= 0
    assert group["award"] == group["alone"] == -1


def test_one_rule_on_several_acts_is_found_from_each(conduct: Conduct) -> None:
    scheme = scheme_of({"id": "both", "on": ["noise", "slander"], "points": -5})
    tables, _ = compile_schemes([[(0, scheme)]], conduct)
    for act, name in enumerate(conduct.act_ids):
        first, last = tables.act_rules[act : act + 2]
        found = list(tables.act_rule_list[first:last])
        assert found == ([0] if name in ("noise", "slander") else [])


def test_weights_sum_to_the_whole_scale(conduct: Conduct) -> None:
    tables, names = compile_schemes([[(0, load_scheme("sesame_documented"))]], conduct)
    assert tables.components.weight.sum() == UNIT
    sums: dict[str, int] = {}
    for row, name in zip(tables.components, names.components, strict=True):
        sums[str(name.category)] = sums.get(str(name.category), 0) + int(row.weight)
    published = {"credit_history": 35, "fulfilment_capacity": 25, "behaviour": 20,
                 "personal_characteristics": 15, "relationships": 5}  # fmt: skip
    for category, per_cent in published.items():  # O-Z1, to one part in 65,536 a component
        assert abs(sums[category] - UNIT * per_cent / 100) <= 3


def test_attribute_tables_cover_every_value(conduct: Conduct) -> None:
    scheme = scheme_of({
        "id": "school", "from_attribute": "schooling",
        "table": [{"from": 1, "points": -5}, {"from": 3, "points": 7.5}],
        "missing": {"unless": "internet", "points": -1},
    })  # fmt: skip
    tables, _ = compile_schemes([[(0, scheme)]], conduct)
    row = tables.rules[0]
    values = tables.values[row.first_value :][: row.value_count]
    assert list(values) == [0, -500, -500, 750, 750]
    assert row.seen_trait == TRAIT["internet"] and row.missing == -100


def test_lists_are_shared_between_schemes(conduct: Conduct) -> None:
    lister = scheme_of(
        {"id": "names", "on": "judgment_unpaid", "list": "debtors", "memory_months": 24},
        list=[{"id": "debtors", "title": "Debtors"}], scheme={"id": "lister", "title": "L"},
    )  # fmt: skip
    reader = scheme_of(
        {"id": "reads", "on_list": "debtors", "grade": "C", "residue": {"points": -50}},
        {"id": "follows", "on_grade": {"scheme": "lister", "at_most": "B"}, "points": -5},
    )
    tables, names = compile_schemes([[(0, reader)], [(0, lister)]], conduct)
    rows = {n.key: tables.rules[k] for k, n in enumerate(names.rules)}
    assert rows["reads"].on == rows["names"].list_bit == 0
    assert rows["follows"].on == 1 * 16 + 1
    alone, _ = compile_schemes([[(0, reader)]], conduct)
    assert alone.rules.on[2] == -1  # the other scheme is not in the run


def test_dated_values_follow_each_other(conduct: Conduct) -> None:
    scheme = scheme_of({
        "id": "x", "on": "noise", "points": -5, "from": "2019-01", "until": "2023-01",
        "dated": [{"from": "2022-01", "points": -7}, {"from": "2021-01", "points": -6}],
    })  # fmt: skip
    tables, names = compile_schemes([[(0, scheme)]], conduct)
    january = [(year - 1600) * 12 for year in (2019, 2021, 2022, 2023)]
    assert [name.key for name in names.rules] == ["x", "x@2021-01", "x@2022-01"]
    assert list(tables.rules.points) == [-500, -600, -700]
    assert list(tables.rules.from_month) == january[:3]
    assert list(tables.rules.until_month) == january[1:]


def test_streams_hang_on_ids_alone(conduct: Conduct) -> None:
    first = scheme_of({"id": "a", "on": "noise", "points": -5},
                      {"id": "b", "on": "slander", "points": -5})  # fmt: skip
    tables, _ = compile_schemes([[(0, first)]], conduct)
    assert tables.rules.stream[1] == stream("rule:b")
    assert tables.schemes.stream[0] == stream("scheme:one")


def test_what_a_run_cannot_hold_is_refused(conduct: Conduct) -> None:
    scheme = scheme_of({"id": "x", "on": "noise", "points": -5})
    with pytest.raises(DocumentErrors, match="given twice"):
        compile_schemes([[(0, scheme)], [(0, scheme)]], conduct)
    with pytest.raises(DocumentErrors, match="1 to 4 schemes"):
        compile_schemes([], conduct)
    with pytest.raises(DocumentErrors, match="no act 'noisy'"):
        compile_schemes([[(0, scheme_of({"id": "x", "on": "noisy", "points": -5}))]], conduct)
    other = scheme.model_copy(update={"grade": scheme.grade[::2]})
    with pytest.raises(DocumentErrors, match="keeps the grades"):
        compile_schemes([[(0, scheme), (5000, other)]], conduct)
    crowd = [{"id": f"t{k}", "from_attribute": "age", "table": [{"points": 1}]} for k in range(33)]
    with pytest.raises(DocumentErrors, match="at most 32 rules on attributes"):
        compile_schemes([[(0, scheme_of(*crowd))]], conduct)
