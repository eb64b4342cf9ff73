"""Ratings by those one meets: what is wrong in one, and the rows that they become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoredsociety.document.shape import Finding, Path
from scoredsociety.fixed import probability
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.check.vocabulary import known_trait
from scoredsociety.scheme.compile.pools import Pools
from scoredsociety.scheme.model.rating import Rating
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.society.tables import TRAIT, TRAIT_HIGHEST


def rating_findings(rating: Rating, path: Path) -> Iterator[Finding]:
    """What is wrong in a rating."""
    if not rating.source and rating.status != "assumed":
        yield path, 'a rating without a source has status = "assumed"', None
    if (rating.short is None) == (rating.table is None):
        message = "short or table says how often a meeting is rated under five stars"
        yield path, message, "one share for everybody, or a table over a trait"
    if (rating.trait is None) != (rating.table is None):
        yield (*path, "trait"), "trait and table go together", None
    yield from known_trait((*path, "trait"), rating.trait)
    for row, step in enumerate(rating.table or []):
        if step.value is None:
            yield (*path, "table", row), "a step of a rating has a value from 0 to 1", None
    if sum(rating.spread, Decimal(0)) != 1:
        message = f"the shares of 4, 3, 2 and 1 stars sum to {sum(rating.spread)}, not 1"
        yield (*path, "spread"), message, None


def ratings_of(history: Sequence[tuple[int, Scheme]]) -> dict[str, int]:
    """Place of each rating over all versions of one scheme."""
    places: dict[str, int] = {}
    for _, scheme in history:
        for rating in scheme.rating:
            places.setdefault(rating.id, len(places))
    return places


def rating_rows(
    scheme: Scheme, place: int, pools: Pools, history: Sequence[tuple[int, Scheme]]
) -> list[list[int]]:
    """One row a rating; one that is not in force has no meetings."""
    now = {rating.id: rating for rating in scheme.rating}
    rows = []
    for name in ratings_of(history):
        row = [0] * t.RATING_FIELDS
        row[t.T_SCHEME], row[t.T_TRAIT] = place, -1
        row[t.T_STREAM] = stream(f"rating:{scheme.id}.{name}")
        if name in now:
            _fill(row, now[name], pools)
        rows.append(row)
    return rows


def _fill(row: list[int], rating: Rating, pools: Pools) -> None:
    row[t.T_MEETINGS] = rating.meetings
    shares = [probability(rating.short or 0)]
    if rating.trait is not None and rating.table is not None:
        row[t.T_TRAIT] = TRAIT[rating.trait]
        starts = {step.from_: probability(step.value or 0) for step in rating.table}
        shares, value = [], 0
        for code in range(TRAIT_HIGHEST[rating.trait] + 1):
            value = starts.get(code, value)
            shares.append(value)
    row[t.T_TABLE], row[t.T_TABLE_COUNT] = pools.put(shares), len(shares)
    cumulative = Decimal(0)
    for place, share in zip((t.T_FOUR, t.T_THREE, t.T_TWO), rating.spread, strict=False):
        cumulative += share
        row[place] = probability(cumulative)
    row[t.T_GRAVITY], row[t.T_GRAVITY_STARS] = rating.gravity_from or 0, rating.gravity_stars
    row[t.T_SUBJECTS] = int(rating.raters == "subjects")
    row[t.T_BY_SCORE] = int(rating.count == "by_score")
