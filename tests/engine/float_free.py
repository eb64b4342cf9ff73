"""Compiles a month afresh and tells where a kernel holds a floating-point value. Run by a test.

``python -m tests.engine.float_free`` prints one JSON object: kernels seen, the size of the code,
and every place with a float; ``--with-one`` adds a kernel that has one, to show that the check
can fail. ``--keep`` keeps what was found beside the compiled kernels, where there were none yet:
what a cache gives back has no code to read, and compiling takes minutes.
"""

from __future__ import annotations

import gc
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from numba.core import types
from tests.engine.runs import run
from tests.engine.worlds import MECHANISMS, Plan, make

from scoredsociety.cli import OBJECTS
from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.replay.household_replay import relive
from scoredsociety.kernel import cache_folder, kernel
from scoredsociety.runs.documents.worked_examples import failing_examples
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.society.describe.sample import Drawn, slot_ties
from scoredsociety.society.people.alone import known_to, room
from scoredsociety.society.recipes.recipe import load_society
from scoredsociety.society.ties.stored import written_down

# a floating-point type or instruction, as a word of LLVM's language (a name begins with % or @)
FLOAT = re.compile(
    r"(?<![%@.$\w])"
    r"(double|float|half|fp128|x86_fp80|[su]itofp|fpto[su]i|f(add|sub|mul|div|rem|cmp|neg))"
    r"(?![.$\w])"
)


@kernel
def with_a_float(value: int) -> int:
    """What no kernel may do."""
    return int(value * 0.5)


def lines_with_floats(code: str) -> list[str]:
    """Lines of LLVM code that hold a floating-point type or instruction; strings left aside."""
    bare = (re.sub(r'"[^"]*"', '""', line) for line in code.splitlines())
    return [line.strip()[:200] for line in bare if FLOAT.search(line)]


def dispatchers() -> dict[str, Any]:
    """Every kernel of the package, by name."""
    found = {}
    for name, module in sorted(sys.modules.items()):
        if name.startswith("scoredsociety"):
            for value in vars(module).values():
                if hasattr(value, "inspect_llvm") and value.__module__.startswith("scoredsociety"):
                    found[f"{value.__module__}.{value.__name__}"] = value
    return found


def run_small(inputs: Inputs) -> None:
    """Everything that a run calls, and a life that is lived again."""
    _, setting, log = run(inputs)
    list(relive(inputs, setting, log, 0))


def run_others() -> None:
    """What other commands call: examples of a scheme, people drawn, their ties in lists."""
    conduct = load_conduct("everyday")
    assert not failing_examples(load_scheme("wendeng_2020", conduct), conduct)
    drawn = Drawn(load_society("village"), 300, of=5000)
    everybody = Drawn(drawn.recipe, 300)
    slot_ties(everybody)
    key = (everybody.tables, everybody.seats, everybody.k0, everybody.k1)
    known_to(*key, 7, *room())
    written_down(everybody.tables, everybody.seats, everybody.seed)


def report(with_one: bool) -> dict[str, Any]:
    """Compile, look, tell."""
    gc.set_threshold(OBJECTS)  # as the command line does: code that is compiled stays
    run_small(make(Plan(1, 70, 2, 0, frozenset(MECHANISMS))))
    run_others()
    kernels = dispatchers()
    if with_one:
        with_a_float(3)
        kernels["with_a_float"] = with_a_float
    compiled = {name: one for name, one in kernels.items() if one.overloads}
    places, size = [], 0
    for name, one in compiled.items():
        for signature, overload in one.overloads.items():
            annotation = overload.type_annotation
            variables = annotation.typemap if annotation is not None else {}
            places += [f"{name}: {v}" for v, kind in variables.items() if has_float(kind)]
            if name.endswith((".advance", ".settle", ".start_ties", "with_a_float")):
                code = one.inspect_llvm(signature)
                size += len(code)
                places += [f"{name}: {line}" for line in lines_with_floats(code)]
    annotated = sum(
        any(o.type_annotation is not None for o in one.overloads.values())
        for one in compiled.values()
    )
    return {"kernels": len(compiled), "annotated": annotated, "code": size, "floats": places}


def has_float(kind: Any) -> bool:
    """Whether a numba type is, or holds, a float."""
    if isinstance(kind, types.Array):
        return has_float(kind.dtype)
    if isinstance(kind, types.BaseTuple):
        return any(has_float(one) for one in kind)
    return isinstance(kind, types.Float | types.Complex)


def kept() -> Path:
    """Where the report on the kernels of these sources, by this check, is kept."""
    check = hashlib.blake2s(Path(__file__).read_bytes(), digest_size=8).hexdigest()
    return cache_folder() / f"float_free-{check}.json"


if __name__ == "__main__":
    if "--keep" in sys.argv and next(cache_folder().rglob("*.nbi"), None) is not None:
        sys.exit()  # compiled already: the test compiles afresh where nothing was kept
    found = json.dumps(report("--with-one" in sys.argv))
    print(found)
    if "--keep" in sys.argv:
        kept().write_text(found, encoding="utf-8")
