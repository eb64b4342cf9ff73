"""What a community shares beyond who lives there: one class for all, as in the plain month."""

from __future__ import annotations

import numpy as np
from tests.conduct.test_localities import ROOM
from tests.conduct.test_proneness import changed
from tests.engine.responding import without
from tests.engine.runs import START, everyday
from tests.engine.test_reference import equal_months
from tests.reference.society import Society

from scoredsociety.engine.inputs import Inputs
from scoredsociety.society.describe.sample import Drawn
from scoredsociety.society.people.seats import place
from scoredsociety.society.recipes.recipe import load_society
from scoredsociety.society.tables import PLACE_CLASSES


def differing(schemes: tuple[str, ...], people: int, months: int) -> Inputs:
    """The same run where places differ as far as the sweep goes; nobody responds."""
    conduct = changed(between_places__acts="0.2", between_places__collectors="0.2", **ROOM)
    plain = everyday(schemes, people, months)
    return plain._replace(
        conduct=((START, conduct.compile()),),
        responses=((START, without("responses", "life_effects")),),
    )


def test_a_community_has_one_class_of_each_and_places_spread_over_all() -> None:
    county = load_society("county")
    size = place(county, 2048).community_size
    drawn = Drawn(county, size * 160, 5)
    for name in ("place_acts", "place_collectors"):
        by_place = drawn.trait(name).reshape(-1, size)
        assert (by_place == by_place[:, :1]).all()
        count = np.bincount(by_place[:, 0], minlength=PLACE_CLASSES)
        assert len(count) == PLACE_CLASSES and (count > 0).all()  # 10 expected; 0 has 3e-5 each
        assert count.max() < 26  # five deviations
    one, other = (drawn.trait(name).reshape(-1, size)[:, 0]
                  for name in ("place_acts", "place_collectors"))  # fmt: skip
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.32  # four deviations of 160 pairs


def test_the_plain_month_has_the_same_classes() -> None:
    inputs = everyday(("none",), 5000, 1, 7)
    society, drawn = Society(inputs), Drawn(load_society("county"), 5000, 7)
    for person in (0, 511, 2048, 4500):
        assert society.place_classes(person) == (
            drawn.trait("place_acts")[person], drawn.trait("place_collectors")[person]
        )  # fmt: skip


def test_the_kernels_equal_the_plain_month_where_places_differ() -> None:
    assert equal_months(differing(("wendeng_2020",), 300, 5)) > 20
