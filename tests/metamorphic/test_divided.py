"""Implementation: limits are a person's; a run divides its schemes by region where it has to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import pytest
from tests.engine.worlds import small_recipe
from tests.metamorphic.living import UNMOVED, Life, assert_same, differing, live, scheme_of

from scoredsociety.conduct.model import load_conduct
from scoredsociety.engine.federation import federated
from scoredsociety.engine.inputs import Machine
from scoredsociety.runs.digest.scope import Scope
from scoredsociety.runs.documents.document_texts import shipped_documents
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.read.load import load_scheme
from scoredsociety.society.recipes.recipe import Recipe

PLACES = 43  # cities and districts that MERICS counted (S4-20)
FEDERATIONS = (  # on four regions, where one tie in ten crosses a border
    ("sesame_documented@0", "sesame_press@1", "national_composite@2", "nosedive@3"),
    ("judgment_list", "wendeng_2020@0", "sesame_documented@1", "suining_2010@2"),
    ("judgment_list@0", "red_list@1", "wendeng_2020@2", "rongcheng_press@3"),
    ("judgment_list", "nosedive", "wendeng_2020@0", "uber_drivers@1"),
    ("red_list", "weihai_village@0", "ad_exclusion@1", "rongcheng_consent@2"),
)
AWARE = "response.awareness.values.start=1"
SETS = (
    (), ("turnover.on=true", AWARE), (AWARE, "response.ties.form=worth"),
    ("response.ties.form=listed", "response.ties.values.listed=0.2", AWARE, "turnover.on=true"),
)  # fmt: skip
LARGE = 3000


def schemes(names: Sequence[str]) -> list[Scheme]:
    return [load_scheme(name, load_conduct("everyday")) for name in names]


@cache
def lived(names: tuple[str, ...], sets: tuple[str, ...]) -> Life:
    """Under one set of tables."""
    return live(schemes(names), people=LARGE, months=14, society="small", sets=sets)


def lived_apart(names: tuple[str, ...], sets: tuple[str, ...], machine: Machine) -> Life:
    """With tables for each region."""
    return live(schemes(names), people=LARGE, months=14, society="small", sets=sets, apart=True,
                machine=machine)  # fmt: skip


def one_of_every(place: int, of: int = 2) -> tuple[pytest.MarkDecorator, ...]:
    """The short form has one of every two (or ``of``) of what the long form has whole."""
    return () if place % of == 0 else (pytest.mark.long,)


@pytest.mark.parametrize(("names", "sets"), [
    pytest.param(names, sets, marks=one_of_every(k + j),
                 id=f"{'+'.join(names)}-{sets[0] if sets else 'as it is'}")
    for k, names in enumerate(FEDERATIONS) for j, sets in enumerate(SETS)
])  # fmt: skip
def test_a_table_for_each_region_gives_what_one_for_all_gives(
    names: tuple[str, ...], sets: tuple[str, ...]
) -> None:
    one, apart = lived(names, sets), lived_apart(names, sets, Machine(2, 3))
    assert not one.lived.inputs.jurisdictions and len(apart.lived.inputs.jurisdictions) > 2
    assert_same(one, apart)


def country() -> Recipe:
    """The county as a country of 43 regions, in communities of 64 seats."""
    recipe = small_recipe()
    head = recipe.region[0]
    share = 1 / PLACES
    regions = [
        head.model_copy(update={"id": f"place_{k}", "share": share}) for k in range(PLACES)
    ]
    return recipe.model_copy(update={"region": regions})


def pilots() -> list[Scheme]:
    """A scheme for each region: those of the catalogue in turn, under ids of their own."""
    every = sorted(set(shipped_documents("scheme")) - {"none", "price_only"})
    found = []
    for k in range(PLACES):
        scheme = scheme_of("wendeng_2020" if k % 2 else every[k // 2 % len(every)])
        head = scheme.scheme.model_copy(update={"id": f"pilot_{k}", "region": k})
        found.append(scheme.model_copy(update={"scheme": head}))
    return found


@cache
def federation() -> Life:
    return live(pilots(), people=64 * 2 * PLACES, months=8, recipe=country(), off=UNMOVED)


def test_a_run_has_43_places_with_tables_of_their_own() -> None:
    inputs = federation().lived.inputs
    whole = inputs.schemes[0][1]
    assert len(whole.schemes) == PLACES == len(inputs.jurisdictions) - 1
    assert len(whole.rules) > t.MOST_RULES and len(whole.consequences) > t.MOST_CONSEQUENCES
    assert all(len(one.schemes[0][1].schemes) == 1 for one in inputs.jurisdictions)


@pytest.mark.parametrize("k", [
    pytest.param(k, marks=one_of_every(k, 5)) for k in range(PLACES)
])  # fmt: skip
def test_each_place_is_what_it_is_alone(k: int) -> None:
    """Where nothing crosses a border: people respond to nothing, and no rule reads the ties.

    The gravity of a tie's latest violation is seen across a border, whichever scheme says it.
    """
    scheme = pilots()[k]
    alone = live([scheme], people=64 * 2 * PLACES, months=8, recipe=country(), off=UNMOVED)
    assert not alone.lived.inputs.jurisdictions
    if (alone.lived.inputs.schemes[0][1].rules.kind == t.PEERS_RECORD).any():
        pytest.skip("its rules read the violations of ties")
    scope = Scope(schemes=frozenset({scheme.id}), common=False, ties=False)
    assert_same(alone, federation(), scope)


FAULTS: dict[str, tuple[str, int, int, Callable[..., object]]] = {
    "grades of elsewhere": ("seen_from", 0, 0, lambda view, before: before.exchange),
    "nothing of elsewhere": (
        "with_lists", 2, 3, lambda word, lists: word & ~(255 << 16),
    ),
    "rules as sent": ("in_run", 0, 0, lambda numbers, messages: messages),
    "rules as received": ("arrived", 0, 0, lambda view, inbox: inbox),
    "scalars of the run": ("local_scalars", 0, 0, lambda view, scalars: scalars),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_at_the_border_shows(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, federation_, sets, other = FAULTS[fault]
    names, sets_ = FEDERATIONS[federation_], SETS[sets]
    monkeypatch.setattr(federated, name, other)
    try:
        wrong = lived_apart(names, sets_, Machine())
        assert differing(lived(names, sets_), wrong)
    except IndexError:  # a rule that its jurisdiction does not have
        assert name == "arrived"
