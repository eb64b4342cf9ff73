"""Ratings by those one meets, in plain Python: who met whom, and how many stars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from tests.reference.philox import draw
from tests.reference.society import Society

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
    for number, row in enumerate(schemes.ratings.tolist()):
        scheme = row[t.T_SCHEME]
        rules = booked(schemes, number, month + 1)
        head = schemes.schemes[scheme]
        middle = (int(head[t.S_LOW]) + int(head[t.S_HIGH])) // 2
        for person, shown in enumerate(published):
            if shown.grades[scheme] == NO_GRADE:
                continue
            for meeting in range(row[t.T_MEETINGS]):
                words = draw(society.key, society.seat(person), month, row[t.T_STREAM], meeting)
                rater = met(society, person, words[2])
                if rater is None:
                    continue
                subject = published[rater].grades[scheme] != NO_GRADE
                if row[t.T_SUBJECTS] and not subject:
                    continue
                stars = stars_of(society, schemes, row, person, shown, words[0], words[1])
                counts = row[t.T_BY_SCORE] and subject
                twice = counts and published[rater].scores[scheme] >= middle
                if stars in rules:
                    yield person, rater, rules[stars], stars, DOUBLED if twice else 0


def booked(schemes: SchemeTables, rating: int, month: int) -> dict[int, int]:
    """The rule of each number of stars (the last, where there are several)."""
    return {
        int(rule[t.R_ON]) % 8: place
        for place, rule in enumerate(schemes.rules)
        if rule[t.R_KIND] == t.ON_RATING and int(rule[t.R_ON]) // 8 == rating
        and rule[t.R_FROM] <= month < rule[t.R_UNTIL]
    }  # fmt: skip


def met(society: Society, person: int, word: int) -> int | None:
    """Somebody else of the community."""
    size = society.seats.community_size
    first = person - person % size
    others = [p for p in range(first, min(first + size, society.people)) if p != person]
    return others[word * len(others) >> 32] if others else None


def stars_of(
    society: Society, schemes: SchemeTables, row: list[int], person: int, shown: Shown,
    falls: int, how: int,
) -> int:  # fmt: skip
    """One to five."""
    place = 0
    if row[t.T_TRAIT] >= 0:
        place = min(society.traits(person)[row[t.T_TRAIT]], row[t.T_TABLE_COUNT] - 1)
    stars = 5
    if falls < schemes.values[row[t.T_TABLE] + place]:
        stars = 4 - sum(how >= row[edge] for edge in (t.T_FOUR, t.T_THREE, t.T_TWO))
    if row[t.T_GRAVITY] and shown.gravity >= row[t.T_GRAVITY]:
        stars -= row[t.T_GRAVITY_STARS]
    return max(stars, 1)
