"""Weighted categories become component rows whose Q16 weights sum to the whole scale."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoredsociety.fixed import UNIT
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.amounts import q16, steps
from scoredsociety.scheme.compile.name_lookup import LAYERS
from scoredsociety.scheme.compile.pools import Pools
from scoredsociety.scheme.model.scheme import Category, Component, Scheme
from scoredsociety.society.tables import TRAIT


def components_of(history: Sequence[tuple[int, Scheme]]) -> dict[str, int]:
    """Place of each component over all versions of one scheme."""
    places: dict[str, int] = {}
    for _, scheme in history:
        for component in scheme.component:
            places.setdefault(component.id, len(places))
    return places


def shares_of(scheme: Scheme) -> dict[str, int]:
    """Q16 weight of each component in the whole scale; they sum to UNIT (largest remainder)."""
    weight = {category.id: Fraction(category.weight) for category in scheme.category}
    exact = {c.id: weight[c.category] * Fraction(c.share) * UNIT for c in scheme.component}
    whole = {name: int(value) for name, value in exact.items()}
    rest = UNIT - sum(whole.values()) if exact else 0
    for name in sorted(exact, key=lambda name: whole[name] - exact[name])[:rest]:
        whole[name] += 1
    return whole


_KINDS = {
    "history": t.HISTORY, "attribute": t.TABLE, "records": t.RECORDS,
    "peers": t.PEERS, "constant": t.CONSTANT,
}  # fmt: skip


def component_rows(
    scheme: Scheme, place: int, pools: Pools, history: Sequence[tuple[int, Scheme]]
) -> list[list[int]]:
    weights = shares_of(scheme)
    now = {component.id: component for component in scheme.component}
    categories = [category.id for category in categories_of(history)]
    rows = []
    for name in components_of(history):
        row = [0] * t.COMPONENT_FIELDS
        row[t.C_SCHEME], row[t.C_KIND] = place, t.CONSTANT
        row[t.C_TRAIT] = row[t.C_MISSING] = row[t.C_SEEN_TRAIT] = -1
        if name in now:
            _fill_component(row, now[name], weights[name], pools)
            row[t.C_CATEGORY] = categories.index(now[name].category)
        rows.append(row)
    return rows


def _fill_component(row: list[int], part: Component, weight: int, pools: Pools) -> None:
    row[t.C_KIND], row[t.C_WEIGHT] = _KINDS[part.kind], weight
    row[t.C_VALUE] = q16(part.value)
    if part.kind == "history":
        row[t.C_TRAIT] = TRAIT[part.trait or "file_years"]
        row[t.C_PRIOR_GOOD], row[t.C_PRIOR_ALL] = q16(part.prior_good), q16(part.prior_all)
        row[t.C_WINDOW] = part.window_months or 60
    if part.kind == "attribute" and part.trait and part.table:
        table = steps(part.table, part.trait, share=True)
        row[t.C_TRAIT], row[t.C_TABLE] = TRAIT[part.trait], pools.put(table)
        row[t.C_TABLE_COUNT] = len(table)
    if part.kind == "peers":
        row[t.C_PEERS_OF] = int(part.of == "own_part")
        row[t.C_PEERS_NONE] = ("zero", "own", "neutral").index(part.none)
        row[t.C_LAYERS] = sum({LAYERS[name] for name in part.layers})
        row[t.C_DOWN_ONLY] = int(part.down_only)
    if part.missing is not None:
        row[t.C_MISSING] = q16(part.missing.value)
        row[t.C_SEEN_TRAIT] = TRAIT[part.missing.unless]


def categories_of(history: Sequence[tuple[int, Scheme]]) -> list[Category]:
    found: dict[str, Category] = {}
    for _, scheme in history:
        for category in scheme.category:
            found.setdefault(category.id, category)
    return list(found.values())
