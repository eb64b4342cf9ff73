"""Silence: what falls silent, per 100 who wished to speak (Q3; S1-28, S2-37, S3-75, V18).

Two runs with the same people and the same luck: who wished to speak, who spoke without the
scheme and who with it. Spill-over is silence about acts that were never scored; preference
falsification (Kuran 1995) is the gap between private and expressed opinion. Deterred harm
stands beside silence, never in one ratio with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Bools, Estimate, Floats, bools, same_length
from scoredsociety.measure.statistics.intervals import paired_shares


def chilling(
    wished: npt.ArrayLike, spoke_without: npt.ArrayLike, spoke_with: npt.ArrayLike
) -> Estimate:
    """Fallen silent per 1 who wished: share who spoke without the scheme less share with it.

    Who wished is decided without the scheme; who did not wish is left out on both sides.
    """
    wish = bools(wished, "wished")
    without, with_it = bools(spoke_without, "spoke_without"), bools(spoke_with, "spoke_with")
    same_length(wished=wish, spoke_without=without, spoke_with=with_it)
    silenced = int((wish & without & ~with_it).sum())
    moved_to_speak = int((wish & ~without & with_it).sum())
    return paired_shares(silenced, moved_to_speak, int(wish.sum()))


@dataclass(frozen=True, slots=True)
class Spillover:
    """Silence about what the scheme scores and about what it never scored."""

    scored: Estimate
    unscored: Estimate

    @property
    def ratio(self) -> float:
        """Unscored over scored silence; nan where nothing scored fell silent."""
        return self.unscored.value / self.scored.value if self.scored.value > 0 else nan


def spillover(
    scored: npt.ArrayLike,
    wished: npt.ArrayLike,
    spoke_without: npt.ArrayLike,
    spoke_with: npt.ArrayLike,
) -> Spillover:
    """Chilling of (person, act) pairs whose act the scheme scores, and of all others."""
    target: Bools = bools(scored, "scored")
    wish = bools(wished, "wished")
    return Spillover(
        chilling(wish & target, spoke_without, spoke_with),
        chilling(wish & ~target, spoke_without, spoke_with),
    )


def falsification(private: npt.ArrayLike, expressed: npt.ArrayLike) -> float:
    """Mean expressed less mean private opinion, in steps of the scale, of those who spoke."""
    inside: Floats = np.asarray(private, dtype=np.float64)
    outside: Floats = np.asarray(expressed, dtype=np.float64)
    return float((outside - inside).mean()) if same_length(a=inside, b=outside) else nan
