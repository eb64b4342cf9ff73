"""Edge files as they are in the world, held to a plain parser."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoredsociety.errors import UserError
from scoredsociety.society.ties.edge_file import pairs_in
from scoredsociety.society.ties.edges import count_nodes, load_edges

CASES = Path(__file__).parents[1] / "cases" / "edges"


@pytest.mark.parametrize(("name", "nodes", "ties"), [
    ("01_quoted_no_heading.csv", 4, 3), ("02_loop_marks_isolate.csv", 4, 2),
    ("03_pandas_default_heading.csv", 5, 3), ("03_pandas_default_heading.csv#0,1", 3, 2),
    ("04_space_after_comma.csv", 3, 2), ("05_snap_comment_tab.txt", 3, 2),
    ("07_short.pq", 4, 4), ("07_upper.PARQUET", 4, 4), ("08_blank_last_line_crlf.csv", 3, 2),
    ("08_blank_last_line_lf.csv", 3, 2),
])  # fmt: skip
def test_cases(name: str, nodes: int, ties: int) -> None:
    found = load_edges(CASES / name, 1).graph
    assert (found.nodes, found.ties) == (nodes, ties)
    assert count_nodes(CASES / name) == nodes


edge = st.tuples(st.integers(0, 40), st.integers(0, 40))


@settings(max_examples=60, deadline=None)
@given(
    edges=st.lists(edge, min_size=1, max_size=20),
    mark=st.sampled_from([",", ";", "\t", " ", ", ", "  "]), quoted=st.booleans(),
    headed=st.booleans(), weighted=st.booleans(), zipped=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
def test_like_a_plain_parser(
    edges: list[tuple[int, int]], mark: str, quoted: bool, headed: bool, weighted: bool,
    zipped: bool, end: str, tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    quote = '"' if quoted else ""
    rows = ["# a comment", "% another", ""]
    rows += [mark.join(["source", "target"] + ["weight"] * weighted)] * headed
    for k, (a, b) in enumerate(edges):
        rows.append(mark.join([f"{quote}{a}{quote}", f"{quote}{b}{quote}"] + ["0.5"] * weighted))
        rows += [""] * (k == 1)
    data = end.join(rows).encode()
    file = tmp_path_factory.mktemp("edges") / ("ties.CSV.GZ" if zipped else "ties.Txt")
    file.write_bytes(gzip.compress(data) if zipped else data)
    if all(a == b for a, b in edges):
        with pytest.raises(UserError, match="no tie between two"):
            pairs_in(file)
        return
    pairs, notes = pairs_in(file)
    assert [tuple(pair) for pair in pairs.tolist()] == edges
    assert any("heading" in note and "source" in note for note in notes) == headed
    assert any("weight" in note for note in notes) == weighted


def test_refusals_name_the_cause(tmp_path: Path) -> None:
    for data, words in (
        (b"a,b,c\n1,2,3\n", "--columns"), (b"", "empty"), (b"\x1f\x8b\x08", "gzip"),
        (b"1,2\n3\n", "2 and the first row|has 1|row 2"), (b"\xff\xfe1\x00", "UTF-16"),
    ):  # fmt: skip
        file = tmp_path / "bad.csv"
        file.write_bytes(data)
        with pytest.raises(UserError, match=words):
            pairs_in(file)
