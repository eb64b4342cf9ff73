"""Charts of a report: Altair objects that a user can restyle, and their static drawing.

No chart tells anything by colour alone: panels carry their name, segments their label, bars
their number. The fill runs from dark to light (cividis), which survives colour blindness and
a grey printer. Every drawing carries its title and says what it is a picture of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

import altair as alt

from scoredsociety.report.drawing import draw
from scoredsociety.report.words import CLAUSE, SYNTHETIC

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, GREY, ACCENT = "#1b1f24", "#5b6470", "#7a1f3d"
# cividis (Nunez, Anderton and Renslow 2018), nine steps from dark to light
DARK_TO_LIGHT = (
    "#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369",
    "#e1cc55",
)  # fmt: skip
VEGALITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
WIDTH = 620

Values = Sequence[dict[str, Any]]


def inline(rows: Values) -> Any:
    """Rows as inline data of a chart."""
    return alt.InlineData(values=list(rows))


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


def titled(chart: Any, title: str, *notes: str) -> Any:
    """The chart with its title, the standing clause, and the report's look."""
    return (
        chart.properties(
            title=alt.TitleParams(
                title, subtitle=[*notes, SYNTHETIC, CLAUSE], anchor="start", fontSize=15,
                subtitleFontSize=11, subtitleColor=GREY, offset=12, color=INK,
            )  # fmt: skip
        )
        .configure(font=FONT, background="#ffffff", padding=6)
        .configure_axis(
            labelFontSize=12, titleFontSize=12, labelColor=INK, titleColor=INK,
            titleFontWeight="normal", gridColor="#e3e6ea", domainColor=GREY, tickColor=GREY,
            labelLimit=220,
        )  # fmt: skip
        .configure_view(stroke=None)
        .configure_header(labelFontSize=12, labelColor=INK, labelFontWeight="bold")
        .configure_legend(labelFontSize=12, titleFontSize=12, labelColor=INK, titleColor=INK)
    )


def over_time(values: Values, *, title: str, unit: str, columns: int = 2) -> Any:
    """One panel a series: ``month`` (YYYY-MM), ``series``, ``value``. Each has its own scale."""
    names = list(dict.fromkeys(str(row["series"]) for row in values))
    months = sorted({str(row["month"]) for row in values})
    step = max(1, -(-len(months) // 4))
    ticks = [month for month in months if month.endswith("-01")] or months[::step]
    if len(ticks) > 5:
        ticks = ticks[:: -(-len(ticks) // 5)]
    axis = alt.Axis(values=ticks, labelAngle=0, title=None, grid=False)
    line = alt.Chart(inline(list(values))).mark_line(
        color=DARK_TO_LIGHT[1], strokeWidth=2, interpolate="step-after"
    )
    chart = line.encode(
        x=alt.X("month:O", sort=months, axis=axis),
        y=alt.Y("value:Q", title=unit, scale=alt.Scale(zero=True), axis=alt.Axis(tickCount=4)),
    ).properties(width=(WIDTH - 90) // columns, height=90)
    faceted = chart.facet(
        facet=alt.Facet("series:N", sort=names, title=None, header=alt.Header(labelAnchor="start")),
        columns=columns,
        spacing=16,
    ).resolve_scale(y="independent").resolve_axis(x="independent")
    return titled(faceted, title, "Every panel has a vertical scale of its own, from zero.")


def stacked(values: Values, *, title: str, segments: Sequence[str], unit: str) -> Any:
    """One full bar a ``group``, cut into ``segments`` (lowest first) by ``value`` of 100."""
    fills = dict(zip(segments, shades(len(segments)), strict=True))
    rows, reached = [], {str(row["group"]): 0.0 for row in values}
    order = {segment: place for place, segment in enumerate(segments)}
    for row in sorted(values, key=lambda row: order[str(row["segment"])]):
        group, segment, value = str(row["group"]), str(row["segment"]), float(row["value"])
        start = reached[group]
        reached[group] = start + value
        rows.append({
            "group": group, "from": round(start, 4), "to": round(start + value, 4),
            "middle": round(start + value / 2, 4), "fill": fills[segment],
            "ink": ink_on(fills[segment]), "label": f"{segment} {value:.0f}" if value >= 7 else "",
        })  # fmt: skip
    groups = list(dict.fromkeys(str(row["group"]) for row in values))
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("group:N", sort=groups, title=None, axis=alt.Axis(domain=False, ticks=False))
    )
    bars = base.mark_bar(stroke="#ffffff", strokeWidth=1.5).encode(
        x=alt.X("from:Q", title=unit, scale=alt.Scale(domain=[0, 100])),
        x2="to:Q",
        color=alt.Color("fill:N", scale=None),
    )
    labels = base.mark_text(fontSize=11).encode(
        x="middle:Q", text="label:N", color=alt.Color("ink:N", scale=None)
    )
    chart = (bars + labels).properties(width=WIDTH - 160, height=24 * len(groups))
    return titled(
        chart, title, f"From left to right: {', '.join(segments)}. Segments under 7 of 100 "
        "stand in the table.",
    )  # fmt: skip


def bars(values: Values, *, title: str, unit: str) -> Any:
    """Bars with their number at the end: ``name``, ``value``, ``label``."""
    rows = [dict(row) for row in values]
    names = [str(row["name"]) for row in rows]
    top = max([float(row["value"]) for row in rows] + [0.0]) or 1.0
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(
            "name:N", sort=names, title=None,
            axis=alt.Axis(domain=False, ticks=False, labelLimit=330),
        ),  # fmt: skip
        x=alt.X("value:Q", title=unit, scale=alt.Scale(domain=[0, top * 1.45], nice=False)),
    )
    drawn = base.mark_bar(color=DARK_TO_LIGHT[1], height=18)
    labels = base.mark_text(align="left", dx=5, fontSize=12, color=INK).encode(text="label:N")
    chart = (drawn + labels).properties(width=WIDTH - 290, height=34 * len(rows))
    return titled(chart, title)


def ranges(values: Values, *, title: str, unit: str) -> Any:
    """Differences as dots with their interval: ``name``, ``difference``, ``low``, ``high``."""
    rows = [dict(row) for row in values]
    names = [str(row["name"]) for row in rows]
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False))
    )
    zero = alt.Chart(inline([{"x": 0}])).mark_rule(color=GREY).encode(x="x:Q")
    whisker = base.mark_rule(color=INK, strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    dots = base.mark_point(color=INK, filled=True, size=70, opacity=1).encode(
        x=alt.X("difference:Q", title=unit)
    )
    chart = (zero + whisker + dots).properties(width=WIDTH - 240, height=24 * len(rows))
    return titled(chart, title, "Right of the line: more under the first of the two.")


SHAPES = ("circle", "triangle-up", "square")


def dots(values: Values, *, title: str, unit: str, series: Sequence[str], note: str) -> Any:
    """Several series a row, told apart by shape and place: ``name``, ``series``, ``value``,
    ``low``, ``high``."""
    rows = [dict(row) for row in values]
    names = list(dict.fromkeys(str(row["name"]) for row in rows))
    fills = shades(len(series) + 1)[: len(series)]  # the lightest is too pale for a dot
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False)),
        yOffset=alt.YOffset("series:N", sort=list(series), scale=alt.Scale(paddingOuter=0.4)),
        color=alt.Color("series:N", sort=list(series), title=None,
                        scale=alt.Scale(domain=list(series), range=fills),
                        legend=alt.Legend(orient="top", labelLimit=WIDTH)),
    )  # fmt: skip
    zero = alt.Chart(inline([{"x": 0}])).mark_rule(color=GREY).encode(x="x:Q")
    whisker = base.mark_rule(strokeWidth=1.5).encode(x="low:Q", x2="high:Q")
    points = base.mark_point(filled=True, size=60, opacity=1).encode(
        x=alt.X("value:Q", title=unit),
        shape=alt.Shape("series:N", sort=list(series), title=None,
                        scale=alt.Scale(domain=list(series), range=list(SHAPES[: len(series)]))),
    )  # fmt: skip
    height = (10 + 13 * len(series)) * len(names)
    chart = (zero + whisker + points).properties(width=WIDTH - 240, height=height)
    return titled(chart, title, note)


