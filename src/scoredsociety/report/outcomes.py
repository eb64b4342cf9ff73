"""Sections that count outcomes: who is excluded, grades over time, errors and intention."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scoredsociety.report import charts, words
from scoredsociety.report.blocks import Block, Figure, Heading, Icons, Note, Section, Table, Text
from scoredsociety.report.evidence import Document, Evidence, heading_of, rows_of
from scoredsociety.report.icons import icon_array
from scoredsociety.report.picture import picture
from scoredsociety.report.select import Count, counts, dimensions, items, last_month

Builder = Callable[[Evidence, str], list[Block]]

CAUSES = {
    "error": "through an error in the records",
    "intended": "as the rules intend",
    "protected": "for protected conduct",
}


def per_scheme(evidence: Evidence, identifier: str, title: str, build: Builder) -> Section | None:
    """A section with what ``build`` makes of each scheme; ``None`` when nothing is there."""
    made = [(scheme, build(evidence, scheme)) for scheme in evidence.scheme_ids]
    made = [(scheme, blocks) for scheme, blocks in made if blocks]
    blocks: list[Block] = []
    for scheme, part in made:
        if len(made) > 1:
            blocks.append(Heading(title_of(evidence, scheme)))
        blocks.extend(part)
    return Section(identifier, title, tuple(blocks)) if blocks else None


def title_of(evidence: Evidence, scheme: str) -> str:
    """A scheme's title, or its id in words."""
    title = heading_of(evidence.scheme(scheme), "scheme").get("title")
    return str(title or words.plain(scheme))


def excluded(evidence: Evidence, scheme: str) -> list[Block]:
    """People under at least one restriction in the last month: all, then group by group."""
    month = last_month(evidence, scheme, "restricted")
    if month is None:
        return []
    rows = counts(evidence, scheme, "restricted", item="any", month=month, dimension=None)
    blocks: list[Block] = []
    if rows and rows[0].dimension == "all":
        total = rows[0]
        blocks.append(
            Text(
                f"In {month}, {words.share(total.people, total.of)} "
                f"{words.denominator(total.denominator)} stood under at least one restriction."
            )
        )
    for dimension in dimensions(rows) if any(row.people for row in rows) else ():
        groups = [row for row in rows if row.dimension == dimension and row.of]
        if not groups:
            continue
        blocks.append(_arrays(groups, dimension, month))
    blocks.extend(_consequences(evidence, scheme, month))
    return blocks


def _arrays(groups: Sequence[Count], dimension: str, month: str) -> Icons:
    name = words.DIMENSIONS.get(dimension, dimension)
    base = words.shared_base((row.people, row.of) for row in groups)
    shares = words.beside((row.people, row.of) for row in groups)
    said = words.listed([
        f"{words.group(dimension, row.group)} {share}"
        for row, share in zip(groups, shares, strict=True)
    ])  # fmt: skip
    who = words.denominator(groups[0].denominator)
    return Icons(
        title=f"Under a restriction, by {name}, {month}",
        sentence=f"Squares are {who} under at least one restriction: {said}.",
        arrays=tuple(
            icon_array(words.group(dimension, row.group), row.people, row.of, who, base, share)
            for row, share in zip(groups, shares, strict=True)
        ),
        table=group_table(groups, f"Under at least one restriction, by {name}, {month}"),
    )


def group_table(groups: Sequence[Count], caption: str) -> Table:
    """Counts by group, with frequency, percentage and n."""
    return Table(
        caption,
        ("group", "people", "of", "frequency", "percentage", "caution"),
        tuple(
            (
                words.group(row.dimension, row.group),
                words.number(row.people),
                f"{words.number(row.of)} {words.denominator(row.denominator)}",
                words.frequency(row.people, row.of),
                words.percent(row.people, row.of),
                f"fewer than {words.FEW}" if row.of < words.FEW else "none",
            )
            for row in groups
        ),
        frozenset({1, 4}), folded=True,
    )  # fmt: skip


def _consequences(evidence: Evidence, scheme: str, month: str) -> list[Block]:
    rows = counts(evidence, scheme, "consequence", month=month)
    if not rows:
        return []
    document = evidence.scheme(scheme)
    known = {str(row.get("id")): row for row in rows_of(document, "consequence")}
    return [
        Table(
            f"People under each consequence, {month} (a person can stand under several)",
            ("consequence", "kind", "context", "people", "frequency"),
            tuple(
                (
                    str(known.get(row.item, {}).get("title") or words.plain(row.item)),
                    kind_of(known.get(row.item, {})),
                    words.plain(str(known.get(row.item, {}).get("context") or "not given")),
                    words.number(row.people),
                    not_in_force(document, known.get(row.item, {}), month)
                    or words.frequency(row.people, row.of),
                )
                for row in rows
            ),
            frozenset({3}), folded=len(rows) > 12,
        )  # fmt: skip
    ]


