"""A recipe becomes integer tables, exactly: Decimal and Fraction only, no floating point."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from scoredsociety.columns import NamedRow
from scoredsociety.document.shape import Misplaced
from scoredsociety.fixed import decimal, log2_units, probability
from scoredsociety.society import places as p
from scoredsociety.society.recipes.fields import RecipeFields
from scoredsociety.society.recipes.mixture import fifth_edges
from scoredsociety.society.recipes.pool_maker import PoolMaker
from scoredsociety.society.recipes.quantiles import cumulative, deciles, exact, knots
from scoredsociety.society.recipes.turnover import put_turnover
from scoredsociety.society.tables import COARSE_INTERNET, SocietyTables
from scoredsociety.society.ties.days import AT_SCHOOL, IN_WORK
from scoredsociety.society.ties.tie_state import SEEN_SHIFT

if TYPE_CHECKING:
    from scoredsociety.society.recipes.parts import Tie

INCOME_LOW = 512  # yuan a year of income code 0
INCOME_STEP = 44  # 1/1024 octaves a code: 3.0 %; code 255 is about 1.0 m
LAYERS = {
    "neighbours": p.NEIGHBOURS, "friends": p.FRIENDS, "online": p.ONLINE,
    "kin": p.KIN, "work": p.WORK, "school": p.SCHOOL,
}  # fmt: skip
REACHES = {"neighbours": p.BY_GROUP, "friends": p.BY_COMMUNITY, "online": p.BY_SOCIETY,
           "kin": p.BY_FAMILY, "work": p.BY_DAY, "school": p.BY_DAY}  # fmt: skip
NEEDS = {"online": 1 << COARSE_INTERNET, "work": IN_WORK << SEEN_SHIFT,
         "school": AT_SCHOOL << SEEN_SHIFT}  # fmt: skip
FAMILY_SLOTS = (  # (set of families, mask): parents and children, then brothers and sisters
    (0, 2), (1, 2), (0, 3), (1, 3), (0, 1), (1, 1),
)  # fmt: skip


@cache
def _yuan() -> tuple[int, ...]:
    """Yuan a year per head of every income that a person can have."""
    return tuple(
        round(INCOME_LOW * Decimal(2) ** (Decimal(k * INCOME_STEP) / 1024)) for k in range(256)
    )


def compile_recipe(recipe: RecipeFields) -> SocietyTables:
    """The tables of a recipe (layout in tables.py and places.py)."""
    pool = PoolMaker()
    put_households(pool, recipe)
    put_income(pool, recipe)
    put_schooling(pool, recipe)
    put_online(pool, recipe)
    put_credit(pool, recipe)
    put_habits(pool, recipe)
    slots = put_ties(pool, recipe)
    put_turnover(pool, recipe.turnover, recipe.kin)
    return SocietyTables(pool.compiled(), np.array(_yuan(), dtype=np.int64), slots)


def put_households(pool: PoolMaker, recipe: RecipeFields) -> None:
    """Household sizes, compositions and the gaps between generations."""
    sizes, kin = recipe.household_sizes, recipe.kin
    pool.put(
        "sizes",
        cumulative(sizes.rural, "household_sizes.rural")
        + cumulative(sizes.urban, "household_sizes.urban"),
    )
    heads = {}
    for name, values in kin.head_ages.items():
        heads[name] = len(pool.values)
        pool.values.extend(deciles(values, f"kin.head_ages.{name}"))
    index = [0, 0]
    rows: list[list[int]] = []
    for size in range(1, 11):
        found = [s for s in kin.structure if s.size == size]
        if not found:
            raise Misplaced.at("kin.structure", f"no composition of households of {size}")
        rural = cumulative([s.rural for s in found], f"kin.structure of size {size}, rural")
        urban = cumulative([s.urban for s in found], f"kin.structure of size {size}, urban")
        index += [len(rows), len(found)]
        for s, r, u in zip(found, rural, urban, strict=True):
            if s.head not in heads:
                raise Misplaced.at(f"kin.structure of size {size}", f"no head_ages.{s.head}")
            rows.append([r, u, s.spouse, s.children, s.parents, s.others, heads[s.head]])
    pool.put("structure_of_size", index)
    pool.put("structures", [value for row in rows for value in row])
    pool.put("birth", deciles(kin.birth, "kin.birth"))
    pool.put("spouse_gap", deciles(kin.spouse_gap, "kin.spouse_gap"))
    pool.put("parent_gap", deciles(kin.parent_gap, "kin.parent_gap"))
    pool.put("male", [probability(decimal(share)) for share in kin.male])


def put_income(pool: PoolMaker, recipe: RecipeFields) -> None:
    """Income quantiles in log2, the regions' factors, and the edges of the society's fifths."""
    income = recipe.income
    at = [exact(percent) for percent in income.at]
    tables = [
        knots(at, [Fraction(log2_units(decimal(v))) for v in values], f"income.{name}")
        for name, values in (("rural", income.rural), ("urban", income.urban))
    ]
    regions = [log2_units(decimal(region.income)) for region in recipe.region]
    pool.put("income", tables[0] + tables[1])
    pool.put("regions", regions)
    pool.params.income_low = log2_units(INCOME_LOW)
    pool.params.income_step = INCOME_STEP
    pool.put("fifths", fifth_edges(recipe, tables, regions))


def put_schooling(pool: PoolMaker, recipe: RecipeFields) -> None:
    """Schooling and hukou; work, firms, the Party."""
    schooling, work = recipe.schooling, recipe.work
    rows: list[int] = []
    for name, table in (("rural", schooling.rural), ("urban", schooling.urban)):
        if len(table) != 5:
            raise Misplaced.at(f"schooling.{name}", f"five cohorts, not {len(table)}")
        for row in table:
            rows += cumulative(row, f"schooling.{name}")
    pool.put("schooling", rows)
    pool.params.schooling_like = probability(decimal(schooling.like))
    pool.put("hukou", [probability(decimal(share)) for share in schooling.hukou])
    rows = []
    for name, table in (("rural", work.rural), ("urban", work.urban)):
        if len(table) != 8:
            message = f"4 age bands x 2 of schooling, not {len(table)} rows"
            raise Misplaced.at(f"work.{name}", message)
        for row in table:
            rows += cumulative(row, f"work.{name}")
    pool.put("work", rows)
    pool.put("firm", [probability(decimal(share)) for share in work.firm])
    pool.put("party", [probability(decimal(share)) for share in work.party])


def put_online(pool: PoolMaker, recipe: RecipeFields) -> None:
    """Internet, accounts, mobile payment, real names."""
    online = recipe.online
    both = online.internet_rural + online.internet_urban
    pool.put("internet", [probability(decimal(share)) for share in both])
    pool.params.internet_like = probability(decimal(online.like))
    both = online.account_rural + online.account_urban
    pool.put("account", [probability(decimal(share)) for share in both])
    pool.params.account_age = online.account_age
    pool.params.mobile = probability(decimal(online.mobile))
    pool.params.real_name = probability(decimal(online.real_name))


def put_credit(pool: PoolMaker, recipe: RecipeFields) -> None:
    """Credit files, loans, debt, savings."""
    credit = recipe.credit
    both = credit.file_rural + credit.file_urban
    pool.put("credit_file", [probability(decimal(share)) for share in both])
    pool.put("file_years", deciles(credit.file_years, "credit.file_years"))
    pool.put("loan", [probability(decimal(share)) for share in credit.loan])
    pool.put(
        "debt",
        cumulative(credit.debt_without_loan, "credit.debt_without_loan")
        + cumulative(credit.debt_with_loan, "credit.debt_with_loan"),
    )
    if len(credit.savings) != 5:
        raise Misplaced.at("credit.savings", f"five income fifths, not {len(credit.savings)}")
    pool.put("savings", [v for row in credit.savings for v in cumulative(row, "credit.savings")])


def put_habits(pool: PoolMaker, recipe: RecipeFields) -> None:
    """Driving, games, dispositions, opinion, frailty."""
    habits = recipe.habits
    rows = habits.drives_rural + habits.drives_urban
    if [len(row) for row in rows] != [4] * 4:
        raise Misplaced.at("habits.drives_*", "two rows (male, female) of four age bands")
    pool.put("drives", [probability(decimal(share)) for row in rows for share in row])
    games = habits.games_male + habits.games_female
    if len(games) != 10:
        raise Misplaced.at("habits.games_*", "five age bands of eleven deciles")
    pool.put("games", [v for row in games for v in deciles(row, "habits.games")])
    pool.put("disposition", cumulative(habits.disposition, "habits.disposition"))
    pool.put("opinion", cumulative(habits.opinion, "habits.opinion"))
    pool.put("frailty", cumulative(habits.frailty, "habits.frailty"))
    pool.put("frailty_step", cumulative(habits.domain_step, "habits.domain_step"))


def put_ties(pool: PoolMaker, recipe: RecipeFields) -> p.SlotColumns:
    """Likeness tables by kind of tie; the slots."""
    table: list[int] = []
    rows: list[NamedRow] = []
    for kind, tie in enumerate(recipe.ties_in_order()):  # neighbours have slots 0, 1, ...
        table += likeness_table(tie)
        online = NEEDS["online"] if tie.needs_internet else 0
        for k in range(tie.slots):
            of_set, mask = FAMILY_SLOTS[k] if tie.layer == "kin" else (0, k + 1)
            rows.append(
                p.SlotColumns.blank(
                    layer=LAYERS[tie.layer],
                    kind=kind,
                    needs=NEEDS.get(tie.layer, 0) | online,
                    closes=probability(decimal(tie.closes_yearly)),
                    is_close=int(k < tie.close),
                    label=len(rows),
                    renews=p.COMPUTED,
                    reach=p.BY_SOCIETY if tie.far else REACHES[tie.layer],
                    of_set=of_set,
                    mask=mask,
                )
            )
    slots = p.SlotColumns.of(rows)
    pool.put("likeness", table)
    put_places(pool, recipe, slots)
    return slots


def put_places(pool: PoolMaker, recipe: RecipeFields, slots: p.SlotColumns) -> None:
    """What families and days go by, and which slots lead to places in them."""
    kin = recipe.kin
    pool.put("elsewhere", cumulative(kin.elsewhere, "kin.elsewhere"))
    pool.params.age_fits = kin.fits
    rows = [k for k, slot in enumerate(slots) if slot.reach in (p.BY_FAMILY, p.BY_DAY)]
    if rows:
        pool.params.first_place_slot, pool.params.last_place_slot = rows[0], rows[-1] + 1
    pool.params.related, pool.params.mates = places_led_to(slots)


def places_led_to(slots: p.SlotColumns) -> tuple[int, int]:
    """Which places of a family and of the day slots lead to, as bits."""
    found = []
    for reach in (p.BY_FAMILY, p.BY_DAY):
        rows = slots[slots.reach == reach]
        found.append(sum({1 << (4 * row.of_set + row.mask) for row in rows}))
    return found[0], found[1]


def likeness_table(tie: Tie) -> list[int]:
    """Thresholds of an open tie by age difference, urban unlike, schooling and income."""
    return [
        probability(decimal(tie.open) * decimal(a) * decimal(u) * decimal(s) * decimal(i))
        for a in tie.age
        for u in (1.0, tie.urban_unlike)
        for s in tie.schooling
        for i in tie.income
    ]
