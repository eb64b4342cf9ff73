"""A picture of a page: a chart that is being drawn, as one image with its title and text.

It is asked for as soon as its chart is known, and waited for where the page is written.
"""

from __future__ import annotations

import re
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cached_property
from html import escape

from scoredsociety.report.charts.renderer import draw_chart
from scoredsociety.report.charts.vega_lite import Chart


@dataclass(frozen=True)
class Picture:
    """A chart on its way; ``name`` keeps the ids of several pictures of a page apart."""

    drawn: Future[str]
    name: str
    title: str
    description: str

    @cached_property
    def svg(self) -> str:
        """The SVG, when it is drawn: the same bytes for the same chart.

        Marks lose their own roles (the whole is one image, its numbers stand in the table) and
        ids take ``name`` in front, so that many drawings share a page.
        """
        name = self.name
        drawn = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", self.drawn.result())
        drawn = re.sub(r'\bid="([^"]*)"', rf'id="{name}-\1"', drawn)
        drawn = re.sub(r"url\(#([^)]*)\)", rf"url(#{name}-\1)", drawn)
        drawn = re.sub(r'(href)="#([^"]*)"', rf'\1="#{name}-\2"', drawn)
        opening, rest = drawn.split(">", 1)
        opening = opening.replace(' class="marks"', "")
        return (
            f'{opening} role="img" aria-labelledby="{name}-title {name}-text">'
            f'<title id="{name}-title">{escape(self.title)}</title>'
            f'<desc id="{name}-text">{escape(self.description)}</desc>{rest}'
        )


def picture(chart: Chart, *, name: str, title: str, description: str) -> Picture:
    """The picture of a chart, which is drawn from now on."""
    return Picture(draw_chart(chart), name, title, description)
