"""No person in disguise: a recipe's own tables may not be so fine that a cell is somebody.

A recipe of the user's own is refused where a joint cell holds fewer than 50 expected people (or
households), or where a rate on a joint cell is exactly 0 or 1 (design, section 1). Regions of
under 1,000 people are refused by the recipe's model. Tables taken over from a base are about
the base's people and are not checked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from scoredsociety.document.shape import Finding
from scoredsociety.society.recipes.fields import RecipeFields
from scoredsociety.society.recipes.quantiles import exact

FEWEST = 50
LIFE = 80  # years over which ages are taken as even when cells are counted (assumed)
COHORTS = [Fraction(w, LIFE) for w in (3, 12, 15, 15, 20)]
WORK = [Fraction(w, LIFE) for w in (9, 20, 15, 20)]
ONLINE = [Fraction(w, LIFE) for w in (6, 12, 12, 15, 15, 15, 5)]
DRIVERS = [Fraction(w, LIFE) for w in (12, 15, 15, 20)]
PERSONS_A_HOUSEHOLD = 3


class Cell(NamedTuple):
    """A joint cell: the table and place it stands at, its share of people, a rate or None."""

    section: str
    where: str
    share: Fraction
    rate: Fraction | None


def _parts(recipe: RecipeFields) -> dict[str, Fraction]:
    """Shares of all people that live in rural and in urban communities."""
    people = sum(region.people for region in recipe.region)
    urban = sum((region.people * exact(region.urban) for region in recipe.region), Fraction(0))
    return {"rural": 1 - urban / people, "urban": urban / people}


def cells(recipe: RecipeFields) -> Iterator[Cell]:
    """Every joint cell of the tables of a recipe."""
    for name, weight in _parts(recipe).items():
        yield from person_cells(recipe, name, weight)
        yield from household_cells(recipe, name, weight)


def person_cells(recipe: RecipeFields, name: str, weight: Fraction) -> Iterator[Cell]:
    """Cells of tables about persons, of the rural or the urban part."""
    online, credit, habits = recipe.online, recipe.credit, recipe.habits
    for band, rate in enumerate(getattr(online, f"internet_{name}")):
        where = f"internet_{name}[{band}]"
        yield Cell("online", where, weight * ONLINE[band], exact(rate))
    for fifth, rate in enumerate(getattr(online, f"account_{name}")):
        yield Cell("online", f"account_{name}[{fifth}]", weight / 5, exact(rate))
    for fifth, rate in enumerate(getattr(credit, f"file_{name}")):
        yield Cell("credit", f"file_{name}[{fifth}]", weight / 5, exact(rate))
    for sex, row in enumerate(getattr(habits, f"drives_{name}")):
        for band, rate in enumerate(row):
            where = f"drives_{name}[{sex}][{band}]"
            yield Cell("habits", where, weight * DRIVERS[band] / 2, exact(rate))
    for cohort, row in enumerate(getattr(recipe.schooling, name)):
        for level, rate in enumerate(row):
            share = weight * COHORTS[cohort] * exact(rate)
            yield Cell("schooling", f"{name}[{cohort}][{level}]", share, exact(rate))
    for place, row in enumerate(getattr(recipe.work, name)):
        for kind, rate in enumerate(row):
            share = weight * WORK[place // 2] / 2 * exact(rate)
            yield Cell("work", f"{name}[{place}][{kind}]", share, exact(rate))


def household_cells(recipe: RecipeFields, name: str, weight: Fraction) -> Iterator[Cell]:
    """Cells of household sizes by composition."""
    sizes = getattr(recipe.household_sizes, name)
    for size, share in enumerate(sizes, 1):
        rows = [row for row in recipe.kin.structure if row.size == size]
        for row in rows:
            rate = exact(getattr(row, name))
            within = weight / PERSONS_A_HOUSEHOLD * exact(share) * rate
            only = len(rows) == 1
            where = f"structure of size {size} ({row.head}), {name}"
            yield Cell("kin", where, within, None if only else rate)


def disguised(recipe: RecipeFields, own: set[str]) -> list[Finding]:
    """Cells of the recipe's ``own`` tables that may be a person; empty where there is none."""
    people = sum(region.people for region in recipe.region)
    found: list[Finding] = []
    for cell in cells(recipe):
        if cell.section not in own or cell.share == 0 and cell.rate is None:
            continue
        key, bracket, rest = cell.where.partition("[")
        path = (cell.section, key.split(" ")[0])
        where = bracket + rest if bracket else cell.where
        count = float(cell.share * people)
        if cell.rate is not None and cell.rate in (0, 1):
            message = (
                f"{where} is exactly {int(cell.rate)}: a rate that holds for nobody or everybody "
                "in a joint cell tells who they are"
            )
            found.append((path, message, "use 0.001 or 0.999"))
        elif 0 < count < FEWEST:
            message = (
                f"{where} is a cell of about {count:.0f} people; under {FEWEST} it may be "
                "somebody in disguise"
            )
            found.append((path, message, "merge cells or take the base's table"))
    return found
