"""What each rule contributes: points taken and given, and who is restricted for it alone.

The direct effect only: the records that stand, scored again without one rule. With everybody's
responses a rule can do more or less, which takes a run without it.
"""

from __future__ import annotations

from functools import partial

from scoredsociety.report import phrasing
from scoredsociety.report.by_scheme import scheme_title
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import Block, Figure, Heading, Note, Section, Table, Text
from scoredsociety.report.evidence import Document, Evidence, tables_under
from scoredsociety.scheme.model.status import badge_words

MOST_BARS = 12
DIRECT = (
    "This is the direct effect, with conduct as it was. What the rule does to conduct, and "
    "through ties and relatives to others, takes a run without it with the same people and the "
    "same luck: scored compare {scheme} --without rule.ID, or scored ablate {scheme} for every "
    "rule."
)


def ablation_section(evidence: Evidence) -> Section | None:
    """By rule, scheme by scheme; where it cannot be told exactly, what would tell."""
    blocks: list[Block] = []
    for place, one in enumerate(evidence.rules):
        scheme = str(one["scheme"])
        if len(evidence.rules) > 1:
            blocks.append(Heading(scheme_title(evidence, scheme)))
        if not one["exact"]:
            blocks.append(Text(
                "The scores of this scheme hang on ties, or are not published monthly, so what a "
                "rule contributes cannot be told exactly from this run alone: "
                f"scored ablate {scheme} runs it once without each rule."
            ))  # fmt: skip
            continue
        if one["rules"]:
            blocks += _of_scheme(evidence, one, place)
            blocks.append(Note(DIRECT.format(scheme=scheme)))
    return Section("rules", "What each rule contributes", tuple(blocks)) if blocks else None


def _of_scheme(evidence: Evidence, found: Document, place: int) -> list[Block]:
    """The restricted by the rule that alone decides, and points by rule."""
    blocks: list[Block] = []
    deciding = sorted((rule for rule in found["rules"] if rule["decides"]),
                      key=lambda rule: (-int(rule["decides"]), str(rule["id"])))  # fmt: skip
    if deciding and int(found["tried"]) < phrasing.FEW:
        blocks.append(Text(
            f"Fewer than {phrasing.FEW} people are restricted: too few to say for which rule alone."
        ))  # fmt: skip
    elif deciding:
        blocks.append(decided(found, deciding, place))
    elif found["restricted"]:
        blocks.append(Text("Nobody is restricted because of one rule alone."))
    if any(rule["persons"] for rule in found["rules"]):
        blocks.append(_points(evidence, found))
    return blocks


def decided(found: Document, deciding: list[Document], place: int) -> Figure:
    """Restricted persons who would be free without one rule, all else as it was."""
    tried = int(found["tried"])
    shown = deciding[:MOST_BARS]
    values = [{"name": _short(str(rule["title"])), "value": int(rule["decides"]),
               "label": f"{phrasing.number(int(rule['decides']))} of {phrasing.number(tried)}"}
              for rule in shown]  # fmt: skip
    title = "Restricted because of one rule"
    whom = f"{phrasing.number(tried)} restricted subjects"
    if tried < int(found["restricted"]):
        whom = (
            f"the first {phrasing.number(tried)} of {phrasing.number(int(found['restricted']))} "
            + ("restricted subjects")
        )
    most = deciding[0]
    sentence = (
        f"Of {whom} at the end, {phrasing.share(int(most['decides']), tried)} would be free "
        "without "
        f"“{most['title']}” alone, and {phrasing.share(int(found['several']), tried)} would stay "
        "restricted whichever single rule were taken away."
    )
    table = Table(f"{title}, of {whom} (a person may stand under several such rules)",
                  ("rule", "restricted for it alone", "frequency"),
                  tuple((str(rule["title"]), phrasing.number(int(rule["decides"])),
                         phrasing.frequency(int(rule["decides"]), tried)) for rule in deciding),
                  frozenset({1}), folded=len(deciding) > 12)  # fmt: skip
    chart = partial(vega_lite.bars, values, title=title, unit="restricted subjects of the scheme")
    return Figure(title, sentence, on_page(chart, name=f"rules-{place}", title=title,
                                           description=sentence), table)  # fmt: skip


def _short(title: str) -> str:
    """A title that fits beside a bar; the table has all of it."""
    return title if len(title) <= 52 else title[:50].rstrip() + "…"


def _points(evidence: Evidence, found: Document) -> Table:
    """Mean points by rule among all subjects, and how many have a live record under it."""
    drawn = int(found["sample"])
    status = {str(row["id"]): badge_words(str(row.get("status") or "none given"))
              for row in tables_under(evidence.scheme(str(found["scheme"])), "rule")}  # fmt: skip
    rows = sorted(found["rules"], key=lambda rule: (int(rule["points"]), str(rule["id"])))
    scored = any(int(rule["points"]) for rule in rows)  # a list has records and no points
    what = "Points of each rule" if scored else "Live records under each rule"
    return Table(
        f"{what} at the end, over {phrasing.number(drawn)} subjects drawn by the seed",
        ("rule", "evidence", *(("points for 100 subjects",) if scored else ()),
         "with a live record"),
        tuple(
            (str(rule["title"]), f"[{status.get(str(rule['id']), 'none given')}]",
             *((phrasing.points(int(rule["points"]) * 100 // drawn, signed=True),)
               if scored else ()),
             phrasing.shown(int(rule["persons"]), drawn))
            for rule in rows if rule["persons"]
        ),
        frozenset({2}) if scored else frozenset(), folded=len(rows) > 12,
    )  # fmt: skip
