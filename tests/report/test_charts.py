"""Charts are Vega-Lite as its schema has it, and are drawn the same by whoever draws them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import altair as alt
import pytest
from jsonschema import ValidationError

from scoredsociety.report.charts import renderer, vega_lite
from scoredsociety.report.charts.vega_lite import Chart
from scoredsociety.report.pages.society_figure import society_chart

NAMED = [{"name": "one", "value": 3, "label": "3 people", "series": "full", "low": 1, "high": 4,
          "difference": 2.5}, {"name": "two", "value": 0, "label": "none", "series": "direct",
                               "low": -1, "high": 1, "difference": 0}]  # fmt: skip
MONTHS = [{"month": f"2020-{m:02d}", "series": s, "value": m} for m in range(1, 13) for s in "AB"]
GROUPS = [{"group": g, "segment": s, "value": 50.0} for g in ("all", "rural") for s in "AB"]
CELLS = [{"from": a, "to": b, "value": 50, "label": "50"} for a in "AB" for b in "AB"]
FIGURE = {"title": "age", "source": "O-D1", "unit": "years", "made": 10.0, "published": 11.0,
          "low": 9.0, "high": 12.0, "note": "", "met": True}  # fmt: skip
SOCIETY = {
    "title": "A county", "drawn": 1_000, "seed": 1,
    "targets": [FIGURE, FIGURE | {"note": "published figures disagree: O-D2"},
                FIGURE | {"unit": "ties", "title": "close"}],
    "network": {"ties_kin": 1.5, "clustering": 0.1, "path_mean": 4.0},
}  # fmt: skip
KINDS: dict[str, Chart] = {
    "over_time": vega_lite.over_time(MONTHS, title="t", unit="of 1,000"),
    "stacked": vega_lite.stacked(GROUPS, title="t", segments=["A", "B"], unit="of 100"),
    "bars": vega_lite.bars(NAMED, title="t", unit="people"),
    "ranges": vega_lite.ranges(NAMED, title="t", unit="of 1,000"),
    "dots": vega_lite.dots(NAMED, title="t", unit="x", series=["full", "direct"], note="n"),
    "matrix": vega_lite.matrix(CELLS, title="t", rows=["A", "B"], columns=["A", "B"]),
    "society": society_chart(SOCIETY),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_is_vega_lite(kind: str) -> None:
    alt.Chart.from_dict(KINDS[kind])  # validates against the schema


def test_the_schema_refuses_a_chart_that_is_not() -> None:
    wrong = deepcopy(KINDS["bars"])
    wrong["layer"][0]["encoding"]["x"]["type"] = "number"
    with pytest.raises((ValidationError, alt.utils.schemapi.SchemaValidationError)):
        alt.Chart.from_dict(wrong)


def test_charts_are_of_the_version_that_the_schema_is() -> None:
    assert alt.SCHEMA_VERSION.lstrip("v").startswith(renderer.VEGALITE + ".")


@pytest.fixture
def drawers() -> Iterator[list[renderer.Drawer]]:
    """Drawing processes, of this test alone."""
    renderer.stop()
    renderer.start()
    yield renderer._started
    renderer.stop()


def test_many_are_asked_for_at_once_and_come_as_if_drawn_here(
    drawers: list[renderer.Drawer],
) -> None:
    asked = {kind: renderer.draw_chart(chart) for kind, chart in KINDS.items()}
    for kind, one in asked.items():
        assert one.result(60) == renderer.here(KINDS[kind]), kind
    for drawer in drawers:
        assert drawer.process.poll() is None and drawer.waiting == 0  # ready for more


def test_the_drawers_share_what_is_asked_for(drawers: list[renderer.Drawer]) -> None:
    asked = [renderer.draw_chart(KINDS["bars"]) for _ in range(4)]
    assert [drawer.waiting for drawer in drawers] == [2, 2]
    assert len({one.result(60) for one in asked}) == 1


def test_what_the_process_cannot_draw_any_more_is_drawn_here(
    drawers: list[renderer.Drawer],
) -> None:
    for drawer in drawers:
        drawer.process.kill()
    asked = [renderer.draw_chart(KINDS["bars"]) for _ in range(3)]
    assert {one.result(60) for one in asked} == {renderer.here(KINDS["bars"])}


def test_who_asks_for_no_chart_is_told_and_the_others_are_drawn(
    drawers: list[renderer.Drawer],
) -> None:
    wrong, right = renderer.draw_chart({"mark": 3}), renderer.draw_chart(KINDS["bars"])
    with pytest.raises(ValueError):
        wrong.result(60)
    assert right.result(60) == renderer.here(KINDS["bars"])
