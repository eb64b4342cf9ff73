"""``scored explain``: a life, and why its score is what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands import options as o
from scoredsociety.commands.screen import SYNTHETIC, answer, points

if TYPE_CHECKING:
    from rich.console import Console


def explain(
    run: Annotated[Path, typer.Argument(help="Folder of a run.")],
    person: Annotated[int, typer.Option("--person", help="Seat, from 0.")],
    scheme: Annotated[str | None, typer.Option("--scheme", help="Scheme of the run.")] = None,
    month: Annotated[str | None, typer.Option("--month", help="YYYY-MM; the last.")] = None,
    json: o.Json = False,
) -> None:
    """Show one synthetic life and the ledger of its score: every entry, adding up."""
    from scoredsociety.results import open_run

    record = open_run(run).explain(person, scheme=scheme, month=month)
    answer(json, record, lambda console: show(console, record))


def show(console: Console, record: dict[str, Any]) -> None:
    """The life line by line, then the ledger as a table in points."""
    from rich.table import Table

    console.print(
        f"seat {record['person']} ({record['address']}) under {record['scheme']} in "
        f"{record['month']} ({SYNTHETIC})"
    )
    if not record["subject"]:
        console.print("This scheme does not score this person.")
    for line in record["life"]:
        error = f"  [error: {line['error']}]" if "error" in line else ""
        console.print(f"  {line['month']}  {line['title']}{error}", markup=False)
    if not record["life"]:
        console.print("  nothing that this program follows")
    console.print("Ledger" if record["ledger"] == "flow" else "Composition of the score")
    table = Table()
    for name in ("month", "points", "entry", "cause", "source"):
        table.add_column(name, justify="right" if name == "points" else "left")
    table.add_row("", points(record["start"]), "start" if record["ledger"] == "flow" else "base")
    for entry in record["entries"]:
        table.add_row(
            entry["month"] or "", points(entry["points"]), entry["title"], entry["cause"],
            entry["source"] or "",
        )  # fmt: skip
    grade = f"grade {record['grade']}" if record["grade"] else ""
    table.add_row("", points(record["score"]), "score", grade, style="bold")
    console.print(table)
    for one in record["misfiled"]:
        console.print(misfiled(one), markup=False)
    if record["lists"]:
        console.print(f"on: {', '.join(record['lists'])}")


def misfiled(one: dict[str, Any]) -> str:
    """A wrong record in a sentence: whose it was, what it cost, when it went."""
    whose = f", of seat {one['whose']}" if one["whose"] is not None and one["whose"] >= 0 else ""
    filed = f", filed by {one['filed_by']}" if one["filed_by"] else ""
    ended = f"until {one['removed']} ({one['how']})" if one["removed"] else one["how"]
    cost = f"{points(one['points'])} points"
    cost += f" and straight to grade {one['grade']}" if one["grade"] else ""
    return (
        f"Wrong record: {one['title']} ({one['error']}{whose}{filed}); on this file from "
        f"{one['booked']}, {ended}; it cost {cost} at first; "
        f"{one['restricted_months']} of its {one['months']} months under a restriction"
    )
