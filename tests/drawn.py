"""Charts as they are: ``from tests.drawn import charts_are_drawn`` where pictures are looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scoredsociety.report.charts import figure, renderer

DRAW, START = renderer.draw_chart, renderer.start  # before any test puts others in their place


@pytest.fixture(scope="module", autouse=True)
def charts_are_drawn(charts_are_sketched: None) -> Iterator[None]:
    """Whatever the tests of this folder make has its charts drawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figure, "draw_chart", DRAW)
        patch.setattr(renderer, "start", START)
        yield
