"""Proportionality: does the severity of the consequence follow the gravity of the act? (O-L1)

Severity and gravity are the declared scales 0 to 9 of scheme and conduct. Kendall's tau-b says
how far graver acts bring heavier consequences; "small act, long harm" lists the pairs that run
the other way. Arbitrariness (Q9; S3-19) is the part of the variance of sanctions that gravity
does not explain, 1 - eta squared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from scoredsociety.measure.measure import Floats, same_length
from scoredsociety.measure.statistics.rank_correlation import kendall, spearman


@dataclass(frozen=True, slots=True)
class Sanction:
    """What one rule brought: gravity of the act, severity of the heaviest consequence, term."""

    rule: str
    gravity: int  # 0 to 9
    severity: int  # 0 to 9
    months: float  # mean months under it, a person
    persons: int = 1

    @property
    def harm(self) -> float:
        """Severity times months: the scale on which harms are ordered here (assumed)."""
        return self.severity * self.months


@dataclass(frozen=True, slots=True)
class SmallActLongHarm:
    """A sanction with the number of clearly graver acts that are treated more lightly."""

    sanction: Sanction
    graver_treated_lighter: int
    example: str  # the gravest of them


def severity_follows_gravity(sanctions: Sequence[Sanction]) -> tuple[float, float]:
    """(Kendall tau-b, Spearman rho) of gravity and harm over rules; 1 is full proportion."""
    gravity = np.array([s.gravity for s in sanctions], dtype=np.int64)
    harm = np.array([s.harm for s in sanctions], dtype=np.float64)
    return kendall(gravity, harm), spearman(gravity, harm)


def small_act_long_harm(
    sanctions: Sequence[Sanction], margin: int = 3
) -> tuple[SmallActLongHarm, ...]:
    """Sanctions harsher than those of acts at least ``margin`` graver, most such acts first."""
    found = []
    for sanction in sanctions:
        lighter = [
            other
            for other in sanctions
            if other.gravity >= sanction.gravity + margin and other.harm < sanction.harm
        ]
        if lighter:
            gravest = min(lighter, key=lambda s: (-s.gravity, s.harm, s.rule))
            found.append(SmallActLongHarm(sanction, len(lighter), gravest.rule))
    return tuple(
        sorted(found, key=lambda f: (-f.graver_treated_lighter, -f.sanction.harm, f.sanction.rule))
    )


def arbitrariness(sanction: npt.ArrayLike, gravity: npt.NDArray[np.generic]) -> float:
    """1 - eta squared: share of the variance of sanctions within acts of equal gravity, 0 to 1.

    nan where no sanction differs from another.
    """
    value = np.asarray(sanction, dtype=np.float64)
    same_length(sanction=value, gravity=gravity)
    if len(value) == 0:
        return nan
    whole = float(((value - value.mean()) ** 2).sum())
    if whole == 0:
        return nan
    _, code = np.unique(gravity, return_inverse=True)
    mean = np.bincount(code, value) / np.bincount(code)
    return float(((value - mean[code]) ** 2).sum()) / whole


def context_matrix(
    evidence: npt.ArrayLike, harm: npt.ArrayLike, person_months: npt.ArrayLike, contexts: int
) -> Floats:
    """Person-months (contexts, contexts): where the evidence arose, down, and the harm landed."""
    rows, columns = np.asarray(evidence, dtype=np.int64), np.asarray(harm, dtype=np.int64)
    weight = np.asarray(person_months, dtype=np.float64)
    same_length(evidence=rows, harm=columns, person_months=weight)
    table = np.zeros((contexts, contexts), dtype=np.float64)
    np.add.at(table, (rows, columns), weight)
    return table


def unrelated_share(matrix: npt.ArrayLike, related: npt.ArrayLike | None = None) -> float:
    """Share of person-months of harm in a context unrelated to the evidence's (O-L1, limb i).

    ``related`` (contexts, contexts) declares which contexts belong together; by default only
    a context and itself. What is related is a human judgement; this only counts.
    """
    table = np.asarray(matrix, dtype=np.float64)
    near = np.eye(len(table), dtype=np.bool_) if related is None else np.asarray(related, bool)
    if near.shape != table.shape:
        raise ValueError("the declaration of related contexts must match the matrix")
    total = float(table.sum())
    return float(table[~near].sum()) / total if total > 0 else nan
