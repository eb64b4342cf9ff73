"""Lanes of several schemes: the same as a run of them, asked about the scheme on top.

With reactions off nobody acts otherwise for the law beside a scheme, so that every answer about
the scheme alone is the answer about the scheme in a lane: closed forms for all studies.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from tests.study.lanes import IDLE, LAW, recomputed
from tests.study.test_compare import HELD, SCHEME

from scoredsociety.engine import checkpoint
from scoredsociety.engine.inputs import Machine
from scoredsociety.errors import UserError
from scoredsociety.results import Comparison, compare_scenarios, lanes_of, simulate
from scoredsociety.runs.execute import Manner, make
from scoredsociety.runs.folder.table_file import read_frame
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.study.ensemble.branch import branch_from
from scoredsociety.study.ensemble.cases import Case, case_of
from scoredsociety.study.ensemble.ensemble import observe
from scoredsociety.study.ensemble.sweep import axis_of, grid, sweep_points
from scoredsociety.study.paired.ablation import ablate
from scoredsociety.study.questions.indicators import read_asked

SMALL: dict[str, Any] = {"people": 700, "months": 8, "panel": 0, "seed": 11}
def compared(
    folder: Path, a: str, others: tuple[str, ...] = (), *, off: tuple[str, ...] = HELD,
    replicates: int = 1, baseline: str | None = None, **more: Any,
) -> Comparison:  # fmt: skip
    asked = Scenario((a,), **(SMALL | more))
    one, two, names = lanes_of(asked, others, baseline=baseline, switch_off=off)
    return compare_scenarios(one, two, names, folder / "compared", replicates,
                             Manner(Machine(2, 1)))  # fmt: skip


def test_a_lane_is_the_run_of_its_schemes(tied: str) -> None:
    lane = case_of(Scenario((f"{LAW}+{tied}",), **SMALL))
    words = case_of(Scenario((LAW, tied), **SMALL))
    assert lane.key == words.key and lane.scenario.schemes == (LAW, tied)
    assert (lane.main, words.main) == (1, 1)
    assert case_of(Scenario((f"{tied}+{LAW}",), **SMALL)).main == 0
    run = simulate(f"{LAW}+{tied}", people=300, months=2, seed=3)
    again = simulate([LAW, tied], people=300, months=2, seed=3)
    assert run.checksum == again.checksum and run.schemes == [LAW, "tied"]
    assert run.explain(45)["scheme"] == "tied" and run.explain(45, scheme=LAW)["scheme"] == LAW


@pytest.mark.parametrize("scheme", ["tied", "sesame_documented"])
def test_every_answer_about_a_scheme_is_the_same_in_a_lane(scheme: str, tied: str) -> None:
    """The law beside it moves no answer, in whichever order they stand."""
    name = tied if scheme == "tied" else scheme

    def asked(*schemes: str) -> dict[str, float]:
        case = case_of(Scenario(schemes, switched_off=HELD, **SMALL))
        return read_asked(case, observe(case))

    alone = asked(name)
    assert alone["records"] > 0 and alone["contexts"] > 0
    for lane in (f"{LAW}+{name}", f"{name}+{LAW}"):
        found = asked(lane)
        assert found.keys() == alone.keys()
        for one, value in alone.items():
            assert found[one] == value or value != value, one
    law = asked(LAW)
    assert 0 < law["restricted"] != alone["restricted"] and law["contexts"] != alone["contexts"]


def test_what_is_set_means_the_scheme_on_top(tmp_path: Path, tied: str) -> None:
    """An id of the law too, and a key without an id."""
    own = tmp_path / "own.toml"
    own.write_text(SCHEME.replace('id = "own_act"', 'id = "fine"'), encoding="utf-8")
    sets = ("rule.fine.memory_months=7", "score.start=1500", "grade.A.from=1100")
    found = prepare(Scenario((f"{LAW}+{own}",), sets=sets, **SMALL))
    law, scheme = (history[0][1] for history in found.versions.schemes)
    assert [rule.memory_months for rule in law.rule if rule.id == "fine"] == [1]
    assert [rule.memory_months for rule in scheme.rule if rule.id == "fine"] == [7]
    assert scheme.score.start == 1500 and scheme.grade[0].from_ == 1100
    less = prepare(Scenario((f"{own}+{LAW}",), without=("rule.fine",), **SMALL))
    scheme, law = (history[0][1] for history in less.versions.schemes)
    assert "fine" in {rule.id for rule in law.rule} - {rule.id for rule in scheme.rule}
    only = prepare(Scenario((f"{LAW}+{own}",), without=("rule.crime",), **SMALL))
    assert "crime" not in {rule.id for rule in only.versions.schemes[0][0][1].rule}
    patch = tmp_path / "patch.toml"
    patch.write_text('[[rule]]\nid = "fine"\npoints = -9\n[[rule]]\nid = "crime"\n'
                     'memory_months = 9\n[appeal]\nkind = "none"\n', encoding="utf-8")  # fmt: skip
    for lane in (f"{LAW}+{own}", f"{own}+{LAW}"):
        file = prepare(Scenario((lane,), patches=(str(patch),), **SMALL))
        heads = {history[0][1].id: history[0][1] for history in file.versions.schemes}
        points = {name: [rule.points for rule in one.rule if rule.id == "fine"]
                  for name, one in heads.items()}  # fmt: skip
        assert points == {LAW: [None], "tied": [-9]}
        assert [rule.memory_months for rule in heads[LAW].rule if rule.id == "crime"] == [9]
        assert [one.appeal.kind for one in heads.values() if one.appeal] == ["none", "none"]
    with pytest.raises(UserError, match="foo"):
        prepare(Scenario((f"{LAW}+{own}",), sets=("foo=1",), **SMALL))


@pytest.mark.parametrize("beside", ["none", "idle"])
def test_a_scheme_that_does_nothing_beside_the_law_changes_nothing(
    tmp_path: Path, beside: str
) -> None:
    idle = tmp_path / "idle.toml"
    idle.write_text(IDLE, encoding="utf-8")
    other = f"{LAW}+{idle if beside == 'idle' else beside}"
    found = compared(tmp_path, LAW, (other,), off=(), replicates=2)
    everyone = found.winners.row(0, named=True)
    assert everyone["persons"] == everyone["equal"] > 400
    assert found.persons["same_score"] == found.persons["subjects"] == everyone["persons"]
    assert found.only_by_others.equal_own == everyone["persons"]
    assert found.only_by_others.worse_under_a == found.only_by_others.worse_under_b == 0
    assert (found.differences["difference"] == 0).all() and not any(found.differences["sign"])
    assert found.effects is not None
    for part in ("full", "direct", "reactions"):
        assert (found.effects[part] == 0).all()
    if beside == "none":
        assert found.necessity is None  # the same lane twice
    else:
        assert found.necessity is not None and found.necessity.height > 10
        for column in ("difference", "least", "most"):
            assert (found.necessity[column] == 0).all()
    one, two = (checkpoint.load(folder / "checkpoint") for folder in found.pairs[0])
    for a, b in zip(one.blocks, two.blocks, strict=True):
        np.testing.assert_array_equal(a.records, b.records)
        np.testing.assert_array_equal(a.life, b.life)


def test_the_law_with_a_scheme_on_top_is_worse_for_whom_the_scheme_restricts(
    tmp_path: Path, tied: str
) -> None:
    """Also for those whom the law restricts already; scores on unlike scales decide nothing."""
    found = compared(tmp_path, LAW, (f"{LAW}+{tied}",))
    law, both = (read_frame(folder / "tallies.parquet") for folder in found.pairs[0])
    last = both.filter(pl.col("month") == both["month"].max(), pl.col("dimension") == "all")
    restricted = last.filter(pl.col("measure") == "restricted")
    under = dict(restricted.select("scheme", "count").iter_rows())
    everyone = found.winners.row(0, named=True)
    assert everyone["better_under_a"] == under["tied"] > 20 and under[LAW] > 5
    assert everyone["worse_under_a"] == 0
    assert everyone["equal"] == everyone["persons"] - under["tied"]
    assert set(found.persons.values()) == {None}
    assert "no score" in found.unlike and "from 0 up to 2,000" in found.unlike
    assert [one.name for one in found.line_up] == ["tied", LAW]
    rows = found.differences.filter(pl.col("dimension") == "all", pl.col("measure") == "restricted")
    assert rows["scheme"].to_list() == ["tied", LAW]
    assert rows["a"][0] == 0 and rows["b"][0] == under["tied"] / rows["of"][0]
    assert rows["difference"][1] == 0  # reactions are off: the law does what it did
    assert law["scheme"].unique().sort().to_list() == ["", LAW]


def test_one_scale_is_compared_whatever_stands_beside_it(tmp_path: Path, tied: str) -> None:
    found = compared(tmp_path, tied, (f"{LAW}+{tied}",))
    assert found.unlike == "" and found.persons["same_score"] == found.persons["subjects"]
    everyone = found.winners.row(0, named=True)
    assert everyone["worse_under_a"] == 0 < everyone["better_under_a"]  # the law's restrictions
    assert found.necessity is not None


def test_schemes_on_unlike_scales_compare_no_scores(tmp_path: Path, tied: str) -> None:
    found = compared(tmp_path, tied, ("wendeng_2020",), months=2, people=300)
    assert "from 0 up to 2,000" in found.unlike and "unlike scales are not compared" in found.unlike
    assert found.differences["scheme"].unique().to_list() == ["first"]
    assert "grade" not in set(found.differences["measure"])
    assert found.necessity is None  # neither is what the other is compared with


def test_every_figure_of_the_necessity_table_stands_in_the_frames(tmp_path: Path) -> None:
    found = compared(tmp_path, LAW, (f"{LAW}+judgment_list",), off=(), replicates=2, people=1500,
                     months=14)  # fmt: skip
    assert found.necessity is not None and found.evidence.told == "b"
    frames = [(one.tallies, two.tallies) for one, two in found.runs]
    recomputed(found.necessity, frames)
    rows = {(row["what"], row["scheme"]): row for row in found.necessity.to_dicts()}
    conduct = found.runs[0][0].prepared.conduct
    harmful = [act.id for act in conduct.act if act.harm > 0 and act.protection == "none"]
    for place, name in enumerate(("without", "with")):
        frame = frames[0][place].filter(pl.col("dimension") == "all")
        acts = frame.filter(pl.col("measure") == "acts")
        count = sum(n for item, n in acts.select("item", "count").iter_rows() if item in harmful)
        assert rows["harmful acts that no right protects", ""][name] == count > 100
        last = frame.filter(pl.col("month") == "2021-02", pl.col("measure") == "restricted")
        by_scheme = dict(last.select("scheme", "count").iter_rows())
        for scheme in found.evidence.b_schemes:
            key = ("persons under at least one restriction, last month", scheme["scheme"]["title"])
            assert rows[key][name] == by_scheme.get(scheme["scheme"]["id"], 0)
    listed = [row for (_, title), row in rows.items() if "defaulters" in title.lower()]
    assert listed and all(row["without"] == 0 for row in listed) and any(r["with"] for r in listed)
    wrongly = [row for row in rows.values() if row["part"] == "error"]
    assert len(wrongly) == 2 and all("'error'" in row["where"] for row in wrongly)


def test_a_figure_that_is_not_in_the_frames_is_seen(tmp_path: Path) -> None:
    """The test of the table can fail."""
    found = compared(tmp_path, LAW, ("none",), months=2, people=300)
    assert found.necessity is not None
    wrong = found.necessity.with_columns(pl.col("with") + 1)
    with pytest.raises(AssertionError):
        recomputed(wrong, [(one.tallies, two.tallies) for one, two in found.runs])


def test_a_baseline_stands_under_the_scheme(tmp_path: Path, tied: str) -> None:
    asked = Scenario((tied,), **SMALL)
    a, b, names = lanes_of(asked, [], baseline=LAW)
    assert (a.schemes, b.schemes) == ((LAW, tied), (LAW,)) and names == (f"{LAW} + {tied}", LAW)
    assert lanes_of(asked, [], baseline="none")[0].schemes == (tied,)
    with pytest.raises(UserError, match="not both"):
        lanes_of(asked, ["none"], baseline=LAW)
    found = compared(tmp_path, tied, baseline=LAW, months=3, people=300)
    assert found.evidence.told == "a" and found.necessity is not None
    recomputed(found.necessity, [(two.tallies, one.tallies) for one, two in found.runs])
    assert found.evidence.command.startswith(f"scored compare {LAW}+tied.toml {LAW} ")


def test_ablate_leaves_out_rules_of_the_scheme_on_top(tied: str) -> None:
    alone, lane = (
        ablate(Scenario((name,), switched_off=HELD, **SMALL), 2) for name in (tied, f"{LAW}+{tied}")
    )
    assert lane.scheme == "tied" and lane.frame.equals(alone.frame)
    assert lane.frame["rule"].unique().sort().to_list() == ["loud", "own_act"]
    assert (lane.frame["difference"].drop_nulls() != 0).any()


def test_a_rule_that_two_schemes_have_does_not_go_alone(tmp_path: Path, tied: str) -> None:
    other = tmp_path / "other.toml"
    other.write_text(SCHEME.replace('id = "tied"', 'id = "other"'), encoding="utf-8")
    found = ablate(Scenario((f"{tied}+{other}",), **SMALL), 2, rules=["own_act"])
    assert found.frame["note"].to_list() == [
        "does not go alone: other has a rule of the same id"
    ]


def test_sweep_and_branch_ask_about_the_scheme_on_top(tmp_path: Path, tied: str) -> None:
    frames, futures = [], []
    patch = tmp_path / "harder.toml"
    patch.write_text('[[rule]]\nid = "own_act"\npoints = -300\n', encoding="utf-8")
    for place, name in enumerate((tied, f"{LAW}+{tied}")):
        base = Scenario((name,), switched_off=HELD, **SMALL)
        axes = [axis_of("score.start=1000,1004")]
        frames.append(sweep_points(base, axes, grid(axes)).drop("run", "checksum", strict=False))
        folder = make(base, tmp_path / f"run{place}").folder
        futures.append(branch_from(folder, [patch], 3).frame)
    assert frames[0].equals(frames[1], null_equal=True)
    assert futures[0].equals(futures[1], null_equal=True)
    restricted = futures[1].filter(pl.col("indicator") == "restricted")
    assert restricted["as it was"][0] > 0
    scores = futures[1].filter(pl.col("indicator") == "income_and_score")
    assert scores["harder"][0] != scores["as it was"][0]


def test_a_lane_has_the_title_of_all_its_schemes(tied: str) -> None:
    case: Case = case_of(Scenario((f"{LAW}+{tied}",), **SMALL))
    assert case.title == (
        "Points for one act, and for a tie who did another, with Ordinary law, no score"
    )
