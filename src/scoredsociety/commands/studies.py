"""``scored sweep``, ``branch``, ``audit``, ``constrain``: studies of many runs.

Each keeps its finished runs in a folder by their content, so that an interrupted study goes on
where it stopped, and each prints or writes the whole of its table.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.scenario_options import Asked, StudyOptions, gathering
from scoredsociety.commands.console.screen import SYNTHETIC, console, print_answer, progress

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

    from scoredsociety.study.ensemble.history_matching import Constrained

Schemes = Annotated[list[str], typer.Argument(help="Schemes: NAMEs, FILEs or A+B, in order.")]
Points = Annotated[int | None, typer.Option("--points", help="Points of a Latin hypercube.")]


@gathering
def sweep(
    schemes: Schemes,
    asked: Asked,
    kept: StudyOptions,
    over: Annotated[
        list[str], typer.Option("--over", help="KEY=1,2,3 or KEY=0:0.5; may be repeated.")
    ],
    points: Points = None,
    people: o.People = 10_000,
    replicates: o.Replicates = 1,
) -> None:
    """Run a grid or a Latin hypercube of settings; one row a run, none left out, none ranked."""
    from scoredsociety.study.ensemble import sweep as study
    from scoredsociety.study.paired.variance_reduction import ratio_of_points
    from scoredsociety.study.questions.indicators import INDICATORS

    base = asked.scenario(schemes, people)
    axes = [study.axis_of(one) for one in over]
    chosen = study.grid(axes) if points is None else study.latin(axes, points, base.seed)
    with progress(kept.quiet, "sweeping") as tell:
        frame = study.sweep_points(base, axes, chosen, replicates, kept.cache, kept.workers, tell)
    numbers = [one.id for one in INDICATORS]
    more = {"points": len(chosen), "replicates": replicates,
            "variance_ratio": ratio_of_points(frame, numbers)}  # fmt: skip
    tell_table(frame, kept, more)


@gathering
def branch(
    run: Annotated[Path, typer.Argument(help="Folder of a whole run: the past.")],
    patch: Annotated[list[Path], typer.Option("--patch", help="A future; may be repeated.")],
    kept: StudyOptions,
    months: Annotated[int, typer.Option("--months", help="Months of each future.")] = 12,
    replicates: o.Replicates = 1,
) -> None:
    """Go on from a run's last month: as it was, and under each patch, with the same luck."""
    from scoredsociety.study.ensemble.branch import branch_from as branch_

    with progress(kept.quiet, "branching") as tell:
        found = branch_(run, patch, months, replicates, kept.cache, kept.workers, tell)
    more = {"branched": found.branched, "months": found.months, "indicators": found.counted,
            "replicates": found.replicates, "variance_ratio": found.variance_ratio}  # fmt: skip
    wide = ("indicator", "unit") if replicates > 1 else ("indicator",)
    screen = [name for name in found.frame.columns if name not in wide]
    tell_table(found.frame, kept, more, "rows", screen)


@gathering
def audit(
    schemes: Schemes,
    asked: Asked,
    kept: StudyOptions,
    trajectories: Annotated[
        int, typer.Option("--trajectories", help="Morris trajectories (runs: each times "
                          "the numbers moved and one).")
    ] = 4,
    few: Annotated[int, typer.Option("--few", help="Numbers of which indices are taken.")] = 3,
    samples: Annotated[
        int, typer.Option("--samples", help="Sobol samples, a power of two.")
    ] = 8,
    replicates: Annotated[
        int, typer.Option("--replicates", help="Seeds of the default and of no scheme.")
    ] = 3,
    people: o.People = 5_000,
) -> None:  # fmt: skip
    """Move everything that is assumed: the range of each conclusion, and what moves it most."""
    from scoredsociety.study.ensemble.sensitivity import audit_assumptions as audit_

    base = asked.scenario(schemes, people)
    with progress(kept.quiet, "auditing") as tell:
        found = audit_(base, trajectories, few, samples, replicates, kept.cache,
                       kept.workers, tell)  # fmt: skip
    more = {
        "runs": found.runs, "variance_ratio": found.variance_ratio,
        "numbers_moved": [one.key for one in found.moved],
        "numbers_not_moved": list(found.unmoved),
        "indices": found.indices.fill_nan(None).to_dicts(),
        "screening": found.screening.fill_nan(None).to_dicts(),
    }  # fmt: skip
    screen = ["question", "conclusion", "value", "low", "high", "kept_low", "kept_high",
              "moved_most_by"]
    tell_table(found.conclusions, kept, more, "conclusions", screen)


