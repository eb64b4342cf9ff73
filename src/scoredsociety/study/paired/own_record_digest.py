"""What a person's own file says, as one number that two lanes can compare.

A record of a relative's act or of somebody else's (spilled, misattributed) is not one's own. Own
records are digested month by month under names that both lanes share (the rule as its document
has it, not its place in a table), with the episodes that are on; equal digests mean that own
acts, as far as any record or episode shows them, and what they count were equal throughout.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.layout import (
    MISATTRIBUTED,
    SPILLED,
    episodes_in,
    flags_of,
    rule_of,
    without_rule,
)
from scoredsociety.engine.run import MonthOutcome
from scoredsociety.runs.prepare import Prepared
from scoredsociety.scheme.read.lane import does_nothing
from scoredsociety.scheme.read.patch import document_of

U64 = npt.NDArray[np.uint64]
OTHERS = SPILLED | MISATTRIBUTED  # flags of what others did
TAKES_PART = (
    "participation", "opt_in_share", "min_age", "subject", "region", "visibility", "reads",
)  # fmt: skip
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)


class OwnFile:
    """Watches a run: a digest of everybody's own file, from the first month on."""

    def __init__(self, prepared: Prepared) -> None:
        self.rules = rule_codes(prepared)
        self.digest: U64 = np.zeros(prepared.inputs.seats.people, dtype=np.uint64)

    def __call__(self, outcome: MonthOutcome) -> None:
        """Take in a month."""
        for block in outcome.blocks:
            words = block.records.astype(np.int64)
            each = _mixed(self.rules[rule_of(words)] + without_rule(words).astype(np.uint64))
            flags = flags_of(words)
            each[(flags & OTHERS) != 0] = 0
            ends = np.concatenate([[0], np.cumsum(block.counts, dtype=np.int64)])
            total = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(each)])
            month = total[ends[1:]] - total[ends[:-1]]  # modulo 2**64, so the sums are exact
            episodes = episodes_in(block.life.view(np.int64)).astype(np.uint64)
            mine = self.digest[block.first : block.last]
            mine[:] = _mixed(mine + month + _mixed(episodes + np.uint64(1)))


def _mixed(words: U64) -> U64:
    """Each word spread over 64 bits, so that sums of unlike words are unlike."""
    made = words * np.uint64(_ODD[0])
    made ^= made >> np.uint64(29)
    made *= np.uint64(_ODD[1])
    made ^= made >> np.uint64(32)
    made *= np.uint64(_ODD[2])
    spread: U64 = made ^ (made >> np.uint64(30))
    return spread


def rule_codes(prepared: Prepared) -> U64:
    """(rules,) a number of each row of the rule table, by what the documents say of it."""
    said: dict[tuple[int, str], list[Any]] = {}
    shared = []
    for s, history in enumerate(prepared.versions.schemes):
        documents = [document_of(scheme) for _, scheme in history]
        shared.append([[one.get("dynamics"), one.get("cap")] for one in documents])
        for document in documents:
            for rule in document.get("rule", ()):
                said.setdefault((s, rule["id"]), []).append(rule)
    codes = [
        code([rule.key, said[rule.scheme, rule.id], shared[rule.scheme]])
        for rule in prepared.names.rules
    ]
    return np.array(codes, dtype=np.uint64)


def code(content: Any) -> int:
    """64 bits of anything that a document may hold."""
    text = json.dumps(content, sort_keys=True, default=str)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def own_terms(prepared: Prepared) -> int:
    """What besides records decides one's own score: scale, attributes, weights, who takes part.

    Two lanes that differ in it treat people unlike whatever anybody does. A scheme without rules
    does nothing to anybody and is none of it.
    """
    parts = []
    for history in prepared.versions.schemes:
        if all(does_nothing(scheme) for _, scheme in history):
            continue
        for month, scheme in history:
            document = document_of(scheme)
            head = [document["scheme"].get(key) for key in TAKES_PART]
            rules = [one for one in document.get("rule", ()) if one.get("from_attribute")]
            weights = [one for one in document.get("component", ()) if one["kind"] != "peers"]
            parts.append([month, head, document["score"], document.get("grade"),
                          document.get("category"), document.get("consequence"), rules,
                          weights])  # fmt: skip
    return code(parts)
