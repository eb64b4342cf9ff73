"""Objections: a channel, a queue and an answer for each scheme, whatever the order of the schemes.

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

from functools import cache
from math import sqrt

import numpy as np
import pytest
from tests.engine.responding import Watched, responding, storm, watch
from tests.engine.runs import checksum_of, everyday

from scoredsociety.conduct.model import load_conduct
from scoredsociety.conduct.parts import Act, Source
from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.tables import ConductTables, ResponseTables
from scoredsociety.engine import tally as ta
from scoredsociety.engine.checkpoint import columns
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import CORRECTED, ERRORS, flags_of, months_waited, rule_of
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t

PAIR = ("wendeng_2020", "judgment_list")
ALL = 0  # the margin of everyone


def objecting(**values: str) -> ResponseTables:
    """Everybody knows everything; people only object (and join, where one may)."""
    given = {"files": "0.5", "files_right": "0.5", "schooling": "1", "capacity": "1000", **values}
    others = ("awareness", "deterrence", "silence", "seeking", "ties", "shame", "support",
              "authority", "trust")  # fmt: skip
    one = Response.model_validate({"id": "appeal", "values": given})
    return compile_responses((one,), frozenset({*others, "life_effects"}))


def with_channel(inputs: Inputs, s: int | None = None, **fields: int) -> Inputs:
    """The same run with another channel of scheme ``s`` (of all of them)."""
    schemes = []
    for month, tables in inputs.schemes:
        rows = tables.schemes.copy()
        for name, value in fields.items():
            getattr(rows, name)[slice(None) if s is None else s] = value
        schemes.append((month, tables._replace(schemes=rows)))
    return inputs._replace(schemes=tuple(schemes))


PLAIN = {
    "appeal_to": t.TO_OPERATOR, "appeal_any_record": 1, "appeal_within": t.FOREVER,
    "appeal_months": 1, "appeal_capacity": -1, "appeal_leaves_residue": 0,
}  # fmt: skip


@cache
def stormy(seed: int = 5, months: int = 14) -> Inputs:
    """A storm with one version of its schemes, in which everybody may object to anything.

    Nobody leaves a seat: an objection would leave with its person, unanswered.
    """
    inputs = storm(seed, 300, months, without="turnover")
    return with_channel(inputs._replace(schemes=inputs.schemes[:1]), **PLAIN)


def counts(inputs: Inputs, responses: ResponseTables | None = None) -> tuple[Ints, Watched]:
    """(months, schemes, 4) objections of everyone, and what was watched."""
    log = watch(responding(inputs, responses or objecting()))[2]
    return np.array([one.appeals[:, :, ALL] for one in log.tallies]), log


@cache
def busiest() -> tuple[Inputs, int]:
    """Of ten storms the one whose second scheme is objected to most, and its first in that."""
    found = []
    for seed in range(10):
        filed = counts(stormy(seed))[0][:, :, ta.A_FILED].sum(axis=0)
        found.append((sorted([0, *filed.tolist()])[-2], seed, int(filed.argmax())))
    _, seed, most = max(found)
    return stormy(seed), most


def test_no_channel_is_a_response_switched_off() -> None:
    """implementation: where no scheme can be objected to, the bits are those of ``appeal`` off."""
    closed = with_channel(busiest()[0], appeal_to=t.NO_CHANNEL)
    on = checksum_of(responding(closed, objecting()))
    off = compile_responses((), frozenset({"appeal", "awareness", "deterrence", "silence",
        "seeking", "ties", "shame", "support", "authority", "trust", "life_effects"}))  # fmt: skip
    assert on == checksum_of(responding(closed, off))
    assert on != checksum_of(responding(busiest()[0], objecting()))
    assert counts(closed)[0].sum() == 0


@pytest.mark.parametrize("months", [1, 3])
def test_whoever_waits_was_filed_and_is_answered_or_waits_on(months: int) -> None:
    """implementation: waiting = waiting before + filed - upheld - rejected, in every scheme."""
    channel = {"appeal_months": months, "appeal_capacity": 400_000_000}
    found, log = counts(with_channel(busiest()[0], **channel))
    before = np.zeros_like(found[0, :, 0])
    for month in found:
        filed, upheld, rejected, waiting = month.T
        assert (waiting == before + filed - upheld - rejected).all()
        before = waiting
    assert found[:, :, ta.A_FILED].sum() > 50 and found[:, :, ta.A_UPHELD].sum() > 5
    assert log.total("responses")[ta.V_FILED, ALL] == found[:, :, ta.A_FILED].sum()
    answered = found[:, :, [ta.A_UPHELD, ta.A_REJECTED]].sum()
    assert log.total("responses")[ta.V_ANSWERED, ALL] == answered


@pytest.mark.parametrize("months", [1, 2, 5])
def test_no_answer_before_the_delay_is_over(months: int) -> None:
    """implementation: with room for all, who filed in a month is answered so many months later."""
    found, _ = counts(with_channel(busiest()[0], appeal_months=months, appeal_capacity=10**12))
    filed = found[:, :, ta.A_FILED]
    answered = found[:, :, ta.A_UPHELD] + found[:, :, ta.A_REJECTED]
    assert filed[:-months].sum() > 20
    assert (answered[:months] == 0).all()
    assert (answered[months:] == filed[:-months]).all()


def test_capacity_is_answers_a_month_by_size() -> None:
    """implementation: a long queue is answered at the channel's capacity, and at 0 never.

    The number answered of those due is binomial; its sum over 12 months stays within five standard
    deviations (a correct program fails at less than one seed in a million).
    """
    inputs, s = busiest()
    row = {**PLAIN, "appeal_capacity": 100 * 1_000_000}  # 10 a month for 1,000 subjects
    found, log = counts(with_channel(inputs, **row))
    late = slice(2, 14)
    answered = found[late, s, ta.A_UPHELD] + found[late, s, ta.A_REJECTED]
    capacity = np.array([one.sums[s, ta.U_SUBJECTS] for one in log.tallies])[1:13] * 10 / 1000
    assert (found[1:13, s, ta.A_WAITING] >= capacity).all(), "the queue is too short to see it"
    assert abs(answered.sum() - capacity.sum()) < 5 * sqrt(capacity.sum())
    closed, _ = counts(with_channel(inputs, **{**PLAIN, "appeal_capacity": 0}))
    assert closed[:, s, ta.A_FILED].sum() > 0
    assert closed[:, s, [ta.A_UPHELD, ta.A_REJECTED]].sum() == 0


def test_each_scheme_has_a_queue_of_its_own() -> None:
    """implementation: one scheme's full queue keeps no other scheme from answering."""
    inputs, s = busiest()
    found, free = counts(with_channel(inputs, s, appeal_capacity=0))[0], counts(inputs)[0]
    assert found[:, s, [ta.A_UPHELD, ta.A_REJECTED]].sum() == 0 and found[:, s].sum() > 0
    others = [k for k in range(found.shape[1]) if k != s]
    answered, before = (
        int(one[:, others][:, :, [ta.A_UPHELD, ta.A_REJECTED]].sum()) for one in (found, free)
    )
    assert answered > 0.8 * before > 0


