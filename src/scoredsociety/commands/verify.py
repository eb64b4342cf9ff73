"""``scored verify`` and ``scored rerun``: is a run what it says, and the same run again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer, progress
from scoredsociety.commands.run import free_name, refuse_nameless, stopping
from scoredsociety.commands.run_summary import record_of

if TYPE_CHECKING:
    from rich.console import Console

RunFolder = Annotated[Path, typer.Argument(help="Folder of a whole run.")]
Again = Annotated[
    Path | None, typer.Option("--ties", help="Its network again, where it was run on one.")
]


def verify(
    run: RunFolder,
    ties: Again = None,
    files_only: Annotated[
        bool, typer.Option("--files-only", help="Digests only; do not run again.")
    ] = False,
    threads: o.Threads = None,
    quiet: o.Quiet = False,
    json: o.Json = False,
) -> None:
    """Hold a run's files against their digests, then run its documents again to confirm."""
    from scoredsociety.runs.execute import Manner, machine_of
    from scoredsociety.runs.folder.run_folder import whole_manifest
    from scoredsociety.runs.folder.verify import verify as verify_

    people = int(whole_manifest(run)["people"])
    with progress(quiet, "running again") as tell, stopping() as stop:
        manner = Manner(machine_of(threads, None, people), tell, stop)
        found = verify_(run, ties, manner, files_only=files_only)
    record = {
        "run": str(run), "verified": not found.faults, "files": found.files,
        "ran_again": found.ran_again, "faults": list(found.faults), "added": list(found.added),
        "synthetic": SYNTHETIC,
    }  # fmt: skip

    def show(console: Console) -> None:
        for sentence in found.faults:
            console.print(sentence)
        for name in found.added:
            console.print(f"not of the run: {run / name}")
        if not found.faults:
            did = "and its documents give the same again" if found.ran_again else "digests only"
            console.print(f"{run}: {found.files} files as the run left them, {did}")
        console.print(f"({SYNTHETIC})")

    print_answer(json, record, show)
    if found.faults:
        raise typer.Exit(1)


def rerun(
    run: RunFolder,
    out: o.Out = None,
    ties: Again = None,
    threads: o.Threads = None,
    force: o.Force = False,
    quiet: o.Quiet = False,
    json: o.Json = False,
) -> None:
    """Run a folder's documents again, and say whether the result is the same."""
    from scoredsociety.commands.console.publishing import Publisher
    from scoredsociety.runs.execute import Manner, machine_of
    from scoredsociety.runs.folder.run_folder import check_place, whole_manifest
    from scoredsociety.runs.folder.verify import rerun as rerun_

    refuse_nameless(run)
    refuse_nameless(out)
    manifest = whole_manifest(run)
    target = out or free_name(run.with_name(f"{run.name}-again"))
    check_place(target, force=force)
    with progress(quiet, "running again") as tell, stopping() as stop:
        publish = Publisher()
        machine = machine_of(threads, None, int(manifest["people"]))
        manner = Manner(machine, tell, stop, publish, publish.watch)
        made = rerun_(run, target, ties, manner, force=force)
    same = made.manifest["checksum"] == manifest["checksum"]
    record = {**record_of(made), "again": str(run), "same": same}

    def show(console: Console) -> None:
        versions = [one["versions"]["scoredsociety"] for one in (manifest, made.manifest)]
        if same:
            console.print(f"{made.folder}: the same checksum as {run}, {record['checksum']}")
        else:
            console.print(
                f"{made.folder}: checksum {record['checksum']}, not {manifest['checksum']} as in "
                f"{run} (made by {versions[0]}, now {versions[1]})"
            )
        console.print(f"({SYNTHETIC})")

    print_answer(json, record, show)
