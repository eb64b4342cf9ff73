"""Why people are restricted: as the rules intend, through an error, for protected conduct."""

from __future__ import annotations

from functools import partial

from scoredsociety.report import phrasing
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import Block, Figure, Note, Table, Text
from scoredsociety.report.evidence import Evidence
from scoredsociety.report.phrasing import short_dimension
from scoredsociety.report.tally_queries import last_month, tally_counts

CAUSES = {
    "error": "through an error in the records",
    "intended": "as the rules intend",
    "protected": "for protected conduct",
}


def causes(evidence: Evidence, scheme: str) -> list[Block]:
    """Restricted through an error, as the rules intend, for protected conduct: three bars."""
    month = last_month(evidence, scheme, "restricted_cause")
    if month is None:
        return []
    found = {row.item: row for row in tally_counts(evidence, scheme, "restricted_cause",
                                             month=month)}  # fmt: skip
    over = tally_counts(evidence, scheme, "restricted_cause")
    spans = {item: sum(row.people for row in over if row.item == item) for item in found}
    rows = [found[item] for item in CAUSES if item in found]
    if not any(spans.values()):
        return errors(evidence, scheme)  # nobody was restricted: no cause to tell
    who = phrasing.denominator(rows[0].denominator)
    base = phrasing.shared_base((row.people, row.of) for row in rows)
    title = f"Why people stood under a restriction, {month}"
    values = [
        {"name": CAUSES[row.item], "value": row.people,
         "label": f"{phrasing.number(row.people)} {'person' if row.people == 1 else 'people'}: "
                  f"{phrasing.frequency(row.people, row.of, base)}"}
        for row in rows
    ]  # fmt: skip
    sentence = (
        "Under a restriction "
        + phrasing.listed(
            [f"{CAUSES[row.item]}: {phrasing.share(row.people, row.of)}" for row in rows]
        )
        + f" {who}."
    )
    table = Table(
        title,
        ("cause", "people", "frequency", "percentage", "person-months so far"),
        tuple(
            (CAUSES[row.item], phrasing.number(row.people), phrasing.frequency(row.people, row.of),
             phrasing.percent(row.people, row.of), phrasing.number(spans[row.item]))
            for row in rows
        ),
        frozenset({1, 3, 4}),
    )  # fmt: skip
    chart = partial(vega_lite.bars, values, title=title, unit=f"{who}")
    blocks: list[Block] = [
        Figure(title, sentence, on_page(chart, name=f"causes-{scheme}", title=title,
                                        description=sentence), table),
        Note(
            "“As the rules intend” says what the rules do, not that it is right. “For protected "
            "conduct” means conduct that the conduct document marks as protected by a right."
        ),
    ]  # fmt: skip
    return blocks + _causes_by_group(evidence, scheme, month) + errors(evidence, scheme)


def _causes_by_group(evidence: Evidence, scheme: str, month: str) -> list[Block]:
    rows = tally_counts(evidence, scheme, "restricted_cause", month=month, dimension=None)
    groups = {(row.dimension, row.group): row.of for row in rows
              if row.dimension != "all" and row.of >= phrasing.FEW}  # fmt: skip
    if not groups or not any(row.people for row in rows):
        return []
    cell = {(row.dimension, row.group, row.item): row for row in rows}
    lines = []
    for (dimension, group), of in groups.items():
        said = [
            phrasing.share(cell[dimension, group, item].people, of)
            if (dimension, group, item) in cell else "not counted"
            for item in CAUSES
        ]  # fmt: skip
        label = f"{short_dimension(dimension)}: {phrasing.group(dimension, group)}"
        lines.append((label, phrasing.number(of), *said))
    return [
        Table(
            f"The three causes by group, {month} (groups of at least {phrasing.FEW})",
            ("group", "n", *CAUSES.values()),
            tuple(sorted(lines, key=lambda line: line[0].split(":")[0])),
            frozenset({1}), folded=True,
        )  # fmt: skip
    ]


ERRORS = {
    "false": "a record of something that did not happen",
    "misattributed": "a record booked to somebody else",
    "stale": "a record that was not put right when it should have been",
}


def errors(evidence: Evidence, scheme: str) -> list[Block]:
    """Wrong records among those that the scheme reads, of all that stand; none were counted: none.

    Acts that left no record, and records that no rule of the scheme reads, are not among them.
    """
    found = next((one for one in evidence.errors if one["scheme"] == scheme), None)
    if found is None or not found["records"]:
        return []
    records, wrong = int(found["records"]), int(found["wrong"])
    who = "live records that the rules of this scheme read, at the end of the run"
    if records < phrasing.FEW:
        return [Text(f"Fewer than {phrasing.FEW} {who}: too few to say how many are wrong.")]
    said = f"Of {phrasing.number(records)} {who}, {phrasing.share(wrong, records)} are wrong."
    if not wrong:
        return [Text(said)]
    return [Text(said), Table(
        f"Wrong records, of the {phrasing.number(records)} {who} (one may be wrong in two ways)",
        ("error", "records", "frequency", "what it is"),
        tuple((item, phrasing.number(int(found[item])),
               phrasing.frequency(int(found[item]), records), meaning)
              for item, meaning in ERRORS.items()),
        frozenset({1}),
    )]  # fmt: skip
