"""Options that several commands share, with the same words everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

WHO = "Who lives here"
WHAT = "What is asked"
HOW = "How it runs"

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")]
Society = Annotated[
    str, typer.Option("--society", help="Recipe: a NAME or a FILE.", rich_help_panel=WHO)
]
Conduct = Annotated[
    str, typer.Option("--conduct", help="Conduct: a NAME or a FILE.", rich_help_panel=WHO)
]
People = Annotated[int, typer.Option("--people", help="Persons.", rich_help_panel=WHO)]
Turnover = Annotated[
    bool,
    typer.Option(
        "--turnover", help="Births, deaths, moves, coming of age.", rich_help_panel=WHO
    ),
]
Ties = Annotated[
    Path | None,
    typer.Option(
        "--ties",
        help="A network: two columns of whole numbers, CSV or Parquet.",
        rich_help_panel=WHO,
    ),
]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns", help="The two columns of --ties, by name or number: A,B.",
        rich_help_panel=WHO,
    ),
]
TiesLayer = Annotated[
    str,
    typer.Option(
        "--ties-layer",
        help="What it replaces: all (but the household), neighbours, kin, work, school, "
        "friends or online.",
        rich_help_panel=WHO,
    ),
]
PeopleOrNodes = Annotated[
    int | None,
    typer.Option(
        "--people", help="Persons (10,000, or the network's nodes).", rich_help_panel=WHO
    ),
]
Months = Annotated[int | None, typer.Option("--months", help="Months.", rich_help_panel=WHAT)]
Years = Annotated[
    int | None, typer.Option("--years", help="Years (3 unless told).", rich_help_panel=WHAT)
]
From = Annotated[str, typer.Option("--from", help="First month, YYYY-MM.", rich_help_panel=WHAT)]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed.", rich_help_panel=WHAT)]
Replicates = Annotated[
    int, typer.Option("--replicates", help="Runs, each with its own seed.", rich_help_panel=WHAT)
]
Start = Annotated[
    str,
    typer.Option(
        "--start", help="fresh (roll-out) or settled (after burn-in).", rich_help_panel=WHAT
    ),
]
Patches = Annotated[
    list[Path] | None,
    typer.Option("--patch", help="A patch FILE; may be repeated.", rich_help_panel=WHAT),
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", help="KEY=VALUE, as rule.x.points=-10.", rich_help_panel=WHAT),
]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", help="Leave out, as rule.bad_information.", rich_help_panel=WHAT),
]
SwitchOff = Annotated[
    list[str] | None,
    typer.Option(
        "--switch-off",
        help="A response, life effect, flow.private_to_state; responses, life_effects, ties, "
        "visibility whole.",
        rich_help_panel=WHAT,
    ),
]
Plant = Annotated[
    list[str] | None,
    typer.Option(
        "--plant", help="A wrong record to follow, PERSON:ACT:MONTH.", rich_help_panel=WHAT
    ),
]
Panel = Annotated[
    int | None,
    typer.Option("--panel", help="Seats followed month by month (100).", rich_help_panel=WHAT),
]
Threads = Annotated[
    int | None, typer.Option("--threads", help="Threads (all cores).", rich_help_panel=HOW)
]
BlockSize = Annotated[
    int | None,
    typer.Option("--block-size", help="Communities in a block.", rich_help_panel=HOW),
]
Out = Annotated[
    Path | None, typer.Option("--out", help="Folder of the run.", rich_help_panel=HOW)
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace a run that is there.", rich_help_panel=HOW)
]
Overwrite = Annotated[
    bool, typer.Option("--force", help="Replace a file that is there.", rich_help_panel=HOW)
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Say time, memory and disk; run nothing.", rich_help_panel=HOW),
]
Cache = Annotated[
    Path,
    typer.Option("--cache", help="Folder of finished runs; asked again, they are read.",
                 rich_help_panel=HOW),
]  # fmt: skip
CACHE = Path("runs") / "studies"
Workers = Annotated[
    int | None,
    typer.Option("--threads", help="Runs at the same time (all cores).", rich_help_panel=HOW),
]
TableFile = Annotated[
    Path | None, typer.Option("--out", help="Table as CSV or Parquet.", rich_help_panel=HOW)
]


def of_columns(ties: Path | None, columns: str | None) -> Path | None:
    """The file of ties with the two columns that are read, as ``FILE#A,B``."""
    if ties is None or columns is None:
        return ties
    return ties.with_name(f"{ties.name}#{columns}")