def test_right_records_only_where_the_channel_looks_at_them() -> None:
    """implementation: with no wrong record about and ``records = "wrong"``, nothing is upheld."""
    inputs = everyday(PAIR, 3000, 12)
    clean = inputs._replace(conduct=((inputs.origin, without_errors()),))
    responses = objecting(upheld_right="0.2")
    strict = counts(with_channel(clean, **{**PLAIN, "appeal_any_record": 0}), responses)[0]
    lenient = counts(with_channel(clean, **PLAIN), responses)[0]
    assert strict[:, :, ta.A_REJECTED].sum() > 0 and strict[:, :, ta.A_UPHELD].sum() == 0
    assert lenient[:, :, ta.A_UPHELD].sum() > 0


def without_errors() -> ConductTables:
    """Everyday conduct with no false and no misattributed record."""
    document = load_conduct("everyday")

    def act(one: Act) -> Act:
        return one.model_copy(update={"false_rate": one.false_rate * 0})

    def source(one: Source) -> Source:
        return one.model_copy(update={"misattributed": one.misattributed * 0})

    return document.model_copy(update={
        "act": tuple(map(act, document.act)), "source": tuple(map(source, document.source)),
    }).compile()  # fmt: skip


def test_one_may_object_for_so_many_months() -> None:
    """implementation: a term of a month admits less than none; nothing is filed after it."""
    long = counts(busiest()[0])[0][:, :, ta.A_FILED].sum()
    short = counts(with_channel(busiest()[0], appeal_within=1))[0][:, :, ta.A_FILED].sum()
    assert 0 < short < long


def test_a_body_of_its_own_upholds_as_the_conduct_says() -> None:
    """implementation: ``body = 0`` upholds nothing there, and changes nothing at the operator's."""
    operator = counts(busiest()[0], objecting(body="0"))[0]
    body = counts(with_channel(busiest()[0], appeal_to=t.TO_BODY), objecting(body="0"))[0]
    assert operator[:, :, ta.A_UPHELD].sum() > 0
    assert body[:, :, ta.A_UPHELD].sum() == 0 and body[:, :, ta.A_REJECTED].sum() > 0


