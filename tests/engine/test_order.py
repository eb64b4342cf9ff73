"""The month goes through the steps in the order of engine/phases.py, in the run and in a replay."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator

import pytest

from scoredsociety.engine import month, phases
from scoredsociety.engine.replay import lone_month

# what a step does, by the function that does it
DOES = {
    "dependent_records.forget": phases.FORGET,
    "response.begin": phases.OBJECT,
    "read_inbox": phases.RECEIVE,
    "live": phases.ACT,
    "record_act": phases.ACT,
    "follow": phases.FOLLOW,
    "evaluate": phases.SCORE,
}


def calls_of(source: str, whole: dict[str, str]) -> Iterator[str]:
    """Names of the functions that a source calls, in its order; those of ``whole`` by their own."""
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)]
    for call in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        name = ast.unparse(call.func)
        if name in whole:
            yield from calls_of(whole[name], whole)
        else:
            yield name


def steps_of(name: str, parts: dict[str, str]) -> list[int]:
    """The steps that ``name`` goes through, each once where it is done by several calls."""
    found = [DOES[call] for call in calls_of(parts[name], parts) if call in DOES]
    return [step for place, step in enumerate(found) if place == 0 or found[place - 1] != step]


def sources() -> dict[str, str]:
    """Source of each function that holds steps."""
    found = {}
    for name in ("person_month", "before_acts", "act_now", "score_now", "acts_of"):
        compiled = getattr(lone_month if name == "acts_of" else month, name)
        plain = getattr(compiled, "py_func", compiled)
        found[name] = textwrap.dedent(inspect.getsource(plain))
    return found


BEFORE_RECORDS = phases.ORDER.index(phases.ACT) + 1


@pytest.mark.parametrize(
    ("name", "until"), [("person_month", phases.STEPS), ("acts_of", BEFORE_RECORDS)]
)
def test_the_month_goes_in_the_order_that_is_written_down(name: str, until: int) -> None:
    assert steps_of(name, sources()) == list(phases.ORDER[:until])


def test_a_month_in_another_order_is_seen() -> None:
    parts = sources()
    lines = parts["before_acts"].replace("dependent_records.forget(", "read_inbox_(").replace(
        "read_inbox(", "dependent_records.forget("
    ).replace("read_inbox_(", "read_inbox(")
    assert steps_of("person_month", {**parts, "before_acts": lines}) != list(phases.ORDER)
