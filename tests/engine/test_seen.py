"""What ties may see decides what responses go by; consent and terms hold from month to month."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.engine.responding import everything, responding, watch, without
from tests.engine.runs import everyday, run
from tests.engine.worlds import small_recipe

from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.checkpoint import checksum
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import ALL_UNGRADED, SANCTION_SEEN, is_listed
from scoredsociety.engine.tally import V_CUT
from scoredsociety.runs.documents.switches import without_visibility
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.scheme.read.patch import load_patch, patched, set_values
from scoredsociety.society.people.seats import place


@cache
def seen(scheme: str, visibility: int | None, months: int = 8) -> Inputs:
    """A scheme on the county with every response on, under some visibility."""
    inputs = everyday((scheme,), 64, months)
    recipe = small_recipe()
    inputs = inputs._replace(society=recipe.compile(), seats=place(recipe, 800))
    start, tables = inputs.schemes[0]
    if visibility is not None:
        tables.schemes.visibility[:] = visibility
    return responding(inputs._replace(schemes=((start, tables),)), everything())


def outcome(inputs: Inputs) -> tuple[str, int, int]:
    """Checksum, how often a sanction was seen, ties cut."""
    state, _, log = watch(inputs)
    at = inputs.origin
    sanctions = sum(
        int((log.changes(month).status & SANCTION_SEEN != 0).sum())
        for month in range(at, at + inputs.months)
    )
    return checksum(state), sanctions, int(log.total("responses")[V_CUT, 0])


def test_a_private_scheme_shows_ties_no_sanction_and_no_list() -> None:
    hidden = outcome(seen("judgment_list", t.PRIVATE))
    public = outcome(seen("judgment_list", t.PUBLIC))
    assert hidden[1] == 0 and public[1] > 0
    assert hidden[2] < public[2]  # nobody is dropped for a list that nobody sees
    operator = outcome(seen("judgment_list", t.OPERATOR))
    assert operator == public  # no score here, and what agencies refuse is seen


def test_visibility_of_a_score_makes_a_difference() -> None:
    """S3-38 against S3-42: the patches of the disagreement give unlike runs."""
    conduct = load_conduct("everyday")
    found = {}
    for name in ("visibility_user", "visibility_public"):
        scheme = patched(load_scheme("sesame_press", conduct), load_patch(name), conduct)
        tables, _ = compile_schemes([[(0, scheme)]], conduct)
        inputs = seen("sesame_press", None)
        inputs = inputs._replace(schemes=((inputs.schemes[0][0], tables),))
        found[name] = outcome(inputs)
    assert found["visibility_user"][0] != found["visibility_public"][0]


def test_switched_off_everything_is_seen_whatever_the_scheme_says() -> None:
    inputs = seen("sesame_press", None, 5)
    start, tables = inputs.schemes[0]
    shown = inputs._replace(schemes=((start, without_visibility(tables)),))
    assert (tables.schemes.visibility == t.SHOWN_BY_CHOICE).all()  # and left as it was
    private = tables.schemes.copy()
    private.visibility[:] = t.PRIVATE
    hidden = inputs._replace(schemes=((start, tables._replace(schemes=private)),))
    off = hidden._replace(schemes=((start, without_visibility(hidden.schemes[0][1])),))
    assert outcome(off) == outcome(shown) != outcome(hidden)


def test_without_responses_visibility_changes_nothing() -> None:
    inputs = everyday(("sesame_press",), 600, 4)
    start, tables = inputs.schemes[0]
    public = tables.schemes.copy()
    public.visibility[:] = t.PUBLIC
    other = inputs._replace(schemes=((start, tables._replace(schemes=public)),))
    assert checksum(run(inputs)[0]) == checksum(run(other)[0])
    off = without("responses", "life_effects")
    assert checksum(run(responding(inputs, off))[0]) == checksum(run(inputs)[0])


def test_a_share_of_those_who_may_gain_consents() -> None:
    conduct = load_conduct("everyday")
    sesame = load_scheme("sesame_documented", conduct)

    def granted(share: str) -> int:
        scheme = patched(sesame, set_values([f"partner.hirers.consent_share={share}"]), conduct)
        tables, names = compile_schemes([[(0, scheme)]], conduct)
        inputs = everyday(("sesame_documented",), 3000, 2)
        inputs = inputs._replace(schemes=((inputs.origin, tables),))
        _, _, log = watch(inputs)
        place = [one.id for one in names.consequences].index("bike_deposit")
        return int(log.total("consequences")[place, 0])

    everybody, some = granted("1"), granted("0.25")
    assert everybody > 1000
    # a binomial share of distinct persons, counted in two months: five standard deviations
    assert abs(some / everybody - 0.25) < 5 * (0.25 * 0.75 * 2 / everybody) ** 0.5
    assert granted("0.9999") <= everybody


@pytest.mark.parametrize("months", [2, 7])
def test_a_term_runs_whatever_the_grade_does(months: int) -> None:
    """Once below A, nobody leaves the term before its months, and nobody stays on without cause."""
    conduct = load_conduct("everyday")
    scheme = patched(
        load_scheme("wendeng_2020", conduct),
        set_values(["rule.police_warning.memory_months=1", "grade.A.from=999"]), conduct,
    )  # fmt: skip
    first = scheme.consequence[0].model_copy(
        update={"when": type(scheme.consequence[0].when)(grade_at_most="B"), "months": months}
    )
    scheme = scheme.model_copy(update={"consequence": [first]})
    tables, names = compile_schemes([[(0, scheme)]], conduct)
    inputs = everyday(("wendeng_2020",), 2000, 16)._replace(schemes=((5040, tables),))
    bit = [one.id for one in names.lists].index(f"term_{first.id}")
    low = [one.id for one in names.grades[0]].index("B")
    _, _, log = run(inputs)
    status = np.full(2000, ALL_UNGRADED, dtype=np.int64)
    left = np.zeros(2000, dtype=np.int64)  # months of the term still to run
    began = 0
    for month in range(inputs.origin, inputs.origin + inputs.months):
        below = (status & 15) <= low  # as published last month
        begins = below & (left <= 0)
        left = np.where(begins, months, left)
        began += int(begins.sum())
        changes = log.changes(month)
        status[changes.person] = changes.status
        listed = is_listed(status, bit)
        assert (listed == (left > 0)).all(), month
        left -= 1
    assert began > 20
