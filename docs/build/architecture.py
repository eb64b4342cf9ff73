"""docs/architecture.md and its picture, from the code: ``python -m docs.build.architecture``.

The picture is drawn from the imports, the table of rooms from the first line of each package, the
table of the month from ``engine/phases.py``. A test makes all three again and compares.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter, defaultdict
from html import escape
from pathlib import Path

from scoredsociety.engine.phases import PHASES

TREE = Path(__file__).resolve().parents[2]
PACKAGE = TREE / "src" / "scoredsociety"
PAGE, PICTURE = TREE / "docs" / "architecture.md", TREE / "docs" / "architecture.svg"
BASE = "base"  # the modules that stand in the package itself
WIDTH, HEIGHT, GAP, EDGE = 132, 44, 56, 14


def room_of(path: Path) -> str:
    """The room of a module: the folder of the package it stands in."""
    inside = path.relative_to(PACKAGE).parts
    if len(inside) > 1:
        return inside[0]
    return "commands" if inside[0] == "cli.py" else BASE


def imports() -> dict[str, set[str]]:
    """Which rooms each room imports from, by the import statements of its modules.

    Those under ``TYPE_CHECKING`` are left out: nothing runs through them. So is ``__init__.py`` of
    the package, which only says where public names are found.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        if path == PACKAGE / "__init__.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        checked = {
            id(one)
            for node in ast.walk(tree) if isinstance(node, ast.If)
            and ast.unparse(node.test) == "TYPE_CHECKING"
            for one in ast.walk(node)
        }  # fmt: skip
        found[room_of(path)] |= set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and id(node) not in checked:
                parts = node.module.split(".")
                if parts[0] != "scoredsociety":
                    continue
                names = parts[1:2] or [alias.name for alias in node.names]
                for name in names:
                    other = name if (PACKAGE / name).is_dir() else BASE
                    if other != room_of(path):
                        found[room_of(path)].add(other)
    return dict(found)


def floors(found: dict[str, set[str]]) -> dict[str, int]:
    """The floor of each room, one above all that it imports from; ValueError in a circle."""
    floor: dict[str, int] = {}

    def of(room: str, above: tuple[str, ...]) -> int:
        if room in above:
            raise ValueError(f"rooms import one another: {' -> '.join((*above, room))}")
        if room not in floor:
            under = [of(one, (*above, room)) for one in sorted(found.get(room, ()))]
            floor[room] = 1 + max(under, default=-1)
        return floor[room]

    for room in sorted(found):
        of(room, ())
    return floor


def needed(found: dict[str, set[str]]) -> dict[str, set[str]]:
    """The arrows that are drawn: those that no chain of others already says."""

    def reached(room: str) -> set[str]:
        return set().union(*({one} | reached(one) for one in found.get(room, ())), set())

    return {
        room: {one for one in ones if not any(one in reached(other) for other in ones - {one})}
        for room, ones in found.items()
    }


def picture() -> str:
    """The rooms on their floors, as SVG; an arrow from a room to each that it imports from."""
    found = imports()
    floor = floors(found)
    rows: dict[int, list[str]] = defaultdict(list)
    for room in sorted(floor):
        rows[floor[room]].append(room)
    wide = max(len(ones) for ones in rows.values())
    width = wide * (WIDTH + GAP) + GAP
    height = (max(rows) + 1) * (HEIGHT + GAP) + GAP
    at = {}
    for level, ones in rows.items():
        left = (width - len(ones) * (WIDTH + GAP) + GAP) / 2
        for place, room in enumerate(ones):
            at[room] = (left + place * (WIDTH + GAP), height - (level + 1) * (HEIGHT + GAP))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="15">',
        "<title>Rooms of the package; an arrow leads from a room to one that it imports from"
        "</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>',
    ]
    for room, ones in sorted(needed(found).items()):
        for other in sorted(ones):
            (x, y), (to, down) = at[room], at[other]
            lines.append(
                f'<line x1="{x + WIDTH / 2:g}" y1="{y + HEIGHT:g}" x2="{to + WIDTH / 2:g}" '
                f'y2="{down - 3:g}" stroke="#555" marker-end="url(#head)"/>'
            )
    for room, (x, y) in sorted(at.items()):
        lines.append(
            f'<rect x="{x:g}" y="{y:g}" width="{WIDTH}" height="{HEIGHT}" rx="6" '
            'fill="#eef3f8" stroke="#2b4a6f"/>'
            f'<text x="{x + WIDTH / 2:g}" y="{y + HEIGHT / 2 + 5:g}" text-anchor="middle">'
            f"{escape(room)}</text>"
        )
    return "\n".join([*lines, "</svg>"]) + "\n"


def rooms() -> str:
    """Every folder of the package with the question it answers, from its first line."""
    lines = ["| room | what it answers |", "|---|---|"]
    for path in sorted(PACKAGE.rglob("__init__.py")):
        inside = path.relative_to(PACKAGE).parent.as_posix()
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        if inside != ".":
            lines.append(f"| `{inside}/` | {said.splitlines()[0]} |")
    return "\n".join(lines)


