"""What the numbers of a jurisdiction are in the run: schemes, rules, consequences, lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scoredsociety.fixed import Ints
from scoredsociety.scheme.compile.scheme_names import SchemeNames


class Numbers(NamedTuple):
    """For each number of a jurisdiction the one of the run, in growing order but for schemes."""

    schemes: Ints
    rules: Ints
    consequences: Ints
    lists: Ints


def numbers_of(local: SchemeNames, run: SchemeNames, schemes: Sequence[int]) -> Numbers:
    """By id: of rules by key within their scheme, of consequences by id, of lists by id.

    ``schemes``: which schemes of the run those of the jurisdiction are.
    """
    rules: dict[tuple[int, str], list[int]] = {}
    for place, rule in enumerate(run.rules):
        rules.setdefault((rule.scheme, rule.key), []).append(place)
    taken: dict[tuple[int, str], int] = {}
    found = []
    for rule in local.rules:  # two rows of one key: versions of it, in the same order
        key = (schemes[rule.scheme], rule.key)
        found.append(rules[key][taken.get(key, 0)])
        taken[key] = taken.get(key, 0) + 1
    of_scheme = {(one.scheme, one.id): place for place, one in enumerate(run.consequences)}
    lists = {(one.scheme, one.id): place for place, one in enumerate(run.lists)}
    return Numbers(
        np.array(schemes, dtype=np.int64),
        np.array(found, dtype=np.int64),
        np.array([of_scheme[schemes[one.scheme], one.id] for one in local.consequences],
                 dtype=np.int64),
        np.array([lists[schemes[one.scheme] if one.scheme >= 0 else -1, one.id]
                  for one in local.lists], dtype=np.int64),
    )  # fmt: skip
