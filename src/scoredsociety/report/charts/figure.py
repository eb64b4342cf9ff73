"""A picture of a page: a chart that is being drawn, as one image with its title and text.

It is asked for as soon as its chart is known, and waited for where the page is written.
"""

from __future__ import annotations

import re
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Protocol
from urllib.parse import quote

from scoredsociety.report.charts.renderer import draw_chart
from scoredsociety.report.charts.vega_lite import NARROW, Chart, on_its_page
from scoredsociety.report.phrasing import SYNTHETIC


class Make(Protocol):
    """Makes a chart, of the usual width or of the one asked for."""

    def __call__(self, *, width: int = ...) -> Chart: ...


@dataclass(frozen=True)
class Saved:
    """A chart as files of its own, which say what they are a picture of."""

    svg: Future[str]
    png: Future[str]  # base64

    @property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """Ending and ``data:`` address of each file."""
        svg = "data:image/svg+xml;charset=utf-8," + quote(self.svg.result())
        return ("svg", svg), ("png", "data:image/png;base64," + self.png.result())


@dataclass(frozen=True)
class Picture:
    """A chart on its way; ``name`` keeps the ids of several pictures of a page apart.

    ``narrow``: the same drawn for a telephone; ``saved``: the same as files of their own.
    """

    drawn: Future[str]
    name: str
    title: str
    description: str
    narrow: Future[str] | None = None
    saved: Saved | None = None

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Ending and ``data:`` address of each file that can be saved."""
        return self.saved.addresses if self.saved else ()

    @cached_property
    def html(self) -> str:
        """The picture for a page: two drawings; the style sheet shows the one that fits."""
        if self.narrow is None:
            return self.svg
        return (
            f'<div class="wide">{self.svg}</div>'
            f'<div class="narrow">{_named(self.narrow, f"{self.name}-narrow", self)}</div>'
        )

    @cached_property
    def svg(self) -> str:
        """The SVG, when it is drawn: the same bytes for the same chart."""
        return _named(self.drawn, self.name, self)


def _named(drawing: Future[str], name: str, of: Picture) -> str:
    """A drawing as one image of a page, with its title and text.

    Marks lose their own roles (the whole is one image, its numbers stand in the table) and ids
    take ``name`` in front, so that many drawings share a page.
    """
    drawn = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", drawing.result())
    drawn = re.sub(r'\bid="([^"]*)"', rf'id="{name}-\1"', drawn)
    drawn = re.sub(r"url\(#([^)]*)\)", rf"url(#{name}-\1)", drawn)
    drawn = re.sub(r'(href)="#([^"]*)"', rf'\1="#{name}-\2"', drawn)
    opening, rest = drawn.split(">", 1)
    opening = opening.replace(' class="marks"', "")
    return (
        f'{opening} role="img" aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{escape(of.title)}</title>'
        f'<desc id="{name}-text">{escape(of.description)}</desc>{rest}'
    )


def picture(chart: Chart, *, name: str, title: str, description: str) -> Picture:
    """The picture of a chart as a file of its own, drawn from now on."""
    return Picture(draw_chart(chart), name, title, description)


def on_page(
    make: Make, *, name: str, title: str, description: str, saved: bool = False
) -> Picture:
    """The picture of a chart for a page, drawn for a desk and for a telephone from now on."""
    wide = make()
    said = f"{description} {SYNTHETIC}"  # not seen on the page, and kept by who copies the picture
    return Picture(
        draw_chart(on_its_page(wide)), name, title, said,
        draw_chart(on_its_page(make(width=NARROW))),
        Saved(draw_chart(wide), draw_chart({"png": wide})) if saved else None,
    )
