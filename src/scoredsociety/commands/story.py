"""``scored story``: a dated history as one run, told month by month."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer, progress

if TYPE_CHECKING:
    from rich.console import Console

    from scoredsociety.results import Run
    from scoredsociety.study.stories.story import Story, Told


def story(
    name: Annotated[str | None, typer.Argument(help="A story; without one, all are named.")] = None,
    people: o.People = 10_000,
    seed: o.Seed = None,
    threads: o.Threads = None,
    out: o.Out = None,
    force: o.Force = False,
    quiet: o.Quiet = False,
    json: o.Json = False,
) -> None:
    """Tell a dated history: launch, changes and end, over the same invented people."""
    from scoredsociety.study.stories.story import load_story, stories

    if name is None:
        titles = {one: load_story(one).title for one in stories()}
        told_of_each = [f"scored story {one}: {title}" for one, title in titles.items()]
        lines = "\n".join([f"Dated histories ({SYNTHETIC})", *told_of_each])
        print_answer(json, {"stories": titles, "synthetic": SYNTHETIC},
               lambda console: console.print(lines, markup=False))  # fmt: skip
        return
    told_of = load_story(name)
    run, told = make_story(told_of, people, seed, threads, out, force, quiet)
    life = whose_life(told_of, run)
    record: dict[str, Any] = {
        "story": told_of.id, "title": told_of.title, "run": str(run.folder),
        "moments": [one._asdict() for one in told], "caution": told_of.caution, "person": life,
        "synthetic": SYNTHETIC,
    }  # fmt: skip
    print_answer(json, record, lambda console: show(console, told_of, told, run, life))


def make_story(
    told_of: Story, people: int, seed: int | None, threads: int | None, out: Path | None,
    force: bool, quiet: bool,
) -> tuple[Run, list[Told]]:  # fmt: skip
    """The run of a story with its page written beside the report, and its moments."""
    from scoredsociety.commands.console.publishing import Publisher
    from scoredsociety.commands.run import RUNS, free_name, refuse_nameless
    from scoredsociety.report.charts import renderer
    from scoredsociety.report.pages.story_page import story_text
    from scoredsociety.results import Run
    from scoredsociety.runs.execute import Manner, machine_of, make
    from scoredsociety.runs.scenario import DEFAULT_SEED
    from scoredsociety.study.stories.story import scenario_of_story, tell

    refuse_nameless(out)
    given = DEFAULT_SEED if seed is None else seed
    scenario = scenario_of_story(told_of, people, given)
    scenario.check()
    target = out or free_name(RUNS / f"story-{told_of.id}")
    renderer.start()
    publish = Publisher()
    with progress(quiet, "running") as report:
        manner = Manner(machine_of(threads, None, people), report, None, publish, publish.watch)
        made = make(scenario, target, force=force, manner=manner)
    run = Run(made.folder)
    told = list(tell(told_of, run.schemes[0], run.tallies))
    command = f"scored story {told_of.id} --people {people} --seed {given}"
    (made.folder / "story.html").write_text(
        story_text(told_of, told, people, command), encoding="utf-8", newline="\n"
    )
    return run, told


def whose_life(told_of: Story, run: Run) -> int | None:
    """Somebody whom the story is about, at the end of the run; None where it is about nobody.

    Of the first dozen, the one to whom most kinds of things were refused.
    """
    from scoredsociety.engine import checkpoint
    from scoredsociety.runs.recorder import ChangeLog
    from scoredsociety.study.explain.explanation import explain_each
    from scoredsociety.study.stories.story import those_with

    if told_of.life is None:
        return None
    state = checkpoint.load(run.folder / "checkpoint")
    few = list(islice(those_with(run.prepared, state, told_of.life), 12))
    lives = explain_each(run.prepared, run.setting, ChangeLog(run.folder), few)
    kinds = [{line["refused"] for line in life["life"] if "refused" in line} for life in lives]
    return max(zip(few, kinds, strict=True), key=lambda one: len(one[1]))[0] if few else None


def show(
    console: Console, told_of: Story, told: list[Told], run: Run, life: int | None
) -> None:
    """The story as one reads it."""
    console.print(told_of.title, style="bold", markup=False)
    console.print(f"{told_of.lead} {run.people:,} people; {SYNTHETIC}.", markup=False)
    for one in told:
        cited = f" ({', '.join(one.sources)})" if one.sources else ""
        console.print(f"\n{one.month}  {one.text}{cited}", markup=False)
    console.print(f"\n{told_of.caution}", markup=False)
    console.print(f"page: {run.folder / 'story.html'}", markup=False)
    console.print(f"report: {run.folder / 'report.html'}", markup=False)
    if life is not None:
        console.print(f"one life: scored explain {run.folder} --person {life}", markup=False)
