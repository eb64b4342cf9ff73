"""What people keep back, do for points, and say for show, plainly (docs/model.md)."""

from __future__ import annotations

from collections.abc import Sequence

from tests.reference.acts import Act, Who, amount_class, effects
from tests.reference.responses import MILLION, Mind, Responses, Shown, feared, share, under
from tests.reference.stakes import context, gain, is_praise, is_speech, next_grade

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.fixed import NEVER
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.tables import PRIVATE_OPINION

SOUGHT, SHOWN = 12288, 12289  # ordinals of acts done for points, and for show


# --- silence


def fear(
    s: int, act: int, shown: Shown, kept: set[int], how: Responses, conduct: ConductTables,
    schemes: SchemeTables, begun: int,
) -> int:  # fmt: skip
    """Millionths of a wish that an act of speech would cost, or another that is near to it."""
    symbol, spill = how.value("deterrence", "symbol") // MILLION, how.value("silence", "spill")
    worst = 0
    for other in range(len(conduct.acts)):
        if not is_speech(other, conduct):
            continue
        lost = feared(s, other, shown, kept, symbol, schemes, begun) * MILLION // 10
        steps = 0 if other == act else 1
        if steps and (context(other, conduct) == "petition") != (
            context(act, conduct) == "petition"
        ):
            steps = 2
        for _ in range(steps):
            lost = lost * spill // MILLION
        worst = max(worst, lost)
    opaque = schemes.schemes[s, t.S_KIND] == t.WEIGHTED
    return worst * (MILLION + (how.value("silence", "opacity") if opaque else 0)) // MILLION


def stays_silent(
    act: int, place: int, mind: Mind, who: Who, shown: Shown, kept: Sequence[set[int]],
    spoke: Sequence[bool], how: Responses, conduct: ConductTables, schemes: SchemeTables,
    begun: int,
) -> bool:  # fmt: skip
    """Whether somebody who would do an act of speech does not; ``spoke``: of the ties."""
    form = how.form("silence")
    if form == "none" or not mind.awareness or not is_speech(act, conduct):
        return False
    every = range(len(schemes.schemes))
    worst = max(fear(s, act, shown, kept[s], how, conduct, schemes, begun) for s in every)
    if worst == 0:
        return False
    word = who.words(stream("response:silence") ^ act, place)[0]
    if form == "flat":
        return under(word, how.value("silence", "flat"))
    wish = (word * MILLION >> 32) * (14 - who.traits[PRIVATE_OPINION]) // 7
    wish += how.value("silence", "conformity") * share(spoke) // MILLION
    weight = how.value("silence", "weight") * mind.feels // MILLION
    return wish < weight * (worst // 1000) // 1000


# --- seeking


def sought_in(s: int, conduct: ConductTables, schemes: SchemeTables, begun: int) -> list[int]:
    """The giving that a scheme rewards: sixteen acts at most."""
    acts = range(len(conduct.acts))
    return [
        act for act in acts
        if context(act, conduct) == "giving" and gain(s, act, schemes, begun) > 0
    ][:16]  # fmt: skip


def appetite(
    shown: Shown, how: Responses, conduct: ConductTables, schemes: SchemeTables, begun: int
) -> tuple[int, int]:
    """(chance in millionths, scheme) of an extra act for points; 0 where there is none."""
    form, found = how.form("seeking"), (0, 0)
    if form == "none":
        return found
    for s in range(len(schemes.schemes)):
        if not sought_in(s, conduct, schemes, begun):
            continue
        worth = next_grade(s, shown, how.value("seeking", "reach") // MILLION, schemes)
        if worth is not None:
            worth = 1 if form == "near_threshold" else worth
            found = max(found, (how.value("seeking", "value") * worth, s))
    return found if found[0] else (0, 0)


def displaced(
    act: int, wanted: tuple[int, int], how: Responses, conduct: ConductTables,
    schemes: SchemeTables, begun: int,
) -> int:  # fmt: skip
    """Log2 units taken from good acts that no scheme scores, while effort goes to points."""
    if not wanted[0] or context(act, conduct) != "giving":
        return 0
    if any(gain(s, act, schemes, begun) > 0 for s in range(len(schemes.schemes))):
        return 0
    return -(how.value("seeking", "displaced") * 1477 // MILLION)


def sought(
    wanted: tuple[int, int], who: Who, conduct: ConductTables, schemes: SchemeTables, begun: int
) -> list[Act]:
    """An extra act for points, or none."""
    word, which, amount, _ = who.words(stream("response:seeking"), 0)
    if not wanted[0] or not under(word, wanted[0]):
        return []
    acts = sought_in(wanted[1], conduct, schemes, begun)
    act = acts[which * len(acts) >> 32]
    return [Act(act, amount_class(act, amount, conduct), SOUGHT)]


# --- loyalty


def displayed(
    mind: Mind, kept_back: bool, who: Who, shown: Shown, how: Responses, conduct: ConductTables,
    schemes: SchemeTables, begun: int,
) -> list[Act]:  # fmt: skip
    """An act of praise for show, or none."""
    form = how.form("loyalty")
    praise = [act for act in range(len(conduct.acts)) if is_praise(act, conduct)]
    if form == "none" or not mind.awareness or not praise:
        return []
    word, which, amount, _ = who.words(stream("response:loyalty"), 0)
    act = praise[which * len(praise) >> 32]
    if form == "hides":
        wanted = how.value("loyalty", "hides") if kept_back else 0
    else:
        reach = how.value("loyalty", "reach") // MILLION
        worths = [
            next_grade(s, shown, reach, schemes) or 0
            for s in range(len(schemes.schemes))
            if gain(s, act, schemes, begun) > 0
        ]
        wanted = how.value("loyalty", "value") * max(worths, default=0)
    row = conduct.acts[act]
    ready = int(row[c.A_BASE])
    ready += effects(int(row[c.A_EFFECTS]), int(row[c.A_EFFECT_COUNT]), who, conduct)
    if not under(word, wanted) or ready <= NEVER // 2:
        return []
    return [Act(act, amount_class(act, amount, conduct), SHOWN)]
