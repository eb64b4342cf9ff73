"""A recipe becomes integer tables, exactly: Decimal and Fraction only, no floating point."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from scoredsociety.document.shape import Misplaced
from scoredsociety.fixed import ONE, Ints, decimal, log2_units, probability
from scoredsociety.society import places as p
from scoredsociety.society.tables import COARSE_INTERNET, SocietyTables
from scoredsociety.society.ties.days import AT_SCHOOL, IN_WORK
from scoredsociety.society.ties.tie_slots import SEEN_SHIFT

if TYPE_CHECKING:
    from scoredsociety.society.recipes.parts import Tie
    from scoredsociety.society.recipes.recipe import Recipe

KNOTS = 257
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
DECILES = [Fraction(10 * k) for k in range(11)]


def exact(value: float | int) -> Fraction:
    """The fraction that was written."""
    return Fraction(decimal(value))


def cumulative(shares: Sequence[float], where: str) -> list[int]:
    """Cumulative thresholds of shares that add up to 1 (within 0.5 %; made to fit)."""
    parts = [exact(share) for share in shares]
    total = sum(parts, Fraction(0))
    if abs(total - 1) > Fraction(5, 1000):
        raise Misplaced.at(where, f"shares add up to {float(total):.4f}, not 1")
    out, running = [], Fraction(0)
    for part in parts:
        running += part
        out.append(round(running / total * ONE))
    return out


def knots(at: Sequence[Fraction], values: Sequence[Fraction], where: str) -> list[int]:
    """A quantile table: 257 values x 256 from values at rising percents 0 to 100."""
    if len(at) != len(values):
        raise Misplaced.at(where, f"{len(values)} values for {len(at)} percents")
    if at[0] != 0 or at[-1] != 100 or any(a >= b for a, b in zip(at, at[1:], strict=False)):
        raise Misplaced.at(where, "percents must rise from 0 to 100")
    if any(a > b for a, b in zip(values, values[1:], strict=False)):
        raise Misplaced.at(where, "quantiles must not fall")
    # whole numbers over common denominators: exact as fractions are, and forty times faster
    scale = lcm(*(percent.denominator for percent in at)) * (KNOTS - 1)
    places = [int(percent * scale) for percent in at]
    unit = lcm(*(value.denominator for value in values))
    heights = [int(value * unit) for value in values]
    out: list[int] = []
    k = 0
    for knot in range(KNOTS):
        here = 100 * knot * (scale // (KNOTS - 1))
        while k < len(at) - 2 and here > places[k + 1]:
            k += 1
        width = places[k + 1] - places[k]
        rise = (heights[k + 1] - heights[k]) * (here - places[k])
        out.append(nearest((heights[k] * width + rise) * 256, width * unit))
    return out


def nearest(above: int, below: int) -> int:
    """The whole number nearest to ``above / below`` (positive), a half to the even one."""
    whole, rest = divmod(above, below)
    return whole + (2 * rest > below or (2 * rest == below and whole % 2 == 1))


def deciles(values: Sequence[float], where: str) -> list[int]:
    """A quantile table of eleven values at 0, 10, ... 100 percent."""
    return knots(DECILES, [exact(v) for v in values], where)


class Pool:
    """Tables laid one after another, and the place of each."""

    def __init__(self) -> None:
        self.values = [0] * p.PARAMS + list(p.stream_numbers())
        self.params = [0] * p.PARAMS

    def put(self, place: int, values: Sequence[int]) -> None:
        self.params[place] = len(self.values)
        self.values.extend(values)


@cache
def _yuan() -> tuple[int, ...]:
    """Yuan a year per head of every income that a person can have."""
    return tuple(
        round(INCOME_LOW * Decimal(2) ** (Decimal(k * INCOME_STEP) / 1024)) for k in range(256)
    )


def compile_recipe(recipe: Recipe) -> SocietyTables:
    """The tables of a recipe (layout in tables.py and places.py)."""
    from scoredsociety.society.recipes.turnover import put_turnover

    pool = Pool()
    put_households(pool, recipe)
    put_income(pool, recipe)
    put_schooling(pool, recipe)
    put_online(pool, recipe)
    put_credit(pool, recipe)
    put_habits(pool, recipe)
    slots = put_ties(pool, recipe)
    put_turnover(pool, recipe.turnover, recipe.kin)
    pool.values[: p.PARAMS] = pool.params
    return SocietyTables(
        np.array(pool.params, dtype=np.int64),
        np.array(pool.values, dtype=np.int64),
        np.array(_yuan(), dtype=np.int64),
        slots,
        np.array(p.stream_numbers(), dtype=np.int64),
    )


def put_households(pool: Pool, recipe: Recipe) -> None:
    """Household sizes, compositions and the gaps between generations."""
    sizes, kin = recipe.household_sizes, recipe.kin
    pool.put(
        p.P_SIZES,
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
    pool.put(p.P_STRUCTURE_OF_SIZE, index)
    pool.put(p.P_STRUCTURES, [value for row in rows for value in row])
    pool.put(p.P_BIRTH, deciles(kin.birth, "kin.birth"))
    pool.put(p.P_SPOUSE_GAP, deciles(kin.spouse_gap, "kin.spouse_gap"))
    pool.put(p.P_PARENT_GAP, deciles(kin.parent_gap, "kin.parent_gap"))
    pool.put(p.P_MALE, [probability(decimal(share)) for share in kin.male])


def put_income(pool: Pool, recipe: Recipe) -> None:
    """Income quantiles in log2, the regions' factors, and the edges of the society's fifths."""
    from scoredsociety.society.recipes.mixture import fifth_edges

    income = recipe.income
    at = [exact(percent) for percent in income.at]
    tables = [
        knots(at, [Fraction(log2_units(decimal(v))) for v in values], f"income.{name}")
        for name, values in (("rural", income.rural), ("urban", income.urban))
    ]
    regions = [log2_units(decimal(region.income)) for region in recipe.region]
    pool.put(p.P_INCOME, tables[0] + tables[1])
    pool.put(p.P_REGIONS, regions)
    pool.params[p.P_INCOME_LOW] = log2_units(INCOME_LOW)
    pool.params[p.P_INCOME_STEP] = INCOME_STEP
    pool.put(p.P_FIFTHS, fifth_edges(recipe, tables, regions))


def put_schooling(pool: Pool, recipe: Recipe) -> None:
    """Schooling and hukou; work, firms, the Party."""
    schooling, work = recipe.schooling, recipe.work
    rows: list[int] = []
    for name, table in (("rural", schooling.rural), ("urban", schooling.urban)):
        if len(table) != 5:
            raise Misplaced.at(f"schooling.{name}", f"five cohorts, not {len(table)}")
        for row in table:
            rows += cumulative(row, f"schooling.{name}")
    pool.put(p.P_SCHOOLING, rows)
    pool.params[p.P_SCHOOLING_LIKE] = probability(decimal(schooling.like))
    pool.put(p.P_HUKOU, [probability(decimal(share)) for share in schooling.hukou])
    rows = []
    for name, table in (("rural", work.rural), ("urban", work.urban)):
        if len(table) != 8:
            message = f"4 age bands x 2 of schooling, not {len(table)} rows"
            raise Misplaced.at(f"work.{name}", message)
        for row in table:
            rows += cumulative(row, f"work.{name}")
    pool.put(p.P_WORK, rows)
    pool.put(p.P_FIRM, [probability(decimal(share)) for share in work.firm])
    pool.put(p.P_PARTY, [probability(decimal(share)) for share in work.party])


def put_online(pool: Pool, recipe: Recipe) -> None:
    """Internet, accounts, mobile payment, real names."""
    online = recipe.online
    both = online.internet_rural + online.internet_urban
    pool.put(p.P_INTERNET, [probability(decimal(share)) for share in both])
    pool.params[p.P_INTERNET_LIKE] = probability(decimal(online.like))
    both = online.account_rural + online.account_urban
    pool.put(p.P_ACCOUNT, [probability(decimal(share)) for share in both])
    pool.params[p.P_ACCOUNT_AGE] = online.account_age
    pool.params[p.P_MOBILE] = probability(decimal(online.mobile))
    pool.params[p.P_REAL_NAME] = probability(decimal(online.real_name))


def put_credit(pool: Pool, recipe: Recipe) -> None:
    """Credit files, loans, debt, savings."""
    credit = recipe.credit
    both = credit.file_rural + credit.file_urban
    pool.put(p.P_FILE, [probability(decimal(share)) for share in both])
    pool.put(p.P_FILE_YEARS, deciles(credit.file_years, "credit.file_years"))
    pool.put(p.P_LOAN, [probability(decimal(share)) for share in credit.loan])
    pool.put(
        p.P_DEBT,
        cumulative(credit.debt_without_loan, "credit.debt_without_loan")
        + cumulative(credit.debt_with_loan, "credit.debt_with_loan"),
    )
    if len(credit.savings) != 5:
        raise Misplaced.at("credit.savings", f"five income fifths, not {len(credit.savings)}")
    pool.put(p.P_SAVINGS, [v for row in credit.savings for v in cumulative(row, "credit.savings")])


def put_habits(pool: Pool, recipe: Recipe) -> None:
    """Driving, games, dispositions, opinion, frailty."""
    habits = recipe.habits
    rows = habits.drives_rural + habits.drives_urban
    if [len(row) for row in rows] != [4] * 4:
        raise Misplaced.at("habits.drives_*", "two rows (male, female) of four age bands")
    pool.put(p.P_DRIVES, [probability(decimal(share)) for row in rows for share in row])
    games = habits.games_male + habits.games_female
    if len(games) != 10:
        raise Misplaced.at("habits.games_*", "five age bands of eleven deciles")
    pool.put(p.P_GAMES, [v for row in games for v in deciles(row, "habits.games")])
    pool.put(p.P_DISPOSITION, cumulative(habits.disposition, "habits.disposition"))
    pool.put(p.P_OPINION, cumulative(habits.opinion, "habits.opinion"))
    pool.put(p.P_FRAILTY, cumulative(habits.frailty, "habits.frailty"))
    pool.put(p.P_FRAILTY_STEP, cumulative(habits.domain_step, "habits.domain_step"))


def put_ties(pool: Pool, recipe: Recipe) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Likeness tables by kind of tie; the slots (slots, SLOT_FIELDS)."""
    table: list[int] = []
    slots: list[list[int]] = []
    for kind, tie in enumerate(recipe.ties_in_order()):  # neighbours have slots 0, 1, ...
        table += likeness_table(tie)
        online = NEEDS["online"] if tie.needs_internet else 0
        for k in range(tie.slots):
            of_set, mask = FAMILY_SLOTS[k] if tie.layer == "kin" else (0, k + 1)
            slots.append(
                [
                    LAYERS[tie.layer],
                    kind,
                    NEEDS.get(tie.layer, 0) | online,
                    probability(decimal(tie.closes_yearly)),
                    int(k < tie.close),
                    len(slots),
                    p.COMPUTED,
                    p.BY_SOCIETY if tie.far else REACHES[tie.layer],
                    of_set,
                    mask,
                ]
            )
    pool.put(p.P_LIKENESS, table)
    put_places(pool, recipe, slots)
    return np.array(slots, dtype=np.int64)


def put_places(pool: Pool, recipe: Recipe, slots: list[list[int]]) -> None:
    """What families and days go by, and which slots lead to places in them."""
    kin = recipe.kin
    pool.put(p.P_ELSEWHERE, cumulative(kin.elsewhere, "kin.elsewhere"))
    pool.params[p.P_FITS] = kin.fits
    rows = [k for k, slot in enumerate(slots) if slot[p.S_REACH] in (p.BY_FAMILY, p.BY_DAY)]
    pool.params[p.P_ROWS], pool.params[p.P_ROWS_END] = (rows[0], rows[-1] + 1) if rows else (0, 0)
    pool.params[p.P_RELATED], pool.params[p.P_MATES] = places_led_to(np.array(slots))


def places_led_to(slots: Ints) -> tuple[int, int]:
    """Which places of a family and of the day slots (slots, SLOT_FIELDS) lead to, as bits."""
    found = []
    for reach in (p.BY_FAMILY, p.BY_DAY):
        rows = slots[slots[:, p.S_REACH] == reach].tolist()
        found.append(sum({1 << (4 * row[p.S_SET] + row[p.S_MASK]) for row in rows}))
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
