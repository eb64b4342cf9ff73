"""What every index of compiled schemes means, in the words of the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoredsociety.scheme.compile.amounts import grade_ids
from scoredsociety.scheme.compile.components import categories_of, components_of
from scoredsociety.scheme.compile.name_lookup import Known
from scoredsociety.scheme.compile.rule_lines import RuleRow
from scoredsociety.scheme.model.scheme import Scheme


@dataclass(frozen=True)
class RuleName:
    """One row of the rule table."""

    key: str  # unique within its scheme and window: id, id@month, id.residue, id.spill
    id: str  # the rule of the document
    scheme: int
    title: str
    context: str
    sources: tuple[str, ...]
    status: str
    assumed: tuple[str, ...]
    acts: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A grade, list, consequence, category or component."""

    id: str
    scheme: int  # -1: a list that no scheme of the run keeps
    title: str
    sources: tuple[str, ...] = ()
    status: str = "assumed"
    context: str | None = None
    denies: str | None = None
    grants: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class SchemeNames:
    """Names by index; ``changes`` are the months at which tables must be compiled again."""

    schemes: tuple[Named, ...]
    rules: tuple[RuleName, ...]
    grades: tuple[tuple[Named, ...], ...]  # of each scheme, lowest first
    lists: tuple[Named, ...]  # by list bit
    consequences: tuple[Named, ...]
    components: tuple[Named, ...]
    categories: tuple[Named, ...]
    changes: tuple[int, ...]
    ratings: tuple[str, ...] = ()  # ids by row of the ratings


def names_of(
    versions: Sequence[Sequence[tuple[int, Scheme]]],
    now: list[Scheme], lines: list[list[RuleRow]], known: Known,
    consequences: list[Named], changes: tuple[int, ...], *, shared: bool = True,
) -> SchemeNames:  # fmt: skip
    """Names of everything that has an index in the tables.

    ``shared``: a list of one name is one list, whichever schemes keep it. Where schemes are divided
    by region, it is one of each that keeps it.
    """
    rules, grades, components, categories = [], [], [], []
    lists = {(-1, name): Named(name, -1, name.replace("_", " ")) for name in known.lists}
    for place, history in enumerate(versions):
        documents = {rule.id: rule for _, scheme in history for rule in scheme.rule}
        for line in lines[place]:
            rule = documents[line.rule]
            rules.append(RuleName(
                line.key, rule.id, place, rule.title or rule.id.replace("_", " "),
                rule.context or known.contexts.get((rule.on or [""])[0], "government"),
                tuple(rule.source), rule.status, tuple(rule.assumed), tuple(rule.on or []),
            ))  # fmt: skip
        titles = {band.id: band for band in now[place].grade}
        grades.append(tuple(
            Named(name, place, (titles[name].title if name in titles else None) or name)
            for name in grade_ids(now[place])
        ))  # fmt: skip
        for _, scheme in history:
            for kept in scheme.list_:
                owner = -1 if shared else place
                lists[owner, kept.id] = Named(
                    kept.id, place, kept.title, tuple(kept.source), kept.status
                )
        parts = {c.id: c for _, scheme in history for c in scheme.component}
        for name in components_of(history):
            part = parts[name]
            components.append(Named(
                name, place, part.title or name.replace("_", " "), tuple(part.source),
                part.status, category=part.category,
            ))  # fmt: skip
        categories += [
            Named(c.id, place, c.title, tuple(c.source), c.status) for c in categories_of(history)
        ]
    heads = tuple(
        Named(s.id, k, s.title, tuple(s.scheme.source), s.scheme.status) for k, s in enumerate(now)
    )
    return SchemeNames(
        heads, tuple(rules), tuple(grades), tuple(lists.values()), tuple(consequences),
        tuple(components), tuple(categories), changes,
        tuple(name for _, name in known.ratings),
    )  # fmt: skip
