"""Where groups meet: a table of joint cells, so that a gap cannot hide between two groups."""

from __future__ import annotations

from scoredsociety.report import phrasing
from scoredsociety.report.by_scheme import scheme_title
from scoredsociety.report.elements import Block, Heading, Section, Table, Text
from scoredsociety.report.evidence import Document, Evidence

ORDER = {name: place for place, name in enumerate(
    ("rural", "urban", "lowest fifth", "second fifth", "middle fifth", "fourth fifth",
     "highest fifth", "offline", "online"))}  # fmt: skip


def joint_section(evidence: Evidence) -> Section | None:
    """Restricted subjects by place, income fifth and internet at once, scheme by scheme."""
    blocks: list[Block] = []
    for one in evidence.joint:
        if len(evidence.joint) > 1:
            blocks.append(Heading(scheme_title(evidence, str(one["scheme"]))))
        blocks.append(_table(one))
    if not blocks:
        return None
    text = Text(
        "A difference between two groups can hide or make one where groups meet. The intervals "
        "are by household (Korn and Graubard), wide enough for those of all cells to hold together "
        "in 95 of 100 draws, and never of width zero; they say what luck does, not how far the "
        "assumptions carry."
    )
    return Section("joint", "Where groups meet", (text, *blocks))


def _table(found: Document) -> Table:
    """A row a joint cell; cells too small to show keep their row."""
    rows = []
    for one in sorted(found["cells"], key=order):
        cell = str(one["cell"]).replace(" x ", ", ")
        if int(one["restricted"]) < 0 or int(one["of"]) < phrasing.FEW:
            few = str(one["note"]) if int(one["restricted"]) < 0 else phrasing.few(int(one["of"]))
            rows.append((cell, phrasing.number(int(one["of"])), few, "", ""))
            continue
        rows.append((
            cell, phrasing.number(int(one["of"])),
            phrasing.frequency(int(one["restricted"]), int(one["of"]), 1_000),
            f"{1000 * one['low']:.0f} to {1000 * one['high']:.0f} of 1,000",
            str(one["note"]) or "none",
        ))  # fmt: skip
    return Table("Under at least one restriction at the end, by place, income fifth and internet",
                 ("joint cell", "subjects", "restricted", "interval", "caution"), tuple(rows),
                 frozenset({1}), folded=True)  # fmt: skip


def order(one: Document) -> tuple[int, ...]:
    """Cells in the order of their groups."""
    return tuple(ORDER.get(part, 99) for part in str(one["cell"]).split(" x "))
