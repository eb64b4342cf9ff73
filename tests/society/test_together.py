"""Kin, colleagues, schoolmates and contacts online: who they are, as independent libraries see it.

The society is fixed by its seed; bounds hold for it by a wide margin, so they are not tuned.
"""

from __future__ import annotations

import igraph
import networkx
import numpy as np
import polars as pl
import pytest

from scoredsociety.document.problem import DocumentErrors
from scoredsociety.society.describe.description import words
from scoredsociety.society.describe.sample import Drawn, household_pairs, slot_ties
from scoredsociety.society.people import heapsort
from scoredsociety.society.people.alone import known_to, room
from scoredsociety.society.recipes.recipe import Recipe, load_society, read_recipe
from scoredsociety.society.ties.together import NOBODY, Together, all_together, ends_of, has_places

PEOPLE = 20_480  # whole communities


@pytest.fixture(scope="module")
def county() -> Drawn:
    return Drawn(load_society("county"), PEOPLE, 4)


@pytest.fixture(scope="module")
def together(county: Drawn) -> Together:
    return all_together(county.tables, county.seats, county.k0, county.k1)


@pytest.fixture(scope="module")
def pairs(county: Drawn) -> dict[str, np.ndarray]:
    """Ties at the start by kind, each (n, 2)."""
    frame = county.recipe.ties(PEOPLE, 4)
    return {
        str(kind[0]): part.select("one", "other").to_numpy()
        for kind, part in frame.group_by(pl.col("kind").cast(pl.String))
    }


def test_every_place_leads_there_and_back(county: Drawn, together: Together) -> None:
    everybody = np.arange(PEOPLE)
    for slot in range(len(county.tables.slots)):
        if has_places(county.tables, slot):
            other = ends_of(county.tables, county.seats, together, slot)
            there = other >= 0
            assert there.sum() > 100
            assert np.array_equal(other[other[there]], everybody[there])
            assert (other != everybody).all()


