"""The canonical digest says what a society is: whatever means something moves it, nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from tests.commandline import Scored
from tests.engine.responding import everything, responding, storm
from tests.metamorphic.living import AWARE, Life, differing, live, live_world, scheme_of

from scoredsociety.engine import checkpoint, layout
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.layout import LISTS_AT
from scoredsociety.engine.run import reblock
from scoredsociety.engine.state import RunState
from scoredsociety.results import open_run, simulate
from scoredsociety.runs.digest import meaning
from scoredsociety.runs.digest.canonical_digest import digest, parts
from scoredsociety.runs.digest.scope import Scope
from scoredsociety.scheme.tables import NO_GRADE
from scoredsociety.society.ties.stored import written_down

PAIR = ("national_composite", "wendeng_2020")


@cache
def some() -> Life:
    """Two schemes at once, everybody aware, lives turning over."""
    return live(
        [scheme_of(name) for name in PAIR], sets=(*AWARE, "turnover.on=true"), months=10
    )


def with_state(life: Life, state: RunState) -> Life:
    return life._replace(lived=life.lived._replace(state=state))


def in_one_block(life: Life) -> RunState:
    """The state with columns of its own, in one block."""
    state = life.lived.state
    state = reblock(state, life.lived.inputs.seats, len(life.lived.inputs.seats.region))
    return state._replace(exchange=state.exchange._replace(
        score=state.exchange.score.copy(), status=state.exchange.status.copy()
    ))  # fmt: skip


def moved_by(column: str, place: tuple[int, ...] | int, bit: int) -> list[str]:
    """Parts that differ once a bit of a column is turned over."""
    state = in_one_block(some())
    array = getattr(state.exchange if column in ("score", "status") else state.blocks[0], column)
    array[place] ^= array.dtype.type(1 << bit)
    return differing(some(), with_state(some(), state))


def life_bits() -> dict[int, str]:
    """The part in which each life bit is said."""
    lived, found = some().lived, dict[int, str]()
    for name, (first, width) in layout.OF_LIFE.items():
        found |= {first + k: f"/{name}" for k in range(width)}
    for act, episode in enumerate(lived.inputs.conduct[0][1].acts.episode):
        if episode >= 0:
            found[int(episode)] = f"/episode/{lived.labels.acts[act]}"
    for s, scheme in enumerate(lived.labels.schemes):
        found |= {32 + 4 * s + k: f"{scheme}/objection" for k in range(4)}
    return found


def test_every_bit_of_a_life_is_said() -> None:
    for bit, part in life_bits().items():
        assert moved_by("life", 17, bit) == [part]


def test_every_bit_of_a_status_is_said() -> None:
    labels, status = some().lived.labels, some().lived.state.exchange.status
    first, second = (layout.grade_in(status.astype(np.int64), s) != NO_GRADE for s in (0, 1))
    person = int(np.flatnonzero(first & second)[0])
    expected = {4 * s + k: f"{one}/grade" for s, one in enumerate(labels.schemes) for k in (0, 1)}
    for place, (scheme, name) in enumerate(labels.lists):
        expected[LISTS_AT + place] = f"{scheme}/list/{name}"
    for name, (bit, width) in layout.OF_STATUS.items():
        expected |= {bit + k: f"/{name}" for k in range(width)}
    for bit, part in expected.items():
        assert part in moved_by("status", person, bit)
    assert moved_by("score", (0, person), 3) == [f"{labels.schemes[0]}/score"]


def test_every_bit_of_a_record_is_said() -> None:
    for bit in range(24):  # amount, flags, month, and the lowest of the rule
        assert moved_by("records", 3, bit) == ["records"]


def test_every_tie_is_said() -> None:
    state = in_one_block(some())
    state.blocks[0].ties[:5] = 0
    assert differing(some(), with_state(some(), state)) == ["ties"]


def test_every_bit_of_a_message_is_said() -> None:
    inbox = some().lived.state.inbox
    place = int(np.flatnonzero(layout.books_a_rule(inbox.content) == 0)[0])
    for bit in (*range(20), 20, 28):
        content = inbox.content.copy()
        content[place] ^= 1 << bit
        state = some().lived.state._replace(inbox=inbox._replace(content=content))
        assert differing(some(), with_state(some(), state)) == ["/mail"]
    for column in ("target", "origin"):
        other = getattr(inbox, column).copy()
        other[place] = (other[place] + 1) % 300
        state = some().lived.state._replace(inbox=inbox._replace(**{column: other}))
        assert differing(some(), with_state(some(), state)) == ["/mail"]


def test_what_is_known_of_the_whole_is_said() -> None:
    for s, scheme in enumerate(PAIR):
        for name, place in meaning.OF_SCHEME.items():
            scalars = some().lived.state.scalars.copy()
            scalars[s, place] += 1
            state = some().lived.state._replace(scalars=scalars)
            assert differing(some(), with_state(some(), state)) == [f"{scheme}/known/{name}"]
    for name, place in meaning.OF_ALL.items():
        scalars = some().lived.state.scalars.copy()
        scalars[0, place] += 1
        state = some().lived.state._replace(scalars=scalars)
        assert differing(some(), with_state(some(), state)) == [f"/known/{name}"]


def test_a_count_is_said() -> None:
    tallies = some().tallies
    one = tallies.with_row_index().filter(tallies["count"] > 0)["index"][40]
    counts = tallies["count"].to_numpy().copy()
    counts[one] += 1
    other = some()._replace(tallies=tallies.with_columns(count=counts))
    assert differing(some(), other) == ["tallies"]
    shuffled = some()._replace(tallies=tallies.sample(fraction=1, shuffle=True, seed=1))
    assert differing(some(), shuffled) == []


def world() -> Inputs:
    return responding(storm(5, 200, 10), everything())


def test_no_state_has_a_bit_that_the_digest_does_not_know() -> None:
    """A field that the engine gains must be told of here, or two states would be one."""
    life = live_world(world())
    status = np.bitwise_or.reduce(life.lived.state.exchange.status)
    lives = np.bitwise_or.reduce(np.concatenate([b.life for b in life.lived.state.blocks]))
    schemes = len(life.lived.labels.schemes)
    known = (1 << layout.EPISODES) - 1 | ((1 << 4 * schemes) - 1) << 32
    for first, width in layout.OF_LIFE.values():
        known |= ((1 << width) - 1) << first
    assert int(lives) & ~known == 0
    known = (1 << 24) - 1  # grades and lists
    for first, width in layout.OF_STATUS.values():
        known |= ((1 << width) - 1) << first
    assert int(status) & ~known == 0


def test_blocks_and_chunks_decide_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = parts(some().lived, some().tallies)
    blocked = reblock(some().lived.state, some().lived.inputs.seats, 1)
    monkeypatch.setattr(meaning, "CHUNK", 37)
    monkeypatch.setattr(meaning, "ROWS", 101)
    monkeypatch.setattr(meaning, "MOST_PASSES", 9)
    assert parts(some().lived._replace(state=blocked), some().tallies) == before


def test_ties_in_lists_are_the_same_ties() -> None:
    """Computed, and written down: another layout of one society."""
    inputs = world()
    tables = written_down(inputs.society, inputs.seats, inputs.seed)
    assert differing(live_world(inputs), live_world(inputs._replace(stored=tables))) == []


def test_a_scope_leaves_out_what_it_says() -> None:
    names = parts(some().lived, some().tallies, Scope(schemes=frozenset(PAIR[:1]), common=False))
    assert f"{PAIR[0]}/score" in names and f"{PAIR[1]}/score" not in names
    assert not any(name.startswith("/") and name != "/month" for name in names)
    few = np.array([3, 4], dtype=np.int64)
    names = parts(some().lived, some().tallies, Scope(persons=few, ties=False))
    assert "tallies" not in names and "ties" not in names and "/month" not in names


def test_a_run_prints_it_and_a_folder_gives_it(scored: Scored, tmp_path: Path) -> None:
    words = ("run", "judgment_list", "--people", 300, "--months", 4, "--quiet", "--json")
    one = scored(*words, "--out", tmp_path / "one").json
    two = scored(*words, "--out", tmp_path / "two", "--threads", 1, "--block-size", 1).json
    other = scored(*words, "--out", tmp_path / "three", "--seed", 3).json
    assert one["digest"] == two["digest"] == open_run(tmp_path / "one").digest
    assert other["digest"] != one["digest"]
    run = open_run(tmp_path / "one")
    state = checkpoint.load(tmp_path / "one" / "checkpoint")
    assert run.digest == digest(run.lived._replace(state=state), run.tallies)


def test_a_run_on_a_loaded_network_has_one(tmp_path: Path) -> None:
    """Its folder keeps no state: the manifest has the digest of the whole."""
    file = tmp_path / "edges.csv"
    file.write_text("".join(f"{k},{(k + 1) % 40}\n{k},{(k * 7 + 3) % 40}\n" for k in range(40)))
    one, two = (
        simulate("sesame_documented", ties=file, months=3, threads=threads) for threads in (1, 2)
    )
    assert one.digest == two.digest == one.manifest["digest"]
    assert "digest" not in simulate("none", people=40, months=2).manifest


def test_schemes_by_another_name_are_others() -> None:
    scheme = scheme_of("price_only")
    head = scheme.scheme.model_copy(update={"id": "other"})
    renamed = scheme.model_copy(update={"scheme": head})
    assert differing(live([scheme]), live([renamed])) != []
