"""Counterfactuals: nothing changed is the run; what a change gives is what a second run gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.commandline import Scored

from scoredsociety.engine import checkpoint
from scoredsociety.engine.replay.counterfactual_replay import Edit, alternatives
from scoredsociety.results import Run, simulate
from scoredsociety.runs.prepare import prepare, prepare_changed
from scoredsociety.runs.recorder import ChangeLog
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.cases import key_of_run

SCHEME = """
[scheme]
id = "steps"
title = "Points for two acts; a grade every five points"
min_age = 18
source = ["O-R0"]

[score]
kind = "points"
start = 1000
low = 0
high = 2000

[[grade]]
id = "A"
from = 1000

[[grade]]
id = "B"
from = 995

[[grade]]
id = "C"

[[rule]]
id = "parking"
on = ["parking_ticket"]
points = -5
memory_months = 60
assumed = ["points", "memory_months"]

[[rule]]
id = "lateness"
on = ["red_light"]
points = -3
memory_months = 60
assumed = ["points", "memory_months"]

[[consequence]]
id = "no_loan"
when = { grade_at_most = "C" }
denies = "loan"
context = "finance"
source = ["O-R0"]
"""
MONTH = "2020-04"  # of the planted record
OFF = ("responses", "life_effects")
SIZE = {"people": 1500, "months": 8, "seed": 5, "threads": 1, "switch_off": OFF}


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A scheme in which one record is one step."""
    file = tmp_path_factory.mktemp("scheme") / "steps.toml"
    file.write_text(SCHEME, encoding="utf-8")
    return str(file)


@pytest.fixture(scope="module")
def twin(scheme: str) -> Run:
    """The scheme, reactions off."""
    return simulate(scheme, **SIZE)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def bearer(twin: Run) -> int:
    """An adult with a record of their own, on whom a wrong one is planted."""
    return next(p for p in with_records(twin) if twin.explain(p)["subject"])


@pytest.fixture(scope="module")
def run(scheme: str, bearer: int) -> Run:
    """The same with one wrong record."""
    return simulate(scheme, plant=f"{bearer}:parking_ticket:{MONTH}", **SIZE)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def reacting() -> Run:
    """Wendeng's rules with every reaction on."""
    return simulate("wendeng_2020", people=500, months=6, seed=5, threads=1)


def ends(run: Run) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    exchange = checkpoint.load(run.folder / "checkpoint").exchange
    return exchange.score[0].astype(np.int64), exchange.status


def with_records(run: Run, at_least: int = 1) -> list[int]:
    counts = checkpoint.load(run.folder / "checkpoint").blocks[0].counts
    return [int(person) for person in np.flatnonzero(counts >= at_least)]


def test_a_life_in_which_nothing_is_otherwise_is_that_of_the_run(reacting: Run) -> None:
    score, status = ends(reacting)
    inputs = reacting.prepared.inputs
    last = inputs.origin + inputs.months - 1
    log = ChangeLog(reacting.folder)
    for person in [*range(0, 500, 50), *with_records(reacting)[:12]]:
        true, (same,) = alternatives(
            inputs, reacting.setting, log, person, [Edit(inputs.origin)], last
        )
        for one in (true, same):
            assert int(one.score[0]) == score[person] and one.status == int(status[person])
            np.testing.assert_array_equal(one.records, true.records)


def test_one_step_is_one_record(run: Run) -> None:
    """Closed form: five points a record, three a red light; the rule gone gives all of them."""
    seen = 0
    for person in with_records(run)[:30]:
        ledger = run.explain(person)
        if not ledger["subject"] or not ledger["entries"]:
            continue
        found = run.what_if(person)["counterfactuals"]
        by_rule = {rule: -sum(e["points"] for e in ledger["entries"] if e["rule"] == rule)
                   for rule in ("parking", "lateness")}  # fmt: skip
        for one in found:
            step, whole = {"parking": 500, "lateness": 300}[one["rule"]], by_rule[one["rule"]]
            assert one["score"] == ledger["score"] + one["score_change"]
            assert one["lifts"] <= (not one["restricted"])
            if one["kind"] == "rule left out":
                assert one["score_change"] == whole
            else:  # nothing while a late record does not count yet; two where two are of a month
                assert one["score_change"] % step == 0 and 0 <= one["score_change"] <= whole
                seen += one["score_change"] == step
    assert seen > 20


