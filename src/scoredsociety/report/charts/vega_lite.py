"""Charts of a report: Vega-Lite as plain mappings that a user can restyle.

No chart tells anything by colour alone: panels carry their name, segments their label, bars
their number. The fill runs from dark to light (cividis), which survives colour blindness and
a grey printer. Every drawing carries its title and says what it is a picture of.

They are written out here, not built with Altair, whose import costs a run more than all else of
the report; a test has Altair check them against the Vega-Lite schema.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from scoredsociety.report.phrasing import CLAUSE, SYNTHETIC

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, GREY, ACCENT = "#1b1f24", "#5b6470", "#7a1f3d"
# cividis (Nunez, Anderton and Renslow 2018), nine steps from dark to light
DARK_TO_LIGHT = (
    "#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369",
    "#e1cc55",
)  # fmt: skip
WIDTH, NARROW = 620, 330  # pixels: on a desk and in print; on a telephone
TYPES = {"N": "nominal", "O": "ordinal", "Q": "quantitative"}
LOOK = {
    "font": FONT, "background": "#ffffff", "padding": 6, "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": INK,
        "titleFontWeight": "normal", "gridColor": "#e3e6ea", "domainColor": GREY,
        "tickColor": GREY, "labelLimit": 220,
    },
    "header": {"labelFontSize": 12, "labelColor": INK, "labelFontWeight": "bold"},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": INK},
}  # fmt: skip
BARE = {"domain": False, "ticks": False}  # an axis that is only its labels

Values = Sequence[dict[str, Any]]
Chart = dict[str, Any]


def inline(rows: Values) -> Chart:
    """Rows as inline data of a chart."""
    return {"values": list(rows)}


def by(shorthand: str, **more: Any) -> Chart:
    """A channel of an encoding: ``month:O`` is the field and its type."""
    name, kind = shorthand.split(":")
    return {"field": name, "type": TYPES[kind], **more}


def layer(kind: str, encoding: Chart, *, data: Values | None = None, **mark: Any) -> Chart:
    """One mark of a layered chart, with data of its own where it does not share the chart's."""
    own = {} if data is None else {"data": inline(data)}
    return {**own, "mark": {"type": kind, **mark}, "encoding": encoding}


def zero_line(at: float = 0) -> Chart:
    """An upright line."""
    return layer("rule", {"x": by("x:Q")}, data=[{"x": at}], color=GREY)


def shades(number: int) -> list[str]:
    """``number`` fills from dark (lowest) to light (highest)."""
    if number == 1:
        return [DARK_TO_LIGHT[0]]
    last = len(DARK_TO_LIGHT) - 1
    return [DARK_TO_LIGHT[round(place * last / (number - 1))] for place in range(number)]


