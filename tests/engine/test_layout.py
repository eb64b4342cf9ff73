"""Implementation: words are written in bits in one place, where no two fields overlap."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scoredsociety.conduct.tables import EPISODE_BITS
from scoredsociety.engine import layout
from scoredsociety.engine.layout import WORDS
from scoredsociety.kernel import int64, kernel
from scoredsociety.keyed import seat_id
from scoredsociety.scheme import tables as t

PACKAGE = Path(layout.__file__).parents[1]

# what writes a field into a word, and what reads it: of every field that has functions of its own
WRITTEN: dict[str, dict[str, tuple[Callable[..., Any], Callable[..., Any]]]] = {
    "record": {
        "rule": (lambda w, v: layout.pack(v, 0, 0, 0) | w, layout.rule_of),
        "month": (lambda w, v: layout.pack(0, v, 0, 0) | w, layout.month_of),
        "flags": (layout.flagged, layout.flags_of),
        "amount": (lambda w, v: layout.pack(0, 0, 0, v) | w, layout.amount_of),
    },
    "message": {
        "is a rule": (lambda w, v: layout.pack_message(v, 0, 0, 0, 0, 0) | w, layout.books_a_rule),
        "code": (lambda w, v: layout.pack_message(0, v, 0, 0, 0, 0) | w,
                 lambda w: layout.code_of_message(w) % 4096),
        "code, above": (lambda w, v: layout.pack_message(0, v << 12, 0, 0, 0, 0) | w,
                        lambda w: layout.code_of_message(w) >> 12),
        "source": (lambda w, v: layout.pack_message(0, 0, v, 0, 0, 0) | w,
                   layout.source_of_message),
        "amount": (lambda w, v: layout.pack_message(0, 0, 0, v, 0, 0) | w,
                   layout.amount_of_message),
        "flags": (lambda w, v: layout.pack_message(0, 0, 0, 0, v, 0) | w,
                  layout.flags_of_message),
        "late": (lambda w, v: layout.pack_message(0, 0, 0, 0, 0, v) | w, layout.months_late),
    },
    "status": {
        **{f"grade {s}": (lambda w, v, s=s: layout.with_grade(w, s, v),
                          lambda w, s=s: layout.grade_in(w, s)) for s in range(4)},
        "lists": (layout.with_lists, layout.lists_in),
        "gravity": (lambda w, v: layout.pack_status(0, 0, v, 0) | w, layout.gravity_in),
    },
    "life": {
        **{f"objection {s}": (lambda w, v, s=s: layout.with_months_waited(w, s, v),
                              lambda w, s=s: layout.months_waited(w, s)) for s in range(4)},
        "episodes": (lambda w, v: w | v, layout.episodes_in),
    },
    "address": {
        "region": (lambda w, v: seat_id(v, 0, 0) | w, layout.region_of),
        "community": (lambda w, v: seat_id(0, v, 0) | w, layout.community_of),
        "seat": (lambda w, v: seat_id(0, 0, v) | w, layout.seat_of),
    },
}  # fmt: skip


def every() -> Iterator[tuple[str, str]]:
    """Each field of each word."""
    return ((word, name) for word, (_, fields) in WORDS.items() for name in fields)


@pytest.mark.parametrize("word", WORDS)
def test_no_two_fields_overlap_and_all_lie_in_the_word(word: str) -> None:
    bits, fields = WORDS[word]
    taken = 0
    for first, width in fields.values():
        mask = ((1 << width) - 1) << first
        assert not taken & mask
        taken |= mask
    assert taken.bit_length() <= bits


@pytest.mark.parametrize(("word", "name"), list(every()))
def test_a_field_holds_its_least_and_its_most_and_leaves_the_others(word: str, name: str) -> None:
    _, fields = WORDS[word]
    first, width = fields[name]
    most = (1 << width) - 1
    others = sum(((1 << w) - 1) << f for other, (f, w) in fields.items() if other != name)
    write, read = WRITTEN[word].get(name, (
        lambda w, v: layout.set_field(w, first, width, v),
        lambda w: layout.field(w, first, width),
    ))  # fmt: skip
    for value in (0, 1, most):
        for around in (0, others):
            made = write(around, value)
            assert made == around | value << first
            assert read(made) == value == layout.field(made, first, width)
    if word in ("record", "status"):
        whole = np.array([others | most << first], dtype=np.uint32)
        assert read(whole).tolist() == [most]
        assert read(whole.astype(np.int64)).tolist() == [most]


def test_every_field_with_functions_is_in_the_table() -> None:
    assert all(fields.keys() <= WORDS[word][1].keys() for word, fields in WRITTEN.items())


def test_flags_have_the_bits_that_the_table_gives_them() -> None:
    for name, mask in (("sanction seen", layout.SANCTION_SEEN), ("expressed", layout.EXPRESSED),
                       ("shows the score", layout.SHOWS), ("aware", layout.AWARE)):  # fmt: skip
        assert mask == 1 << layout.OF_STATUS[name][0]
        assert layout.shown_of(mask | 0xFFFFFFF) == mask
        assert layout.unshown(mask | 5) == 5
    assert layout.grades_in(layout.ALL_UNGRADED) == layout.ALL_UNGRADED
    assert all(layout.grade_in(layout.ALL_UNGRADED, s) == t.NO_GRADE for s in range(4))
    word = layout.pack(1023, 4095, 63, 15)
    assert layout.without_rule(word) == layout.pack(0, 4095, 63, 15)
    assert layout.unflagged(word, layout.STALE) == layout.pack(1023, 4095, 31, 15)
    assert layout.with_episode(0, 7) == 128 and layout.without_episode(255, 7) == 127
    assert layout.is_under_way(128, 7) and layout.is_listed(layout.with_lists(0, 128), 7)


def test_the_widths_are_those_that_documents_are_held_to() -> None:
    assert 1 << layout.RULE_BITS == t.MOST_RULES <= 1 << layout.CODE_BITS
    assert layout.LISTS_BITS == t.MOST_LISTS
    assert layout.GRADES_BITS == layout.GRADE_BITS * t.MOST_SCHEMES
    assert (1 << layout.GRADE_BITS) - 1 == t.NO_GRADE == t.MOST_GRADES
    assert layout.EPISODES == EPISODE_BITS


@kernel
def _in_a_kernel(words: np.ndarray) -> int:
    total = 0
    for place in range(words.size):
        word = int64(words[place])
        total += layout.rule_of(word) + layout.grade_in(word, 1) + layout.set_field(word, 3, 2, 1)
    return total


def test_a_kernel_an_integer_and_an_array_agree() -> None:
    words = np.random.default_rng(1).integers(0, 1 << 32, 50).astype(np.uint32)

    def sum_of(words: Any) -> Any:
        return layout.rule_of(words) + layout.grade_in(words, 1) + layout.set_field(words, 3, 2, 1)

    one_by_one = sum(sum_of(int(word)) for word in words)
    assert _in_a_kernel(words) == one_by_one == sum_of(words.astype(np.int64)).sum()


# What a shift means outside layout.py. Sets of bits that are numbered by something else, whose
# places are no layout (``1 << number``, ``bits >> number & 1``), and what society/ and scheme/
# write in bits by constants of their own, may stand anywhere; any other shift only in these files.
ROOMS = ("engine", "runs", "study", "measure", "report", "commands", "results", "lab")
OF_OTHERS = re.compile(
    r"\b(\w*COARSE_\w+|community_bits|GROUP_BITS|TO_BITS|DAY_SHIFT|INCOME_SHIFT)\b"
    r"|(household\S*|byte)\)? >> 4|life_course\.CAME_SHIFT"
)
OTHERWISE = {
    "engine/month_view.py": "region and community of a person as one number",
    "engine/publish/publication.py": "the same; scheme * 16 + grade of a rule; shares of 2**16",
    "engine/score/scoring.py": "region and community of a person as one number",
    "engine/score/weighted_parts.py": "shares of 2**32",
    "engine/act/occasions.py": "a cell of an envelope",
    "engine/control/consequences.py": "coarse traits, by a table",
    "study/explain/denials.py": "coarse traits, by a table",
    "study/readout/persons.py": "coarse traits, by a table; a set",
    "engine/respond/perception.py": "shares of 2**32",
    "engine/respond/silence.py": "shares of 2**32",
    "engine/respond/deterrence.py": "fixed point", "engine/respond/shame.py": "fixed point",
    "engine/collect/discretion.py": "words of draws", "engine/collect/padding.py": "words of draws",
    "engine/respond/stakes.py": "a set, a byte at a time",
    "runs/recorder.py": "words of draws", "runs/network_facts.py": "words of draws",
    "runs/seeds.py": "words of draws", "study/paired/own_record_digest.py": "a hash",
    "study/questions/thin_files.py": "a set",
    "runs/resources.py": "sizes", "measure/statistics/rank_correlation.py": "a number bit by bit",
}  # fmt: skip
# Words of a state, as code calls them (``persons.life`` is a word of society/people/lives.py)
STATE = re.compile(r"\b(status|(?<!persons\.)life|records?|message|content|mail|inbox)\b")


def strays(text: str, file: str) -> Iterator[tuple[int, str]]:
    """Shifts and masks of a module that layout.py should know: line, code."""
    tree = ast.parse(text)
    asked = set()  # shifts within ``bits >> number & 1``
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
            if ast.unparse(node.right) == "1":
                asked.add(id(node.left))
            number = isinstance(node.right, ast.Constant | ast.UnaryOp)
            if number and STATE.search(ast.unparse(node.left)):
                yield node.lineno, ast.unparse(node)
        if isinstance(node, ast.BinOp | ast.AugAssign):
            if not isinstance(node.op, ast.LShift | ast.RShift):
                continue
            shifted = node.left if isinstance(node, ast.BinOp) else node.target
            code, word = ast.unparse(node), ast.unparse(shifted)
            is_set = word in ("1", "int64(1)", "np.int64(1)") or id(node) in asked
            others = OF_OTHERS.search(code)
            if not others and (STATE.search(word) or not (is_set or file in OTHERWISE)):
                yield node.lineno, code


def test_no_other_module_knows_the_bits_of_a_word() -> None:
    found, used = [], set()
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            name = path.relative_to(PACKAGE).as_posix()
            if name == "engine/layout.py":
                continue
            text = path.read_text(encoding="utf-8")
            found += [f"{name}:{line}: {code}" for line, code in strays(text, name)]
            used |= {name} if name in OTHERWISE and any(strays(text, "")) else set()
    assert not found, "\n".join(found)
    assert used == OTHERWISE.keys(), "these files have no such shifts any more"


@pytest.mark.parametrize("code", [
    "int(word) >> 22", "message >> 40 & 1", "status >> GRAVITY_SHIFT", "life & 255",
    "words >> 4 & 63", "word | STALE << 4", "status >> 28 << 28", "on << LIST_SHIFT",
    "content & ~(4095 << 28)", "(status >> bit) & 1",
])  # fmt: skip
def test_a_planted_shift_is_found(code: str) -> None:
    assert list(strays(code, "study/validation/file_audit.py"))
    if STATE.search(code):
        assert list(strays(code, "study/paired/own_record_digest.py"))


def test_a_message_takes_another_code_and_keeps_the_rest() -> None:
    content = layout.pack_message(1, 4095, 255, 15, 255, 255)
    for code in (0, 1, 4095, 4096, (1 << 24) - 1):
        other = layout.with_code(content, code)
        assert layout.code_of_message(other) == code
        assert other == layout.pack_message(1, code, 255, 15, 255, 255)
        assert layout.books_a_rule(other) == 1 and layout.months_late(other) == 255
