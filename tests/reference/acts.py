"""Acts and collection, plainly: what a person does in a month, and what the sources make of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.reference.philox import Words, draw

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.fixed import exp2_table
from scoredsociety.keyed import stream

FALSE_ORDINAL, STAY_ORDINAL, MOST_ACTS = 4096, 8192, 64
CONSENT = stream("consent")


@dataclass(frozen=True)
class Act:
    """Something done (or, ``false``, only recorded) this month."""

    act: int
    amount: int  # class
    ordinal: int
    false: bool = False


@dataclass(frozen=True)
class Who:
    """A person as far as draws and effects know one."""

    key: tuple[int, int]
    seat: int
    month: int
    traits: list[int]
    frailty: int
    life: int = 0  # number of the life in the seat

    def words(self, stream: int, index: int) -> Words:
        """Draw four words of this person and month."""
        return draw(self.key, self.seat, self.month, stream, index)


def chance(log2_rate: int) -> int:
    """Threshold of 2**(log2_rate / 1024)."""
    if log2_rate >= 0:
        return 1 << 32
    whole, part = divmod(log2_rate, 1024)
    return int(exp2_table()[part]) * 2 >> -whole if whole >= -32 else 0


def effects(first: int, count: int, who: Who, conduct: ConductTables) -> int:
    """Sum of effects (log2 units) at the person's traits."""
    total = 0
    for trait, start, values in conduct.effects[first : first + count]:
        total += int(conduct.effect_values[start + min(who.traits[trait], values - 1)])
    return total


def amount_class(act: int, word: int, conduct: ConductTables) -> int:
    """Class that a word chooses; the last where it is above all."""
    first, count = conduct.acts.first_amount[act], conduct.acts.amount_count[act]
    for place, edge in enumerate(conduct.amounts.below[first : first + count]):
        if word < edge:
            return place
    return max(int(count) - 1, 0)


def candidate_cells(envelope: int, who: Who, conduct: ConductTables) -> Iterable[tuple[int, int]]:
    """(place, cell value) of each candidate of an envelope."""
    stream = int(conduct.envelopes.stream[envelope])
    first = who.words(stream, 0)
    count = sum(first[0] >= int(edge) for edge in conduct.counts[envelope, who.frailty])
    words = [*first[1:], *who.words(stream, 1)]
    for place in range(count):
        yield place, int(conduct.cells[envelope, words[place] * c.CELLS_PER_ENVELOPE >> 32])


class Heart:
    """What responses do to acts before they are done; here: nothing."""

    def shift(self, act: int, amount: int) -> int:
        """Log2 units added to the readiness for an act of an amount class."""
        return 0

    def silent(self, act: int, place: int, word: int) -> bool:
        """Whether an act that would be done is kept back; ``word`` chose its amount."""
        return False

    def stays(self, act: int, usual: int) -> int:
        """Threshold of going on with an episode; ``usual``: of who does not respond."""
        return usual

    def note(self, act: int, meant: bool, forgone: bool) -> None:
        """An act was wished for or would have been done; it was given up."""


def acts_of(
    who: Who, life: set[int], conduct: ConductTables, heart: Heart | None = None
) -> list[Act]:
    """Everything the person does; ``life`` (episodes under way) is brought up to date."""
    heart = heart or Heart()
    done: list[Act] = []
    for act, row in enumerate(conduct.acts):
        if row.episode not in life:
            continue
        w0, w1, _, _ = who.words(int(row.stream), STAY_ORDINAL)
        if w0 < heart.stays(act, int(row.stay)):
            if row.repeats:
                done.append(Act(act, amount_class(act, w1, conduct), STAY_ORDINAL))
        else:
            life.remove(int(row.episode))
            end = int(row.ends_with)
            if end >= 0:
                done.append(Act(end, amount_class(end, w1, conduct), STAY_ORDINAL))
    for envelope in range(len(conduct.envelopes)):
        for place, cell in candidate_cells(envelope, who, conduct):
            if cell >= 0:
                done += _accepted(place, cell, who, life, conduct, heart)
    return done[:MOST_ACTS]


