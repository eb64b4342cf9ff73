"""What a child inherits of a parent's restrictions (S3-57, S3-58, O-B19): a life effect.

Where lives turn over, a month of school age in which a parent is under a denial in education, and
would have paid for a school, is a month out of it (as in engine/respond/life_effects.py: would_pay,
fixed by the parent's seat). Linear form: at coming of age the months of all those years give the
chance of one level of schooling less than the seed would have given, and of the work and views that
go with it; nobody comes out below junior secondary. What years of a paid school are worth is
assumed.

The child keeps the months in its own life; of the parents it reads what they published last month.
"""

from __future__ import annotations

from scoredsociety.conduct.tables import COMING_OF_AGE as RESPONSE
from scoredsociety.conduct.tables import CONTEXTS, SCHOOL
from scoredsociety.engine.demography.seat_holders import YEAR
from scoredsociety.engine.demography.succession import FRESH, life_number
from scoredsociety.engine.layout import (
    HELD_BACK,
    LOWERED,
    OUT_BITS,
    OUT_OF_SCHOOL,
    field,
    set_field,
)
from scoredsociety.engine.month_view import Scratch, World, know
from scoredsociety.engine.respond.life_effects import SCHOOLS, WOULD_PAY
from scoredsociety.engine.respond.perception import chance
from scoredsociety.engine.respond.response import denials
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.keyed import draw, stream
from scoredsociety.society.people import lives
from scoredsociety.society.people.kin import ADULT, CHILD
from scoredsociety.society.people.seats import id_of
from scoredsociety.society.tables import SCHOOLING

STREAM = stream("life:coming_of_age")
STEP = 0  # value: chance of a level less, for each year out of school
SCHOOL_FROM = 6
SENIOR = 3  # senior secondary: the first level of schooling that can be lost
C_EDUCATION = CONTEXTS.index("education")
MOST_OUT = (1 << OUT_BITS) - 1


@inner
def age_in_months(world: World, dense: int) -> int:
    """Age this month, where lives turn over."""
    return world.month - world.origin - int64(world.persons.born[dense])


@inner
def is_held(world: World, parent: int) -> bool:
    """Whether something in education was denied to a parent, as published last month."""
    return denials(world, parent) & world.stakes.contexts[C_EDUCATION] != 0


@inner
def would_pay(world: World, parent: int) -> bool:
    """Whether a parent would have paid for a school, as effects.refused has it."""
    seat = int64(id_of(world.seats, parent))
    word, _, _, _ = draw(world.k0, world.k1, seat, 0, SCHOOLS, 0)
    return word < chance(world.responses.values[SCHOOL, WOULD_PAY])


@inner
def grow(world: World, dense: int, life: int) -> int:
    """The life bits of a child after a month at school age."""
    household = int64(world.persons.household[dense])
    first, position = dense - (household >> 4), household >> 4
    if position == 0:
        return life
    head = is_held(world, first)
    beside = position > 1 and is_held(world, first + 1)
    if not (head or beside):
        return life
    role, coupled = lives.standing(
        world.society, world.seats, world.k0, world.k1, dense, household,
        int64(world.persons.life[dense]),
    )  # fmt: skip
    beside = beside and coupled > 0
    if role != CHILD or not (head or beside):
        return life
    life = set_field(life, HELD_BACK, 1, 1)
    if (head and would_pay(world, first)) or (beside and would_pay(world, first + 1)):
        months = min(field(life, OUT_OF_SCHOOL, OUT_BITS) + 1, MOST_OUT)
        life = set_field(life, OUT_OF_SCHOOL, OUT_BITS, months)
    return life


@inner
def come_of_age(world: World, dense: int, seat: int, life: int, scratch: Scratch) -> int:
    """The life bits of somebody who turns 18: with a level of schooling less, or not."""
    months = field(life, OUT_OF_SCHOOL, OUT_BITS)
    if months == 0:
        return life
    number = life_number(world, dense)
    word, _, _, _ = draw(world.k0, world.k1, seat, number, STREAM, 0)
    if word >= chance(world.responses.values[RESPONSE, STEP] * months // YEAR):
        return life
    know(world, dense, scratch)
    return set_field(life, LOWERED, 1, 1) if scratch.traits[SCHOOLING] >= SENIOR else life


@apart
def attend(world: World, dense: int, seat: int, turns: int, life: int, scratch: Scratch) -> int:
    """The life bits after this month's upbringing; before anybody asks for the person's traits."""
    scratch.whose[1] = 0
    if world.responses.forms[RESPONSE] == 0 or world.persons.life.shape[0] == 0:
        return life
    scratch.whose[0] = 0
    age = age_in_months(world, dense)
    if turns != FRESH and age >= SCHOOL_FROM * YEAR and age < ADULT * YEAR:
        life = grow(world, dense, life)
    elif turns != FRESH and age == ADULT * YEAR:
        life = come_of_age(world, dense, seat, life, scratch)
        scratch.whose[0] = 0
    scratch.whose[1] = field(life, LOWERED, 1)
    return life
