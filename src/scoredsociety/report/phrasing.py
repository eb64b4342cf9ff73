"""How a report says a number: frequencies before percentages, and always of whom.

Natural frequencies ("12 of 100 subjects") are read more surely than percentages; the
percentage follows in brackets. Model words only: a *difference in this simulation*.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from scoredsociety.measure.quantities import DENOMINATORS as WHOM
from scoredsociety.measure.quantities import SUBJECTS

SYNTHETIC = "Synthetic society, not a forecast."
CLAUSE = "These written rules, in an invented population, under the listed assumptions."
FEW = 30  # of fewer people no share or median is shown (assumed convention)

DENOMINATORS = {
    word: "subjects of the scheme" if word == SUBJECTS else word for word in WHOM
}
DIMENSIONS = {
    "all": "everyone",
    "age": "age",
    "sex": "sex",
    "place": "place",
    "schooling": "schooling",
    "income": "income fifth of the household",
    "account": "bank account",
    "internet": "internet",
}
FIFTHS = {
    "1": "lowest fifth", "2": "second fifth", "3": "middle fifth",
    "4": "fourth fifth", "5": "highest fifth",
}  # fmt: skip
MINUS = "\N{MINUS SIGN}"


def number(value: int) -> str:
    """``12,345`` with a true minus sign."""
    return f"{value:,}".replace("-", MINUS)


def points(centipoints: int, *, signed: bool = False) -> str:
    """Points of centipoints, two places only where there is a fraction: ``1,000``, ``570.34``."""
    whole, rest = divmod(abs(centipoints), 100)
    text = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    if centipoints < 0:
        return MINUS + text
    return ("+" + text) if signed and centipoints > 0 else text


def _rounded(count: int, of: int, base: int) -> int:
    return int((Decimal(count) * base / of).quantize(Decimal(1), ROUND_HALF_UP))


def base_of(count: int, of: int) -> int:
    """The round number of people out of which ``count`` in ``of`` is said: 100 to 10,000.

    The smallest that leaves ten to count (one, at 1,000), so that two near shares stay apart.
    """
    for base in (100, 1_000):
        if count * base >= 10 * of:
            return base
    return 10_000 if 0 < count * 1_000 < of else 1_000


def frequency(count: int, of: int, base: int | None = None) -> str:
    """``12 of 100``; small groups and single cases are said as they were counted.

    Shares that stand side by side are given the same ``base``.
    """
    if of <= 0:
        return "no one to count"
    if count == 0:
        return f"none of {number(of)}"
    if count == of:
        return f"all {number(of)}"
    base = base or base_of(count, of)
    if of < 100 or base >= of or count * base < of:
        return f"{number(count)} of {number(of)}"
    rounded = _rounded(count, of, base)
    if rounded == base:
        return f"nearly all of {number(of)}"
    return f"{number(rounded)} of {number(base)}"


def shared_base(shares: Iterable[tuple[int, int]]) -> int:
    """One round number of people for shares that stand side by side: 100 or 1,000."""
    return min(max([base_of(count, of) for count, of in shares if count and of] + [100]), 1_000)


def beside(shares: Iterable[tuple[int, int]]) -> list[str]:
    """Shares that stand side by side, all said alike: out of one round number of people.

    Where a group is smaller than that number, all are said as counted, with the percentage:
    "12 of 754" beside "12 of 1,000" would look equal.
    """
    found = list(shares)
    base = shared_base(found)
    if all(of > base for count, of in found if 0 < count < of):
        return [frequency(count, of, base) for count, of in found]
    return [
        f"{number(count)} of {number(of)} ({percent(count, of)})" if 0 < count < of
        else frequency(count, of) for count, of in found
    ]  # fmt: skip


def percent(count: int, of: int) -> str:
    """``12.4 %``; two places under one per cent."""
    if of <= 0:
        return "no one to count"
    share = Decimal(count) * 100 / of
    places = Decimal("0.01") if 0 < share < 1 else Decimal("0.1")
    return f"{share.quantize(places, ROUND_HALF_UP)} %"


def share(count: int, of: int) -> str:
    """``12 of 100 (12.4 %)``."""
    return frequency(count, of) if of <= 0 else f"{frequency(count, of)} ({percent(count, of)})"


def shown(count: int, of: int) -> str:
    """A share, or as many of whom it is not given: of fewer than ``FEW`` no share is shown."""
    return share(count, of) if of >= FEW or of <= 0 else few(of)


def few(of: int) -> str:
    """In place of a share of few: ``not shown (fewer than 30)``."""
    return f"not shown (fewer than {FEW})" if of else "no one to count"


def denominator(name: str) -> str:
    """The people who are counted, in words."""
    return DENOMINATORS.get(name, name)


def group(dimension: str, name: str) -> str:
    """A group as a reader would call it."""
    if dimension == "income":
        return FIFTHS.get(name, name)
    return "everyone" if dimension == "all" else name


def plain(identifier: str) -> str:
    """``no_management_job`` as words."""
    return identifier.replace("_", " ").replace("-", " ")


def months(count: int) -> str:
    """``36 months (3 years)``."""
    if count == 1:
        return "1 month"
    years, rest = divmod(count, 12)
    if rest or not years:
        return f"{number(count)} months"
    return f"{number(count)} months ({years} year{'s' if years > 1 else ''})"


def opening(sentence: str) -> str:
    """A sentence that may begin with a number in words: ``None of 172 ...``."""
    return sentence[:1].upper() + sentence[1:]


def listed(items: list[str]) -> str:
    """``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def short_dimension(dimension: str) -> str:
    """A dimension's name where room is scarce."""
    return {"income": "income", "account": "banking", "internet": "internet"}.get(
        dimension, DIMENSIONS.get(dimension, dimension)
    )
