"""Real documents in small runs, and a log that keeps what every month changed."""

from __future__ import annotations

from functools import cache

from scoredsociety.calendar import month_number
from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.blocks import Changes
from scoredsociety.engine.checkpoint import checksum
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import Setting, settle
from scoredsociety.engine.state import Messages, RunState
from scoredsociety.fixed import Ints
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.society.people.seats import place
from scoredsociety.society.recipes.recipe import load_society

START = month_number("2020-01")


@cache
def everyday(schemes: tuple[str, ...], people: int, months: int, seed: int = 1) -> Inputs:
    """The county under everyday conduct and some schemes of the catalogue."""
    recipe, conduct = load_society("county"), load_conduct("everyday")
    versions = [[(START, load_scheme(name, conduct))] for name in schemes]
    tables = conduct.compile()
    compiled, _ = compile_schemes(versions, conduct)
    return Inputs(
        recipe.compile(), place(recipe, people), ((START, tables),), ((START, compiled),), seed,
        START, months,
    )  # fmt: skip


class Kept:
    """A change log in memory."""

    def __init__(self) -> None:
        self._changes: dict[int, Changes] = {}
        self._outbox: dict[int, Messages] = {}
        self._scalars: dict[int, Ints] = {}

    def __call__(self, outcome: MonthOutcome) -> None:
        self._changes[outcome.month] = outcome.changes
        self._outbox[outcome.month] = outcome.outbox
        self._scalars[outcome.month] = outcome.scalars

    def changes(self, month: int) -> Changes:
        """What the month changed in the exchange."""
        return self._changes[month]

    def outbox(self, month: int) -> Messages:
        """What was sent in the month."""
        return self._outbox[month]

    def scalars(self, month: int) -> Ints:
        """What the month gave of the whole society."""
        return self._scalars[month]


def run(inputs: Inputs, machine: Machine | None = None) -> tuple[RunState, Setting, Kept]:
    """Run to the end; the last state, what was settled, and the change log."""
    machine = machine or Machine()
    setting, log = settle(inputs, machine), Kept()
    start = begin_run(inputs, setting, machine)
    return advance_run(inputs, setting, start, machine=machine, on_month=log), setting, log


def checksum_of(inputs: Inputs, machine: Machine | None = None) -> str:
    """Checksum of the state at the end."""
    return checksum(run(inputs, machine)[0])
