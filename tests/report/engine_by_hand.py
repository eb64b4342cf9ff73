"""What the engine's own responses give for stated persons: run with kernels as plain Python.

Prints JSON: for ``response/number of the formula`` a list of cases, each with the variables of the
formula and what the engine came to. A chance is found by giving the engine the drawn word itself
and looking where its decision turns. tests/report/test_odd.py computes the same from the page.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import BY_ID
from scoredsociety.engine import layout, tally
from scoredsociety.engine.collect import discretion, padding
from scoredsociety.engine.control import authority, queue
from scoredsociety.engine.demography import upbringing
from scoredsociety.engine.respond import (
    appeal,
    awareness,
    deterrence,
    life_effects,
    loyalty,
    opt_in,
    perception,
    shame,
    silence,
    support,
    trust,
)
from scoredsociety.engine.ties import tie_dissolution
from scoredsociety.fixed import exp2_table, logistic_table
from scoredsociety.scheme import tables as t
from scoredsociety.society import tables as so
from scoredsociety.society.places import SlotColumns

MILLION, ONE = 1_000_000, 1 << 32
Case = dict[str, float]


def world(form: str = "", name: str = "", **more: Any) -> SimpleNamespace:
    """A world of one person, with the default coefficients and one form chosen."""
    given = (Response(id=name, form=form),) if form else ()
    tables = compile_responses(given, frozenset())
    base = {"responses": tables, "month": 5, "origin": 0, "k0": 1, "k1": 2,
            "logit": logistic_table()}  # fmt: skip
    return SimpleNamespace(**base | more)


def scratch(**mind_: int) -> SimpleNamespace:
    """What a person has in mind, and traits at 0."""
    row = np.zeros(24, dtype=np.int64)
    for key, value in mind_.items():
        row[getattr(perception, key)] = value
    return SimpleNamespace(mind=row, traits=np.zeros(len(so.TRAITS), dtype=np.int64),
                           whose=np.zeros(4, dtype=np.int64))  # fmt: skip


def chance(decide: Callable[[int], bool]) -> float:
    """The first word at which the decision turns, over 2**32."""
    low, high = 0, ONE
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if decide(middle) else (low, middle)
    return low / ONE


def given(module: ModuleType, **what: Any) -> None:
    """Put something in the place of what a module calls."""
    for name, value in what.items():
        setattr(module, name, value)


def words(module: ModuleType, place: int) -> Callable[[int], None]:
    """A setter of one word of the module's draw; the others are the greatest."""

    def put(value: int) -> None:
        row = [ONE - 1] * 4
        row[place] = value
        given(module, draw=lambda *_: tuple(row))

    return put


def still(*_: Any) -> None:
    """Look at nobody: the person has it in mind already."""


def drawn(module: ModuleType, place: int, done: Callable[[], bool]) -> float:
    """The chance of ``done`` by one word."""
    put = words(module, place)

    def decide(word: int) -> bool:
        put(word)
        return bool(done())

    return chance(decide)


def of_awareness() -> Iterator[tuple[str, Case]]:
    given(awareness, look=still, life_number=lambda *_: 0)
    one = world("contact", "awareness")

    def state(where: Any, mind_: Any, refused: int = 0) -> int:
        life = awareness.update(where, 0, 7, 0, 0, refused, mind_)
        return layout.field(life, layout.AWARENESS, 2)

    for place, stated in enumerate(({"start": 0.3, "own": 1.0}, {"start": 1.0, "own": 0.4})):
        values = {name: Decimal(str(number)) for name, number in stated.items()}
        told = compile_responses((Response(id="awareness", values=values),), frozenset())
        some = world(responses=told)
        yield f"awareness/{place}", {**stated, "engine": drawn(
            awareness, place, lambda w=some: state(w, scratch()) == 2)}  # fmt: skip
    held = scratch(M_DENIED=1)
    for refused in (0, 1):
        yield "awareness/2", {"refused": refused, "engine": drawn(
            awareness, 1, lambda r=refused: state(one, held, r) == 2)}  # fmt: skip
    for know in (0, 3, 10):
        seen = scratch(M_TIES=10, M_KNOW=know)
        yield "awareness/3", {"know": know / 10,
                              "engine": drawn(awareness, 0, lambda s=seen: state(one, s) == 1)}
    nobody = world("none", "awareness")
    yield "awareness/4", {"engine": float(state(nobody, scratch()) == 2)}


