"""Replicates under neighbouring seeds share no run, wherever replicates are made."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.commandline import Scored

import scoredsociety
from scoredsociety.results import Run
from scoredsociety.runs import execute
from scoredsociety.runs.scenario import Scenario
from scoredsociety.runs.seeds import seed_of, seeds_of
from scoredsociety.study.ensemble import branch, history_matching, sensitivity, sweep
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.paired import ablation, compare, direct_effects
from scoredsociety.study.questions.design import Design
from studies import friends

MANY = 3


def test_the_first_replicate_is_the_run_itself() -> None:
    assert seed_of(20140614, 0) == 20140614
    assert seed_of(2**64 - 1, 0) == 2**64 - 1
    with pytest.raises(ValueError, match="count from 0"):
        seed_of(1, -1)


def test_derived_seeds_are_what_they_were() -> None:
    """They decide published results: a change of them is a change of the model."""
    assert seeds_of(11, 3) == (11, 264491803287152, 201340984776459)
    assert seeds_of(12, 3) == (12, 241495469024585, 126999013146046)


def test_many_neighbouring_seeds_share_no_replicate() -> None:
    found = [one for seed in range(200) for one in seeds_of(seed, 20)]
    assert len(set(found)) == len(found)
    assert all(0 <= one < 2**48 for one in found)


class Enough(Exception):
    """Raised in the place of the first run: what was to be run is known."""


def enough(*_: Any, **__: Any) -> Any:
    raise Enough


def seeds_tried(monkeypatch: pytest.MonkeyPatch, module: Any, study: Callable[[], Any]) -> set[int]:
    """The seeds of the cases that a study prepares."""
    seen: set[int] = set()

    def vary(base: Case, scenario: Scenario) -> Case:
        seen.add(scenario.seed)
        return base

    monkeypatch.setattr(module, "vary", vary)
    for name in ("observe_all", "refuse_twins"):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, enough)
    with pytest.raises(Enough):
        study()
    return seen


def base(seed: int) -> Scenario:
    return Scenario(("judgment_list",), people=300, months=2, seed=seed, panel=0)


def seeds_made(monkeypatch: pytest.MonkeyPatch, module: Any, study: Callable[[], Any]) -> set[int]:
    """The seeds of the runs that are made; none is."""
    seen: set[int] = set()

    def make(scenario: Scenario, *_: Any, **__: Any) -> Any:
        seen.add(scenario.seed)
        if len(seen) == MANY:
            raise Enough
        return execute.Made(Path("none"), {}, 0.0, 0.0)

    monkeypatch.setattr(module, "make", make)
    with pytest.raises(Enough):
        study()
    return seen


def of_ablate(seed: int, patch: pytest.MonkeyPatch) -> set[int]:
    return seeds_tried(patch, ablation, lambda: ablation.ablate(base(seed), MANY))


def of_audit(seed: int, patch: pytest.MonkeyPatch) -> set[int]:
    return seeds_tried(
        patch, sensitivity, lambda: sensitivity.audit_assumptions(base(seed), replicates=MANY)
    )


def of_sweep(seed: int, patch: pytest.MonkeyPatch) -> set[int]:
    axis = sweep.Axis("response.awareness.values.start", ("0.1",))
    points = sweep.grid([axis])
    tried = seeds_tried(
        patch, sweep, lambda: sweep.sweep_points(base(seed), [axis], points, MANY)
    )
    return tried | {seed}


def of_constrain(seed: int, patch: pytest.MonkeyPatch) -> set[int]:
    patch.setattr(history_matching, "SEEDS", MANY)
    return seeds_tried(
        patch, history_matching, lambda: history_matching.match_history(base(seed), points=4)
    )


def of_effects(seed: int, patch: pytest.MonkeyPatch) -> set[int]:
    seen: set[int] = set()

    def vary(case: Case, scenario: Scenario) -> Case:
        seen.add(scenario.seed)
        return case

    patch.setattr(direct_effects, "vary", vary)
    patch.setattr(direct_effects, "last_month", lambda *_: None)
    direct_effects.last_months(base(seed), MANY, execute.machine_of(1, None, 300))
    return seen


def of_compare(seed: int, patch: pytest.MonkeyPatch) -> set[int]:
    class Seen:
        people = None

    class Fate:
        @staticmethod
        def of(*_: Any) -> None:
            return None

    patch.setattr(compare, "Fates", Fate)
    patch.setattr(compare, "Watched", lambda: type("One", (), {"people": Seen})())
    return seeds_made(patch, compare, lambda: compare.compare_lanes(
        base(seed), base(seed), ("a", "b"), Path("none"), MANY
    ))  # fmt: skip


def of_questions(seed: int, _: pytest.MonkeyPatch) -> set[int]:
    design = Design(("judgment_list",), base(seed), replicates=MANY)
    return {one.seed for one in design.scenarios().values()}


def of_friends(seed: int, patch: pytest.MonkeyPatch) -> set[int]:
    seen: set[int] = set()

    def measured(scenario: Scenario) -> Any:
        seen.add(scenario.seed)
        if len(seen) == MANY:
            raise Enough
        return [0.0] * len(friends.MEASURED)

    patch.setattr(friends, "measured", measured)
    with pytest.raises(Enough):
        friends.study(base(seed), MANY, workers=1)
    return seen


KINDS: dict[str, Callable[[int, pytest.MonkeyPatch], set[int]]] = {
    "ablate": of_ablate, "audit": of_audit, "sweep": of_sweep, "constrain": of_constrain,
    "effects": of_effects, "compare": of_compare, "questions": of_questions, "friends": of_friends,
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_seeds_11_and_12_share_no_replicate(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen to fail with one added for each replicate: 11, 12, 13 and 12, 13, 14."""
    found = []
    for seed in (11, 12):
        with monkeypatch.context() as patch:
            found.append(KINDS[kind](seed, patch))
    assert not found[0] & found[1]
    for seed, seeds in zip((11, 12), found, strict=True):
        assert seeds == set(seeds_of(seed, MANY))


def test_replicates_of_a_run(scored: Scored, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for seed in (11, 12):
        with monkeypatch.context() as patch:
            patch.chdir("/")
            words = ("run", "judgment_list", "--people", 300, "--months", 2, "--quiet")
            found.append(seeds_made(patch, execute, lambda words=words, seed=seed: run_of(
                scored, *words, "--seed", seed, "--replicates", MANY
            )))  # fmt: skip
    assert [sorted(seeds) for seeds in found] == [sorted(seeds_of(seed, MANY)) for seed in (11, 12)]


def run_of(scored: Scored, *words: object) -> None:
    scored(*words)


def test_replicates_of_a_branch(small_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The past is lived again under seeds drawn from the run's own (5)."""
    found = seeds_tried(
        monkeypatch, branch, lambda: branch.branch_from(small_run.folder, (), 1, replicates=MANY)
    )
    assert found == set(seeds_of(5, MANY))


def added_to_a_seed(tree: ast.AST) -> list[int]:
    """Lines on which something is added to what is called a seed."""

    def called(node: ast.expr) -> str:
        return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")

    return [
        node.lineno for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
        and "seed" in (called(node.left), called(node.right))
    ]  # fmt: skip


def test_no_seed_is_made_by_adding() -> None:
    """A new study cannot bring the old way back unseen."""
    assert added_to_a_seed(ast.parse("replace(one, seed=one.seed + k)")) == [1]
    package = Path(scoredsociety.__file__).parent
    found = [
        f"{path.relative_to(package)}:{line}"
        for path in sorted(package.rglob("*.py"))
        for line in added_to_a_seed(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


