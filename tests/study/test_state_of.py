"""Measures of the last state: against networkx, fairly chosen subjects, and the whole registry."""

from __future__ import annotations

import networkx
import numpy as np
import pytest

from scoredsociety.engine import checkpoint
from scoredsociety.measure.registry import MEASURES
from scoredsociety.report.sections.basis.measure_table import measures_section
from scoredsociety.results import Run, simulate
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.study.readout.from_tallies import (
    ELSEWHERE,
    MEASURED,
    SCHEMA,
    dictionary,
    plan_of,
)
from scoredsociety.study.readout.persons import denied_by, subjects_now


@pytest.fixture(scope="module")
def run() -> Run:
    """A busy year of the district scheme for 1,500 people."""
    return simulate("wendeng_2020", people=1500, months=12, panel=0, seed=3, threads=2)


def value(run: Run, measure: str, of: str = "") -> float:
    """The one value of a measure."""
    rows = [row for row in run.measures.to_dicts() if row["measure"] == measure and of in row["of"]]
    assert len(rows) == 1
    return float(rows[0]["value"])


def test_the_network_of_a_run_is_as_networkx_has_it(run: Run) -> None:
    exchange_state = checkpoint.load(run.folder / "checkpoint")
    exchange = exchange_state.exchange
    ties = open_ties(run.prepared.inputs, run.setting, exchange_state)
    graph = networkx.Graph()
    graph.add_nodes_from(range(1500))
    graph.add_edges_from(zip(ties.one.tolist(), ties.other.tolist(), strict=True))
    assert value(run, "Transitivity") == pytest.approx(networkx.transitivity(graph))
    largest = max(map(len, networkx.connected_components(graph)))
    assert value(run, "Largest component") == pytest.approx(largest / 1500)
    among = subjects_now(exchange.status, 0)
    coarse = run.setting.persons.coarse
    under = denied_by(run.prepared.inputs, exchange.status, exchange.score, 0, coarse=coarse)
    part = graph.subgraph(np.flatnonzero(among).tolist())
    networkx.set_node_attributes(part, {k: int(exchange.score[0][k]) for k in part}, "score")
    r = networkx.numeric_assortativity_coefficient(part, "score")
    assert value(run, "Assortativity by score") == pytest.approx(r)
    across = sum(bool(under[a]) != bool(under[b]) for a, b in part.edges)
    size = part.number_of_edges()
    assert value(run, "E-I index") == pytest.approx((2 * across - size) / size)
    alone = sum(all(under[b] for b in part[a]) for a in part)
    assert value(run, "No unrestricted contact") == pytest.approx(alone / len(part))


def test_every_measure_has_a_value_or_says_what_would_feed_it(run: Run) -> None:
    frame = run.measures
    assert dict(frame.schema) == SCHEMA
    assert set(frame["measure"]) == {one.title for one in MEASURES.values()}
    empty = frame.filter(frame["value"].is_null() & (frame["instead"] == ""))
    assert empty.is_empty(), empty["measure"].to_list()
    given = set(frame.filter(frame["instead"] == "")["measure"])
    fed = {one.title for one in plan_of(run.folder).feeds if one.id not in ELSEWHERE}
    assert fed - given <= {"Restricted again"}  # nobody left a restriction, perhaps
    named = {name for key in MEASURED for name in key.split(", ")}
    assert named == set(frame.columns) and all(one in dictionary() for one in MEASURED)


def test_the_report_holds_the_measures_of_the_tallies(run: Run) -> None:
    section = measures_section(run.report().evidence)
    assert section is not None
    rows = {(row[0], row[1]): row for row in section.blocks[0].rows}  # type: ignore[union-attr]
    share = value(run, "Exclusion rate", "subjects of wendeng_2020")
    assert rows["Exclusion rate", "subjects of wendeng_2020"][2] == f"{share:.3g}"
    assert any(name == "How much of a life is seen" for name, _ in rows)
