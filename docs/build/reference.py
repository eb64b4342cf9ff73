"""The reference pages, from the program itself: commands, Python, schemes and formats.

Nothing here is written by hand, so a page cannot say what the program does not.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from typing import Any

import typer

import scoredsociety as ss
from scoredsociety.cli import app
from scoredsociety.runs.documents.validate import schemas
from scoredsociety.scheme.read.load import catalogue, load_scheme

HEAD = "*Generated from the program. Synthetic society, not a forecast.*\n"


def pages() -> dict[str, str]:
    """Each generated page by its path under ``reference/``."""
    return {
        "commands.md": commands(), "python.md": python(), "schemes.md": schemes(),
        "formats.md": formats(),
    }  # fmt: skip


def _plain(text: str | None) -> str:
    """A help text as one line of Markdown in a table."""
    return " ".join((text or "").split()).replace("|", "\\|").replace("<", "&lt;")


def commands() -> str:
    """Every command with its arguments and options."""
    made = ["# Command line\n", HEAD]
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        made.append(f"## scored {name}\n\n{inspect.cleandoc(command.help or '')}\n")
        rows = [_option(one) for one in command.params if not getattr(one, "hidden", False)]
        if rows:
            made.append("| option | meaning | default |\n|---|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(made)


def _option(one: Any) -> str:
    names = ", ".join(f"`{name}`" for name in [*one.opts, *one.secondary_opts])
    if one.param_type_name == "argument":
        names = f"`{one.metavar or str(one.name).upper()}`"
    default = one.default
    shown = "" if default in (None, False, ()) or callable(default) else f"`{default}`"
    return f"| {names} | {_plain(getattr(one, 'help', ''))} | {shown} |"


def python() -> str:
    """Every public name with its signature and docstring, and the public members of its classes."""
    made = ["# Python\n", HEAD, "```python\nimport scoredsociety as ss\n```\n"]
    for name in ss.__all__:
        if name == "__version__":
            continue
        thing = getattr(ss, name)
        made.append(f"## ss.{name}\n\n{_signed(name, thing)}")
        if inspect.isclass(thing):
            made += [f"### {name}.{member}\n\n{_signed(member, found)}" for member, found
                     in _members(thing)]  # fmt: skip
    return "\n".join(made)


def _members(thing: type) -> Iterator[tuple[str, Any]]:
    for name, found in sorted(vars(thing).items()):
        if name.startswith("_") or not inspect.getdoc(found):
            continue
        if inspect.isfunction(found) or isinstance(found, property | classmethod | staticmethod):
            yield name, found


def _signed(name: str, thing: Any) -> str:
    called = getattr(thing, "__func__", thing)
    try:
        signature = f"```python\n{name}{inspect.signature(called)}\n```\n\n"
    except (TypeError, ValueError):
        signature = ""
    words = inspect.getdoc(thing) or ""
    return f"{signature}{words}\n"


def schemes() -> str:
    """The catalogue: title, status, number of rules, and the sources that they cite."""
    made = ["# Schemes\n", HEAD,
            "`scored schemes NAME` prints the rule book of each, rule by rule with its evidence.\n",
            "| scheme | title | status | rules | sources |\n|---|---|---|---|---|"]  # fmt: skip
    for name in catalogue():
        scheme = load_scheme(name)
        head = scheme.scheme
        cited = sorted({source for rule in scheme.rule for source in _sources(rule.source)})
        made.append(
            f"| `{head.id}` | {_plain(head.title)} | {head.status} | {len(scheme.rule)} "
            f"| {', '.join(cited)} |"
        )
    return "\n".join(made) + "\n"


def _sources(found: Any) -> list[str]:
    if found is None:
        return []
    return [found] if isinstance(found, str) else [str(one) for one in found]


def formats() -> str:
    """Every table of every document with its keys, from the JSON Schemas."""
    made = ["# Formats\n", HEAD,
            "`scored schemas DIR` writes the whole JSON Schemas, for an editor that completes and "
            "checks while you write. An unknown key is an error.\n"]  # fmt: skip
    for name, schema in schemas().items():
        made.append(f"## {name}\n\n{_plain(schema.get('description'))}\n")
        for table, field in schema.get("properties", {}).items():
            found = _resolved(field, schema)
            written = f"[[{table}]]" if field.get("type") == "array" else f"[{table}]"
            meaning = _plain(found.get("description") or field.get("description"))
            made.append(f"### `{written}` in a {name}\n\n{meaning}\n")
            if found.get("properties"):
                made.append(_keys(found))
    return "\n".join(made)


def _resolved(field: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The definition that a field, an array of it or an optional one points to."""
    for one in [field, field.get("items", {}), *field.get("anyOf", [])]:
        if "$ref" in one:
            found: dict[str, Any] = schema["$defs"][one["$ref"].rsplit("/", 1)[-1]]
            return found
    return field


def _keys(found: dict[str, Any]) -> str:
    needed = set(found.get("required", ()))
    rows = ["| key | value | default | meaning |", "|---|---|---|---|"]
    for name, field in found["properties"].items():
        default = "needed" if name in needed else f"`{json.dumps(field.get('default'))}`"
        default = "" if default == "`null`" else default
        meaning = _plain(field.get("description"))
        rows.append(f"| `{name}` | {_kind(field)} | {default} | {meaning} |")
    return "\n".join(rows) + "\n"


def _kind(field: dict[str, Any]) -> str:
    """What may stand for a key, in a word."""
    if "enum" in field:
        return ", ".join(f"`{one}`" for one in field["enum"])
    if "anyOf" in field:
        return " or ".join(_kind(one) for one in field["anyOf"] if one.get("type") != "null")
    if "$ref" in field:
        return str(field["$ref"].rsplit("/", 1)[-1])
    kind = str(field.get("type", "any"))
    if kind == "array":
        return f"list of {_kind(field.get('items', {}))}"
    low, high = field.get("minimum"), field.get("maximum")
    return f"{kind}, {low} to {high}" if low is not None and high is not None else kind
