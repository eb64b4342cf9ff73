"""A month where schemes are divided by region: each jurisdiction is run with tables of its own.

The kernels see one set of tables, and of everybody what those tables can say. Of people of another
jurisdiction that is: flags and gravity, the grades of schemes that govern all regions, and whether
they stand on a list that others may see, by one bit (``Derived.elsewhere``). Messages carry the
rule's number in the run, and are told in the numbers of whoever sends and receives. So a month
walks over the schemes under which a person lives, and never over those of all regions.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.engine.blocks import Part, Passed, passed, some_blocks
from scoredsociety.engine.inputs import Inputs, Jurisdiction
from scoredsociety.engine.layout import (
    LISTS_BITS,
    books_a_rule,
    code_of_message,
    lists_in,
    with_code,
    with_grade,
    with_lists,
)
from scoredsociety.engine.month_view import World
from scoredsociety.engine.run_constants import Setting, rules_at, world_at
from scoredsociety.engine.score.peer_ratings import ratings
from scoredsociety.engine.state import (
    ADDED,
    CHANGED_AT,
    DEDUCTED,
    MISUSE,
    SUSPENDED,
    TOWARDS,
    Exchange,
    Messages,
    RunState,
)
from scoredsociety.engine.tally import U_ADDED, Tallies, empty_tallies
from scoredsociety.fixed import Ints
from scoredsociety.scheme.compile.numbers import Numbers
from scoredsociety.scheme.tables import MOST_SCHEMES, NO_GRADE, PRIVATE
from scoredsociety.society.tables import Seats

OF_ALL = (CHANGED_AT, TOWARDS, ADDED, DEDUCTED, MISUSE)  # scalars kept with the run's first scheme
ON_ELSEWHERE = 1 << (LISTS_BITS - 1)
Bools = npt.NDArray[np.bool_]


class View(NamedTuple):
    """A jurisdiction as a run of its own: what its kernels are given."""

    place: int  # among the jurisdictions
    numbers: Numbers
    inputs: Inputs  # its tables, no jurisdictions
    setting: Setting
    stretches: tuple[tuple[int, int], ...]  # first and one past the last of its persons


def place_of(inputs: Inputs) -> Ints:
    """(communities,) the jurisdiction of each community."""
    regions = [one.region for one in inputs.jurisdictions]
    elsewhere = regions.index(-1)
    by_region = {region: place for place, region in enumerate(regions)}
    return np.array(
        [by_region.get(region, elsewhere) for region in inputs.seats.region.tolist()],
        dtype=np.int64,
    )


def borders(inputs: Inputs) -> list[int]:
    """Persons at which another jurisdiction begins; none where there is one set of tables."""
    if not inputs.jurisdictions:
        return []
    places = place_of(inputs)
    starts = np.flatnonzero(np.diff(places)) + 1
    return [int(start) << inputs.seats.community_bits for start in starts]


def views(inputs: Inputs, setting: Setting) -> list[View]:
    """Each jurisdiction that has people."""
    places = place_of(inputs)
    found = []
    for place, (one, looked_up) in enumerate(
        zip(inputs.jurisdictions, setting.jurisdictions, strict=True)
    ):
        stretches = tuple(_stretches(places == place, inputs.seats))
        if stretches:
            own = inputs._replace(schemes=one.schemes, answered=one.answered, jurisdictions=())
            derived, stakes = looked_up
            seen = setting._replace(derived=derived, stakes=stakes, jurisdictions=())
            found.append(View(place, one.numbers, own, seen, stretches))
    return found


def _stretches(there: Bools, seats: Seats) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], there, [False]]).astype(np.int8)))
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield first << seats.community_bits, min(last << seats.community_bits, seats.people)


def local_scalars(view: View, scalars: Ints) -> Ints:
    """The scalars of a jurisdiction's schemes; what is kept with the run's first stays first."""
    found = scalars[view.numbers.schemes]
    found[0, OF_ALL] = scalars[0, OF_ALL]
    return found


class Shown(NamedTuple):
    """What was published last month, as people of other jurisdictions see it."""

    exchange: Exchange
    abroad: npt.NDArray[np.uint32]  # (people,)


def shown(inputs: Inputs, all_views: list[View], exchange: Exchange, scalars: Ints,
          month: int) -> Shown:  # fmt: skip
    """What others see across a border. ``scalars`` are of the run."""
    abroad = exchange.status.copy()
    common = common_schemes(inputs.jurisdictions)
    for view in all_views:
        own = local_scalars(view, scalars)
        place, _, tables = rules_at(view.inputs, month, own)
        derived = view.setting.derived[place]
        kept = 0
        for s, row in enumerate(tables.schemes):
            if own[s, SUSPENDED] == 0 and row.visibility != PRIVATE:
                kept |= int(derived.own_lists[s])
        for first, last in view.stretches:
            words = exchange.status[first:last].astype(np.int64)
            listed = ((lists_in(words) & kept) != 0) * np.int64(ON_ELSEWHERE)
            seen = with_lists(words, listed)
            for s in range(common, MOST_SCHEMES):
                seen = with_grade(seen, s, np.full_like(seen, NO_GRADE))
            abroad[first:last] = seen
    return Shown(exchange, abroad)


def common_schemes(jurisdictions: tuple[Jurisdiction, ...]) -> int:
    """How many schemes govern all regions: the first of each jurisdiction."""
    of_elsewhere = next(one for one in jurisdictions if one.region == -1).numbers.schemes
    return min(
        len(of_elsewhere),
        *(_shared(of_elsewhere, one.numbers.schemes) for one in jurisdictions),
    )


def _shared(one: Ints, other: Ints) -> int:
    """How many schemes two begin with alike."""
    most = min(len(one), len(other))
    return int(np.argmin(np.append(one[:most] == other[:most], False)))


def seen_from(view: View, before: Shown) -> Exchange:
    """What the jurisdiction's kernels see of everybody."""
    status = before.abroad.copy()
    for first, last in view.stretches:
        status[first:last] = before.exchange.status[first:last]
    return Exchange(before.exchange.score, status)


