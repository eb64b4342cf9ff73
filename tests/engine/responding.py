"""Small runs in which people respond and restrictions change lives, with every coefficient high."""

from __future__ import annotations

from functools import cache
from random import Random

import numpy as np
from tests.engine.runs import Kept, everyday
from tests.engine.worlds import LATEST, MECHANISMS, Plan, make, small_recipe

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import BY_ID
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import MonthOutcome, advance_run, begin_run
from scoredsociety.engine.run_constants import Setting, settle
from scoredsociety.engine.state import RunState
from scoredsociety.engine.tally import Tallies
from scoredsociety.fixed import Ints
from scoredsociety.scheme import tables as t
from scoredsociety.society.people.seats import place

ALL_OFF = frozenset({"responses", "life_effects"})
SCHEMES = ("wendeng_2020", "sesame_documented", "judgment_list", "suining_2010")

# Coefficients at the high end of their bounds, so that in a few months everything happens.
HIGH = {"awareness": ("start", "hear", "ties"), "ties": ("score", "listed", "cost"),
        "joining": ("alone", "ties", "show"), "appeal": ("files", "files_right"),
        "seeking": ("value",), "deterrence": ("certainty", "severity", "learning"),
        "travel": ("flights", "trains"), "schooling": ("would_pay",),
        "loyalty": ("hides",)}  # fmt: skip
OVER = {"work": {"loss": "0.2"},  # far over the bounds, or nobody here would lose work
        "appeal": {"capacity": "1000"}}  # fmt: skip
OFF_BY_DEFAULT = {"authority": "thresholds", "loyalty": "hides", "discretion": "collectors"}
ACTS_IN = ("speech", "petition", "finance", "giving", "platform", "traffic")
WHAT = (t.SOMETHING, t.GOOD_NAME, t.FLIGHTS, t.TRAINS)
DENIED_IN = ("work", "finance", "platform", "travel", "education")


def everything(forms: dict[str, str] | None = None) -> ResponseTables:
    """Every response and life effect on, with those that are off by default too."""
    given = []
    for spec in BY_ID.values():
        form = (forms or {}).get(spec.id, OFF_BY_DEFAULT.get(spec.id, ""))
        values = {one.id: one.high for one in spec.values if one.id in HIGH.get(spec.id, ())}
        values |= OVER.get(spec.id, {})
        given.append(Response.model_validate({"id": spec.id, "form": form, "values": values}))
    return compile_responses(given, frozenset())


def without(*off: str) -> ResponseTables:
    """The defaults, with some switched off."""
    return compile_responses((), frozenset(off))


def responding(inputs: Inputs, responses: ResponseTables) -> Inputs:
    """The same run with these responses."""
    return inputs._replace(responses=((inputs.origin, responses),))


@cache
def county(people: int = 1500, months: int = 14, seed: int = 1) -> Inputs:
    """Four documented schemes at once on the county, in communities of 64 seats."""
    inputs = everyday(SCHEMES, 64, months, seed)
    recipe = small_recipe()
    return inputs._replace(society=recipe.compile(), seats=place(recipe, people))


@cache
def storm(seed: int, people: int = 300, months: int = 14, without: str = "") -> Inputs:
    """A random world with every mechanism (but one), most people under some restriction."""
    mechanisms = frozenset(MECHANISMS) - {without, *LATEST}
    return stirred(make(Plan(seed, people, months, seed % 12, mechanisms)), seed)


def stirred(inputs: Inputs, seed: int) -> Inputs:
    """Acts and consequences in contexts at random, so that every life effect has its denial."""
    random = Random(seed)
    acts = inputs.conduct[0][1].acts
    draws = [
        (c.CONTEXTS.index(random.choice(ACTS_IN)), random.randrange(10), random.randrange(2))
        for _ in acts
    ]
    where = [c.CONTEXTS.index(random.choice(DENIED_IN)) for _ in range(t.MOST_CONSEQUENCES)]
    weight = [random.randrange(10) for _ in range(t.MOST_CONSEQUENCES)]
    conduct = []
    for month, one in inputs.conduct:
        rows = one.acts.copy()
        rows.context[:], rows.gravity[:], rows.protected[:] = zip(*draws, strict=True)
        rows.context[0], rows.gravity[0], rows.protected[0] = c.CONTEXTS.index("speech"), 0, 1
        sources = one.sources.copy()
        sources.by_hand[:] = 1  # every record is entered by somebody
        conduct.append((month, one._replace(acts=rows, sources=sources)))
    schemes = []
    for month, tables in inputs.schemes:
        rows = tables.consequences.copy()
        rows.context[:], rows.severity[:] = where[: len(rows)], weight[: len(rows)]
        what = [random.choice(WHAT) for _ in rows]
        rows.denies[:] = np.where(rows.denies == 0, 0, what)
        schemes.append((month, tables._replace(consequences=rows)))
    return inputs._replace(conduct=tuple(conduct), schemes=tuple(schemes))


class Watched(Kept):
    """A change log in memory, and every month's counts."""

    def __init__(self) -> None:
        super().__init__()
        self.tallies: list[Tallies] = []

    def __call__(self, outcome: MonthOutcome) -> None:
        super().__call__(outcome)
        self.tallies.append(Tallies(*(np.array(array) for array in outcome.tallies)))

    def total(self, name: str) -> Ints:
        """Sum of one count over the months."""
        return np.asarray(sum(getattr(one, name) for one in self.tallies), dtype=np.int64)


def watch(inputs: Inputs, machine: Machine | None = None) -> tuple[RunState, Setting, Watched]:
    """Run to the end: the last state, what was settled, log and counts."""
    machine = machine or Machine(1, 8)
    setting, log = settle(inputs, machine), Watched()
    state = begin_run(inputs, setting, machine)
    return advance_run(inputs, setting, state, machine=machine, on_month=log), setting, log


def conduct_of(inputs: Inputs) -> tuple[list[list[int]], list[int], list[int]]:
    """What people did, by month and act; episodes on at the end; ties open at the end."""
    state, _, log = watch(inputs)
    acts = [one.acts[:, 0].tolist() for one in log.tallies]
    episodes = np.concatenate([block.life for block in state.blocks]) & 255
    ties = np.concatenate([block.ties for block in state.blocks])
    return acts, episodes.tolist(), ties.tolist()
