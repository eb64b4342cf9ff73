"""A recipe in words: its regions, its targets beside what was made, its network, its assumptions.

Synthetic society, not a forecast: what is described is a draw from margins and rates.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from scoredsociety.keyed import key_of
from scoredsociety.society.describe.sample import DEFAULT_SEED, Drawn, household_pairs, slot_ties
from scoredsociety.society.describe.targets import CHINA, Margin, table
from scoredsociety.society.recipes.parts import Sourced
from scoredsociety.society.recipes.recipe import Recipe
from scoredsociety.society.recipes.turnover import flow
from scoredsociety.society.ties.edges import Progress, load_edges
from scoredsociety.society.ties.graph import Graph, describe_graph, graph_of, likeness

MOST_PEOPLE = 2_000_000  # people that are drawn to describe a society
MOST_IN_NETWORK = 100_000
LIKE = ("age", "schooling", "income_fifth", "urban")
CLAUSE = "synthetic society, not a forecast"
NATIONAL = {"china_2020", "county"}  # recipes that aim at the published margins of the country
AMONG = {  # who may be tied in a layer
    "neighbours": "of one group of 32 seats",
    "kin": "parents and grown children, brothers and sisters, who live apart",
    "work": "among those in work, in circles of eight",
    "school": "among those at school, in circles of eight",
    "online": "among those online, anywhere",
}


def describe_society(recipe: Recipe, people: int, seed: int = DEFAULT_SEED) -> dict[str, Any]:
    """A society of ``people`` in words and figures, ready for JSON.

    ``targets``: {id, title, unit, published, made, low, high, met, n, source, note} a figure
    (``met`` is None where published figures disagree or the recipe does not aim at it, ``low`` and
    ``high`` where there are too few people or communities);
    ``network``: statistics of at most 100,000 people; ``assumed``: numbers without a source.
    """
    drawn = Drawn(recipe, min(people, MOST_PEOPLE), seed)
    near = drawn
    if drawn.people > MOST_IN_NETWORK:
        near = Drawn(recipe, MOST_IN_NETWORK, seed)
    network, closeness = network_of(near)
    return {
        "id": recipe.id,
        "title": recipe.society.title,
        "about": recipe.society.about,
        "clause": CLAUSE,
        "year": recipe.society.year,
        "people": people,
        "drawn": drawn.people,
        "seed": seed,
        "words": words(recipe),
        "regions": regions(recipe, drawn),
        "targets": table(drawn, targets_of(recipe)) + closeness,
        "network": network,
        "assumed": _assumed(recipe),
    }


def targets_of(recipe: Recipe) -> tuple[Margin, ...]:
    """Published figures that the recipe aims at; the urban share where nothing else is."""
    return CHINA if recipe.id in NATIONAL else ()


def words(recipe: Recipe) -> list[str]:
    """The recipe in sentences."""
    total = sum(region.people for region in recipe.region)
    urban = sum(region.people * region.urban for region in recipe.region) / total
    said = [
        f"{recipe.society.title} stands for {total:,} people in {len(recipe.region)} regions, "
        f"{urban:.1%} of them urban.",
        f"They live in communities of {recipe.community_size:,} seats; a society of N people "
        "takes whole communities of each region in proportion.",
        "A seat's traits are a function of the seed and its address: the same person at every N.",
    ]
    for tie in recipe.ties_in_order():
        who = AMONG.get(tie.layer, "anywhere" if tie.far else "of one community")
        said.append(
            f"Ties: {tie.kind} ({who}), {tie.slots} slots, open with probability {tie.open:g} "
            f"between people alike in age, schooling and income; {tie.closes_yearly:.0%} close in "
            "a year."
        )
    said += _succession(recipe)
    if recipe.society.base:
        said.append(f"What it does not give itself is as in {recipe.society.base}.")
    return said


def _succession(recipe: Recipe) -> list[str]:
    """Turnover of lives in sentences."""
    turnover = recipe.turnover
    if turnover is None or not turnover.turns:
        how = "" if turnover is None else " unless turnover is switched on (scored run --turnover)"
        return [f"Nobody ages, dies, is born or moves during a run{how}."]
    a_year = households_a_year(recipe)
    return [
        "Lives turn over: the number of people is constant, and a seat goes from one life to "
        "another on a schedule of the seed that no scheme changes. Its first life is the person "
        "described here.",
        f"{a_year:.1%} of households give way to others in a year, where the recipe has fewer "
        "heads of the next age; so its ages hold in every month. This rate follows from "
        "kin.head_ages; the following are assumed.",
        f"{turnover.moves:.1%} of households move in a year; "
        + ", ".join(
            f"{rate:.2%} of those from {age} die"
            for age, rate in zip(turnover.ages, turnover.deaths, strict=True)
        )
        + ".",
        f"Heirs take over the savings of {turnover.heirs:.0%} of households that give way; "
        f"{turnover.schooling:.0%} of those born into a household have its head's rank in "
        "schooling.",
    ]


def households_a_year(recipe: Recipe) -> float:
    """Share of households that give way to others in a year, besides those that move."""
    rate = 0.0
    for region in recipe.region:
        weight = region.people / sum(one.people for one in recipe.region)
        for name, share in (("urban", region.urban), ("rural", 1 - region.urban)):
            sizes = getattr(recipe.household_sizes, name)
            for size, often in enumerate(sizes, 1):
                rows = [row for row in recipe.kin.structure if row.size == size]
                total = sum(getattr(row, name) for row in rows)
                rate += weight * share * often / sum(sizes) * sum(
                    getattr(row, name) / total
                    * float(flow(recipe.kin.head_ages[row.head], row.head).rate)
                    for row in rows
                )  # fmt: skip
    return rate


def regions(recipe: Recipe, drawn: Drawn) -> list[dict[str, Any]]:
    """Each region: its weight, urban share and income factor, and how many people were drawn."""
    found = np.bincount(drawn.seats.region[drawn.community], minlength=len(recipe.region))
    return [
        {
            "id": region.id,
            "title": region.title,
            "people": region.people,
            "urban": region.urban,
            "income": region.income,
            "drawn": int(count),
        }
        for region, count in zip(recipe.region, found, strict=True)
    ]


def _assumed(recipe: Recipe) -> list[dict[str, str]]:
    """Numbers without a source: table, key, and the table's note."""
    rows = []
    for name in type(recipe).model_fields:
        part = getattr(recipe, name)
        for place, section in enumerate(part if isinstance(part, list) else [part]):
            if isinstance(section, Sourced):
                label = f"{name}[{place}]" if isinstance(part, list) else name
                rows += [
                    {"table": label, "key": key, "note": section.note} for key in section.assumed
                ]
    return rows