def in_run(numbers: Numbers, messages: Ints) -> Ints:
    """(n, 3) messages with rules by their numbers in the run."""
    found = messages.copy()
    rules = books_a_rule(found[:, 1]) == 1
    content = found[rules, 1]
    found[rules, 1] = with_code(content, numbers.rules[code_of_message(content)])
    return found


def arrived(view: View, inbox: Messages) -> Messages:
    """What is for people of a jurisdiction, in its numbers; rules that it does not have are not."""
    there = np.zeros(len(inbox.target), dtype=np.bool_)
    for first, last in view.stretches:
        low, high = np.searchsorted(inbox.target, [first, last])
        there[low:high] = True
    target, content, origin = (column[there] for column in inbox)
    rules = np.flatnonzero(books_a_rule(content))
    code = code_of_message(content[rules])
    local = np.searchsorted(view.numbers.rules, code)
    known = local < len(view.numbers.rules)
    known[known] = view.numbers.rules[local[known]] == code[known]
    content[rules[known]] = with_code(content[rules[known]], local[known])
    kept = np.ones(len(content), dtype=np.bool_)
    kept[rules[~known]] = False
    return Messages(target[kept], content[kept], origin[kept])


def run_tallies(inputs: Inputs, setting: Setting) -> Tallies:
    """Zeroed tallies in the run's numbers."""
    lists = max(int(one.numbers.lists.max(initial=-1)) for one in inputs.jurisdictions) + 1
    derived = setting.jurisdictions[0][0][0]
    return empty_tallies(inputs.conduct[0][1], inputs.schemes[0][1], derived, lists)


BY_HAND = [U_ADDED, U_ADDED + 1]
BY_SCHEME = ("cells", "scores", "restricted", "sums", "treated", "appeals", "grown")


def count_in(total: Tallies, part: Tallies, numbers: Numbers) -> None:
    """Add a jurisdiction's counts to those of the run."""
    numbered = {**dict.fromkeys(BY_SCHEME, numbers.schemes), "records": numbers.rules,
                "consequences": numbers.consequences, "listed": numbers.lists}  # fmt: skip
    by_hand = part.sums[0, BY_HAND].copy()  # kept with the first scheme, whichever it is
    part.sums[0, BY_HAND] = 0
    total.sums[0, BY_HAND] += by_hand
    for name in Tallies._fields:
        whole, piece = getattr(total, name), getattr(part, name)
        if name in numbered:
            places = numbered[name]
            whole[places] += piece[: len(places)]
        else:
            whole += piece
    others = np.setdiff1d(np.arange(len(total.cells)), numbers.schemes)  # score nobody here
    total.cells[others, :, NO_GRADE] += part.cells[0].sum(axis=1)
    total.grown[others, :, :, NO_GRADE, NO_GRADE] += part.grown[0].sum(axis=(-2, -1))


def world_of(
    view: View, month: int, scalars: Ints, before: Shown, ranking: Shown | None = None
) -> World:
    """What the kernels of a jurisdiction see in a month."""
    return world_at(
        view.inputs, view.setting, month, seen_from(view, before), local_scalars(view, scalars),
        seen_from(view, ranking) if ranking else None,
    )  # fmt: skip


def all_jurisdictions(
    inputs: Inputs, setting: Setting, all_views: list[View], state: RunState, before: Shown,
    pool: ThreadPoolExecutor, ranking: Shown | None = None,
) -> Passed:  # fmt: skip
    """One month of every block, one jurisdiction after another."""
    total, parts = run_tallies(inputs, setting), dict[int, Part]()
    for view in all_views:
        world = world_of(view, state.month, state.scalars, before, ranking)
        own = [block for block in state.blocks if is_in(view, block.first)]
        counted, made = some_blocks(world, own, arrived(view, state.inbox), pool)
        count_in(total, counted, view.numbers)
        for part in made:
            sent = in_run(view.numbers, part.messages)
            parts[part.block.first] = part._replace(messages=sent)
    return passed(total, [parts[block.first] for block in state.blocks])


def is_in(view: View, person: int) -> bool:
    """Whether a person lives in the jurisdiction."""
    return any(first <= person < last for first, last in view.stretches)


def all_ratings(all_views: list[View], month: int, scalars: Ints, after: Shown) -> list[Ints]:
    """The month's ratings as messages in the run's numbers; of each person where they live."""
    found = []
    for view in all_views:
        if not any(len(tables.ratings) for _, tables in view.inputs.schemes):
            continue
        made = ratings(world_of(view, month, scalars, after))
        there = np.zeros(len(made), dtype=np.bool_)
        for first, last in view.stretches:
            there |= (made[:, 0] >= first) & (made[:, 0] < last)
        found.append(in_run(view.numbers, made[there]))
    return found
