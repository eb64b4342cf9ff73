"""Errors of the records: on whom they land, what stays, what is filed twice, on whom they cluster.

Each test says what it is: *implementation*, *fitted* or *predicted*. That the kernels do what is
written is held by the reference month; here it is held that what is written does what it says.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.engine.runs import Kept, everyday, run

from scoredsociety.conduct.model import Conduct, conduct_of, load_conduct
from scoredsociety.engine.collect import misattribution
from scoredsociety.engine.collect.observation import PRONENESS
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import (
    MISATTRIBUTED,
    STALE,
    TWICE,
    flags_of,
    flags_of_message,
    lists_in,
    source_of_message,
)
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.kernel import jit_enabled
from scoredsociety.keyed import draw, key_of
from scoredsociety.scheme.read.patch import apply, document_of, set_values
from scoredsociety.society.people.seats import id_of, place
from scoredsociety.society.recipes.recipe import load_society

SOURCES = ("bank", "court", "traffic_police", "utility_company", "police")
pytestmark = pytest.mark.skipif(not jit_enabled(), reason="thousands of people, slow in Python")


def conduct(**values: Any) -> Conduct:
    """Everyday conduct with numbers set for the sources above."""
    pairs = {
        name.replace("__", ".").replace("each", f"source.{source}"): value
        for name, value in values.items()
        for source in (SOURCES if "each" in name else ("",))
    }
    document = apply(document_of(load_conduct("everyday")), set_values(pairs))
    return conduct_of(document, "mine")


@cache
def plain(people: int = 6000, months: int = 24) -> Inputs:
    """Wendeng's rules and the court's list over everyday conduct."""
    return everyday(("wendeng_2020", "judgment_list"), people, months, 5)


def with_(document: Conduct, people: int = 6000) -> Inputs:
    """The same people under another conduct document."""
    inputs = plain(people)
    return inputs._replace(conduct=((inputs.origin, document.compile()),))


def words(state: RunState) -> Ints:
    """All live records."""
    return np.concatenate([block.records for block in state.blocks]).astype(np.int64)


def misfiled(inputs: Inputs, log: Kept) -> tuple[Ints, Ints]:
    """Whose acts the sources above filed, and on whom."""
    ids = load_conduct("everyday").source_ids
    ours = [ids.index(name) for name in SOURCES]
    rows = [
        (origin, target)
        for month in range(inputs.origin, inputs.origin + inputs.months)
        for target, content, origin in zip(*log.outbox(month), strict=True)
        if flags_of_message(int(content)) & MISATTRIBUTED
        and source_of_message(int(content)) in ours
    ]
    both = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


@pytest.mark.parametrize("size", [64, 128, 512, 2048])
def test_clusters_of_like_names_follow_zipf_in_integers(size: int) -> None:
    """implementation: the k-th has a k-th of the first, and together they are the community."""
    most, at, k = max(size // 32, 1), 0, 1
    while at < size:
        start, count = misattribution.cluster_of(at, size)
        assert (start, count) == (at, max(most // k, 1))
        assert all(misattribution.cluster_of(p, size) == (at, count) for p in range(at, at + count))
        at, k = at + count, k + 1
    assert at == size


def test_namesakes_are_the_same_people_from_both_sides() -> None:
    """implementation: a cluster is closed, and its members are mistaken for each other alike."""
    seats = place(load_society("county"), 4096)
    size, (k0, k1) = seats.community_size, key_of(5)
    step = (1 << 32) // 200
    sizes = []
    for seat in range(size):
        others = {
            int(misattribution.namesake(k0, k1, seats, seat, word))
            for word in range(0, 1 << 32, step)
        }
        if others == {misattribution.NOBODY_LIKE}:
            sizes.append(1)
            continue
        assert seat not in others
        sizes.append(len(others) + 1)
        for other in list(others)[:3]:
            back = {
                int(misattribution.namesake(k0, k1, seats, other, word))
                for word in range(0, 1 << 32, step)
            }
            assert back == others - {other} | {seat}
    assert max(sizes) == size // 32 and sum(one == 1 for one in sizes) > size / 2


@pytest.mark.parametrize("kind", ["household", "device", "homonym"])
def test_a_record_goes_to_somebody_with_that_likeness(kind: str) -> None:
    """implementation: every misfiled record of a source with one kind of likeness."""
    inputs = with_(conduct(each__misattributed=Decimal("0.3"), each__on_whom={kind: 1}))
    _, setting, log = run(inputs)
    origin, target = misfiled(inputs, log)
    byte = setting.persons.household.astype(np.int64)
    home = np.arange(len(byte)) - (byte >> 4)
    assert len(origin) > 30 and (origin != target).all()
    together = home[origin] == home[target]
    size = inputs.seats.community_size
    assert (origin // size == target // size).all()
    if kind == "household":
        assert together.all()
    if kind == "device":  # a household of three, and some ten friends near by
        assert 0.05 < together.mean() < 0.5
    if kind == "homonym":
        k0, k1 = key_of(inputs.seed)
        assert all(
            any(
                misattribution.namesake(k0, k1, inputs.seats, one, word) == other
                for word in range(0, 1 << 32, 1 << 25)
            )
            for one, other in zip(origin.tolist(), target.tolist(), strict=True)
        )


def test_what_ends_a_record_may_not_be_filed() -> None:
    """implementation: with every correction missed, what would have been corrected stays.

    More stands on the files, marked so, and more people are on the court's list. Where corrections
    are filed, only a record that was overtaken on its way is marked (tests/engine/test_resting.py).
    """
    before, _, _ = run(plain(20_000))
    inputs = with_(conduct(each__stale=1), 20_000)
    after, _, log = run(inputs)
    stale, overtaken = (
        sum(flags_of(int(w)) & (STALE | 1) == STALE for w in words(one))
        for one in (after, before)
    )
    assert stale > 5 + 5 * overtaken
    listed = [(lists_in(s.exchange.status) > 0).sum() for s in (before, after)]
    assert listed[1] > listed[0] > 0


def test_an_act_filed_twice_is_one_record_more() -> None:
    """implementation: marked as an error, in a later month, for every act that was filed."""
    before, _, _ = run(plain())
    after, _, _ = run(with_(conduct(each__duplicated=1)))
    twice = sum(flags_of(int(w)) & TWICE == TWICE for w in words(after))
    assert twice > 100 and len(words(after)) > len(words(before))


@cache
def by_class(clustering: str) -> Ints:
    """Records misfiled from the files of each class of proneness to errors."""
    document = conduct(
        errors__clustering=Decimal(clustering), each__misattributed=Decimal("0.05")
    )
    inputs = with_(document)
    _, _, log = run(inputs)
    origin, _ = misfiled(inputs, log)
    k0, k1 = key_of(inputs.seed)
    classes = [
        int(draw(k0, k1, int(id_of(inputs.seats, int(one))), 0, PRONENESS, 0)[0]) >> 28
        for one in origin
    ]
    return np.bincount(classes, minlength=16)


def test_clustered_errors_fall_on_the_prone() -> None:
    """implementation: the share of the most prone quarter is 1 - (3/4)^(1 + clustering).

    A binomial share off by 4.5 standard deviations: a right program fails once in 100,000 seeds.
    """
    for clustering in (0, 3):
        found = by_class(str(clustering))
        expected = 1 - 0.75 ** (1 + clustering)
        n = int(found.sum())
        assert n > 100
        assert abs(found[12:].sum() / n - expected) < 4.5 * (expected * (1 - expected) / n) ** 0.5
