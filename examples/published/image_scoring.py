"""Image scoring: can a public score carry cooperation among strangers? (Nowak and Sigmund 1998)

Players meet at random as donor and recipient. A donor of strategy k helps a recipient whose
image is at least k; helping costs c and brings the recipient b; the donor's image rises by one
for helping and falls by one for refusing, between -5 and 5; images start at 0. Offspring is in
proportion to pay-off. k = -5 always helps, k = 6 never does. Where the recipient's image is
seen only with probability q, an unseen one counts as 0: then a population of discriminators
holds out against defectors if and only if q > c / b.

Numbers of the paper, cited from memory: 100 players, 125 meetings a generation, b = 1, c = 0.1,
and 0.1 added at each meeting so that no pay-off is negative. Pay-offs here are tenths.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoredsociety.fixed import Ints, probability
from scoredsociety.kernel import kernel
from scoredsociety.keyed import below, draw, key_of, stream

LOWEST, HIGHEST = -5, 5  # image
ALWAYS, DISCRIMINATE, NEVER = -5, 0, 6  # strategies k
BENEFIT, COST = 10, 1  # tenths
STRATEGIES = NEVER - ALWAYS + 1


@kernel
def _play(
    k0: int, k1: int, meet: int, generation: int, seen: int, meetings: int,
    strategy: Ints, image: Ints, payoff: Ints,
) -> int:  # fmt: skip
    """Plays one generation into ``image`` and ``payoff`` (zeros); meetings in which one helped."""
    players, helped = len(strategy), 0
    for meeting in range(meetings):
        w0, w1, w2, _ = draw(k0, k1, meeting, generation, meet, 0)
        donor = below(w0, players)
        recipient = (donor + 1 + below(w1, players - 1)) % players
        known = image[recipient] if w2 < seen else 0
        payoff[donor] += COST
        payoff[recipient] += COST
        if known >= strategy[donor]:
            payoff[donor] -= COST
            payoff[recipient] += BENEFIT
            image[donor] = min(image[donor] + 1, HIGHEST)
            helped += 1
        else:
            image[donor] = max(image[donor] - 1, LOWEST)
    return helped


@kernel
def _breed(
    k0: int, k1: int, breed: int, generation: int, mutation: int,
    strategy: Ints, below_payoff: Ints, young: Ints,
) -> None:  # fmt: skip
    """Fills ``young``: each takes the strategy of a parent drawn in proportion to pay-off."""
    players = len(strategy)
    for player in range(players):
        w0, w1, w2, _ = draw(k0, k1, player, generation, breed, 0)
        ticket, parent = below(w0, below_payoff[players - 1]), 0
        while below_payoff[parent] <= ticket:
            parent += 1
        young[player] = strategy[parent]
        if w1 < mutation:
            young[player] = ALWAYS + below(w2, STRATEGIES)


@dataclass(frozen=True, slots=True, eq=False)
class Evolution:
    """Players of each strategy k = -5 to 6 by generation, and the share of meetings with help."""

    counts: Ints  # (generations + 1, 12)
    helped: Ints  # (generations,) meetings in which the donor helped
    meetings: int

    def helping(self, last: int = 1) -> float:
        """Share of meetings with help over the ``last`` generations."""
        return float(self.helped[-last:].mean()) / self.meetings


def evolve(
    strategy: Ints, generations: int, seed: int, meetings: int = 125,
    seen: Fraction = Fraction(1), mutation: Fraction = Fraction(0),
) -> Evolution:  # fmt: skip
    """Evolution of players with strategies ``strategy`` (players,) from -5 to 6."""
    players = np.array(strategy, dtype=np.int64)
    if len(players) < 2 or players.min() < ALWAYS or players.max() > NEVER:
        raise ValueError("at least two players with strategies from -5 to 6 are needed")
    k0, k1 = key_of(seed)
    meet, breed = stream("published:image:meet"), stream("published:image:breed")
    sight, change = probability(str(float(seen))), probability(str(float(mutation)))
    counts = np.zeros((generations + 1, STRATEGIES), dtype=np.int64)
    helped = np.zeros(generations, dtype=np.int64)
    for generation in range(generations):
        counts[generation] = np.bincount(players - ALWAYS, minlength=STRATEGIES)
        image, payoff = np.zeros_like(players), np.zeros_like(players)
        helped[generation] = _play(
            k0, k1, meet, generation, sight, meetings, players, image, payoff
        )
        young = np.zeros_like(players)
        _breed(k0, k1, breed, generation, change, players, np.cumsum(payoff), young)
        players = young
    counts[generations] = np.bincount(players - ALWAYS, minlength=STRATEGIES)
    return Evolution(counts, helped, meetings)


def all_strategies(players: int, seed: int) -> Ints:
    """A random start: each strategy from -5 to 6 equally likely."""
    k0, k1 = key_of(seed)
    first = stream("published:image:start")
    words = [draw(k0, k1, player, 0, first, 0)[0] for player in range(players)]
    return np.array([ALWAYS + below(word, STRATEGIES) for word in words], dtype=np.int64)


def holds_out(seen: Fraction, benefit: int = BENEFIT, cost: int = COST) -> bool:
    """True where discriminators keep defectors out: q > c / b (Nowak and Sigmund 1998)."""
    return seen > Fraction(cost, benefit)


def payoffs_of_one_defector(seen: Fraction) -> tuple[Fraction, Fraction]:
    """Mean pay-off a round of a discriminator and of one known defector among them, in tenths.

    Everybody is once donor and once recipient; discriminators are all in good standing.
    """
    return Fraction(BENEFIT - COST), Fraction(BENEFIT) * (1 - seen)