def of_deterrence() -> Iterator[tuple[str, Case]]:
    given(deterrence, look=still, draw=lambda *_: (ONE - 1,) * 4)
    one, blank = world("perceptual", "deterrence"), scratch()
    deterrence.believe(one, 0, 7, 0, 0, blank)
    prior = int(blank.mind[perception.M_BELIEF]) // perception.BELIEF_STEP
    yield "deterrence/0", {"engine": prior + 0.0}
    for above, denied, sanctioned in ((0, 1, 0), (0, 0, 10), (3, 0, 4), (-2, 0, 0)):
        life = layout.set_field(0, layout.BELIEF, layout.BELIEF_BITS, above & 15)
        news = 1.0 if denied else sanctioned / 10
        seen = scratch(M_TIES=10, M_SANCTIONED=sanctioned, M_DENIED=denied)
        for number, place in ((1, 0), (2, 1)) if above else ((1, 0),):
            yield f"deterrence/{number}", {"news": news, "engine": drawn(
                deterrence, place, lambda v=life, s=seen: deterrence.believe(
                    one, 0, 7, v, 0, s) != v)}  # fmt: skip


def of_fear() -> Iterator[tuple[str, Case]]:
    one = world("perceptual", "deterrence")
    for belief, loss in ((437_500, 0), (62_500, 4), (937_500, 12)):
        mind_ = scratch(M_BELIEF=belief)
        yield "deterrence/3", {"b": belief / MILLION, "loss": loss,
                               "engine": deterrence.shift(one, 7, loss, mind_) / 1477}
    limit = world("threshold", "deterrence")
    mind_ = scratch(M_BELIEF=437_500)
    turn = drawn(deterrence, 0, lambda: deterrence.shift(limit, 7, 12, mind_) != 0)
    yield "deterrence/4", {"b": 0.4375, "loss": 12, "engine": turn}


def of_silence() -> Iterator[tuple[str, Case]]:
    given(silence, look=still)
    for form, number in (("willingness", 0), ("flat", 1)):
        one = world(form, "silence")
        for opinion, spoke, fear in ((0, 0, 3.0), (7, 2, 2.5), (3, 0, 0.5)):
            given(silence, fear=lambda *_, f=fear: int(f * MILLION))
            mind_ = scratch(M_TIES=10, M_SPOKE=spoke, M_BELIEF=437_500)
            mind_.traits[so.PRIVATE_OPINION] = opinion
            turn = drawn(silence, 0, lambda w=one, m=mind_: silence.silent(w, 0, 7, 1, 0, 0, 0, m))
            yield f"silence/{number}", {"opinion": opinion, "spoke": spoke / 10, "fear": fear,
                                        "b": 0.4375, "engine": turn}  # fmt: skip


