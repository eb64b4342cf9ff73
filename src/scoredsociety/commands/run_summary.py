"""What ``scored run`` says of a run that is made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoredsociety.commands.console.screen import SYNTHETIC, print_answer
from scoredsociety.outputs import quoted

if TYPE_CHECKING:
    from rich.console import Console

    from scoredsociety.results import Run
    from scoredsociety.runs.execute import Made


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
        for which, person in lives_to_look_at(made[0]).items():
            command = f"scored explain {quoted(made[0].folder)} --person {person}"
            console.print(f"{which}: {command}")

    print_answer(as_json, record, show)


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
    from scoredsociety.measure.scoring.unmet import SHOWN, in_words

    for scheme in made.manifest["inputs"]["schemes"]:
        found = [one for one in made.unmet if one.scheme == scheme]
        for line in in_words(found, SHOWN):  # the report and --json have all
            console.print(f"nobody met under {scheme}, {line}", markup=False)


def lives_to_look_at(made: Made) -> dict[str, int]:
    """Seats of the panel: the middle score at the end, and the lowest, where much is to explain."""
    from scoredsociety.results import Run, panel_seats

    seats = panel_seats(Run(made.folder).panel, str(made.manifest["schemes"][0]))
    if not seats:
        return {}
    return {"an ordinary life": seats["typical"], "the lowest score": seats["low"]}


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
        f"{run.people:,} synthetic person{'' if run.people == 1 else 's'}, "
        f"{run.manifest['calendar']['first_counted']} to {run.manifest['calendar']['last']} "
        f"({SYNTHETIC})"
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
            console.print(few_said(row["of"]), end="", markup=False)


FEW = 1_000  # subjects; with fewer the luck of one draw is said


def few_said(subjects: int) -> str:
    """How far off a share of so few may be by luck alone; nothing where they are enough."""
    if not 0 < subjects < FEW:
        return ""
    points = 98 / subjects**0.5  # 1.96 standard errors of a share of a half, in percentage points
    return (
        f"few people: a share of {subjects:,} may be off by up to {min(points, 100):.0f} in 100 by "
        "luck alone; give more with --people\n"
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

    from scoredsociety.runs.network_facts import network_rows

    rows = network_rows(network)
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