@gathering
def constrain(
    schemes: Schemes,
    asked: Asked,
    kept: StudyOptions,
    points: Annotated[int, typer.Option("--points", help="Points tried.")] = 64,
    response: Annotated[
        list[str] | None, typer.Option("--response", help="Only numbers of these are moved.")
    ] = None,
    people: o.People = 5_000,
) -> None:
    """Rule out settings of what is assumed that miss published figures; keep all others."""
    from scoredsociety.runs.folder.table_file import write_table
    from scoredsociety.study.ensemble.history_matching import match_history as constrain_

    base = asked.scenario(schemes, people)
    moved = tuple(response or ())
    with progress(kept.quiet, "constraining") as tell:
        found = constrain_(base, points, moved, folder=kept.cache, workers=kept.workers,
                           progress=tell)  # fmt: skip
    more: dict[str, Any] = {
        "not_ruled_out": found.kept, "points": found.frame.height,
        "variance_ratio": found.variance_ratio,
        "targets": [{"says": one.says, "source": one.source,
                     "asked": found.asked(one), "rules_out": found.by_target[one.id]}
                    for one in found.targets],
        "predicted": found.predicted.to_dicts(), "answers": found.answers.to_dicts(),
        "every_point": found.frame.fill_nan(None).to_dicts(),
    }  # fmt: skip
    if kept.out is not None:
        beside = write_table(found.frame, kept.out.with_stem(f"{kept.out.stem}.points"))
        more["every_point_in"] = str(beside)
    tell_table(found.ranges if found.kept else found.frame, kept, more, "ranges")
    if not kept.json:
        show_constrained(found)


def show_constrained(found: Constrained) -> None:
    """What each figure rules out, what the others say of it, and what answers are left."""
    import polars as pl

    screen = console()
    screen.print("what each published figure rules out (asked: points that could miss it)")
    show_frame(screen, pl.DataFrame([
        {"source": one.source, "figure": one.says, "asked": found.asked(one),
         "ruled out": found.by_target[one.id]} for one in found.targets
    ]))  # fmt: skip
    if found.predicted.height:
        screen.print("each figure as the points have it that the others leave: a prediction")
        show_frame(screen, found.predicted)
    if found.answers.height:
        screen.print("what no figure held: its range over all points, and over those left")
        show_frame(screen, found.answers)


def tell_table(
    frame: pl.DataFrame, kept: StudyOptions, more: dict[str, Any],
    name: str = "rows", screen: list[str] | None = None,
) -> None:  # fmt: skip
    """The whole table on the screen, as JSON, or as a file."""
    from scoredsociety.runs.folder.manifest import STATEMENT
    from scoredsociety.runs.folder.table_file import write_table
    from scoredsociety.study.paired.variance_reduction import ratio_in_words

    if kept.out is not None:
        write_table(frame, kept.out)
    record = {
        "synthetic": SYNTHETIC, "statement": STATEMENT, **more,
        name: frame.fill_nan(None).to_dicts(), "table": str(kept.out) if kept.out else None,
    }  # fmt: skip

    def show(console: Console) -> None:
        console.print(f"({SYNTHETIC})")
        for key, value in more.items():
            if key == "variance_ratio":
                console.print(
                    "variance of keyed draws over that of independent seeds: "
                    + ratio_in_words(value)
                )
            elif isinstance(value, int | str):
                console.print(f"{key.replace('_', ' ')}: {value}")
        if kept.out is not None:
            console.print(f"table: {kept.out}")
        else:
            show_frame(console, frame.select(screen) if screen else frame)

    print_answer(kept.json, record, show)


def show_frame(console: Console, frame: pl.DataFrame) -> None:
    """Every row and column; columns that are the same in all rows are said once."""
    from rich.table import Table

    from scoredsociety.study.questions.questions import three_figures

    def text(value: object) -> str:
        if value is None or value != value:
            return "-"
        return three_figures(value) if isinstance(value, float) else str(value)

    same = [name for name in frame.columns
            if frame.height > 1 and frame[name].n_unique() == 1]  # fmt: skip
    table = Table()
    for name in (name for name in frame.columns if name not in same):
        table.add_column(name)
    for row in frame.drop(same).iter_rows():
        table.add_row(*(text(value) for value in row))
    console.print(table)
    if same:
        console.print("in every row: " + ", ".join(f"{n} {text(frame[n][0])}" for n in same))