def matrix(values: Values, *, title: str, rows: Sequence[str], columns: Sequence[str]) -> Any:
    """Cells with their number: ``from``, ``to``, ``value`` (of 100), ``label``; darker is more."""
    drawn = []
    for row in values:
        value = float(row["value"])
        step = 8 - int(8 * min(value, 100) / 100) if value >= 1 else 0
        fill = DARK_TO_LIGHT[step] if value >= 1 else "#f4f5f7"
        drawn.append({**row, "fill": fill, "ink": ink_on(fill)})
    base = alt.Chart(inline(drawn)).encode(
        x=alt.X("to:N", sort=list(columns), title="grade after",
                axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False)),
        y=alt.Y("from:N", sort=list(rows), title="grade before",
                axis=alt.Axis(domain=False, ticks=False)),
    )  # fmt: skip
    cells = base.mark_rect(stroke="#ffffff", strokeWidth=1.5).encode(
        color=alt.Color("fill:N", scale=None)
    )
    labels = base.mark_text(fontSize=12).encode(
        text="label:N", color=alt.Color("ink:N", scale=None)
    )
    size = min(80, (WIDTH - 150) // max(1, len(columns)))
    chart = (cells + labels).properties(width=size * len(columns), height=30 * len(rows))
    return titled(chart, title, "Each row: of 100 who held the grade before, how many hold each "
                  "after.")  # fmt: skip


def svg(chart: Any, *, name: str, title: str, description: str) -> str:
    """The chart as SVG: the same bytes for the same chart, one image with title and text.

    Marks lose their own roles (the whole is one image, its numbers stand in the table) and ids
    take ``name`` in front, so that many drawings share a page.
    """
    drawn = draw(chart.to_dict(validate=False), VEGALITE)
    drawn = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", drawn)
    drawn = re.sub(r'\bid="([^"]*)"', rf'id="{name}-\1"', drawn)
    drawn = re.sub(r"url\(#([^)]*)\)", rf"url(#{name}-\1)", drawn)
    drawn = re.sub(r'(href)="#([^"]*)"', rf'\1="#{name}-\2"', drawn)
    opening, rest = drawn.split(">", 1)
    opening = opening.replace(' class="marks"', "")
    named = (
        f'{opening} role="img" aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(description)}</desc>'
    )
    return named + rest
