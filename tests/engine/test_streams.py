"""Draws of neighbouring addresses look independent: tests whose false alarms are counted.

Every address differs from its neighbours by one step of one part: the next person, community or
region, the next month, another label, the next index, the next seed. Along each such line the
words must be even, word by word, pair by pair and birthday by birthday (Marsaglia's spacings).
All draws are of fixed seeds, so a result never changes; the rate is that of a generator without
fault whose seeds were chosen once. Of all checks together it is ``FALSE_ALARM`` at most: each of
``CHECKS`` has its share (Bonferroni), two-sided. Planted faults are found at that bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from scoredsociety import keyed
from scoredsociety.fixed import Ints

FALSE_ALARM = 1e-6
CHECKS = 250  # at least as many as there are: see the last test
WORDS = 1 << 15  # drawn along each line
SEAT, MONTH, SEED = 70_003, 24_241, 2024
Draw = Callable[[int, int, int, int, int], tuple[int, int, int, int]]  # seed, seat .. index


def real(seed: int, seat: int, month: int, stream: int, index: int) -> tuple[int, int, int, int]:
    """The draw that the engine makes."""
    return keyed.draw(*keyed.key_of(seed), seat, month, stream, index)


LABEL = keyed.stream("act:parking_ticket")
LINES: dict[str, Callable[[Draw, int], tuple[int, int, int, int]]] = {
    "person": lambda draw, n: draw(SEED, SEAT + n, MONTH, LABEL, 0),
    "community": lambda draw, n: draw(SEED, SEAT + (n << 11), MONTH, LABEL, 0),
    "region": lambda draw, n: draw(SEED, SEAT + (n % 1024 << 31) + n // 1024, MONTH, LABEL, 0),
    "month": lambda draw, n: draw(SEED, SEAT, n, LABEL, 0),
    "label": lambda draw, n: draw(SEED, SEAT, MONTH, keyed.stream(f"act:{n}"), 0),
    "bits of a label": lambda draw, n: draw(SEED, SEAT, MONTH, n, 0),
    "index": lambda draw, n: draw(SEED, SEAT, MONTH, LABEL, n),
    "seed": lambda draw, n: draw(n, SEAT, MONTH, LABEL, 0),
    "high half of a seed": lambda draw, n: draw(n << 32, SEAT, MONTH, LABEL, 0),
}


@cache
def drawn(line: str, draw: Draw = real) -> Ints:
    """(4, WORDS): the words along a line of addresses."""
    return np.array([LINES[line](draw, n) for n in range(WORDS)], dtype=np.int64).T


def even(cells: Ints, kinds: int) -> float:
    """Two-sided p-value of Pearson's chi-square: cells filled too unevenly, or too evenly."""
    count = np.bincount(cells, minlength=kinds)
    expected = len(cells) / kinds
    square = float(((count - expected) ** 2).sum() / expected)
    return min(1.0, 2 * float(min(stats.chi2.sf(square, kinds - 1),
                                  stats.chi2.cdf(square, kinds - 1))))  # fmt: skip


def spaced(words: Ints) -> float:
    """Two-sided p-value of birthday spacings: 4,096 birthdays in a year of 2**32 days.

    The number of spacings that come twice is Poisson of 4096**3 / (4 * 2**32) = 4 in each group.
    """
    twice, groups = 0, words.reshape(-1, 4096)
    for group in groups:
        spacings = np.sort(np.diff(np.sort(group)))
        twice += int((np.diff(spacings) == 0).sum())
    mean = 4 * len(groups)
    return min(1.0, 2 * float(min(stats.poisson.sf(twice - 1, mean),
                                  stats.poisson.cdf(twice, mean))))  # fmt: skip


