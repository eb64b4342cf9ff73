"""Weighted categories become component rows whose Q16 weights sum to the whole scale."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoredsociety.columns import NamedRow
from scoredsociety.fixed import UNIT
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.amounts import q16, steps
from scoredsociety.scheme.compile.name_lookup import LAYERS
from scoredsociety.scheme.compile.pools import Pools
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.model.score import Category, Component
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
) -> list[NamedRow]:
    weights = shares_of(scheme)
    now = {component.id: component for component in scheme.component}
    categories = [category.id for category in categories_of(history)]
    rows = []
    for name in components_of(history):
        row = t.ComponentColumns.blank()
        row.scheme, row.kind = place, t.CONSTANT
        row.trait = row.missing = row.seen_trait = -1
        if name in now:
            _fill_component(row, now[name], weights[name], pools)
            row.category = categories.index(now[name].category)
        rows.append(row)
    return rows


def _fill_component(row: NamedRow, part: Component, weight: int, pools: Pools) -> None:
    row.kind, row.weight = _KINDS[part.kind], weight
    row.value = q16(part.value)
    if part.kind == "history":
        row.trait = TRAIT[part.trait or "file_years"]
        row.prior_good, row.prior_all = q16(part.prior_good), q16(part.prior_all)
        row.window = part.window_months or 60
    if part.kind == "attribute" and part.trait and part.table:
        table = steps(part.table, part.trait, share=True)
        row.trait, row.first_value = TRAIT[part.trait], pools.put(table)
        row.value_count = len(table)
    if part.kind == "peers":
        row.peers_of = int(part.of == "own_part")
        row.peers_none = ("zero", "own", "neutral").index(part.none)
        row.layers = sum({LAYERS[name] for name in part.layers})
        row.down_only = int(part.down_only)
    if part.missing is not None:
        row.missing = q16(part.missing.value)
        row.seen_trait = TRAIT[part.missing.unless]


def categories_of(history: Sequence[tuple[int, Scheme]]) -> list[Category]:
    found: dict[str, Category] = {}
    for _, scheme in history:
        for category in scheme.category:
            found.setdefault(category.id, category)
    return list(found.values())
