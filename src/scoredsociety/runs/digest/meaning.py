"""The columns of a state by what they mean, told to the digest part by part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scoredsociety.engine import layout
from scoredsociety.engine import state as st
from scoredsociety.engine.federation.in_run import InRun
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.state import ends_of
from scoredsociety.fixed import Ints
from scoredsociety.keyed import seat_id
from scoredsociety.runs.digest.scope import Lived, Scope
from scoredsociety.runs.edge_list import Ties, computed_ties, stored_ties
from scoredsociety.scheme.tables import NO_GRADE

if TYPE_CHECKING:
    import polars as pl

FORM = "scored-digest 1"  # changed with whatever a digest says
Bools = npt.NDArray[np.bool_]

CHUNK = 1 << 17  # persons taken at once
MOST_PASSES = 16  # over the slots of ties, whatever the number of people
ROWS = 1 << 18  # of counts taken at once

# what is known of the whole, by name: of each scheme, and once for all (kept with the first)
OF_SCHEME = {
    "mean of those who hide theirs": st.HIDDEN_MEAN, "suspended": st.SUSPENDED,
    "months of objection": st.MONTHS_ABOVE, "share answered": st.ANSWERED,
    "ties that count": st.TIED, "unlike": st.UNLIKE, "misuse": st.MISUSE,
    "copied": st.COPIED, "copied at": st.COPIED_AT,
}  # fmt: skip
OF_ALL = {
    "changed at": st.CHANGED_AT, "months towards": st.TOWARDS, "added by hand": st.ADDED,
    "deducted by hand": st.DEDUCTED,
}  # fmt: skip


def new_hash() -> Any:
    """A BLAKE2b-128 that has been told which form of digest this is."""
    return hashlib.blake2b(FORM.encode(), digest_size=16)


class Parts:
    """Digests that grow chunk by chunk; those that were only ever told zeros say nothing."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}
        self._said: set[str] = set()

    def add(self, name: str, values: npt.NDArray[Any], *, always: bool = False) -> None:
        """More integers of a part, of whatever width, row by row."""
        if always or values.any():
            self._said.add(name)
        self._update(name, np.ascontiguousarray(values, dtype="<i8").reshape(-1).view(np.uint8))

    def text(self, name: str, said: bytes) -> None:
        """More text of a part."""
        self._said.add(name)
        self._update(name, said)

    def _update(self, name: str, said: Any) -> None:
        if name not in self._made:
            self._made[name] = new_hash()
        self._made[name].update(said)

    def digests(self) -> dict[str, str]:
        return {name: self._made[name].hexdigest() for name in self._said}


def _word_of(name: str) -> int:
    """64 bits that stand for an id, as a signed integer."""
    found = hashlib.blake2b(name.encode(), digest_size=8, person=b"scored-id").digest()
    return int.from_bytes(found, "little", signed=True)


def words_of(names: Sequence[str]) -> Ints:
    """The words of some ids, by index; one more that nobody has."""
    return np.array([*map(_word_of, names), 0], dtype=np.int64)


def addresses(inputs: Inputs) -> Ints:
    """(people,) the address of each seat, which is the same at every size of the society."""
    seats = inputs.seats
    dense = np.arange(seats.people, dtype=np.int64)
    community = dense >> seats.community_bits
    seat = dense & (seats.community_size - 1)
    found: Ints = np.asarray(seat_id(seats.region[community], seats.number[community], seat))
    return found


