"""The figures of a necessity table: the law alone beside the law with the scheme on top.

Each figure is one sum over the tallies of a run, and carries the filter that finds its rows, in
SQL: ``tallies.filter(pl.sql_expr(where))["count"].sum()`` gives the figure again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from scoredsociety.report.evidence import (
    ComparisonEvidence,
    Document,
    heading_of,
    is_baseline_document,
    scheme_id,
    tables_under,
)
from scoredsociety.report.rights import bears_on, in_order, right_name
from scoredsociety.report.sections.outcomes.causes import CAUSES

ALL, LAST = "all", "last"  # months that are summed
LIVES = {
    "out_of_work": "out of work through a restriction: person-months",
    "flight_refused": "flights refused",
    "train_refused": "journeys by fast train refused",
    "child_kept_out": "children out of a school that would have been paid for: child-months",
    "tie_cut": "ties dropped (counted at both ends)",
}
FIGURES: dict[str, type[pl.DataType]] = {
    "part": pl.String, "what": pl.String, "scheme": pl.String, "without": pl.Int64,
    "with": pl.Int64, "difference": pl.Int64, "least": pl.Int64, "most": pl.Int64,
    "pairs": pl.Int64, "frame": pl.String, "where": pl.String,
}  # fmt: skip


class Tallied(NamedTuple):
    """One line: what is counted, and which rows of the tallies count it."""

    part: str  # aim, cost, life, error, reward, restriction
    what: str
    measure: str
    items: tuple[tuple[str, tuple[str, ...]], ...]  # of each scheme (or of none); none: all
    months: str = ALL
    scheme: str = ""  # title of whose rules; empty: of the whole lane
    always: bool = False  # shown where both lanes have 0, too

    def where(self, last: str) -> str:
        """The filter of its rows, in SQL; ``last`` is the last month of the run."""
        found = [f"measure = {quoted(self.measure)}", "dimension = 'all'"]
        each = " OR ".join(
            " AND ".join([
                *([f"scheme = {quoted(scheme)}"] if scheme else []),
                *([f"item IN ({', '.join(map(quoted, items))})"] if items else []),
            ])
            for scheme, items in self.items
        )  # fmt: skip
        found += [f"({each})"] if each else []
        found += [f"month = {quoted(last)}"] if self.months == LAST else []
        return " AND ".join(found)


class Sides(NamedTuple):
    """A comparison as the law (or nothing) without the scheme, and with it."""

    without: str
    with_: str
    on_top: bool  # False: with the scheme, what holds without it does not hold
    schemes: Sequence[Document]  # of both lanes, baselines last
    pairs: Sequence[tuple[pl.DataFrame, pl.DataFrame]]  # tallies without, with


def sides_of(comparison: ComparisonEvidence) -> Sides | None:
    """Which lane has the scheme on top; None where neither is the other's baseline."""
    if comparison.a_tallies is None or comparison.b_tallies is None:
        return None
    a, b = ({scheme_id(one): one for one in lane}
            for lane in (comparison.a_schemes, comparison.b_schemes))  # fmt: skip
    if not (a and b) or a.keys() == b.keys():
        return None
    low = [all(map(is_baseline_document, lane.values())) for lane in (a, b)]
    below = b.keys() < a.keys() or (low[1] and not a.keys() < b.keys())
    if not below and not (a.keys() < b.keys() or low[0]):
        return None
    pairs = [(comparison.a_tallies, comparison.b_tallies), *comparison.more_pairs]
    either = sorted((a | b).values(), key=is_baseline_document)
    if below:
        turned = [pair[::-1] for pair in pairs]
        return Sides(comparison.b, comparison.a, adds(b, a), either, turned)
    return Sides(comparison.a, comparison.b, adds(a, b), either, pairs)


def adds(without: Mapping[str, Document], under: Mapping[str, Document]) -> bool:
    """Does everything hold under the scheme that holds without it?"""
    return all(one in under or not tables_under(without[one], "rule") for one in without)