def balanced(words: Ints) -> float:
    """Smallest two-sided p-value of the 32 bits being one half of the time, times 32."""
    ones = (words[:, None] >> np.arange(32) & 1).sum(axis=0)
    far = int(np.abs(2 * ones - len(words)).max())
    tail = stats.binom.cdf((len(words) - far) // 2, len(words), 0.5)
    return min(1.0, 64 * float(tail))


def checks(words: Ints) -> Iterator[tuple[str, float]]:
    """Every check of a line, with its p-value. Words of one draw are checked against each other."""
    for place, word in enumerate(words):
        yield f"high bytes of word {place}", even(word >> 24, 256)
        yield f"low bytes of word {place}", even(word & 255, 256)
        yield f"bits of word {place}", balanced(word)
        first, second = word[0::2] >> 28, word[1::2] >> 28
        yield f"serial pairs of word {place}", even(first << 4 | second, 256)
        yield f"spacings of word {place}", spaced(word)
    for (one, a), (other, b) in pairwise(enumerate(words)):
        yield f"words {one} and {other}", even((a >> 28) << 4 | b >> 28, 256)
    across = (words[0, 1:] ^ words[0, :-1])[: WORDS - 1]
    yield "bits that change from one to the next", balanced(across)


def faults(words: Ints) -> list[tuple[str, float]]:
    """The checks that a generator without fault would pass, at the stated rate."""
    return [(name, p) for name, p in checks(words) if p < FALSE_ALARM / CHECKS]


@pytest.mark.parametrize("line", LINES)
def test_neighbouring_addresses_are_as_if_independent(line: str) -> None:
    assert faults(drawn(line)) == []


def test_pairs_are_as_if_independent_of_their_ends() -> None:
    """What befalls a tie says nothing of what befalls either of its two persons."""
    k0, k1 = keyed.key_of(SEED)
    pair = [keyed.draw_pair(k0, k1, SEAT + n, SEAT + n + 1, 24_241 % 2**14, LABEL)
            for n in range(WORDS)]  # fmt: skip
    words = np.array(pair, dtype=np.int64).T
    assert faults(words) == []
    beside = drawn("person")
    assert even((words[0] >> 28) << 4 | beside[0] >> 28, 256) > FALSE_ALARM / CHECKS
    assert even((words[0, :-1] >> 28) << 4 | beside[0, 1:] >> 28, 256) > FALSE_ALARM / CHECKS


@pytest.mark.parametrize("n", [3, 7, 100, 1000])
def test_numbers_below_a_bound_are_even(n: int) -> None:
    words = drawn("person")[1]
    assert even(np.array([keyed.below(int(word), n) for word in words]), n) > FALSE_ALARM / CHECKS


def test_each_bit_of_an_address_changes_half_of_the_answer() -> None:
    """One bit of seat, month, label, index or seed: 128 bits of answer, half of them change."""
    at = {"seed": 64, "seat": 41, "month": 14, "stream": 32, "index": 16}
    address = {"seed": 2**40 + 5, "seat": SEAT, "month": 77, "stream": LABEL, "index": 3}
    plain, changed, bits = np.array(real(**address)), 0, 0
    for part, width in at.items():
        for bit in range(width):
            moved = np.array(real(**{**address, part: address[part] ^ 1 << bit}))
            own = sum(int(one).bit_count() for one in plain ^ moved)
            assert 20 < own < 108, (part, bit)  # 128 coins: beyond it once in 1e15
            changed, bits = changed + own, bits + 128
    tail = stats.binom.cdf(min(changed, bits - changed), bits, 0.5)
    assert 2 * tail > FALSE_ALARM / CHECKS


def test_there_are_no_more_checks_than_share_the_rate() -> None:
    one_line = sum(1 for _ in checks(np.zeros((4, WORDS), np.int64)))
    others = (one_line + 2) + 4 + 1 + 1
    assert len(LINES) * one_line + others <= CHECKS


def _coarse(seed: int, seat: int, month: int, stream: int, index: int) -> tuple[int, ...]:
    """A planted fault: the twelve months of a year share their luck."""
    return real(seed, seat, month // 12, stream, index)


def _added(seed: int, seat: int, month: int, stream: int, index: int) -> tuple[int, ...]:
    """A planted fault: the label is added to the seat, as careless programs do."""
    return real(seed, (seat + stream) & 0xFFFFFFFF, month, 0, index)


def _sequential(seed: int, seat: int, month: int, stream: int, index: int) -> tuple[int, ...]:
    """A planted fault: a linear congruential step from the address (Knuth's MMIX)."""
    state = (seed ^ seat ^ month << 20 ^ index << 40) * 6364136223846793005 % 2**64
    return tuple(int(state >> shift) & 0xFFFFFFFF for shift in (32, 24, 16, 8))


def _loaded(seed: int, seat: int, month: int, stream: int, index: int) -> tuple[int, ...]:
    """A planted fault: one value of 64 is never drawn."""
    words = real(seed, seat, month, stream, index)
    return tuple(word ^ 1 << 31 if word >> 26 == 17 else word for word in words)


@pytest.mark.parametrize(("fault", "line"), [
    (_coarse, "month"), (_sequential, "person"), (_sequential, "index"), (_loaded, "seed"),
])  # fmt: skip
def test_planted_faults_are_found(fault: Draw, line: str) -> None:
    assert faults(drawn(line, fault))


def test_labels_that_are_added_are_found() -> None:
    """Person 5 under label 2 has the luck of person 6 under label 1: no line along one part shows
    it, the two laid side by side do."""
    one = np.array([_added(SEED, SEAT + n, MONTH, 2, 0) for n in range(WORDS)]).T
    other = np.array([_added(SEED, SEAT + n + 1, MONTH, 1, 0) for n in range(WORDS)]).T
    assert even((one[0] >> 28) << 4 | other[0] >> 28, 256) < FALSE_ALARM / CHECKS
    mine, theirs = (np.array([real(SEED, SEAT + n + k, MONTH, 2 - k, 0) for n in range(WORDS)]).T
                    for k in (0, 1))  # fmt: skip
    assert even((mine[0] >> 28) << 4 | theirs[0] >> 28, 256) > FALSE_ALARM / CHECKS
