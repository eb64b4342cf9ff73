"""``scored schemes``, ``societies``, ``conduct``: what there is, and what each document says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer
from scoredsociety.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console


def schemes(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME | copy NAME FILE | diff A B | vocabulary]",
                       help="None lists them."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="copy: replace FILE.")] = False,
    json: o.Json = False,
) -> None:
    """List the schemes; show one as a rule book; copy one to change it; say how two differ."""
    match words or []:
        case []:
            list_schemes(json)
        case ["copy", name, file]:
            copy_to("scheme", name, file, force, json)
        case ["vocabulary"]:
            show_vocabulary(json)
        case ["diff", a, b]:
            diff_schemes(a, b, json)
        case [name] if name not in ("copy", "diff"):
            show_scheme(name, json)
        case _:
            raise UserError(
                "say `scored schemes`, `scored schemes NAME`, `scored schemes copy NAME FILE`, "
                "`scored schemes diff A B` or `scored schemes vocabulary`"
            )


def show_vocabulary(as_json: bool) -> None:
    """What a consequence may deny or grant, by kind of subject."""
    from scoredsociety.scheme.check.deniable import kinds, vocabulary

    rows = [
        {"subjects": kind, **word.model_dump()}
        for kind in kinds() for word in vocabulary(kind).values()
    ]  # fmt: skip

    def show(console: Console) -> None:
        for row in rows:
            also = f"; also {', '.join(row['also'])}" if row["also"] else ""
            line = f"{row['id']}: {row['title']} ({row['subjects']}; {row['what']}; {row['right']}"
            console.print(f"{line}{also})", markup=False, soft_wrap=True)

    print_answer(as_json, {"vocabulary": rows}, show)


def list_schemes(as_json: bool) -> None:
    """Every scheme of the catalogue with its title and status."""
    from scoredsociety.runs.documents.document_texts import shipped_documents
    from scoredsociety.scheme.read.federation import federations, load_federation
    from scoredsociety.scheme.read.load import load_scheme

    found = [load_scheme(name) for name in shipped_documents("scheme")]
    rows = [
        {"id": one.id, "title": one.title, "status": one.scheme.status, "kind": one.score.kind}
        for one in found
    ]
    for one in map(load_federation, federations()):
        head = one.federation
        rows.append({"id": head.id, "title": head.title, "status": head.status,
                     "kind": "federation"})  # fmt: skip
    listed(as_json, "schemes", rows)


def show_federation(name: str, as_json: bool) -> None:
    """A federation: which scheme governs which region."""
    from scoredsociety.scheme.read.federation import load_federation

    found = load_federation(name)
    head = found.federation
    rows = [
        {"scheme": one.scheme, "region": one.region, "status": one.status,
         "source": ", ".join(one.source)}
        for one in found.member
    ]  # fmt: skip
    record = {
        "id": head.id, "title": head.title, "status": head.status, "society": head.society,
        "members": rows, "synthetic": SYNTHETIC,
    }  # fmt: skip

    def show(console: Console) -> None:
        console.print(f"{head.title}\n  {head.about or ''}", markup=False, soft_wrap=True)
        table(console, f"Regions of {head.society}", rows)
        console.print(f"({SYNTHETIC})")

    print_answer(as_json, record, show)


def show_scheme(name: str, as_json: bool) -> None:
    """One scheme in words, with the evidence for each rule."""
    from dataclasses import asdict

    from scoredsociety.conduct.model import load_conduct
    from scoredsociety.scheme.describe.rules_in_words import as_text, badge_counts, rule_book
    from scoredsociety.scheme.read.federation import federations
    from scoredsociety.scheme.read.load import load_scheme

    if name in federations():
        show_federation(name, as_json)
        return
    conduct = load_conduct("everyday")
    scheme = load_scheme(name)
    sections = rule_book(scheme, {act.id: act.context for act in conduct.act})
    record = {
        "id": scheme.id, "title": scheme.title, "status": scheme.scheme.status,
        "rules": badge_counts(scheme), "rule_book": [asdict(section) for section in sections],
        "synthetic": SYNTHETIC,
    }  # fmt: skip
    print_answer(
        as_json, record,
        lambda console: console.print(as_text(sections), markup=False, soft_wrap=True),
    )  # fmt: skip


def diff_schemes(a: str, b: str, as_json: bool) -> None:
    """How two schemes differ, as a person would say it."""
    from scoredsociety.conduct.model import load_conduct
    from scoredsociety.scheme.describe.scheme_diff import diff
    from scoredsociety.scheme.read.load import load_scheme

    contexts = {act.id: act.context for act in load_conduct("everyday").act}
    lines = diff(load_scheme(a), load_scheme(b), contexts)

    def show(console: Console) -> None:
        for line in lines:
            console.print(line, markup=False, soft_wrap=True)
        console.print(f"({SYNTHETIC})")

    print_answer(as_json, {"a": a, "b": b, "differences": lines, "synthetic": SYNTHETIC}, show)


def copy_to(room: str, name: str, file: str, force: bool, as_json: bool) -> None:
    """A document of the catalogue as a file of one's own."""
    from scoredsociety.runs.documents.document_texts import copy_document

    path = copy_document(room, name, Path(file), force)
    print_answer(as_json, {"copied": name, "file": str(path)},
           lambda console: console.print(f"{path}: a copy of {name}, yours to change"))  # fmt: skip


