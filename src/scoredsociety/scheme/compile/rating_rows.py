"""Ratings by those one meets: what is wrong in one, and the rows that they become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scoredsociety.columns import NamedRow
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
) -> list[NamedRow]:
    """One row a rating; one that is not in force has no meetings."""
    now = {rating.id: rating for rating in scheme.rating}
    rows = []
    for name in ratings_of(history):
        row = t.RatingColumns.blank()
        row.scheme, row.trait = place, -1
        row.stream = stream(f"rating:{scheme.id}.{name}")
        if name in now:
            _fill(row, now[name], pools)
        rows.append(row)
    return rows


STARS = ("four_stars", "three_stars", "two_stars")  # columns, as ``spread`` has its shares


def _fill(row: NamedRow, rating: Rating, pools: Pools) -> None:
    row.meetings = rating.meetings
    shares = [probability(rating.short or 0)]
    if rating.trait is not None and rating.table is not None:
        row.trait = TRAIT[rating.trait]
        starts = {step.from_: probability(step.value or 0) for step in rating.table}
        shares, value = [], 0
        for code in range(TRAIT_HIGHEST[rating.trait] + 1):
            value = starts.get(code, value)
            shares.append(value)
    row.first_value, row.value_count = pools.put(shares), len(shares)
    cumulative = Decimal(0)
    for column, share in zip(STARS, rating.spread, strict=False):
        cumulative += share
        row[column] = probability(cumulative)
    row.gravity, row.gravity_stars = rating.gravity_from or 0, rating.gravity_stars
    row.only_subjects = int(rating.raters == "subjects")
    row.by_score = int(rating.count == "by_score")
