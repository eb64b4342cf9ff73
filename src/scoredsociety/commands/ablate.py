"""``scored ablate``: a scheme without each of its rules in turn, with the same people and luck."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.scenario_options import Asked, StudyOptions, gathering
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer, progress
from scoredsociety.commands.studies import Schemes, show_frame

if TYPE_CHECKING:
    from rich.console import Console


@gathering
def ablate(
    schemes: Schemes,
    asked: Asked,
    kept: StudyOptions,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help="Only this rule; may be repeated.")
    ] = None,
    people: o.People = 5_000,
    replicates: o.Replicates = 4,
) -> None:
    """Leave out each rule in turn: what it changes, and what the same luck saves in telling it."""
    from scoredsociety.runs.folder.manifest import STATEMENT
    from scoredsociety.runs.folder.table_file import write_table
    from scoredsociety.study.paired import ablation
    from scoredsociety.study.paired.ablation import luck_of_ablation

    base = asked.scenario(schemes, people)
    with progress(kept.quiet, "ablating") as tell:
        found = ablation.ablate(base, replicates, kept.cache, kept.workers, tell, rule or ())
    if kept.out is not None:
        write_table(found.frame, kept.out)
    record = {
        "synthetic": SYNTHETIC, "statement": STATEMENT, "scheme": found.scheme,
        "people": found.people, "months": found.months, "seeds": list(found.seeds),
        "intervals": luck_of_ablation(found),
        "variance_ratio": found.variance_ratio, "rows": found.frame.to_dicts(),
        "table": str(kept.out) if kept.out else None,
    }  # fmt: skip

    def show(console: Console) -> None:
        console.print(f"{found.scheme} without each rule in turn ({SYNTHETIC})")
        show_frame(console, found.frame.drop("title"))
        console.print(luck_of_ablation(found))
        if found.variance_ratio is not None:
            console.print(
                "variance of keyed draws over that of independent seeds (median of rules that "
                f"make a difference): {found.variance_ratio:.4f}"
            )
        if kept.out is not None:
            console.print(f"table: {kept.out}")

    print_answer(kept.json, record, show)
