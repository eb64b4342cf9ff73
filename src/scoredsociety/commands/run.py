"""``scored run`` and ``scored resume``: a run folder, a summary, and where the report is."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.scenario_options import Asked, gathering
from scoredsociety.commands.console.screen import SYNTHETIC, answer, progress
from scoredsociety.errors import UserError
from scoredsociety.outputs import is_there, quoted

if TYPE_CHECKING:
    from rich.console import Console

    from scoredsociety.results import Run
    from scoredsociety.runs.execute import Made
    from scoredsociety.runs.scenario import Scenario

MOST_REPLICATES = 10_000  # of one command; each is a run folder
RUNS = Path("runs")  # where runs go unless told
TURNOVER = "turnover.on=true"  # the --set that --turnover is short for


@gathering
def run(
    scheme: Annotated[list[str], typer.Argument(help="Schemes: NAMEs or FILEs, in order.")],
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
    target = out or free_name(RUNS / "+".join(Path(name).stem for name in scheme))
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
    from scoredsociety.runs.resources import estimate, gibibytes, refuse_what_does_not_fit
    from scoredsociety.runs.scenario import prepare

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
    answer(as_json, record, show)


def tell_made(made: list[Made], as_json: bool) -> None:
    """Summary of what was run."""
    from scoredsociety.results import Run

    records = [record_of(one) for one in made]
    for place, one in enumerate(made if as_json else ()):
        records[place]["digest"] = Run(one.folder).digest
    record: dict[str, Any] = dict(records[0])
    if len(records) > 1:
        record["replicates"] = records

    def show(console: Console) -> None:
        first = Run(made[0].folder)
        summary(console, first)
        tell_consequences(console, made[0], first)
        tell_unmet(console, made[0])
        for one in records:
            console.print(
                f"seed {one['seed']}  checksum {one['checksum']}  {one['wall_s']} s, "
                f"{one['person_months_per_s']:,} person-months/s"
            )
        for one in records:
            console.print(f"report: {Path(one['run']) / 'report.html'}")
        for person in lowest(made[0]):
            console.print(f"one life: scored explain {quoted(made[0].folder)} --person {person}")

    answer(as_json, record, show)


def tell_consequences(console: Console, made: Made, run: Run) -> None:
    """How many have each reward, and are under each restriction, in the last month."""
    if made.names is None:
        return
    titles = {(made.names.schemes[one.scheme].id, one.id): one for one in made.names.consequences}
    last = run.tallies.filter(
        (run.tallies["month"] == run.tallies["month"].max())
        & (run.tallies["dimension"] == "all")
        & (run.tallies["measure"] == "consequence")
        & (run.tallies["count"] > 0)
    )
    for kind in ("reward", "restriction"):
        for row in last.to_dicts():
            one = titles[row["scheme"], row["item"]]
            if bool(one.grants) == (kind == "reward"):
                console.print(f"{kind}: {one.title}: {row['count']:,} of {row['of']:,}",
                              markup=False)  # fmt: skip


def tell_unmet(console: Console, made: Made) -> None:
    """What nobody met in the run, scheme by scheme."""
    from scoredsociety.measure.scoring.unmet import in_words

    for scheme in made.manifest["inputs"]["schemes"]:
        found = [one for one in made.unmet if one.scheme == scheme]
        for line in in_words(found):
            console.print(f"nobody met under {scheme}, {line}", markup=False)


def lowest(made: Made) -> list[int]:
    """The seat of the panel with the lowest score at the end: a life with something to explain."""
    from scoredsociety.results import Run, chosen

    seats = chosen(Run(made.folder).panel, str(made.manifest["schemes"][0]))
    return [seats["low"]] if seats else []


def record_of(made: Made) -> dict[str, Any]:
    """What ``run --json`` prints of one run."""
    from scoredsociety.measure.quantities import last_shares
    from scoredsociety.results import Run

    inputs = made.manifest["inputs"]
    return {
        "run": str(made.folder),
        "checksum": made.manifest["checksum"],
        "people": inputs["people"],
        "months": inputs["months"],
        "seed": inputs["seed"],
        "wall_s": round(made.wall_s, 3),
        "person_months_per_s": made.person_months_per_s,
        "peak_rss_bytes": peak_rss_bytes(),
        "shares": last_shares(Run(made.folder).tallies),
        **({"network": network} if (network := made.manifest.get("network")) else {}),
        "nobody_met": [one._asdict() for one in made.unmet],
        "synthetic": SYNTHETIC,
    }


def peak_rss_bytes() -> int | None:
    """Most memory that this process has held; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def summary(console: Console, run: Run) -> None:
    """Grades at the end of the run, and who is under a restriction."""
    from rich.table import Table

    last = run.tallies.filter(run.tallies["month"] == run.tallies["month"].max())
    everyone = last.filter(last["dimension"] == "all")
    console.print(
        f"{run.people:,} synthetic persons, {run.manifest['calendar']['first_counted']} to "
        f"{run.manifest['calendar']['last']} ({SYNTHETIC})"
    )
    for line in network_lines(run.manifest["inputs"].get("ties")):
        console.print(line, markup=False)
    tell_network(console, run.manifest.get("network"))
    for scheme in run.schemes:
        console.print(f"{scheme}: grades of its subjects in the last month")
        table = Table()
        for name in ("grade", "persons", "of 1,000"):
            table.add_column(name, justify="left" if name == "grade" else "right")
        rows = everyone.filter((everyone["scheme"] == scheme) & (everyone["measure"] == "grade"))
        for row in reversed(rows.to_dicts()):
            table.add_row(row["item"], f"{row['count']:,}", per_thousand(row))
        console.print(table)
        under = everyone.filter(
            (everyone["scheme"] == scheme) & (everyone["measure"] == "restricted")
        )
        for row in under.to_dicts():
            console.print(
                f"under a restriction: {row['count']:,} of {row['of']:,} subjects "
                f"({per_thousand(row)} of 1,000)"
            )


def network_lines(network: dict[str, Any] | None) -> list[str]:
    """What a loaded network replaced, and what was done to it; nothing where ties are computed."""
    if not network:
        return []
    what = "all ties outside the household" if network["layer"] == "all" else (
        f"the ties of the layer {network['layer']}"
    )
    head = f"a loaded network of {network['ties']:,} ties replaces {what}; groups only are counted"
    return [head, *(f"  {note}" for note in network["notes"])]


def tell_network(console: Console, network: dict[str, Any] | None) -> None:
    """Statistics of a loaded network, of the file and as run; nothing where ties are computed."""
    from rich.table import Table

    from scoredsociety.runs.network_facts import rows_of

    rows = rows_of(network)
    if not rows:
        return
    table = Table()
    for place, name in enumerate(("network", "of the file", "as run")):
        table.add_column(name, justify="right" if place else "left")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def per_thousand(row: dict[str, Any]) -> str:
    """``12.3``: how many of 1,000, or a dash where there is nobody."""
    return f"{1000 * row['count'] / row['of']:.1f}" if row["of"] else "-"
