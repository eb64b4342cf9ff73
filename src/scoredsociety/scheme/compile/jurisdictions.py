"""Which schemes govern where: people under the same schemes have tables of their own.

A scheme governs one region, or all. So long as all schemes of a run fit one set of tables, there is
one. Where they do not, each region that a scheme names is a jurisdiction, and the regions that
none names are one together. A person lives in one, so the limits of scheme/tables.py hold for
each of them and not for the run: a record's rule, a grade's place in the status, a list's bit and a
consequence's bit are numbers of the jurisdiction. Schemes of all regions come first in each, so
their places are the same everywhere; then those of the region, in the order of the run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from scoredsociety.document.problem import Problem
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.compile.limits import TooMany
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.compile.schemes import Versions
from scoredsociety.scheme.model.scheme import Scheme

ELSEWHERE = -1  # the region of the jurisdiction of all regions that no scheme names


def regions_of(history: Sequence[tuple[int, Scheme]]) -> set[int | None]:
    """The regions that the versions of a scheme govern; None: all."""
    return {scheme.scheme.region for _, scheme in history}


def under_each(versions: Versions) -> dict[int, tuple[int, ...]]:
    """Schemes (places in the run) of each jurisdiction, by its region."""
    everywhere = [s for s, history in enumerate(versions) if regions_of(history) == {None}]
    named = {one for history in versions for one in regions_of(history) if one is not None}
    found = {
        region: (*everywhere, *(s for s, history in enumerate(versions)
                                if regions_of(history) == {region}))
        for region in sorted(named)
    }  # fmt: skip
    return {**found, ELSEWHERE: tuple(everywhere)}


def refuse_undivided(versions: Versions, error: TooMany) -> None:
    """TooMany where people could be subjects of too many schemes, or where nothing divides them."""
    ids = [history[0][1].id for history in versions]
    if all(regions_of(history) == {None} for history in versions):
        raise error
    for history, name in zip(versions, ids, strict=True):
        if len(regions_of(history)) > 1:
            message = f"{error.problems[0].message}; a dated version moves {name} to another region"
            hint = "so these schemes cannot be divided by region"
            raise TooMany([Problem("", None, None, None, message, hint)])
    for region, schemes in under_each(versions).items():
        if len(schemes) > t.MOST_SCHEMES:
            where = "each region" if region == ELSEWHERE else f"region {region}"
            named = ", ".join(ids[s] for s in schemes)
            message = (
                f"people of {where} would be subjects of {len(schemes)} schemes, at most "
                f"{t.MOST_SCHEMES}: {named}"
            )
            raise TooMany([Problem("", None, None, None, message)])


@contextmanager
def room_in(region: int) -> Iterator[None]:
    """Says of a TooMany raised inside where there is no room."""
    where = "regions with no scheme of their own" if region == ELSEWHERE else f"region {region}"
    try:
        yield
    except TooMany as error:
        raise TooMany([
            Problem("", None, one.rule, one.key, f"{where}: {one.message}", one.hint)
            for one in error.problems
        ]) from None  # fmt: skip


def refuse_lists(names: SchemeNames) -> None:
    """TooMany where no list bit is left to say that somebody stands on a list of elsewhere."""
    if len(names.lists) >= t.MOST_LISTS:
        named = ", ".join(one.id for one in names.lists)
        message = (
            f"people under schemes of their own region have room for {t.MOST_LISTS - 1} lists, not "
            f"{len(names.lists)}: {named}"
        )
        raise TooMany([Problem("", None, "list", None, message)])

