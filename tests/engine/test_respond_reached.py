"""Awareness that is reached, belief that returns, journeys by the means that is denied.

Each test says what it is (see test_respond.py).
"""

from __future__ import annotations

import numpy as np
from tests.engine.responding import county, responding, storm, watch

from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import BY_ID
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine import tally
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.respond.mind import BELIEF, BELIEF_BITS
from scoredsociety.scheme import tables as t


def only(*given: dict[str, object]) -> ResponseTables:
    """These responses, and no other."""
    stated = [Response.model_validate(one) for one in given]
    return compile_responses(stated, frozenset(BY_ID) - {one.id for one in stated})


def denying(inputs: Inputs, what: int) -> Inputs:
    """The same run where every restriction denies one thing."""
    schemes = []
    for month, tables in inputs.schemes:
        rows = tables.consequences.copy()
        rows[:, t.K_DENIES] = np.where(rows[:, t.K_DENIES] == 0, 0, what)
        schemes.append((month, tables._replace(consequences=rows)))
    return inputs._replace(schemes=tuple(schemes))


def test_everybody_means_everybody_and_at_once() -> None:
    """implementation: whoever is scored knows the score, from the first month and as newcomer."""
    values = {"start": "1", "own": "1", "hear": "0", "ties": "0", "notice": "0"}
    known = {"id": "awareness", "form": "contact", "values": values}
    all_on = {"id": "awareness", "form": "none"}
    inputs = county(200, 4)
    some = watch(responding(inputs, only(known, {"id": "trust"})))[2]
    every = watch(responding(inputs, only(all_on, {"id": "trust"})))[2]
    for one, other in zip(some.tallies, every.tallies, strict=True):
        assert one.sums[:, tally.U_AWARE].tolist() == one.sums[:, tally.U_SUBJECTS].tolist()
        assert one.responses[tally.V_KNOWS_SCORE].sum() > 0
        assert np.array_equal(one.responses, other.responses)


def test_nobody_knows_at_the_start() -> None:
    """implementation: by default awareness is reached, not started from."""
    log = watch(responding(county(200, 3), only({"id": "awareness"})))[2]
    assert log.tallies[0].sums[:, tally.U_AWARE].sum() <= log.tallies[0].sums[
        :, tally.U_SUBJECTS
    ].sum() // 20


def test_what_is_refused_is_what_is_denied() -> None:
    """implementation: a ban on trains refuses trains, one on flights flights, another neither."""
    travel = {"id": "travel", "values": {"flights": "0.2", "trains": "0.1"}}
    seen = {}
    for what in (t.SOMETHING, t.FLIGHTS, t.TRAINS):
        log = watch(responding(denying(storm(1, 80, 8), what), only(travel)))[2]
        rows = log.total("responses")
        seen[what] = rows[tally.V_FLIGHT].sum() > 0, rows[tally.V_FLIGHT + 1].sum() > 0
    assert seen == {
        t.SOMETHING: (False, False), t.FLIGHTS: (True, False), t.TRAINS: (False, True)
    }  # fmt: skip


def test_a_refused_journey_tells() -> None:
    """implementation: with no other way to hear, those who know were refused a journey (O-B20)."""
    deaf = {"id": "awareness", "values": {"hear": "0", "ties": "0", "notice": "0"}}
    travel = {"id": "travel", "values": {"flights": "0.2", "trains": "0"}}
    inputs = storm(1, 80, 8)
    know = [
        watch(responding(denying(inputs, what), only(deaf, travel)))[2].total("responses")[
            tally.V_KNOWS_SCORE
        ].sum()
        for what in (t.SOMETHING, t.FLIGHTS)
    ]
    assert know[0] == 0 and know[1] > 0


def test_without_news_belief_stays_at_its_prior() -> None:
    """implementation: where nobody is under a restriction nobody's belief leaves the prior."""
    learning = {"id": "deterrence", "values": {"learning": "0.5", "forgets": "0.5"}}
    known = {"id": "awareness", "form": "none"}
    moved = []
    for what in (0, t.SOMETHING):
        state = watch(responding(denying(storm(1, 80, 8), what), only(learning, known)))[0]
        life = np.concatenate([block.life for block in state.blocks])
        moved.append(int((life >> BELIEF & (1 << BELIEF_BITS) - 1 != 0).sum()))
    assert moved[0] == 0 and moved[1] > 0
