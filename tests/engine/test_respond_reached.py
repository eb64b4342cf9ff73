"""Awareness that is reached, belief that returns, journeys by the means that is denied.

Each test says what it is (see test_respond.py).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from tests.engine.responding import county, responding, storm, watch
from tests.engine.runs import everyday

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import BY_ID
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine import tally
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.layout import BELIEF, BELIEF_BITS, field
from scoredsociety.engine.run import advance_run, begin_run
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.runs.scenario import Scenario
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.consequences import denied_code
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.study.ensemble.cases import case_of
from scoredsociety.study.ensemble.ensemble import observe


def only(*given: Mapping[str, object]) -> ResponseTables:
    """These responses, and no other."""
    stated = [Response.model_validate(one) for one in given]
    return compile_responses(stated, frozenset(BY_ID) - {one.id for one in stated})


def denying(inputs: Inputs, what: int) -> Inputs:
    """The same run where every restriction denies one thing."""
    schemes = []
    for month, tables in inputs.schemes:
        rows = tables.consequences.copy()
        rows.denies[:] = np.where(rows.denies == 0, 0, what)
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
        moved.append(int((field(life, BELIEF, BELIEF_BITS) != 0).sum()))
    assert moved[0] == 0 and moved[1] > 0


def beliefs(state: RunState) -> Ints:
    """Classes of everybody's belief above the prior."""
    life = np.concatenate([block.life for block in state.blocks]).astype(np.int64)
    return ((field(life, BELIEF, BELIEF_BITS)) ^ 8) - 8


def test_belief_returns_to_its_prior_once_there_is_no_news() -> None:
    """implementation: raised by restrictions, and back a while after the last of them."""
    values = {"learning": "0.5", "forgets": "0.5"}
    answers = only({"id": "deterrence", "values": values}, {"id": "awareness", "form": "none"})
    base = denying(storm(1, 80, 12), t.SOMETHING)
    (first, tables), end = base.schemes[0], base.origin + 12
    raised = responding(base._replace(schemes=((first, tables),)), answers)
    rows = tables.consequences.copy()
    rows.denies[:] = 0
    over = tables._replace(consequences=rows)
    calmed = raised._replace(schemes=((first, tables), (end, over)), months=12 + 40)
    assert beliefs(watch(raised)[0]).max() >= 3
    assert not beliefs(watch(calmed)[0]).any()


def test_who_earns_more_tries_more_often() -> None:
    """implementation: with the whole gradient the lowest fifth never tries, without it does."""
    lowest, highest = tally.MARGIN_FIRST[5], tally.MARGIN_FIRST[5] + 4
    tried = {}
    for gradient in ("0", "1"):
        values = {"flights": "0.2", "trains": "0", "gradient": gradient}
        travel = only({"id": "travel", "values": values})
        log = watch(responding(denying(storm(1, 300, 8), t.FLIGHTS), travel))[2]
        row = log.total("responses")[tally.V_FLIGHT]
        tried[gradient] = int(row[lowest]), int(row[highest])
    assert tried["0"][0] > 0 and tried["1"][0] == 0
    assert tried["1"][1] > tried["0"][1] > 0


def named_by_grade(inputs: Inputs, what: int) -> Inputs:
    """The same run where nothing is done anew, every grade denies one thing, and no list names."""
    (month, one), (start, tables) = inputs.conduct[0], inputs.schemes[0]
    rows = tables.consequences.copy()
    rows.grade_min[0] = rows.grade_max[0] = rows.list_bit[0] = -1
    rows.if_trait[0] = 0
    rows.score_min[0], rows.score_max[0] = -(1 << 31), (1 << 31) - 1
    rows.denies[:] = 0
    rows.denies[0] = what
    acts = one.acts.copy()
    acts.context[:], acts.protected[:] = c.CONTEXTS.index("finance"), 0
    acts.gravity[:] = 5
    quiet = one._replace(cells=np.full_like(one.cells, -1), acts=acts)
    rules = tables.rules.copy()
    rules.list_bit[:] = -1
    told = tables._replace(consequences=rows, rules=rules)
    return inputs._replace(conduct=((month, quiet),), schemes=((start, told),))


