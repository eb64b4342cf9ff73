"""Ratings by those one meets, in plain Python: who met whom, and how many stars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from tests.reference.philox import draw
from tests.reference.society import Society

from scoredsociety.columns import NamedRow
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

DOUBLED, NO_GRADE = 8, 15


class Shown(Protocol):
    """What was published of a person."""

    scores: tuple[int, ...]
    grades: tuple[int, ...]
    gravity: int


def given(
    society: Society, schemes: SchemeTables, month: int, published: list[Shown]
) -> Iterator[tuple[int, int, int, int, int]]:
    """(rated, rater, rule, stars, flags) of the month's ratings that a rule books next month."""
    for number, row in enumerate(schemes.ratings):
        scheme = row.scheme
        rules = booked(schemes, number, month + 1)
        head = schemes.schemes[scheme]
        middle = (int(head.low) + int(head.high)) // 2
        for person, shown in enumerate(published):
            if shown.grades[scheme] == NO_GRADE:
                continue
            for meeting in range(row.meetings):
                words = draw(society.key, society.seat(person), month, row.stream, meeting)
                rater = met(society, person, words[2])
                if rater is None:
                    continue
                subject = published[rater].grades[scheme] != NO_GRADE
                if row.only_subjects and not subject:
                    continue
                stars = stars_of(society, schemes, row, person, shown, words[0], words[1])
                counts = row.by_score and subject
                twice = counts and published[rater].scores[scheme] >= middle
                if stars in rules:
                    yield person, rater, rules[stars], stars, DOUBLED if twice else 0


def booked(schemes: SchemeTables, rating: int, month: int) -> dict[int, int]:
    """The rule of each number of stars (the last, where there are several)."""
    return {
        int(rule.on) % 8: place
        for place, rule in enumerate(schemes.rules)
        if rule.kind == t.ON_RATING and int(rule.on) // 8 == rating
        and rule.from_month <= month < rule.until_month
    }  # fmt: skip


def met(society: Society, person: int, word: int) -> int | None:
    """Somebody else of the community."""
    size = society.seats.community_size
    first = person - person % size
    others = [p for p in range(first, min(first + size, society.people)) if p != person]
    return others[word * len(others) >> 32] if others else None


def stars_of(
    society: Society, schemes: SchemeTables, row: NamedRow, person: int, shown: Shown,
    falls: int, how: int,
) -> int:  # fmt: skip
    """One to five."""
    place = 0
    if row.trait >= 0:
        place = min(society.traits(person)[row.trait], row.value_count - 1)
    stars = 5
    if falls < schemes.values[row.first_value + place]:
        stars = 4 - sum(how >= edge for edge in (row.four_stars, row.three_stars, row.two_stars))
    if row.gravity and shown.gravity >= row.gravity:
        stars -= row.gravity_stars
    return max(stars, 1)
