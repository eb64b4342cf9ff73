"""Tables compared: tuples of tables within tuples, columns with names, single rows."""

from __future__ import annotations

from typing import Any

import numpy as np


def same_tables(one: Any, other: Any) -> bool:
    """Whether two tuples of tables hold the same numbers everywhere."""
    if hasattr(one, "_fields"):
        return all(same_tables(a, b) for a, b in zip(one, other, strict=True))
    return bool(np.array_equal(np.asarray(one), np.asarray(other)))