def episodes_left(inputs: Inputs) -> int:
    """Of episodes that everybody is in at the start, how many are still on at the end."""
    machine = Machine(1, 8)
    setting = settle(inputs, machine)
    state = begin_run(inputs, setting, machine)
    bits = [int(bit) for bit in inputs.conduct[0][1].acts.episode if bit >= 0]
    assert bits
    for block in state.blocks:
        block.life[:] |= np.uint64(sum(1 << bit for bit in bits))
    state = advance_run(inputs, setting, state, machine=machine)
    life = np.concatenate([block.life for block in state.blocks])
    return int(sum((life >> np.uint64(bit) & np.uint64(1)).sum() for bit in bits))


def test_naming_shortens_what_is_under_way() -> None:
    """implementation: arrears that are there end sooner by shame, later by defiance.

    Nothing new is done, so only what was under way at the start is counted; and only what takes
    the good name shames.
    """
    known = {"id": "awareness", "form": "none"}
    base = storm(1, 300, 4)
    plain = episodes_left(responding(named_by_grade(base, t.GOOD_NAME), only(known)))
    left = {}
    for form, values in (("reintegrative", {"shame": "0.6", "defiance": "0"}),
                         ("defiant", {"defiance": "0.5"})):  # fmt: skip
        shame = only(known, {"id": "shame", "form": form, "values": values})
        left[form] = episodes_left(responding(named_by_grade(base, t.GOOD_NAME), shame))
        other = episodes_left(responding(named_by_grade(base, t.FLIGHTS), shame))
        assert other == plain
    assert 0 < left["reintegrative"] < plain < left["defiant"]


@pytest.mark.parametrize("name", ["rongcheng_press", "suining_2010", "weihai_village",
                                  "judgment_list", "national_composite"])  # fmt: skip
def test_every_scheme_that_names_shames(name: str) -> None:
    """implementation: whatever takes the good name in a rule book is among what shames."""
    document = load_scheme(name)
    said = [place for place, one in enumerate(document.consequence) if one.denies == "good_name"]
    inputs = everyday((name,), 64, 1, 1)
    names = settle(inputs).stakes[0].names[0]
    assert said and names == sum(1 << place for place in said)


def test_spellings_of_what_is_denied_mean_the_same() -> None:
    """implementation: a flight is a flight however a rule book spells it."""
    asked = {"flights": t.FLIGHTS, "air_travel": t.FLIGHTS, "high_speed_rail": t.TRAINS,
             "trains": t.TRAINS, "publication": t.GOOD_NAME, "seat_choice": t.SOMETHING,
             None: 0}  # fmt: skip
    assert {word: denied_code(word) for word in asked} == asked


def knowing(scheme: str, months: int, *patches: str) -> tuple[int, int, int]:
    """Subjects in the last month; of them those who know, and who know their score."""
    case = case_of(Scenario((scheme,), people=2_000, months=months, panel=0, patches=patches))
    last = observe(case).last
    know, score = last.responses[tally.V_KNOWS, 0], last.responses[tally.V_KNOWS_SCORE, 0]
    return int(last.sums[0, tally.U_SUBJECTS]), int(know), int(score)


def test_awareness_of_running_pilots_is_reached_in_the_fourth_year() -> None:
    """fitted: V16, 11 of 100 (within a factor of 1.5) after 48 months, and not all after 60."""
    subjects, know, _ = knowing("wendeng_2020", 48)
    assert 11 / 1.5 <= 100 * know / subjects <= 11 * 1.5
    subjects, know, _ = knowing("wendeng_2020", 60)
    assert know < subjects / 3


def test_the_patch_by_which_everybody_knows() -> None:
    """implementation: 100 of 100, own score included."""
    subjects, know, score = knowing("wendeng_2020", 3, "awareness_everybody")
    assert subjects == know == score > 0