def families(county: Drawn, together: Together) -> list[tuple[list[int], list[int]]]:
    """(parents, grown children elsewhere) of every family, dense numbers."""
    found: dict[int, tuple[list[int], list[int]]] = {}
    size = county.seats.community_size
    for kind in range(2):
        for person in np.flatnonzero(together.family[kind, :PEOPLE] != NOBODY):
            place = int(together.family[kind, person])
            key = int(person) // size * size + place // 4
            found.setdefault(key, ([], []))[place % 4 // 2].append(int(person))
    return list(found.values())


def test_kin_are_parents_and_their_grown_children_who_live_apart(
    county: Drawn, together: Together
) -> None:
    age, home = county.trait("age"), county.dense - (county.household >> 4)
    role = county.trait("role")
    every = families(county, together)
    with_children = [one for one in every if one[1]]
    assert len(with_children) > PEOPLE / 30
    for parents, children in every:
        assert 1 <= len(parents) <= 2 and len(children) <= 2
        assert len({home[one] for one in parents}) == 1  # who live together
        homes = [home[one] for one in children]
        assert len(set(homes)) == len(homes) and home[parents[0]] not in homes
        for child in children:
            assert age[child] >= 18 and role[child] in (0, 1)
            assert all(age[one] - age[child] + county.recipe.kin.fits >= 16 for one in parents)
    gaps = [age[p] - age[c] for parents, children in with_children
            for p in parents for c in children]  # fmt: skip
    assert 25 <= np.median(gaps) <= 32


def test_nobody_has_two_families_of_birth(county: Drawn, together: Together) -> None:
    seen: list[int] = []
    for _, children in families(county, together):
        seen += children
    assert len(seen) == len(set(seen)) > PEOPLE / 20


def test_heads_whose_parents_live_with_them_have_none_elsewhere(
    county: Drawn, together: Together
) -> None:
    home = county.dense - (county.household >> 4)
    with_parents = set(home[county.trait("role") == 3].tolist())
    heads = {c for _, children in families(county, together) for c in children
             if county.trait("role")[c] == 0}  # fmt: skip
    assert len(heads) > 100 and not heads & with_parents


def test_kin_close_triangles(county: Drawn, pairs: dict[str, np.ndarray]) -> None:
    """Two parents and a child are a triangle, and so are two children and a parent."""
    kin = networkx.Graph(pairs["kin"].tolist())
    whole = networkx.Graph(kin)
    whole.add_edges_from(household_pairs(county).tolist())
    closed = sum(1 for a, b in kin.edges if set(whole[a]) & set(whole[b]))
    assert closed / kin.number_of_edges() > 0.75
    friends = networkx.Graph(pairs["friends"].tolist())
    assert networkx.transitivity(kin) > 0.25 > 5 * networkx.transitivity(friends)


def test_work_is_among_those_in_work_of_like_work(
    county: Drawn, pairs: dict[str, np.ndarray]
) -> None:
    work = county.trait("work")
    ends = work[pairs["work"]]
    assert ((ends >= 2) & (ends <= 6)).all()
    graph = igraph.Graph(PEOPLE, pairs["work"].tolist())
    assert graph.assortativity_nominal(work.tolist(), directed=False) > 0.8
    assert graph.transitivity_undirected() > 0.3  # circles of eight


def test_school_is_among_those_at_school_of_like_age(
    county: Drawn, pairs: dict[str, np.ndarray]
) -> None:
    age = county.trait("age")
    assert (county.trait("work")[pairs["school"]] == 7).all()
    graph = igraph.Graph(PEOPLE, pairs["school"].tolist())
    assert graph.assortativity(age.tolist(), directed=False) > 0.9
    apart = np.abs(np.diff(age[pairs["school"]], axis=1))
    assert (apart <= 2).mean() > 0.85
    assert graph.transitivity_undirected() > 0.3


def test_online_ties_are_among_those_online_and_far(
    county: Drawn, pairs: dict[str, np.ndarray]
) -> None:
    assert (county.trait("internet")[pairs["online"]] == 1).all()
    communities = pairs["online"] // county.seats.community_size
    assert (communities[:, 0] != communities[:, 1]).mean() > 0.9


def test_kin_differ_in_age_and_friends_do_not(
    county: Drawn, pairs: dict[str, np.ndarray]
) -> None:
    """Kin across generations are unlike in age; friends far away are alike."""
    age = county.trait("age").tolist()
    kin = igraph.Graph(PEOPLE, pairs["kin"].tolist()).assortativity(age, directed=False)
    far = igraph.Graph(PEOPLE, pairs["friends far away"].tolist())
    assert far.assortativity(age, directed=False) > 0.3 > kin


def test_as_many_are_counted_as_friends_as_ever(pairs: dict[str, np.ndarray]) -> None:
    """Schemes that read friends read 5.35 ties a person before layers were told apart."""
    read = ("kin", "work", "school", "friends", "friends far away", "online")
    assert 5.0 < 2 * sum(len(pairs[kind]) for kind in read) / PEOPLE < 5.8


@pytest.mark.parametrize("dense", [511, 512, 1023, 1024, 1500, 2047, 2048, 4100])
def test_a_seat_alone_knows_its_kin_at_the_border_of_a_ward(dense: int) -> None:
    """Communities of 2,048 have four wards; a household may lie across the border of two."""
    drawn = Drawn(load_society("china_2020"), 5000, 9)
    found, house = slot_ties(drawn), household_pairs(drawn)
    ends = np.concatenate([found[:, :2], house])
    known = set(ends[ends[:, 0] == dense, 1].tolist()) | set(ends[ends[:, 1] == dense, 0].tolist())
    arrays = room()
    count = known_to(drawn.tables, drawn.seats, drawn.k0, drawn.k1, dense, *arrays)
    assert set(arrays[2][:count, 0].tolist()) == known


def test_sorting_is_numpys() -> None:
    rng = np.random.default_rng(3)
    for count in (0, 1, 2, 3, 17, 512):
        keys = rng.integers(0, 40, 600) << 50
        expected = np.concatenate([np.sort(keys[:count]), keys[count:]])
        heapsort.sort(keys, count)
        assert np.array_equal(keys, expected)


def changed(**kin: object) -> Recipe:
    recipe = load_society("county")
    return recipe.model_copy(update={"kin": recipe.kin.model_copy(update=kin)})


def test_how_many_children_live_elsewhere_moves_kin_and_nothing_else(
    county: Drawn, pairs: dict[str, np.ndarray]
) -> None:
    none = Drawn(changed(elsewhere=[1.0, 0.0, 0.0]), PEOPLE, 4)
    assert np.array_equal(none.traits, county.traits)
    kinds = none.tables.slots.kind[slot_ties(none)[:, 2]]
    of_kin = [k for k, tie in enumerate(none.recipe.ties_in_order()) if tie.layer == "kin"]
    assert not np.isin(kinds, of_kin).any()
    work = [k for k, tie in enumerate(none.recipe.ties_in_order()) if tie.layer == "work"]
    assert np.isin(kinds, work).sum() >= len(pairs["work"])


@pytest.mark.parametrize(
    ("layer", "slots", "more", "said"),
    [("kin", 7, "", "at most 6 slots"), ("work", 16, "", "at most 15"),
     ("work", 2, "far = true\n", "far = true is for friends"), ("community", 2, "", "layer"),
     ("friends", 2, "needs_internet = 3\n", "needs_internet")],
)  # fmt: skip
def test_a_layer_that_cannot_be_is_refused(layer: str, slots: int, more: str, said: str) -> None:
    text = (
        '[society]\nid = "mine"\ntitle = "Mine"\nabout = "A"\nyear = 2020\n'
        'community_size = 512\nbase = "china_2020"\nsource = "O-D1"\n'
        f'[[tie]]\nkind = "a"\nlayer = "{layer}"\nslots = {slots}\n{more}'
        'assumed = ["open", "age", "schooling", "income", "closes_yearly"]\nopen = 0.5\n'
        "age = [1, 1, 1, 1, 1]\nschooling = [1, 1, 1, 1]\nincome = [1, 1, 1, 1, 1]\n"
        "closes_yearly = 0.1\n"
    )
    with pytest.raises(DocumentErrors, match=said):
        read_recipe(text, "mine.toml")


def test_the_words_of_a_recipe_say_who_may_be_tied() -> None:
    said = " ".join(line for line in words(load_society("county")) if line.startswith("Ties:"))
    for part in ("parents and grown children", "among those in work", "among those at school",
                 "among those online", "friends far away (anywhere)"):  # fmt: skip
        assert part in said
