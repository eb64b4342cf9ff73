"""``scored validate`` and ``scored schemas``: is a document right, and what may stand in one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.screen import print_answer
from scoredsociety.outputs import check_file, check_folder, write

if TYPE_CHECKING:
    from rich.console import Console


def validate(
    file: Annotated[str, typer.Argument(help="A scheme, patch, conduct or society.")],
    conduct: o.Conduct = "everyday",
    json: o.Json = False,
) -> None:
    """Tell every mistake of a document at once, with line, rule, key and a hint."""
    from scoredsociety.runs.documents.validate import validate as check

    found = check(file, conduct)
    errors = [problem.as_dict() for problem in found.problems]
    warnings = [problem.as_dict() for problem in found.warnings]
    record = {"valid": not errors, "kind": found.kind, "errors": errors, "warnings": warnings}

    def show(console: Console) -> None:
        for problem in found.problems:
            console.print(str(problem), markup=False, soft_wrap=True)
        for problem in found.warnings:
            console.print(f"warning: {problem}", markup=False, soft_wrap=True)
        if not errors:
            console.print(f"{file}: a valid {found.kind}")

    print_answer(json, record, show)
    if errors:
        raise typer.Exit(2)


def schemas(
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for one .schema.json a kind.")
    ] = None,
    force: o.Overwrite = False,
    json: o.Json = False,
) -> None:
    """Print the JSON Schema of each kind of document, for editors."""
    import json as json_

    from scoredsociety.runs.documents.validate import schemas as made

    found = made()

    def show(console: Console) -> None:
        print(json_.dumps(found, indent=1, sort_keys=True))

    if out is None:
        print_answer(json, found, show)
        return
    check_folder(out, "--out")
    paths = {kind: out / f"{kind}.schema.json" for kind in found}
    for path in paths.values():
        check_file(path, force=force)
    for kind, path in paths.items():
        write(path, json_.dumps(found[kind], indent=1, sort_keys=True) + "\n")
    files = [str(path) for path in paths.values()]
    print_answer(json, {"files": files}, lambda console: console.print("\n".join(files)))
