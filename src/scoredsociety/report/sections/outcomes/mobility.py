"""Can those at the bottom climb back? Grades a year apart, and how long a restriction lasts (Q5).

Counted for everybody from what was published month by month; nothing is run again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from scoredsociety.report import phrasing
from scoredsociety.report.by_scheme import scheme_title
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import Block, Figure, Heading, Note, Section, Table, Text
from scoredsociety.report.evidence import Document, Evidence, tables_under


def mobility_section(evidence: Evidence) -> Section | None:
    """From grade to grade, and spells of restriction, scheme by scheme."""
    made = [(str(one["scheme"]), _of_scheme(one, place, lists_of(evidence, str(one["scheme"]))))
            for place, one in enumerate(evidence.moves)]  # fmt: skip
    made = [(scheme, part) for scheme, part in made if part]
    blocks: list[Block] = []
    for scheme, part in made:
        if len(made) > 1:
            blocks.append(Heading(scheme_title(evidence, scheme)))
        blocks += part
    if not blocks:
        return None
    blocks.append(Note(
        "Counted in this run, not assumed: the rules' own memories, the acts and the responses "
        "together decide who moves. How much is assumed in those stands further down."
    ))  # fmt: skip
    return Section("mobility", "Who climbs back", tuple(blocks))


def lists_of(evidence: Evidence, scheme: str) -> Mapping[str, str]:
    """Titles of the lists of a scheme, by id."""
    rows = tables_under(evidence.scheme(scheme), "list")
    return {str(row["id"]): str(row.get("title") or phrasing.plain(str(row["id"]))) for row in rows}


def _of_scheme(found: Document, place: int, titles: Mapping[str, str]) -> list[Block]:
    """The transition table as a picture with numbers, then how long restrictions last.

    Of a scheme without grades: entries to its lists, exits, and terms.
    """
    blocks: list[Block] = []
    if len(found["grades"]) > 1:
        blocks.append(_matrix(found, place))
    spells = found["restricted"]
    if any(one["spells"] or one["stand"] for one in found.get("lists") or ()):
        blocks.append(entries(found["lists"], titles))
    if spells.get("spells"):
        blocks += _lasting(spells)
    return blocks


def _matrix(found: Document, place: int) -> Figure:
    """A cell for each pair of grades: of 100 who held the one, how many hold the other."""
    names, counts = [str(one) for one in found["grades"]], found["counts"]
    since, until = str(found["from"]), str(found["to"])
    heads = [f"{name} (n {phrasing.number(sum(row))})"
             for name, row in zip(names, counts, strict=True)]  # fmt: skip
    values = [
        {"from": heads[i], "to": names[j],
         "value": 100 * counts[i][j] / sum(counts[i]) if sum(counts[i]) >= phrasing.FEW else 0,
         "label": of_100(counts[i][j], sum(counts[i]))}
        for i in range(len(names)) for j in range(len(names)) if sum(counts[i])
    ]  # fmt: skip
    people = sum(map(sum, counts))
    stayed = sum(counts[i][i] for i in range(len(names)))
    fallen = sum(sum(row[:i]) for i, row in enumerate(counts))
    risen = sum(sum(row[i + 1 :]) for i, row in enumerate(counts))
    sentence = (
        f"Of {phrasing.number(people)} subjects graded in {since} and in {until}, "
        f"{phrasing.share(stayed, people)} held the same grade in both, "
        f"{phrasing.share(fallen, people)} a lower one than before and "
        f"{phrasing.share(risen, people)} a higher one."
    )  # fmt: skip
    title = f"From grade to grade, {since} to {until}"
    chart = partial(vega_lite.matrix, values, title=title, rows=heads[::-1], columns=names[::-1])
    table = Table(
        f"Persons by grade in {since} (rows) and {until} (columns)",
        ("grade before", "n", *(f"then {name}" for name in reversed(names))),
        tuple(
            (names[i], phrasing.number(sum(counts[i])),
             *(phrasing.number(counts[i][j]) for j in reversed(range(len(names)))))
            for i in reversed(range(len(names)))
        ),
        frozenset(range(1, len(names) + 2)), folded=True,
    )  # fmt: skip
    if found.get("shorrocks") is not None:
        sentence += f" Shorrocks' index is {found['shorrocks']:.2f}: at 0 nobody moves."
    return Figure(title, sentence, on_page(chart, name=f"moves-{place}", title=title,
                                           description=sentence), table)  # fmt: skip


def of_100(count: int, of: int) -> str:
    """What a cell says: of 100, with a place under 1; a word where a row is too small for that."""
    if of < phrasing.FEW:
        return "few"
    if not count:
        return "0"
    share = 100 * count / of
    return "<0.1" if share < 0.05 else f"{share:.0f}" if share >= 0.95 else f"{share:.1f}"


def entries(lists: Sequence[Document], titles: Mapping[str, str]) -> Table:
    """Who entered each list, who left it, and how long a term lasts."""
    rows = []
    for one in lists:
        begun, name = int(one["spells"]), str(one["list"])
        if not begun and not one["stand"]:
            continue
        term = "no half had left within the run"
        if begun < phrasing.FEW:
            term = f"not shown (fewer than {phrasing.FEW} entries)"
        elif one["median"] is not None:
            term = f"half had left within {phrasing.months(int(one['median']))}"
        rows.append((
            titles.get(name, phrasing.plain(name)), phrasing.number(begun),
            phrasing.number(int(one.get("ended", 0))), phrasing.number(int(one["stand"])), term,
        ))  # fmt: skip
    return Table(
        "Entries, exits and terms within the run (who stood on a list when it began is in none of "
        "the entries)", ("list", "entries", "of these left", "on it at the end", "term"),
        tuple(rows), frozenset({1, 2, 3}),
    )  # fmt: skip


def _lasting(found: Document) -> list[Block]:
    """How long a restriction lasts, who is free again, who comes back."""
    spells, ended = int(found["spells"]), int(found["ended"])
    if spells < phrasing.FEW:
        return [Text(
            f"Fewer than {phrasing.FEW} spells under a restriction began within the run: too few "
            "to say how long they last."
        )]  # fmt: skip
    months = phrasing.months(int(found["months"]))
    median = (
        f"half had ended within {phrasing.months(int(found['median']))}"
        if found.get("median") is not None
        else f"fewer than half ended within the {months} of the run"
    )
    said = (
        f"{phrasing.number(spells)} spells under a restriction began within the run, of "
        f"{phrasing.number(int(found['persons']))} persons; {median}, and "
        f"{phrasing.number(spells - ended)} stood when the run ended."
    )
    if found.get("back_within_a_year") is not None and ended >= phrasing.FEW:
        said += (
            f" Of those who came free, about {100 * found['back_within_a_year']:.0f} of 100 were "
            "under a restriction again within a year."
        )
    rows = tuple(
        (phrasing.months(int(age)), f"about {100 * share:.0f} of 100")
        for age, share in found["after"].items()
    )
    return [Text(said), Table(
        f"Spells under a restriction that still stand ({phrasing.number(spells)} spells; those "
        "that "
        "the run cut off are censored, Kaplan and Meier 1958)",
        ("after", "of 100 spells"), rows,
    )]  # fmt: skip
