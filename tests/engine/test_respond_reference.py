"""Responses equal the plain ones bit for bit, on random worlds: state, tallies and messages.

The plain responses (tests/reference: responses, expression, opinion, redress, entering) were
written from docs/model.md; all is compared after every month. Only what the operator does
(authority) and life effects but for travel have no plain twin. Each test says what it is (see
test_respond.py).
"""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engine.networks import loaded
from tests.engine.responding import responding, stirred
from tests.engine.test_reference import QUIET, equal_months
from tests.engine.worlds import MECHANISMS, Plan, make, plans

from scoredsociety.conduct.response_tables import Response, compile_responses
from scoredsociety.conduct.responses import BY_ID
from scoredsociety.conduct.tables import ResponseTables
from scoredsociety.engine.inputs import Inputs

VALUES = {
    "awareness": {"start": (0, 1), "own": (0, 1), "hear": (0, 0.2),
                  "ties": (0, 1), "notice": (0, 1)},
    "deterrence": {"certainty": (0, 3), "severity": (0, 1), "belief": (0, 1), "learning": (0, 1),
                   "forgets": (0, 1),
                   "crowding": (0, 1), "symbol": (0, 10)},
    "silence": {"weight": (0, 3), "conformity": (0, 2), "opacity": (0, 2), "spill": (0, 0.9),
                "flat": (0, 1)},
    "seeking": {"value": (0, 1), "reach": (0, 300), "displaced": (0, 2)},
    "ties": {"score": (0, 1), "listed": (0, 1), "random": (0, 0.5), "cost": (0, 1),
             "bond": (0, 5), "likeness": (0, 5)},
    "joining": {"alone": (0, 0.2), "ties": (0, 1), "show": (0, 1)},
    "shame": {"shame": (0, 1), "defiance": (0, 1), "stigma": (0, 36)},
    "support": {"base": (0, 1), "gain": (0, 0.5), "loss": (0, 1), "seen": (0, 3),
                "arbitrary": (0, 3), "falsified": (0, 1), "unlike": (0, 1), "misuse": (0, 1)},
    "appeal": {"files": (0, 1), "files_right": (0, 1), "upheld": (0, 1), "upheld_right": (0, 1),
               "schooling": (1, 2), "capacity": (0, 1000), "body": (0.5, 1.5)},
    "trust": {"help": (0, 1), "image": (0, 0.5), "suspicion": (0, 0.4)},
    "loyalty": {"value": (0, 1), "reach": (0, 300), "hides": (0, 1)},
    "discretion": {"strictness": (0, 4), "unlike": (0, 2), "closeness": (0, 2),
                   "disagreement": (0, 2), "awards": (0, 200), "deductions": (0, 200)},
    "travel": {"flights": (0, 1), "trains": (0, 1), "gradient": (0, 1)},
}  # fmt: skip
PLAIN = tuple(VALUES)


def at_random(random: Random, forms: dict[str, str] | None = None) -> ResponseTables:
    """In forms and with coefficients at random, or in those given; the rest at ``none``."""
    stated = []
    for name in PLAIN:
        values = {
            value: str(round(random.uniform(low, high), random.randint(1, 6)))
            for value, (low, high) in VALUES[name].items()
        }
        form = (forms or {}).get(name) or random.choice(BY_ID[name].forms)
        stated.append(Response.model_validate({"id": name, "form": form, "values": values}))
    return compile_responses(stated, frozenset(BY_ID) - set(PLAIN))


def world(plan: Plan, forms: dict[str, str] | None = None) -> Inputs:
    """A random world with acts and consequences of random weight, in which people respond."""
    random = Random(plan.seed)
    return responding(stirred(make(plan), plan.seed), at_random(random, forms))


@settings(max_examples=10, **QUIET)
@given(plans((40, 100), (2, 6)))
def test_random_small_worlds(plan: Plan) -> None:
    """implementation: kernels and plain responses agree about every bit."""
    equal_months(world(plan))


@pytest.mark.long
@settings(max_examples=1000, **QUIET)
@given(plans())
def test_many_random_small_worlds(plan: Plan) -> None:
    """implementation: the same over many more."""
    equal_months(world(plan))


# every form of every response occurs in one of them; each response beside unlike forms of others
EVERYTHING = (
    {"deterrence": "perceptual", "silence": "willingness", "seeking": "worth", "ties": "worth",
     "shame": "reintegrative", "trust": "image", "loyalty": "hides", "discretion": "collectors"},
    {"deterrence": "threshold", "silence": "flat", "seeking": "near_threshold", "ties": "gap",
     "shame": "defiant", "trust": "suspicion", "loyalty": "pays", "discretion": "padding"},
    {"deterrence": "perceptual", "silence": "flat", "seeking": "near_threshold", "ties": "listed",
     "shame": "reintegrative", "trust": "suspicion", "loyalty": "hides", "discretion": "padding"},
    {"deterrence": "threshold", "silence": "willingness", "seeking": "worth", "ties": "random",
     "shame": "defiant", "trust": "image", "loyalty": "pays", "discretion": "collectors"},
)  # fmt: skip
ALONE = {"awareness": "contact", "joining": "perks", "support": "benefit", "appeal": "queue",
         "travel": "linear"}  # fmt: skip


@pytest.mark.parametrize("which", range(4))
def test_worlds_in_which_everything_happens(which: int) -> None:
    """implementation: more than a year of every mechanism at once, each response in some form."""
    plan = Plan(which, 50, 13, 3, frozenset(MECHANISMS))
    assert equal_months(world(plan, EVERYTHING[which] | ALONE)) > 100


@pytest.mark.parametrize(("which", "layer"), [(0, "all"), (1, "friends"), (3, "online")])
def test_worlds_on_a_loaded_network_with_hubs(which: int, layer: str) -> None:
    """implementation: people respond to ties of a file, also to more than there are slots."""
    plan = Plan(which, 60, 13, 3, frozenset(MECHANISMS))
    inputs = loaded(world(plan, EVERYTHING[which] | ALONE), layer, ties_each=14)
    assert inputs.stored is not None and np.diff(inputs.stored.first).max() > 40
    assert equal_months(inputs) > 100


def test_every_form_has_its_plain_twin() -> None:
    """implementation: no form of the responses compared is left out of the worlds above."""
    for name in PLAIN:
        used = {one.get(name, ALONE.get(name)) for one in EVERYTHING}
        assert used == set(BY_ID[name].forms) - {"none"}, name
