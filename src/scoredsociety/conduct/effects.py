"""Exposure and effects by trait, as sums of log2 multipliers: one row a trait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from functools import cache

from scoredsociety.conduct.parts import Effect, Exposure
from scoredsociety.fixed import NEVER, log2_units
from scoredsociety.society.tables import TRAIT, TRAIT_HIGHEST


def _multipliers(effect: Effect) -> list[Decimal]:
    """Multiplier for each value of the trait, from 0 to its highest."""
    count = TRAIT_HIGHEST[effect.trait] + 1
    if effect.values:
        given = list(effect.values)
        return given + [given[-1]] * (count - len(given))
    if effect.steps:
        row = [Decimal(1)] * count
        for start, multiplier in effect.steps:
            row[start:] = [multiplier] * (count - start)
        return row
    assert effect.low is not None and effect.high is not None  # the model has checked the forms
    with localcontext() as context:
        context.prec = 40
        ratio = effect.high / effect.low
        return [effect.low * ratio ** (Decimal(i) / max(1, count - 1)) for i in range(count)]


@cache
def log2_multipliers(effect: Effect) -> tuple[int, ...]:
    """The multipliers in log2 units; NEVER for a multiplier of 0."""
    return tuple(log2_units(one) for one in _multipliers(effect))


def rows(
    exposure: Iterable[Exposure],
    effects: Iterable[Effect],
    more: Mapping[str, list[int]] | None = None,
) -> dict[int, list[int]]:
    """Log2 units by trait number and trait value; NEVER where a person is not exposed."""
    table: dict[str, list[int]] = {}
    for one in exposure:
        highest = TRAIT_HIGHEST[one.trait]
        high = highest if one.high is None else one.high
        _add(table, one.trait, [0 if one.low <= v <= high else NEVER for v in range(highest + 1)])
    for effect in effects:
        _add(table, effect.trait, log2_multipliers(effect))
    for trait, units in (more or {}).items():
        _add(table, trait, units)
    return {TRAIT[trait]: units for trait, units in table.items()}


def _add(table: dict[str, list[int]], trait: str, units: Sequence[int]) -> None:
    before = table.get(trait, [0] * len(units))
    table[trait] = [max(NEVER, one + other) for one, other in zip(before, units, strict=True)]


class EffectRows:
    """Collects the rows of all acts and sources; equal rows of values are stored once."""

    def __init__(self) -> None:
        self.effects: list[tuple[int, int, int]] = []
        self.values: list[int] = []
        self._at: dict[tuple[int, ...], int] = {}

    def add(self, table: Mapping[int, list[int]]) -> tuple[int, int]:
        """First row and number of rows of ``table`` (log2 units by trait)."""
        first = len(self.effects)
        for trait, units in sorted(table.items()):
            while len(units) > 1 and units[-1] == units[-2]:
                units = units[:-1]  # a trait above the table takes its last value
            key = tuple(units)
            if key not in self._at:
                self._at[key] = len(self.values)
                self.values.extend(units)
            self.effects.append((trait, self._at[key], len(units)))
        return first, len(self.effects) - first