def not_in_force(document: Document, consequence: Document, month: str) -> str:
    """That the partner of a consequence reads the score no more, or not yet; else nothing."""
    named = str(consequence.get("partner") or "")
    for partner in rows_of(document, "partner"):
        if named and str(partner.get("id")) == named:
            start, end = partner.get("from") or partner.get("from_"), partner.get("until")
            if start and month < str(start):
                return f"not in force: its partner begins in {start}"
            if end and month >= str(end):
                return f"not in force: its partner ended in {end}"
    return ""


def kind_of(consequence: Document) -> str:
    """Restriction or reward, as its file says."""
    if consequence.get("denies"):
        return "restriction"
    return "reward" if consequence.get("grants") else "not given"


def grades(evidence: Evidence, scheme: str) -> list[Block]:
    """Grades over time, and by group at the end."""
    month = last_month(evidence, scheme, "grade")
    if month is None:
        return []
    names = grade_order(evidence, scheme)
    rows = counts(evidence, scheme, "grade")
    blocks: list[Block] = []
    if len({row.month for row in rows}) > 1:
        blocks.append(_grades_over_time(rows, names, scheme))
    final = counts(evidence, scheme, "grade", month=month, dimension=None)
    if final:
        blocks.append(_grades_by_group(final, names, scheme, month))
    return blocks


def grade_order(evidence: Evidence, scheme: str) -> list[str]:
    """Grades, lowest first: from the document, else as the frame has them."""
    present = items(evidence, scheme, "grade")
    declared = rows_of(evidence.scheme(scheme), "grade")

    def start(row: Document) -> float:
        value = row.get("from", row.get("from_"))
        return float("-inf") if value is None else float(value)

    ordered = [str(row["id"]) for row in sorted(declared, key=start)]
    return [g for g in ordered if g in present] + [g for g in present if g not in ordered]


def _grades_over_time(rows: Sequence[Count], names: Sequence[str], scheme: str) -> Figure:
    last = max(row.month for row in rows)
    ends = {row.item: row for row in rows if row.month == last}
    shares = dict(zip(ends, words.beside((row.people, row.of) for row in ends.values()),
                      strict=True))  # fmt: skip
    who = words.denominator(rows[0].denominator)

    def panel(item: str) -> str:
        return f"Grade {item}: {shares.get(item, 'none')} at the end"

    values = [
        {"month": row.month, "series": panel(row.item),
         "value": round(1000 * row.people / row.of, 3) if row.of else 0}
        for item in reversed(names) for row in rows if row.item == item
    ]  # fmt: skip
    title = "Grades over time"
    said = words.listed([f"{item} {shares[item]}" for item in reversed(names) if item in shares])
    sentence = f"In {last}, of the {who}, the grades held: {said}."
    chart = charts.over_time(values, title=title, unit="of 1,000")
    months = sorted({row.month for row in rows})
    cell = {(row.month, row.item): row.people for row in rows}
    table = Table(
        f"People in each grade, month by month ({who})",
        ("month", *(f"grade {name}" for name in reversed(names))),
        tuple(
            (month, *(words.number(cell.get((month, name), 0)) for name in reversed(names)))
            for month in months
        ),
        frozenset(range(1, len(names) + 1)), folded=True,
    )  # fmt: skip
    name = f"grades-time-{scheme}"
    return Figure(
        title, sentence, picture(chart, name=name, title=title, description=sentence), table
    )


def _grades_by_group(
    rows: Sequence[Count], names: Sequence[str], scheme: str, month: str
) -> Figure:
    found = [d for d in ("all", *dimensions(rows)) if any(row.dimension == d for row in rows)]
    cells: dict[tuple[str, str], dict[str, Count]] = {}
    for dimension in found:
        for row in (row for row in rows if row.dimension == dimension):
            cells.setdefault((dimension, row.group), {})[row.item] = row
    ordered = sorted(cells, key=lambda key: found.index(key[0]))
    values, lines = [], []
    for dimension, group in ordered:
        by_grade = cells[dimension, group]
        of = next(iter(by_grade.values())).of
        if not of:
            continue
        graded = sum(row.people for row in by_grade.values()) or 1
        label = words.group(dimension, group)
        label = label if dimension == "all" else f"{short(dimension)}: {label}"
        for name in names:
            count = by_grade[name].people if name in by_grade else 0
            values.append({"group": label, "segment": name, "value": 100 * count / graded})
        lines.append((
            label, words.number(of),
            *(words.number(by_grade[name].people if name in by_grade else 0)
              for name in reversed(names)),
        ))  # fmt: skip
    title = f"Grades by group, {month}"
    sentence = (
        "Each bar is one group of graded people, cut by grade from the lowest (dark, left) to "
        "the highest (light, right)."
    )
    chart = charts.stacked(values, title=title, segments=names, unit="of 100 graded people")
    table = Table(
        f"People in each grade, by group, {month}",
        ("group", "n", *(f"grade {name}" for name in reversed(names))),
        tuple(lines), frozenset(range(1, len(names) + 2)), folded=True,
    )  # fmt: skip
    name = f"grades-group-{scheme}"
    return Figure(
        title, sentence, picture(chart, name=name, title=title, description=sentence), table
    )


