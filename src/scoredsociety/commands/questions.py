"""``scored questions``: the thirteen questions, answered for any schemes, with what is assumed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands import options as o
from scoredsociety.commands.run import scenario_of
from scoredsociety.commands.screen import SYNTHETIC, answer, progress

if TYPE_CHECKING:
    from rich.console import Console

    from scoredsociety.study.questions import Answers

Cache = Annotated[
    Path,
    typer.Option("--cache", help="Folder of finished runs; asked again, they are read.",
                 rich_help_panel=o.HOW),
]  # fmt: skip
CACHE = Path("runs") / "studies"
Workers = Annotated[
    int | None,
    typer.Option("--threads", help="Runs at the same time (all cores).", rich_help_panel=o.HOW),
]


def questions(
    schemes: Annotated[list[str], typer.Argument(help="Schemes: NAMEs or FILEs.")],
    society: o.Society = "county",
    conduct: o.Conduct = "everyday",
    people: o.People = 10_000,
    months: o.Months = None,
    years: o.Years = None,
    start_month: o.From = "2020-01",
    seed: o.Seed = None,
    replicates: Annotated[
        int, typer.Option("--replicates", help="Seeds of the default setting.",
                          rich_help_panel=o.WHAT)
    ] = 3,
    settled: Annotated[
        bool, typer.Option("--settled/--no-settled", help="Also the settled state.",
                           rich_help_panel=o.WHAT)
    ] = True,
    threads: Workers = None,
    cache: Cache = CACHE,
    out: Annotated[
        Path | None, typer.Option("--out", help="Table as CSV or Parquet.", rich_help_panel=o.HOW)
    ] = None,
    quiet: o.Quiet = False,
    json: o.Json = False,
) -> None:  # fmt: skip
    """Answer the thirteen questions: sign, size, range over plausible settings, what moves it."""
    from scoredsociety.study.questions import PHASES, Design
    from scoredsociety.study.questions import answer as answer_questions
    from scoredsociety.study.simulate import cores
    from scoredsociety.study.tables import write_table

    base = scenario_of(
        schemes[:1], society, conduct, people, months, years, start_month, seed, "fresh", None,
        None, None, None, 0, None,
    )  # fmt: skip
    design = Design(tuple(schemes), base, replicates, phases=PHASES if settled else PHASES[:1])
    with progress(quiet, "asking") as tell:
        found = answer_questions(design, cache, threads or cores(), tell)
    if out is not None:
        write_table(found.frame, out)
    answer(json, record_of(found, out), lambda console: show(console, found))


def record_of(found: Answers, out: Path | None) -> dict[str, Any]:
    """What ``questions --json`` prints."""
    from scoredsociety.study.manifest import STATEMENT

    return {
        "synthetic": SYNTHETIC,
        "statement": STATEMENT,
        "people": found.people,
        "months": found.months,
        "seeds": list(found.seeds),
        "runs": found.runs,
        "variance_ratio": found.variance_ratio,
        "settings": [{"id": one.id, "says": one.says} for one in found.settings],
        "answers": found.frame.to_dicts(),
        "unanswered": dict(found.unanswered),
        "table": str(out) if out else None,
    }


def show(console: Console, found: Answers) -> None:
    """A table a scheme and phase, in bands of evidence, with what is assumed beside it."""
    band = ""
    for (kept, scheme, phase), rows in found.frame.group_by(
        ["band", "scheme", "phase"], maintain_order=True
    ):
        if kept != band:
            band = str(kept)
            console.print(f"\n[bold]{band.upper()}[/bold]")
        show_scheme(console, f"{scheme}, {phase} ({SYNTHETIC})", rows.to_dicts())
    for question, why in found.unanswered.items():
        console.print(f"{question} is not answered: {why}")
    console.print(
        f"{found.runs} runs of {found.people:,} synthetic persons; roll-out: the last year of "
        f"{found.months} months, settled: a year after 60 months; seeds "
        f"{found.seeds[0]} to {found.seeds[-1]}"
    )
    if found.variance_ratio is not None:
        console.print(
            "variance of keyed draws over that of independent seeds (median): "
            f"{found.variance_ratio:.3f}"
        )
    console.print("a change is against the same people without any scheme; settings:")
    for one in found.settings:
        console.print(f"  {one.id}: {one.says}")


def show_scheme(console: Console, title: str, rows: list[dict[str, Any]]) -> None:
    """One scheme in one phase; what is nothing under every setting is named in one line."""
    from rich.table import Table

    from scoredsociety.study.questions import number

    names = ("", "in this simulation", "default (luck)", "over settings", "moved most where")
    table = Table(title=title, title_justify="left")
    for name in names:
        table.add_column(name, justify="right" if name in names[2:4] else "left")
    nothing = [row for row in rows if row["range_low"] == row["range_high"] == row["value"] == 0]
    for row in (row for row in rows if row not in nothing):
        luck = number(row["value"])
        if row["low"] is not None:
            luck += f"\n({number(row['low'])} to {number(row['high'])})"
        moved = f"{row['moved_most_by']}: {number(row['moved_to'])}" if row["moved_most_by"] else ""
        change = "change in " if row["change"] else ""
        table.add_row(
            row["question"], f"{change}{row['says']}, {row['unit']} {row['of']}", luck,
            f"{number(row['range_low'])} to {number(row['range_high'])}\n{row['sign']}", moved,
        )  # fmt: skip
    console.print(table)
    if nothing:
        said = "; ".join(f"{row['question']} {row['says']}" for row in nothing)
        console.print(f"0 under every setting: {said}")
