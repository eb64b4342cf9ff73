"""Households and traits: consistent families, bounds, and the same person at every size."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from scoredsociety.keyed import key_of
from scoredsociety.society import tables as t
from scoredsociety.society.describe.sample import Drawn, people_frame
from scoredsociety.society.people.households import household_of, partition
from scoredsociety.society.people.seats import dense_of, id_of, place
from scoredsociety.society.people.traits import coarse_of, coarse_opinion, fill, span_of
from scoredsociety.society.recipes.recipe import Recipe, load_society


@pytest.fixture(scope="module")
def county() -> Drawn:
    return Drawn(load_society("county"), 60_000, 5)


def test_households_partition_their_community() -> None:
    recipe = load_society("county")
    tables, seats = recipe.compile(), place(recipe, 5000)
    k0, k1 = key_of(9)
    out = np.zeros(seats.community_size, np.uint8)
    for community in range(seats.region.size):
        households = partition(tables, seats, k0, k1, community, out)
        starts = np.flatnonzero(out >> 4 == 0)
        assert len(starts) == households
        assert np.array_equal(np.diff(np.append(starts, len(out))), out[starts] & 15)
        ends = np.append(starts[1:], len(out))
        for start, end in zip(starts, ends, strict=True):
            assert np.array_equal(out[start:end] >> 4, np.arange(end - start))
        for seat in (0, 17, seats.community_size - 1):
            dense = community * seats.community_size + seat
            assert household_of(tables, seats, k0, k1, dense) == out[seat]


def test_families_are_consistent(county: Drawn) -> None:
    role, age, sex = county.trait("role"), county.trait("age"), county.trait("sex")
    married, first = county.trait("married"), county.dense - (county.household >> 4)
    head = np.flatnonzero(role == 0)
    assert np.array_equal(head, np.flatnonzero(county.heads()))
    spouse = np.flatnonzero(role == 1)
    assert np.all(sex[spouse] != sex[first[spouse]])
    assert np.all(married[spouse] == 1) and np.all(married[first[spouse]] == 1)
    child = np.flatnonzero(role == 2)
    assert np.all(age[first[child]] - age[child] >= 15)
    parent = np.flatnonzero(role == 3)
    assert np.all((age[parent] > age[first[parent]]) | (age[parent] == 100))
    minors = np.zeros(county.people, np.int64)
    np.add.at(minors, first[child], age[child] < 18)
    whole = head[head + (county.household[head] & 15) <= county.people]
    assert np.array_equal(county.trait("children")[whole], minors[whole])


def test_traits_stay_within_their_bounds(county: Drawn) -> None:
    for name in t.TRAITS:
        values = county.trait(name)
        assert values.min() >= 0 and values.max() <= t.TRAIT_HIGHEST[name], name


def test_members_share_income_and_savings(county: Drawn) -> None:
    first = county.dense - (county.household >> 4)
    for name in ("income", "income_fifth", "savings", "urban"):
        assert np.array_equal(county.trait(name), county.trait(name)[first]), name


def test_what_depends_on_another_trait_never_stands_without_it(county: Drawn) -> None:
    age, online = county.trait("age"), county.trait("internet") == 1
    assert not county.trait("mobile_pay")[~online].any()
    assert not county.trait("real_name")[~online].any()
    assert not county.trait("game_hours")[~online].any()
    file = county.trait("file_years")
    assert not file[county.trait("account") == 0].any()
    assert not county.trait("loan")[file == 0].any()
    for name in ("drives", "file_years", "loan", "firm", "party", "debt"):
        assert not county.trait(name)[age < 18].any(), name
    assert np.all(file <= np.maximum(age - 17, 0))


def test_domain_frailty_stays_within_two_classes(county: Drawn) -> None:
    general = county.trait("frailty")
    domains = [county.trait(n) for n in t.TRAITS if n.startswith("frailty_")]
    assert len(domains) == 4
    assert all(np.abs(domain - general).max() <= 2 for domain in domains)
    for k, one in enumerate(domains):
        for other in domains[k + 1 :]:
            assert 0.5 < np.corrcoef(one, other)[0, 1] < 0.6  # asked: 0.2 to 0.6


@pytest.mark.parametrize("acts_a_head", [1, 3, 10])
@pytest.mark.parametrize("domain", ["frailty", "frailty_traffic"])
def test_few_people_do_half_of_the_acts(county: Drawn, acts_a_head: int, domain: str) -> None:
    """Adults act at 2**(class / 2); of all people 5 to 10 % do half of what is done."""
    rate = 2 ** (county.trait(domain) / 2) * (county.trait("age") >= 18)
    acts = np.random.default_rng(1).poisson(rate / rate.mean() * acts_a_head)
    done = np.cumsum(np.sort(acts)[::-1]) / acts.sum()
    assert 0.05 < np.searchsorted(done, 0.5) / county.people < 0.10


def test_a_person_is_the_same_at_every_size() -> None:
    recipe = load_society("county")
    tables, (k0, k1) = recipe.compile(), key_of(3)
    small, large = place(recipe, 10_000), place(recipe, 1_000_000)
    out = np.zeros((2, len(t.TRAITS)), np.int64)
    for dense in range(0, 10_000, 97):
        address = id_of(small, dense)
        other = dense_of(large, address >> 31, (address >> 11) & 0xFFFFF, address & 0x7FF)
        byte = household_of(tables, small, k0, k1, dense)
        assert byte == household_of(tables, large, k0, k1, other)
        fill(tables, small, k0, k1, dense, byte, out[0])
        fill(tables, large, k0, k1, other, byte, out[1])
        assert np.array_equal(out[0], out[1])


def changed(recipe: Recipe, section: str, **values: object) -> Recipe:
    part = getattr(recipe, section).model_copy(update=values)
    return recipe.model_copy(update={section: part})


@pytest.mark.parametrize(
    ("section", "values", "may_change"),
    [
        ("habits", {"drives_urban": [[0.9] * 4, [0.9] * 4]}, {"drives"}),
        ("online", {"real_name": 0.9}, {"real_name"}),
        ("credit", {"loan": [0.1] * 5}, {"loan", "debt"}),
        (
            "online",
            {"internet_rural": [0.01] * 7},
            {"internet", "mobile_pay", "real_name", "game_hours"},
        ),
    ],
)
def test_a_margin_changes_only_what_it_must(
    section: str, values: dict[str, object], may_change: set[str]
) -> None:
    recipe = load_society("county")
    one = Drawn(recipe, 5000, 1)
    other = Drawn(changed(recipe, section, **values), 5000, 1)
    differs = {name for name in t.TRAITS if not np.array_equal(one.trait(name), other.trait(name))}
    assert differs and differs <= may_change


def test_coarse_traits_are_the_traits(county: Drawn) -> None:
    coarse = county.coarse.astype(np.int64)
    bands = np.searchsorted([18, 30, 45, 60], county.trait("age"), side="right")
    assert np.array_equal((coarse >> t.COARSE_AGE) & 7, bands)
    assert np.array_equal((coarse >> t.COARSE_SEX) & 1, county.trait("sex"))
    assert np.array_equal((coarse >> t.COARSE_URBAN) & 1, county.trait("urban"))
    assert np.array_equal((coarse >> t.COARSE_INCOME) & 7, county.trait("income_fifth"))
    assert np.array_equal((coarse >> t.COARSE_ACCOUNT) & 1, county.trait("account"))
    assert np.array_equal((coarse >> t.COARSE_INTERNET) & 1, county.trait("internet"))
    assert np.array_equal((coarse >> t.COARSE_FRAILTY) & 15, county.trait("frailty"))
    schooling = np.maximum(county.trait("schooling") - 1, 0)
    assert np.array_equal((coarse >> t.COARSE_SCHOOLING) & 3, schooling)
    assert coarse_of(county.traits[7].astype(np.int64)) == coarse[7]


def test_one_seat_alone_is_the_seat_of_the_frame(county: Drawn) -> None:
    spread = Drawn(load_society("county"), 300, 5, of=60_000)
    assert np.array_equal(spread.traits, county.traits[spread.dense])


def test_frames_hold_seats_and_nothing_that_identifies() -> None:
    frame = people_frame(load_society("village"), 1000, 2)
    assert frame.height == 1000
    assert frame.columns[:4] == ["region", "community", "seat", "household"]
    assert set(frame.columns[4:]) == {*t.TRAITS, "income_yuan"}


DIGEST = """
import hashlib, numpy as np
from scoredsociety.society.recipes.recipe import load_society
from scoredsociety.society.describe.sample import Drawn, slot_ties
d = Drawn(load_society("county"), 200, 8, threads=1)
x = hashlib.blake2s(d.traits.tobytes() + d.coarse.tobytes() + slot_ties(d).tobytes())
print(x.hexdigest())
"""


def test_without_compilation_the_bits_are_the_same() -> None:
    digests = set()
    for jit in ("1", "0"):
        done = subprocess.run(
            [sys.executable, "-W", "error::RuntimeWarning", "-c", DIGEST],
            env={**os.environ, "SCOREDSOCIETY_JIT": jit},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        digests.add(done.stdout)
    assert len(digests) == 1


def test_coarse_traits_bound_the_others(county: Drawn) -> None:
    """No one's trait lies outside of what the coarse traits leave, and seven are told closely."""
    told = ("age", "sex", "urban", "internet", "frailty", "frailty_finance", "frailty_speech")
    for dense in range(0, county.people, 40):
        coarse = int(county.coarse[dense])
        for trait, value in enumerate(county.traits[dense].tolist()):
            low, high = span_of(trait, coarse)
            assert low <= value <= high, (t.TRAITS[trait], value, low, high)

    def widest(name: str) -> int:
        spans = (span_of(t.TRAIT[name], int(one)) for one in county.coarse[:400])
        return max(int(high - low) for low, high in spans)

    assert [widest(name) for name in told] == [40, 0, 0, 0, 0, 4, 4]


def test_an_opinion_drawn_alone_is_the_whole_persons(county: Drawn) -> None:
    opinions = county.trait("private_opinion")
    for dense in range(0, county.people, 13):
        me = id_of(county.seats, dense)
        coarse = int(county.coarse[dense])
        alone = coarse_opinion(county.tables.pool, county.k0, county.k1, me, coarse)
        assert alone == opinions[dense]