def of_ties() -> Iterator[tuple[str, Case]]:
    rows, slots = t.SchemeColumns.zeros(1), SlotColumns.zeros(2)
    rows.reads_ties[0], rows.high[0] = 1, 100_000

    slots.layer[1] = 1
    status = np.array([layout.AWARE, 0], dtype=np.int64)
    for listed, name in ((0, ""), (1, "ties/2")):
        given(tie_dissolution, lists_standing=lambda *_, v=listed: v, graded=lambda *_: True)
        for lost, slot, like in ((3.0, 0, 6), (9.0, 1, 12), (0.1, 0, 0)):
            given(tie_dissolution, lost_in_parts=lambda *_, v=lost: int(v * MILLION),
                  lost_in_rules=lambda *_: 0, alike=lambda *_, v=like: v)  # fmt: skip
            one = world("worth", "ties", schemes=SimpleNamespace(schemes=rows),
                        society=SimpleNamespace(slots=slots),
                        exchange=SimpleNamespace(status=status))  # fmt: skip
            made = tie_dissolution.wish(one, 0, 1, slot) / MILLION
            if name and lost < 1:
                yield name, {"engine": made}
            elif not name:
                yield "ties/0", {"lost": lost, "neighbour": 1 - slot, "alike": like,
                                 "engine": made}  # fmt: skip
    given(tie_dissolution, lists_standing=lambda *_: 0,
          seen=SimpleNamespace(score_of=lambda *_: 0))  # fmt: skip
    for gap in (4_000, 6_000):
        score = np.array([[gap, 0]], dtype=np.int64)
        one = world("gap", "ties", schemes=SimpleNamespace(schemes=rows),
                    society=SimpleNamespace(slots=slots),
                    exchange=SimpleNamespace(status=status, score=score))  # fmt: skip
        yield "ties/1", {"gap": gap / 100, "scale": 1000,
                         "engine": tie_dissolution.wish(one, 0, 1, 0) / MILLION}  # fmt: skip
    one = world("random", "ties", exchange=SimpleNamespace(status=status))
    yield "ties/3", {"engine": tie_dissolution.wish(one, 0, 1, 0) / MILLION}


def of_joining() -> Iterator[tuple[str, Case]]:
    given(opt_in, look=still, know=still)
    one = world("perks", "joining", schemes=SimpleNamespace(schemes=t.SchemeColumns.zeros(1)),
                scalars=np.zeros((1, 16), np.int64))  # fmt: skip
    for inside in (0, 5, 10):
        seen = scratch(M_TIES=10, M_IN=inside)
        yield "joining/0", {"inside": inside / 10, "engine": drawn(
            opt_in, 0, lambda s=seen: opt_in.joins(one, 0, 7, 0, 0, s))}  # fmt: skip
    yield "joining/1", {"engine": drawn(opt_in, 0, lambda: opt_in.shows(one, 7, 0, 100))}


LOGIT = 1477 / 1_000_000  # the engine's octaves a logit, 1024 of them


def of_shame() -> Iterator[tuple[str, Case]]:
    named = layout.set_field(0, layout.STIGMA, 6, 3)
    for form, number in (("reintegrative", 0), ("defiant", 1)):
        for opinion, urban in ((2, 0), (5, 0), (5, 1)):
            person = scratch()
            person.traits[so.PRIVATE_OPINION], person.traits[so.URBAN] = opinion, urban
            shift = shame.shift(world(form, "shame"), named, person)
            yield f"shame/{number}", {"opinion": opinion, "cohesion": 1 - urban / 2,
                                      "engine": shift / 1477}  # fmt: skip
    for stays, shift in ((0.9756, -296), (0.75, -148), (0.5, 148), (0.95, 0)):
        whole = round(stays * ONE)
        yield "shame/2", {"stays": stays, "shift": shift / 1477,
                          "engine": shame.holds_on(whole, shift, exp2_table()) / ONE}


def of_support() -> Iterator[tuple[str, Case]]:
    from scoredsociety.engine.state import MISUSE, UNLIKE

    for opinion, severity, sanctioned, error, unlike, misuse in (
        (7, -4, 0, 0, 0, 0), (0, 6, 5, 1, 2, 3), (4, 0, 10, 0, 1, 0)
    ):  # fmt: skip
        scalars = np.zeros((1, 16), np.int64)
        scalars[0, UNLIKE], scalars[0, MISUSE] = 1000 * unlike, 1000 * misuse
        heard: list[int] = []
        given(support, look=still, stands=lambda *_: True, grade_in=lambda *_: 0,
              opinion_of=lambda *_, v=opinion: v, under=lambda *_, v=severity: v,
              consequences=SimpleNamespace(kind_of=lambda *_: 0),
              logistic=lambda logit, _, h=heard: h.append(int(logit)) or 0)  # fmt: skip
        one = world("benefit", "support", derived=None, scalars=scalars,
                    schemes=SimpleNamespace(schemes=t.SchemeColumns.zeros(1)))  # fmt: skip
        mind_ = scratch(M_TIES=10, M_SANCTIONED=sanctioned)
        says = drawn(support, 1, lambda o=one, m=mind_, e=error: support.stance(
            o, 0, 7, 0, e, 0, 0, m) == support.SAYS_SO)  # fmt: skip
        yield "support/0", {"opinion": opinion, "balance": -severity,
                            "sanctioned": sanctioned / 10, "error": error, "dispersion": unlike,
                            "reports": misuse, "engine": heard[0] / 1000}  # fmt: skip
        yield "support/1", {"engine": says}


