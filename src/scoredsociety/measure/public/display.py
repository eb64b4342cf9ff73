"""Conduct or its display? (Q4; S1-29, S2-45) And how much of a life is seen? (Q13; S3-22..30)

Beside each other, never as one number: harm done less and points-seeking done more, in two
paired runs; and the share of acts that leave a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Estimate, same_length
from scoredsociety.measure.statistics.intervals import wilson


@dataclass(frozen=True, slots=True)
class ConductAndDisplay:
    """Changes for each 100 person-months: acts that harm others, acts that only earn points."""

    harmful: float
    rewarded: float
    unscored_good: float  # good acts that earn nothing: crowded out where negative


def conduct_and_display(
    acts_with: npt.ArrayLike,
    acts_without: npt.ArrayLike,
    kind: npt.NDArray[np.str_],
    person_months: int,
) -> ConductAndDisplay:
    """Acts with the scheme less acts without it, by kind.

    Kinds are ``harmful``, ``rewarded`` and ``unscored_good``; other kinds are left out.
    """
    one, two = np.asarray(acts_with, np.float64), np.asarray(acts_without, np.float64)
    same_length(acts_with=one, acts_without=two, kind=kind)
    if person_months <= 0:
        raise ValueError("person-months must be positive")
    change = 100 * (one - two) / person_months
    return ConductAndDisplay(
        *(float(change[kind == k].sum()) for k in ("harmful", "rewarded", "unscored_good"))
    )


def gain_without_conduct(score_change: npt.ArrayLike, conduct_change: npt.ArrayLike) -> float:
    """Of persons whose score rose, the share whose harmful acts did not fall; nan if none rose."""
    score, conduct = np.asarray(score_change), np.asarray(conduct_change)
    same_length(score_change=score, conduct_change=conduct)
    rose = score > 0
    return float((conduct[rose] >= 0).mean()) if bool(rose.any()) else nan


def seen_share(records: npt.ArrayLike, acts: npt.ArrayLike) -> tuple[Estimate, ...]:
    """Share of acts that left a true record, for each context (or source, or group)."""
    seen, done = np.asarray(records, np.int64), np.asarray(acts, np.int64)
    same_length(records=seen, acts=done)
    return tuple(wilson(int(r), int(a)) for r, a in zip(seen, done, strict=True))
