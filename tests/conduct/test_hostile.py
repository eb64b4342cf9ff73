"""Mutated conduct documents: each is refused in words or can be used; nothing else happens."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from scoredsociety.conduct.model import conduct_of
from scoredsociety.errors import UserError

FEW = ("parking_ticket", "judgment_unpaid", "pays_judgment", "volunteering", "opinion_post")
HOSTILE: list[Any] = [
    None, True, -1, 0, 1, 2**70, 10**30, -(2**63), Decimal("1e-400"), Decimal("1e400"),
    Decimal("NaN"), Decimal("Infinity"), Decimal("1e-20"), float("inf"), "", "x", "é" * 300,
    "a" * 10_000, [], {}, [[]], [1, 2, 3], {"id": "x"}, [{}], [None], "2020-01",
]  # fmt: skip


def base() -> dict[str, Any]:
    item = files("scoredsociety.conduct") / "catalogue" / "everyday.toml"
    raw = tomllib.loads(item.read_text("utf-8"), parse_float=Decimal)
    raw["act"] = [one for one in raw["act"] if one["id"] in FEW]
    raw["allotment"] = {"parking_ticket": {"envelope": "skewed", "first": 0, "count": 800}}
    deep: list[Any] = []
    for _ in range(300):
        deep = [deep]
    HOSTILE.append(deep)
    return raw


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from places(one, (*path, index))


def mutate(raw: dict[str, Any], paths: list[tuple[Any, ...]], chance: random.Random) -> Any:
    document = deepcopy(raw)
    for _ in range(chance.choice((1, 1, 2, 4))):
        path, here = chance.choice(paths), document
        try:
            for step in path[:-1]:
                here = here[step]
            kind = chance.randrange(4)
            if kind == 0:
                del here[path[-1]]
            elif kind == 1:
                here[f"{path[-1]}x"] = here.pop(path[-1])
            else:
                here[path[-1]] = deepcopy(chance.choice(HOSTILE))
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # an earlier mutation took the place away
    return document


@pytest.mark.parametrize("times", [300, pytest.param(10_000, marks=pytest.mark.long)])
def test_mutations_are_refused_or_usable(times: int) -> None:
    raw, chance = base(), random.Random(4)
    paths, refused = list(places(raw)), 0
    for _ in range(times):
        document = mutate(raw, paths, chance)
        try:
            conduct_of(document, "mine.toml").compile()
        except UserError as error:
            refused += 1
            assert str(error).strip()
    assert times // 2 < refused < times  # most mutations break the document, some do not
