"""What an act asks of a person: the bound that coarse traits give, and occasions drawn at once."""

from __future__ import annotations

import numpy as np
from tests.engine.runs import START, everyday

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.act import acceptance
from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import key_of
from scoredsociety.society.people import households, traits
from scoredsociety.society.tables import TRAITS, Seats, SocietyTables

PEOPLE = 1024


@kernel
def surplus(
    society: SocietyTables, seats: Seats, k0: int, k1: int, conduct: ConductTables, person: Ints,
    partition: Ints, out: Ints,
) -> None:  # fmt: skip
    """``out`` (acts, 2): the least and the greatest bound less readiness of everybody."""
    for dense in range(seats.people):
        household = int64(partition[dense])
        traits.fill(society, seats, k0, k1, dense, household, person)
        coarse = traits.coarse_of(person)
        for which in range(conduct.acts.shape[0]):
            more = acceptance.most_ready(which, conduct, coarse)
            more -= acceptance.readiness(which, conduct, person)
            out[which, 0] = min(out[which, 0], more)
            out[which, 1] = max(out[which, 1], more)


def test_nobody_is_readier_than_the_bound() -> None:
    inputs = everyday(("none",), PEOPLE, 1)
    key, conduct = key_of(inputs.seed), inputs.conduct[0][1]
    partition = np.zeros(PEOPLE, np.int64)
    for community in range(len(inputs.seats.region)):
        size = inputs.seats.community_size
        part = np.zeros(size, np.uint8)
        households.partition(inputs.society, inputs.seats, *key, community, part)
        partition[community * size : (community + 1) * size] = part[: PEOPLE - community * size]
    out = np.full((len(conduct.acts), 2), 0)
    out[:, 0] = 1 << 40
    surplus(
        inputs.society, inputs.seats, *key, conduct, np.zeros(len(TRAITS), np.int64), partition, out
    )
    assert out[:, 0].min() == 0  # reached by somebody, passed by nobody
    assert inputs.origin == START
