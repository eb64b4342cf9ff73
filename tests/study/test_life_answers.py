"""Rules that wait for the operator's answer: amended where objection is high, extended where low.

Each test says what it is: *implementation*, *fitted* or *predicted*.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.engine.prospects import Weighing
from tests.engine.responding import Watched, watch
from tests.engine.test_life import check as check_lives

from scoredsociety.calendar import month_text
from scoredsociety.document.problem import DocumentErrors
from scoredsociety.engine.checkpoint import columns
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.respond.worth import NAMED
from scoredsociety.engine.state import CHANGED_AT, RunState
from scoredsociety.errors import UserError
from scoredsociety.runs.execute import make
from scoredsociety.runs.operator_events import events
from scoredsociety.runs.prepare import prepare
from scoredsociety.runs.scenario import Scenario

RULES = {
    "wendeng_2020": 'remove = ["consequence.no_qualifications"]\n[set]\n"rule.noise.points" = -300',
    "hangzhou_qianjiang": '[scheme]\nparticipation = "mandatory"',
}
STANDS = ("response.authority.form=thresholds", "response.authority.values.patience=2",
          "response.authority.values.suspend=1", "response.authority.values.abandon=1")  # fmt: skip
OBJECTING = (*STANDS, "response.authority.values.amend=0.02", "response.support.values.base=0.2",
             "response.awareness.values.start=0.5")  # or nobody could object at once  # fmt: skip
CONTENT = (*STANDS, "response.authority.values.extend=0.9")


def patch(folder: Path, scheme: str, at: str) -> str:
    """A patch of the rules of ``scheme``, at a month or in answer."""
    path = folder / f"{scheme}-{at}.toml"
    path.write_text(f'at = "{at}"\n{RULES[scheme]}\n[patch]\nid = "p"\nscheme = "{scheme}"\n')
    return str(path)


def asked(scheme: str, patches: tuple[str, ...], sets: tuple[str, ...]) -> Scenario:
    """A small run."""
    return Scenario((scheme,), people=1200, months=9, panel=0, patches=patches, sets=sets)


def run(scenario: Scenario) -> tuple[Inputs, RunState, Watched]:
    """Run to the end."""
    inputs = prepare(scenario).inputs
    state, _, log = watch(inputs)
    return inputs, state, log


@pytest.mark.parametrize(
    ("scheme", "at", "sets"),
    [("wendeng_2020", "amended", OBJECTING), ("hangzhou_qianjiang", "extended", CONTENT)],
)
def test_an_answer_is_the_patch_dated_to_the_month_in_which_it_came(
    scheme: str, at: str, sets: tuple[str, ...], tmp_path: Path
) -> None:
    """implementation: the same bits as a run whose patch names that month; and lives relived."""
    inputs, state, log = run(asked(scheme, (patch(tmp_path, scheme, at),), sets))
    month = int(state.scalars[0, CHANGED_AT])
    assert inputs.origin + 2 == month, "two months above the threshold, then it holds"
    dated = asked(scheme, (patch(tmp_path, scheme, month_text(month)),), sets)
    _, other, kept = run(dated)
    mine, theirs = columns(state), columns(other)
    for name in mine.keys() - {"scalars"}:
        assert np.array_equal(mine[name], theirs[name]), name
    assert np.array_equal(log.total("acts"), kept.total("acts"))
    _, without, _ = run(asked(scheme, (), sets))
    theirs = columns(without)
    moved = (not np.array_equal(mine[name], theirs[name]) for name in ("score", "status"))
    assert any(moved), "it does something"
    did = list(events(inputs, [scheme], log))
    assert did == [{"from": month_text(month), "scheme": scheme, "what": at}]
    assert check_lives(inputs, 20) > 50


def test_what_nobody_asks_for_never_comes(tmp_path: Path) -> None:
    """implementation: under a threshold that nothing reaches the rules stay as they were."""
    sets = (*STANDS, "response.authority.values.amend=1")
    _, state, log = run(asked("wendeng_2020", (patch(tmp_path, "wendeng_2020", "amended"),), sets))
    _, plain, kept = run(asked("wendeng_2020", (), sets))
    assert state.scalars[0, CHANGED_AT] == 0
    assert np.array_equal(state.exchange.score, plain.exchange.score)
    assert np.array_equal(log.total("acts"), kept.total("acts"))


def test_the_folder_says_what_the_operator_did(tmp_path: Path) -> None:
    """implementation: the manifest lists each answer with its month and scheme, and no far date."""
    scenario = asked("wendeng_2020", (patch(tmp_path, "wendeng_2020", "amended"),), OBJECTING)
    manifest = make(scenario, tmp_path / "run").manifest
    assert [one["what"] for one in manifest["operator"]] == ["amended"]
    assert manifest["calendar"]["policy_changes"] == []


def test_mistakes_are_told(tmp_path: Path) -> None:
    """implementation: an operator who answers nothing, two answers, a changed conduct, a word."""
    amended = patch(tmp_path, "wendeng_2020", "amended")
    with pytest.raises(UserError, match="response.authority.form=thresholds"):
        prepare(asked("wendeng_2020", (amended,), ()))
    other = tmp_path / "other.toml"
    other.write_text('at = "extended"\nremove = ["rule.red_light"]\n')
    with pytest.raises(UserError, match="one answer of the operator, not amended and extended"):
        prepare(asked("wendeng_2020", (amended, str(other)), OBJECTING))
    other.write_text('at = "amended"\n[[act]]\nid = "noise"\nrate = 0.1\n')
    with pytest.raises(UserError, match="give changes of conduct a month"):
        prepare(asked("wendeng_2020", (str(other),), OBJECTING))
    other.write_text('at = "amends"\nremove = ["rule.red_light"]\n')
    with pytest.raises(DocumentErrors, match='or "amended" or "extended"'):
        prepare(asked("wendeng_2020", (str(other),), OBJECTING))


def test_a_rule_that_was_removed_is_feared_no_more(tmp_path: Path) -> None:
    """implementation: a version's stakes are those of its own rules, though all share a table."""
    path = tmp_path / "quiet.toml"
    path.write_text('at = "2020-04"\nremove = ["rule.noise"]\n')
    case = prepare(asked("wendeng_2020", (str(path),), ()))
    act = list(case.conduct.act_ids).index("noise")
    before, after = (Weighing(case.inputs, month).of(act).worth[0, NAMED] for month in (0, 3))
    assert before == 1 and after == 0
