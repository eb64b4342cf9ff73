"""Names and numbers that a document may use: traits, contexts, thresholds on its own scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from scoredsociety.conduct.tables import CONTEXTS
from scoredsociety.document.likely import hint_of
from scoredsociety.document.shape import Finding, Path
from scoredsociety.scheme.model.rule import TraitRange
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.society.tables import TRAIT, TRAIT_HIGHEST


def among(
    path: Path, name: str | None, known: Iterable[str], what: str,
    told: Mapping[str, str] | None = None, search: str | None = None,
) -> Iterator[Finding]:  # fmt: skip
    """A name that does not exist, with the likeliest that do and how to search the others."""
    known = list(known)
    if name is not None and name not in known:
        yield path, f"no {what} {name[:64]!r}", hint_of(name, known, told, search)


def known_trait(path: Path, name: str | None) -> Iterator[Finding]:
    yield from among(path, name, TRAIT, "trait")


def known_context(path: Path, name: str | None) -> Iterator[Finding]:
    yield from among(path, name, CONTEXTS, "context")


def on_scale(scheme: Scheme, path: Path, points: Decimal | None) -> Iterator[Finding]:
    score = scheme.score
    if points is None:
        return
    if score.kind == "none":
        yield path, "a scheme without a score has no thresholds", None
    elif (score.low is not None and points < score.low) or (
        score.high is not None and points > score.high
    ):
        yield path, f"{points} is outside the scale {score.low} to {score.high}", None


def trait_range(path: Path, holds: TraitRange) -> Iterator[Finding]:
    yield from known_trait((*path, "trait"), holds.trait)
    highest = TRAIT_HIGHEST.get(holds.trait, 255)
    low = holds.from_ or 0
    high = highest if holds.to is None else holds.to
    if low > high or low > highest:
        yield path, f"{holds.trait} runs from 0 to {highest}: from..to is empty", None
