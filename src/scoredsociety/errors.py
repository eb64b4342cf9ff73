"""What is wrong with what the user asked for, said once and in words that say what to do.

A ``UserError`` is shown as its sentence, with exit code 2 and no traceback. Everything else that
escapes is a fault of this program and is shown as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class UserError(ValueError):
    """A mistake in an input: one sentence that names the file, rule and key, and the fix."""


class Stopped(UserError):
    """A run was stopped on request; its state is saved and ``resume`` goes on from there."""


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """`` Did you mean 'x'?`` for the nearest known word, or an empty string."""
    near = get_close_matches(found, list(known), n=1, cutoff=0.6)
    return f" Did you mean {near[0]!r}?" if near else ""
