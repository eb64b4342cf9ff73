"""How people change: who knows, supports, is cut off, appeals (Q2, Q6, Q9).

The strength of every response is assumed.
"""

from __future__ import annotations

import polars as pl

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Note, Section, Table, Text
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.tally_queries import last_month, tally_counts
from scoredsociety.study.ensemble.fitted_figures import BESIDE as FITTED_BESIDE

BESIDE = (
    "How strongly people respond is assumed (see the list). Read this beside the same run "
    "without responses: the same command with --switch-off responses."
)
STATES = {
    "knows": "know of the scheme",
    "knows_score": "know their own score and the rules",
    "supports": "support it in private opinion",
    "says_support": "say that they support it",
    "objects_openly": "object openly",
    "shows_score": "show their score",
    "out_of_work": "are out of work through a consequence",
    "no_unrestricted_tie": "have no tie with an unrestricted person",
}
EVENTS = {
    "joined": "persons joined a scheme after its first month",
    "sought_points": "acts done for points",
    "tie_cut": "ties dropped (counted at both ends)",
    "flight_refused": "flights refused",
    "train_refused": "trains refused",
    "child_kept_out": "children kept out of a school, child-months",
    "objected": "appeals filed",
    "answered": "appeals answered",
    "upheld": "appeals upheld",
}


def responses_section(evidence: Evidence) -> Section | None:
    """Awareness, support, isolation, refusals and appeals."""
    month = last_month(evidence, "", "response")
    if month is None:
        return None
    last = {row.item: row for row in tally_counts(evidence, "", "response", month=month)}
    over = totals(evidence, "response")
    states = tuple(
        (text, phrasing.number(last[item].people),
         f"{phrasing.frequency(last[item].people, last[item].of)} "
         f"{phrasing.denominator(last[item].denominator)}")
        for item, text in STATES.items() if item in last and over.get(item)
    )  # fmt: skip
    events = tuple(
        (text, phrasing.number(over[item])) for item, text in EVENTS.items() if over.get(item)
    )
    blocks: list[Block] = []
    if states:
        blocks.append(Table(f"In {month}, persons who", ("who", "persons", "frequency"), states,
                            frozenset({1})))  # fmt: skip
    if events:
        blocks.append(Table("Over the whole run", ("what", "times"), events, frozenset({1})))
    if over.get("objected"):
        blocks.append(Text(
            f"Of {phrasing.number(over['objected'])} appeals filed, "
            f"{phrasing.frequency(over.get('answered', 0), over['objected'])} were answered within "
            f"the run and {phrasing.frequency(over.get('upheld', 0), over['objected'])} upheld."
        ))  # fmt: skip
    rows = objections(evidence)
    if rows:
        columns = ("scheme", "filed", "upheld", "rejected", "waiting at the end")
        blocks.append(Table("Objections, by scheme", columns, rows, frozenset({1, 2, 3, 4})))
    if not blocks:
        return None
    blocks.append(Note(BESIDE))
    if over.get("says_support"):
        blocks.append(Note(FITTED_BESIDE))
    return Section("responses", "Awareness, support, isolation and appeals", tuple(blocks))


def objections(evidence: Evidence) -> tuple[tuple[str, ...], ...]:
    """Filed, upheld and rejected over the run and waiting at its end, of each scheme."""
    chosen = evidence.of("objections").filter(pl.col("dimension") == "all")
    if chosen.is_empty():
        return ()
    last = chosen.filter(pl.col("month") == evidence.months[-1])
    rows = []
    for scheme in chosen["scheme"].unique(maintain_order=True):
        asked = (("filed", chosen), ("upheld", chosen), ("rejected", chosen), ("waiting", last))
        of = [
            int(frame.filter(scheme=scheme, item=item)["count"].sum()) for item, frame in asked
        ]
        rows.append((str(scheme), *map(phrasing.number, of)))
    return tuple(rows)


def totals(evidence: Evidence, measure: str) -> dict[str, int]:
    """Counts of everyone by item, summed over the months of the run."""
    chosen = evidence.of(measure).filter(pl.col("dimension") == "all")
    summed = chosen.group_by("item", maintain_order=True).agg(pl.col("count").sum())
    return {str(item): int(count) for item, count in summed.sort("item").rows()}
