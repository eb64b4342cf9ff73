"""``scored report``: the report of a run again, a form of an impact assessment, the model (ODD)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scoredsociety.commands.catalogue import table
from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer
from scoredsociety.errors import UserError
from scoredsociety.outputs import check_file

if TYPE_CHECKING:
    from rich.console import Console


def report(
    run: Annotated[Path | None, typer.Argument(help="Folder of a run.")] = None,
    form: Annotated[
        str, typer.Option("--form", help="Another page over the same run: --forms lists them.")
    ] = "report",
    forms: Annotated[bool, typer.Option("--forms", help="List the forms.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="HTML file.")] = None,
    force: o.Overwrite = False,
    json: o.Json = False,
) -> None:
    """Write the report of a run again, or a form over it, to its folder or to a file."""
    from scoredsociety.report.pages.dispatch import PAGES, check_form

    if forms:
        rows = [{"form": name, "says": says, "follows": follows}
                for name, (says, follows) in PAGES.items()]  # fmt: skip

        def show(console: Console) -> None:
            table(console, f"Pages over a run ({SYNTHETIC})", rows)
            console.print("scored report RUN --form NAME writes one; the questions that only a "
                          "person can answer stay empty boxes")  # fmt: skip

        print_answer(json, {"forms": rows, "synthetic": SYNTHETIC}, show)
        return
    if run is None:
        raise UserError("name the folder of a run; `scored runs` lists them")
    check_file(out, force=force)
    check_form(form)
    from scoredsociety.results import open_run

    path = open_run(run).report().save(out or run / f"{form}.html", form)
    print_answer(json, {"report": str(path), "form": form, "synthetic": SYNTHETIC},
           lambda console: console.print(f"{form}: {path}\n({SYNTHETIC})"))  # fmt: skip
