"""A society in one picture: published figures beside what was made, and its ties by kind.

Synthetic society, not a forecast. A figure stands at 100 times made over published, so that
percents, yuan and persons share a scale; a figure that disagrees with the winning one is drawn
in a panel of its own, with hollow marks.
"""

from __future__ import annotations

from typing import Any

from scoredsociety.report.charts.figure import picture as drawn
from scoredsociety.report.charts.renderer import VEGALITE
from scoredsociety.report.charts.vega_lite import (
    BARE,
    DARK_TO_LIGHT,
    GREY,
    INK,
    WIDTH,
    Chart,
    Values,
    by,
    inline,
    layer,
    titled,
    zero_line,
)

DISAGREES = "published figures disagree"  # how the note of such a figure begins
CHECKED = {True: "", False: ", missed", None: ", too few people to say"}
RANGES = "ties"  # targets of this unit are published as a range, not as a figure


def society_picture(found: dict[str, Any], kind: str) -> bytes:
    """The picture of what ``society.describe.describe`` gives, as ``.svg`` or ``.png``."""
    chart = society_chart(found)
    if kind == ".png":
        import vl_convert

        made: bytes = vl_convert.vegalite_to_png(chart, vl_version=VEGALITE, scale=2)
        return made
    said = (
        "Each published figure is a row with a mark at what was made, in percent of what was "
        "published, and its interval; below, the mean number of ties a person by kind."
    )
    title = _title_of(found)
    return drawn(chart, name="society", title=title, description=said).svg.encode()


def _title_of(found: dict[str, Any]) -> str:
    """``A county: what was made beside what is published, 100,000 people, seed 1``."""
    return (
        f"{found['title']}: what was made beside what is published "
        f"({found['drawn']:,} people, seed {found['seed']})"
    )


def society_chart(found: dict[str, Any]) -> Chart:
    """Panels of figures (winning, then disagreeing) and of ties by kind, one above another."""
    winning = rows_of(found, disagreeing=False)
    losing = rows_of(found, disagreeing=True)
    panels = []
    if winning:
        panels.append(figures(winning, "Published figures that the recipe aims at", filled=True))
    if losing:
        panels.append(figures(losing, "Figures that disagree with these", filled=False))
    panels.append(ties(found))
    notes = ["100 is the published figure; the line is the interval of what was made (99.9 %)."]
    return titled(
        {"vconcat": panels, "spacing": 26}, _title_of(found), *(notes if winning or losing else [])
    )


def rows_of(found: dict[str, Any], *, disagreeing: bool) -> list[dict[str, Any]]:
    """Figures as ``name``, ``made``, ``low``, ``high`` of 100 published, and ``label``.

    Where there is no interval, both ends are what was made: a mark without a line.
    """
    rows = []
    for one in found["targets"]:
        if one["unit"] == RANGES or one["made"] is None or not one["published"]:
            continue
        if one["note"].startswith(DISAGREES) is disagreeing:
            times = 100 / one["published"]
            ends = [one["made"] if end is None else end for end in (one["low"], one["high"])]
            rows.append({
                "name": f"{one['title']} [{one['source']}]",
                "made": one["made"] * times, "low": ends[0] * times, "high": ends[1] * times,
                "label": f"{_number(one['made'])} ({_number(one['published'])}) {one['unit']}"
                + ("" if disagreeing else CHECKED[one["met"]]),
            })  # fmt: skip
    return rows


def _number(value: float) -> str:
    """``42,359``, ``63.9``, ``2.64``: as many digits as a reader needs."""
    size = abs(value)
    return f"{value:,.0f}" if size >= 1000 else f"{value:.1f}" if size >= 10 else f"{value:.3g}"


def figures(rows: Values, title: str, *, filled: bool) -> Chart:
    """One row a figure: a mark at what was made, a line for its interval, numbers at the right."""
    names = [row["name"] for row in rows]
    low = min(min(row["low"] for row in rows), 100)
    high = max(max(row["high"] for row in rows), 100)
    edge = max(high - 100, 100 - low, 1) * 1.05
    scale = {"domain": [100 - edge, 100 + edge], "nice": False, "zero": False}
    y = by("name:N", sort=names, title=None, axis={**BARE, "labelLimit": 330})
    interval = layer(
        "rule",
        {"y": y, "x": by("low:Q", scale=scale, title="made, of 100 published"),
         "x2": {"field": "high"}},
        data=rows, color=INK, strokeWidth=1.5,
    )  # fmt: skip
    marks = layer(
        "point", {"y": y, "x": by("made:Q", scale=scale)}, data=rows,
        filled=filled, color=DARK_TO_LIGHT[1], size=45, opacity=1,
    )  # fmt: skip
    labels = layer(
        "text", {"y": y, "x": {"value": WIDTH - 290}, "text": by("label:N")}, data=rows,
        align="left", fontSize=11, color=INK, dx=8,
    )  # fmt: skip
    return {
        "layer": [zero_line(100), interval, marks, labels], "width": WIDTH - 290,
        "height": 19 * len(rows),
        "title": {"text": f"{title}: made (published)", "anchor": "start", "fontSize": 12,
                  "color": INK},
    }  # fmt: skip


def ties(found: dict[str, Any]) -> Chart:
    """Mean ties a person by kind, and the published ranges of circles in the title (V28)."""
    network = found["network"]
    rows = [
        {"name": key.removeprefix("ties_").replace("_", " "), "value": value,
         "label": f"{value:.2f}"}
        for key, value in network.items() if key.startswith("ties_")
    ]  # fmt: skip
    names = [row["name"] for row in rows]
    top = max(float(row["value"]) for row in rows) or 1.0
    places = {
        "y": by("name:N", sort=names, title=None, axis=BARE),
        "x": by("value:Q", title="ties a person", scale={"domain": [0, top * 1.2]}),
    }
    bars = layer("bar", places, color=DARK_TO_LIGHT[1], height=14)
    labels = layer(
        "text", {**places, "text": by("label:N")}, align="left", dx=5, fontSize=11, color=INK
    )
    circles = [
        f"{one['title']} {one['made']:.1f} (published {one['low']:g} to {one['high']:g})"
        for one in found["targets"] if one["unit"] == RANGES
    ]  # fmt: skip
    shape = f"clustering {network['clustering']:.3f}, mean path {network['path_mean']:.1f}"
    return {
        "data": inline(rows), "layer": [bars, labels], "width": WIDTH - 290,
        "height": 22 * len(rows),
        "title": {
            "text": "Ties by kind, at the start", "subtitle": [*circles, shape],
            "anchor": "start", "fontSize": 12, "subtitleFontSize": 11, "subtitleColor": GREY,
            "color": INK,
        },
    }  # fmt: skip
