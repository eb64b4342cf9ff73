"""Errors among the records that a scheme reads, from the last state of a run.

Only live records under rules of the scheme are counted, so an error that no rule reads, or an act
that left no record, is none here; every share has the scheme's own records as denominator.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from scoredsociety.engine.layout import (
    ERRORS,
    FALSE,
    MISATTRIBUTED,
    STALE,
    flags_of,
    is_over,
    rule_of,
)
from scoredsociety.engine.state import RunState
from scoredsociety.runs.prepare import Prepared

KINDS = {"false": FALSE, "misattributed": MISATTRIBUTED, "stale": STALE}


def errors_of(prepared: Prepared, state: RunState) -> list[dict[str, Any]]:
    """Of each scheme: live ``records``, how many are ``wrong``, and of each kind of error.

    ``state`` is the last of the run. A record may be wrong in two ways.
    """
    schemes = prepared.labels.schemes
    found = [dict.fromkeys(("records", "wrong", *KINDS), 0) for _ in schemes]
    of_rule = np.array([rule.scheme for rule in prepared.names.rules], dtype=np.int64)
    rules, now = prepared.inputs.schemes[-1][1].rules, state.month - 1 - prepared.inputs.origin
    for block in state.blocks:
        words = block.records.astype(np.int64)
        words = words[~is_over(words, now, rules)]
        scheme, flags = of_rule[rule_of(words)], flags_of(words)
        for place, counted in enumerate(found):
            mine = flags[scheme == place]
            counted["records"] += len(mine)
            counted["wrong"] += int((mine & ERRORS != 0).sum())
            for kind, flag in KINDS.items():
                counted[kind] += int((mine & flag != 0).sum())
    return [{"scheme": name, **counted} for name, counted in zip(schemes, found, strict=True)]
