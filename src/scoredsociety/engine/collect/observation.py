"""Collecting: acts become records, or do not, or land late or on somebody else (S3-22 to S3-30).

Each act meets each of its sources in order. What a source sees it may file late, or under
another person (misattribution.py); that record travels in the outbox. It may file a record twice,
and it may fail to file what ends one. Errors cluster: how often a source errs with a person's
records goes by a class of proneness that a life has from the seed (V21).
"""

from __future__ import annotations

from scoredsociety.columns import NamedRow
from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.act.acceptance import effects_sum
from scoredsociety.engine.month_view import World
from scoredsociety.fixed import Ints, threshold
from scoredsociety.kernel import inner, int64
from scoredsociety.keyed import below, draw, stream

NOT_SEEN, OWN, ELSEWHERE = 0, 1, 2
CONSENT = stream("consent")
PRONENESS = stream("errors:proneness")
SLIPS = stream("errors:slips")
MOST_MONTHS_LATER = 3  # a record that is filed twice comes again 1 to 3 months later (assumed)


@inner
def withholds(
    k0: int, k1: int, seat: int, life: int, source: int, conduct: ConductTables, traits: Ints,
    exp2: Ints,
) -> bool:  # fmt: skip
    """Whether a source that asks for consent has not this person's (S3-37).

    ``life``: the number of the life in the seat. One draw a person for all sources and months:
    who is reluctant is so everywhere.
    """
    if conduct.sources.asks_consent[source] == 0:
        return False
    word, _, _, _ = draw(k0, k1, seat, life, CONSENT, 0)
    share = effects_sum(
        conduct.sources.consent_share[source], conduct.sources.first_consent_effect[source],
        conduct.sources.consent_effect_count[source], conduct, traits,
    )  # fmt: skip
    return word >= threshold(share, exp2)


@inner
def proneness(k0: int, k1: int, seat: int, life: int, conduct: ConductTables) -> int:
    """Class (0 to 15) of a life's proneness to errors; 0 where errors do not cluster."""
    if conduct.errors.clustered == 0:
        return int64(0)
    word, _, _, _ = draw(k0, k1, seat, life, PRONENESS, 0)
    return below(word, c.PRONE_CLASSES)


@inner
def see(
    world: World, seat: int, life: int, act: NamedRow, source: int, prone: int, traits: Ints
) -> tuple[int, int, int]:
    """What a source makes of an act: (NOT_SEEN | OWN | ELSEWHERE, months late, word of the other).

    A false record has no act behind it: it is always filed, on time, on this person. Without the
    person's consent nothing is. ``act``: a row of scratch.acts.
    """
    conduct = world.conduct
    if withholds(world.k0, world.k1, seat, life, source, conduct, traits, world.exp2):
        return NOT_SEEN, 0, 0
    if act.is_false:
        return OWN, 0, 0
    stream = conduct.sources.stream[source] ^ conduct.acts.stream[act.act]
    w0, w1, w2, w3 = draw(world.k0, world.k1, seat, world.month, stream, act.ordinal)
    covered = effects_sum(
        conduct.filing.coverage[source, prone], conduct.sources.first_effect[source],
        conduct.sources.effect_count[source], conduct, traits,
    )  # fmt: skip
    if w0 >= threshold(covered, world.exp2):
        return NOT_SEEN, 0, 0
    late = 0
    if w1 < conduct.filing.late_3[source, prone]:
        late = 3
    elif w1 < conduct.filing.late_2[source, prone]:
        late = 2
    elif w1 < conduct.filing.late_1[source, prone]:
        late = 1
    if w2 < conduct.filing.misattributed[source, prone]:
        return ELSEWHERE, late, w3
    return OWN, late, 0


@inner
def slip(
    world: World, seat: int, act: NamedRow, source: int, prone: int
) -> tuple[int, bool, int]:
    """What else goes wrong with an act that was seen, where the source has such errors.

    (word that says by which likeness it is misfiled, whether what it ends is left stale, months
    after which it is filed a second time or 0). ``act``: a row of scratch.acts.
    """
    conduct = world.conduct
    if conduct.sources.slips[source] == 0:
        return int64(0), False, int64(0)
    stream = conduct.sources.stream[source] ^ conduct.acts.stream[act.act] ^ SLIPS
    w0, w1, w2, w3 = draw(world.k0, world.k1, seat, world.month, stream, act.ordinal)
    again = int64(0)
    if w2 < conduct.filing.duplicated[source, prone]:
        again = 1 + below(w3, MOST_MONTHS_LATER)
    return w0, w1 < conduct.filing.stale[source, prone], again


@inner
def somebody_else(dense: int, word: int, community_size: int, people: int) -> int:
    """Another person of the same community, chosen by a 32-bit word; -1 where there is none."""
    first = dense // community_size * community_size
    there = min(community_size, people - first)
    if there < 2:
        return int64(-1)
    other = below(word, there - 1)
    return first + other + (1 if other >= dense - first else 0)
