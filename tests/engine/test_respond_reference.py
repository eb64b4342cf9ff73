"""Awareness, deterrence and the cutting of ties equal the plain ones bit for bit, on random worlds.

The plain responses (tests/reference/responses.py) were written from docs/model.md; state, tallies
and messages are compared after every month. Each test says what it is (see test_respond.py).
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from tests.engine.responding import responding, stirred
from tests.engine.test_reference import QUIET, equal_months
from tests.engine.worlds import MECHANISMS, Plan, make, plans

from scoredsociety.conduct.responses import BY_ID, Response, compile_responses
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine.run import Inputs

PLAIN = ("awareness", "deterrence", "ties")
VALUES = {
    "awareness": {"start": (0, 1), "hear": (0, 0.2), "ties": (0, 1), "notice": (0, 1)},
    "deterrence": {"certainty": (0, 3), "severity": (0, 1), "belief": (0, 1), "learning": (0, 1),
                   "crowding": (0, 1), "symbol": (0, 10)},
    "ties": {"score": (0, 1), "listed": (0, 1), "random": (0, 0.5), "cost": (0, 1),
             "bond": (0, 5), "likeness": (0, 5)},
}  # fmt: skip


def at_random(random: Random, forms: tuple[str, ...] = ("", "", "")) -> ResponseTables:
    """The three in forms and with coefficients at random; everything else at ``none``."""
    stated = []
    for name, form in zip(PLAIN, forms, strict=True):
        values = {
            value: str(round(random.uniform(low, high), random.randint(1, 6)))
            for value, (low, high) in VALUES[name].items()
        }
        chosen = form or random.choice(BY_ID[name].forms)
        stated.append(Response.model_validate({"id": name, "form": chosen, "values": values}))
    return compile_responses(stated, frozenset(BY_ID) - set(PLAIN))


def world(plan: Plan, forms: tuple[str, ...] = ("", "", "")) -> Inputs:
    """A random world with acts and consequences of random weight, in which people respond."""
    random = Random(plan.seed)
    return responding(stirred(make(plan), plan.seed), at_random(random, forms))


@settings(max_examples=12, **QUIET)
@given(plans())
def test_random_small_worlds(plan: Plan) -> None:
    """implementation: kernels and plain responses agree about every bit."""
    equal_months(world(plan))


@pytest.mark.long
@settings(max_examples=1000, **QUIET)
@given(plans())
def test_many_random_small_worlds(plan: Plan) -> None:
    """implementation: the same over many more."""
    equal_months(world(plan))


@pytest.mark.parametrize("cutting", ["worth", "gap", "listed", "random"])
@pytest.mark.parametrize("fear", ["perceptual", "threshold"])
def test_worlds_in_which_everything_happens(fear: str, cutting: str) -> None:
    """implementation: more than a year of every mechanism at once, in every pair of forms."""
    seed = ("worth", "gap", "listed", "random").index(cutting)
    plan = Plan(seed, 130, 14, 3, frozenset(MECHANISMS))
    assert equal_months(world(plan, ("contact", fear, cutting))) > 500
