"""A suspended scheme is out of mind: nothing of it is feared, sought, joined or counted.

Each test says what it is: *implementation*, *fitted* or *predicted* (see test_respond.py).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.engine.responding import Watched, responding, watch
from tests.engine.runs import everyday

from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine import tally as ta
from scoredsociety.engine.control.authority import GONE
from scoredsociety.engine.state import SUSPENDED

SCHEMES = ("wendeng_2020", "sesame_press", "judgment_list")
BARRED = {
    "awareness": {"start": "0.8"},
    "seeking": {"value": "0.02"},
    "ties": {"cost": "0.2", "listed": "0.2"},
    "silence": {"weight": "3"},
}
ONCE = {"suspend": "0", "abandon": "0", "patience": "0"}  # given up after the first month


def tables(given_up: bool, support: dict[str, str] | None = None) -> ResponseTables:
    """High responses; shame and life effects, which outlast a scheme, are off."""
    stated = [Response.model_validate({"id": k, "values": v}) for k, v in BARRED.items()]
    stated.append(Response.model_validate({"id": "support", "values": support or {}}))
    form = "thresholds" if given_up else "none"
    stated.append(Response.model_validate({"id": "authority", "form": form, "values": ONCE}))
    return compile_responses(stated, frozenset({"shame", "life_effects"}))


@cache
def run(scheme: str, given_up: bool) -> Watched:
    """A run that is given up after its first month, or goes on."""
    inputs = responding(everyday((scheme,), 2000, 8), tables(given_up))
    return watch(inputs)[2]


def after(log: Watched) -> dict[str, int]:
    """What the scheme moves from the third month on: the last word is published a month late."""
    months = log.tallies[2:]
    events = sum(one.responses[:, 0] for one in months)
    assert isinstance(events, np.ndarray)
    found = {name: int(events[code]) for name, code in
             (("sought", ta.V_SOUGHT), ("cut", ta.V_CUT), ("joined", ta.V_JOINED),
              ("shown", ta.V_SHOWS))}  # fmt: skip
    found["forgone"] = sum(int(one.forgone[:, 0].sum()) for one in months)
    found["restricted"] = sum(int(one.restricted[:, 0].sum()) for one in months)
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_of_a_scheme_given_up_moves_anybody(scheme: str) -> None:
    """implementation: no act given up or sought, no word kept back, no tie cut, nobody joins."""
    log = run(scheme, True)
    assert {int(log.scalars(month)[0, SUSPENDED]) for month in sorted(log._scalars)} == {GONE}
    assert after(log) == dict.fromkeys(after(log), 0)
    assert sum(after(run(scheme, False)).values()) > 0


def test_each_of_them_moves_somebody_while_the_scheme_stands() -> None:
    """implementation: the test above compares something, each of its counts in some scheme."""
    found = [after(run(scheme, False)) for scheme in SCHEMES]
    assert [name for name in found[0] if not any(one[name] for one in found)] == []


def test_support_of_a_scheme_given_up_is_a_matter_of_opinion() -> None:
    """implementation: what it gave, took or did unlike no longer counts, month by month."""
    none = dict.fromkeys(("gain", "loss", "seen", "arbitrary", "unlike", "misuse"), "0")
    high = {"gain": "0.5", "loss": "1", "seen": "3", "arbitrary": "3", "unlike": "1", "misuse": "1"}

    def supporters(given_up: bool, values: dict[str, str]) -> list[int]:
        inputs = responding(everyday(("wendeng_2020",), 2000, 8), tables(given_up, values))
        return [int(one.responses[ta.V_SUPPORTS, 0]) for one in watch(inputs)[2].tallies[2:]]

    assert supporters(True, none) == supporters(True, high)
    assert supporters(False, none) != supporters(False, high)
