"""Places differ beyond who lives there: what a community adds to its acts and its records.

Each community has a class of 16, equally many communities in each, for its acts and another, drawn
apart, for its collectors (society/people/traits.py). The log rate of every act is moved by ``acts``
times the class's normal score, normed so that the mean over classes stays the rate; rates are
small, so this is a shift of the log odds. The log odds that a source which is entered by hand
records an act are moved by ``collectors`` times the score. Both are standard deviations in logits,
found in no source, assumed, and 0 unless they are set: a society of a few thousand people is two or
three communities, and what they happen to draw would move the level of every answer.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from functools import cache

from scoredsociety.fixed import log2_units
from scoredsociety.society.tables import PLACE_CLASSES

# Normal scores of the middles of 16 equal classes, scaled to a standard deviation of 1.
HALF = ("0.0816", "0.2468", "0.4185", "0.6026", "0.8079", "1.0509", "1.3714", "1.9382")
SCORES = (*(-Decimal(one) for one in reversed(HALF)), *(Decimal(one) for one in HALF))
# End of the sweep (assumed): the busiest sixteenth of places then acts 1.44 times as often as all.
MOST = Decimal("0.2")
assert len(SCORES) == PLACE_CLASSES


@cache
def act_units(deviation: Decimal) -> tuple[int, ...]:
    """Log2 multiplier of every rate by class of the community; their mean multiplier is 1."""
    with localcontext() as context:
        context.prec = 40
        times = [(deviation * one).exp() for one in SCORES]
        mean = sum(times, Decimal(0)) / PLACE_CLASSES
        return tuple(log2_units(one / mean) for one in times)


@cache
def collector_units(deviation: Decimal, coverage: Decimal) -> tuple[int, ...]:
    """Log2 multiplier of a coverage by class of the community: its log odds, moved."""
    if not 0 < coverage < 1:
        return (0,) * PLACE_CLASSES
    with localcontext() as context:
        context.prec = 40
        odds = coverage / (1 - coverage)
        moved = [odds * (deviation * one).exp() for one in SCORES]
        return tuple(log2_units(one / (1 + one) / coverage) for one in moved)
