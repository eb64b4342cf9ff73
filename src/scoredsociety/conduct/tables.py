"""The fixed layout of a compiled conduct document: acts, who sees them, and how wrongly.

Acts are drawn as candidates against an envelope that no scheme, patch or response changes.
An envelope is a number of candidates a month (Poisson, by general frailty) and 4,096 cells;
each candidate falls into a cell, the cell belongs to an act, and the act is then accepted by
a draw of its own with probability 2**(base + effects).
"""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.by_address import by_address
from scoredsociety.columns import NamedColumns, NamedNumbers
from scoredsociety.fixed import Ints

CELLS_PER_ENVELOPE = 4096
MOST_CANDIDATES = 7  # an envelope's most candidates in a month
AMOUNT_CLASSES = 16
EPISODE_BITS = 8


class ActColumns(NamedColumns):
    """One row an act."""

    rate: Ints  # log2 of (monthly rate / candidate rate of its cells at frailty scale 1)
    # first row of ``effects``, of effect_count (an effect may be NEVER: not exposed)
    first_effect: Ints
    effect_count: Ints
    stream: Ints
    first_amount: Ints  # first row of ``amounts``, of amount_count classes (0: class 0, value 1)
    amount_count: Ints
    context: Ints  # index into CONTEXTS
    gravity: Ints  # 0 to 9
    protected: Ints  # 1: a right protects it
    legal: Ints  # 0 lawful, 1 offence under the cited law, 2 contested
    harm: Ints  # 0 to 9
    episode: Ints  # life bit that onset sets, or -1
    stay: Ints  # threshold with which the act goes on while the bit is set
    repeats: Ints  # 1: the act occurs again in every month of the episode
    ends_with: Ints  # act that occurs when the episode ends, or -1 (``pays_judgment``)
    first_source: Ints  # first entry of ``act_sources``, of source_count
    source_count: Ints


class SourceColumns(NamedColumns):
    """One row a source."""

    stream: Ints
    first_effect: Ints  # first row of ``effects``, of effect_count: effects on coverage
    effect_count: Ints
    trust: Ints  # Q16 weight of this source where a scheme weights by trust (S3-33)
    bit: Ints  # its bit in a scheme's mask of sources that it reads
    asks_consent: Ints  # 0 none asked, or everybody gives it; 1 only with the consent of the person
    consent_share: Ints  # log2 of the share who consent, + effects:
    first_consent_effect: Ints  # first row of ``effects``, of consent_effect_count
    consent_effect_count: Ints
    # 1 where it misfiles by likeness, or leaves stale or files twice (a draw of its own)
    slips: Ints
    # nested thresholds: on whom a misattributed record lands; at or above the last, on anybody of
    # the community
    on_homonym: Ints
    on_household: Ints
    on_device: Ints
    by_hand: Ints  # 1 where a person enters its records


PRONE_CLASSES = 16

class FilingColumns(NamedColumns):
    """How a source files the acts of a person, by the person's class of proneness to errors."""

    # log2 probability that an act leaves a record (coverage less missing), + effects
    coverage: Ints
    late_1: Ints  # thresholds: the record comes at least 1, 2, 3 months late (nested)
    late_2: Ints
    late_3: Ints
    misattributed: Ints  # threshold: the record lands on another person
    stale: Ints  # threshold: what it saw corrects nothing
    duplicated: Ints  # threshold: it files the record twice


class ErrorFlags(NamedNumbers):
    """What the errors of a document need."""

    clustered: int  # 1 where the classes of proneness differ
    reads_ties: int  # 1 where ties are read


CONTEXTS = (
    "finance", "contract", "traffic", "speech", "petition", "family", "neighbourhood",
    "public_order", "giving", "honour", "work", "education", "consumption", "government",
    "health", "court", "platform", "travel",
)  # fmt: skip


class EnvelopeColumns(NamedColumns):
    """One row an envelope of candidates."""

    stream: Ints


class EffectColumns(NamedColumns):
    """An effect of a trait; a trait above the table takes its last value."""

    trait: Ints
    first_value: Ints  # first in ``effect_values``, of value_count
    value_count: Ints


class AmountColumns(NamedColumns):
    """Classes of the amount of an act."""

    below: Ints  # threshold: a word below it takes the class
    value: Ints  # in the act's unit


@by_address
class ConductTables(NamedTuple):
    """A conduct document compiled to integers."""

    envelopes: EnvelopeColumns
    counts: Ints  # (envelopes, 16, 7) word >= counts[e, frailty, k]: more than k candidates
    cells: Ints  # (envelopes, 4096) act * 2, act * 2 + 1 for a false record of it, or -1
    acts: ActColumns
    effects: EffectColumns
    effect_values: Ints  # (values,) log2 units
    amounts: AmountColumns
    act_sources: Ints  # (entries,) source indices
    sources: SourceColumns
    filing: FilingColumns  # (sources, PRONE_CLASSES)
    false: Ints  # (acts, PRONE_CLASSES) threshold of acceptance of a false-record candidate
    errors: ErrorFlags


# Responses and life effects, in the order of conduct/responses.py.
(AWARENESS, DETERRENCE, SILENCE, SEEKING, TIES, JOINING, SHAME, SUPPORT, APPEAL, AUTHORITY,
 TRUST, LOYALTY, DISCRETION, WORK, CREDIT, INCOME, ONLINE, TRAVEL,
 SCHOOL, COMING_OF_AGE) = range(20)  # fmt: skip
MOST_VALUES = 8
MILLION = 1_000_000


@by_address
class ResponseTables(NamedTuple):
    """Forms (0: none) and coefficients (millionths) of responses and life effects."""

    forms: Ints  # (responses,)
    values: Ints  # (responses, MOST_VALUES)
