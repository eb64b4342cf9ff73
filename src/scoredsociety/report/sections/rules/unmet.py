"""What nobody met: rules, rewards, restrictions, lists and grades without a case in the run."""

from __future__ import annotations

from scoredsociety.measure.scoring.unmet import PLURALS, unmet
from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Note, Section, Table
from scoredsociety.report.evidence import Evidence

SAYS = (
    "The rules say these things and no record, reward or restriction came of them in this run. It "
    "says nothing of what they would do: run more people or longer, or read the rule's page. What "
    "is dated outside the run never held in it."
)


def unmet_section(evidence: Evidence) -> Section | None:
    """Everything of the schemes that befell nobody; nothing where everything had a case."""
    rows = tuple(
        (phrasing.plain(name), PLURALS[one.kind], one.title)
        for name in evidence.scheme_ids
        for one in unmet(name, [evidence.scheme(name)], evidence.tallies)
    )
    if not rows:
        return None
    blocks: tuple[Block, ...] = (
        Note(SAYS),
        Table("What befell nobody in this run", ("scheme", "of its", "title"), rows,
              folded=len(rows) > 12),
    )  # fmt: skip
    return Section("unmet", "What nobody met", blocks)
