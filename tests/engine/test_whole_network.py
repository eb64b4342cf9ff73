"""A friendship network with a hub above a thousand runs whole, and stays what it is at both ends.

The network is drawn by ``networks.friendship``: 4,000 people, 88,000 ties, a hub of 1,045, eleven
nodes that only have a row with themselves. Oracle of its statistics: networkx.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import igraph
import networkx as nx
import numpy as np
import pytest
from tests.engine.networks import ALONE, HUB, NODES, TIES, friendship, oracle, write_file
from tests.engine.responding import everything, responding

from scoredsociety.engine.checkpoint import checksum, columns, load, save
from scoredsociety.engine.inputs import Inputs, Machine
from scoredsociety.engine.run import advance_run, begin_run, one_month, reblock
from scoredsociety.engine.run_constants import settle
from scoredsociety.engine.state import ends_of
from scoredsociety.errors import UserError
from scoredsociety.runs.edge_list import open_ties
from scoredsociety.runs.execute import Manner, Stopped, make, resume
from scoredsociety.runs.network_facts import file_and_run
from scoredsociety.runs.prepare import Prepared, prepare
from scoredsociety.runs.scenario import Scenario
from scoredsociety.society.ties.graph import Graph

SCHEMES = ("sesame_documented", "wendeng_2020")


@cache
def network() -> Graph:
    return friendship()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(asked(tmp_path_factory.mktemp("network")))


def asked(folder: Path, order: int = 1, months: int = 14) -> Scenario:
    """A run on the network, its file in some order."""
    file = write_file(network(), folder / f"edges-{order}.csv", order)
    return Scenario(SCHEMES, people=NODES, months=months, panel=0, ties=str(file))


def all_responding(prepared: Prepared, months: int) -> Inputs:
    """People respond with high coefficients, so that ties are cut and taken up again.

    They drop who scores less, whatever it costs: among many ties one costs little.
    """
    return responding(prepared.inputs._replace(months=months), everything({"ties": "gap"}))


def test_it_runs_with_all_its_ties_and_statistics_are_those_of_networkx(
    prepared: Prepared,
) -> None:
    """Of the ties that are open in the state itself, not of the lists that it was made from."""
    state = begin_run(prepared.inputs, settle(prepared.inputs))
    found = open_ties(prepared.inputs, settle(prepared.inputs), state)
    held = nx.Graph()
    held.add_nodes_from(range(NODES))
    held.add_edges_from(zip(found.one.tolist(), found.other.tolist(), strict=True))
    said = file_and_run(prepared)
    assert said is not None and said["file"] == said["run"]
    facts, source = said["run"], oracle(network())
    degree = sorted(dict(held.degree()).values())
    assert (held.number_of_nodes(), held.number_of_edges(), degree[-1]) == (NODES, TIES, HUB)
    assert degree == sorted(dict(source.degree()).values())
    assert (facts["nodes"], facts["ties"], facts["degree_greatest"]) == (NODES, TIES, HUB)
    assert facts["isolates"] == nx.number_of_isolates(held) >= ALONE
    assert facts["clustering"] == pytest.approx(nx.average_clustering(held))
    assert facts["transitivity"] == pytest.approx(nx.transitivity(held))
    assert facts["components"] == nx.number_connected_components(held)
    assert facts["assortativity"] == pytest.approx(nx.degree_assortativity_coefficient(held))
    largest = max(nx.connected_components(held), key=len)
    assert facts["largest_component"] == pytest.approx(len(largest) / NODES)
    # networkx takes minutes for all paths; a correct program is further off in 1 of 100,000
    exact = igraph.Graph(NODES, list(held.edges())).average_path_length()
    assert 0 < facts["path_error"] < 0.05
    assert abs(facts["path_mean"] - exact) < 5 * facts["path_error"]


def test_both_ends_agree_while_ties_are_cut_and_taken_up(prepared: Prepared) -> None:
    """In every month of more than a year, of the hub too."""
    inputs = all_responding(prepared, 14)
    lists, setting = inputs.stored, settle(inputs)
    assert lists is not None
    one = np.repeat(np.arange(NODES), np.diff(lists.first))
    key = one * NODES + lists.other
    twin = np.searchsorted(key, lists.other.astype(np.int64) * NODES + one)
    assert np.array_equal(key[twin] % NODES, one)
    hub = int(np.diff(lists.first).argmax())
    state, before, cut, taken_up, of_hub = begin_run(inputs, setting), None, 0, 0, HUB
    assert ends_of(state).all()
    with ThreadPoolExecutor(1) as pool:
        for _ in range(inputs.months):
            state, _ = one_month(inputs, setting, state, pool)
            ends = ends_of(state)
            assert np.array_equal(ends, ends[twin])
            if before is not None:
                cut += int((before > ends).sum())
                taken_up += int((before < ends).sum())
            before = ends
            of_hub = min(of_hub, int(ends[one == hub].sum()))
    assert cut > 1000 and taken_up > 100 and 32 < of_hub < HUB


def test_threads_blocks_and_a_kill_change_no_bit(prepared: Prepared, tmp_path: Path) -> None:
    inputs = all_responding(prepared, 6)
    setting = settle(inputs)
    expected = checksum(advance_run(inputs, setting, begin_run(inputs, setting)))
    for machine in (Machine(2, 1), Machine(3, 3)):
        state = begin_run(inputs, setting, machine)
        assert checksum(advance_run(inputs, setting, state, machine=machine)) == expected
    machine, stops = Machine(2, 2), 0
    state = begin_run(inputs, setting, machine)
    while state.month < inputs.origin + inputs.months:
        state = advance_run(inputs, setting, state, machine=machine, stop=lambda: True)
        save(state, tmp_path / "checkpoint")
        stops += 1
        saved = load(tmp_path / "checkpoint")
        assert checksum(saved) == checksum(state)
        state = reblock(saved, inputs.seats, 1 + stops % 3, inputs.stored)
    assert checksum(state) == expected and stops == 6
    assert len(columns(state)["ends"]) == TIES // 4  # two ends a tie, eight to a byte


def test_the_order_of_the_file_changes_nothing(prepared: Prepared, tmp_path: Path) -> None:
    """Rows in another order, ties the other way round: the same run."""
    other = prepare(asked(tmp_path, order=2))
    sums = []
    for one in (prepared, other):
        inputs = all_responding(one, 4)
        setting = settle(inputs)
        sums.append(checksum(advance_run(inputs, setting, begin_run(inputs, setting))))
    assert sums[0] == sums[1]


class Once:
    """Asks to stop after the first month."""

    def __call__(self) -> bool:
        return True


def test_a_stopped_run_goes_on_and_an_older_checkpoint_is_refused(tmp_path: Path) -> None:
    scenario = asked(tmp_path, months=3)
    whole = make(scenario, tmp_path / "whole", manner=Manner(Machine(2, 2)))
    with pytest.raises(Stopped):
        make(scenario, tmp_path / "a", manner=Manner(Machine(1, 3), stop=Once()))
    made = resume(tmp_path / "a", ties=Path(scenario.ties), manner=Manner(Machine(2, 1)))
    assert made.manifest["checksum"] == whole.manifest["checksum"]
    assert made.manifest["network"] == whole.manifest["network"]
    with pytest.raises(Stopped):
        make(scenario, tmp_path / "b", manner=Manner(Machine(1, 3), stop=Once()))
    place = tmp_path / "b.partial" / "checkpoint"
    state = load(place)
    save(state._replace(blocks=tuple(
        block._replace(ends=block.ends[:0]) for block in state.blocks
    )), place)  # fmt: skip
    with pytest.raises(UserError, match="ties of another version of the program"):
        resume(tmp_path / "b", ties=Path(scenario.ties))


def test_a_pair_of_one_household_is_a_tie_that_nobody_drops(prepared: Prepared) -> None:
    """People are put on nodes by lot, so some ties join two who live together."""
    inputs = all_responding(prepared, 14)
    setting = settle(inputs)
    begun = begin_run(inputs, setting)
    ended = advance_run(inputs, setting, begun)
    home = np.arange(NODES) - (setting.persons.household.astype(np.int64) >> 4)
    within = []
    for state in (begun, ended):
        found = open_ties(inputs, setting, state)
        within.append(int((home[found.one] == home[found.other]).sum()))
    assert within[0] == within[1] > 10
    assert len(found.one) < TIES


def test_a_node_with_a_row_of_its_own_only_is_a_person(tmp_path: Path) -> None:
    file = tmp_path / "edges.csv"
    file.write_text("1,2\n2,3\n9,9\n7,7\n")
    made = prepare(Scenario(("none",), people=5, months=2, panel=0, ties=str(file)))
    said = file_and_run(made)
    assert said is not None and (said["run"]["nodes"], said["run"]["isolates"]) == (5, 2)
    setting = settle(made.inputs)
    state = advance_run(made.inputs, setting, begin_run(made.inputs, setting))
    assert len(state.exchange.status) == 5 and ends_of(state).sum() == 4
