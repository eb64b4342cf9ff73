"""Leaders of a community, and what goes to them and to ties, against a plain count."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from tests.engine.runs import everyday
from tests.reference.philox import draw
from tests.reference.society import Society

from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import books_a_rule
from scoredsociety.engine.run import MonthOutcome, begin_run, one_month
from scoredsociety.engine.run_constants import settle
from scoredsociety.keyed import stream
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.society.places import NEIGHBOURS
from scoredsociety.society.tables import AGE, ROLE

PEOPLE, MONTHS, LEADERS = 600, 3, 6
HEAD = 0


def inputs_of(rules: list[dict[str, Any]]) -> Inputs:
    """The county under one scheme of these rules."""
    scheme = Scheme.model_validate({
        "scheme": {"id": "one", "title": "One"}, "score": {"kind": "points", "start": 100},
        "rule": rules,
    })  # fmt: skip
    tables, _ = compile_schemes([[(0, scheme)]], load_conduct("everyday"))
    inputs = everyday(("none",), PEOPLE, MONTHS)
    return inputs._replace(schemes=((inputs.origin, tables),))


def months_of(inputs: Inputs) -> list[MonthOutcome]:
    setting = settle(inputs)
    state = begin_run(inputs, setting)
    found = []
    with ThreadPoolExecutor(1) as pool:
        for _ in range(inputs.months):
            state, outcome = one_month(inputs, setting, state, pool)
            found.append(outcome)
    return found


def booked(outcome: MonthOutcome) -> list[tuple[int, int]]:
    """(target, origin) of the messages that book a rule; others carry misattributed records."""
    box = outcome.outbox
    rows = zip(box.target.tolist(), box.content.tolist(), box.origin.tolist(), strict=True)
    return [(target, origin) for target, content, origin in rows if books_a_rule(content)]


def leaders_of(society: Society, first: int, many: int) -> set[int]:
    """Heads of the households at seats drawn once for the community."""
    size, found = society.seats.community_size, set()
    for place in range(many):
        word = draw(society.key, society.seat(first), 0, stream("leaders"), place)[0]
        seat = first + (word * size >> 32)
        if seat < society.people:
            home = society.household(seat)
            found |= {p for p in home if society.traits(p)[ROLE] == HEAD}
    return found


ACTS = ["noise", "untidy_yard", "garbage_unsorted", "parking_ticket", "speeding", "red_light"]


def test_what_residents_do_is_booked_to_the_leaders() -> None:
    inputs = inputs_of([
        {"id": "act", "on": ACTS, "points": -1},
        {"id": "bears", "on_others": {"by": "residents", "leaders": LEADERS}, "points": -1},
    ])  # fmt: skip
    society = Society(inputs)
    size = society.seats.community_size
    leading = {first: leaders_of(society, first, LEADERS) for first in range(0, PEOPLE, size)}
    everyone = set().union(*leading.values())
    assert 1 <= len(everyone) <= LEADERS * len(leading)
    assert all(society.traits(one)[AGE] >= 18 for one in everyone)
    sent = 0
    for outcome in months_of(inputs):
        acts: Counter[int] = Counter()
        for target, origin in booked(outcome):
            assert target in leading[origin // size * size] - {origin}
            acts[int(origin)] += 1
            sent += 1
        for origin, count in acts.items():  # each act reaches all leaders, but never oneself
            assert count % len(leading[origin // size * size] - {origin}) == 0
    assert sent > 0


def test_fellow_leaders_bear_only_what_a_leader_does() -> None:
    inputs = inputs_of([
        {"id": "act", "on": ACTS, "points": -1},
        {"id": "bears", "on_others": {"by": "fellow_leaders", "leaders": 16}, "points": -3},
    ])  # fmt: skip
    society = Society(inputs)
    size = society.seats.community_size
    sent = 0
    for outcome in months_of(inputs._replace(months=12)):
        for target, origin in booked(outcome):
            lead = leaders_of(society, int(origin) // size * size, 16)
            assert {int(target), int(origin)} <= lead and target != origin
            sent += 1
    assert sent > 0


@pytest.mark.parametrize("what", ["award", "grade"])
def test_only_what_is_followed_is_told(what: str) -> None:
    inputs = inputs_of([
        {"id": "act", "on": ACTS, "points": -1},
        {"id": "bears", "on_others": {"by": "residents", "what": what}, "points": -3},
    ])  # fmt: skip
    assert not any(booked(outcome) for outcome in months_of(inputs))


def test_ties_of_a_layer_bear_what_one_does() -> None:
    inputs = inputs_of([
        {"id": "act", "on": ACTS, "points": -1, "spill": {"to": "neighbours", "points": -1}}
    ])  # fmt: skip
    society = Society(inputs)
    setting = settle(inputs)
    state = begin_run(inputs, setting)
    bits = np.concatenate([block.ties for block in state.blocks])
    with ThreadPoolExecutor(1) as pool:
        _, outcome = one_month(inputs, setting, state, pool)
    sent = 0
    for target, origin in booked(outcome):
        open_slots = [s for s in society.places(int(origin)) if int(bits[origin]) >> s & 1]
        near = [society.partner(int(origin), s) for s in open_slots
                if inputs.society.slots.layer[s] == NEIGHBOURS]  # fmt: skip
        assert target in near
        sent += 1
    assert sent > 0
