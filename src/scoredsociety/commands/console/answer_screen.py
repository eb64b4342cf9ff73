"""The answers to the thirteen questions on a screen: side by side, then what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from scoredsociety.commands.console.screen import SYNTHETIC

if TYPE_CHECKING:
    from rich.console import Console

    from scoredsociety.study.questions.questions import Answers
    from scoredsociety.study.questions.side_by_side import AnswerLine

PHASES = {
    "roll-out": "roll-out: the last of {months} months from the start of the scheme",
    "settled": "settled: a year that follows sixty months under the scheme",
}


def show(console: Console, found: Answers, full: bool = False) -> None:
    """Schemes side by side in bands of evidence, with what is assumed beside them."""
    from scoredsociety.runs.folder.manifest import STATEMENT
    from scoredsociety.study.questions.side_by_side import (
        answers_side_by_side,
        chief_movers,
        columns,
        flipped,
        ranges_in_words,
    )

    statement = STATEMENT[0].upper() + STATEMENT[1:]
    console.print(f"{SYNTHETIC.capitalize()}. {statement}.")
    for phase in dict.fromkeys(found.frame["phase"]):
        schemes = columns(found.frame, phase)
        head = ["", "in this simulation", *(f"{name}\n({band})" for name, band in schemes)]
        console.print()
        grid(console, title_of(phase, found.months), head, answers_side_by_side(found.frame, phase))
        console.print(
            f"Upper number: every response in its default form, {found.people:,} persons. Under "
            f"it: {ranges_in_words(found)}. In brackets: over those that published figures do not "
            "rule out. A change is against the same people with the same luck and no scheme (“in "
            "all”: what there is without). “Either way”: not even the direction is sure."
        )
        console.print()
        for name, _ in schemes:
            said = [f"{mover} ({', '.join(questions)})"
                    for mover, questions in chief_movers(found.frame, name, phase)[:4]]  # fmt: skip
            if said:
                console.print(f"{name}: its answers are moved most by {'; '.join(said)}")
    lines = flipped(found.frame)
    if lines:
        from scoredsociety.study.questions.path_flips import PATHS

        head = ["", "Q1 in this simulation", "as it is", *(f"if {path.says}" for path in PATHS)]
        console.print()
        grid(console, f"One path flipped, roll-out ({SYNTHETIC})", head, lines)
        console.print("In brackets: what luck does, over the seeds.")
    if full:
        for (scheme, phase), rows in found.frame.group_by(["scheme", "phase"],
                                                          maintain_order=True):  # fmt: skip
            console.print()
            show_scheme(console, f"{scheme}, {phase} ({SYNTHETIC})", rows.to_dicts())
    show_basis(console, found, full)
    show_unmet(console, found)


def title_of(phase: str, months: int) -> str:
    """What a phase is, as the title of its table."""
    words = PHASES[phase].format(months=months)
    if phase == "roll-out" and months > 12:
        words = f"roll-out: the last year of {months} months from the start of the scheme"
    return f"{words} ({SYNTHETIC})"


def grid(console: Console, title: str, head: Sequence[str], lines: Sequence[AnswerLine]) -> None:
    """A table of lines; the first two columns are words."""
    from rich.table import Table

    table = Table(title=title, title_justify="left", show_lines=True)
    for place, name in enumerate(head):
        table.add_column(name, justify="left" if place < 2 else "right", overflow="fold",
                         ratio=None if place == 0 else 1 + (place == 1))  # fmt: skip
    last = ""
    for line in lines:
        table.add_row("" if line.question == last else line.question, line.says, *line.cells)
        last = line.question
    console.print(table)


def show_basis(console: Console, found: Answers, full: bool) -> None:
    """What is not answered, how many runs, what pairing saves, and what is assumed."""
    from scoredsociety.study.questions.side_by_side import luck_of_answers

    console.print()
    for question, why in found.partly.items():
        console.print(f"{question} is answered in part: {why}")
    for question, why in found.unanswered.items():
        console.print(f"{question} is not answered: {why}")
    console.print(f"assumed, of no source: {counted(found.assumed)}")
    first, *drawn = found.seeds
    seeds = f"seed {first} and {len(drawn)} drawn from it" if drawn else (
        f"one seed, {first}: no interval of luck"
    )
    console.print(f"{found.runs} runs: the default of {found.people:,} synthetic persons, the rest "
                  f"of {found.point_people:,}; {seeds}")  # fmt: skip
    console.print(luck_of_answers(found))
    for where, targets in found.ruled_out.items():
        out = ", ".join(f"{count} by {name.replace('_', ' ')}" for name, count in targets.items())
        console.print(f"{where}: of {found.points} points ruled out {out}")
    if found.variance_ratio is not None:
        console.print(
            "variance of a difference under keyed draws over that under independent seeds "
            f"(median): {found.variance_ratio:.3f}"
        )
    if full:
        console.print("the plausible settings:")
        for one in (*found.settings, *found.discretion):
            console.print(f"  {one.id}: {one.says}")
    else:
        console.print("every line with its interval of luck: --full; sentences that may be "
                      "quoted, settings and assumed numbers: --report FILE.html")  # fmt: skip


def show_unmet(console: Console, found: Answers) -> None:
    """What nobody met under any seed of the default, by scheme and phase."""
    from scoredsociety.measure.scoring.unmet import SHOWN as SHOWN_UNMET
    from scoredsociety.measure.scoring.unmet import in_words

    for where, unmet in found.unmet.items():
        for line in in_words(unmet, SHOWN_UNMET):
            console.print(f"nobody met under {where}, {line}", markup=False)


def counted(assumed: Mapping[str, int]) -> str:
    """``wendeng_2020 38 numbers, conduct 210 numbers``."""
    return ", ".join(f"{name} {count:,} values" for name, count in assumed.items())


def show_scheme(console: Console, title: str, rows: list[dict[str, Any]]) -> None:
    """One scheme in one phase; what the rules leave no room for is named in one line."""
    from rich.table import Table

    from scoredsociety.study.questions.questions import three_figures

    names = ("", "in this simulation", "default (luck)", "over what is assumed", "moved most by")
    table = Table(title=title, title_justify="left")
    for name in names:
        table.add_column(name, justify="right" if name in names[2:4] else "left")
    nothing = [row for row in rows if row["range_low"] == row["range_high"] == row["value"] == 0]
    for row in (row for row in rows if row not in nothing):
        luck = three_figures(row["value"])
        if row["low"] is not None:
            luck += f"\n({three_figures(row['low'])} to {three_figures(row['high'])})"
        moved = str(row["moved_most_by"])
        change = "change in " if row["change"] else ""
        ranged = f"{three_figures(row['range_low'])} to {three_figures(row['range_high'])}"
        left = "" if row["kept_low"] is None else (
            f"[{three_figures(row['kept_low'])} to {three_figures(row['kept_high'])}]"
        )
        table.add_row(
            row["question"], f"{change}{row['says']}, {row['unit']} {row['of']}", luck,
            f"no answer: held to {row['fitted_to']}" if row["fitted_to"] else
            f"{ranged}\n{left}\n{row['sign']}".strip() if row["settings"] > 1 else "", moved,
        )  # fmt: skip
    console.print(table)
    if nothing:
        said = "; ".join(f"{row['question']} {row['says']}" for row in nothing)
        console.print(f"0 by the rules: {said}")