def whole_graph(drawn: Drawn) -> Graph:
    """Household and slot ties of a drawn society."""
    pairs = np.concatenate([household_pairs(drawn), slot_ties(drawn)[:, :2]])
    return graph_of(pairs, drawn.people)


def network_of(drawn: Drawn) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Statistics of the network, and the two published circles beside what was made (V28)."""
    slots, house = slot_ties(drawn), household_pairs(drawn)
    graph = graph_of(np.concatenate([house, slots[:, :2]]), drawn.people)
    table = drawn.tables.slots[slots[:, 2]]
    kinds = {"household": 2 * len(house) / drawn.people}
    for kind, tie in enumerate(drawn.recipe.ties_in_order()):
        kinds[tie.kind] = 2 * int((table.kind == kind).sum()) / drawn.people
    close = 2 * (len(house) + int(table.is_close.sum())) / drawn.people
    everyone = 2 * graph.ties / drawn.people
    network = describe_graph(graph, drawn.k0, drawn.k1)
    network["close"] = close
    network |= {f"ties_{kind.replace(' ', '_')}": mean for kind, mean in kinds.items()}
    network |= {f"likeness_{name}": likeness(graph, drawn.trait(name)) for name in LIKE}
    return network, [
        circle("ties_close", "close ties", close, 4, 5, drawn.people),
        circle("ties_sympathy", "ties in all", everyone, 11, 15, drawn.people),
    ]


def describe_edges(
    path: str | Path, seed: int = DEFAULT_SEED, progress: Progress | None = None
) -> dict[str, Any]:
    """A loaded edge list as a whole: {clause, file, notes, network}; nothing by node."""
    loaded = load_edges(path, seed, progress)
    if progress:
        progress(f"describing {loaded.graph.ties:,} ties")
    return {
        "clause": CLAUSE,
        "file": str(path),
        "notes": list(loaded.notes),
        "network": describe_graph(loaded.graph, *key_of(seed)),
    }


def circle(id_: str, title: str, made: float, least: float, most: float, n: int) -> dict[str, Any]:
    """A published range of numbers of ties (O-N1, V28) beside the mean that was made."""
    return {
        "id": id_,
        "title": title,
        "unit": "ties",
        "published": (least + most) / 2,
        "made": made,
        "low": least,
        "high": most,
        "met": least <= made <= most,
        "n": n,
        "source": "O-N1, V28",
        "note": f"published: {least:g} to {most:g}; the range is the published one",
    }
