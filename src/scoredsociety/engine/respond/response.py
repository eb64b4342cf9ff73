"""One person's responses in a month, in order: know, believe, object; then act or not; then show.

Everything read of others is last month's exchange. With every form at ``none`` nothing here is
called, and no bit of state or status is touched.
"""

from __future__ import annotations

from scoredsociety.conduct import tables as c
from scoredsociety.engine import tally
from scoredsociety.engine.control import consequences
from scoredsociety.engine.layout import (
    AWARE,
    AWARENESS,
    EXPRESSED,
    SANCTION_SEEN,
    SHOWS,
    WORKLESS,
    field,
    grade_in,
    lists_in,
    unshown,
)
from scoredsociety.engine.month_view import Person, Scratch, World, know
from scoredsociety.engine.respond import (
    appeal,
    awareness,
    deterrence,
    life_effects,
    opt_in,
    points_seeking,
    shame,
    silence,
    support,
    trust,
    worth,
)
from scoredsociety.engine.respond.perception import (
    KNOWS_SCORE,
    M_AWARE,
    M_DENIED,
    M_FORGONE,
    M_SANCTIONED,
    M_TIES,
    MILLION,
    lists_standing,
    look,
    stands,
)
from scoredsociety.engine.respond.stakes import SPEECH
from scoredsociety.engine.tally import Tallies
from scoredsociety.kernel import apart, inner, int64
from scoredsociety.scheme import tables as t


@inner
def denials(world: World, dense: int) -> int:
    """What is denied to the person (bits), from what was published last month."""
    mask = int64(0)
    for s in range(world.schemes.schemes.shape[0]):
        mask |= denials_of(world, dense, s)
    return mask


@inner
def denials_of(world: World, dense: int, s: int) -> int:
    """What scheme ``s`` denies to the person (bits), from what was published last month."""
    if not stands(world, s):
        return int64(0)
    status = int64(world.exchange.status[dense])
    mask = consequences.of_scheme(
        s, grade_in(status, s), int64(world.exchange.score[s, dense]), lists_in(status),
        consequences.kind_of(int64(world.persons.coarse[dense]), world.derived), world.schemes,
        world.derived,
    )  # fmt: skip
    return consequences.denied(mask, world.derived)


@inner
def begin(
    world: World, me: Person, n: int, life: int, scratch: Scratch, tallies: Tallies
) -> tuple[int, int]:
    """Awareness, belief, stigma, work and objections of the month; (records, life).

    Somebody whom no scheme scores responds to none.
    """
    dense, seat, coarse, open_slots = me.number, me.seat, me.coarse, me.open_slots
    status = int64(world.exchange.status[dense])
    scratch.mind[M_DENIED] = denials(world, dense)
    turned_away = life_effects.journeys(world, seat, coarse, scratch)
    life = awareness.update(world, dense, seat, life, open_slots, turned_away, scratch)
    scratch.mind[M_AWARE] = field(life, AWARENESS, 2)
    if scratch.mind[M_AWARE]:
        life = deterrence.believe(world, dense, seat, life, open_slots, scratch)
    if world.responses.forms[c.SHAME]:
        named = scratch.mind[M_DENIED] & world.stakes.names[0]
        life = shame.wear(world, life, lists_standing(world, status) | named)
    life = life_effects.work(world, seat, life, scratch)
    if world.responses.forms[c.APPEAL]:
        n, life = object_to_each(world, dense, seat, n, life, coarse, scratch, tallies)
    return n, life