def of_appeal() -> Iterator[tuple[str, Case]]:
    row = t.SchemeColumns.zeros(1)
    row.appeal_to[0], row.appeal_months[0] = t.TO_BODY + 0, 1
    row.appeal_capacity[0], row.appeal_any_record[0] = -1, 1
    one = world("queue", "appeal", schemes=SimpleNamespace(schemes=row))
    given(appeal, know=still, gravest_in=lambda *_: 0, take_off=lambda *_: 0,
          remove_wrong=lambda *_: 0)  # fmt: skip
    for wrong in (1, 0):
        given(appeal, errors_in=lambda *_, v=wrong: v)
        for level in (0, 3):
            person = scratch()
            person.traits[so.SCHOOLING] = level
            yield f"appeal/{1 - wrong}", {"level": level, "engine": drawn(
                appeal, 0, lambda p=person: appeal.object(one, 0, 7, 0, 1, 0, 1, p)[2] == 1)}
        yield f"appeal/{4 - wrong}", {"own": 1, "engine": chance(
            lambda word: bool(appeal.decide(one, 0, 1, 0, word, scratch())[1] & appeal.GRANTED))}
    for due in (1, 40):
        sums = np.zeros(tally.SUMS, np.int64)
        sums[tally.U_SUBJECTS], sums[tally.U_PENDING] = 5000, due
        made = queue.share_answered(one.responses, one.schemes, 0, sums)
        yield "appeal/2", {"subjects": 5000, "due": due, "engine": made / ONE}


def of_authority() -> Iterator[tuple[str, Case]]:
    from scoredsociety.engine.state import MONTHS_ABOVE, SUSPENDED

    one = world("thresholds", "authority").responses
    for objecting in (399_999, 400_000, 549_999, 550_000):
        scalars = np.zeros(16, np.int64)
        scalars[MONTHS_ABOVE] = 60
        authority._suspend(one, scalars, objecting, MILLION)
        stopped, gone = scalars[SUSPENDED] != 0, scalars[SUSPENDED] == authority.GONE
        yield "authority/0", {"open": objecting / MILLION, "engine": float(stopped)}
        yield "authority/1", {"open": objecting / MILLION, "engine": float(gone)}


def of_trust() -> Iterator[tuple[str, Case]]:
    given(trust, somebody_else=lambda *_: 1)
    seats = SimpleNamespace(community_size=64, people=100)
    for form, number in (("image", 0), ("suspicion", 1)):
        for high, low in ((1, 0), (0, 1), (2, 1)):
            given(trust, shown=lambda *_, h=high, v=low: (h, v))
            one = world(form, "trust", seats=seats)
            yield f"trust/{number}", {"high": high, "low": low, "engine": drawn(
                trust, 0, lambda o=one: trust.helps(o, 0, 7) == 1)}  # fmt: skip


def of_discretion() -> Iterator[tuple[str, Case]]:
    given(discretion, find_ties=still, ties_id=lambda *_: 0)
    sources = c.SourceColumns.of([c.SourceColumns.blank(by_hand=1, stream=1)])
    heard: list[int] = []
    given(discretion, logistic=lambda logit, _: heard.append(int(logit)) or 0)
    for gravity, close, spoke, z in ((4, 1, 0, 0.5), (0, 1, 1, -1.0), (4, 0, 1, 0.0)):
        acts = c.ActColumns.of([c.ActColumns.blank(gravity=gravity)])
        given(discretion, is_close=lambda *_, v=close: bool(v),
              collector=lambda *_, v=z: (0, round(v * 32768 / 3**0.5)))  # fmt: skip
        status = np.array([discretion.EXPRESSED * spoke], np.int64)
        one = world("collectors", "discretion", seats=None,
                    conduct=SimpleNamespace(sources=sources, acts=acts),
                    exchange=SimpleNamespace(status=status))  # fmt: skip
        discretion.enters(one, 0, 0, 0, 0, 0, scratch())
        yield "discretion/0", {"z": z, "sign": 1 if gravity else -1, "close": close,
                               "spoke": spoke, "engine": heard[-1] / 1000}  # fmt: skip