def ink_on(fill: str) -> str:
    """Black or white, whichever stands out more on ``fill`` (WCAG relative luminance)."""
    parts = [int(fill[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "#ffffff"


def titled(chart: Chart, title: str, *notes: str, width: int = WIDTH) -> Chart:
    """The chart with its title, the standing clause, and the report's look."""
    narrow = width < WIDTH
    said = [line for note in (*notes, SYNTHETIC, CLAUSE)
            for line in (wrap(note, 52) if narrow else [note])]  # fmt: skip
    return {
        **chart,
        "title": {
            "text": wrap(title, 36) if narrow else title, "subtitle": said, "anchor": "start",
            "fontSize": 15, "subtitleFontSize": 11, "subtitleColor": GREY, "offset": 12,
            "color": INK, **({"frame": "bounds"} if narrow else {}),
        },
        "config": {name: dict(part) if isinstance(part, dict) else part
                   for name, part in LOOK.items()},
    }  # fmt: skip


def on_its_page(chart: Chart) -> Chart:
    """The chart without the standing clause, for a page that says it; a file keeps it."""
    title = chart["title"]
    standing = {SYNTHETIC, CLAUSE, *wrap(SYNTHETIC, 52), *wrap(CLAUSE, 52)}
    kept = [line for line in title["subtitle"] if line not in standing]
    return {**chart, "title": {**title, "subtitle": kept}}


def left_of(width: int) -> int:
    """Pixels for what is drawn beside the names of the rows."""
    return width - (240 if width >= WIDTH else 170)


def in_lines(text: str, most: int) -> str:
    """A name in at most two lines of ``most`` letters; the table beside a chart has all of it."""
    lines = wrap(text, most)
    return "|".join(lines[:2]) + ("…" if len(lines) > 2 else "")


IN_LINES = {"labelExpr": "split(datum.label, '|')"}  # an axis whose labels have lines


def over_time(values: Values, *, title: str, unit: str, width: int = WIDTH) -> Chart:
    """One panel a series: ``month`` (YYYY-MM), ``series``, ``value``. Each has its own scale."""
    columns, most = (2, 5) if width >= WIDTH else (1, 4)
    names = list(dict.fromkeys(str(row["series"]) for row in values))
    months = sorted({str(row["month"]) for row in values})
    step = max(1, -(-len(months) // 4))
    ticks = [month for month in months if month.endswith("-01")] or months[::step]
    if len(ticks) > most:
        ticks = ticks[:: -(-len(ticks) // most)]
    axis = {"values": ticks, "labelAngle": 0, "title": None, "grid": False}
    panel = {
        **layer(
            "line",
            {"x": by("month:O", sort=months, axis=axis),
             "y": by("value:Q", title=unit, scale={"zero": True}, axis={"tickCount": 4})},
            color=DARK_TO_LIGHT[1], strokeWidth=2, interpolate="step-after",
        ),
        "width": (width - 90) // columns, "height": 90,
    }  # fmt: skip
    faceted = {
        "data": inline(values), "spec": panel, "columns": columns, "spacing": 16,
        "facet": by("series:N", sort=names, title=None, header={"labelAnchor": "start"}),
        "resolve": {"scale": {"y": "independent"}, "axis": {"x": "independent"}},
    }  # fmt: skip
    return titled(faceted, title, "Every panel has a vertical scale of its own, from zero.",
                  width=width)  # fmt: skip


def stacked(values: Values, *, title: str, segments: Sequence[str], unit: str,
            width: int = WIDTH) -> Chart:  # fmt: skip
    """One full bar a ``group``, cut into ``segments`` (lowest first) by ``value`` of 100."""
    fills = dict(zip(segments, shades(len(segments)), strict=True))
    labels_take = 160 if width >= WIDTH else 140
    least = 7 if width >= WIDTH else 18  # of 100: a narrower segment has no room for its name
    if width < WIDTH:
        values = [{**row, "group": in_lines(str(row["group"]), 20)} for row in values]
    rows, reached = [], {str(row["group"]): 0.0 for row in values}
    order = {segment: place for place, segment in enumerate(segments)}
    for row in sorted(values, key=lambda row: order[str(row["segment"])]):
        group, segment, value = str(row["group"]), str(row["segment"]), float(row["value"])
        start = reached[group]
        reached[group] = start + value
        rows.append({
            "group": group, "from": round(start, 4), "to": round(start + value, 4),
            "middle": round(start + value / 2, 4), "fill": fills[segment],
            "ink": ink_on(fills[segment]),
            "label": f"{segment} {value:.0f}" if value >= least else "",
        })  # fmt: skip
    groups = list(dict.fromkeys(str(row["group"]) for row in values))
    y = by("group:N", sort=groups, title=None,
           axis={**BARE, "labelLimit": labels_take - 10, **(IN_LINES if width < WIDTH else {})})
    drawn = layer(
        "bar",
        {"y": y, "x": by("from:Q", title=unit, scale={"domain": [0, 100]}), "x2": {"field": "to"},
         "color": by("fill:N", scale=None)},
        stroke="#ffffff", strokeWidth=1.5,
    )  # fmt: skip
    labels = layer(
        "text",
        {"y": y, "x": by("middle:Q"), "text": by("label:N"), "color": by("ink:N", scale=None)},
        fontSize=11,
    )  # fmt: skip
    chart = {"data": inline(rows), "layer": [drawn, labels], "width": width - labels_take,
             "height": (24 if width >= WIDTH else 30) * len(groups)}  # fmt: skip
    return titled(
        chart, title, f"From left to right: {', '.join(segments)}. Segments under {least} of 100 "
        "stand in the table.", width=width,
    )  # fmt: skip


def bars(values: Values, *, title: str, unit: str, width: int = WIDTH) -> Chart:
    """Bars with their number at the end: ``name``, ``value``, ``label``.

    On a narrow page the name stands in two lines, and the bar has what is left.
    """
    wide = width >= WIDTH
    rows = [row if wide else {**row, "name": in_lines(str(row["name"]), 20)} for row in values]
    rows = [dict(row) for row in rows]
    names = [str(row["name"]) for row in rows]
    top = max([float(row["value"]) for row in rows] + [0.0]) or 1.0
    places = {
        "y": by("name:N", sort=names, title=None,
                axis={**BARE, "labelLimit": 330 if wide else 130, **({} if wide else IN_LINES)}),
        "x": by("value:Q", title=unit, axis={} if wide else {"tickCount": 3},
                scale={"domain": [0, top * (1.45 if wide else 2.1)], "nice": False}),
    }
    drawn = layer("bar", places, color=DARK_TO_LIGHT[1], height=18)
    labels = layer(
        "text", {**places, "text": by("label:N")}, align="left", dx=5, fontSize=12, color=INK
    )
    return titled(
        {"data": inline(rows), "layer": [drawn, labels], "width": width - (290 if wide else 150),
         "height": (34 if wide else 44) * len(rows)}, title, width=width,
    )  # fmt: skip


def ranges(values: Values, *, title: str, unit: str, width: int = WIDTH) -> Chart:
    """Differences as dots with their interval: ``name``, ``difference``, ``low``, ``high``."""
    rows = [dict(row) for row in values]
    y = by("name:N", sort=[str(row["name"]) for row in rows], title=None, axis=BARE)
    whisker = layer(
        "rule", {"y": y, "x": by("low:Q"), "x2": {"field": "high"}}, data=rows,
        color=INK, strokeWidth=1.5,
    )  # fmt: skip
    points = layer(
        "point", {"y": y, "x": by("difference:Q", title=unit)}, data=rows,
        color=INK, filled=True, size=70, opacity=1,
    )  # fmt: skip
    chart = {"layer": [zero_line(), whisker, points], "width": left_of(width),
             "height": 24 * len(rows)}  # fmt: skip
    return titled(chart, title, "Right of the line: more under the first of the two.", width=width)


SHAPES = ("circle", "triangle-up", "square")


def dots(values: Values, *, title: str, unit: str, series: Sequence[str], note: str,
         width: int = WIDTH) -> Chart:  # fmt: skip
    """Several series a row, told apart by shape and place: ``name``, ``series``, ``value``,
    ``low``, ``high``."""
    rows = [dict(row) for row in values]
    names = list(dict.fromkeys(str(row["name"]) for row in rows))
    fills = shades(len(series) + 1)[: len(series)]  # the lightest is too pale for a dot
    order = list(series)
    places = {
        "y": by("name:N", sort=names, title=None, axis=BARE),
        "yOffset": by("series:N", sort=order, scale={"paddingOuter": 0.4}),
        "color": by("series:N", sort=order, title=None, scale={"domain": order, "range": fills},
                    legend={"orient": "top", "labelLimit": width,
                            "columns": 0 if width >= WIDTH else 1}),
    }  # fmt: skip
    whisker = layer(
        "rule", {**places, "x": by("low:Q"), "x2": {"field": "high"}}, data=rows, strokeWidth=1.5
    )
    shapes = {"domain": order, "range": list(SHAPES[: len(series)])}
    points = layer(
        "point",
        {**places, "x": by("value:Q", title=unit),
         "shape": by("series:N", sort=order, title=None, scale=shapes)},
        data=rows, filled=True, size=60, opacity=1,
    )  # fmt: skip
    height = (10 + 13 * len(series)) * len(names)
    chart = {"layer": [zero_line(), whisker, points], "width": left_of(width), "height": height}
    return titled(chart, title, note, width=width)


def matrix(values: Values, *, title: str, rows: Sequence[str], columns: Sequence[str],
           width: int = WIDTH) -> Chart:  # fmt: skip
    """Cells with their number: ``from``, ``to``, ``value`` (of 100), ``label``; darker is more."""
    drawn = []
    for row in values:
        value = float(row["value"])
        step = 8 - int(8 * min(value, 100) / 100) if value >= 1 else 0
        fill = DARK_TO_LIGHT[step] if value >= 1 else "#f4f5f7"
        drawn.append({**row, "fill": fill, "ink": ink_on(fill)})
    places = {
        "x": by("to:N", sort=list(columns), title="grade after",
                axis={**BARE, "orient": "top", "labelAngle": 0}),
        "y": by("from:N", sort=list(rows), title="grade before", axis=BARE),
    }  # fmt: skip
    cells = layer(
        "rect", {**places, "color": by("fill:N", scale=None)}, stroke="#ffffff", strokeWidth=1.5
    )
    labels = layer(
        "text", {**places, "text": by("label:N"), "color": by("ink:N", scale=None)},
        fontSize=12 if width >= WIDTH else 10,
    )
    size = min(80, (width - (150 if width >= WIDTH else 110)) // max(1, len(columns)))
    chart = {"data": inline(drawn), "layer": [cells, labels], "width": size * len(columns),
             "height": 30 * len(rows)}  # fmt: skip
    return titled(chart, title, "Each row: of 100 who held the grade before, how many hold each "
                  "after.", width=width)  # fmt: skip
