"""Trust in sources: what a less trusted one files counts for less (S3-33).

Whether data is weighted by its own trustworthiness the article asks and does not answer, so no
scheme does so unless its [trust] says. A rule that such sources feed stands in the rule table once
more for each weight, with its points times the weight (towards zero, in whole centipoints), and a
record of the source is booked under that row: so a record knows how far its source was trusted.
It is the same rule all the same: repeats, yearly amounts and only-the-heaviest hold across the
weights. What a source of less weight than ``grades_from`` files leads to no grade and no list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from scoredsociety.document.shape import Finding
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.check.vocabulary import among
from scoredsociety.scheme.compile.name_lookup import Known, mask
from scoredsociety.scheme.compile.rule_lines import RuleRow
from scoredsociety.scheme.describe.rule_phrases import plain_number
from scoredsociety.scheme.model.rule import Rule
from scoredsociety.scheme.model.scheme import Scheme, Trust

ONE = Decimal(1)


def weights_of(trust: Trust | None, known: Known) -> tuple[Decimal, ...]:
    """Weight of each source, in the order of the conduct document."""
    if trust is None:
        return (ONE,) * len(known.trust)
    found = list(known.trust if trust.declared else (ONE,) * len(known.trust))
    for name, weight in sorted(trust.weights.items(), key=lambda one: one[0] in known.sources):
        for place in range(len(found)):  # a kind first, then what is said of a source by itself
            if known.kinds.get(name, 0) >> place & 1:
                found[place] = weight
    return tuple(found)


def with_weights(scheme: Scheme, rule: Rule, lines: list[RuleRow], known: Known) -> list[RuleRow]:
    """The lines of a rule, each with the rows that stand for it behind it."""
    found: list[RuleRow] = []
    for line in lines:
        if not line.part:
            parts = (*line.parts, *weighed(scheme, rule, line, known))
            found += [replace(line, parts=parts), *parts]
    return found


def weighed(scheme: Scheme, rule: Rule, line: RuleRow, known: Known) -> list[RuleRow]:
    """Rows that stand for a rule (and its parts) where a source has less weight."""
    if scheme.trust is None or not line.acts:
        return []
    weights = weights_of(scheme.trust, known)
    read = mask(rule.reads, known.kinds) & mask(scheme.scheme.reads, known.kinds)
    files = {place for act in line.acts for place in known.filed_by[act] if read >> place & 1}
    found = []
    for weight in sorted({weights[place] for place in files} - {ONE}, reverse=True):
        sources = tuple(sorted(place for place in files if weights[place] == weight))
        plain = weight >= scheme.trust.grades_from
        first = _less(line, f"{line.key}.at_{weight}", 0, weight, plain)
        spill = line.spill and f"{first.key}.spill"
        residue = line.residue and f"{first.key}.residue"
        found.append(replace(first, files=sources, spill=spill, residue=residue))
        for place, part in enumerate(line.parts):
            key = f"{first.key}{part.key.removeprefix(line.key)}"
            found.append(_less(part, key, 1 + place, weight, plain))
    return found


def _less(line: RuleRow, key: str, offset: int, weight: Decimal, plain: bool) -> RuleRow:
    fields = dict(line.fields)
    fields["points"] = int(fields["points"] * weight)
    if fields["kind"] == t.ON_ACT:
        fields["kind"], fields["on"] = t.WEIGHED, -1
    if not plain:
        fields["grade"] = fields["list_bit"] = -1
    brackets = tuple((start, int(points * weight)) for start, points in line.brackets)
    return replace(
        line, key=key, fields=tuple(sorted(fields.items())), brackets=brackets, acts=(), parts=(),
        heaviest=None, same=offset, part=True,
    )  # fmt: skip


def trust_findings(scheme: Scheme, sources: list[str]) -> Iterator[Finding]:
    """Weights of sources that the conduct document does not have."""
    for name in scheme.trust.weights if scheme.trust else ():
        yield from among(("trust", "weights", name), name, sources, "source")


def trust_words(trust: Trust) -> str:
    """What counts for less, in a sentence."""
    parts = [
        f"{name.replace('_', ' ')} {plain_number(weight)}"
        for name, weight in trust.weights.items()
    ]
    if trust.declared:
        parts.insert(0, "each source by its own weight")
    said = "; ".join(parts) or "all sources alike"
    below = f"below {plain_number(trust.grades_from)} it leads to no grade and no list"
    return f"What a source files counts by how far it is trusted: {said}; {below}."