@apart
def object_to_each(
    world: World, dense: int, seat: int, n: int, life: int, coarse: int, scratch: Scratch,
    tallies: Tallies,
) -> tuple[int, int]:  # fmt: skip
    """Objections to each scheme that restricts, and their answers; (records, life)."""
    knows = scratch.mind[M_AWARE] > 0 and scratch.mind[M_DENIED] != 0
    for s in range(world.schemes.schemes.shape[0]):
        restricted = 1 if knows and denials_of(world, dense, s) else 0
        if restricted == 0 and appeal.waited(life, s) == 0:
            continue
        n, life, done = appeal.object(world, dense, seat, s, n, life, restricted, scratch)
        for bit in range(3):
            if (done >> bit) & 1:
                tally.count(tallies.responses[tally.V_FILED + bit], coarse)
        if done & appeal.FILED:
            tally.count(tallies.appeals[s, tally.A_FILED], coarse)
        if done & appeal.DECIDED:
            answer = tally.A_UPHELD if done & appeal.GRANTED else tally.A_REJECTED
            tally.count(tallies.appeals[s, answer], coarse)
    return n, life


@inner
def is_deterred(world: World, act: int, scratch: Scratch) -> bool:
    """Whether deterrence may have a say in an act."""
    if scratch.mind[M_AWARE] == 0 or world.responses.forms[c.DETERRENCE] == 0:
        return False
    punished = world.conduct.acts.gravity[act] != 0 and world.stakes.kind[act] != SPEECH
    return punished and world.stakes.read[act] == 1


@inner
def most_added(world: World, act: int, scratch: Scratch) -> int:
    """The most log2 units that ``weighs`` may say of an act, asked before anything is weighed."""
    return deterrence.most(world, scratch) if is_deterred(world, act, scratch) else int64(0)


@inner
def weighs(
    world: World, dense: int, seat: int, act: int, amount: int, open_slots: int, scratch: Scratch
) -> int:
    """Log2 units that seeking and deterrence add to the readiness for an act of an amount class."""
    total = points_seeking.displaced(world, dense, seat, act, amount, open_slots, scratch)
    if is_deterred(world, act, scratch):
        worth.weigh(world, dense, act, amount, open_slots, scratch)
        if worth.under_any(world, worth.NAMED, scratch):
            feared = worth.feared(world, int64(0), scratch) // MILLION
            total += deterrence.shift(world, seat, feared, scratch)
    return total


@inner
def shame_in(world: World, act: int, life: int, scratch: Scratch) -> int:
    """Log2 units that having been named adds to the readiness for an act (traits are filled)."""
    punished = world.conduct.acts.gravity[act] != 0 and world.stakes.kind[act] != SPEECH
    if scratch.mind[M_AWARE] == 0 or not punished or world.responses.forms[c.SHAME] == 0:
        return int64(0)
    return shame.shift(world, life, scratch)


@inner
def holds_on(world: World, act: int, stays: int, life: int, scratch: Scratch) -> int:
    """What naming makes of ``stays``, the threshold of going on with an episode."""
    moved = shame_in(world, act, life, scratch)
    return shame.holds_on(stays, moved, world.exp2) if moved else stays


@inner
def stays_silent(
    world: World, dense: int, seat: int, act: int, place: int, amount: int, open_slots: int,
    scratch: Scratch,
) -> bool:  # fmt: skip
    """Whether a wish to speak is kept back; ``amount``: the word that chooses the amount."""
    if scratch.mind[M_AWARE] == 0 or world.responses.forms[c.SILENCE] == 0:
        return False
    if world.stakes.kind[act] != SPEECH:
        return False
    return silence.silent(world, dense, seat, act, place, amount, open_slots, scratch)


@inner
def note(act: int, what: int, scratch: Scratch) -> None:
    """Note an act that was wished for (0) or given up (1), to be counted."""
    place = scratch.mind[M_FORGONE]
    if place < scratch.noted.shape[0]:
        scratch.noted[place, 0] = act
        scratch.noted[place, 1] = what
        scratch.mind[M_FORGONE] = place + 1


