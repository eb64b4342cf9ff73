"""Praise for show, and support: what is counted, and where it comes from.

Each test says what it is: *implementation*, *fitted* or *predicted* (see test_respond.py).
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.engine.responding import Watched, responding, watch
from tests.engine.runs import everyday

from scoredsociety.conduct.model import load_conduct
from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import RESPONSES
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine import tally as ta

PRAISE = load_conduct("everyday").act_ids.index("praise_post")


def only(*stated: tuple[str, str, dict[str, str]]) -> ResponseTables:
    """These responses (id, form, values) alone; everybody knows."""
    given = [Response.model_validate({"id": a, "form": b, "values": c}) for a, b, c in stated]
    named = {one.id for one in given}
    off = {spec.id for spec in RESPONSES} - named | {"life_effects"}
    return compile_responses(given, frozenset(off))


def run(scheme: str, responses: ResponseTables) -> Watched:
    """Ten months of 3,000 people."""
    return watch(responding(everyday((scheme,), 3000, 10), responses))[2]


PAYS = ("loyalty", "pays", {"value": "0.02", "reach": "100"})
HIDES = ("loyalty", "hides", {"hides": "1"})
SILENT = ("silence", "flat", {"flat": "0.3"})
# something must respond for anybody to be a subject of responses at all
BESIDE = ("trust", "image", {"help": "0.7"})


@pytest.mark.parametrize("responses", [(PAYS,), (HIDES, SILENT)])
def test_praise_for_show_comes_on_top_of_praise_that_is_meant(
    responses: tuple[tuple[str, str, dict[str, str]], ...],
) -> None:
    """implementation: acts of praise with it, less those without, are the displays counted."""
    rest = tuple(one for one in responses if one[0] != "loyalty")
    on, off = (run("national_composite", only(*one, BESIDE)) for one in (responses, rest))
    shown = on.total("responses")[ta.V_DISPLAYED]
    assert shown[0] > 0 and off.total("responses")[ta.V_DISPLAYED, 0] == 0
    assert np.array_equal(on.total("acts")[PRAISE] - off.total("acts")[PRAISE], shown)


def test_praise_pays_only_where_it_is_rewarded() -> None:
    """implementation: Wendeng's rule book has no rule on praise."""
    assert run("wendeng_2020", only(PAYS, BESIDE)).total("responses")[ta.V_DISPLAYED, 0] == 0


def test_who_kept_nothing_back_hides_nothing() -> None:
    """implementation: without silence nobody hides; with it no more than what was kept back."""
    assert run("sesame_press", only(HIDES, BESIDE)).total("responses")[ta.V_DISPLAYED, 0] == 0
    log = run("national_composite", only(HIDES, SILENT, BESIDE))
    for one in log.tallies:
        assert one.responses[ta.V_DISPLAYED, 0] <= one.forgone[:, 0].sum()


@pytest.mark.parametrize("term", ["unlike", "misuse"])
def test_the_more_it_weighs_the_fewer_support(term: str) -> None:
    """implementation: support falls with the weight of unlike treatment and of known misuse."""
    counts = [
        int(run("wendeng_2020", only(("support", "benefit", {term: value})))
            .total("responses")[ta.V_SUPPORTS, 0])
        for value in ("0", "0.5", "1")
    ]  # fmt: skip
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1]
