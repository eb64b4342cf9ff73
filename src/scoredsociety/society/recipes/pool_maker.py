"""Tables of a society, laid one after another as kernels read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from scoredsociety.society import places as p

if TYPE_CHECKING:
    pass



class PoolMaker:
    """Tables laid one after another, and the place of each."""

    def __init__(self) -> None:
        self.values: list[int] = []
        self.params = p.SocietyParams.blank()

    def put(self, name: str, values: Sequence[int]) -> None:
        self.params[name] = len(self.values)
        self.values.extend(values)

    def compiled(self) -> p.Pool:
        """As kernels read it."""
        return p.Pool(
            self.params, p.streams_of_society(), np.array(self.values, dtype=np.int64)
        )