def necessity_of(comparison: ComparisonEvidence, conduct: Document) -> pl.DataFrame | None:
    """Every figure of the table with its rows (``FIGURES``); None where the question is another.

    ``without`` and ``with`` are of the first pair of runs, ``least`` and ``most`` the differences
    of all pairs.
    """
    sides = sides_of(comparison)
    if sides is None:
        return None
    last = str(sides.pairs[0][0].get_column("month").max())
    rows = []
    for one in figures(sides.schemes, conduct):
        where = one.where(last)
        counted = [tuple(count(frame, where) for frame in pair) for pair in sides.pairs]
        if not one.always and not any(any(pair) for pair in counted):
            continue
        moved = [after - before for before, after in counted]
        rows.append((one.part, one.what, one.scheme, *counted[0], moved[0], min(moved),
                     max(moved), len(moved), "tallies", where))  # fmt: skip
    return pl.DataFrame(rows, schema=FIGURES, orient="row")


def count(tallies: pl.DataFrame, where: str) -> int:
    """The sum of the counts that a filter finds."""
    return int(tallies.filter(pl.sql_expr(where)).get_column("count").sum())


def figures(schemes: Sequence[Document], conduct: Document) -> list[Tallied]:
    """What is counted: aim, what it costs by right and in lives, and by whose rules."""
    acts = tables_under(conduct, "act")
    nobody = ("", "")  # an empty list of items would mean all
    harmful, protected = (
        (("", tuple(str(act["id"]) for act in acts if kind(act)) or nobody),)
        for kind in (harms, protects)
    )
    found = [
        Tallied("aim", "harmful acts that no right protects", "acts", harmful, always=True),
        Tallied("cost", "acts that a right protects", "acts", protected, always=True),
        Tallied("cost", "acts of speech wished for and given up", "forgone", (("", ()),)),
    ]
    found += by_right(schemes)
    found += [Tallied("life", says, "response", (("", (item,)),)) for item, says in LIVES.items()]
    return [*found, *(one for scheme in schemes for one in by_scheme(scheme))]


def by_right(schemes: Sequence[Document]) -> list[Tallied]:
    """Person-months of restrictions of any scheme that bear on a right, and of those on none."""
    rights = in_order(right for one in schemes for row in denials(one) for right in bears_on(row))
    return [
        Tallied("cost", f"{right_name(right) if right else 'no right named'}: person-months of "
               "restriction", "consequence", items)
        for right in (*rights, "")
        if (items := bearing(schemes, right))
    ]  # fmt: skip


def bearing(schemes: Sequence[Document], right: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Restrictions of each scheme that bear on a right (an empty one: on none)."""
    found = (
        (scheme_id(one), tuple(str(row["id"]) for row in denials(one)
                               if (right in bears_on(row) if right else not bears_on(row))))
        for one in schemes
    )  # fmt: skip
    return tuple(each for each in found if each[1])


def by_scheme(scheme: Document) -> list[Tallied]:
    """Persons under a scheme's restrictions and why, and what it takes and gives."""
    own, title = scheme_id(scheme), str(heading_of(scheme, "scheme").get("title") or "")
    title = title or own.replace("_", " ")
    takes = tuple(str(row["id"]) for row in denials(scheme))
    gives = tuple(str(row["id"]) for row in tables_under(scheme, "consequence")
                  if row.get("grants"))  # fmt: skip
    found = []
    if takes:
        persons = Tallied("restriction", "persons under at least one restriction, last month",
                         "restricted", ((own, ("any",)),), LAST, title, True)  # fmt: skip
        found = [
            persons,
            *(Tallied("error" if item == "error" else "restriction",
                     f"of them {says}", "restricted_cause", ((own, (item,)),), LAST, title, True)
              for item, says in CAUSES.items()),
            Tallied("restriction", "restrictions in force, last month", "consequence",
                   ((own, takes),), LAST, title),
            Tallied("restriction", "person-months of restriction", "consequence",
                   ((own, takes),), ALL, title),
        ]  # fmt: skip
    if gives:
        found += [Tallied("reward", "person-months of reward", "consequence", ((own, gives),),
                         ALL, title)]  # fmt: skip
    return found


def denials(scheme: Document) -> list[Document]:
    """The restrictions of a scheme."""
    return [row for row in tables_under(scheme, "consequence") if row.get("denies")]


def harms(act: Document) -> bool:
    """Does the conduct document say that the act harms, and that no right protects it?"""
    return int(act.get("harm") or 0) > 0 and not protects(act)


def protects(act: Document) -> bool:
    """Does the conduct document say that a right protects the act?"""
    return str(act.get("protection") or "none") != "none"


def quoted(text: str) -> str:
    """A word as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def settled(values: Iterable[int]) -> bool:
    """Do all differences lie on one side of nothing?"""
    found = list(values)
    return all(one > 0 for one in found) or all(one < 0 for one in found)
