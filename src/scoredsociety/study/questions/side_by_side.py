"""The answers of several schemes side by side: what a reader quotes, and what moves it.

One row an indicator, one column a scheme; a cell has the default, the range over everything that
is assumed, and the range over what published figures do not rule out. Nothing is ranked, and no
column is summed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from scoredsociety.study.questions.answer_table import AND, MORE
from scoredsociety.study.questions.indicators import BY_NAME
from scoredsociety.study.questions.path_flips import PATHS
from scoredsociety.study.questions.questions import NOTHING, Answers, three_figures

Row = dict[str, Any]
NO_ANSWER = "does not arise"


class AnswerLine(NamedTuple):
    """One row: the question, what is counted, and a cell for each column."""

    question: str
    says: str
    cells: tuple[str, ...]


def columns(frame: pl.DataFrame, phase: str) -> list[tuple[str, str]]:
    """(scheme, band) of every column, in bands of evidence."""
    found = frame.filter(pl.col("phase") == phase).select("scheme", "band")
    return [(str(a), str(b)) for a, b in found.unique(maintain_order=True).iter_rows()]


def answers_side_by_side(frame: pl.DataFrame, phase: str, every: bool = False) -> list[AnswerLine]:
    """A row for each chief indicator (or for every one) that any scheme answers."""
    schemes = [scheme for scheme, _ in columns(frame, phase)]
    rows = {(str(row["scheme"]), str(row["indicator"])): row
            for row in frame.filter(pl.col("phase") == phase).to_dicts()}  # fmt: skip
    lines = []
    for one in BY_NAME.values():
        found = [rows.get((scheme, one.id)) for scheme in schemes]
        if not (one.head or every) or not any(found):
            continue
        change = "change in " if one.change else ""
        lines.append(AnswerLine(one.question, f"{change}{one.says}, {one.unit} {one.of}",
                          tuple(_cell(row) for row in found)))  # fmt: skip
    return lines


def _cell(row: Row | None) -> str:
    """The default and its two ranges; where a direction is at stake, whether it is sure.

    Without any scheme there is no change to speak of: the cell has what there is. A figure that
    served to rule settings out is no answer, and the cell says so.
    """
    if row is None:
        return NO_ANSWER
    if row["fitted_to"]:
        return f"no answer: held to {row['fitted_to']}"
    value, low, high = (three_figures(row[key]) for key in ("value", "range_low", "range_high"))
    one = BY_NAME[row["indicator"]]
    if row["scheme"] == NOTHING:
        return f"{value} in all" if one.change else value
    if one.most == 0:
        return value
    if not row["value"] and not any((row["range_low"], row["range_high"])):
        return "0 by the rules"
    text = f"{value}\n{low} to {high}"
    if row["kept_low"] is not None:
        text += f"\n[{three_figures(row['kept_low'])} to {three_figures(row['kept_high'])}]"
    unsure = (one.change or one.signed) and not row["sign"]
    return f"{text}\neither way" if unsure else text


def ranges_in_words(found: Answers) -> str:
    """Over what the ranges run."""
    numbers = max(found.moved.values(), default=0)
    return (
        f"the range over {found.points} points that fill the space of up to {numbers} assumed "
        "numbers and rival forms (every coefficient of every response and life effect within its "
        "bounds; assumed rates of acts, gravity, coverage and errors; assumed numbers of the "
        f"scheme), and over {len(found.settings)} settings that change one thing, in societies of "
        f"{found.point_people:,} persons"
    )


def luck_of_answers(found: Answers) -> str:
    """What an interval is."""
    return (
        "Intervals of luck: Student's t over the seeds, so wide that all answers of a scheme and "
        "phase hold together in 95 of 100 studies (Bonferroni); where nothing was seen, what that "
        "many households do not rule out. A sign is given only where it holds in the interval and "
        "in the whole range."
    )


def flipped(frame: pl.DataFrame) -> list[AnswerLine]:
    """Q1 with one path flipped: a line a scheme and measure; as it is, then each flip."""
    rows = {(str(row["scheme"]), str(row["indicator"])): row
            for row in frame.filter(pl.col("phase") == "roll-out").to_dicts()}  # fmt: skip
    lines: list[AnswerLine] = []
    for scheme in dict.fromkeys(frame["scheme"]):
        for name in dict.fromkeys(name for path in PATHS for name in path.indicators):
            one, plain = BY_NAME[name], rows.get((scheme, name))
            found = [rows.get((scheme, f"{name}_{path.id}")) for path in PATHS]
            if plain is None or not any(found) or not any(row and row["value"] for row in found):
                continue
            lines.append(AnswerLine(scheme, f"{one.says}, {one.unit} {one.of}", (
                with_luck(plain), *(with_luck(row) if row else NO_ANSWER for row in found)
            )))  # fmt: skip
    return lines


def with_luck(row: Row) -> str:
    """A value with the interval of luck."""
    if row["low"] is None:
        return three_figures(row["value"])
    value, low, high = (three_figures(row[key]) for key in ("value", "low", "high"))
    return f"{value}\n({low} to {high})"


def chief_movers(frame: pl.DataFrame, scheme: str, phase: str) -> list[tuple[str, list[str]]]:
    """The assumptions that move an answer most, each with the questions that it moves."""
    found: dict[str, list[str]] = {}
    chosen = frame.filter((pl.col("scheme") == scheme) & (pl.col("phase") == phase))
    for row in chosen.filter(pl.col("fitted_to") == "").to_dicts():
        for name in filter(None, str(row["moved_most_by"]).split(AND)):
            moved = found.setdefault(name.split(MORE)[0], [])
            if row["question"] not in moved:
                moved.append(str(row["question"]))
    return sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
