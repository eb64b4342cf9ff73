"""What a person keeps in mind from month to month, and what they see of their ties.

Life bits 0 to 7 are the episodes of conduct; the rest is kept here. What is seen of others is
what they published last month: an account of ties under restriction, who spoke, who knows.
A scheme that the operator has suspended is out of mind: its grades and lists are still
published, and nothing of them is feared, sought or held against anyone (S3-20).
"""

from __future__ import annotations

from scoredsociety.conduct.tables import JOINING
from scoredsociety.engine.layout import AWARE, EXPRESSED, SANCTION_SEEN, grade_in, lists_in
from scoredsociety.engine.month_view import Scratch, World
from scoredsociety.engine.publish.exchange import find_ties, is_tie
from scoredsociety.engine.publish.visibility import sees_sanction
from scoredsociety.engine.state import SUSPENDED
from scoredsociety.engine.ties import tie_lists
from scoredsociety.engine.ties.pair_relations import same_household
from scoredsociety.kernel import inner, int64
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.society.ties.stored import is_stored
from scoredsociety.society.ties.tie_slots import lowest

UNAWARE, KNOWS, KNOWS_SCORE = 0, 1, 2
BELIEF_STEP = 125_000  # millionths of belief a class
MILLION = 1_000_000

# places in scratch.mind (world.MIND of them)
(M_AWARE, M_BELIEF, M_DENIED, M_TIES, M_SANCTIONED, M_SPOKE, M_KNOW, M_FORGONE, M_WANTED,
 M_SEEN) = range(10)  # fmt: skip
M_IN = 11  # and the next three: ties who are in each scheme, where people join by themselves
M_TURNS = 15  # a newcomer's first month, or a birthday: see engine/demography/succession.py
M_RECORDS = 16  # records as the month's acts begin, and bits of the schemes that score the person
M_SUBJECT = 17
M_WEIGHED = 18  # 1 once scratch.stood has what the file in mind comes to (respond/worth.py)
M_CHOICE = 19  # acts of giving (bits) among which one seeks; M_WANTED: 1 + the chance, 0 not asked


@inner
def stands(world: World, s: int) -> bool:
    """Whether scheme ``s`` is in use: the operator has not suspended or abandoned it."""
    return world.scalars[s, SUSPENDED] == 0


@inner
def lists_standing(world: World, status: int) -> int:
    """List bits of a status that a scheme in use keeps and lets others see."""
    kept = int64(world.derived.elsewhere[0])
    for s in range(world.schemes.schemes.shape[0]):
        if stands(world, s) and sees_sanction(world, s):
            kept |= world.derived.own_lists[s]
    return lists_in(status) & kept


@inner
def look(world: World, dense: int, open_slots: int, scratch: Scratch) -> None:
    """Count what last month's exchange shows of the open ties, once a month at most."""
    if scratch.mind[M_SEEN]:
        return
    scratch.mind[M_SEEN] = 1
    if is_stored(world.stored):
        look_in_lists(world, dense, scratch)
        return
    find_ties(world, dense, open_slots, scratch)
    ties, sanctioned, spoke, know = 0, 0, 0, 0
    left = open_slots
    while left:
        slot = lowest(left)
        left &= left - 1
        other = is_tie(world, dense, slot, open_slots, scratch)
        if other < 0 or same_household(world, dense, other):
            continue
        status = int64(world.exchange.status[other])
        ties += 1
        sanctioned += 1 if status & SANCTION_SEEN else 0
        spoke += 1 if status & EXPRESSED else 0
        know += 1 if status & AWARE else 0
        if world.responses.forms[JOINING]:
            for s in range(world.schemes.schemes.shape[0]):
                scratch.mind[M_IN + s] += 1 if grade_in(status, s) != NO_GRADE else 0
    scratch.mind[M_TIES] = ties
    scratch.mind[M_SANCTIONED] = sanctioned
    scratch.mind[M_SPOKE] = spoke
    scratch.mind[M_KNOW] = know


@inner
def look_in_lists(world: World, dense: int, scratch: Scratch) -> None:
    """The same of ties in lists (scratch.mind is still empty of it)."""
    for end in range(world.stored.first[dense], world.stored.first[dense + 1]):
        if not tie_lists.is_open(end, scratch):
            continue
        status = int64(world.exchange.status[int64(world.stored.other[end])])
        scratch.mind[M_TIES] += 1
        scratch.mind[M_SANCTIONED] += 1 if status & SANCTION_SEEN else 0
        scratch.mind[M_SPOKE] += 1 if status & EXPRESSED else 0
        scratch.mind[M_KNOW] += 1 if status & AWARE else 0
        if world.responses.forms[JOINING]:
            for s in range(world.schemes.schemes.shape[0]):
                scratch.mind[M_IN + s] += 1 if grade_in(status, s) != NO_GRADE else 0


@inner
def share(count: int, ties: int) -> int:
    """A share of the ties, in millionths; 0 without ties."""
    return count * MILLION // ties if ties > 0 else int64(0)


@inner
def chance(millionths: int) -> int:
    """A 32-bit threshold of a chance in millionths."""
    return (min(max(millionths, 0), MILLION) << 32) // MILLION
