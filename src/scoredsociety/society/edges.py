"""A network of the user's own, as bare edges: two columns of whole numbers and nothing else.

A run may stand on it (loaded.py). Nodes are relabelled by a keyed permutation and no
mapping is kept, so nothing can be said of a node; files with names, attributes or numbers that
could be identities are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from scoredsociety.errors import UserError
from scoredsociety.fixed import Ints
from scoredsociety.kernel import kernel
from scoredsociety.keyed import draw, key_of, stream
from scoredsociety.society.graph import Graph, graph_of

HIGHEST_ID = 999_999_999
FEW_IDS = 100_000_000  # up to here ids are ranked in a table, beyond by sorting
ASKED = "a bare edge list has two columns of whole numbers, one tie a row"
Progress = Callable[[str], None]


class Loaded(NamedTuple):
    """A loaded network, relabelled, and what was done to the file in words."""

    graph: Graph
    notes: tuple[str, ...]


def load_edges(path: str | Path, seed: int, progress: Progress | None = None) -> Loaded:
    """The network of a CSV or Parquet file; UserError says what is wrong with it.

    Self-loops are dropped, duplicates and the two directions of a tie are one tie; the notes
    count them. Ids are 0 to 999,999,999 and are forgotten.
    """
    say = progress or (lambda _: None)
    say("reading edges")
    pairs, notes = pairs_in(Path(path))
    say(f"relabelling {len(pairs):,} edges")
    pairs, nodes = relabelled(pairs, seed)
    say("joining edges")
    pairs, more = mutual(pairs, nodes)
    return Loaded(graph_of(pairs, nodes), tuple(notes + more))


def count_nodes(path: str | Path) -> int:
    """Number of nodes of a file that ``load_edges`` reads: one person each."""
    return numbered(pairs_in(Path(path))[0])[1]


def pairs_in(file: Path) -> tuple[Ints, list[str]]:
    """The pairs of different nodes (edges, 2) as the file has them, and what was left out."""
    if not file.is_file():
        raise UserError(f"{file}: there is no such file")
    try:
        pairs = checked(file, parquet(file) if file.suffix == ".parquet" else csv(file))
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror or error}") from None
    loops = pairs[:, 0] == pairs[:, 1]
    if not loops.any():
        return pairs, []
    if loops.all():
        raise UserError(f"{file}: no tie between two different nodes is left")
    return pairs[~loops], [f"{int(loops.sum()):,} ties of a node with itself were dropped"]


def parquet(file: Path) -> pl.DataFrame:
    """The columns of a Parquet file."""
    try:
        return pl.read_parquet(file)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UserError(f"{file}: not a Parquet file that can be read: {error}") from None


def csv(file: Path) -> pl.DataFrame:
    """The columns of a CSV file, with or without one line of headings."""
    with file.open("rb") as source:
        head = source.readline(4096)
    try:
        cells = [cell.strip() for cell in head.decode("utf-8").strip().split(",")]
    except UnicodeDecodeError as error:
        raise UserError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    if not any(cells):
        raise UserError(f"{file}: the file is empty; {ASKED}")
    headed = not any(cell.lstrip("-+").replace(".", "").isdigit() for cell in cells)
    try:
        return pl.read_csv(file, has_header=headed, infer_schema_length=10_000)
    except (pl.exceptions.PolarsError, OSError):
        pass  # a later line is not like the first ones: read as text and say which
    try:
        return pl.read_csv(file, has_header=headed, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        first = str(error).splitlines()[0]
        raise UserError(f"{file}: not a table of two columns: {first}; {ASKED}") from None


def checked(file: Path, frame: pl.DataFrame) -> Ints:
    """The pairs (edges, 2), if the file holds nothing but ids."""
    if frame.width != 2:
        names = ", ".join(frame.columns[:6])
        raise UserError(f"{file}: {frame.width} columns ({names}); {ASKED}, without attributes")
    if not frame.height:
        raise UserError(f"{file}: there are no rows; {ASKED}")
    for name in frame.columns:
        check_column(file, name, frame[name])
    return np.stack([frame[name].to_numpy().astype(np.int64) for name in frame.columns], axis=1)


def check_column(file: Path, name: str, column: pl.Series) -> None:
    """UserError where a column is not of whole numbers 0 to 999,999,999."""
    if column.null_count():
        row = int(column.is_null().arg_max() or 0) + 1
        raise UserError(f"{file}: column {name!r} is empty in row {row}; {ASKED}")
    if not column.dtype.is_integer():
        wrong = column
        if column.dtype == pl.String:
            wrong = column.filter(column.str.strip_chars().str.contains(r"^\d+$").not_())
        row = int((column == wrong[0]).arg_max() or 0) + 1 if len(wrong) else 1
        kind = "text" if column.dtype == pl.String else str(column.dtype)
        raise UserError(
            f"{file}: column {name!r} holds {kind} (row {row}), not whole numbers; {ASKED}. "
            "Names and identities are not read: number the nodes 0, 1, 2 ..."
        )
    low, high = column.min(), column.max()
    assert isinstance(low, int) and isinstance(high, int)
    if low < 0:
        row = int((column < 0).arg_max() or 0) + 1
        raise UserError(f"{file}: column {name!r} has the negative id {low} (row {row}); use 0 up")
    if high > HIGHEST_ID:
        row = int((column > HIGHEST_ID).arg_max() or 0) + 1
        raise UserError(
            f"{file}: column {name!r} has the id {high} (row {row}); ids go to {HIGHEST_ID:,}, "
            "since longer numbers may be telephone or identity numbers: number the nodes 0, 1 ..."
        )


@kernel
def keys(k0: int, k1: int, label: int, out: Ints) -> None:
    """A keyed 62-bit number for each node."""
    for node in range(out.size):
        high, low, _, _ = draw(k0, k1, node, 0, label, 0)
        out[node] = ((high & 0x3FFFFFFF) << 32) | low


def relabelled(pairs: Ints, seed: int) -> tuple[Ints, int]:
    """Pairs under new numbers 0 to nodes - 1 in a keyed order; the old ids are forgotten."""
    place, nodes = numbered(pairs)
    order = np.empty(nodes, np.int64)
    keys(*key_of(seed), stream("society:relabel"), order)
    number = np.empty(nodes, np.int64)
    number[np.argsort(order, kind="stable")] = np.arange(nodes)
    return number[place], nodes


def numbered(pairs: Ints) -> tuple[Ints, int]:
    """Ids as ranks 0 to nodes - 1, and the number of nodes."""
    highest = int(pairs.max())
    if highest > FEW_IDS:
        known, place = np.unique(pairs, return_inverse=True)
        return place.reshape(pairs.shape), len(known)
    seen = np.zeros(highest + 1, bool)
    seen[pairs.ravel()] = True
    ranks = np.cumsum(seen) - 1
    return ranks[pairs], int(ranks[-1]) + 1


def mutual(pairs: Ints, nodes: int) -> tuple[Ints, list[str]]:
    """Each tie once, whichever way and however often it was listed; notes count what changed."""
    one, other = pairs[:, 0], pairs[:, 1]
    way = np.sort((np.minimum(one, other) * nodes + np.maximum(one, other)) * 2 + (one > other))
    ways = way[np.append(True, np.diff(way) > 0)]
    key = ways >> 1
    once = key[np.append(True, np.diff(key) > 0)]
    notes = []
    if len(ways) < len(pairs):
        notes.append(f"{len(pairs) - len(ways):,} repeated rows were counted once")
    both = len(ways) - len(once)
    if 0 < both < len(once):
        notes.append(f"{len(once) - both:,} ties were listed one way only and hold both ways")
    return np.stack([once // nodes, once % nodes], axis=1), notes