def conduct(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME [WORD...] | copy NAME FILE]", help="None lists them."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="copy: replace FILE.")] = False,
    json: o.Json = False,
) -> None:
    """List the conduct documents; show one: acts, sources, errors, and what is assumed."""
    from scoredsociety.conduct.describe import describe_conduct
    from scoredsociety.conduct.model import load_conduct
    from scoredsociety.runs.documents.document_texts import shipped_documents

    match words or []:
        case []:
            found = [load_conduct(name) for name in shipped_documents("conduct")]
            rows = [{"id": one.id, "title": one.title, "acts": len(one.act)} for one in found]
            listed(json, "conduct", rows)
        case ["copy", name, file]:
            copy_to("conduct", name, file, force, json)
        case [name] if name != "copy":
            record = {"synthetic": SYNTHETIC, **describe_conduct(load_conduct(name))}
            print_answer(json, record, lambda console: show_conduct(console, record))
        case [name, *asked] if name != "copy":
            search_acts(name, asked, json)
        case _:
            raise UserError(
                "say `scored conduct`, `scored conduct NAME`, `scored conduct NAME WORD` or "
                "`scored conduct copy NAME FILE`"
            )


def search_acts(name: str, asked: list[str], as_json: bool) -> None:
    """Acts of a conduct document whose id, title or context is like a word."""
    from scoredsociety.conduct.model import load_conduct
    from scoredsociety.document.likely import likeliest

    acts = {act.id: act for act in load_conduct(name).act}
    told = {act.id: f"{act.title} {act.context}" for act in acts.values()}
    exact = [one for one in acts if any(word.lower() in f"{one} {told[one]}".lower()
                                        for word in asked)]  # fmt: skip
    found = list(dict.fromkeys([*exact, *likeliest(" ".join(asked), acts, told)]))
    rows = [{"id": one, "title": acts[one].title, "context": acts[one].context} for one in found]

    def show(console: Console) -> None:
        for row in rows:
            console.print(f"{row['id']}: {row['title']} ({row['context']})", markup=False,
                          soft_wrap=True)  # fmt: skip
        words = " ".join(asked)
        console.print(f"{len(rows)} of {len(acts)} acts are like {words!r}", markup=False)

    print_answer(as_json, {"conduct": name, "words": asked, "acts": rows}, show)


def show_conduct(console: Console, record: dict[str, Any]) -> None:
    """Acts with their rates, and sources with their coverage."""
    console.print(f"{record['id']}: {record['title']}\n({record['note']})", markup=False)
    keys = ("id", "title", "context", "rate", "harm", "legal", "protection")
    acts = [{key: act[key] for key in keys} for act in record["acts"]]
    table(console, "Acts, with the yearly rate of those exposed", acts)
    keys = ("id", "title", "kind", "operator", "coverage", "missing", "misattributed")
    table(console, "Sources", [{key: one[key] for key in keys} for one in record["sources"]])
    numbers = sum(len(one["numbers"]) for one in record["assumed"])
    console.print(f"{numbers} numbers are assumed; --json lists them")


def listed(as_json: bool, kind: str, rows: list[dict[str, Any]]) -> None:
    """The documents of a kind, and that what is made of them is synthetic."""

    def show(console: Console) -> None:
        table(console, kind.capitalize(), rows)
        console.print(f"({SYNTHETIC})")

    print_answer(as_json, {kind: rows, "synthetic": SYNTHETIC}, show)


def table(console: Console, title: str, rows: list[dict[str, Any]]) -> None:
    """A table with a column for each key of the rows."""
    from rich.table import Table

    console.print(title)
    made = Table()
    for key in rows[0] if rows else ():
        made.add_column(str(key))
    for row in rows:
        made.add_row(*(said(value) for value in row.values()))
    console.print(made)


def said(value: object) -> str:
    """A value as a reader would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return "" if value is None else str(value)
