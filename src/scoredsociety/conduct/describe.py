"""A conduct document in words and numbers, for ``scored conduct`` and the report.

Nothing here is measured: rates are what the document says for persons who are exposed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from scoredsociety.conduct.acts import saturation
from scoredsociety.conduct.envelopes import means
from scoredsociety.conduct.model import Conduct
from scoredsociety.conduct.parts import Act, Effect, Envelope, Source
from scoredsociety.conduct.responses import BY_ID, KINDS
from scoredsociety.society.tables import TRAIT_HIGHEST

NOTE = "synthetic society, not a forecast; rates are per person-year among those exposed"


def describe_conduct(conduct: Conduct) -> dict[str, Any]:
    """Acts, sources, envelopes and responses as plain values, and what of them is assumed.

    Keys: ``id``, ``title``, ``note``, ``acts``, ``sources``, ``envelopes``, ``responses``,
    ``errors`` (how they are spread over people), ``assumed`` (each ``entry`` with its
    ``numbers``), ``cited`` (each source id with how many entries cite it), ``saturation`` (acts
    whose rate is cut in the highest frailty classes, with the share of the rate that is left
    there in the worst case).
    """
    return {
        "id": conduct.id,
        "title": conduct.title,
        "note": NOTE,
        "acts": [_act(one) for one in conduct.act],
        "sources": [_source(one) for one in conduct.source],
        "envelopes": [_envelope(conduct, one) for one in conduct.envelope],
        "responses": _responses(conduct),
        "errors": {"clustering": str(conduct.errors.clustering)},
        "between_places": {name: str(getattr(conduct.between_places, name))
                           for name in ("acts", "collectors")},
        "assumed": _assumed(conduct),
        "cited": _cited(conduct),
        "saturation": {
            name: f"{Decimal(2) ** (-Decimal(units) / 1024):.2f}"
            for name, units in saturation(conduct).items()
        },
    }


def _assumed(conduct: Conduct) -> list[dict[str, Any]]:
    """Every number without a source, by the entry that it stands in."""
    entries: list[tuple[str, Iterable[str]]] = [
        (conduct.id, conduct.assumed),
        ("frailty", conduct.frailty.assumed),
        ("errors", conduct.errors.assumed),
        ("between_places", conduct.between_places.assumed),
    ]
    entries += [(f"envelope.{one.id}", one.assumed) for one in conduct.envelope]
    entries += [(f"source.{one.id}", one.assumed) for one in conduct.source]
    entries += [(f"act.{one.id}", one.assumed) for one in conduct.act]
    return [{"entry": name, "numbers": list(numbers)} for name, numbers in entries if numbers]


def _cited(conduct: Conduct) -> dict[str, int]:
    """Source ids of the facts that the document rests on, with how many entries cite each."""
    count = Counter(name for act in conduct.act for name in act.source)
    count.update(name for source in conduct.source for name in source.source)
    return dict(sorted(count.items()))


def _act(act: Act) -> dict[str, Any]:
    episode = act.episode
    return {
        "id": act.id,
        "title": act.title,
        "context": act.context,
        "rate": str(act.rate),
        "exposed": [_exposed(one.trait, one.low, one.high) for one in act.exposure],
        "rises_with": [_effect(one) for one in act.effects],
        "frailty": act.frailty,
        "unit": act.unit,
        "amounts": [{"value": one.value, "share": str(one.share)} for one in act.amounts],
        "harm": act.harm,
        "legal": act.legal,
        "protection": act.protection,
        "gravity": act.gravity,
        "episode": None
        if episode is None
        else {
            "stays": str(episode.stays),
            "repeats": episode.repeats,
            "ends_with": episode.ends_with,
        },
        "false_rate": str(act.false_rate),
        "seen_by": list(act.seen_by),
        "source": list(act.source),
        "assumed": list(act.assumed),
    }


def _exposed(trait: str, low: int, high: int | None) -> str:
    if high is None and low < TRAIT_HIGHEST[trait]:
        return f"{trait} >= {low}"
    high = low if high is None else high
    return f"{trait} = {low}" if low == high else f"{low} <= {trait} <= {high}"


def _effect(effect: Effect) -> dict[str, Any]:
    if effect.values:
        by: Any = [str(one) for one in effect.values]
    elif effect.steps:
        by = {f">= {start}": str(multiplier) for start, multiplier in effect.steps}
    else:
        by = {"lowest": str(effect.low), "highest": str(effect.high)}
    return {"trait": effect.trait, "times": by}


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "kind": source.kind,
        "operator": source.operator,
        "coverage": str(source.coverage),
        "missing": str(source.missing),
        "late": [str(one) for one in source.late],
        "misattributed": str(source.misattributed),
        "on_whom": {name: str(share) for name, share in source.on_whom if share},
        "stale": str(source.stale),
        "duplicated": str(source.duplicated),
        "by_hand": source.by_hand,
        "trust": str(source.trust),
        "consent": source.consent,
        "consent_share": str(source.consent_share),
        "consent_more_of": [_effect(one) for one in source.consent_effects],
        "sees_less_of": [_effect(one) for one in source.effects],
        "source": list(source.source),
        "assumed": list(source.assumed),
    }


def _envelope(conduct: Conduct, envelope: Envelope) -> dict[str, Any]:
    monthly = means(envelope, conduct.frailty)
    mean = sum(
        (share * one for share, one in zip(conduct.frailty.shares, monthly, strict=True)),
        Decimal(0),
    )
    return {
        "id": envelope.id,
        "title": envelope.title,
        "scale": envelope.scale,
        "candidates_a_month": f"{mean:.3f}",
        "acts": sum(act.envelope == envelope.id for act in conduct.act),
    }


def _responses(conduct: Conduct) -> list[dict[str, Any]]:
    stated = {one.id: one for one in (*conduct.response, *conduct.life_effect)}
    out = []
    for spec in BY_ID.values():
        one = stated.get(spec.id)
        given = one.values if one else {}
        out.append(
            {
                "id": spec.id,
                "kind": KINDS[spec.id],
                "form": (one.form if one else "") or spec.form,
                "forms": list(spec.forms),
                "values": {v.id: str(given.get(v.id, v.default)) for v in spec.values},
            }
        )
    return out
