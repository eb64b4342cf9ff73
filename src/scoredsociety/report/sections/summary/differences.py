"""Which groups differ most: one declared rule over all that the tables count at the end.

Outcomes are being under any restriction, each restriction, each reward, each list and each grade.
Of each, any two groups of one dimension are a pair, of at least 30 people each; a pair counts where
Newcombe's interval, at 95 of 100 over all pairs that are looked at (Bonferroni), excludes no
difference. The largest is the one with the largest Cohen's h,
``2 asin(sqrt(p)) - 2 asin(sqrt(q))`` (Cohen 1988), so that rare and common outcomes compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from math import asin, sqrt
from typing import NamedTuple

from scoredsociety.measure.statistics.intervals import newcombe
from scoredsociety.report import phrasing
from scoredsociety.report.evidence import Document, Evidence, tables_under
from scoredsociety.report.sections.outcomes.exclusion import kind_of
from scoredsociety.report.tally_queries import Count, dimensions, last_month, tally_counts

IN_DOUBT = 0.05
# traits that a consequence may ask for, by the dimension in which groups of them are counted
ASKED = {"urban": "place", "sex": "sex", "income_fifth": "income", "account": "account",
         "internet": "internet"}  # fmt: skip


class Outcome(NamedTuple):
    """Something that people may have at the end: ``did`` in a sentence, ``title`` over a chart."""

    did: str
    title: str
    rows: tuple[Count, ...]  # by group
    kind: str = ""  # the measure
    asks: str = ""  # the dimension that the rule text itself asks for


class Difference(NamedTuple):
    """Two groups of one dimension, the ``more`` and the ``less``, and how far they lie apart."""

    outcome: Outcome
    more: Count
    less: Count
    effect: float  # Cohen's h

    @property
    def groups(self) -> list[Count]:
        """All groups of the dimension that are large enough."""
        return [row for row in self.outcome.rows
                if row.dimension == self.more.dimension and row.of >= phrasing.FEW]  # fmt: skip


def largest(looked_at: list[Outcome], *, asked: bool = True) -> Difference | None:
    """The pair of groups that differs most; None where none stands out from the luck of a draw.

    ``asked=False`` passes over what a rule text itself gives or takes by that dimension.
    """
    tried = sum(1 for one in looked_at for _ in pairs(one.rows))
    sure = 1 - IN_DOUBT / max(1, tried)
    best: Difference | None = None
    for one in looked_at:
        for more, less in pairs(one.rows):
            if not asked and one.asks == more.dimension:
                continue
            found = Difference(one, more, less, cohens_h(more, less))
            if best is not None and found.effect <= best.effect:
                continue  # of equals the first is named
            if newcombe(more.people, more.of, less.people, less.of, sure).low > 0:
                best = found
    return best


def pairs(rows: Iterable[Count]) -> Iterator[tuple[Count, Count]]:
    """Any two groups of one dimension, the one with the larger share first."""
    large = [row for row in rows if row.of >= phrasing.FEW]
    for dimension in dimensions(large):
        groups = [row for row in large if row.dimension == dimension]
        for one, other in combinations(groups, 2):
            yield (one, other) if _share(one) >= _share(other) else (other, one)


def _share(row: Count) -> float:
    return row.people / row.of


def cohens_h(more: Count, less: Count) -> float:
    """The difference of two shares on a scale where rare and common ones compare."""
    return 2 * asin(sqrt(_share(more))) - 2 * asin(sqrt(_share(less)))


def outcomes(evidence: Evidence, scheme: str) -> list[Outcome]:
    """Everything that people may have at the end, in the order in which equals are named."""
    document = evidence.scheme(scheme)
    found = [Outcome("stood under at least one restriction", "Under at least one restriction",
                     tuple(_at_the_end(evidence, scheme, "restricted")))]  # fmt: skip
    known = {str(row.get("id")): row for row in tables_under(document, "consequence")}
    for item, rows in _by_item(_at_the_end(evidence, scheme, "consequence")):
        row = known.get(item, {})
        title, reward = title_or_id(row, item), kind_of(row) == "reward"
        did = f"held the reward “{title}”" if reward else f"stood under “{title}”"
        asked = str((row.get("if") or row.get("if_") or {}).get("trait", ""))
        found.append(Outcome(did, title, rows, "consequence", ASKED.get(asked, "")))
    lists = {str(row.get("id")): row for row in tables_under(document, "list")}
    for item, rows in _by_item(_at_the_end(evidence, scheme, "listed")):
        title = title_or_id(lists.get(item, {}), item)
        found.append(Outcome(f"stood on the list “{title}”", f"On the list “{title}”", rows))
    named = {str(row.get("id")): row for row in tables_under(document, "grade")}
    grades = _by_item(_at_the_end(evidence, scheme, "grade"))
    for item, rows in grades if len(grades) > 1 else ():
        title = title_or_id(named.get(item, {}), item)
        found.append(Outcome(f"held the grade “{title}”", f"Grade “{title}”", rows))
    return [one for one in found if any(row.people for row in one.rows)]


def title_or_id(row: Document, item: str) -> str:
    """The title of a consequence or a list, or its id in words."""
    return str(row.get("title") or phrasing.plain(item))


def _at_the_end(evidence: Evidence, scheme: str, measure: str) -> list[Count]:
    month = last_month(evidence, scheme, measure)
    item = "any" if measure == "restricted" else None
    return tally_counts(evidence, scheme, measure, item=item, month=month, dimension=None)


def _by_item(rows: Iterable[Count]) -> list[tuple[str, tuple[Count, ...]]]:
    found: dict[str, list[Count]] = {}
    for row in rows:
        found.setdefault(row.item, []).append(row)
    return [(item, tuple(group)) for item, group in found.items()]
