"""Comparisons with closed forms: identical rules, a rule left out, a rule on ties."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.commandline import Scored

from scoredsociety.engine import checkpoint
from scoredsociety.engine.inputs import Machine
from scoredsociety.engine.layout import MISATTRIBUTED, flags_of, rule_of
from scoredsociety.results import Comparison, compare_scenarios, lanes_of
from scoredsociety.runs.execute import Manner, make
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.paired.lane_people import Watched
from scoredsociety.study.questions.plausible_settings import EVERYBODY_KNOWS

SCHEME = """
[scheme]
id = "tied"
title = "Points for one act, and for a tie who did another"
min_age = 18
source = ["O-R0"]
status = "assumed"

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

[[rule]]
id = "own_act"
on = ["parking_ticket"]
points = -5
memory_months = 60
assumed = ["points", "memory_months"]

[[rule]]
id = "tie_act"
on_peers = { gravity_from = 1, most_ties = 10 }
points = -7
context = "platform"
assumed = ["points", "on_peers"]

[[consequence]]
id = "no_loan"
when = { grade_at_most = "B" }
denies = "loan"
context = "finance"
source = ["O-R0"]
status = "assumed"
"""
HELD = ("responses", "life_effects")


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A scheme with one rule on acts and one on ties."""
    file = tmp_path_factory.mktemp("scheme") / "tied.toml"
    file.write_text(SCHEME, encoding="utf-8")
    return str(file)


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same without the rule on ties."""
    first, rest = SCHEME.split('[[rule]]\nid = "tie_act"')
    file = tmp_path_factory.mktemp("scheme") / "alone.toml"
    file.write_text(first + rest[rest.index("[[consequence]]") :], encoding="utf-8")
    return str(file)


def compared(
    folder: Path, scheme: str, *, others: tuple[str, ...] = (), without: tuple[str, ...] = (),
    off: tuple[str, ...] = (), replicates: int = 1, people: int = 1500, months: int = 8,
    sets: tuple[str, ...] = (),
) -> Comparison:  # fmt: skip
    asked = Scenario((scheme,), people=people, months=months, panel=0, seed=11, sets=sets)
    a, b, names = lanes_of(asked, others, without=without, switch_off=off)
    manner = Manner(Machine(2, 1))
    return compare_scenarios(a, b, names, folder / "compared", replicates, manner)


def test_identical_rules_differ_in_nothing(tmp_path: Path, tied: str) -> None:
    found = compared(tmp_path, tied, others=(tied,), replicates=2)
    assert found.persons["same_score"] == found.persons["subjects"]
    rows = found.winners
    assert (rows["equal"] == rows["persons"]).all() and rows["persons"][0] > 800
    only = found.only_by_others
    assert only.equal_own == found.persons["subjects"]
    assert (only.worse_under_a, only.worse_under_b) == (0, 0)
    assert found.effects is not None and found.effects.height == found.differences.height
    for part in ("full", "direct", "reactions"):
        assert (found.effects[part] == 0).all()
    assert (found.differences["difference"] == 0).all()
    assert set(found.differences["sign"]) == {""}  # the rules leave no room: nothing is estimated
    assert found.differences["low"].null_count() == found.differences.height
    assert "nothing can differ" in found.luck


def test_without_any_scheme_nothing_has_a_sign(tmp_path: Path) -> None:
    found = compared(tmp_path, "none", others=("none",), replicates=2, people=300, months=2)
    signs = [found.differences["sign"], *(found.effects[f"{part}_sign"] for part in (
        "full", "direct", "reactions"))] if found.effects is not None else []  # fmt: skip
    assert len(signs) == 4 and all(set(one) == {""} for one in signs)


def test_intervals_hold_together_and_none_is_flat(tmp_path: Path, tied: str) -> None:
    found = compared(tmp_path, tied, without=("rule.tie_act",), replicates=3)
    rows = found.differences
    assert ((rows["high"] - rows["low"]) > 0).all() and rows["low"].null_count() == 0
    everybody = rows.filter(pl.col("dimension") == "all")
    parts = 3  # full, direct, through reactions
    families = f"the {parts * everybody.height + 5:,} about everybody"
    assert families in found.luck
    assert f"the {parts * (rows.height - everybody.height) + 3 * 22:,} about groups" in found.luck
    for row in rows.to_dicts():
        told = "+" if row["low"] > 0 else "-" if row["high"] < 0 else ""
        assert row["sign"] == told
    fared = found.winners.filter(pl.col("persons") > 0)
    for one in ("worse", "better", "equal"):
        assert (fared[f"share_{one}_high"] > fared[f"share_{one}_low"]).all()
    assert found.unmet[0] == ()  # parking tickets and bad ties are common
    assert {one.id for one in found.unmet[1]} <= {"B", "no_loan"}


def owners(found: Comparison, rule: str, anothers: bool = False) -> set[int]:
    """Seats with a live record of a rule of their own act (or of ``anothers``) in lane a."""
    folder = found.pairs[0][0]
    asked = found.runs[0][0].prepared
    place = [one.id for one in asked.names.rules].index(rule)
    state = checkpoint.load(folder / "checkpoint")
    persons = np.repeat(np.arange(len(state.exchange.status)), state.blocks[0].counts)
    words = state.blocks[0].records.astype(np.int64)
    mine = np.equal(flags_of(words) & MISATTRIBUTED, 0) | anothers
    return set(persons[(rule_of(words) == place) & mine].tolist())


def lower_under_a(found: Comparison) -> set[int]:
    a, b = (checkpoint.load(one / "checkpoint").exchange for one in found.pairs[0])
    return set(np.flatnonzero(a.score[0] < b.score[0]).tolist())


def test_without_a_rule_only_those_with_its_act_are_better_off(
    tmp_path: Path, alone: str
) -> None:
    """Reactions off, so that acts are the same: who differs is who has a record of the rule."""
    found = compared(tmp_path, alone, without=("rule.own_act",), off=HELD)
    assert found.effects is None  # there is nothing to hold
    everyone = found.winners.row(0, named=True)
    assert everyone["worse_under_a"] == len(lower_under_a(found)) > 20
    assert lower_under_a(found) <= owners(found, "own_act", anothers=True)
    assert everyone["better_under_a"] == 0
    misfiled = lower_under_a(found) - owners(found, "own_act")  # another's act, on one's file
    assert found.only_by_others.worse_under_a == len(misfiled) < 5
    assert found.only_by_others.worse_under_b == 0
    first = found.winners.group_by("dimension").agg(pl.col("persons").sum())
    assert len(set(first["persons"])) <= 2  # groups add up to everyone (age leaves out children)


def test_a_rule_on_ties_harms_by_others_acts_only(tmp_path: Path, tied: str) -> None:
    found = compared(tmp_path, tied, without=("rule.tie_act",), off=HELD)
    only, everyone = found.only_by_others, found.winners.row(0, named=True)
    assert everyone["worse_under_a"] == only.worse_under_a == len(lower_under_a(found)) > 20
    assert only.equal_own == everyone["persons"]
    assert only.restricted_under_a and only.restricted_under_b == 0


def test_a_rule_whose_gravity_ties_read_harms_friends_too(tmp_path: Path, tied: str) -> None:
    """Brute force: lower, and without any record of the rule that was left out."""
    found = compared(tmp_path, tied, without=("rule.own_act",), off=HELD)
    lower, own = lower_under_a(found), owners(found, "own_act")
    assert len(lower & own) > 20
    assert found.only_by_others.worse_under_a == len(lower - own) > 20


def test_what_reactions_alone_do_is_no_direct_effect(tmp_path: Path) -> None:
    found = compared(tmp_path, "wendeng_2020", off=("responses",), replicates=2, people=600,
                     months=6, sets=EVERYBODY_KNOWS)  # fmt: skip
    assert found.effects is not None
    assert (found.effects["direct"] == 0).all()
    assert (found.effects["full"] == found.effects["reactions"]).all()
    assert (found.effects["full"] != 0).any()
    key = ["scheme", "measure", "item", "dimension", "group"]
    both = found.effects.join(found.differences, on=key, how="inner")
    assert both.height == found.differences.height
    assert (both["full"] - both["difference"]).abs().max() < 1e-12  # type: ignore[operator]


def test_the_direct_effect_is_that_of_a_run_with_reactions_off(tmp_path: Path) -> None:
    without = ("rule.utility_late",)  # common enough to move grades among so few
    small = {"without": without, "replicates": 2, "people": 1200, "months": 8}
    found = compared(tmp_path / "full", "wendeng_2020", **small)  # type: ignore[arg-type]
    alone = compared(tmp_path / "off", "wendeng_2020", off=HELD, **small)  # type: ignore[arg-type]
    assert found.effects is not None and (found.effects["direct"] != 0).any()
    key = ["scheme", "measure", "item", "dimension", "group"]
    both = found.effects.join(alone.differences, on=key, how="inner", suffix="_off")
    assert both.height > 100
    assert (both["direct"] - both["difference"]).abs().max() < 1e-12  # type: ignore[operator]
    # three effects are asked at once here, one there: the same spread, a wider interval
    wider = both.filter(pl.col("difference") != 0, pl.col("sign") == "")
    assert (wider["direct_low"] <= wider["low"]).all() and (wider["direct_low"] < 0).any()


def test_schemes_that_treat_people_unlike_do_not_tell_who_is_harmed_by_others(
    tmp_path: Path, tied: str
) -> None:
    found = compared(tmp_path, tied, others=("none",), months=3, people=300)
    assert found.only_by_others.worse_under_a is None
    assert "consequences" in str(found.only_by_others.why_not)


def test_restricted_persons_are_those_of_the_tallies(tmp_path: Path, tied: str) -> None:
    found = compared(tmp_path, tied, without=("rule.tie_act",), off=HELD)
    row = found.differences.filter(
        pl.col("measure") == "restricted", pl.col("dimension") == "all"
    ).row(0, named=True)
    only = found.only_by_others
    assert only.restricted_under_a == round((row["a"] - row["b"]) * row["of"])


def test_compare_prints_effects_winners_and_others(scored: Scored) -> None:
    small = ("--people", 400, "--months", 3, "--quiet", "--replicates", 2)
    record = scored("compare", "wendeng_2020", "--without", "rule.noise", *small, "--json").json
    assert record["effects"] and record["winners"][0]["persons"] == record["persons"]["subjects"]
    assert record["only_by_others"]["why_not"] is None
    said = scored("compare", "wendeng_2020", "--without", "rule.noise", *small, "--no-direct")
    assert said.code == 0 and "harmed only by others' acts" in said.out
    assert "with all reactions of people held" not in said.out and "worse" in said.out
    assert "95 of 100 such comparisons" in record["intervals"] and "95 of 100" in said.out
    assert record["nobody_met"]["a"] and "nobody met under a and b, rules:" in said.out


def test_own_files_do_not_hang_on_blocks(tied: str, tmp_path: Path) -> None:
    scenario = Scenario((tied,), people=6000, months=4, panel=0)
    found = []
    for place, machine in enumerate((Machine(1, 1), Machine(2, 3))):
        watched = Watched()
        make(scenario, tmp_path / str(place), manner=Manner(machine, watch=watched))
        assert watched.people is not None
        found.append(watched.people)
    np.testing.assert_array_equal(found[0].own, found[1].own)
    assert len(np.unique(found[0].own)) > 20
