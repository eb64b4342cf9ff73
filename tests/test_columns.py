"""Tables with named columns: views of one array, read alike by kernels and by plain Python."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from scoredsociety.columns import NamedColumns, NamedNumbers, NamedRow, integers_of
from scoredsociety.conduct.tables import ActColumns, ErrorFlags
from scoredsociety.fixed import Ints
from scoredsociety.kernel import kernel
from scoredsociety.scheme.tables import RuleColumns
from scoredsociety.society.places import SocietyParams, streams_of_society


class Prices(NamedColumns):
    """A table of two columns."""

    good: Ints
    price: Ints


class Rates(NamedNumbers):
    """Numbers without rows."""

    up: int
    down: int


class Shop(NamedTuple):
    """What a kernel gets."""

    prices: Prices
    rates: Rates


@kernel
def raised(shop: Shop, row: NamedRow) -> int:
    """Raise every price and give that of ``row``, before and after, and the number of rows."""
    before = row.price
    for place in range(shop.prices.shape[0]):
        shop.prices.price[place] += shop.rates.up
    return before * 10_000 + shop.prices[1].price * 100 + shop.prices.price.shape[0]


def prices() -> Prices:
    return Prices.of([Prices.blank(good=3, price=7), (4, 20), Prices.blank(price=1)])


def test_a_column_is_a_view_and_a_row_too() -> None:
    made = prices()
    assert made.price.tolist() == [7, 20, 1] and made.good.tolist() == [3, 4, 0]
    made.price[made.good == 4] = 21
    row = made[0]
    row.price = 8
    assert made.price.tolist() == [8, 21, 1] and (row.good, row.price) == tuple(row) == (3, 8)
    assert type(row.price) is int  # so that sums and bits of a row never overflow
    apart = made[0].copy()
    apart.price = 0
    copied = made.copy()
    copied.price[:] = 0
    assert made.price[0] == 8


def test_rows_are_kept_when_they_are_chosen_moved_and_joined() -> None:
    made = prices()
    assert made[made.price > 5].good.tolist() == [3, 4]
    assert made[[2, 0]].price.tolist() == [1, 7] and made[1:].price.tolist() == [20, 1]
    assert Prices.of([*made, (9, 9)]).good.tolist() == [3, 4, 0, 9]
    assert [good for good, _ in made] == [3, 4, 0]


def test_tables_are_matrices_of_int64_and_may_be_empty_or_nested() -> None:
    made = prices()
    assert made.matrix.tolist() == [[3, 7], [4, 20], [0, 1]]
    assert made.tobytes() == np.array([[3, 7], [4, 20], [0, 1]]).tobytes()
    assert integers_of(Rates.blank(down=2)).tolist() == [0, 2] and integers_of(5).tolist() == 5
    assert Prices.of([]).price.shape == (0,) and integers_of(Prices.of([])).shape == (0, 2)
    nested = Prices.of([[(1, 2), (3, 4)], [(5, 6), (7, 8)]])
    assert nested.price.tolist() == [[2, 4], [6, 8]] and nested.matrix.shape == (2, 2, 2)


def test_a_wrong_name_or_width_is_refused() -> None:
    made = prices()
    with pytest.raises(TypeError, match="no column 'prize'"):
        Prices.blank(prize=1)
    with pytest.raises(AttributeError, match="no column 'prize'"):
        getattr(made, "prize")  # noqa: B009
    with pytest.raises(AttributeError):
        made[0].prize = 3
    with pytest.raises(AttributeError, match="not replaced"):
        made.price = np.zeros(3, dtype=np.int64)
    with pytest.raises(IndexError):
        made[0, 1]  # a column has a name and no number
    with pytest.raises(ValueError):
        Prices.of([(1, 2, 3)])
    with pytest.raises(TypeError, match="taken: size"):
        type("Taken", (NamedColumns,), {"__annotations__": {"size": "Ints"}})


def test_a_kernel_reads_columns_rows_and_numbers() -> None:
    made = prices()
    found = raised(Shop(made, Rates.blank(up=2)), made[0])
    assert found == 7 * 10_000 + 22 * 100 + 3
    assert made.price.tolist() == [9, 22, 3]


def test_layouts_of_the_package_have_their_columns() -> None:
    assert len(RuleColumns.fields) == 40 and len(ActColumns.fields) == 17
    assert ErrorFlags.fields == ("clustered", "reads_ties")
    assert SocietyParams.blank(turns=1).turns == 1 and SocietyParams.blank().mates == 0
    streams = tuple(streams_of_society())
    assert len(set(streams)) == len(streams) == 26
