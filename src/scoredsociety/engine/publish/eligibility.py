"""Whom a scheme scores: the eligible, those who opted in, and those who join later (S2-15)."""

from __future__ import annotations

from scoredsociety.conduct import tables as c
from scoredsociety.engine.demography.succession import life_number
from scoredsociety.engine.layout import grade_in
from scoredsociety.engine.month_view import Scratch, World, know
from scoredsociety.engine.respond import opt_in
from scoredsociety.engine.respond.perception import M_TURNS, stands
from scoredsociety.engine.state import COPIED, COPIED_AT
from scoredsociety.kernel import inner
from scoredsociety.keyed import draw
from scoredsociety.scheme import tables as t
from scoredsociety.society.tables import AGE

MOST_REGIONS = 62  # that a scheme may be copied to, by number


@inner
def is_eligible(world: World, dense: int, s: int, scratch: Scratch) -> bool:
    """Whether scheme ``s`` may score this person (traits are filled)."""
    row = world.schemes.schemes[s]
    if scratch.traits[AGE] < row.min_age:
        return False
    region = world.seats.region[dense >> world.seats.community_bits]
    governed = row.region
    if governed >= 0 and region != governed and not copied(world, s, region):
        return False
    trait = row.subject_trait
    if trait < 0:
        return True
    value = scratch.traits[trait]
    return row.subject_min <= value and value <= row.subject_max


@inner
def copied(world: World, s: int, region: int) -> bool:
    """Whether the operator has copied the scheme of one region to this one (S3-20)."""
    return region < MOST_REGIONS and (world.scalars[s, COPIED] >> region) & 1 == 1


@inner
def is_subject(world: World, dense: int, seat: int, s: int, scratch: Scratch) -> bool:
    """Whether scheme ``s`` scores this person from the start (traits are filled)."""
    if not is_eligible(world, dense, s, scratch):
        return False
    row = world.schemes.schemes[s]
    if row.opt_in:
        life = life_number(world, dense)
        word, _, _, _ = draw(world.k0, world.k1, seat, life, row.stream, 0)
        return word < row.joining
    return True


@inner
def subjects(
    world: World, dense: int, seat: int, status: int, open_slots: int, scratch: Scratch
) -> int:
    """Bits of the schemes that score this person this month."""
    mask = 0
    for s in range(world.schemes.schemes.shape[0]):
        graded = grade_in(status, s) != t.NO_GRADE
        # a dated version may govern others, and so may a birthday or a copy of the scheme: who was
        # in and may be, stays
        begins = world.scalars[s, COPIED_AT] == world.month
        if world.first or scratch.mind[M_TURNS] or begins:
            know(world, dense, scratch)
            if is_eligible(world, dense, s, scratch) and (
                graded or is_subject(world, dense, seat, s, scratch)
            ):
                mask |= 1 << s
        elif graded:
            mask |= 1 << s
        elif world.responses.forms[c.JOINING] and world.schemes.schemes.opt_in[s]:
            if not stands(world, s):
                continue  # nobody opts in to a scheme that is suspended
            joined = opt_in.joins(world, dense, seat, s, open_slots, scratch)
            if joined and is_eligible(world, dense, s, scratch):
                mask |= 1 << s
    return mask


@inner
def graded_by(world: World, status: int) -> int:
    """Bits of the schemes that scored this person last month."""
    mask = 0
    for s in range(world.schemes.schemes.shape[0]):
        mask |= 1 << s if grade_in(status, s) != t.NO_GRADE else 0
    return mask