def person_texts(
    found: Parts, lived: Lived, scope: Scope, address: Ints, chosen: Bools
) -> None:
    """Everything that is kept of each person, a chunk of persons at a time."""
    life = np.concatenate([block.life for block in lived.state.blocks])
    counts = np.concatenate([block.counts for block in lived.state.blocks])
    records = np.concatenate([block.records for block in lived.state.blocks])
    ends = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    named = RuleWords.of(lived, scope)
    for first in range(0, len(address), CHUNK):
        last = min(first + CHUNK, len(address))
        there = chosen[first:last]
        found.add("persons", address[first:last][there], always=True)
        status = lived.state.exchange.status[first:last][there].astype(np.int64)
        score = lived.state.exchange.score[:, first:last][:, there]
        kept = life[first:last][there].view(np.int64)
        read = InRun(lived.inputs, lived.setting, np.arange(first, last)[there])
        of_schemes(found, lived, scope, status, score, kept, read)
        if scope.common:
            of_everyone(found, lived, status, kept)
        person = np.repeat(np.arange(first, last), counts[first:last])
        words = records[ends[first] : ends[last]].astype(np.int64)
        mine = chosen[person]
        rule = InRun(lived.inputs, None, person[mine]).rule(words[mine])
        of_records(found, named, lived.inputs.origin, address[person[mine]], words[mine], rule)


class RuleWords(NamedTuple):
    """What stands for the rules of a run, by index."""

    rules: Ints  # (rules + 1,) words
    inside: Bools  # (rules,) of a scheme that is compared
    schemes: tuple[str, ...]  # (rules,)

    @classmethod
    def of(cls, lived: Lived, scope: Scope) -> RuleWords:
        owners = tuple(scheme for scheme, _ in lived.labels.rules)
        names = [scope.rule(scheme, key) for scheme, key in lived.labels.rules]
        return cls(
            words_of(names), np.array([scope.has(one) for one in owners], dtype=np.bool_), owners
        )


def of_schemes(
    found: Parts, lived: Lived, scope: Scope, status: Ints, score: npt.NDArray[np.int32],
    life: Ints, read: InRun,
) -> None:  # fmt: skip
    """What each scheme says of some persons: score, grade, lists, objections under way."""
    labels = lived.labels
    for s, scheme in enumerate(labels.schemes):
        if not scope.has(scheme):
            continue
        grade = read.grade(status, s)
        subject = grade != NO_GRADE
        code = np.zeros(NO_GRADE + 1, dtype=np.int64)  # 0: not a subject
        code[: len(labels.grades[s])] = words_of(labels.grades[s])[:-1]
        found.add(f"{scheme}/grade", code[grade], always=True)
        found.add(f"{scheme}/score", np.where(subject, read.score(score, s), 0), always=True)
        without = read.without_ties(score, s)
        if without is not None:
            own = np.where(subject, without, 0)
            found.add(f"{scheme}/score without ties", own, always=True)
        found.add(f"{scheme}/objection", read.waited(life, s))
    for place, (scheme, name) in enumerate(labels.lists):
        if scope.has(scheme):
            found.add(f"{scheme}/list/{name}", read.listed(status, place))


def of_everyone(found: Parts, lived: Lived, status: Ints, life: Ints) -> None:
    """What is kept of some persons whatever the scheme, by name."""
    for name, (first, width) in layout.OF_STATUS.items():
        found.add(f"/{name}", layout.field(status, first, width))
    for name, (first, width) in layout.OF_LIFE.items():
        found.add(f"/{name}", layout.field(life, first, width))
    for act, episode in enumerate(lived.inputs.conduct[0][1].acts.episode):
        if episode >= 0:
            name = lived.labels.acts[act]
            found.add(f"/episode/{name}", layout.field(life, int(episode), 1))


def of_records(
    found: Parts, named: RuleWords, origin: int, address: Ints, words: Ints, rule: Ints
) -> None:
    """Records by meaning, in order of address, rule, month, flags and amount.

    ``rule``: their rules, in the run's numbers.
    """
    columns = (
        address, named.rules[rule], origin + layout.month_of(words),
        layout.flags_of(words), layout.amount_of(words),
    )  # fmt: skip
    inside = named.inside[rule]
    found.add("records", _in_order([column[inside] for column in columns]), always=True)


def _in_order(columns: Sequence[Ints]) -> Ints:
    """(rows, columns) the rows of some columns, sorted by the first, then the second ..."""
    order = np.lexsort(list(reversed(columns)))
    return np.stack([column[order] for column in columns], axis=1)


