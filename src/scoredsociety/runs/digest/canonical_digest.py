"""The canonical digest: what says that two runs are the same society.

The checksum of a state is of its raw columns: it says that the same program did the same. The
digest is of what they mean. Of each person, by the address of the seat, and each scheme, by its
id: score, grade by id, lists by id, records (rule id, month, flags, class of the amount); what the
person keeps by name; open ties as pairs; what is under way between people; what is known of the
whole; and the counts of all months by id. So the order of rules, schemes and files, and the layout
of columns, do not enter it.

A scope says in what two runs are compared that differ in the rest: some schemes, some persons, no
ties, or ids taken for one another.

It is a hash of whole columns: nothing of a person, or of a node of a loaded network, can be read
from it, and nothing is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scoredsociety.runs.digest.meaning import (
    Parts,
    addresses,
    counted_months,
    new_hash,
    of_mail,
    of_the_whole,
    open_pairs,
    person_texts,
)
from scoredsociety.runs.digest.scope import EVERYTHING, Lived, Scope

if TYPE_CHECKING:
    import polars as pl


def digest(lived: Lived, tallies: pl.DataFrame | None = None, scope: Scope = EVERYTHING) -> str:
    """The canonical digest (BLAKE2b-128, in hexadecimal) of a society and its counts."""
    whole = new_hash()
    for name, part in sorted(parts(lived, tallies, scope).items()):
        whole.update(f"{name}\0{part}\n".encode())
    return str(whole.hexdigest())


def parts(
    lived: Lived, tallies: pl.DataFrame | None = None, scope: Scope = EVERYTHING
) -> dict[str, str]:
    """The digest of each part by name: what says where two societies differ.

    A part that says nothing, such as a list on which nobody stands, is left out.
    """
    found = Parts()
    address = addresses(lived.inputs)
    chosen = np.ones(len(address), dtype=np.bool_)
    if scope.persons is not None:
        chosen = np.isin(address, scope.persons)
    person_texts(found, lived, scope, address, chosen)
    of_mail(found, lived, scope, address, chosen)
    if scope.ties:
        for pairs in open_pairs(lived, address, chosen):
            found.add("ties", pairs, always=True)
    if scope.persons is None:
        of_the_whole(found, lived, scope)
        if tallies is not None and scope.tallies:
            for text in counted_months(tallies, scope):
                found.text("tallies", text)
    return found.digests()
