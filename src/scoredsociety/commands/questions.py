"""``scored questions``: the thirteen questions, answered for any schemes, with what is assumed."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.scenario_options import Asked
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer, progress
from scoredsociety.outputs import check_file, check_folder

if TYPE_CHECKING:
    from scoredsociety.study.questions.questions import Answers, Design


def questions(
    schemes: Annotated[list[str], typer.Argument(help="Schemes or lanes: NAMEs, FILEs, A+B.")],
    society: o.Society = "county",
    conduct: o.Conduct = "everyday",
    people: o.People = 10_000,
    months: o.Months = None,
    years: o.Years = None,
    start_month: o.From = "2020-01",
    seed: o.Seed = None,
    patch: o.Patches = None,
    replicates: Annotated[
        int, typer.Option("--replicates", help="Seeds of the default setting.",
                          rich_help_panel=o.WHAT)
    ] = 5,
    points: Annotated[
        int, typer.Option("--points", help="Points that fill the space of what is assumed.",
                          rich_help_panel=o.WHAT)
    ] = 128,
    point_people: Annotated[
        int, typer.Option("--point-people", help="People of a run of a point.",
                          rich_help_panel=o.WHAT)
    ] = 4_000,
    settled: Annotated[
        bool, typer.Option("--settled/--no-settled", help="Also the settled state.",
                           rich_help_panel=o.WHAT)
    ] = True,
    threads: o.Workers = None,
    cache: o.Cache = o.CACHE,
    out: o.TableFile = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Report as one HTML file.",
                                  rich_help_panel=o.HOW)
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every line, scheme by scheme.", rich_help_panel=o.HOW)
    ] = False,
    force: o.Overwrite = False,
    quiet: o.Quiet = False,
    json: o.Json = False,
) -> None:  # fmt: skip
    """Answer the thirteen questions: size, ranges over what is assumed, and what moves them."""
    from scoredsociety.commands.console.answer_screen import show
    from scoredsociety.runs.execute import cores
    from scoredsociety.runs.folder.table_file import refuse_suffix, write_table
    from scoredsociety.study.questions.questions import PHASES, Design, answer_questions

    refuse_suffix(out)
    check_folder(cache, "--cache")
    check_file(out, force=force)
    check_file(report, force=force, option="--report")
    when = Asked(society, conduct, months, years, start_month, seed)
    base = when.scenario(schemes[:1], people, patches=patch)
    refuse_unmeant(base.patches, schemes)
    design = Design(tuple(schemes), base, replicates, phases=PHASES if settled else PHASES[:1],
                    points=points, point_people=point_people)  # fmt: skip
    with progress(quiet, "asking") as tell:
        found = answer_questions(design, cache, threads or cores(), tell)
    if out is not None:
        write_table(found.frame, out)
    if report is not None:
        from scoredsociety.report.pages.question_answers import write_answers

        write_answers(found, report, command(design, schemes))
    record = record_of(found, out) | {"report": str(report) if report else None}
    print_answer(json, record, lambda console: show(console, found, full))


def refuse_unmeant(patches: tuple[str, ...], schemes: list[str]) -> None:
    """UserError for a patch that is meant for none of the schemes."""
    from scoredsociety.errors import UserError
    from scoredsociety.study.questions.design import fitting

    for one in patches:
        if not any(fitting((one,), name) for name in schemes):
            raise UserError(f"--patch {one}: it is meant for none of {', '.join(schemes)}")


def command(design: Design, schemes: list[str]) -> str:
    """The command that asks the same again."""
    base = design.base
    options = {
        "society": base.society, "conduct": base.conduct, "people": base.people,
        "months": base.months, "from": base.start, "seed": base.seed,
        "replicates": design.replicates, "points": design.points,
        "point-people": design.point_people,
    }  # fmt: skip
    words = [str(one) for key, value in options.items() for one in (f"--{key}", value)]
    settled = [] if "settled" in design.phases else ["--no-settled"]
    patched = [word for one in base.patches for word in ("--patch", str(one))]
    return shlex.join(["scored", "questions", *schemes, *words, *settled, *patched])


def record_of(found: Answers, out: Path | None) -> dict[str, Any]:
    """What ``questions --json`` prints."""
    from scoredsociety.runs.folder.manifest import STATEMENT

    return {
        "synthetic": SYNTHETIC,
        "statement": STATEMENT,
        "people": found.people,
        "months": found.months,
        "seeds": list(found.seeds),
        "runs": found.runs,
        "variance_ratio": found.variance_ratio,
        "settings": [{"id": one.id, "says": one.says}
                     for one in (*found.settings, *found.discretion)],
        "points": found.points, "point_people": found.point_people,
        "numbers_moved": dict(found.moved),
        "numbers_not_moved": {name: list(why) for name, why in found.unmoved.items()},
        "ruled_out": {name: dict(one) for name, one in found.ruled_out.items()},
        "points_refused": found.refused,
        "answers": found.frame.to_dicts(),
        "nobody_met": {where: [one._asdict() for one in unmet]
                       for where, unmet in found.unmet.items()},
        "unanswered": dict(found.unanswered),
        "answered_in_part": dict(found.partly),
        "assumed": dict(found.assumed),
        "table": str(out) if out else None,
    }
