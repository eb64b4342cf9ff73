"""Awareness, deterrence and the cutting of ties, plainly (docs/model.md).

Chances are exact fractions of a million, turned into thresholds of 32-bit words at the last step.
Who is asked reads what was published last month, and nothing else about others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tests.reference.philox import MASK, Words, draw, philox
from tests.reference.stakes import Prospects, is_speech

from scoredsociety.conduct.responses import BY_ID
from scoredsociety.conduct.tables import ConductTables, ResponseTables
from scoredsociety.keyed import PAIR_STREAM, stream
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables

MILLION, NEVER, NO_GRADE = 10**6, -(1 << 20), 15
UNAWARE, KNOWS, KNOWS_SCORE = range(3)


class Shown(Protocol):
    """What a person published last month."""

    scores: tuple[int, ...]
    grades: tuple[int, ...]
    lists: frozenset[int]
    gravity: int
    sanction: bool
    spoke: bool
    shows: bool
    knows: bool


@dataclass
class Mind:
    """What somebody keeps in mind: awareness 0 to 2, classes of belief above the prior."""

    awareness: int = UNAWARE
    belief: int = 0
    feels: int = 0  # belief of this month, in millionths
    stigma: int = 0  # months of it that are left
    waits: dict[int, int] = field(default_factory=dict)  # months, by the scheme objected to

    @property
    def word(self) -> int:
        """As the state keeps it, above the episodes."""
        waits = sum(months << 32 + 4 * s for s, months in self.waits.items())
        return self.awareness << 8 | (self.belief & 15) << 10 | self.stigma << 16 | waits


@dataclass(frozen=True)
class Responses:
    """Forms and coefficients by name."""

    tables: ResponseTables

    def form(self, name: str) -> str:
        """The form of a response."""
        place = list(BY_ID).index(name)
        return BY_ID[name].forms[int(self.tables.forms[place])]

    def value(self, name: str, which: str) -> int:
        """A coefficient in millionths."""
        values = [one.id for one in BY_ID[name].values]
        return int(self.tables.values[list(BY_ID).index(name), values.index(which)])


def under(word: int, millionths: int) -> bool:
    """Whether a 32-bit word falls within a chance."""
    return word < (min(max(millionths, 0), MILLION) << 32) // MILLION


def share(ties: Sequence[bool]) -> int:
    """Of the ties, in millionths."""
    return sum(ties) * MILLION // len(ties) if ties else 0


# --- awareness


def become_aware(
    mind: Mind, key: tuple[int, int], seat: int, life: int, month: int,
    denied: bool, refused: bool, ties: Sequence[Shown], how: Responses,
) -> None:  # fmt: skip
    """By a refused journey, notice of a restriction, oneself, or ties; some know all along."""
    if how.form("awareness") == "none":
        mind.awareness = KNOWS_SCORE
        return
    if mind.awareness == KNOWS_SCORE:
        return
    all_along, own, _, _ = draw(key, seat, life, stream("response:awareness:first"), 0)
    if mind.awareness == UNAWARE and under(all_along, how.value("awareness", "start")):
        mind.awareness = KNOWS_SCORE if under(own, how.value("awareness", "own")) else KNOWS
        return
    by_hearing, by_notice, _, _ = draw(key, seat, month, stream("response:awareness"), 0)
    hear, contact = how.value("awareness", "hear"), how.value("awareness", "ties")
    if refused or denied and under(by_notice, how.value("awareness", "notice")):
        mind.awareness = KNOWS_SCORE
    elif under(by_hearing, hear + contact * share([tie.knows for tie in ties]) // MILLION):
        mind.awareness += 1


# --- journeys


def refused_journeys(
    key: tuple[int, int], seat: int, month: int, fifth: int, denied: set[int], how: Responses
) -> tuple[bool, bool]:
    """Whether a flight, and a train, was tried and refused; ``denied``: codes of what is."""
    if how.form("travel") == "none":
        return False, False
    by_air, by_rail, _, _ = draw(key, seat, month, stream("life:travel"), 0)
    more = MILLION + how.value("travel", "gradient") * (2 * fifth - 4) // 4
    flies = under(by_air, how.value("travel", "flights") * more // MILLION)
    rides = under(by_rail, how.value("travel", "trains") * more // MILLION)
    return flies and t.FLIGHTS in denied, rides and t.TRAINS in denied


# --- deterrence


def believe(
    mind: Mind, key: tuple[int, int], seat: int, month: int, denied: bool, ties: Sequence[Shown],
    how: Responses,
) -> None:  # fmt: skip
    """Belief rises by a class with sanctions, or goes one back to its prior without them."""
    prior = min(how.value("deterrence", "belief") // 125_000, 7)
    held = min(max(prior + mind.belief, 0), 7)
    mind.feels = held * 125_000 + 62_500
    news = MILLION if denied else share([tie.sanction for tie in ties])
    by_news, by_none, _, _ = draw(key, seat, month, stream("response:belief"), 0)
    if under(by_news, how.value("deterrence", "learning") * news // MILLION):
        mind.belief = min(held + 1, 7) - prior
    elif held != prior and under(
        by_none, how.value("deterrence", "forgets") * (MILLION - news) // MILLION
    ):
        mind.belief = held - prior + (1 if held < prior else -1)


def deterred(
    act: int, amount: int, mind: Mind, key: tuple[int, int], seat: int, prospects: Prospects,
    how: Responses, conduct: ConductTables,
) -> int:  # fmt: skip
    """Log2 units that deterrence adds to the readiness for an act of a person who is aware."""
    row = conduct.acts[act]
    form = how.form("deterrence")
    if row.gravity == 0 or is_speech(act, conduct) or form == "none":
        return 0
    worths = prospects.worth(act, amount).values()
    if not any(one.named for one in worths):
        return 0
    symbol = how.value("deterrence", "symbol") // MILLION
    feared = max(sum(one.loss + symbol * one.grades for one in worths), 0)
    if form == "threshold":
        limit = draw(key, seat, 0, stream("response:limit"), 0)[0] * 40 >> 12
        return NEVER if (mind.feels * feared << 20) // MILLION > limit else 0
    logits = how.value("deterrence", "certainty") * mind.feels // MILLION
    logits += how.value("deterrence", "severity") * mind.feels // MILLION * feared
    logits -= how.value("deterrence", "crowding")
    return -(logits * 1477 // MILLION)


# --- ties


def draw_pair(key: tuple[int, int], one: int, other: int, month: int, name: int) -> Words:
    """Four words about an unordered pair."""
    low, high = sorted((one, other))
    address = (low >> 32) | (high >> 32) << 9 | month << 18
    return philox((low & MASK, high & MASK, address, (name ^ PAIR_STREAM) & MASK), key)


def alike(one: int, other: int) -> int:
    """Twelve less the steps in age, place, schooling and income between two coarse traits."""
    steps = 0
    for shift, bits in ((0, 3), (4, 1), (5, 2), (7, 3)):
        mine, theirs = (word >> shift & ((1 << bits) - 1) for word in (one, other))
        steps += abs(mine - theirs)
    return 12 - steps


def lost(
    s: int, mine: Shown, theirs: Shown, layer: int, tied: int, own_row: int | None, month: int,
    schemes: SchemeTables,
) -> int:  # fmt: skip
    """Share of the scale, in 10**-9, that a tie is expected to cost under one scheme."""
    head = schemes.schemes[s]
    if not head.reads_ties or NO_GRADE in (mine.grades[s], theirs.grades[s]):
        return 0
    scale, total = int(head.high - head.low), 0
    for row in schemes.components:
        reads = row.scheme == s and row.kind == t.PEERS
        if not reads or not row.layers >> layer & 1 or tied == 0:
            continue
        place = own_row if row.peers_of == 1 and own_row is not None else s
        gap = max(mine.scores[place] - theirs.scores[place], 0)
        alone = int(row.weight) * gap * MILLION // (scale << 16)
        total += alone * 1000 // max(tied, 1000) * 1000
    for row in schemes.rules:
        reads = row.scheme == s and row.kind == t.PEERS_RECORD
        reads = reads and row.from_month <= month < row.until_month
        if reads and row.layers >> layer & 1 and theirs.gravity >= row.amount_min:
            total += max(-int(row.points), 0) * MILLION // scale * 1000
    return total


def wish(
    mine: Shown, theirs: Shown, layer: int, likeness: int, tied: Sequence[int],
    own_rows: dict[int, int], month: int, how: Responses, schemes: SchemeTables,
) -> int:  # fmt: skip
    """Chance (millionths) that one end drops the other."""
    form = how.form("ties")
    if not mine.knows or form == "none":
        return 0
    if form == "random":
        return how.value("ties", "random")
    wanted = how.value("ties", "listed") if theirs.lists else 0
    every = range(len(schemes.schemes))
    if form == "gap":
        for s in every:
            head = schemes.schemes[s]
            both = NO_GRADE not in (mine.grades[s], theirs.grades[s]) and head.reads_ties
            if both and (mine.scores[s] - theirs.scores[s]) * 20 > head.high - head.low:
                wanted = max(wanted, how.value("ties", "score"))
    if form == "worth":
        cost = max(
            lost(s, mine, theirs, layer, tied[s], own_rows.get(s), month, schemes) for s in every
        )
        worth = how.value("ties", "bond") * (1 if layer == 0 else 2)
        worth += how.value("ties", "likeness") * likeness // 12
        beyond = max(cost - worth, 0) // 1000
        wanted = max(wanted, min(how.value("ties", "cost") * beyond // 1000, MILLION))
    return wanted
