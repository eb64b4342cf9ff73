"""Frequencies before percentages: what is printed for what count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoredsociety.report import phrasing


@pytest.mark.parametrize(("count", "of", "text"), [
    (124, 1_000, "12 of 100"), (32, 1_000, "32 of 1,000"), (3, 10_000, "3 of 10,000"),
    (0, 500, "none of 500"), (500, 500, "all 500"), (7, 23, "7 of 23"),
    (1, 2_000_000, "1 of 2,000,000"), (9_999, 10_000, "nearly all of 10,000"),
    (3, 0, "no one to count"), (3, 1_000, "3 of 1,000"),
])  # fmt: skip
def test_frequency(count: int, of: int, text: str) -> None:
    assert phrasing.frequency(count, of) == text


def test_a_share_names_frequency_first() -> None:
    assert phrasing.share(124, 1_000) == "12 of 100 (12.4 %)"


def test_shares_side_by_side_have_one_base() -> None:
    base = phrasing.shared_base([(124, 1_000), (32, 1_000)])
    assert base == 1_000
    assert phrasing.frequency(1_240, 10_000, base) == "124 of 1,000"


@given(st.integers(1, 10**7).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_printed_frequency_is_within_half_of_its_base(pair: tuple[int, int]) -> None:
    count, of = pair
    text = phrasing.frequency(count, of)
    if " of " in text and text[0].isdigit():
        said, base = (int(part.replace(",", "")) for part in text.split(" of "))
        assert abs(said * of - count * base) * 2 <= of
    else:
        assert count in (0, of) or text.startswith("nearly all")


@pytest.mark.parametrize(("centipoints", "signed", "text"), [
    (100_000, False, "1,000"), (57_034, False, "570.34"), (-500, True, "\u22125"),
    (500, True, "+5"), (-5, False, "\u22120.05"), (0, True, "0"),
])  # fmt: skip
def test_points(centipoints: int, signed: bool, text: str) -> None:
    assert phrasing.points(centipoints, signed=signed) == text


def test_lists_and_months() -> None:
    assert phrasing.listed(["a", "b", "c"]) == "a, b and c"
    assert phrasing.listed(["a"]) == "a"
    assert phrasing.months(36) == "36 months (3 years)"
    assert phrasing.months(7) == "7 months"


def test_shares_side_by_side_are_said_alike() -> None:
    assert phrasing.beside([(15, 1_500), (24, 2_400)]) == ["10 of 1,000", "10 of 1,000"]
    assert phrasing.beside([(12, 754), (19, 1_629)]) == ["12 of 754 (1.6 %)", "19 of 1,629 (1.2 %)"]
    assert phrasing.beside([(0, 40), (19, 1_629)]) == ["none of 40", "12 of 1,000"]
