"""``scored runs``, ``export``, ``doctor``: what has been run, and handing it on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.catalogue import table
from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer
from scoredsociety.errors import UserError
from scoredsociety.outputs import check_file, check_folder, write

if TYPE_CHECKING:
    from rich.console import Console


FRAMES = ("tallies.csv", "panel.csv", "measures.csv")


def runs(
    folder: Annotated[Path, typer.Argument(help="Where the runs are.")] = Path("runs"),
    json: o.Json = False,
) -> None:
    """List the runs in a folder, unfinished ones too."""
    from scoredsociety.runs.folder.run_folder import is_run, read_manifest

    places = sorted(place for place in folder.iterdir() if place.is_dir()) if (
        folder.is_dir()
    ) else []
    rows: list[dict[str, Any]] = []
    for place in places:
        if not is_run(place):
            continue
        manifest = read_manifest(place)
        rows.append({
            "run": str(place), "schemes": " + ".join(manifest["schemes"]),
            "people": manifest["people"], "months": manifest["months"],
            "seed": manifest["seed"], "checksum": manifest.get("checksum"),
            "whole": bool(manifest.get("whole")),
        })  # fmt: skip

    def show(console: Console) -> None:
        if rows:
            table(console, f"Runs in {folder}", rows)
        else:
            console.print(f"no runs in {folder}; `scored run wendeng_2020` makes one")
        console.print(f"({SYNTHETIC})")

    print_answer(json, {"runs": rows, "synthetic": SYNTHETIC}, show)


def export(
    run: Annotated[Path, typer.Argument(help="Folder of a run.")],
    to: Annotated[Path, typer.Argument(help="Folder for the files.")],
    force: o.Force = False,
    json: o.Json = False,
) -> None:
    """Write a run's frames and measures as CSV, each row saying that it is synthetic."""
    import polars as pl

    from scoredsociety.results import open_run
    from scoredsociety.runs.folder.run_files import COLUMNS
    from scoredsociety.runs.folder.table_file import write_csv
    from scoredsociety.study.readout.from_tallies import dictionary

    check_folder(to, "the folder for the files")
    for name in (*FRAMES, "columns.md"):
        check_file(to / name, force=force, option="the folder for the files")
    opened = open_run(run)
    frames = dict(zip(FRAMES, (opened.tallies, opened.panel, opened.measures), strict=True))
    for name, frame in frames.items():
        write_csv(frame.with_columns(note=pl.lit(SYNTHETIC)), to / name)
    write(to / "columns.md", f"{COLUMNS}\n{dictionary()}")
    files = [str(to / name) for name in (*frames, "columns.md")]

    def show(console: Console) -> None:
        console.print("\n".join([*files, f"({SYNTHETIC})"]), markup=False, soft_wrap=True)

    print_answer(json, {"files": files, "synthetic": SYNTHETIC}, show)


def show_month(json: bool, people: int) -> None:
    """The phases of a month, and what each mechanism of one costs on this machine."""
    from scoredsociety.runs.month_cost import month, month_costs

    phases = month().to_dicts()
    costs = [
        {"mechanism": name, "ns_a_person_month": round(own), "ns_together": round(whole)}
        for name, own, whole in month_costs("wendeng_2020", people)
    ]

    def show(console: Console) -> None:
        for place, one in enumerate(phases, 1):
            console.print(f"{place}. {one['phase']} ({one['step']}): {one['what']}", markup=False)
            console.print(f"   reads  {one['reads']}", markup=False)
            console.print(f"   writes {one['writes']}", markup=False)
        console.print(
            f"\nwendeng_2020, {people:,} people, 12 months, one thread, processor time; phases "
            "share what they work out, so mechanisms are timed, each as what it adds:"
        )
        for cost in costs:
            own, whole = cost["ns_a_person_month"], cost["ns_together"]
            console.print(f"{own:>6} ns a person-month, {whole:>5} together  {cost['mechanism']}",
                          markup=False)  # fmt: skip

    print_answer(json, {"phases": phases, "costs": costs, "synthetic": SYNTHETIC}, show)


def doctor(
    month: Annotated[
        bool, typer.Option("--month", help="Print the phases of a month, and what they cost here.")
    ] = False,
    people: Annotated[
        int | None,
        typer.Option(help="People in the runs that --month times: 20,000 unless told.", min=100,
                     max=10_000_000),
    ] = None,
    json: o.Json = False,
) -> None:
    """Say what this machine offers, and whether kernels compile and give the known bits."""
    if month:
        show_month(json, people or 20_000)
        return
    if people is not None:
        raise UserError("--people goes with --month: it says in runs of how many a month is timed")
    import platform

    from scoredsociety.kernel import cache_folder, jit_enabled
    from scoredsociety.kernel_cache import can_write
    from scoredsociety.keyed import draw
    from scoredsociety.runs.execute import cores
    from scoredsociety.runs.folder.manifest import software_versions
    from scoredsociety.runs.resources import gibibytes, memory_available

    words = [int(word) for word in draw(0, 0, 0, 0, 0, 0)]
    # Random123's known answer for Philox4x32-10 at counter 0 under key 0
    right = words == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    folder = cache_folder()
    writable = can_write(folder)
    record: dict[str, Any] = {
        "ok": right and writable,
        "system": f"{platform.system()} {platform.machine()}",
        "cores": cores(),
        "memory_available_bytes": memory_available(),
        "kernels": "compiled" if jit_enabled() else "plain Python (SCOREDSOCIETY_JIT=0)",
        "known_answer": right,
        "cache": str(folder) if folder else None,
        "cache_writable": writable,
        "versions": software_versions(),
    }

    def show(console: Console) -> None:
        free = gibibytes(record["memory_available_bytes"] or 0)
        console.print(f"{record['system']}, {record['cores']} cores, {free} of memory free")
        answered = "right" if right else "WRONG"
        console.print(f"kernels: {record['kernels']}; known answer {answered}")
        can = "writable" if record["cache_writable"] else "cannot be written: every start compiles"
        console.print(f"cache: {folder or 'none, for want of a home folder'} ({can})")
        for name, version in record["versions"].items():
            console.print(f"{name} {version}")

    print_answer(json, record, show)
    if not record["ok"]:
        raise typer.Exit(1)