def short(dimension: str) -> str:
    """A dimension's name where room is scarce."""
    return {"income": "income", "account": "banking", "internet": "internet"}.get(
        dimension, words.DIMENSIONS.get(dimension, dimension)
    )


def causes(evidence: Evidence, scheme: str) -> list[Block]:
    """Restricted through an error, as the rules intend, for protected conduct: three bars."""
    month = last_month(evidence, scheme, "restricted_cause")
    if month is None:
        return []
    found = {row.item: row for row in counts(evidence, scheme, "restricted_cause",
                                             month=month)}  # fmt: skip
    over = counts(evidence, scheme, "restricted_cause")
    spans = {item: sum(row.people for row in over if row.item == item) for item in found}
    rows = [found[item] for item in CAUSES if item in found]
    if not rows:
        return []
    who = words.denominator(rows[0].denominator)
    base = words.shared_base((row.people, row.of) for row in rows)
    title = f"Why people stood under a restriction, {month}"
    values = [
        {"name": CAUSES[row.item], "value": row.people,
         "label": f"{words.number(row.people)} {'person' if row.people == 1 else 'people'}: "
                  f"{words.frequency(row.people, row.of, base)}"}
        for row in rows
    ]  # fmt: skip
    sentence = (
        "Under a restriction "
        + words.listed([f"{CAUSES[row.item]}: {words.share(row.people, row.of)}" for row in rows])
        + f" {who}."
    )
    table = Table(
        title,
        ("cause", "people", "frequency", "percentage", "person-months so far"),
        tuple(
            (CAUSES[row.item], words.number(row.people), words.frequency(row.people, row.of),
             words.percent(row.people, row.of), words.number(spans[row.item]))
            for row in rows
        ),
        frozenset({1, 3, 4}),
    )  # fmt: skip
    chart = charts.bars(values, title=title, unit=f"{who}")
    blocks: list[Block] = [
        Figure(title, sentence, picture(chart, name=f"causes-{scheme}", title=title,
                                        description=sentence), table),
        Note(
            "“As the rules intend” says what the rules do, not that it is right. “For protected "
            "conduct” means conduct that the conduct document marks as protected by a right."
        ),
    ]  # fmt: skip
    return blocks + _causes_by_group(evidence, scheme, month) + _errors(evidence, scheme)


def _causes_by_group(evidence: Evidence, scheme: str, month: str) -> list[Block]:
    rows = counts(evidence, scheme, "restricted_cause", month=month, dimension=None)
    groups = {(row.dimension, row.group): row.of for row in rows
              if row.dimension != "all" and row.of}  # fmt: skip
    if not groups:
        return []
    cell = {(row.dimension, row.group, row.item): row for row in rows}
    lines = []
    for (dimension, group), of in groups.items():
        said = [
            words.share(cell[dimension, group, item].people, of)
            if (dimension, group, item) in cell else "not counted"
            for item in CAUSES
        ]  # fmt: skip
        label = f"{short(dimension)}: {words.group(dimension, group)}"
        lines.append((label, words.number(of), *said))
    return [
        Table(
            f"The three causes by group, {month}", ("group", "n", *CAUSES.values()),
            tuple(sorted(lines, key=lambda line: line[0].split(":")[0])),
            frozenset({1}), folded=True,
        )  # fmt: skip
    ]


def _errors(evidence: Evidence, scheme: str) -> list[Block]:
    rows = counts(evidence, scheme, "errors") or counts(evidence, "", "errors")
    if not rows:
        return []
    total: dict[str, int] = {}
    for row in rows:
        total[row.item] = total.get(row.item, 0) + row.people
    meaning = {
        "false": "a record of something that did not happen",
        "misattributed": "a record booked to somebody else",
        "late": "a record that came one to three months late",
        "missing": "an act that left no record",
        "stale": "a record that was not put right when it should have been",
        "duplicated": "a record booked a second time",
    }
    return [
        Table(
            "Errors in the records over the whole run",
            ("error", "records or acts", "what it is"),
            tuple((words.plain(k), words.number(v), meaning.get(k, "")) for k, v in total.items()),
            frozenset({1}),
        )
    ]
