"""How people change: what falls silent, who appeals, who is cut off (Q2, Q3, Q6, Q9).

The strength of every response is assumed. Silence is counted per wish to speak; harmful acts
that were kept from being done stand beside it, never in one ratio with it.
"""

from __future__ import annotations

import polars as pl

from scoredsociety.report import charts, words
from scoredsociety.report.blocks import Block, Figure, Note, Section, Table, Text
from scoredsociety.report.evidence import Evidence, rows_of
from scoredsociety.report.select import counts, last_month

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
    "joined": "have joined",
    "out_of_work": "are out of work through a consequence",
    "no_unrestricted_tie": "have no tie with an unrestricted person",
}
MOST_BARS = 10
EVENTS = {
    "sought_points": "acts done for points",
    "tie_cut": "ties cut",
    "flight_refused": "flights refused",
    "train_refused": "trains refused",
    "child_kept_out": "children kept out of a school, child-months",
    "objected": "appeals filed",
    "answered": "appeals answered",
    "upheld": "appeals upheld",
}


def silence_section(evidence: Evidence) -> Section | None:
    """Wishes to speak that fell silent, by kind of act, and harmful acts kept back."""
    wished, forgone = _totals(evidence, "wished"), _totals(evidence, "forgone")
    if not any(wished.values()):
        return None
    titles = {str(row["id"]): row for row in rows_of(evidence.conduct or {}, "act")}

    def title(act: str) -> str:
        return str(titles.get(act, {}).get("title") or words.plain(act))

    spoken = {
        act: (forgone.get(act, 0), of)
        for act, of in sorted(wished.items(), key=lambda pair: (-pair[1], pair[0]))
        if of
    }
    shown = dict(list(spoken.items())[:MOST_BARS])
    total = (sum(kept for kept, _ in spoken.values()), sum(of for _, of in spoken.values()))
    sentence = (
        f"{words.share(*total)} wishes to speak fell silent over the run: "
        + "; ".join(f"{title(act)}, {words.frequency(*pair)}"
                    for act, pair in list(shown.items())[:3])
        + (f". The bars show the {len(shown)} most wished." if len(shown) < len(spoken) else ".")
    )
    name = "Wishes to speak that fell silent"
    values = [
        {"name": title(act), "value": round(100 * kept / of, 2),
         "label": words.frequency(kept, of)} for act, (kept, of) in shown.items()
    ]  # fmt: skip
    chart = charts.bars(values, title=name, unit="of 100 wishes to speak")
    table = Table(
        f"{name}, over the whole run", ("act", "wished", "fell silent", "frequency"),
        tuple((title(act), words.number(of), words.number(kept), words.frequency(kept, of))
              for act, (kept, of) in spoken.items()),
        frozenset({1, 2}), folded=True,
    )  # fmt: skip
    blocks: list[Block] = [
        Figure(name, sentence, charts.svg(chart, name="silence", title=name,
                                          description=sentence), table),
    ]  # fmt: skip
    harmful = tuple(
        (title(act), words.number(kept))
        for act, kept in forgone.items()
        if kept and act not in wished and int(titles.get(act, {}).get("harm") or 0) > 0
    )
    if harmful:
        blocks.append(Table("Harmful acts kept from being done, over the whole run",
                            ("act", "kept back"), harmful, frozenset({1}),
                            folded=len(harmful) > 12))  # fmt: skip
    blocks.append(Note(BESIDE))
    return Section("silence", "What falls silent", tuple(blocks))


def responses_section(evidence: Evidence) -> Section | None:
    """Awareness, support, isolation, refusals and appeals."""
    month = last_month(evidence.tallies, "", "response")
    if month is None:
        return None
    last = {row.item: row for row in counts(evidence.tallies, "", "response", month=month)}
    over = _totals(evidence, "response")
    states = tuple(
        (text, words.number(last[item].people),
         f"{words.frequency(last[item].people, last[item].of)} "
         f"{words.denominator(last[item].denominator)}")
        for item, text in STATES.items() if item in last and over.get(item)
    )  # fmt: skip
    events = tuple(
        (text, words.number(over[item])) for item, text in EVENTS.items() if over.get(item)
    )
    blocks: list[Block] = []
    if states:
        blocks.append(Table(f"In {month}, persons who", ("who", "persons", "frequency"), states,
                            frozenset({1})))  # fmt: skip
    if events:
        blocks.append(Table("Over the whole run", ("what", "times"), events, frozenset({1})))
    if over.get("objected"):
        blocks.append(Text(
            f"Of {words.number(over['objected'])} appeals filed, "
            f"{words.frequency(over.get('answered', 0), over['objected'])} were answered within "
            f"the run and {words.frequency(over.get('upheld', 0), over['objected'])} upheld."
        ))  # fmt: skip
    if not blocks:
        return None
    blocks.append(Note(BESIDE))
    return Section("responses", "Awareness, support, isolation and appeals", tuple(blocks))


def _totals(evidence: Evidence, measure: str) -> dict[str, int]:
    chosen = evidence.tallies.filter(
        (pl.col("measure") == measure) & (pl.col("dimension") == "all")
    )
    summed = chosen.group_by("item", maintain_order=True).agg(pl.col("count").sum())
    return {str(item): int(count) for item, count in summed.sort("item").rows()}
