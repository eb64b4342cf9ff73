"""Children at two ages, by what their parents were under: counts of margins (Q7; S3-58, O-B19).

Counted where lives turn over, of children who lived in the household through all of school age and
whose school age lies within the run. They are set beside children of like parents: of heads of the
same place, schooling and income fifth. Observing changes no bit.
"""

from __future__ import annotations

from scoredsociety.engine import tally
from scoredsociety.engine.demography.seat_holders import YEAR
from scoredsociety.engine.demography.upbringing import SCHOOL_FROM, SENIOR, age_in_months
from scoredsociety.engine.layout import HELD_BACK, LOWERED, OUT_BITS, OUT_OF_SCHOOL, field, grade_in
from scoredsociety.engine.month_view import Scratch, World, know
from scoredsociety.engine.tally import Tallies
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.society import tables as so
from scoredsociety.society.people import lives
from scoredsociety.society.people.kin import CHILD

COLLEGE = 4
FORMAL, PUBLIC = 4, 6  # work codes with a wage that is on the books


@inner
def moment(world: World, dense: int) -> int:
    """Place in tally.AT_AGES of the age that somebody reaches this month; -1: none."""
    age = age_in_months(world, dense)
    for place in range(len(tally.AT_AGES)):
        if age == tally.AT_AGES[place] * YEAR:
            return int64(place)
    return int64(-1)


@inner
def is_followed(world: World, dense: int) -> bool:
    """Whether a child of the household was seen in it through all of school age."""
    began = int64(world.persons.born[dense]) + SCHOOL_FROM * YEAR
    if began < 0 or int64(world.persons.entered[dense]) > began:
        return False
    role, _ = lives.standing(
        world.society, world.seats, world.k0, world.k1, dense,
        int64(world.persons.household[dense]), int64(world.persons.life[dense]),
    )  # fmt: skip
    return role == CHILD


@inner
def held(life: int) -> int:
    """What the parents were under while the child was of school age."""
    if field(life, OUT_OF_SCHOOL, OUT_BITS):
        return int64(tally.KEPT_OUT)
    return int64(tally.RESTRICTED if field(life, HELD_BACK, 1) else tally.UNTOUCHED)


@inner
def stratum(coarse: int) -> int:
    """Of a head: place, schooling band and income fifth, 0 to 39."""
    place = (coarse >> so.COARSE_URBAN) & 1
    schooling = (coarse >> so.COARSE_SCHOOLING) & 3
    return (place * 4 + schooling) * 5 + ((coarse >> so.COARSE_INCOME) & 7)


@apart
def count(
    world: World, dense: int, turns: int, life: int, status: int, scratch: Scratch,
    tallies: Tallies,
) -> None:  # fmt: skip
    """Count a child who reaches one of the ages this month, under what is published of it now."""
    if turns == 0:
        return
    at = moment(world, dense)
    if at < 0 or not is_followed(world, dense):
        return
    head = dense - (int64(world.persons.household[dense]) >> 4)
    know(world, dense, scratch)
    group = held(life)
    row = tallies.generations[at, group, stratum(int64(world.persons.coarse[head]))]
    schooling, work = scratch.traits[so.SCHOOLING], scratch.traits[so.WORK]
    row[tally.G_CHILDREN] += 1
    row[tally.G_SCHOOLING] += schooling
    row[tally.G_SENIOR] += 1 if schooling >= SENIOR else 0
    row[tally.G_COLLEGE] += 1 if schooling >= COLLEGE else 0
    row[tally.G_WAGE] += 1 if work in (FORMAL, PUBLIC) else 0
    row[tally.G_LOWERED] += field(life, LOWERED, 1)
    before = int64(world.exchange.status[head])
    for s in range(world.schemes.schemes.shape[0]):
        tallies.grown[s, at, group, grade_in(before, s), grade_in(status, s)] += 1
