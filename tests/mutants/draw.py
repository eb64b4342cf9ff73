"""How the list of mutants was drawn: places by chance, so that none was chosen to be found.

Each function of the three rooms offers the places where one operator, bound or number could be
another. The number drawn from a file goes by how many it offers, at least one of each file that
offers any. Text (docstrings, annotations, strings, layouts in ``tables.py``) is no place.

Where a line of the list is written anew, its mutant is taken off and one of the same file is drawn
in its place (three of ``engine/month.py`` so far).
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.listed import PACKAGE, ROOMS, Mutant

SEED = 20
ASKED = (  # two that earlier tests were known to miss
    Mutant("engine/control/consequences.py", "of_scheme", "if score < low or score > high:",
           "if score < low or score >= high:"),
    Mutant("engine/respond/appeal.py", "is_open",
           "return filed - month_of(word) <= world.schemes.schemes.appeal_within[s]",
           "return filed - month_of(word) < world.schemes.schemes.appeal_within[s]"),
)  # fmt: skip
COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="), ast.LtE: ("<=", "<"), ast.Gt: (">", ">="), ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"), ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
}  # fmt: skip
WORKED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "+"), ast.FloorDiv: ("//", "*"),
    ast.Div: ("/", "*"), ast.Mod: ("%", "+"), ast.LShift: ("<<", ">>"), ast.RShift: (">>", "<<"),
    ast.BitAnd: ("&", "|"), ast.BitOr: ("|", "&"), ast.BitXor: ("^", "|"),
}  # fmt: skip
Place = tuple[int, int, int, str, str]  # row, from and to column, as it is, as it will be


def _between(node: ast.AST, left: ast.expr, right: ast.expr, pair: tuple[str, str],
             rows: list[str]) -> Iterator[Place]:  # fmt: skip
    """The operator between two parts that end and begin on one row."""
    if left.end_lineno == right.lineno and left.end_col_offset is not None:
        row, start, end = right.lineno - 1, left.end_col_offset, right.col_offset
        text = rows[row][start:end]
        if text.count(pair[0]) == 1:
            at = start + text.index(pair[0])
            yield row, at, at + len(pair[0]), *pair


def _places(node: ast.AST, rows: list[str]) -> Iterator[Place]:
    """What could be another in one node."""
    match node:
        case ast.Compare(left, [operator], [right]):
            yield from _between(node, left, right, COMPARED[type(operator)], rows)
        case ast.BinOp(left, operator, right) if type(operator) in WORKED:
            yield from _between(node, left, right, WORKED[type(operator)], rows)
        case ast.BoolOp(operator, [left, right, *_]):
            pair = ("and", "or") if isinstance(operator, ast.And) else ("or", "and")
            yield from _between(node, left, right, pair, rows)
        case ast.UnaryOp(ast.Not(), operand) if operand.lineno == node.lineno:
            yield node.lineno - 1, node.col_offset, operand.col_offset, "not ", ""
        case ast.Constant(bool(value)):
            assert node.end_col_offset is not None
            yield (node.lineno - 1, node.col_offset, node.end_col_offset, str(value),
                   str(not value))  # fmt: skip
        case ast.Constant(int(value)):
            assert node.end_col_offset is not None
            row = node.lineno - 1
            yield (row, node.col_offset, node.end_col_offset,
                   rows[row][node.col_offset : node.end_col_offset], str(value + 1))  # fmt: skip
        case ast.Call(ast.Name("min" | "max" as name)):
            other = "max" if name == "min" else "min"
            yield node.lineno - 1, node.col_offset, node.col_offset + 3, name, other
        case ast.Continue():
            yield node.lineno - 1, node.col_offset, node.col_offset + 8, "continue", "break"


def _bodies(tree: ast.AST, name: str = "") -> Iterator[tuple[str, ast.stmt]]:
    """Statements of each function, with its qualified name; not what decorates or annotates it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            inner = f"{name}.{node.name}" if name else node.name
            if isinstance(node, ast.FunctionDef):
                for one in node.body:
                    yield inner, one
            else:
                yield from _bodies(node, inner)


def _worked(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what stands in it, less annotations and what is said of an error."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns") or isinstance(node, (ast.Raise, ast.JoinedStr)):
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST):
                yield from _worked(one)


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant that a file offers, of a line that stands once in its function."""
    text = path.read_text(encoding="utf-8")
    rows = text.splitlines()
    found: dict[Mutant, None] = {}
    for function, statement in _bodies(ast.parse(text)):
        for node in _worked(statement):
            for row, start, end, old, new in _places(node, rows):
                line = rows[row]
                if line[start:end] != old or not line.isascii():
                    continue
                changed = (line[:start] + new + line[end:]).strip()
                found[Mutant(path.relative_to(PACKAGE).as_posix(), function, line.strip(),
                             changed)] = None  # fmt: skip
    return [one for one in found if one.stands_once()]


def drawn(count: int) -> list[Mutant]:
    """About ``count`` mutants, the same ones each time."""
    files = [path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py"))
             if path.name != "tables.py"]  # fmt: skip
    offered = {path: mutants_of(path) for path in files}
    whole = sum(map(len, offered.values()))
    draw, chosen = random.Random(SEED), list(ASKED)
    for path in files:
        ones = offered[path]
        share = min(len(ones), max(1, round(count * len(ones) / whole)))
        taken = set(draw.sample(range(len(ones)), share))
        chosen += [one for number, one in enumerate(ones)
                   if number in taken and one not in ASKED]  # fmt: skip
    return chosen