def test_the_nearest_is_the_smallest_that_does_it(run: Run) -> None:
    lifted = 0
    for person in with_records(run, at_least=2):
        found = run.what_if(person)
        every, near = found["counterfactuals"], found["nearest"]["lifts"]
        lifting = [one for one in every if one["lifts"]]
        assert (near is None) == (not lifting)
        if near:
            kinds = ("error corrected", "record missing", "act not done", "rule left out")
            assert found["restricted"] and near in lifting
            assert kinds.index(near["kind"]) == min(kinds.index(o["kind"]) for o in lifting)
            lifted += 1
        better = found["nearest"]["next_grade"]
        assert better is None or better["grade"] < run.explain(person)["grade"]
    assert lifted > 3


def test_a_corrected_error_is_the_run_without_it(run: Run, twin: Run, bearer: int) -> None:
    (one,) = [
        one for one in run.what_if(bearer, full=True)["counterfactuals"]
        if one["kind"] == "error corrected" and one["month"] == MONTH
    ]
    record = twin.explain(bearer)
    assert (one["score"], one["grade"]) == (record["score"], record["grade"])
    assert one["full"]["score"] == record["score"]
    a, b = ends(run), ends(twin)
    differ = (a[0] != b[0]) | (a[1] != b[1])
    assert one["full"]["others_who_differ"] == differ.sum() - differ[bearer] == 0


def test_a_rule_left_out_is_the_run_without_it(
    run: Run, scheme: str, bearer: int
) -> None:
    other = simulate(
        scheme, plant=f"{bearer}:parking_ticket:{MONTH}", without="rule.parking", **SIZE
    )  # type: ignore[arg-type]
    score, _ = ends(other)
    seen = 0
    for person in with_records(run)[:25]:
        if not run.explain(person)["subject"]:
            continue
        for one in run.what_if(person)["counterfactuals"]:
            if one["kind"] == "rule left out" and one["rule"] == "parking":
                assert one["score"] == score[person]
                seen += 1
    assert seen > 5


def test_every_kind_of_change_with_reactions_on(reacting: Run) -> None:
    kinds = set()
    for person in with_records(reacting)[:20]:
        record = reacting.explain(person)
        for one in reacting.what_if(person)["counterfactuals"]:
            kinds.add(one["kind"])
            assert one["score"] == record["score"] + one["score_change"]
    assert {"record missing", "act not done", "rule left out"} <= kinds


def test_an_earlier_month_is_explained_as_it_was_then(run: Run, bearer: int) -> None:
    assert run.what_if(bearer, month="2020-03")["month"] == "2020-03"
    early = run.what_if(bearer, month="2020-03")["counterfactuals"]
    assert not any(one["kind"] == "error corrected" for one in early)


@pytest.mark.parametrize("schemes", [("wendeng_2020",), ("wendeng_2020", "judgment_list")])
def test_a_changed_run_is_the_run_prepared_anew(schemes: tuple[str, ...]) -> None:
    base = Scenario(schemes, people=300, months=3, panel=0)
    paths, sets = ("rule.noise",), ("rule.fraud.points=-7",)
    sooner = prepare_changed(prepare(base), paths, sets)
    anew = prepare(replace(base, without=paths, sets=sets))
    assert key_of_run(sooner) == key_of_run(anew)
    assert (sooner.names, sooner.labels) == (anew.names, anew.labels)


def test_on_the_command_line(scored: Scored, run: Run, bearer: int) -> None:
    said = scored("explain", run.folder, "--person", bearer)
    assert said.code == 0 and "What would have had to be different?" in said.out
    record = scored("explain", run.folder, "--person", bearer, "--full", "--json").json
    assert record["what_if"]["counterfactuals"]
    bare = scored("explain", run.folder, "--person", bearer, "--no-what-if", "--json").json
    assert "what_if" not in bare
