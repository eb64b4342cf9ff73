"""Acts, compiled: base rates, effects, amounts, episodes and cells, exactly in integers.

An act's base is log2 of its monthly rate over the candidate rate of its cells at frailty scale
1; a row over general frailty takes the envelope's own scale away again, and a row over the
frailty of the act's domain puts the act's own in. Acceptance above 1 is refused, but for
frailty classes whose candidates reach the cap: those ``saturation`` reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

import numpy as np

from scoredsociety.columns import NamedRow
from scoredsociety.conduct.effects import EffectRows, rows
from scoredsociety.conduct.envelopes import (
    CLASSES,
    MORE_FALSE,
    MOST_MEAN,
    allot,
    busiest,
    candidate_thresholds,
    domain_units,
    frailty_units,
    highest_effect,
    means,
    scale,
)
from scoredsociety.conduct.fields import ConductFields
from scoredsociety.conduct.localities import act_units
from scoredsociety.conduct.parts import Act, ConductError, Envelope, Places
from scoredsociety.conduct.proneness import multipliers
from scoredsociety.conduct.sources import filing_rows, source_row
from scoredsociety.conduct.tables import (
    CELLS_PER_ENVELOPE,
    CONTEXTS,
    MOST_CANDIDATES,
    PRONE_CLASSES,
    ActColumns,
    AmountColumns,
    ConductTables,
    EffectColumns,
    EnvelopeColumns,
    ErrorFlags,
    FilingColumns,
    SourceColumns,
)
from scoredsociety.fixed import NEVER, ONE, Ints, log2_units, probability
from scoredsociety.keyed import stream

LEGAL = ("lawful", "offence", "contested")
SLACK = 8  # log2 units (0.5 %) that rounding of cells and logarithms may take


def compile_conduct(conduct: ConductFields) -> ConductTables:
    """The integer tables of a conduct document."""
    places = allot(conduct)
    refuse_excess(conduct, places)
    times = multipliers(conduct.errors.clustering)
    effects = EffectRows()
    amounts: list[tuple[int, int]] = []
    seen_by: list[int] = []
    acts = [_act_row(conduct, one, places, effects, amounts, seen_by) for one in conduct.act]
    strict = conduct.between_places.collectors
    sources = [source_row(one, i, effects, strict) for i, one in enumerate(conduct.source)]
    return ConductTables(
        envelopes=EnvelopeColumns.of([[stream(f"envelope:{one.id}")] for one in conduct.envelope]),
        counts=np.array(
            [
                [candidate_thresholds(mean) for mean in means(one, conduct.frailty)]
                for one in conduct.envelope
            ],
            dtype=np.int64,
        ).reshape(len(conduct.envelope), CLASSES, MOST_CANDIDATES),
        cells=_cells(conduct, places),
        acts=ActColumns.of(acts),
        effects=EffectColumns.of(effects.effects),
        effect_values=np.array(effects.values, dtype=np.int64),
        amounts=AmountColumns.of(amounts),
        act_sources=np.array(seen_by, dtype=np.int64),
        sources=SourceColumns.of(sources),
        filing=FilingColumns.of([filing_rows(one, times) for one in conduct.source]),
        false=_table(
            [_false_thresholds(one, conduct, places, times) for one in conduct.act], PRONE_CLASSES
        ),
        errors=ErrorFlags.blank(
            clustered=int(len(set(times)) > 1),
            reads_ties=int(any(one.on_whom.device > 0 for one in conduct.source)),
        ),
    )


def refuse_excess(conduct: ConductFields, places: dict[str, Places]) -> None:
    """ConductError naming every act whose rate its cells cannot carry."""
    over = [
        (
            ("act", row, "rate"),
            f"its cells carry {Decimal(2) ** (-Decimal(excess) / 1024):.2f} of it at most",
            f"lower the rate of {act.id} or raise headroom",
        )
        for row, act in enumerate(conduct.act)
        if (excess := worst_acceptance(conduct, act, places, capped=False)) > SLACK
    ]
    if over:
        raise ConductError(*over)


def saturation(conduct: ConductFields) -> dict[str, int]:
    """Acts whose acceptance may pass 1 in the capped frailty classes, in log2 units."""
    places = allot(conduct)
    worst = {act.id: worst_acceptance(conduct, act, places, capped=True) for act in conduct.act}
    return {name: units for name, units in worst.items() if units > SLACK}


def worst_acceptance(
    conduct: ConductFields, act: Act, places: dict[str, Places], *, capped: bool
) -> int:
    """Highest log2 acceptance over all persons, in the classes that are (not) capped."""
    if not act.rate:
        return NEVER
    envelope = _envelope(conduct, act.envelope)
    own = _own(conduct, act)
    reach = conduct.frailty.reach if act.frailty not in ("none", "general") else 0
    outer = scale(envelope, conduct.frailty)
    at_cap = [mean == MOST_MEAN for mean in means(envelope, conduct.frailty)]
    base = _base(act, envelope, places[act.id]) + highest_effect(act) + busiest(conduct)
    worst = [
        base + max(own[max(0, f - reach) : f + reach + 1]) + outer[f]
        for f in range(CLASSES)
        if at_cap[f] == capped
    ]
    return max(worst, default=NEVER)


def _act_row(
    conduct: ConductFields,
    act: Act,
    places: dict[str, Places],
    effects: EffectRows,
    amounts: list[tuple[int, int]],
    seen_by: list[int],
) -> NamedRow:
    envelope = _envelope(conduct, act.envelope)
    first, count = effects.add(rows(act.exposure, act.effects, _more_rows(conduct, act)))
    amounts_first, sources_first = len(amounts), len(seen_by)
    amounts.extend(_amounts(act))
    seen_by.extend(conduct.source_ids.index(name) for name in act.seen_by)
    episode = act.episode
    ends_with = episode.ends_with if episode else None
    return ActColumns.blank(
        rate=_base(act, envelope, places[act.id]) if act.rate else NEVER,
        first_effect=first,
        effect_count=count,
        stream=stream(f"act:{act.id}"),
        first_amount=amounts_first,
        amount_count=len(act.amounts),
        context=CONTEXTS.index(act.context),
        gravity=act.gravity,
        protected=int(act.protection != "none"),
        legal=LEGAL.index(act.legal),
        harm=act.harm,
        episode=episode.bit if episode else -1,
        stay=probability(episode.stays) if episode else 0,
        repeats=int(bool(episode and episode.repeats)),
        ends_with=conduct.act_ids.index(ends_with) if ends_with else -1,
        first_source=sources_first,
        source_count=len(act.seen_by),
    )


def _more_rows(conduct: ConductFields, act: Act) -> dict[str, list[int]]:
    """Rows that are not the act's own effects: frailty, and the community where places differ."""
    deviation = conduct.between_places.acts
    place = {"place_acts": list(act_units(deviation))} if deviation else {}
    return _frailty_rows(conduct, act) | place


