"""What falls silent, counted per wish to speak (Q3; S1-23, S1-28, S3-75).

Harmful acts that were kept from being done stand beside it, never in one ratio with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from scoredsociety.report import phrasing
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import Block, Figure, Note, Section, Table, Text
from scoredsociety.report.evidence import Evidence, tables_under
from scoredsociety.report.sections.outcomes.responses import BESIDE, totals

MOST_BARS = 10
NAME = "Wishes to speak that fell silent"
Spoken = Mapping[str, tuple[int, int]]  # act: fell silent, wished


def silence_section(evidence: Evidence) -> Section | None:
    """Wishes to speak that fell silent, by kind of act, and harmful acts kept back."""
    wished, forgone = totals(evidence, "wished"), totals(evidence, "forgone")
    if not any(wished.values()):
        return None
    acts = {str(row["id"]): row for row in tables_under(evidence.conduct or {}, "act")}

    def title(act: str) -> str:
        return str(acts.get(act, {}).get("title") or phrasing.plain(act))

    spoken = {
        act: (forgone.get(act, 0), of)
        for act, of in sorted(wished.items(), key=lambda pair: (-pair[1], pair[0]))
        if of
    }
    silent, all_wishes = (sum(pair[place] for pair in spoken.values()) for place in (0, 1))
    sentence = phrasing.opening(
        f"{phrasing.share(silent, all_wishes)} wishes to speak fell silent over the run."
    )
    blocks: list[Block] = [_drawn(spoken, title, sentence)] if silent else []
    harmful = tuple(
        (title(act), phrasing.number(kept))
        for act, kept in forgone.items()
        if kept and act not in wished and int(acts.get(act, {}).get("harm") or 0) > 0
    )
    if harmful:
        blocks.append(Table("Harmful acts kept from being done, over the whole run",
                            ("act", "kept back"), harmful, frozenset({1}),
                            folded=len(harmful) > 12))  # fmt: skip
    blocks.append(Note(BESIDE))
    return Section("silence", "What falls silent", (Text(sentence), *blocks))


def _drawn(spoken: Spoken, title: Callable[[str], str], sentence: str) -> Block:
    """Bars of the acts most wished for, of at least ``FEW`` wishes; the table holds all."""
    table = Table(
        f"{NAME}, over the whole run", ("act", "wished", "fell silent", "frequency"),
        tuple((title(act), phrasing.number(of), *(
                  (phrasing.number(kept), phrasing.frequency(kept, of))
                  if of >= phrasing.FEW else ("few", phrasing.few(of))))
              for act, (kept, of) in spoken.items()),
        frozenset({1, 2}), folded=True,
    )  # fmt: skip
    shown = [pair for pair in spoken.items() if pair[1][1] >= phrasing.FEW][:MOST_BARS]
    if not shown:
        return table
    values = [
        {"name": title(act), "value": round(100 * kept / of, 2),
         "label": phrasing.frequency(kept, of)} for act, (kept, of) in shown
    ]  # fmt: skip
    chart = partial(vega_lite.bars, values, title=NAME, unit="of 100 wishes to speak")
    said = f"{sentence} Bars: acts with at least {phrasing.FEW} wishes, {len(shown)} of them."
    return Figure(
        NAME, said, on_page(chart, name="silence", title=NAME, description=said), table
    )