@inner
def flags(
    world: World, seat: int, status: int, shown: int, spoke: int, life: int, scratch: Scratch
) -> int:
    """The status with what others will see of this month; ``shown``: a denial that ties see."""
    status = unshown(status)
    if shown:
        status |= SANCTION_SEEN
    if spoke:
        status |= EXPRESSED
    if field(life, AWARENESS, 2):
        status |= AWARE
    if world.responses.forms[c.JOINING] and field(life, AWARENESS, 2) == KNOWS_SCORE:
        for s in range(world.schemes.schemes.shape[0]):
            scored = grade_in(status, s) != t.NO_GRADE and stands(world, s)
            shown = scored and opt_in.shows(world, seat, s, scratch.scores[s])
            if shown:
                status |= SHOWS
    return status


@inner
def count(
    world: World, me: Person, status: int, life: int, through_error: int, scratch: Scratch,
    tallies: Tallies,
) -> None:  # fmt: skip
    """Count the month's responses and effects of somebody whom a scheme scores."""
    dense, seat, coarse, open_slots = me.number, me.seat, me.coarse, me.open_slots
    rows = tallies.responses
    for place in range(scratch.mind[M_FORGONE]):
        act = scratch.noted[place, 0]
        if scratch.noted[place, 1]:
            tally.count(tallies.forgone[act], coarse)
        else:
            tally.count(tallies.wished[act], coarse)
    if field(life, WORKLESS, 1):
        tally.count(rows[tally.V_WORKLESS], coarse)
    if scratch.mind[M_DENIED]:
        know(world, dense, scratch)
    happened = life_effects.refused(world, seat, coarse, scratch)
    for bit in range(3):
        if (happened >> bit) & 1:
            tally.count(rows[tally.V_FLIGHT + bit], coarse)
    if status & SHOWS:
        tally.count(rows[tally.V_SHOWS], coarse)
    knows = field(life, AWARENESS, 2)
    count_sums(world, status, life, coarse, scratch, tallies)
    if knows == 0:
        return
    tally.count(rows[tally.V_KNOWS], coarse)
    if knows == KNOWS_SCORE:
        tally.count(rows[tally.V_KNOWS_SCORE], coarse)
    if world.responses.forms[c.TIES]:
        look(world, dense, open_slots, scratch)
        if scratch.mind[M_TIES] > 0 and scratch.mind[M_TIES] == scratch.mind[M_SANCTIONED]:
            tally.count(rows[tally.V_NO_FREE_TIE], coarse)
    if world.responses.forms[c.SUPPORT]:
        stance = support.stance(
            world, dense, seat, status, through_error, open_slots, coarse, scratch
        )
        for bit in range(3):
            if (stance >> bit) & 1:
                tally.count(rows[tally.V_SUPPORTS + bit], coarse)
        if stance & support.OBJECTS:
            for s in range(world.schemes.schemes.shape[0]):
                if grade_in(status, s) != t.NO_GRADE:
                    tallies.sums[s, tally.U_OBJECT] += 1
    if world.responses.forms[c.TRUST]:
        helped = trust.helps(world, dense, seat)
        if helped >= 0:
            tally.count(rows[tally.V_MET], coarse)
        if helped == 1:
            tally.count(rows[tally.V_HELPED], coarse)


@inner
def count_sums(
    world: World, status: int, life: int, coarse: int, scratch: Scratch, tallies: Tallies
) -> None:
    """Sums from which the nation's scalars of next month are made."""
    for s in range(world.schemes.schemes.shape[0]):
        months = appeal.waited(life, s)
        if months:
            tally.count(tallies.appeals[s, tally.A_WAITING], coarse)
            if months >= world.schemes.schemes.appeal_months[s]:  # due next month
                tallies.sums[s, tally.U_PENDING] += 1
        if grade_in(status, s) == t.NO_GRADE:
            continue
        tallies.sums[s, tally.U_SUBJECTS] += 1
        if not status & SHOWS:
            tallies.sums[s, tally.U_HIDDEN] += 1
            tallies.sums[s, tally.U_HIDDEN_SCORE] += scratch.scores[s]
        if field(life, AWARENESS, 2):
            tallies.sums[s, tally.U_AWARE] += 1
    if world.responses.forms[c.SUPPORT]:
        support.note(world, consequences.kind_of(coarse, world.derived), status, scratch, tallies)
