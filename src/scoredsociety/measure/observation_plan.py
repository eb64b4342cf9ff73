"""The observation plan: what a run keeps, given before it starts, and which measures that feeds.

Observing changes no bit. A run folder keeps every tally, the change log of all that is published
(from which grades, lists and their spells are read for everybody) and a panel of the asked size;
what needs more than one run, or what nothing published shows, no single run can feed.
"""

from __future__ import annotations

from dataclasses import dataclass

from scoredsociety.measure.registry import MEASURES, Kind, fed_by, missing

# keys of NEEDS by the ``measure`` of the tallies frame
TALLIES: dict[str, str] = {
    "acts": "tally:acts", "records": "tally:records", "errors": "tally:errors",
    "grade": "tally:grade", "consequence": "tally:consequence", "restricted": "tally:restricted",
    "restricted_cause": "tally:restricted_cause", "response": "tally:response",
    "wished": "tally:wished", "forgone": "tally:silenced",
}  # fmt: skip
HOW: dict[str, str] = {
    "pairs": "`scored compare` or `scored questions`: two runs with the same people and luck",
    "planted": "two runs, one with a planted or a dropped record",
    "replicates": "`--replicates 2` or more",
    "panel": "`--panel N`",
    "spells": "a run folder with its change log",
    "transitions": "a run folder with its change log",
    "ties": "a run folder with its last state, of at most 500,000 people and on computed ties",
    "truth": "acts of single persons, which no run keeps; `scored explain` recomputes a life",
    "joint": "a run folder with its last state",
    "tally:firms": "firms, which this version does not run",
    "tally:response": "a run with responses on",
    "tally:wished": "a run with responses on in which somebody wishes to speak",
    "tally:silenced": "a run with responses on in which somebody falls silent",
}


@dataclass(frozen=True)
class Plan:
    """What is kept of a run. The default is what a run folder keeps."""

    tallies: frozenset[str] = frozenset(TALLIES)
    panel: int = 100
    change_log: bool = True
    ties: bool = False
    pairs: bool = False
    replicates: int = 1

    @property
    def keeps(self) -> frozenset[str]:
        """Keys of NEEDS (registry.py) that such a run has."""
        found = {TALLIES[name] for name in self.tallies if name in TALLIES}
        if self.panel:
            found.add("panel")
        if self.change_log:
            found |= {"spells", "transitions", "joint"}
        if self.ties:
            found.add("ties")
        if self.pairs:
            found.add("pairs")
        if self.replicates > 1:
            found.add("replicates")
        return frozenset(found)

    @property
    def feeds(self) -> tuple[Kind, ...]:
        """The measures that such a run can feed."""
        return fed_by(self.keeps)

    def lacks(self, measure_id: str) -> str:
        """What must be kept, and how that is asked for; empty where the measure is fed."""
        sentence = missing(measure_id, self.keeps)
        if not sentence:
            return ""
        lacking = [need for need in MEASURES[measure_id].needs if need not in self.keeps]
        return f"{sentence}: {'; '.join(HOW.get(need, need) for need in lacking)}"
