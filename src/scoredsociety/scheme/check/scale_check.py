"""What is wrong in a scale, its grades, its weights or an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from scoredsociety.document.shape import Finding, Path
from scoredsociety.scheme.check.vocabulary import among, known_trait, on_scale, trait_range
from scoredsociety.scheme.model.example import Example
from scoredsociety.scheme.model.scheme import Scheme
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
    yield from grade_findings(scheme)
    if scheme.scheme.subject is not None:
        yield from trait_range(("scheme", "subject"), scheme.scheme.subject)
    if scheme.scheme.participation == "opt_in" and scheme.scheme.opt_in_share is None:
        message = "opt_in needs the share of those eligible who are in"
        yield ("scheme", "opt_in_share"), message, None
    for grade in scheme.dynamics.memory.grade:
        path = ("dynamics", "memory", "grade", grade)
        yield from among(path, grade, [band.id for band in scheme.grade], "grade")


_BY = ("from", "top_share", "quota")


def grade_findings(scheme: Scheme) -> Iterator[Finding]:
    """Grades begin at points, or take shares, or quotas; only the lowest has none of these."""
    taken: dict[tuple[str, Decimal | int] | None, str] = {}
    kinds: dict[str, str] = {}
    for place, band in enumerate(scheme.grade):
        values = (band.from_, band.top_share, band.quota)
        given = [(key, value) for key, value in zip(_BY, values, strict=True) if value is not None]
        if len(given) > 1:
            message = f"a grade has one of {', '.join(_BY)}; here {' and '.join(dict(given))}"
            yield ("grade", place), message, None
            continue
        start = given[0] if given else None
        if start in taken:
            said = "no from" if start is None else f"{start[0]} = {start[1]}"
            key = "from" if start is None else start[0]
            message = f"{said}, as the grade {taken[start]}"
            yield ("grade", place, key), message, "only the lowest grade has no from"
        taken[start] = band.id
        if start is not None:
            kinds.setdefault(start[0], band.id)
        if band.edge is not None and (start is None or start[0] == "from"):
            message = "edge says who is in at the edge of a top_share or quota"
            yield ("grade", place, "edge"), message, None
        if band.within is not None and (start is None or start[0] == "from"):
            message = "within says among whom a top_share or quota is"
            yield ("grade", place, "within"), message, None
        yield from on_scale(scheme, ("grade", place, "from"), band.from_)
    yield from falling(scheme)
    if len(kinds) > 1:
        said = " and ".join(f"{key} ({name})" for key, name in kinds.items())
        yield ("grade",), f"the grades of a scheme go by one of {', '.join(_BY)}; here {said}", None
    if scheme.score.kind == "none" and {"top_share", "quota"} & set(kinds):
        yield ("grade",), "a scheme without a score has no ranks", None
    if scheme.grade and None not in taken:
        yield ("grade",), "no grade is without from", "the lowest grade starts at the scale's end"


def falling(scheme: Scheme) -> Iterator[Finding]:
    """Grades stand from the best to the lowest, or all from the lowest up: each in its place.

    A file whose first grade has no start begins with the lowest.
    """
    rows = list(enumerate(scheme.grade))
    if rows and all(getattr(rows[0][1], key) is None for key in ("from_", "top_share", "quota")):
        rows.reverse()
    last: dict[str, tuple[str, Decimal | int]] = {}
    for rank, (place, band) in enumerate(rows):
        values = (band.from_, band.top_share, band.quota)
        for key, value in zip(_BY, values, strict=True):
            if value is None:
                continue
            name, before = last.get(key, (band.id, value))
            if value > before if key == "from" else value < before:
                message = (f"grades fall from the best to the lowest: {band.id} ({value}) stands "
                           f"below {name} ({before}) and begins before it")  # fmt: skip
                yield ("grade", place, key), message, f"put {band.id} and {name} in order"
            last[key] = band.id, value
        if all(value is None for value in values) and rank < len(rows) - 1:
            after = rows[rank + 1][1].id
            message = f"{band.id} has no from, so it is the lowest, and {after} stands below it"
            yield ("grade", place), message, "grades stand from the best to the lowest"


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
    scheme: Scheme, example: Example, path: Path, grades: list[str],
    ids: Mapping[str, list[str]],
) -> Iterator[Finding]:
    given = sum(one.count for one in example.records) + sum(one.count for one in example.ratings)
    if given > 20:
        yield (*path, "records"), "an example has at most 20 records", None
    yield from among((*path, "expect", "grade"), example.expect.grade, grades, "grade")
    by_rank = any(band.top_share or band.quota for band in scheme.grade)
    if by_rank and example.expect.grade is not None:
        message = "a grade by rank depends on everybody else; an example can expect a score"
        yield (*path, "expect", "grade"), message, None
    if not example.expect.model_fields_set:
        yield (*path, "expect"), "nothing is expected", None
    for name, value in example.attributes.items():
        yield from known_trait((*path, "attributes", name), name)
        if value > TRAIT_HIGHEST.get(name, 255):
            message = f"{name} runs from 0 to {TRAIT_HIGHEST[name]}"
            yield (*path, "attributes", name), message, None
    for place, name in enumerate(example.rules):
        yield from among((*path, "rules", place), name, ids["rule"], "rule")
    for place, one in enumerate(example.ratings):
        yield from among((*path, "ratings", place, "rating"), one.rating, ids["rating"], "rating")
