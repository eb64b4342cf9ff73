"""Envelopes: how many candidate acts a person has in a month, and whose cells they fall into.

The number of candidates is Poisson, capped at seven, by general frailty. It dominates every
act's own rate, so that an act can be thinned from it and neither a scheme nor a patch touches
the candidates. Frailty classes double the rate every few classes: without such skew almost
nobody reaches the lowest grades (Wolfgang et al. 1972, from memory).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING

from scoredsociety.conduct.effects import rows
from scoredsociety.conduct.localities import act_units
from scoredsociety.conduct.parts import ConductError, Places
from scoredsociety.conduct.proneness import multipliers
from scoredsociety.conduct.tables import CELLS_PER_ENVELOPE, MOST_CANDIDATES
from scoredsociety.fixed import OCTAVE, ONE, log2_units

if TYPE_CHECKING:
    from scoredsociety.conduct.fields import ConductFields
    from scoredsociety.conduct.parts import Act, Envelope, Frailty

CLASSES = 16
MORE_FALSE = "more false"  # cells of false records that only people prone to errors need
MOST_MEAN = Decimal(6)  # mean candidates of a class; beyond it acceptance is raised instead


@cache
def frailty_units(frailty: Frailty) -> tuple[int, ...]:
    """Log2 multiplier of each general class, normed to a mean of 1 over the stated shares."""
    return _normed(frailty, frailty.shares)


@cache
def domain_units(frailty: Frailty) -> tuple[int, ...]:
    """Log2 multiplier of each class of a domain, normed over general class and step."""
    shares = [Decimal(0)] * CLASSES
    for f, share in enumerate(frailty.shares):
        for place, step in enumerate(frailty.steps):
            shares[min(max(f + place - frailty.reach, 0), CLASSES - 1)] += share * step
    return _normed(frailty, shares)


def _normed(frailty: Frailty, shares: Sequence[Decimal]) -> tuple[int, ...]:
    with localcontext() as context:
        context.prec = 40
        step = Decimal(1) / frailty.classes_per_doubling
        norm = log2_units(sum(share * 2 ** (f * step) for f, share in enumerate(shares)))
    return tuple(f * OCTAVE // frailty.classes_per_doubling - norm for f in range(CLASSES))


@cache
def means(envelope: Envelope, frailty: Frailty) -> tuple[Decimal, ...]:
    """Mean candidates a month of each frailty class."""
    monthly = envelope.candidates_a_year / 12
    if envelope.scale == "flat":
        return (min(monthly, MOST_MEAN),) * CLASSES
    reach = frailty.reach * OCTAVE // frailty.classes_per_doubling
    with localcontext() as context:
        context.prec = 40
        return tuple(
            min(MOST_MEAN, monthly * 2 ** (Decimal(units + reach) / OCTAVE))
            for units in frailty_units(frailty)
        )


@cache
def scale(envelope: Envelope, frailty: Frailty) -> tuple[int, ...]:
    """Minus log2 of the envelope's scale by general frailty class; zeros where it is flat."""
    monthly = log2_units(envelope.candidates_a_year / 12)
    return tuple(monthly - log2_units(mean) for mean in means(envelope, frailty))


@cache
def candidate_thresholds(mean: Decimal) -> tuple[int, ...]:
    """Thresholds (7): a word at or above the k-th means more than k candidates.

    The Poisson parameter is chosen so that the number capped at seven has this mean.
    """
    with localcontext() as context:
        context.prec = 24
        low, high = mean, mean + 20
        for _ in range(60):
            middle = (low + high) / 2
            if MOST_CANDIDATES - sum(_cumulative(middle)) < mean:
                low = middle
            else:
                high = middle
        return tuple(int((value * ONE).to_integral_value()) for value in _cumulative(high))


def _cumulative(parameter: Decimal) -> list[Decimal]:
    """P(N <= k) of a Poisson number, k = 0 to 6."""
    term = (-parameter).exp()
    total, out = Decimal(0), []
    for k in range(MOST_CANDIDATES):
        total += term
        out.append(total)
        term = term * parameter / (k + 1)
    return out


def highest_effect(act: Act) -> int:
    """Highest sum of the act's effects over persons, frailty apart, in log2 units."""
    return sum(max(units) for units in rows(act.exposure, act.effects).values())


def busiest(conduct: ConductFields) -> int:
    """What the community that acts most adds to any rate, in log2 units; 0 where all are alike."""
    deviation = conduct.between_places.acts
    return max(act_units(deviation)) if deviation else 0


def allot(conduct: ConductFields) -> dict[str, Places]:
    """Cells of every act (``act``) and of its false records (``act false``), in document order.

    Where errors are clustered, ``act more false`` are the cells that the most prone need beside.

    An act that is absent from ``conduct.allotment`` takes cells from the reserve, so nobody
    else's luck moves.
    """
    places = dict(conduct.allotment)
    base = not places
    free = {one.id: _first_free(places, one.id) for one in conduct.envelope}
    most = {
        one.id: CELLS_PER_ENVELOPE - (int(conduct.reserve * CELLS_PER_ENVELOPE) if base else 0)
        for one in conduct.envelope
    }
    for name, envelope, wanted in _needs(conduct):
        if name in places:
            continue
        first = free[envelope]
        if first + wanted > most[envelope]:
            row = [one.id for one in conduct.envelope].index(envelope)
            message = f"no room for {name} ({wanted} of {CELLS_PER_ENVELOPE} cells)"
            crowded = "lower errors.clustering or " if name.endswith(MORE_FALSE) else ""
            hint = f"{crowded}raise candidates_a_year"
            where = row if base else envelope  # a patched document has no line to point at
            raise ConductError((("envelope", where), message, hint))
        places[name] = Places(envelope=envelope, first=first, count=wanted)
        free[envelope] = first + wanted
    return places


def _first_free(places: dict[str, Places], envelope: str) -> int:
    return max((p.first + p.count for p in places.values() if p.envelope == envelope), default=0)


def _needs(conduct: ConductFields) -> list[tuple[str, str, int]]:
    """Name, envelope and number of cells of everything that has candidates."""
    yearly = {one.id: one.candidates_a_year for one in conduct.envelope}
    most = max(multipliers(conduct.errors.clustering))
    out = []
    with localcontext() as context:
        context.prec = 40
        for act in conduct.act:
            if act.rate:
                highest = 2 ** (Decimal(highest_effect(act) + busiest(conduct)) / OCTAVE)
                wanted = _cells(conduct, act.rate * highest / yearly[act.envelope])
                out.append((act.id, act.envelope, wanted))
            if act.false_rate:
                out += _false_needs(conduct, act, act.false_rate / yearly[conduct.false_envelope],
                                    most)  # fmt: skip
        return out


def _false_needs(
    conduct: ConductFields, act: Act, share: Decimal, most: Decimal
) -> list[tuple[str, str, int]]:
    """Cells of an act's false records, and those that it needs beside what it was allotted.

    More are needed where errors cluster (``most``: the multiplier of the most prone class), or
    where a patch raises the rate of errors above that of the document.
    """
    name, envelope = f"{act.id} false", conduct.false_envelope
    mine = conduct.allotment.get(name)
    own = mine.count if mine else _cells(conduct, share)
    more = _cells(conduct, share * most) - own
    found = [(name, envelope, own)]
    return [*found, (f"{act.id} {MORE_FALSE}", envelope, more)] if more > 0 else found


def _cells(conduct: ConductFields, share: Decimal) -> int:
    wanted = share * conduct.headroom * CELLS_PER_ENVELOPE
    return max(1, int(wanted.to_integral_value(rounding=ROUND_CEILING)))
