"""``scored explain``: a life, and why its score is what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.compiling import say_when_compiling
from scoredsociety.commands.console.screen import SYNTHETIC, points, print_answer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def explain(
    run: Annotated[Path, typer.Argument(help="Folder of a run.")],
    person: Annotated[int, typer.Option("--person", help="Seat, from 0.")],
    scheme: Annotated[str | None, typer.Option("--scheme", help="Scheme of the run.")] = None,
    month: Annotated[str | None, typer.Option("--month", help="YYYY-MM; the last.")] = None,
    what_if: Annotated[
        bool, typer.Option("--what-if/--no-what-if", help="Nearest counterfactuals, others held.")
    ] = True,
    full: Annotated[
        bool, typer.Option("--full", help="Run the society again for the nearest ones.")
    ] = False,
    json: o.Json = False,
) -> None:
    """Show one synthetic life, the ledger of its score, and what would have changed it."""
    from scoredsociety.results import open_run

    opened = open_run(run)
    say_when_compiling()
    record = opened.explain(person, scheme=scheme, month=month)
    if what_if or full:
        record["what_if"] = opened.what_if(person, scheme=scheme, month=month, full=full)
    print_answer(json, record, lambda console: show(console, record))


def show(console: Console, record: dict[str, Any]) -> None:
    """The life line by line, then the ledger as a table in points."""
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
    if record["has_score"]:
        flow = record["ledger"] == "flow"
        console.print("Ledger" if flow else "Composition of the score")
        console.print(ledger(record, flow))
    else:
        console.print("On file (this scheme has no score)")
        console.print(on_file(record) if record["entries"] else "  nothing")
    show_standing(console, record)
    for one in record["misfiled"]:
        console.print(misfiled(one), markup=False)
    if record["lists"]:
        console.print(f"on: {', '.join(record['lists'])}")
    if "what_if" in record and record["subject"]:
        show_what_if(console, record["what_if"], record["has_score"])


def ledger(record: dict[str, Any], flow: bool) -> Table:
    """Start or base, every entry, and the score to which they add up."""
    from rich.table import Table

    table = Table()
    for name in ("month", "points", "entry", "cause", "source"):
        table.add_column(name, justify="right" if name == "points" else "left")
    table.add_row("", points(record["start"]), "start" if flow else "base")
    for entry in record["entries"]:
        table.add_row(
            entry["month"] or "", points(entry["points"]), entry["title"], entry["cause"],
            entry["source"] or "",
        )  # fmt: skip
    grade = f"grade {record['grade']}" if record["grade"] else ""
    table.add_row("", points(record["score"]), "score", grade, style="bold")
    return table


def on_file(record: dict[str, Any]) -> Table:
    """What a scheme of lists alone, which has no score, holds of somebody."""
    from rich.table import Table

    table = Table("month", "entry", "source")
    for entry in record["entries"]:
        table.add_row(entry["month"] or "", entry["title"], entry["source"] or "")
    return table


def show_standing(console: Console, record: dict[str, Any]) -> None:
    """Category subtotals, rank among others, what is held, was lost and is denied, and who read."""
    from scoredsociety.measure.scoring.readers import named

    for one in record["categories"]:
        console.print(f"  {one['title']}: {points(one['points'])} points", markup=False)
    rank = record.get("rank")
    if rank and rank["below"] + rank["above"]:
        console.print(
            f"among {rank['of']:,} subjects: {rank['below']:,} below, {rank['level']:,} level, "
            f"{rank['above']:,} above"
        )
    for kind in ("privilege", "restriction"):
        for one in record["held"]:
            if one["kind"] == kind:
                ended = f" until {one['until']}" if one["until"] else ""
                console.print(
                    f"{kind}: {one['title']}, from {one['from']}{ended} "
                    f"(read by {named(one['reader'], one['read_by'])})", markup=False,
                )  # fmt: skip
    for one in record["readings"]:
        console.print(f"read by {reading(one)}", markup=False)


def reading(one: dict[str, Any]) -> str:
    """A reader in a phrase: who, and what came of it, in months of one reward or restriction."""
    if one["seen"]:
        return f"{one['reader']}, since {one['read_by']}: {one['seen']:,} months"
    from scoredsociety.measure.scoring.readers import named

    came = [f"{one[key]:,} months of a {word}" for key, word in
            (("rewards", "reward"), ("restrictions", "restriction")) if one[key]]  # fmt: skip
    return f"{named(one['reader'], one['read_by'])}: {', '.join(came)}"


def show_what_if(console: Console, found: dict[str, Any], has_score: bool) -> None:
    """The nearest single changes, then each of them with what would stand instead."""
    from rich.table import Table

    console.print("What would have had to be different? (one change; everybody else held)")
    asked = [("next_grade", "for the next grade")] if has_score else []
    asked += [("lifts", "to lift the restriction")] if found["restricted"] else []
    for key, words in asked:
        one = found["nearest"][key]
        console.print(f"  {words}: {one['change'] if one else 'no single change'}", markup=False)
        if one and one["full"]:
            console.print("    " + full_effect(one["full"]), markup=False)
    table = Table()
    scored = ("score", "by", "grade") if has_score else ()
    for name in ("change", *scored, "restricted"):
        table.add_column(name, justify="right" if name in ("score", "by") else "left")
    for one in found["counterfactuals"]:
        stands = (points(one["score"]), points(one["score_change"]), one["grade"] or "")
        table.add_row(one["change"], *stands[: len(scored)],
                      "yes" if one["restricted"] else "no")  # fmt: skip
    if found["counterfactuals"]:
        console.print(table)


def full_effect(one: dict[str, Any]) -> str:
    """The change with the whole society run again."""
    grade = f", grade {one['grade']}" if one["grade"] else ""
    return (
        f"with everybody reacting: score {points(one['score'])}{grade}; "
        f"{one['others_who_differ']:,} others would stand otherwise"
    )


def misfiled(one: dict[str, Any]) -> str:
    """A wrong record in a sentence: whose it was, what it cost, when it went."""
    whose = f", of seat {one['whose']}" if one["whose"] is not None and one["whose"] >= 0 else ""
    filed = f", filed by {one['filed_by']}" if one["filed_by"] else ""
    ended = f"until {one['removed']} ({one['how']})" if one["removed"] else one["how"]
    cost = " and ".join(cost_of(one)) or "nothing"
    under = f"{one['restricted_months']} of its {one['months']} months under a restriction"
    under += f" ({'; '.join(one['denied'])})" if one["denied"] else ""
    objected = ", ".join(one["objected"])
    return (
        f"Wrong record: {one['title']} ({one['error']}{whose}{filed}); carried by seat "
        f"{one['carried_by']} from {one['booked']}, {ended}; it cost {cost} at first; {under}; "
        + (f"objected to in {objected}" if objected else "never objected to")
    )


def cost_of(one: dict[str, Any]) -> list[str]:
    """What a wrong record did at once, in phrases."""
    return [
        *([f"{points(one['points'])} points"] if one["points"] else []),
        *([f"the way straight to grade {one['grade']}"] if one["grade"] else []),
        *([f"a place on the list: {one['list']}"] if one["list"] else []),
    ]
