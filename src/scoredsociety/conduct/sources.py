"""Sources, compiled: who observes acts, with missing, late and misattributed records.

The articles name the kinds of data (S3-24, S4-21), say that data is only gathered with consent
(S3-37) and ask whether it is weighted by its own trustworthiness (S3-33). A source's place in the
document is its bit in a scheme's mask.
"""

from __future__ import annotations

from scoredsociety.conduct.effects import EffectRows, rows
from scoredsociety.conduct.parts import Source
from scoredsociety.fixed import UNIT, log2_units, probability
from scoredsociety.keyed import stream


def source_row(source: Source, bit: int, effects: EffectRows) -> list[int]:
    """The fields of one source, in the order of ``tables.SOURCE_FIELDS``."""
    first, count = effects.add(rows((), source.effects))
    consenting, rows_of_consent = effects.add(rows((), source.consent_effects))
    asks = source.consent and (source.consent_share != 1 or source.consent_effects != ())
    one, two, three = source.late
    return [
        stream(f"source:{source.id}"),
        log2_units(source.coverage * (1 - source.missing)),
        first,
        count,
        probability(one + two + three),
        probability(two + three),
        probability(three),
        probability(source.misattributed),
        int((source.trust * UNIT).to_integral_value()),
        bit,
        int(asks),
        log2_units(source.consent_share),
        consenting,
        rows_of_consent,
    ]
