"""Ties cut by what they cost: no weight, no cut; and the sum of the treatment's variance.

Each test says what it is: *implementation*, *fitted* or *predicted* (see test_respond.py).
"""

from __future__ import annotations

from functools import cache
from math import isqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.responding import responding, watch
from tests.engine.runs import everyday

from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine import tally as ta
from scoredsociety.engine.control.authority import unlike
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.state import TIED
from scoredsociety.runs.documents.switches import without_visibility
from scoredsociety.scheme import tables as t

KNOWN = Response(id="awareness", form="none")


def cutting(form: str = "worth", **values: str) -> ResponseTables:
    """Ties alone respond, everybody knows, lists do not matter."""
    ties = {"id": "ties", "form": form, "values": {"listed": "0", "cost": "0.1", **values}}
    none = [Response(id=name, form="none") for name in
            ("deterrence", "silence", "seeking", "joining", "shame", "support", "appeal", "trust")]
    return compile_responses((KNOWN, Response.model_validate(ties), *none),
                             frozenset({"life_effects"}))  # fmt: skip


def weighing(scheme: str, percent: int) -> Inputs:
    """A scheme whose parts and rules that read ties weigh so much of what they do.

    Ties know each other's scores: who cannot see a score cannot drop somebody for it.
    """
    inputs = everyday((scheme,), 3000, 10)
    tables = inputs.schemes[0][1]
    parts, rules = tables.components.copy(), tables.rules.copy()
    reads = parts.kind == t.PEERS
    parts.weight[reads] = parts.weight[reads] * percent // 100
    rules.points[rules.kind == t.PEERS_RECORD] *= percent
    rules.points[rules.kind == t.PEERS_RECORD] //= 100
    changed = without_visibility(tables._replace(components=parts, rules=rules))
    return inputs._replace(schemes=((inputs.schemes[0][0], changed),))


@cache
def cuts(scheme: str, percent: int, form: str = "worth", **values: str) -> int:
    """Ends of ties that people cut."""
    log = watch(responding(weighing(scheme, percent), cutting(form, **values)))[2]
    return int(log.total("responses")[ta.V_CUT, 0])


@pytest.mark.parametrize("scheme", ["sesame_documented", "sesame_press", "national_composite"])
def test_no_weight_no_cut(scheme: str) -> None:
    """implementation: where ties weigh nothing, nobody drops one for its score; else some do."""
    assert cuts(scheme, 0) == 0
    assert cuts(scheme, 0, "gap", score="0.3") > 0  # the rival form looks at the gap alone
    assert cuts(scheme, 300) > 50


@pytest.mark.parametrize("scheme", ["wendeng_2020", "rongcheng_press", "judgment_list"])
def test_where_a_scheme_reads_no_ties_none_is_cut_for_its_score(scheme: str) -> None:
    """implementation: points schemes without a rule on ties."""
    assert cuts(scheme, 100, cost="0.2", bond="0", likeness="0") == 0


def test_what_a_tie_is_worth_holds_it() -> None:
    """implementation: a greater worth of layer and likeness leaves fewer cuts, and then none."""
    ends = [cuts("sesame_press", 100, bond=bond) for bond in ("0", "1", "5", "1000")]
    assert ends == sorted(ends, reverse=True) and ends[0] > ends[1] > 0 and ends[-1] == 0


def test_the_more_ties_weigh_the_more_are_cut() -> None:
    """predicted: from none to three times the documented weight, in one seed.

    Beyond that it stops rising here: scores draw together, and few ties are left that cost.
    """
    ends = [cuts("sesame_documented", percent) for percent in (0, 50, 100, 300)]
    assert ends == sorted(set(ends))


def test_a_tie_counts_at_both_ends() -> None:
    """implementation: ties that count are counted at both ends, and their mean is a scalar."""
    log = watch(responding(weighing("sesame_press", 100), cutting()))[2]
    for one, month in zip(log.tallies, sorted(log._scalars), strict=True):
        tied, subjects = (int(one.sums[0, code]) for code in (ta.U_TIED, ta.U_SUBJECTS))
        assert tied % 2 == 0
        assert log.scalars(month)[0, TIED] == (tied * 1000 // subjects if subjects else 0)
    assert tied > 1000


@given(st.lists(st.lists(st.integers(-40, 40), max_size=8), min_size=1, max_size=ta.GRAVITIES))
def test_unlike_treatment_is_the_variance_within_classes(classes: list[list[int]]) -> None:
    """implementation: against NumPy's variance, class by class; one severity each gives 0."""
    treated = np.zeros((ta.GRAVITIES, 3), dtype=np.int64)
    for row, values in zip(treated, classes, strict=False):
        row[:] = len(values), sum(values), sum(value * value for value in values)
    persons = sum(map(len, classes))
    within = sum(np.var(values) * len(values) for values in classes if values)
    found = unlike(treated)
    if persons == 0:
        assert found == 0
    else:
        exact = within / persons
        # each class is rounded up by less than one squared unit
        assert isqrt(int(exact * 10**6)) - 1 <= found
        assert found <= isqrt(int((exact + len(classes) / persons) * 10**6)) + 1
    alike = [[values[0]] * len(values) for values in classes if values]
    for row, values in zip(treated, alike, strict=False):
        row[:] = len(values), sum(values), sum(value * value for value in values)
    treated[len(alike) :] = 0
    assert unlike(treated) == 0
