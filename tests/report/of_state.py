"""What a report reads of a run's last state, by hand: joint cells, moves, nearness, rules."""

from __future__ import annotations

from typing import Any

SCHEME = "wendeng_2020"
GRADES = ("D", "C", "B", "A")
COUNTS = [[60, 10, 5, 5], [8, 150, 30, 12], [2, 20, 700, 278], [1, 9, 190, 9_000]]


def cell(name: str, restricted: int, of: int) -> dict[str, Any]:
    """A joint cell; under ten subjects it is not shown."""
    few = of < 10
    rate = restricted / of
    return {"cell": name, "restricted": -1 if few else restricted, "of": of,
            "low": 0.9 * rate, "high": 1.1 * rate,
            "note": "too few to show" if few else "few persons" if of < 30 else ""}  # fmt: skip


def of_state(**changes: Any) -> dict[str, Any]:
    """The parts of the evidence that the last state and the change log give."""
    rule = {"id": "bad_information", "title": "“Bad information” on WeChat, forums, blogs"}
    parts: dict[str, Any] = {
        "joint": ({"scheme": SCHEME, "cells": [
            cell("urban x highest fifth x online", 3, 300),
            cell("rural x lowest fifth x online", 2, 25),
            cell("rural x lowest fifth x offline", 1, 7),
        ]},),
        "moves": ({"scheme": SCHEME, "from": "2020-01", "to": "2020-12", "grades": list(GRADES),
                   "counts": COUNTS, "shorrocks": 0.4, "restricted": {
                       "spells": 120, "persons": 110, "ended": 40, "median": 9.0, "months": 12,
                       "after": {"1": 0.98, "6": 0.6}, "back_within_a_year": 0.25}},),
        "contagion": ({"scheme": SCHEME, "subjects": 1_000, "restricted": 50, "ties": 8.4,
                       "hops": {"one": 300, "two": 500, "farther": 150}, "likeness": -0.03,
                       "expected_one_hop": 310.2, "relative": 12, "relative_restricted": 2,
                       "wrong_file": 0, "wrong_file_restricted": 0},),
        "rules": ({"scheme": SCHEME, "exact": True, "sample": 1_000, "restricted": 50, "tried": 50,
                   "several": 5, "rules": [
                       {**rule, "points": -120_000, "persons": 24, "decides": 30},
                       {"id": "heroic", "title": "Heroic act", "points": 9_000, "persons": 3,
                        "decides": 0}]},),
    }  # fmt: skip
    return parts | changes
