"""A story's page: the moments with their counts, what is assumed, and where the report is."""

from __future__ import annotations

from collections.abc import Sequence

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Code, Section, Text
from scoredsociety.report.render import page
from scoredsociety.report.sections.outcomes.timeline import timeline
from scoredsociety.study.stories.story import Story, Told


def story_text(story: Story, told: Sequence[Told], people: int, command: str) -> str:
    """The page as HTML text; the same run gives the same text."""
    parts = [
        timeline(story, told),
        Section("more", "More of this run", (
            Text("The report of the same run stands beside this page, in report.html: who is "
                 "excluded, by which rule, and what nobody met."),
            Code(command, "The command that makes it again"),
        )),
    ]  # fmt: skip
    return page(story.title, parts, f"{phrasing.number(people)} invented persons")
