"""The weighted parts of a score (O-Z1, S3-41): what its components come to."""

from __future__ import annotations

from scoredsociety.engine.layout import rule_of
from scoredsociety.engine.score.ledger_places import (
    PART_COMPONENTS,
    PART_MEANS,
    PART_OWN,
    Clock,
    Held,
)
from scoredsociety.engine.structure.dependent_records import counts_twice
from scoredsociety.engine.structure.records import counts_at
from scoredsociety.fixed import UNIT, Ints
from scoredsociety.kernel import inner, int64
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables


@inner
def _fed(component: int, records: Ints, n: int, now: int, year_offset: int,
         scheme: SchemeTables, left_out: Ints) -> int:  # fmt: skip
    """Sum (Q16) of the live records that feed a component."""
    total = int64(0)
    for place in range(n):
        word = records[place]
        rule = rule_of(word)
        if (
            scheme.rules.component[rule] == component
            and not left_out[place]
            and counts_at(word, now, scheme)
        ):
            twice = counts_twice(place, records, n, year_offset, scheme, left_out)
            total += scheme.rules.points[rule] * (2 if twice else 1)
    return total


@inner
def unseen(component: int, traits: Ints, scheme: SchemeTables) -> bool:
    """Whether there is nothing to see of the person for this component."""
    seen = scheme.components.seen_trait[component]
    return seen >= 0 and traits[seen] == 0


@inner
def _component(
    component: int, records: Ints, n: int, now: int, year_offset: int, traits: Ints,
    scheme: SchemeTables, left_out: Ints,
) -> int:  # fmt: skip
    """Value (Q16, 0 to UNIT) of one component other than PEERS."""
    row = scheme.components[component]
    kind = row.kind
    if unseen(component, traits, scheme):
        return int64(row.missing)
    if kind == t.TABLE:
        return int64(
            scheme.values[row.first_value + min(traits[row.trait], row.value_count - 1)]
        )
    if kind == t.CONSTANT:
        return int64(row.value)
    fed = _fed(component, records, n, now, year_offset, scheme, left_out)
    if kind == t.RECORDS:
        return min(max(row.value + fed, 0), UNIT)
    months = int64(0)  # of the credit file that the window shows (HISTORY)
    if traits[row.trait] > 0:
        months = min(traits[row.trait] * 12 + now, row.window) * UNIT
    below = row.prior_all + months
    if below <= 0:
        return int64(0)
    late = min(max(-fed, 0), months)  # late payments feed with negative points
    return (row.prior_good + months - late) * UNIT // below


@inner
def components(s: int, held: Held, clock: Clock, traits: Ints, scheme: SchemeTables) -> int:
    """Fill the weighted components of scheme ``s``; returns their sum in centipoints.

    parts[PART_MEANS + component]: Q16 mean of the ties' published value, or -1 without ties.
    PART_OWN receives the value (Q16) of the components other than PEERS.
    """
    parts = held.parts
    span = scheme.schemes.high[s] - scheme.schemes.low[s]
    first = scheme.schemes.first_component[s]
    last = first + scheme.schemes.component_count[s]
    total, weight, weighted = int64(0), int64(0), int64(0)
    for component in range(first, last):
        if scheme.components.kind[component] == t.PEERS:
            continue
        value = _component(
            component, held.records, held.many, clock.now, clock.year_offset, traits, scheme,
            held.left_out,
        )  # fmt: skip
        share = scheme.components.weight[component]
        parts[PART_COMPONENTS + component] = span * share * value >> 32
        total += parts[PART_COMPONENTS + component]
        weight += share
        weighted += share * value
    own = weighted // weight if weight > 0 else int64(0)
    parts[PART_OWN] = own
    for component in range(first, last):
        row = scheme.components[component]
        if row.kind != t.PEERS:
            continue
        value = parts[PART_MEANS + component]
        if value < 0:
            value = int64(0)
            if row.peers_none == 1:
                value = own
            elif row.peers_none == 2:
                value = int64(row.value)
        if row.down_only:
            value = min(value, own)
        if unseen(component, traits, scheme):
            value = int64(row.missing)
        parts[PART_COMPONENTS + component] = span * row.weight * value >> 32
        total += parts[PART_COMPONENTS + component]
    return total
