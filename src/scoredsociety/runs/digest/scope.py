"""What is digested of a society after its last month, and in what two are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.run_constants import Setting
from scoredsociety.engine.state import RunState
from scoredsociety.fixed import Ints
from scoredsociety.measure.labels import Labels
from scoredsociety.runs.prepare import Prepared


@dataclass(frozen=True)
class Scope:
    """In what two runs are compared; without arguments in everything.

    ``ids`` takes a rule for another: ``{"scheme.rule_b": "scheme.rule"}``, with its residue, its
    spill-over and its dated values. ``schemes`` and ``persons`` (addresses of seats, sorted)
    restrict to what both have. ``common`` is what belongs to no scheme: what a person knows,
    believes and shows, episodes, acts under way, what is known of the whole. Counts are of
    everybody: where persons are given there are none, nor is what is known of the whole.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    schemes: frozenset[str] | None = None
    persons: Ints | None = None
    ties: bool = True
    common: bool = True
    tallies: bool = True

    def has(self, scheme: str) -> bool:
        """Is the scheme compared?"""
        return self.schemes is None or scheme in self.schemes

    def rule(self, scheme: str, key: str) -> str:
        """``scheme.rule``, under the id that it is taken for."""
        name = f"{scheme}.{key}"
        for one, other in self.ids.items():
            if name == one or name.startswith((f"{one}.", f"{one}@")):
                return other + name.removeprefix(one)
        return name


class Lived(NamedTuple):
    """A society after its last month, with what its numbers mean."""

    inputs: Inputs
    setting: Setting
    state: RunState
    labels: Labels
    sources: Sequence[str]  # ids of the conduct document's sources, in its order


def lived(prepared: Prepared, setting: Setting, state: RunState) -> Lived:
    """What a run came to, as the digest reads it."""
    return Lived(
        prepared.inputs, setting, state, prepared.labels, prepared.conduct.source_ids
    )


EVERYTHING = Scope()
