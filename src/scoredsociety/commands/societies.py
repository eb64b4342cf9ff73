"""``scored societies``: what there is, what was made, a picture of it, and a loaded network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.catalogue import copy_to, listed, said, table
from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer
from scoredsociety.errors import UserError
from scoredsociety.outputs import check_file, fill_file, quoted

if TYPE_CHECKING:
    from rich.console import Console

    from scoredsociety.society.ties.edges import Progress

PICTURES = (".svg", ".png")
USAGE = (
    "say `scored societies`, `scored societies NAME`, `scored societies NAME --plot [FILE]`, "
    "`scored societies copy NAME FILE` or `scored societies --ties FILE`"
)
SMALL_PRINT = (
    "met: the published figure lies in the interval of what was made (99.9 %, by n). No answer: "
    "published figures disagree and another one wins, or too few people to say. The margins were "
    "fitted, so this checks the program and predicts nothing."
)


def societies(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME [FILE] | copy NAME FILE]", help="None lists them."),
    ] = None,
    people: Annotated[int, typer.Option("--people", help="Persons made.")] = 100_000,
    plot: Annotated[
        bool, typer.Option("--plot", help="Draw it, to FILE (.svg, .png); NAME.svg unless told.")
    ] = False,
    ties: Annotated[
        Path | None, typer.Option("--ties", help="Describe a bare edge list, CSV or Parquet.")
    ] = None,
    seed: o.Seed = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a FILE that is there.")] = False,
    quiet: o.Quiet = False,
    json: o.Json = False,
) -> None:
    """List the societies; show or draw one beside the published figures; describe a network."""
    tell = None if quiet else say
    match words or []:
        case [] if ties is not None and not plot:
            show_ties(ties, seed, tell, json)
        case [] if not plot and ties is None:
            list_societies(json)
        case ["copy", name, file] if not plot and ties is None:
            copy_to("society", name, file, force, json)
        case [name] if name != "copy" and ties is None:
            show_society(name, people, seed, plot_file(name, None, force, plot), tell, json)
        case [one, other] if plot and ties is None and one != "copy":  # either order of the two
            name, file = (other, one) if one.endswith(PICTURES) else (one, other)
            show_society(name, people, seed, plot_file(name, file, force, plot), tell, json)
        case _:
            raise UserError(USAGE)


def say(text: str) -> None:
    """Progress, on stderr."""
    print(text, file=sys.stderr, flush=True)


def list_societies(as_json: bool) -> None:
    """Every recipe of the catalogue."""
    from scoredsociety.runs.documents.document_texts import shipped_documents
    from scoredsociety.society.recipes.recipe import load_society

    rows = [
        {"id": one.id, "title": one.society.title, "year": one.society.year}
        for one in map(load_society, shipped_documents("society"))
    ]
    listed(as_json, "societies", rows)


def plot_file(name: str, file: str | None, force: bool, plot: bool) -> Path | None:
    """Where the picture goes; UserError where it cannot, before any work is done."""
    if not plot:
        return None
    path = Path(file) if file else Path(f"{Path(name).stem}.svg")
    if path.suffix not in PICTURES:
        raise UserError(f"--plot: {path} ends in {path.suffix!r}; a picture is .svg or .png")
    check_file(path, force=force, option="--plot")
    return path


def show_society(
    name: str, people: int, seed: int | None, picture: Path | None, tell: Progress | None,
    as_json: bool,
) -> None:  # fmt: skip
    """The recipe in words, its targets, its network, what is assumed; and a picture of it."""
    from scoredsociety.runs.scenario import DEFAULT_SEED, MOST_PEOPLE
    from scoredsociety.society.describe.description import MOST_PEOPLE as MOST_DRAWN
    from scoredsociety.society.describe.description import describe_society
    from scoredsociety.society.recipes.recipe import load_society

    if not 1 <= people <= MOST_PEOPLE:
        raise UserError(f"--people must be between 1 and {MOST_PEOPLE:,}, not {people:,}")
    recipe = load_society(name)
    if tell:
        tell(f"drawing {min(people, MOST_DRAWN):,} people and their ties")
    found = describe_society(recipe, people, DEFAULT_SEED if seed is None else seed)
    record: dict[str, Any] = {"synthetic": SYNTHETIC, **found}
    if picture is not None:
        draw(found, picture)
        record["picture"] = str(picture)

    def show(console: Console) -> None:
        told(console, found)
        if picture is not None:
            console.print(f"picture: {picture}", markup=False, soft_wrap=True)

    print_answer(as_json, record, show)


def told(console: Console, found: dict[str, Any]) -> None:
    """A description for a reader: words, figures, ties, assumptions."""
    console.print(f"{found['title']} ({SYNTHETIC})", markup=False)
    console.print(found["about"], markup=False)
    for sentence in found["words"]:
        console.print(f"  {sentence}", markup=False)
    console.print(f"{found['drawn']:,} of {found['people']:,} people drawn, seed {found['seed']}")
    table(console, "Published figures beside what was made", targets_of(found))
    console.print(SMALL_PRINT, markup=False)
    network = found["network"]
    rows = [{"measure": key, "value": value} for key, value in network.items()]
    table(console, "Ties at the start", rows)
    console.print("Assumed, with no source:", markup=False)
    for name in dict.fromkeys(row["table"] for row in found["assumed"]):
        keys = [row["key"] for row in found["assumed"] if row["table"] == name]
        console.print(f"  {name}: {', '.join(keys)}", markup=False)


def targets_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The targets in the columns that fit a screen."""
    return [
        {
            "figure": one["title"], "published": one["published"], "made": one["made"],
            "interval": interval_of(one), "n": f"{one['n']:,}",
            "unit": one["unit"], "met": one["met"], "source": one["source"],
        }
        for one in found["targets"]
    ]  # fmt: skip


def interval_of(target: dict[str, Any]) -> str:
    """``61.2 to 66.5``; blank where there are too few people or communities to say."""
    low, high = target["low"], target["high"]
    return "" if low is None or high is None else f"{said(low)} to {said(high)}"


def draw(found: dict[str, Any], path: Path) -> None:
    """Write the picture of a description; UserError where the file cannot be written."""
    from scoredsociety.report.pages.society_figure import society_picture

    drawn = society_picture(found, path.suffix)
    fill_file(path, lambda file: file.write(drawn))


def show_ties(file: Path, seed: int | None, tell: Progress | None, as_json: bool) -> None:
    """A loaded edge list as a whole; nothing by node."""
    from scoredsociety.runs.scenario import DEFAULT_SEED
    from scoredsociety.society.describe.description import describe_edges

    found = describe_edges(file, DEFAULT_SEED if seed is None else seed, tell)

    def show(console: Console) -> None:
        console.print(f"{file}: a loaded network, as a whole ({SYNTHETIC})", markup=False)
        for note in found["notes"]:
            console.print(f"  {note}", markup=False)
        rows = [{"measure": key, "value": value} for key, value in found["network"].items()]
        table(console, "Ties", rows)
        console.print(f"`scored run SCHEME --ties {quoted(file)}` runs on it.", markup=False)

    print_answer(as_json, {"synthetic": SYNTHETIC, **found}, show)
