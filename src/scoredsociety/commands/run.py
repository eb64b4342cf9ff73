"""``scored run`` and ``scored resume``: a run folder, a summary, and where the report is."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.scenario_options import Asked, gathering
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer, progress
from scoredsociety.commands.run_summary import tell_made
from scoredsociety.errors import UserError
from scoredsociety.outputs import is_there

if TYPE_CHECKING:
    from rich.console import Console

    from scoredsociety.runs.scenario import Scenario

MOST_REPLICATES = 10_000  # of one command; each is a run folder
RUNS = Path("runs")  # where runs go unless told
TURNOVER = "turnover.on=true"  # the --set that --turnover is short for


@gathering
def run(
    scheme: Annotated[list[str], typer.Argument(help="Schemes: NAMEs, FILEs or A+B, in order.")],
    asked: Asked,
    people: o.PeopleOrNodes = None,
    replicates: o.Replicates = 1,
    threads: o.Threads = None,
    block_size: o.BlockSize = None,
    patch: o.Patches = None,
    set_: o.Sets = None,
    without: o.Without = None,
    switch_off: o.SwitchOff = None,
    plant: o.Plant = None,
    turnover: o.Turnover = False,
    ties: o.Ties = None,
    ties_layer: o.TiesLayer = "all",
    columns: o.Columns = None,
    panel: o.Panel = None,
    out: o.Out = None,
    force: o.Force = False,
    dry_run: o.DryRun = False,
    quiet: o.Quiet = False,
    json: o.Json = False,
) -> None:
    """Run schemes on a synthetic society: run folder, summary, report."""
    from scoredsociety.commands.console.publishing import Publisher
    from scoredsociety.report.charts import renderer
    from scoredsociety.runs.execute import Manner, machine_of, make
    from scoredsociety.runs.seeds import seed_of

    refuse_nameless(out)
    scenario = asked.scenario(
        scheme, people, patches=patch, sets=set_, without=without, switch_off=switch_off,
        panel=panel, ties=o.of_columns(ties, columns), ties_layer=ties_layer,
    )  # fmt: skip
    if turnover:
        scenario = replace(scenario, sets=(*scenario.sets, TURNOVER))
    if not 1 <= replicates <= MOST_REPLICATES:
        raise UserError(f"--replicates must be 1 to {MOST_REPLICATES:,}, not {replicates}")
    if plant:
        scenario = replace(scenario, planted=tuple(plant))
        scenario.check()
    machine = machine_of(threads, block_size, scenario.people)
    target = out or free_name(RUNS / "+".join(Path(name).stem for name in scenario.schemes))
    if dry_run:
        plan(scenario, target, machine.threads, force, json)
        return
    renderer.start()  # it gets ready while the months run
    publish = Publisher()
    made = []
    for k in range(replicates):
        place = target if replicates == 1 else target.with_name(f"{target.name}-r{k + 1}")
        one = replace(scenario, seed=seed_of(scenario.seed, k))
        with progress(quiet, "running") as tell, stopping() as stop:
            manner = Manner(machine, tell, stop, publish, publish.watch)
            made.append(make(one, place, force=force, manner=manner))
    tell_made(made, json)


def resume(
    run: Annotated[Path, typer.Argument(help="The unfinished run: NAME or NAME.partial.")],
    ties: Annotated[
        Path | None, typer.Option("--ties", help="Its network again, where it was run on one.")
    ] = None,
    threads: o.Threads = None,
    block_size: o.BlockSize = None,
    quiet: o.Quiet = False,
    json: o.Json = False,
) -> None:
    """Go on with a run that was stopped or killed; the result is the same."""
    from scoredsociety.commands.console.publishing import Publisher
    from scoredsociety.runs.execute import Manner, machine_of
    from scoredsociety.runs.execute import resume as go_on
    from scoredsociety.runs.folder.run_folder import read_manifest, unfinished

    refuse_nameless(run)
    people = int(read_manifest(unfinished(run).folder)["people"])
    machine = machine_of(threads, block_size, people)
    with progress(quiet, "resuming") as tell, stopping() as stop:
        publish = Publisher()
        manner = Manner(machine, tell, stop, publish, publish.watch)
        made = go_on(run, ties=ties, manner=manner)
    tell_made([made], json)


def refuse_nameless(folder: Path | None) -> None:
    """A run is made beside its place, under its name: ``.``, ``..`` and ``/`` are none."""
    if folder is not None and folder.name in ("", ".."):
        raise UserError(f"{folder} has no name of its own; give the run's folder by its name")


def free_name(wanted: Path) -> Path:
    """``wanted``, or ``wanted-2``, ``wanted-3`` ... where a run has that name already."""
    from scoredsociety.runs.folder.run_folder import partial_of

    place, number = wanted, 1
    while is_there(place) or is_there(partial_of(place)):
        number += 1
        place = wanted.with_name(f"{wanted.name}-{number}")
    return place


@contextmanager
def stopping() -> Iterator[Any]:
    """Ctrl-C asks the run to stop after the month and save; a second one ends it at once."""
    asked = False

    def ask(*_: object) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def plan(scenario: Scenario, target: Path, threads: int, force: bool, as_json: bool) -> None:
    """Say what the run will take; refuse what will not fit."""
    from scoredsociety.runs.folder.run_folder import check_place
    from scoredsociety.runs.prepare import prepare
    from scoredsociety.runs.resources import estimate, gibibytes, refuse_what_does_not_fit

    months = scenario.months + scenario.burn_in
    needed = estimate(
        scenario.people, months, len(scenario.schemes), threads, target, scenario.ties
    )
    check_place(target, force=force)
    refuse_what_does_not_fit(needed)
    prepare(scenario, divided=True)

    def show(console: Console) -> None:
        console.print(
            f"would run {' + '.join(scenario.schemes)} on {scenario.people:,} persons ({SYNTHETIC})"
        )
        console.print(f"  time    about {needed.seconds:,.0f} s on {threads} threads")
        console.print(f"  memory  about {gibibytes(needed.memory_bytes)}")
        console.print(f"  disk    about {gibibytes(needed.disk_bytes)} in {target}")

    record = {"run": str(target), "dry_run": True, **needed.as_dict(), "synthetic": SYNTHETIC}
    print_answer(as_json, record, show)


