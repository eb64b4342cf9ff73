"""One page a question, docs/questions/, with one picture each, from figures that are kept.

Every sentence that a reader sees stands in a table of strings (docs/build/strings/en.toml); here
are only the figures that are filled in, and what the sentences claim of them: where a table no
longer bears a claim, no page is made until the sentence has been read again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docs.build import question_figures as figures
from docs.build.question_figures import Figures

DOCS = Path(__file__).resolve().parents[1]
STRINGS = Path(__file__).resolve().parent / "strings"
Chart = dict[str, Any]
PARTS = ("answer", "range", "assumed")
OF: dict[str, Callable[[], Figures]] = {
    "unfriending": figures.unfriending,
    "silence": figures.silence,
    "error": figures.error,
    "law": figures.law,
    "gains": figures.gains,
    "children": figures.children,
}


@dataclass(frozen=True)
class Told:
    """The strings of one language, and how it writes numbers."""

    strings: Mapping[str, Any]

    def number(self, value: float, places: int = 0) -> str:
        """``12,345.6`` in the manner of the language, with a true minus sign."""
        common = self.strings["common"]
        text = f"{abs(value):,.{places}f}"
        minus = "\N{MINUS SIGN}" if value < 0 and any(one in text for one in "123456789") else ""
        swapped = {",": common["thousands"], ".": common["decimal"]}
        return minus + "".join(swapped.get(letter, letter) for letter in text)

    def filled(self, name: str, found: Figures) -> dict[str, Any]:
        """The strings of a page with its figures in them."""
        if broken := [claim for claim, holds in found.claims.items() if not holds]:
            raise ValueError(f"{name}: the figures no longer bear it that {'; '.join(broken)}")
        values = {key: self.number(*value) if isinstance(value, tuple) else value
                  for key, value in found.values.items()}  # fmt: skip
        return {key: text.format(**values) if isinstance(text, str) else text
                for key, text in self.strings[name].items()}  # fmt: skip


@cache
def told(language: str = "en") -> Told:
    """The table of strings of a language."""
    return Told(tomllib.loads((STRINGS / f"{language}.toml").read_text("utf-8")))


def page(name: str, language: str = "en") -> str:
    """The page of a question, in Markdown."""
    speech = told(language)
    common, text = speech.strings["common"], speech.filled(name, OF[name]())
    parts = [f"# {text['question']}", f"*{common['synthetic']}* {text['made_of']}"]
    parts += [f"**{common[part]}** {text[part]}" for part in PARTS[:1]]
    parts += [f"![{text['chart']}]({name}.svg)"]
    parts += [f"**{common[part]}** {text[part]}" for part in PARTS[1:]]
    parts += [f"**{common['may']}** “{text['may']}”\n\n**{common['may_not']}** “{text['may_not']}”"]
    parts += [f"**{common['run']}** {text['run']}",
              f"{common['made']} {common['others']}"]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def ranged(rows: list[dict[str, Any]], *, title: str, unit: str, notes: list[str]) -> Chart:
    """Bars with their range as a line over them, number and range in words beside."""
    from scoredsociety.report.charts import vega_lite as v

    names = [row["name"] for row in rows]
    top = max(max(row["high"], row["value"]) for row in rows) or 1.0
    y = v.by("name:N", sort=names, title=None, axis={**v.BARE, "labelLimit": 330})
    ticks = {"tickCount": 5, "labelExpr": f"datum.value > {top} ? '' : datum.label"}
    x = v.by("value:Q", title=unit, axis=ticks,
             scale={"domain": [0, 1.6 * top], "nice": False})
    ends = {"y": y, "x": v.by("low:Q"), "x2": {"field": "high"}}
    label = {"y": y, "x": v.by("high:Q"), "text": v.by("label:N")}
    chart = v.on_its_page(v.titled({
        "data": v.inline(rows), "width": v.WIDTH - 290, "height": 34 * len(rows),
        "layer": [
            v.layer("bar", {"y": y, "x": x}, color=v.DARK_TO_LIGHT[6], height=18),
            v.layer("rule", ends, color=v.INK, strokeWidth=1.5),
            v.layer("text", label, align="left", dx=6, fontSize=12, color=v.INK),
        ],
    }, title))  # fmt: skip
    chart["title"]["subtitle"] = notes
    return chart


def drawn(name: str, language: str = "en") -> str:
    """The picture of a question, as SVG: a bar a row, with its range."""
    from scoredsociety.report.charts.figure import picture

    speech, found = told(language), OF[name]()
    common, text = speech.strings["common"], speech.filled(name, found)
    rows = []
    for bar in found.bars:
        ends = [speech.number(one, found.places) for one in (bar.value, bar.low, bar.high)]
        label = common["label"].format(value=ends[0], low=ends[1], high=ends[2])
        rows.append({"name": text["rows"][bar.key], "label": label, "value": bar.value,
                     "low": bar.low, "high": bar.high})  # fmt: skip
    chart = ranged(rows, title=text["chart"], unit=text["unit"],
                   notes=[text["brackets"], common["synthetic_short"]])  # fmt: skip
    said = ". ".join(f"{row['name']}: {row['label']}" for row in rows)
    return picture(chart, name=f"question-{name}", title=text["chart"], description=said).svg + "\n"
