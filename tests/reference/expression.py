"""What people keep back, do for points, and say for show, plainly (docs/model.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.reference.acts import Act, Who, amount_class, effects
from tests.reference.responses import MILLION, Mind, Responses, share, under
from tests.reference.stakes import Prospects, context, is_praise, is_speech

from scoredsociety.conduct.tables import ConductTables
from scoredsociety.fixed import NEVER
from scoredsociety.keyed import stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.tables import PRIVATE_OPINION

SOUGHT, SHOWN = 12288, 12289  # ordinals of acts done for points, and for show


# --- silence


def fear(
    act: int, word: int, prospects: Prospects, how: Responses, conduct: ConductTables,
    schemes: SchemeTables,
) -> int:  # fmt: skip
    """Millionths of a wish that an act of speech would cost, or another that is near to it.

    ``word`` chooses the amounts.
    """
    symbol, spill = how.value("deterrence", "symbol") // MILLION, how.value("silence", "spill")
    worst = 0
    for other in range(len(conduct.acts)):
        if not is_speech(other, conduct):
            continue
        lost = 0
        for s, one in prospects.worth(other, amount_class(other, word, conduct)).items():
            opaque = schemes.schemes.kind[s] == t.WEIGHTED
            times = MILLION + (how.value("silence", "opacity") if opaque else 0)
            lost += (one.loss + symbol * one.grades) * times
        lost = max(lost, 0) // 10
        steps = 0 if other == act else 1
        if steps and (context(other, conduct) == "petition") != (
            context(act, conduct) == "petition"
        ):
            steps = 2
        for _ in range(steps):
            lost = lost * spill // MILLION
        worst = max(worst, lost)
    return worst


def stays_silent(
    act: int, place: int, amount_word: int, mind: Mind, who: Who, prospects: Prospects,
    spoke: Sequence[bool], how: Responses, conduct: ConductTables, schemes: SchemeTables,
) -> bool:  # fmt: skip
    """Whether somebody who would do an act of speech does not; ``spoke``: of the ties."""
    form = how.form("silence")
    if form == "none" or not mind.awareness or not is_speech(act, conduct):
        return False
    worst = fear(act, amount_word, prospects, how, conduct, schemes)
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


@dataclass(frozen=True)
class Appetite:
    """What somebody seeks this month."""

    chance: int = 0  # millionths, of an extra act for points
    acts: tuple[int, ...] = ()  # among which it is drawn


def appetite(
    who: Who, prospects: Prospects, how: Responses, conduct: ConductTables
) -> Appetite:
    """The greatest of all schemes, of the later one where two are as great."""
    form, found = how.form("seeking"), Appetite()
    if form == "none":
        return found
    word = who.words(stream("response:seeking"), 0)[2]
    for s in prospects.schemes_in:
        worth = prospects.next_boundary(s, how.value("seeking", "reach") // MILLION)
        if worth is None:
            continue
        acts = tuple(
            act for act in range(len(conduct.acts))
            if context(act, conduct) == "giving"
            and prospects.worth(act, amount_class(act, word, conduct))[s].better
        )  # fmt: skip
        chance = how.value("seeking", "value") * (1 if form == "near_threshold" else worth)
        if acts and chance and chance >= found.chance:
            found = Appetite(chance, acts)
    return found


def displaced(
    act: int, amount: int, wanted: Appetite, prospects: Prospects, how: Responses,
    conduct: ConductTables,
) -> int:  # fmt: skip
    """Log2 units taken from good acts that serve no scheme, while effort goes to points."""
    if not wanted.chance or context(act, conduct) != "giving":
        return 0
    if any(one.better for one in prospects.worth(act, amount).values()):
        return 0
    return -(how.value("seeking", "displaced") * 1477 // MILLION)


def sought(wanted: Appetite, who: Who, conduct: ConductTables) -> list[Act]:
    """An extra act for points, or none."""
    word, which, amount, _ = who.words(stream("response:seeking"), 0)
    if not wanted.chance or not under(word, wanted.chance):
        return []
    act = wanted.acts[which * len(wanted.acts) >> 32]
    return [Act(act, amount_class(act, amount, conduct), SOUGHT)]


# --- loyalty


def displayed(
    mind: Mind, kept_back: bool, who: Who, prospects: Prospects, how: Responses,
    conduct: ConductTables,
) -> list[Act]:  # fmt: skip
    """An act of praise for show, or none."""
    form = how.form("loyalty")
    praise = [act for act in range(len(conduct.acts)) if is_praise(act, conduct)]
    if form == "none" or not mind.awareness or not praise:
        return []
    word, which, amount, _ = who.words(stream("response:loyalty"), 0)
    act = praise[which * len(praise) >> 32]
    done = Act(act, amount_class(act, amount, conduct), SHOWN)
    if form == "hides":
        wanted = how.value("loyalty", "hides") if kept_back else 0
    else:
        reach = how.value("loyalty", "reach") // MILLION
        worths = [
            prospects.next_boundary(s, reach) or 0
            for s, one in prospects.worth(act, done.amount).items()
            if one.better
        ]
        wanted = how.value("loyalty", "value") * max(worths, default=0)
    row = conduct.acts[act]
    ready = int(row.rate)
    ready += effects(int(row.first_effect), int(row.effect_count), who, conduct)
    return [done] if under(word, wanted) and ready > NEVER // 2 else []
