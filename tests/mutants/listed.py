"""The list of mutants: one line of a function, and what it becomes."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "scoredsociety"
ROOMS = ("engine", "scheme", "measure")
LIST = Path(__file__).with_name("mutants.toml")


@dataclass(frozen=True)
class Mutant:
    """A line of a function in a file of the package, both as they stand there, and the change."""

    file: str
    function: str  # qualified name
    line: str  # without the spaces around it
    becomes: str

    @property
    def name(self) -> str:
        """Where it is and what it does, as it is printed."""
        return f"{self.file}:{self.function}: {self.line} -> {self.becomes}"

    def rows(self) -> list[int]:
        """Numbers of the rows of the function that hold the line."""
        text, first, last = _function(self.file, self.function)
        return [number for number in range(first, last) if text[number].strip() == self.line]

    def stands_once(self) -> bool:
        """Whether the line can be found without a number."""
        return len(self.rows()) == 1

    def applied(self) -> str:
        """The file with the line changed; ValueError where it does not stand there once."""
        found = self.rows()
        if len(found) != 1:
            raise ValueError(f"stands {len(found)} times: {self.name}")
        text = list(_rows(self.file))
        row = text[found[0]]
        indent = row[: len(row) - len(row.lstrip())]
        text[found[0]] = indent + self.becomes
        changed = "\n".join(text) + "\n"
        ast.parse(changed)
        return changed


@cache
def _rows(file: str) -> tuple[str, ...]:
    return tuple((PACKAGE / file).read_text(encoding="utf-8").splitlines())


@cache
def _functions(file: str) -> dict[str, tuple[int, int]]:
    """First row and the one past the last of each function and class, by qualified name."""
    found: dict[str, tuple[int, int]] = {}

    def look(tree: ast.AST, within: str) -> None:
        for node in ast.iter_child_nodes(tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                name = f"{within}.{node.name}" if within else node.name
                found[name] = node.lineno - 1, node.end_lineno or node.lineno
                look(node, name)

    look(ast.parse("\n".join(_rows(file))), "")
    return found


def _function(file: str, name: str) -> tuple[tuple[str, ...], int, int]:
    first, last = _functions(file).get(name, (0, 0))
    return _rows(file), first, last


def listed() -> list[Mutant]:
    """The list as it is kept."""
    with LIST.open("rb") as file:
        rows = tomllib.load(file)["mutant"]
    return [Mutant(**row) for row in rows]


def write(mutants: Iterable[Mutant]) -> None:
    """Keep a list."""
    head = ("# Mutants of engine/, scheme/ and measure/: a line of a function and what it becomes."
            "\n# Drawn by tests/mutants/draw.py; see tests/mutants/__main__.py.\n")  # fmt: skip
    parts = [
        "\n[[mutant]]\n" + "\n".join(
            f"{key} = {json.dumps(getattr(one, key))}"
            for key in ("file", "function", "line", "becomes"))
        for one in mutants
    ]  # fmt: skip
    LIST.write_text(head + "\n".join(parts) + "\n", encoding="utf-8")
