"""Consequences that ask for some persons only: who is under them, and who fears them."""

from __future__ import annotations

import numpy as np
from tests.engine.responding import everything, responding, watch
from tests.engine.runs import checksum_of, everyday

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.respond.stakes import BITS
from scoredsociety.engine.rule_index import derive
from scoredsociety.engine.run_constants import looked_up
from scoredsociety.engine.tally import MARGIN_FIRST, Tallies
from scoredsociety.society.tables import TRAIT

PLACE = MARGIN_FIRST[3]  # column of rural persons; urban ones stand next to it
EVERYBODY, RURAL, URBAN = ((1 + TRAIT["urban"], low, high) for low, high in
                           ((0, 1), (0, 0), (1, 1)))  # fmt: skip
NO_MORE = {"people": 1500, "months": 8}


def asking(inputs: Inputs, asked: tuple[int, int, int], rows: slice = slice(None)) -> Inputs:
    """The same run, with some consequences asking for this."""
    start, tables = inputs.schemes[0]
    consequences = tables.consequences.copy()
    for column, value in zip(("if_trait", "if_min", "if_max"), asked, strict=True):
        getattr(consequences, column)[rows] = value
    return inputs._replace(schemes=((start, tables._replace(consequences=consequences)),))


def by_place(inputs: Inputs, name: str) -> tuple[Tallies, list[int]]:
    """Last tallies; of a count, months of rural and of urban persons."""
    _, _, log = watch(inputs)
    total = log.total(name)
    columns = total.reshape(-1, total.shape[-1])[:, PLACE : PLACE + 2].sum(axis=0)
    return log.tallies[-1], [int(one) for one in columns]


def plain() -> Inputs:
    """The Wendeng text as it would be if it asked for nobody in particular."""
    return asking(everyday(("wendeng_2020",), **NO_MORE), (0, 0, 0))


def test_what_everybody_is_may_be_asked_for_without_a_bit_of_difference() -> None:
    with_responses = responding(plain(), everything())
    asked = asking(with_responses, EVERYBODY)
    assert checksum_of(asked) == checksum_of(with_responses)


def test_only_those_who_are_asked_for_are_under_it() -> None:
    _, [rural, urban] = by_place(plain(), "consequences")
    assert rural > 20 and urban > 20
    assert by_place(asking(plain(), RURAL), "consequences")[1] == [rural, 0]
    assert by_place(asking(plain(), URBAN), "consequences")[1] == [0, urban]
    # who is restricted, and why, goes with it: nobody's records differ without responses
    last, [here, there] = by_place(asking(plain(), RURAL), "restricted")
    assert here > 0 and there == 0
    assert (last.restricted[:, 0] == last.restricted[:, 1:].sum(axis=1)).all()


def test_the_village_consequences_of_the_wendeng_text_spare_the_town() -> None:
    tables = everyday(("wendeng_2020",), **NO_MORE).schemes[0][1]
    village = np.flatnonzero(tables.consequences.if_trait)
    _, _, log = watch(everyday(("wendeng_2020",), **NO_MORE))
    of_village = log.total("consequences")[village][:, PLACE : PLACE + 2]
    assert len(village) == 4 and (of_village[:, 0] > 0).all() and (of_village[:, 1] == 0).all()


def test_fear_counts_what_may_hold_for_the_one_who_fears() -> None:
    """By hand: the severities of the part on villages come on top of what holds for everybody."""
    inputs = everyday(("wendeng_2020",), **NO_MORE)
    [derived], [stakes] = looked_up(inputs)
    assert len(derived.of_kind) == 2  # in a village or not
    town, village = (  # in the lowest grade, D
        sum(
            int(stakes.severity[k, int(derived.grade_mask[0, 0] & kind) >> k * BITS & 255])
            for k in range(len(stakes.severity))
        )
        for kind in derived.of_kind
    )
    assert village - town == 5 + 4 + 2 + 4
    assert len(derive(plain().schemes[0][1], inputs.conduct[0][1]).of_kind) == 1


def test_who_does_not_fear_it_acts_as_if_it_were_not_there() -> None:
    """Under what asks for nobody here, people live as under a scheme without consequences."""
    none_here = asking(plain(), (1 + TRAIT["income_fifth"], 7, 7))
    start, tables = none_here.schemes[0]
    without = tables._replace(consequences=tables.consequences[:0])
    bare = none_here._replace(schemes=((start, without),))
    responses = everything()
    assert checksum_of(responding(none_here, responses)) == checksum_of(responding(bare, responses))
    assert checksum_of(responding(plain(), responses)) != checksum_of(responding(bare, responses))