def of_mail(
    found: Parts, lived: Lived, scope: Scope, address: Ints, chosen: Bools
) -> None:
    """What is under way to persons: acts to be booked, and rules of schemes."""
    mail, named = lived.state.inbox, RuleWords.of(lived, scope)
    acts, sources = words_of(lived.labels.acts), words_of(lived.sources)
    is_rule = layout.books_a_rule(mail.content)
    code = layout.code_of_message(mail.content)
    for rule in (0, 1):
        there = (is_rule == rule) & chosen[mail.target]
        if rule:
            there[there] = named.inside[code[there]]
        content = mail.content[there]
        what = (named.rules if rule else acts)[code[there]]
        filed = np.zeros_like(content) if rule else sources[layout.source_of_message(content)]
        if rule or scope.common:
            found.add("mail" if rule else "/mail", _in_order([
                address[mail.target[there]], what, filed, layout.amount_of_message(content),
                layout.flags_of_message(content), layout.months_late(content),
                address[mail.origin[there]],
            ]))  # fmt: skip


def open_pairs(
    lived: Lived, address: Ints, chosen: Bools
) -> Iterator[Ints]:
    """(ties, 2) addresses of both ends of the open ties, in order; a chunk of persons at a time."""
    inputs, ends = lived.inputs, ends_of(lived.state)
    open_bits = np.concatenate([block.ties for block in lived.state.blocks]).astype(np.int64)
    home = np.arange(len(address)) - (lived.setting.persons.household.astype(np.int64) >> 4)
    step = max(CHUNK, -(-len(address) // MOST_PASSES))
    for first in range(0, len(address), step):
        some = np.zeros_like(open_bits)
        some[first : first + step] = open_bits[first : first + step]
        found = Ties(*(np.zeros(0, dtype=np.int64),) * 2)
        if inputs.stored is not None:
            stop = min(first + step, len(address))
            found = stored_ties(inputs.stored, ends, first, stop)
        elif some.any():
            found = computed_ties(inputs, lived.setting.persons.together, some, home)
        inside = chosen[found.one] & chosen[found.other]
        yield _in_order([address[found.one[inside]], address[found.other[inside]]])


def of_the_whole(found: Parts, lived: Lived, scope: Scope) -> None:
    """What is known of the whole society in the next month."""
    found.add("/month", np.array([lived.state.month]), always=True)
    for s, scheme in enumerate(lived.labels.schemes):
        for name, place in OF_SCHEME.items() if scope.has(scheme) else ():
            found.add(f"{scheme}/known/{name}", lived.state.scalars[s, place])
    for name, place in OF_ALL.items() if scope.common else ():
        found.add(f"/known/{name}", lived.state.scalars[0, place])


def counted_months(tallies: pl.DataFrame, scope: Scope) -> Iterator[bytes]:
    """The counts of all months as sorted text; a count of nothing is not said.

    Rules that are taken for one are counted as one.
    """
    import polars as pl

    keys = ["month", "scheme", "measure", "item", "dimension", "group"]
    frame = tallies.filter(pl.col("count") != 0)
    schemes = frame["scheme"].unique().to_list()
    left = [one for one in schemes if (scope.has(one) if one else scope.common)]
    if len(left) < len(schemes):
        frame = frame.filter(pl.col("scheme").is_in(left))
    if scope.ids:
        records = frame.filter(pl.col("measure") == "records").select("scheme", "item").unique()
        taken = pl.DataFrame(
            [(scheme, "records", item, scope.rule(scheme, item).removeprefix(f"{scheme}."))
             for scheme, item in records.iter_rows()],
            schema=dict.fromkeys(("scheme", "measure", "item", "as"), pl.String), orient="row",
        )  # fmt: skip
        frame = frame.join(taken, on=["scheme", "measure", "item"], how="left").with_columns(
            pl.coalesce("as", "item").alias("item")
        ).group_by(keys).agg(pl.col("count").sum(), pl.col("of").max())  # fmt: skip
    lines = frame.select(pl.concat_str([*keys, "count", "of"], separator="\t")).to_series().sort()
    for first in range(0, len(lines), ROWS):
        yield "".join(f"{line}\n" for line in lines[first : first + ROWS].to_list()).encode()
