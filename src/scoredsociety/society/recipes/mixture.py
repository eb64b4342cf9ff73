"""Quantiles of the whole society from its parts: a mixture of regions, urban and rural."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoredsociety.fixed import decimal
from scoredsociety.society.recipes.fields import RecipeFields


def _parts(recipe: RecipeFields) -> list[tuple[int, int, Fraction]]:
    """(region, urban, weight) of every part of the society."""
    found = []
    for region, row in enumerate(recipe.region):
        urban = Fraction(decimal(row.urban))
        found += [(region, 0, row.people * (1 - urban)), (region, 1, row.people * urban)]
    return [part for part in found if part[2] > 0]


def share_below(table: Sequence[int], value: int) -> Fraction:
    """Share of a 257-knot quantile table that lies below ``value``."""
    if value <= table[0]:
        return Fraction(0)
    if value >= table[-1]:
        return Fraction(1)
    low, high = 0, len(table) - 1
    while high - low > 1:
        middle = (low + high) >> 1
        if table[middle] < value:
            low = middle
        else:
            high = middle
    step = table[high] - table[low]
    return (low + Fraction(value - table[low], step)) / (len(table) - 1)


def quantile_of(
    recipe: RecipeFields, tables: Sequence[Sequence[int]], regions: Sequence[int], share: Fraction
) -> int:
    """log2 income (1/1024 octaves) below which ``share`` of the whole society lies."""
    mixed = _parts(recipe)
    total = sum(weight for _, _, weight in mixed)
    low, high = 0, 40 * 1024
    while low < high:
        middle = (low + high) >> 1
        below = sum(
            weight * share_below(tables[urban], (middle - regions[region]) * 256)
            for region, urban, weight in mixed
        )
        if below < share * total:
            low = middle + 1
        else:
            high = middle
    return low


def fifth_edges(
    recipe: RecipeFields, tables: Sequence[Sequence[int]], regions: Sequence[int]
) -> list[int]:
    """The four edges between the income fifths of the society, log2 in 1/1024 octaves."""
    return [quantile_of(recipe, tables, regions, Fraction(k, 5)) for k in range(1, 5)]