MONTH = "scoredsociety.engine.month"
SHARED = 4  # a file of so many phases is of none


class Calls:
    """Which function of the engine calls which, by the text of its modules."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}  # first line of each module
        self.functions: dict[str, ast.FunctionDef] = {}
        self.names: dict[str, dict[str, str]] = {}  # what an imported name is, by module
        for path in sorted((PACKAGE / "engine").rglob("*.py")):
            inside = path.relative_to(PACKAGE).with_suffix("").parts
            module, tree = ".".join(("scoredsociety", *inside)), ast.parse(path.read_text("utf-8"))
            self.said[module] = (ast.get_docstring(tree) or "").splitlines()[0]
            self.names[module] = {
                one.asname or one.name: f"{node.module}.{one.name}"
                for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
                for one in node.names
            }  # fmt: skip
            for node in tree.body:
                if isinstance(node, ast.FunctionDef):
                    self.functions[f"{module}.{node.name}"] = node

    def called(self, function: str) -> set[str]:
        """Functions of the engine that a function calls."""
        module = function.rpartition(".")[0]
        names, found = self.names[module], set()
        for node in ast.walk(self.functions[function]):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found.add(names.get(node.func.id, f"{module}.{node.func.id}"))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Name):
                    found.add(f"{names.get(owner.id, '')}.{node.func.attr}")
        return found & self.functions.keys()

    def reached(self, name: str) -> tuple[str, set[str]]:
        """The module of a function that ``month.py`` calls, and all modules that it comes to."""
        here = f"{MONTH}.{name}"
        first = here if here in self.functions else self.names[MONTH][name]
        seen, left = set[str](), {first}
        while left:
            one = left.pop()
            seen.add(one)
            left |= self.called(one) - seen
        return first.rpartition(".")[0], {one.rpartition(".")[0] for one in seen}


def file_of(module: str) -> str:
    """``respond/appeal`` of the engine."""
    return module.removeprefix("scoredsociety.engine.").replace(".", "/")


def files_of_phases() -> tuple[list[str], str, set[str]]:
    """The files of each phase, those of many, and modules that no phase comes to."""
    calls = Calls()
    own, every = [], []
    for one in PHASES:
        reached = [calls.reached(name) for name in one.functions]
        own.append({first for first, _ in reached})
        every.append(set().union(*(modules for _, modules in reached)) - {MONTH})
    counted = Counter(module for modules in every for module in modules)
    shared = {module for module, many in counted.items() if many >= SHARED}
    lines = [
        ", ".join(sorted(file_of(module) for module in (all_ - shared) | (first - {MONTH})))
        for first, all_ in zip(own, every, strict=True)
    ]
    return lines, ", ".join(f"`{file_of(one)}`" for one in sorted(shared)), set(counted)


def around() -> str:
    """Files of the engine that no phase comes to: what stands around a person's month."""
    _, _, reached = files_of_phases()
    lines = ["| file | what it is |", "|---|---|"]
    for module, said in sorted(Calls().said.items()):
        if module not in reached and module != MONTH and not module.endswith("__init__"):
            lines.append(f"| `engine/{file_of(module)}.py` | {said} |")
    return "\n".join(lines)


def months() -> str:
    """The phases of a month as a table."""
    files, shared, _ = files_of_phases()
    head = "| | phase | step of the articles | what | files of `engine/` | leaves to the next |"
    lines = [head, "|---|---|---|---|---|---|"]
    for place, one in enumerate(PHASES, 1):
        left = ", ".join(
            sorted({f"`{name.removeprefix('scratch.')}`" for name in one.writes
                    if name.startswith("scratch.")} - {"`traits`", "`whose`", "`base`", "`mask`"})
            or sorted({f"`{name}`" for name in one.writes})
        )  # fmt: skip
        where = files[place - 1] or "month"
        lines.append(f"| {place} | {one.name} | {one.step} | {one.what} | {where} | {left} |")
    lines += ["", f"Come to by {SHARED} phases or more, and so left out above: {shared}."]
    return "\n".join(lines)


def page(text: str) -> str:
    """The page with its generated parts made again."""
    for name, made in (("rooms", rooms()), ("month", months()), ("around", around())):
        mark = f"(<!-- {name} -->\n).*(\n<!-- end of {name} -->)"
        text = re.sub(mark, lambda found, made=made: found[1] + made + found[2], text, flags=re.S)
    return text


def main(words: list[str]) -> int:
    """Write both; with ``--check`` say whether they are current."""
    now = page(PAGE.read_text(encoding="utf-8")), picture()
    if "--check" in words:
        kept = PAGE.read_text(encoding="utf-8"), PICTURE.read_text(encoding="utf-8")
        return int(now != kept)
    PAGE.write_text(now[0], encoding="utf-8")
    PICTURE.write_text(now[1], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
