"""The likeliest of the names that exist, for one that does not: by word and by letters."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

MOST = 6  # names in a hint
_EMPTY = frozenset(
    ["the", "and", "for", "from", "with", "not", "his", "her", "has", "any", "one", "who"]
)


def stems(text: str) -> frozenset[str]:
    """Words of a text or an id, cut to their first five letters: giving and gives are one."""
    words = re.findall(r"[a-z]{3,}", text.lower().replace("_", " "))
    return frozenset(word[:5].rstrip("s") for word in words if word not in _EMPTY)


def likeliest(word: str, known: Iterable[str], told: Mapping[str, str] | None = None) -> list[str]:
    """Names in order of likeness: by letters, then by words of the id, then of what is told of it.

    ``told``: title and note of each name. A word in few names says more than one in many.
    """
    names = list(dict.fromkeys(known))
    close = difflib.get_close_matches(word[:64].lower(), names, n=2, cutoff=0.6)
    asked = stems(word)
    own = {name: stems(name) for name in names}
    also = {name: stems((told or {}).get(name, "")) for name in names}
    score = dict.fromkeys(names, 0.0)
    for stem in asked:
        for of, weight in ((own, 2.0), (also, 1.0)):
            held = [name for name in names if stem in of[name]]
            for name in held:
                score[name] += weight / len(held) ** 0.5
    by_word = sorted((name for name in names if score[name] > 0), key=lambda name: -score[name])
    return list(dict.fromkeys([*close, *by_word]))


def hint_of(
    word: str, known: Iterable[str], told: Mapping[str, str] | None = None,
    search: str | None = None,
) -> str:  # fmt: skip
    """``did you mean blood_donation?`` with how many more there are and how to search them."""
    names = list(dict.fromkeys(known))
    if not names:
        return "there are none"
    likely = likeliest(word, names, told)[:MOST]
    how = f"; {search}" if search else ""
    if not likely:
        if len(names) <= 2 * MOST or not search:
            return f"there are {', '.join(names)}"
        return f"none of the {len(names)} is like it{how}"
    close = difflib.get_close_matches(word[:64].lower(), names, n=2, cutoff=0.6)
    if close:  # and what is alike by word, which letters alone may miss
        return f"did you mean {' or '.join([*close, *likely[len(close) : 3]])}?"
    more = len(names) - len(likely)
    rest = f" There are {more} more{how}" if more and search else ""
    if more and not search:
        rest = f" There are {', '.join(name for name in names if name not in likely)} too"
    shown = ", ".join(likely[:-1]) + " or " + likely[-1] if len(likely) > 1 else likely[0]
    return f"did you mean {shown}?{rest}"
