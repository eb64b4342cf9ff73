"""Sections that are made scheme by scheme, and how a scheme is named in them."""

from __future__ import annotations

from collections.abc import Callable

from scoredsociety.report import phrasing
from scoredsociety.report.elements import Block, Heading, Section
from scoredsociety.report.evidence import Evidence, heading_of

Builder = Callable[[Evidence, str], list[Block]]


def per_scheme(evidence: Evidence, identifier: str, title: str, build: Builder) -> Section | None:
    """A section with what ``build`` makes of each scheme; ``None`` when nothing is there."""
    made = [(scheme, build(evidence, scheme)) for scheme in evidence.scheme_ids]
    made = [(scheme, blocks) for scheme, blocks in made if blocks]
    blocks: list[Block] = []
    for scheme, part in made:
        if len(made) > 1:
            blocks.append(Heading(scheme_title(evidence, scheme)))
        blocks.extend(part)
    return Section(identifier, title, tuple(blocks)) if blocks else None


def scheme_title(evidence: Evidence, scheme: str) -> str:
    """A scheme's title, or its id in words."""
    title = heading_of(evidence.scheme(scheme), "scheme").get("title")
    return str(title or phrasing.plain(scheme))
