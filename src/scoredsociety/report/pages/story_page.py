"""A story's page: the moments with their counts, what is assumed, and where the report is."""

from __future__ import annotations

from collections.abc import Sequence

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Code, Note, Section, Table, Text
from scoredsociety.report.evidence import Evidence
from scoredsociety.study.stories.story import Story, Told, story_of, tell


def story_section(evidence: Evidence) -> Section | None:
    """The timeline of a story, in the report of its run; nothing where the run tells none."""
    story = story_of(evidence.manifest)
    if story is None or not evidence.scheme_ids:
        return None
    return timeline(story, list(tell(story, evidence.scheme_ids[0], evidence.tallies)))


def timeline(story: Story, told: Sequence[Told]) -> Section:
    """Month by month what happened, on whose word, and what it did to the invented people."""
    rows = tuple((one.month, one.text, ", ".join(one.sources) or "none") for one in told)
    return Section("timeline", "What happened, and what it did here", (
        Text(story.lead),
        Table("Month by month: the dates are the sources', the counts are invented people's",
              ("month", "what happened", "source"), rows),
        Note(story.caution),
    ))  # fmt: skip


def story_text(story: Story, told: Sequence[Told], people: int, command: str) -> str:
    """The page as HTML text; the same run gives the same text."""
    from scoredsociety.report.render import page  # which has the section too

    parts = [
        timeline(story, told),
        Section("more", "More of this run", (
            Text("The report of the same run stands beside this page, in report.html: who is "
                 "excluded, by which rule, and what nobody met."),
            Code(command, "The command that makes it again"),
        )),
    ]  # fmt: skip
    return page(story.title, parts, f"{phrasing.number(people)} invented persons")
