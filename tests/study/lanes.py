"""Schemes for tests of lanes, and every figure of a necessity table worked out again."""

from __future__ import annotations

import polars as pl
from tests.study.test_compare import SCHEME

LAW = "ordinary_law"
# without the rule on ties, which reads what any scheme of the lane booked of them
ALONE = SCHEME.split('[[rule]]\nid = "tie_act"')[0] + """
[[rule]]
id = "loud"
on = ["noise"]
points = -7
memory_months = 60
assumed = ["points", "memory_months"]
""" + SCHEME[SCHEME.index("[[consequence]]") :]
IDLE = '''
[scheme]
id = "idle"
title = "A law that does nothing"
min_age = 18
status = "assumed"
mechanism = "baseline"

[score]
kind = "none"
'''


def recomputed(found: pl.DataFrame, pairs: list[tuple[pl.DataFrame, pl.DataFrame]]) -> None:
    """Every figure again, by its own filter, from the frames of the runs."""
    for row in found.to_dicts():
        counts = [[int(frame.filter(pl.sql_expr(row["where"]))["count"].sum()) for frame in pair]
                  for pair in pairs]  # fmt: skip
        assert row["frame"] == "tallies" and row["pairs"] == len(pairs)
        assert [row["without"], row["with"]] == counts[0], row
        moved = [b - a for a, b in counts]
        assert (row["difference"], row["least"], row["most"]) == (moved[0], min(moved), max(moved))