def test_what_is_upheld_may_leave_a_residue() -> None:
    """implementation: a wrong record becomes its residue, once, where the channel says so."""
    residues = busiest()[0].schemes[0][1].rules.residue
    assert (residues >= 0).any()

    def wrong_residues(residue: int) -> int:
        inputs = with_channel(busiest()[0], appeal_leaves_residue=residue)
        state = watch(responding(inputs, objecting(upheld="1")))[0]
        words = columns(state)["records"].tolist()
        kept = [flags_of(w) for w in words if rule_of(w) in residues]
        return sum(1 for flags in kept if flags & CORRECTED and flags & ERRORS)

    assert wrong_residues(1) > wrong_residues(0)


def test_waiting_is_kept_scheme_by_scheme() -> None:
    """implementation: the life bits of a scheme say how many of its objections wait."""
    storm_of, most = busiest()
    inputs = with_channel(storm_of, appeal_capacity=0)
    state, _, log = watch(responding(inputs, objecting()))
    life = columns(state)["life"].astype(np.int64)
    for s in range(len(inputs.schemes[0][1].schemes)):
        waiting = int(np.count_nonzero(months_waited(life, s)))
        assert waiting == log.tallies[-1].appeals[s, ta.A_WAITING, ALL]
    assert (months_waited(life, most) > 5).any()


def swapped(schemes: tuple[str, ...], people: int = 2000, months: int = 12) -> list[Watched]:
    """The same two schemes in both orders, with people who object, join, show and trust."""
    others = ("awareness", "deterrence", "silence", "seeking", "ties", "shame", "support",
              "authority", "life_effects")  # fmt: skip
    given = (
        Response.model_validate({"id": "appeal", "values": {"files": "0.5", "files_right": "0.1",
                                                            "capacity": "5"}}),
        Response.model_validate({"id": "joining", "values": {"ties": "0.3"}}),
    )  # fmt: skip
    responses = compile_responses(given, frozenset(others))
    return [
        watch(responding(everyday(order, people, months), responses))[2]
        for order in (schemes, schemes[::-1])
    ]


@pytest.mark.parametrize(
    "schemes",
    [PAIR, ("sesame_documented", "wendeng_2020"), ("sesame_documented", "hangzhou_qianjiang"),
     ("red_list", "sesame_documented")],
)
def test_the_order_of_the_schemes_decides_nothing(schemes: tuple[str, ...]) -> None:
    """implementation: objections, joining, showing and trust are the same in both orders."""
    one, other = swapped(schemes)
    for a, b in zip(one.tallies, other.tallies, strict=True):
        assert np.array_equal(a.appeals, b.appeals[::-1])
        assert np.array_equal(a.cells, b.cells[::-1])
        assert np.array_equal(a.responses, b.responses)
        assert np.array_equal(a.sums, b.sums[::-1])
    events = one.total("responses")[:, ALL]
    assert events[ta.V_FILED] > 0 or schemes != PAIR
    assert events[ta.V_MET] > 0


def test_ties_in_another_scheme_are_no_reason_to_join_this_one() -> None:
    """implementation: with nobody in it and nobody who joins alone, nobody ever joins.

    The first scheme of the run has everyone: it used to be the one that was looked at.
    """
    inputs = everyday(("wendeng_2020", "sesame_documented"), 1000, 6)
    rows = inputs.schemes[0][1].schemes.copy()
    rows.joining[1] = 0
    tables = inputs.schemes[0][1]._replace(schemes=rows)
    empty = inputs._replace(schemes=((inputs.origin, tables),))
    for alone, joined in (("0", False), ("0.05", True)):
        given = {"id": "joining", "values": {"alone": alone, "ties": "0.3"}}
        responses = compile_responses(
            (Response.model_validate(given),), frozenset({"awareness", "life_effects"})
        )
        log = watch(responding(empty, responses))[2]
        assert bool(log.total("responses")[ta.V_JOINED, ALL] > 0) is joined


def test_trust_reads_a_score_and_not_a_list() -> None:
    """implementation: a score shown moves help also where the first scheme of the run is a list.

    Only the first scheme was looked at before, and a list has nothing to show.
    """
    off = frozenset({"awareness", "deterrence", "silence", "seeking", "ties", "shame", "support",
                     "authority", "appeal", "life_effects"})  # fmt: skip
    helped = []
    for image in ("0", "0.5"):
        one = Response.model_validate({"id": "trust", "values": {"image": image}})
        inputs = everyday(("red_list", "sesame_documented"), 2000, 8)
        log = watch(responding(inputs, compile_responses((one,), off)))[2]
        helped.append(int(log.total("responses")[ta.V_HELPED, ALL]))
    assert helped[0] != helped[1]