def _accepted(
    place: int, cell: int, who: Who, life: set[int], conduct: ConductTables, heart: Heart
) -> list[Act]:
    act, false = divmod(cell, 2)
    row = conduct.acts[act]
    ordinal = place + (FALSE_ORDINAL if false else 0)
    w0, w1, _, _ = who.words(int(row.stream), ordinal)
    amount = amount_class(act, w1, conduct)
    if false:
        accepted = w0 < conduct.false[act, proneness(who, conduct)]
        return [Act(act, amount, ordinal, True)] if accepted else []
    rate = int(row.rate)
    rate += effects(int(row.first_effect), int(row.effect_count), who, conduct)
    episode = int(row.episode)
    wishes, does = w0 < chance(rate), w0 < chance(rate + heart.shift(act, amount))
    meant, does = wishes or does, does and not heart.silent(act, place, w1)
    heart.note(act, meant, wishes and not does)
    if not does or episode in life:
        return []
    if episode >= 0:
        life.add(episode)
    return [Act(act, amount, ordinal)]


def proneness(who: Who, conduct: ConductTables) -> int:
    """Class of proneness to errors: a sixteenth of people each, where errors cluster."""
    word = draw(who.key, who.seat, who.life, stream("errors:proneness"), 0)[0]
    return word >> 28 if conduct.errors.clustered else 0


@dataclass(frozen=True)
class Report:
    """What a source files: a record so many months late, on the person or on another."""

    source: int
    late: int
    elsewhere: int | None  # word that says on whom, or None: on the person
    likeness: int = 0  # word that says by which likeness it goes to another
    stale: bool = False  # what the act ends is not filed
    again: int = 0  # months after which the record is filed a second time; 0: it is not


def seen_by(act: Act, conduct: ConductTables) -> list[int]:
    """The sources of an act, in their order."""
    row = conduct.acts[act.act]
    first = int(row.first_source)
    return [int(s) for s in conduct.act_sources[first : first + int(row.source_count)]]


def consents(source: int, who: Who, conduct: ConductTables) -> bool:
    """Whether a source that asks may file anything of this person: settled once, by seat."""
    row = conduct.sources[source]
    if not row.asks_consent:
        return True
    first, count = int(row.first_consent_effect), int(row.consent_effect_count)
    share = int(row.consent_share) + effects(first, count, who, conduct)
    return draw(who.key, who.seat, who.life, CONSENT, 0)[0] < chance(share)


def reports_of(act: Act, who: Who, conduct: ConductTables) -> list[Report]:
    """What the sources of an act file, in their order."""
    row, sources = conduct.acts[act.act], seen_by(act, conduct)
    if act.false:
        return [Report(source, 0, None) for source in sources[:1] if consents(source, who, conduct)]
    found = []
    for source in sources:
        if not consents(source, who, conduct):
            continue
        seen = conduct.sources[source]
        filing = conduct.filing[source, proneness(who, conduct)]
        address = int(seen.stream) ^ int(row.stream)
        w0, w1, w2, w3 = who.words(address, act.ordinal)
        cover = int(filing.coverage)
        cover += effects(int(seen.first_effect), int(seen.effect_count), who, conduct)
        if w0 >= chance(cover):
            continue
        late = sum(w1 < int(edge) for edge in (filing.late_1, filing.late_2, filing.late_3))
        elsewhere = w3 if w2 < filing.misattributed else None
        if not seen.slips:
            found.append(Report(source, late, elsewhere))
            continue
        v0, v1, v2, v3 = who.words(address ^ stream("errors:slips"), act.ordinal)
        again = 1 + (v3 * 3 >> 32) if v2 < filing.duplicated else 0
        stale = bool(v1 < filing.stale)
        found.append(Report(source, late, elsewhere, v0, stale, again))
    return found
