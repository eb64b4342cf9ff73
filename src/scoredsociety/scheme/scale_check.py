"""What is wrong in a scale, its grades, its weights or an example."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from scoredsociety.document.shape import Finding, Path
from scoredsociety.scheme.case import Example
from scoredsociety.scheme.model import Scheme
from scoredsociety.scheme.vocabulary import among, known_trait, on_scale, trait_range
from scoredsociety.society.tables import TRAIT_HIGHEST


def scale_findings(scheme: Scheme) -> Iterator[Finding]:
    score = scheme.score
    if score.kind == "weighted" and (score.low is None or score.high is None):
        yield ("score",), "a weighted score needs low and high", None
    if score.low is not None and score.high is not None and score.low >= score.high:
        yield ("score", "high"), f"high {score.high} must lie above low {score.low}", None
        return
    yield from on_scale(scheme, ("score", "start"), score.start if score.kind != "none" else None)
    if score.round_to is not None and score.round_to <= 0:
        yield ("score", "round_to"), "rounding is to more than 0", None
    starts: dict[Decimal | None, str] = {}
    for place, band in enumerate(scheme.grade):
        if band.from_ in starts:
            said = "no from" if band.from_ is None else f"from = {band.from_}"
            message = f"{said}, as the grade {starts[band.from_]}"
            yield ("grade", place, "from"), message, "only the lowest grade has no from"
        starts[band.from_] = band.id
        yield from on_scale(scheme, ("grade", place, "from"), band.from_)
    if scheme.grade and None not in starts:
        yield ("grade",), "no grade is without from", "the lowest grade starts at the scale's end"
    if scheme.scheme.subject is not None:
        yield from trait_range(("scheme", "subject"), scheme.scheme.subject)
    if scheme.scheme.participation == "opt_in" and scheme.scheme.opt_in_share is None:
        message = "opt_in needs the share of those eligible who are in"
        yield ("scheme", "opt_in_share"), message, None
    for grade in scheme.dynamics.memory.grade:
        path = ("dynamics", "memory", "grade", grade)
        yield from among(path, grade, [band.id for band in scheme.grade], "grade")


def weight_findings(scheme: Scheme) -> Iterator[Finding]:
    categories = {category.id for category in scheme.category}
    if scheme.score.kind != "weighted":
        for table in ("category", "component"):
            if getattr(scheme, table):
                yield (table,), 'categories and components belong to kind = "weighted"', None
        return
    total = sum((category.weight for category in scheme.category), Decimal(0))
    if total != 1:
        yield ("category",), f"the weights of the categories sum to {total}, not 1", None
    for category in scheme.category:
        shares = [c.share for c in scheme.component if c.category == category.id]
        if sum(shares, Decimal(0)) != 1:
            message = f"the shares of the components of {category.id} sum to {sum(shares)}, not 1"
            yield ("component",), message, None
    for place, part in enumerate(scheme.component):
        path: Path = ("component", place)
        yield from among((*path, "category"), part.category, categories, "category")
        yield from known_trait((*path, "trait"), part.trait)
        if part.kind == "attribute" and (part.trait is None or part.table is None):
            yield path, "an attribute needs trait and table", None
        for row, step in enumerate(part.table or []):
            if step.value is None:
                yield (*path, "table", row), "a step of a component has a value from 0 to 1", None
        if part.kind in ("constant", "records") and part.value is None:
            yield (*path, "value"), f"{part.kind} needs a value from 0 to 1", None
        if part.missing is not None:
            yield from known_trait((*path, "missing", "unless"), part.missing.unless)
            if part.missing.value is None:
                yield (*path, "missing", "value"), "missing needs a value from 0 to 1", None


def example_findings(
    scheme: Scheme, example: Example, path: Path, grades: list[str], rules: list[str]
) -> Iterator[Finding]:
    if sum(record.count for record in example.records) > 20:
        yield (*path, "records"), "an example has at most 20 records", None
    yield from among((*path, "expect", "grade"), example.expect.grade, grades, "grade")
    if not example.expect.model_fields_set:
        yield (*path, "expect"), "nothing is expected", None
    for name, value in example.attributes.items():
        yield from known_trait((*path, "attributes", name), name)
        if value > TRAIT_HIGHEST.get(name, 255):
            message = f"{name} runs from 0 to {TRAIT_HIGHEST[name]}"
            yield (*path, "attributes", name), message, None
    for place, name in enumerate(example.rules):
        yield from among((*path, "rules", place), name, rules, "rule")
