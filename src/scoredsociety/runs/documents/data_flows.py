"""Flows of data as switches: what private firms know does not reach the state (S3-28, S3-29).

Data protection rules oblige firms to hand data over (S3-28) and messages of 850 million users are
open to the government (S3-29); a company said that it keeps its own (O-Z9). With the flow
switched off, a scheme whose operator is the state reads no source of a private operator; what a
company reads for a scheme of its own is as before.
"""

from __future__ import annotations

from collections.abc import Collection

from scoredsociety.conduct.model import Conduct
from scoredsociety.scheme.model.scheme import Scheme

PRIVATE_TO_STATE = "flow.private_to_state"
SOURCE_TRUST = "source_trust"  # weights of sources (S3-33): without them all count alike
FLOWS = (PRIVATE_TO_STATE, SOURCE_TRUST)


def read_by(scheme: Scheme, conduct: Conduct) -> list[str]:
    """Ids of the sources that a scheme reads, by id, by kind or (no list) all, in their order."""
    named = scheme.scheme.reads
    return [
        one.id for one in conduct.source if named is None or one.id in named or one.kind in named
    ]


def without_flows(scheme: Scheme, conduct: Conduct, off: Collection[str]) -> Scheme:
    """The scheme less what is switched off of its data."""
    if SOURCE_TRUST in off:
        scheme = scheme.model_copy(update={"trust": None})
    return without_private(scheme, conduct) if PRIVATE_TO_STATE in off else scheme


def without_private(scheme: Scheme, conduct: Conduct) -> Scheme:
    """A state's scheme without the sources of private operators; any other as it is."""
    if scheme.scheme.operator_kind != "state":
        return scheme
    private = {one.id for one in conduct.source if one.operator == "private"}
    reads = [name for name in read_by(scheme, conduct) if name not in private]
    return scheme.model_copy(
        update={"scheme": scheme.scheme.model_copy(update={"reads": reads})}
    )