def _frailty_rows(conduct: ConductFields, act: Act) -> dict[str, list[int]]:
    """The rows that put the act's own frailty in and take the envelope's scale away."""
    outer = scale(_envelope(conduct, act.envelope), conduct.frailty)
    taken = {"frailty": list(outer)} if any(outer) else {}
    if act.frailty == "none":
        return taken
    own = _own(conduct, act)
    if act.frailty == "general":
        return {"frailty": [one + other for one, other in zip(own, outer, strict=True)]}
    return taken | {f"frailty_{act.frailty}": list(own)}


def _own(conduct: ConductFields, act: Act) -> tuple[int, ...]:
    """Log2 multipliers of the act itself by the frailty that drives it."""
    if act.frailty == "none":
        return (0,) * CLASSES
    return (frailty_units if act.frailty == "general" else domain_units)(conduct.frailty)


def _base(act: Act, envelope: Envelope, place: Places) -> int:
    with localcontext() as context:
        context.prec = 40
        cells = envelope.candidates_a_year * place.count / CELLS_PER_ENVELOPE
        return log2_units(act.rate / cells)


def _false_thresholds(
    act: Act, conduct: ConductFields, places: dict[str, Places], times: Sequence[Decimal]
) -> list[int]:
    """Acceptance of a false-record candidate of the act by class of proneness to errors."""
    if not act.false_rate:
        return [0] * PRONE_CLASSES
    own = [places[name] for name in (f"{act.id} false", f"{act.id} {MORE_FALSE}") if name in places]
    with localcontext() as context:
        context.prec = 40
        yearly = _envelope(conduct, own[0].envelope).candidates_a_year
        carried = yearly * sum(place.count for place in own)
        accepted = [act.false_rate * CELLS_PER_ENVELOPE / carried * one for one in times]
    if max(accepted) > 1:
        path = ("act", conduct.act_ids.index(act.id), "false_rate")
        message = f"the cells of {act.id} cannot carry it"
        raise ConductError((path, message, "raise headroom"))
    return [probability(one) for one in accepted]


def _amounts(act: Act) -> list[tuple[int, int]]:
    """Cumulative thresholds with their values; the last one is certainty."""
    total, out = Decimal(0), []
    for one in act.amounts:
        total += one.share
        out.append((probability(total), one.value))
    assert not out or out[-1][0] == ONE  # the model has checked that the shares add up
    return out


def _cells(conduct: ConductFields, places: dict[str, Places]) -> Ints:
    table = np.full((len(conduct.envelope), CELLS_PER_ENVELOPE), -1, dtype=np.int64)
    ids = [one.id for one in conduct.envelope]
    for number, act in enumerate(conduct.act):
        false = 2 * number + 1
        for name, cell in (
            (act.id, 2 * number), (f"{act.id} false", false), (f"{act.id} {MORE_FALSE}", false)
        ):  # fmt: skip
            wanted = act.rate if cell % 2 == 0 else act.false_rate
            if wanted and name in places:
                p = places[name]
                table[ids.index(p.envelope), p.first : p.first + p.count] = cell
    return table


def _envelope(conduct: ConductFields, name: str) -> Envelope:
    return next(one for one in conduct.envelope if one.id == name)


def _table(entries: Sequence[Sequence[int]], fields: int) -> Ints:
    return np.array(entries, dtype=np.int64).reshape(len(entries), fields)
