"""Ratings by those one meets, as messages (S3-1, S4-1, O-W5): the tyranny of the crowd (S3-2).

Each month everybody whom the scheme scores meets some people of the community. A meeting is five
stars, or falls short as often as the person's trait says, and further where the latest violation
that was published is grave. The rater sends the stars; they are booked next month under the rule of
that many stars. In the episode the rating of the highly rated counts for more: by score, one from
the upper half of the scale counts twice.

What a rating reads is the seed and what was published, so it is made from the exchange after the
month and stands in the change log like every message.
"""

from __future__ import annotations

import numpy as np

from scoredsociety.engine.collect.observation import somebody_else
from scoredsociety.engine.layout import DOUBLED, grade_in, gravity_in, pack_message
from scoredsociety.engine.month_view import World, traits_of
from scoredsociety.engine.publish.exchange import send
from scoredsociety.fixed import Ints
from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import draw
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.people import seats
from scoredsociety.society.people.households import MOST
from scoredsociety.society.tables import TRAITS

FIVE = 5


@kernel
def rate(
    world: World, rating: int, rules: Ints, out: Ints, ages: Ints, work: Ints, n: int
) -> int:
    """Ratings of the month into ``out`` (capacity, 3) behind ``n``; how many there are or would be.

    ``rules``: (6,) the rule booked for each number of stars, or -1.
    """
    row = world.schemes.ratings[rating]
    s = row.scheme
    middle = (world.schemes.schemes.low[s] + world.schemes.schemes.high[s]) // 2
    for dense in range(world.seats.people):
        status = int64(world.exchange.status[dense])
        if grade_in(status, s) == t.NO_GRADE:
            continue
        place = int64(0)
        if row.trait >= 0:
            traits_of(world, dense, ages, work)
            place = min(work[row.trait], row.value_count - 1)
        short = world.schemes.values[row.first_value + place]
        grave = row.gravity > 0 and gravity_in(status) >= row.gravity
        seat = int64(seats.id_of(world.seats, dense))
        for meeting in range(row.meetings):
            falls, how, who, _ = draw(
                world.k0, world.k1, seat, world.month, row.stream, meeting
            )
            rater = somebody_else(dense, who, world.seats.community_size, world.seats.people)
            if rater < 0:
                continue
            theirs = int64(world.exchange.status[rater])
            scored = grade_in(theirs, s) != t.NO_GRADE
            if row.only_subjects and not scored:
                continue
            stars = int64(FIVE)
            if falls < short:
                stars = int64(1)
                if how < row.four_stars:
                    stars = int64(4)
                elif how < row.three_stars:
                    stars = int64(3)
                elif how < row.two_stars:
                    stars = int64(2)
            if grave:
                stars = max(stars - row.gravity_stars, 1)
            rule = rules[stars]
            if rule < 0:
                continue
            twice = row.by_score and scored and world.exchange.score[s, rater] >= middle
            flags = DOUBLED if twice else 0
            n = send(out, n, dense, pack_message(1, rule, 0, stars, flags, 0), rater)
    return n


def rules_of(tables: SchemeTables, rating: int, month: int) -> Ints:
    """(6,) the rule in force in ``month`` for each number of stars, or -1."""
    found = np.full(FIVE + 1, -1, dtype=np.int64)
    for place, rule in enumerate(tables.rules):
        on, stars = divmod(int(rule.on), 8)
        is_it = rule.kind == t.ON_RATING and on == rating
        if is_it and rule.from_month <= month < rule.until_month:
            found[stars] = place
    return found


def ratings(world: World) -> Ints:
    """(n, 3) the month's ratings as messages: target, content, origin. The exchange is after it."""
    tables, n = world.schemes, 0
    out = np.empty((0, 3), dtype=np.int64)
    work, ages = np.zeros(len(TRAITS), dtype=np.int64), np.zeros(MOST, dtype=np.int64)
    for rating in range(len(tables.ratings)):
        rules = rules_of(tables, rating, world.month + 1)
        if tables.ratings.meetings[rating] == 0 or rules.max() < 0:
            continue
        needed = int(rate(world, rating, rules, out, ages, work, n))
        if needed > len(out):
            grown = np.empty((needed, 3), dtype=np.int64)
            grown[:n] = out[:n]
            out = grown
            needed = int(rate(world, rating, rules, out, ages, work, n))
        n = needed
    return out[:n]
