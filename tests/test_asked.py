"""Options that several commands share are gathered once, and typed as before."""

from __future__ import annotations

import inspect

import pytest
from tests.commandline import Scored

from scoredsociety.commands.ablate import ablate
from scoredsociety.commands.compare import compare
from scoredsociety.commands.console.scenario_options import Asked
from scoredsociety.commands.run import run
from scoredsociety.commands.studies import audit, constrain, sweep
from scoredsociety.errors import UserError

OPTIONS = ("--society", "--conduct", "--months", "--years", "--from", "--seed", "--start")


@pytest.mark.parametrize("command", ["run", "compare", "sweep", "audit", "constrain", "ablate"])
def test_every_command_shows_the_shared_options(scored: Scored, command: str) -> None:
    said = scored(command, "--help").out
    assert all(f"{option} " in said for option in OPTIONS) and "--asked" not in said


def test_no_command_takes_the_gathered_argument_itself() -> None:
    for command in (run, compare, sweep, audit, constrain, ablate):
        shown = inspect.signature(command).parameters
        assert "asked" not in shown and {"society", "start_month"} <= set(shown)


def test_what_is_asked_becomes_a_scenario() -> None:
    found = Asked(months=7, seed=3, start="settled").scenario(["none"], 500, sets=["a=1"])
    assert (found.months, found.seed, found.settled, found.people) == (7, 3, True, 500)
    assert found.sets == ("a=1",) and found.panel == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(months=3, years=1), "not both"),
        (Asked(years=0), "--years"),
        (Asked(start="warm"), "settled"),
    ],
)
def test_what_contradicts_itself_is_refused(asked: Asked, said: str) -> None:
    with pytest.raises(UserError, match=said):
        asked.scenario(["none"], 100)
