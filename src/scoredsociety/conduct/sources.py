"""Sources, compiled: who observes acts, with missing, late, misattributed, stale, doubled records.

The articles name the kinds of data (S3-24, S4-21), say that data is only gathered with consent
(S3-37) and ask whether it is weighted by its own trustworthiness (S3-33). A source's place in the
document is its bit in a scheme's mask. How it errs is worked out for each class of proneness to
errors (proneness.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from scoredsociety.columns import NamedRow
from scoredsociety.conduct.effects import EffectRows, rows
from scoredsociety.conduct.localities import collector_units
from scoredsociety.conduct.parts import ON_ANYBODY, Source
from scoredsociety.conduct.tables import FilingColumns, SourceColumns
from scoredsociety.fixed import UNIT, log2_units, probability
from scoredsociety.keyed import stream


def source_row(
    source: Source, bit: int, effects: EffectRows, between_places: Decimal = Decimal(0)
) -> NamedRow:
    """The row of one source.

    ``between_places``: standard deviation in logits of coverage by hand between communities.
    """
    strict = between_places and source.by_hand
    units = list(collector_units(between_places, source.coverage)) if strict else []
    more = {"place_collectors": units} if strict else {}
    first, count = effects.add(rows((), source.effects, more))
    consenting, rows_of_consent = effects.add(rows((), source.consent_effects))
    asks = source.consent and (source.consent_share != 1 or source.consent_effects != ())
    whom = source.on_whom
    slips = whom != ON_ANYBODY or source.stale or source.duplicated
    return SourceColumns.blank(
        stream=stream(f"source:{source.id}"),
        first_effect=first,
        effect_count=count,
        trust=int((source.trust * UNIT).to_integral_value()),
        bit=bit,
        asks_consent=int(asks),
        consent_share=log2_units(source.consent_share),
        first_consent_effect=consenting,
        consent_effect_count=rows_of_consent,
        slips=int(bool(slips)),
        on_homonym=probability(whom.homonym),
        on_household=probability(whom.homonym + whom.household),
        on_device=probability(whom.homonym + whom.household + whom.device),
        by_hand=int(source.by_hand),
    )


def filing_rows(source: Source, multipliers: Sequence[Decimal]) -> list[NamedRow]:
    """How a source errs with the records of each class of proneness."""
    one, two, three = source.late

    def often(share: Decimal, times: Decimal) -> int:
        return probability(min(Decimal(1), share * times))

    return [
        FilingColumns.blank(
            coverage=log2_units(source.coverage * (1 - min(Decimal(1), source.missing * times))),
            late_1=often(one + two + three, times),
            late_2=often(two + three, times),
            late_3=often(three, times),
            misattributed=often(source.misattributed, times),
            stale=often(source.stale, times),
            duplicated=often(source.duplicated, times),
        )
        for times in multipliers
    ]
