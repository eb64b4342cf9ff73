"""A lane: the schemes under which the same people live at once, ``ordinary_law+wendeng_2020``.

Wherever a scheme may be named, a lane may: ``A+B`` is what ``scored run A B`` runs. Of a lane,
studies ask about its *main* scheme: the first that is no baseline, so that the law may stand
first, with the scheme on top.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from scoredsociety.errors import UserError
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.federation import federations, members
from scoredsociety.scheme.read.load import catalogue, load_scheme, placed

JOIN = "+"
EMPTY = "none"  # the scheme of the catalogue without rules
BASELINES = ("none", "baseline")  # mechanisms of what a scheme is compared with
PARTS = ("rule", "component", "rating", "consequence")  # of a scheme by which it can move anybody


def words_of_lane(lane: str) -> tuple[str, ...]:
    """The schemes that a lane names, in order; UserError where a name is missing or twice there.

    A ``+`` in the path of a file that is there joins nothing.
    """
    if JOIN not in lane or _is_one(lane):
        return (lane,)
    parts, found, first = lane.split(JOIN), [], 0
    while first < len(parts):
        last = next(
            end for end in range(len(parts), first, -1)
            if end == first + 1 or _is_one(JOIN.join(parts[first:end]))
        )  # fmt: skip
        found.append(JOIN.join(parts[first:last]).strip())
        first = last
    if "" in found:
        raise UserError(
            f"{lane}: a name is missing beside a {JOIN}; schemes that hold at once are joined by "
            f"it, as in ordinary_law{JOIN}wendeng_2020"
        )
    refuse_twice(found)
    return tuple(found)


def words_of_lanes(words: Iterable[str]) -> tuple[str, ...]:
    """The schemes that lanes name one after the other; UserError as ``words_of_lane``.

    Beside others ``none`` is left out: as a scheme it would have subjects, who hear of it.
    """
    found = tuple(one for word in words for one in words_of_lane(word))
    refuse_twice(found)
    return tuple(one for one in found if one != EMPTY) or found


def schemes_of(words: Iterable[str]) -> tuple[str, ...]:
    """The schemes of lanes and federations, in order, as a run takes them."""
    found = members(words_of_lanes(words))
    refuse_twice(found)
    return found


def refuse_twice(names: Sequence[str]) -> None:
    """UserError where a scheme stands in a lane twice."""
    for place, name in enumerate(names):
        if name in names[:place]:
            raise UserError(f"the scheme {name} is given twice")


def on_top_of(baseline: str, own: Sequence[str]) -> tuple[str, ...]:
    """A lane's ``own`` schemes on top of a baseline's; UserError for what is no scheme.

    What the lane has already is not added again, and a baseline without rules adds nothing.
    """
    below = [
        name for name in schemes_of([baseline])
        if name not in schemes_of(own) and not does_nothing(load_scheme(name))
    ]  # fmt: skip
    return (*below, *own)


def does_nothing(scheme: Scheme) -> bool:
    """Has it neither rules nor parts of a score nor consequences, so that it moves nobody?"""
    return not any(getattr(scheme, part) for part in PARTS)


def is_baseline(scheme: Scheme) -> bool:
    """Is it what schemes are compared with: ordinary law, a price, nothing?"""
    return scheme.scheme.mechanism in BASELINES


def main_of(schemes: Sequence[Scheme]) -> int:
    """Place of the scheme that a study of a lane asks about: the first that is no baseline."""
    asked = [place for place, scheme in enumerate(schemes) if not is_baseline(scheme)]
    return asked[0] if asked else 0


def _is_one(word: str) -> bool:
    name, _ = placed(word)
    return name in catalogue() or name in federations() or os.path.isfile(name)
