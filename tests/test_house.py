"""The house keeps its measure: folders, files, functions, floors; what exceeds is named."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from docs.build.architecture import floors, imports

TREE = Path(__file__).parents[1]
PACKAGE = TREE / "src" / "scoredsociety"
MOST_FILES, MOST_LINES, MOST_PARAMETERS, LONGEST = 16, 300, 8, 60

LONG_FILES = {
    "engine/layout.py": "the only place that knows bits: one table of widths, one function a field",
}
LARGE_FOLDERS: dict[str, str] = {}


def modules() -> Iterator[tuple[str, Path]]:
    """Each module of the package by its path in it."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), path


def test_no_folder_holds_more_than_can_be_taken_in() -> None:
    found: dict[str, int] = defaultdict(int)
    for name, _ in modules():
        found[name.rpartition("/")[0]] += 1
    large = {name: many for name, many in found.items() if many > MOST_FILES}
    assert large.keys() == LARGE_FOLDERS.keys(), large


def test_no_file_is_longer_than_can_be_read_at_once() -> None:
    long = {}
    for name, path in modules():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES:
            long[name] = lines
    assert long.keys() == LONG_FILES.keys(), long


def too_large(text: str) -> Iterator[str]:
    """Functions with too many parameters or lines."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            many = len(node.args.args) + len(node.args.kwonlyargs)
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if many > MOST_PARAMETERS or lines > LONGEST:
                yield f"{node.name}: {many} parameters, {lines} lines"


def test_no_function_of_the_engine_takes_more_than_one_keeps_in_mind() -> None:
    found = {
        name: list(too_large(path.read_text(encoding="utf-8")))
        for name, path in modules() if name.startswith("engine/")
    }  # fmt: skip
    assert {name: ones for name, ones in found.items() if ones} == {}


@pytest.mark.parametrize("text", [
    "def f(a, b, c, d, e, f, g, h, i): ...",
    "def f():\n" + "    pass\n" * 60,
])  # fmt: skip
def test_what_exceeds_is_seen(text: str) -> None:
    assert len(list(too_large(text))) == 1


def test_rooms_stand_on_floors_and_imports_run_downward() -> None:
    floor = floors(imports())
    order = ["document", "society", "conduct", "scheme", "engine", "measure", "runs", "study",
             "report", "results", "commands"]  # fmt: skip
    assert sorted(order, key=lambda room: floor[room]) == order


def imports_of(tree: ast.AST, module: str, package: bool, known: Collection[str]) -> Iterator[str]:
    """Modules that a module imports, wherever the statement stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")[: None if package else -1]
                base = ".".join([*above[: len(above) - node.level + 1], *filter(None, [base])])
            for one in node.names:
                within = f"{base}.{one.name}"
                yield within if within in known else base


def a_circle(texts: dict[str, str]) -> list[str]:
    """Modules that import each other in a circle, by their dotted names; none: empty."""
    packages = {name for name in texts if any(one.startswith(f"{name}.") for one in texts)}
    graph = {
        name: {one for one in imports_of(ast.parse(text), name, name in packages, texts.keys())
               if one in texts and one != name}
        for name, text in texts.items()
    }  # fmt: skip
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_circle_of_imports() -> None:
    """Not even of those inside functions, or for the type checker alone."""
    dotted = {
        ("scoredsociety/" + name).removesuffix(".py").removesuffix("/__init__").replace("/", "."):
        path.read_text(encoding="utf-8") for name, path in modules()
    }  # fmt: skip
    assert a_circle(dotted) == []
    planted = "def late():\n    from scoredsociety.engine.run import advance_run\n"
    dotted["scoredsociety.engine.layout"] += planted
    assert a_circle(dotted)


def test_no_two_classes_have_one_name() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for name, path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(name)
    assert {name: where for name, where in found.items() if len(where) > 1} == {}
    assert len(found) > 100


def test_a_function_imported_by_its_bare_name_has_it_alone() -> None:
    """What is called through its module (``turnover.count``) may share a verb with others; commands
    are named by what is typed."""
    trees = {
        f"scoredsociety.{name.removesuffix('.py').replace('/', '.')}":
        ast.parse(path.read_text(encoding="utf-8")) for name, path in modules()
    }  # fmt: skip
    of: dict[str, set[str]] = defaultdict(set)
    for module, tree in trees.items():
        for node in tree.body if isinstance(tree, ast.Module) else ():
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                of[node.name].add(module)
    bare: dict[str, set[str]] = defaultdict(set)
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and ".commands." not in (node.module or ""):
                for one in node.names:
                    bare[one.name] |= of[one.name] & {node.module}
    assert {name: where for name, where in bare.items() if len(where) > 1} == {}
    assert sum(map(bool, bare.values())) > 300


def test_nothing_outside_is_imported_by_the_package() -> None:
    outside = {"studies", "docs", "examples", "benchmarks", "tests"}
    for name, path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module.split(".")[0] not in outside, f"{name} imports {node.module}"
