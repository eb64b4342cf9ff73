"""The timeline of a story: what happened month by month, and what it did here."""

from __future__ import annotations

from collections.abc import Sequence

from scoredsociety.report.elements import Note, Section, Table, Text
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