def of_padding() -> Iterator[tuple[str, Case]]:
    from scoredsociety.engine.state import ADDED

    for against in (0, 1):
        for z, entered in ((0.0, 0.001), (1.0, 0.0), (-1.7, 0.0)):
            given(padding, collector=lambda *_, v=z: (0, round(v * 32768 / 3**0.5)))
            scalars = np.zeros((1, 16), np.int64)
            scalars[0, ADDED + against] = 1 + round(entered * MILLION)
            one = world("padding", "discretion", seats=None, scalars=scalars)
            yield f"discretion/{1 + against}", {
                "z": z, "entered": entered, "engine": padding.short(one, 0, against) / MILLION,
            }  # fmt: skip


def of_loyalty() -> Iterator[tuple[str, Case]]:
    given(loyalty, kept_back=lambda *_: True)
    one = world("hides", "loyalty")
    wanted = one.responses.values[list(BY_ID).index("loyalty"), loyalty.HIDES_CHANCE]
    yield "loyalty/1", {"engine": int(wanted) / MILLION}


def of_lives() -> Iterator[tuple[str, Case]]:
    given(life_effects, denied_in=lambda *_: True)
    kinds = np.array([life_effects.ARREARS, life_effects.ONLINE_ACT])
    one = world(stakes=SimpleNamespace(kind=kinds, means=np.array([1, 2])))
    out = layout.set_field(0, layout.WORKLESS, 1, 1)
    yield (
        "work/0",
        {"engine": drawn(life_effects, 0, lambda: life_effects.work(one, 7, 0, scratch()) == out)},
    )
    yield (
        "work/1",
        {"engine": drawn(life_effects, 0, lambda: life_effects.work(one, 7, out, scratch()) == 0)},
    )
    strain = life_effects.shift(one, 0, 0, scratch())
    yield "credit/0", {"engine": strain / 1477}
    yield "income/0", {"engine": (life_effects.shift(one, out, 0, scratch()) - strain) / 1477}
    yield "online/0", {"engine": life_effects.shift(one, 0, 1, scratch()) / 1477}
    person = scratch(M_DENIED=3)
    person.traits[so.CHILDREN] = 1
    shift, _ = so.KEPT["income_fifth"]
    for bit, place, name in ((life_effects.FLIGHT, 0, "travel/0"),
                             (life_effects.TRAIN, 1, "travel/1"),
                             (life_effects.CHILD, 0, "schooling/0")):  # fmt: skip
        for fifth in (0, 2, 4):
            yield name, {"fifth": fifth, "engine": drawn(
                life_effects, place, lambda b=bit, f=fifth: bool(
                    life_effects.refused(one, 7, f << shift, person) & b))}  # fmt: skip
    given(upbringing, know=still, life_number=lambda *_: 0)
    person.traits[so.SCHOOLING] = 4
    for months in (6, 120):
        life = layout.set_field(0, layout.OUT_OF_SCHOOL, layout.OUT_BITS, months)
        yield "coming_of_age/0", {"months": months, "engine": drawn(
            upbringing, 0, lambda v=life: upbringing.come_of_age(one, 0, 7, v, person) != v)}


EVERY = (of_awareness, of_deterrence, of_fear, of_silence, of_ties, of_joining, of_shame,
         of_support, of_appeal, of_authority, of_trust, of_discretion, of_padding, of_loyalty,
         of_lives)  # fmt: skip

if __name__ == "__main__":
    found: dict[str, list[Case]] = {}
    for cases in EVERY:
        for name, case in cases():
            found.setdefault(name, []).append({key: float(value) for key, value in case.items()})
    json.dump(found, sys.stdout)
