"""Bare edge lists: what is read, what is refused, and that nothing is left of the labels."""

from __future__ import annotations

from pathlib import Path

import networkx
import numpy as np
import polars as pl
import pytest

from scoredsociety.errors import UserError
from scoredsociety.society.describe.description import describe_edges
from scoredsociety.society.ties.edges import load_edges


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "edges.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("head", ["", "one,other\n"])
def test_a_network_keeps_its_shape(tmp_path: Path, head: str) -> None:
    source = networkx.karate_club_graph()
    text = head + "".join(f"{a * 7 + 3},{b * 7 + 3}\n" for a, b in source.edges())
    graph = load_edges(written(tmp_path, text), 1).graph
    one = np.repeat(np.arange(graph.nodes), np.diff(graph.first))
    read = networkx.Graph(zip(one.tolist(), graph.other.tolist(), strict=True))
    assert networkx.is_isomorphic(source, read)
    other = load_edges(written(tmp_path, text), 2).graph
    assert not np.array_equal(graph.other, other.other)  # another seed, another order


def test_parquet_and_csv_are_the_same(tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": [1, 2, 3], "b": [2, 3, 900_000_000]})
    frame.write_parquet(tmp_path / "edges.parquet")
    frame.write_csv(tmp_path / "edges.csv")
    one = load_edges(tmp_path / "edges.parquet", 1)
    other = load_edges(tmp_path / "edges.csv", 1)
    assert one.notes == ()
    assert other.notes == ("the first row (a, b) was taken for a heading",)
    assert np.array_equal(one.graph.other, other.graph.other)


def test_loops_repeats_and_one_way_pairs_are_counted(tmp_path: Path) -> None:
    found = load_edges(written(tmp_path, "1,1\n1,2\n2,1\n1,2\n2,3\n"), 1)
    assert found.graph.nodes == 3 and found.graph.ties == 2
    assert found.notes == (
        "1 ties of a node with itself were dropped",
        "1 repeated rows were counted once",
        "1 ties were listed one way only and hold both ways",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("a,b\n", "there are no rows"),
        ("5,5\n", "no tie between two different nodes"),
        ("1,2,3\n", None),  # a weight is passed over with a word
        ("1,2,3,4\n", "4 columns"),
        ("1\n2\n", "1 columns"),
        ("1,-2\n", "negative id -2"),
        ("1,2\n3,13800138000\n", "id 13800138000"),
        ("1,2\n3,99999999999999999999\n", "has the id 99999"),
        ("name,friend\nli,wang\n", "Names and identities are not read"),
        ("li,wang\n1,2\n", None),
        ("1,2\n3,wang\n", "holds text (row 2)"),
        ("1,2.5\n", "not whole numbers"),
        ("1,2\n3,\n", "is empty in row 2"),
        (b"1,2\n\xff\xfe,3\n", "edges.csv"),
    ],
)
def test_a_clear_answer_to_each_mistake(
    tmp_path: Path, text: str | bytes, said: str | None
) -> None:
    path = written(tmp_path, text)
    if said is None:  # two words over numbers are headings, a third number a weight
        assert load_edges(path, 1).graph.ties == 1
        return
    with pytest.raises(UserError) as error:
        load_edges(path, 1)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no such file"):
        load_edges(tmp_path / "none.csv", 1)
    broken = tmp_path / "edges.parquet"
    broken.write_bytes(b"no parquet")
    with pytest.raises(UserError, match="not a Parquet file"):
        load_edges(broken, 1)


def test_a_loaded_network_is_described_as_a_whole(tmp_path: Path) -> None:
    source = networkx.karate_club_graph()
    path = written(tmp_path, "".join(f"{a},{b}\n" for a, b in source.edges()))
    found = describe_edges(path, 1)
    assert set(found) == {"clause", "file", "notes", "network"}
    assert found["network"]["clustering"] == pytest.approx(networkx.average_clustering(source))
    assert all(not isinstance(value, (list, dict)) for value in found["network"].values())


@pytest.mark.bench
def test_ten_million_edges_load_in_seconds(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    frame = pl.DataFrame({"a": rng.integers(0, 10**6, 10**7), "b": rng.integers(0, 10**6, 10**7)})
    frame.write_csv(tmp_path / "edges.csv")
    said: list[str] = []
    assert load_edges(tmp_path / "edges.csv", 1, said.append).graph.ties > 9_900_000
    assert len(said) == 3
