"""Mutated documents are refused clearly or are valid: no traceback, no hang, bounded memory.

Every mutation is drawn from a fixed seed, so a failure is found again by its number.
"""

from __future__ import annotations

import random
import re
import resource
import time
from pathlib import Path

import pytest

from scoredsociety.conduct.model import load_conduct
from scoredsociety.document.problem import Problem
from scoredsociety.runs.documents.document_texts import path_of
from scoredsociety.runs.documents.validate import validate
from scoredsociety.scheme.read.load import find_scheme

_PATCH = """at = "2021-07"
remove = ["rule.bad_information", "consequence.discounts"]
[patch]
id = "more"
scheme = "wendeng_2020"
[[rule]]
id = "parking_ticket"
points = -10
[dynamics]
repeat = "once"
[trust]
declared = true
weights = { hotline = 0.3 }
grades_from = 0.5
[[list]]
id = "worst"
title = "The worst by rank"
[[rule]]
id = "worst"
on_rank = { worst_share = 0.005, within = "community", edge = "in", yearly_in = 1 }
list = "worst"
memory_months = 12
[[rule]]
id = "bears"
on_others = { by = "residents", what = "deduction", leaders = 4 }
points = -1
"""
_KEYS = (
    "id", "on", "points", "from", "grade", "when", "list", "__class__", "__proto__", "constructor",
    "'; DROP TABLE'", '"\\u0000"', "a.b.c.d", "x" * 3000, "\N{PILE OF POO}", "", "rule", "scheme",
)  # fmt: skip
_VALUES = (
    "1", "-1", "0", "0.001", "1e308", "-1e9999", "nan", "inf", "9" * 400, "9" * 9000, "true",
    '""', '"x"', '"' + "y" * 20_000 + '"', "[]", "{}", "[[[[]]]]", "[1, 'a', {}]",
    "{ from = 1 }", "2020-01-01", "2020-13-01", "'2020-99'", "0x7fffffffffffffff",
    "[" * 90 + "]" * 90,
    "{a=" * 40 + "1" + "}" * 40, "99999999999999999999", '"forever"', '"D"', '["D"]', "'''\nx\n'''",
)  # fmt: skip


def documents() -> dict[str, bytes]:
    """The documents that are mutated: one of each kind, and two kinds of scheme."""
    return {
        "wendeng": find_scheme("wendeng_2020").read_bytes(),
        "sesame": find_scheme("sesame_documented").read_bytes(),
        "law": find_scheme("ordinary_law").read_bytes(),
        "patch": _PATCH.encode(),
        "conduct": path_of("conduct", "everyday").read_bytes(),
        "society": path_of("society", "county").read_bytes(),
    }


def _put(pattern: bytes, text: bytes, line: bytes) -> bytes:
    """The line with the first match replaced by a text that may hold backslashes."""
    return re.sub(pattern, lambda _: text, line, count=1)


def mutated(raw: bytes, draw: random.Random) -> bytes:
    """The document with one to four changes."""
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        lines = raw.split(b"\n")
        place = draw.randrange(len(lines))
        kind = draw.randrange(12)
        if kind == 0:
            del lines[place]
        elif kind == 1:
            lines.insert(place, lines[draw.randrange(len(lines))])
        elif kind == 2:  # a key renamed or misspelt
            key = draw.choice(_KEYS).encode()
            lines[place] = _put(rb"^\s*[\w-]+", key, lines[place])
        elif kind in (3, 4):  # another type or size of value
            value = draw.choice(_VALUES).encode()
            lines[place] = _put(rb"=.*$", b"= " + value, lines[place])
        elif kind == 5:  # a new key with any value
            pair = f"{draw.choice(_KEYS)} = {draw.choice(_VALUES)}"
            lines.insert(place, pair.encode("utf-8", "replace"))
        elif kind == 6:  # a character dropped
            line = lines[place]
            at = draw.randrange(len(line) + 1)
            lines[place] = line[:at] + line[at + 1 :]
        elif kind == 7:  # bytes that are no text
            lines[place] += bytes(draw.randrange(256) for _ in range(3))
        elif kind == 8:  # a table renamed
            lines[place] = re.sub(rb"\w+\]", b"other]", lines[place])
        elif kind == 9:  # a whole part gone
            del lines[place : place + draw.randrange(40)]
        elif kind == 10:  # two ids swapped
            lines[place] = re.sub(rb'"[^"]*"', b'"parking_ticket"', lines[place])
        else:  # a number made large
            lines[place] = re.sub(rb"\d+", b"123456789", lines[place])
        raw = b"\n".join(lines)
    return raw


def check(folder: Path, first: int, count: int) -> dict[str, int]:
    """Validate mutations ``first`` to ``first + count``; how many were valid and refused."""
    sources = documents()
    names = sorted(sources)
    path = folder / "document.toml"
    conduct = load_conduct("everyday")
    tally = {"valid": 0, "refused": 0}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(first, first + count):
        draw = random.Random(number)
        name = draw.choice(names)
        path.write_bytes(mutated(sources[name], draw))
        start = time.perf_counter()
        found = validate(path, conduct, examples=False)
        assert time.perf_counter() - start < 20, f"mutation {number} of {name} hangs"
        tally["valid" if found.valid else "refused"] += 1
        for problem in found.problems:
            assert_clear(problem, number)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 400_000, f"memory grew by {grown} kB"
    return tally


def assert_clear(problem: Problem, number: int) -> None:
    """A refusal names its file, is a short sentence, and shows nothing of the program."""
    said = str(problem)
    assert problem.file.endswith("document.toml"), (number, said)
    assert 5 < len(problem.message) < 1000, (number, said)
    assert "Traceback" not in said and "pydantic" not in said, (number, said)


def test_two_hundred_mutations(tmp_path: Path) -> None:
    tally = check(tmp_path, 0, 200)
    assert tally["valid"] > 25 and tally["refused"] > 100  # both ways out are exercised


@pytest.mark.long
def test_ten_thousand_mutations(tmp_path: Path) -> None:
    tally = check(tmp_path, 1000, 10_000)
    assert tally["valid"] > 500 and tally["refused"] > 2000
