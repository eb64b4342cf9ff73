"""The fixed layout of a compiled conduct document: acts, who sees them, and how wrongly.

Acts are drawn as candidates against an envelope that no scheme, patch or response changes.
An envelope is a number of candidates a month (Poisson, by general frailty) and 4,096 cells;
each candidate falls into a cell, the cell belongs to an act, and the act is then accepted by
a draw of its own with probability 2**(base + effects).
"""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.by_address import by_address
from scoredsociety.fixed import Ints

CELLS_PER_ENVELOPE = 4096
MOST_CANDIDATES = 7  # an envelope's most candidates in a month
AMOUNT_CLASSES = 16
EPISODE_BITS = 8

# fields of an act
(A_BASE, A_EFFECTS, A_EFFECT_COUNT, A_STREAM, A_AMOUNTS, A_AMOUNT_COUNT, A_CONTEXT, A_GRAVITY,
 A_PROTECTED, A_LEGAL, A_HARM, A_EPISODE, A_STAY, A_REPEATS, A_ENDS_WITH, A_SOURCES,
 A_SOURCE_COUNT) = range(17)  # fmt: skip
ACT_FIELDS = 17
# A_BASE      log2 of (monthly rate / candidate rate of its cells at frailty scale 1)
# A_EFFECTS   first row in ``effects``; A_EFFECT_COUNT rows (an effect may be NEVER: not exposed)
# A_AMOUNTS   first row in ``amounts``; A_AMOUNT_COUNT classes (0: amount class 0, value 1)
# A_CONTEXT   index into CONTEXTS;  A_GRAVITY 0 to 9;  A_PROTECTED 1: a right protects it
# A_LEGAL     0 lawful, 1 offence under the cited law, 2 contested;  A_HARM 0 to 9
# A_EPISODE   life bit that onset sets, or -1; while set the act goes on with threshold A_STAY
# A_REPEATS   1: the act occurs again in every month of the episode
# A_ENDS_WITH act that occurs when the episode ends, or -1 (``pays_judgment``)
# A_SOURCES   first entry in ``act_sources``; A_SOURCE_COUNT entries

# fields of a source
(O_STREAM, O_EFFECTS, O_EFFECT_COUNT, O_TRUST, O_KIND, O_CONSENT, O_CONSENT_SHARE,
 O_CONSENT_EFFECTS, O_CONSENT_EFFECT_COUNT, O_SLIPS, O_HOMONYM, O_HOUSEHOLD, O_DEVICE, O_HAND,
 ) = range(14)  # fmt: skip
SOURCE_FIELDS = 14
# O_EFFECTS   first row in ``effects`` of the effects on coverage; O_EFFECT_COUNT rows
# O_TRUST     Q16 weight of this source where a scheme weights by trust (S3-33)
# O_KIND      bit of this source in a scheme's mask of sources that it reads
# O_CONSENT   0 none asked, or everybody gives it; 1 only with the consent of the person
# O_CONSENT_SHARE  log2 of the share who consent, + O_CONSENT_EFFECT_COUNT rows of ``effects``
# O_SLIPS     1 where it misfiles by likeness, or leaves stale or files twice (a draw of its own)
# O_HOMONYM, O_HOUSEHOLD, O_DEVICE  nested thresholds: on whom a misattributed record lands; at or
#             above the last, on anybody of the community
# O_HAND      1 where a person enters its records

# how a source files the acts of a person, by the person's class of proneness to errors
PRONE_CLASSES = 16
(F_COVERAGE, F_LATE1, F_LATE2, F_LATE3, F_MISATTRIBUTED, F_STALE, F_DUPLICATED) = range(7)
FILING_FIELDS = 7
# F_COVERAGE  log2 probability that an act leaves a record (coverage less missing), + effects
# F_LATE1..3  thresholds: the record comes at least 1, 2, 3 months late (nested)
# F_MISATTRIBUTED  threshold: the record lands on another person
# F_STALE     threshold: what it saw corrects nothing;  F_DUPLICATED: it files the record twice

# what the errors of a document need: 1 where the classes differ, 1 where ties are read
E_CLUSTERED, E_TIES = 0, 1

CONTEXTS = (
    "finance", "contract", "traffic", "speech", "petition", "family", "neighbourhood",
    "public_order", "giving", "honour", "work", "education", "consumption", "government",
    "health", "court", "platform", "travel",
)  # fmt: skip


@by_address
class ConductTables(NamedTuple):
    """A conduct document compiled to integers."""

    envelopes: Ints  # (envelopes, 1) stream
    counts: Ints  # (envelopes, 16, 7) word >= counts[e, frailty, k]: more than k candidates
    cells: Ints  # (envelopes, 4096) act * 2, act * 2 + 1 for a false record of it, or -1
    acts: Ints  # (acts, ACT_FIELDS)
    effects: Ints  # (effects, 3) trait, first value in effect_values, number of values
    effect_values: Ints  # (values,) log2 units; a trait above the table takes its last value
    amounts: Ints  # (classes, 2) threshold word < amounts[k, 0] takes class k; value in act's unit
    act_sources: Ints  # (entries,) source indices
    sources: Ints  # (sources, SOURCE_FIELDS)
    filing: Ints  # (sources, PRONE_CLASSES, FILING_FIELDS)
    false: Ints  # (acts, PRONE_CLASSES) threshold of acceptance of a false-record candidate
    errors: Ints  # (2,) E_CLUSTERED, E_TIES


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
