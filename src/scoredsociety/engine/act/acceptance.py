"""What people do in a month: candidates against an envelope, then accepted one by one.

The envelope is changed by no scheme, patch or response, so luck is never reshuffled: the same
person meets the same occasions under every scheme, and only whether an occasion becomes an act
can differ.
"""

from __future__ import annotations

from scoredsociety.columns import NamedColumns
from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.layout import is_under_way, with_episode, without_episode
from scoredsociety.fixed import Ints
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import below, draw
from scoredsociety.society.people.traits import span_of


class MonthActs(NamedColumns):
    """The month's acts of one person."""

    act: Ints
    amount: Ints  # class of the amount
    ordinal: Ints  # what keys its draws within the month
    is_false: Ints  # 1: a record without an act


MOST_ACTS = 64
FALSE_ORDINAL = 4096  # ordinals of records without an act
STAY_ORDINAL = 8192  # ordinals of an episode that goes on


@inner
def effects_sum(base: int, first: int, count: int, conduct: ConductTables, traits: Ints) -> int:
    """``base`` plus the effects of rows first..first+count at these traits, in log2 units."""
    total = base
    for row in range(first, first + count):
        value = min(traits[conduct.effects.trait[row]], conduct.effects.value_count[row] - 1)
        total += conduct.effect_values[conduct.effects.first_value[row] + value]
    return total


@inner
def amount_class(act: int, word: int, conduct: ConductTables) -> int:
    """Class of the amount (hours, yuan ...) that a 32-bit word chooses."""
    first, count = conduct.acts.first_amount[act], conduct.acts.amount_count[act]
    for place in range(count):
        if word < conduct.amounts.below[first + place]:
            return place
    return max(count - 1, 0)


@inner
def candidates(words: Ints, local: int, envelope: int, frailty: int, conduct: ConductTables) -> int:
    """Number of candidates of an envelope for seat ``local`` of a group; its ``words`` (4, 32)."""
    count = 0
    while (
        count < c.MOST_CANDIDATES and words[0, local] >= conduct.counts[envelope, frailty, count]
    ):
        count += 1
    return count


@inner
def _add(acts: MonthActs, n: int, act: int, amount: int, ordinal: int, false: int) -> int:
    if n >= MOST_ACTS:
        return n
    acts.act[n] = act
    acts.amount[n] = amount
    acts.ordinal[n] = ordinal
    acts.is_false[n] = false
    return n + 1


@inner
def is_on(act: int, life: int, conduct: ConductTables) -> bool:
    """Whether the episode of an act is under way."""
    bit = conduct.acts.episode[act]
    return bit >= 0 and is_under_way(life, bit) == 1


@inner
def go_on(
    act: int, w0: int, w1: int, stays: int, life: int, conduct: ConductTables,
    acts: MonthActs, n: int,
) -> tuple[int, int]:  # fmt: skip
    """Go on with the episode of an act where ``w0`` is below ``stays``, or end it; (life, acts)."""
    if w0 < stays:
        if conduct.acts.repeats[act]:
            n = _add(acts, n, act, amount_class(act, w1, conduct), STAY_ORDINAL, 0)
        return life, n
    life = without_episode(life, conduct.acts.episode[act])
    end = conduct.acts.ends_with[act]
    if end >= 0:
        n = _add(acts, n, end, amount_class(end, w1, conduct), STAY_ORDINAL, 0)
    return life, n


@inner
def readiness(act: int, conduct: ConductTables, traits: Ints) -> int:
    """Log2 of the chance that a candidate of the act is accepted, before any response."""
    return effects_sum(
        conduct.acts.rate[act], conduct.acts.first_effect[act],
        conduct.acts.effect_count[act], conduct, traits,
    )  # fmt: skip


@inner
def most_ready(act: int, conduct: ConductTables, coarse: int) -> int:
    """The most that ``readiness`` may be for somebody with these coarse traits."""
    total = conduct.acts.rate[act]
    first = conduct.acts.first_effect[act]
    for row in range(first, first + conduct.acts.effect_count[act]):
        low, high = span_of(conduct.effects.trait[row], coarse)
        at, last = conduct.effects.first_value[row], conduct.effects.value_count[row] - 1
        most = conduct.effect_values[at + min(low, last)]
        for value in range(low + 1, min(high, last) + 1):
            most = max(most, conduct.effect_values[at + value])
        total += most
    return total


@inner
def do(
    act: int, amount_word: int, ordinal: int, life: int, conduct: ConductTables,
    acts: MonthActs, n: int,
) -> tuple[int, int]:  # fmt: skip
    """Do an act, unless its episode is on already; returns (life, number of acts)."""
    bit = conduct.acts.episode[act]
    if bit >= 0:
        if is_under_way(life, bit):
            return life, n
        life = with_episode(life, bit)
    return life, _add(acts, n, act, amount_class(act, amount_word, conduct), ordinal, 0)


@inner
def make_up(
    act: int, amount_word: int, ordinal: int, conduct: ConductTables, acts: MonthActs, n: int
) -> int:
    """A record without an act that somebody makes up; returns the number of acts."""
    return _add(acts, n, act, amount_class(act, amount_word, conduct), ordinal, 1)


@inner
def file_false(
    act: int, word: int, amount_word: int, ordinal: int, prone: int, conduct: ConductTables,
    acts: MonthActs, n: int,
) -> int:  # fmt: skip
    """A record without an act, if the candidate is accepted; returns the number of acts.

    ``prone``: the person's class of proneness to errors.
    """
    if word >= conduct.false[act, prone]:
        return n
    return _add(acts, n, act, amount_class(act, amount_word, conduct), ordinal, 1)


@inner
def cell_of(
    k0: int, k1: int, seat: int, month: int, envelope: int, place: int,
    words: tuple[int, int, int], conduct: ConductTables,
) -> int:  # fmt: skip
    """Cell value (act * 2 + false, or -1) of candidate ``place`` of an envelope.

    ``words``: the last three of the seat's first draw, for the first three candidates.
    """
    word = words[0]
    if place == 1:
        word = words[1]
    elif place == 2:
        word = words[2]
    elif place >= 3:
        a, b, d, e = draw(k0, k1, seat, month, conduct.envelopes.stream[envelope], 1)
        word = a
        if place == 4:
            word = b
        elif place == 5:
            word = d
        elif place == 6:
            word = e
    return int64(conduct.cells[envelope, below(word, c.CELLS_PER_ENVELOPE)])
