"""Random small worlds: conduct and scheme tables built directly as integers.

A world is a function of a few numbers that hypothesis draws, among them which mechanisms occur,
so that a failing world shrinks to few people, few months and few mechanisms. Rates are high, so
that in some months everything happens. Nothing here is a society that anybody claims to exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np
from hypothesis import strategies as st

from scoredsociety.conduct import tables as c
from scoredsociety.conduct.tables import ConductTables
from scoredsociety.engine.inputs import Inputs
from scoredsociety.fixed import NEVER, ONE, UNIT, Ints
from scoredsociety.scheme import tables as t
from scoredsociety.scheme.tables import SchemeTables
from scoredsociety.society.people.seats import place as place_people
from scoredsociety.society.recipes.recipe import Recipe, load_society
from scoredsociety.society.tables import (
    AGE,
    FILE_YEARS,
    HOUSEHOLD_SIZE,
    INCOME_FIFTH,
    INTERNET,
    LOAN,
    SCHOOLING,
    SEX,
    TRAIT_HIGHEST,
    TRAITS,
    SocietyTables,
)

MECHANISMS = (
    "episodes", "effects", "errors", "amounts", "double", "caps", "brackets", "heaviest",
    "direct", "suspended", "correction", "spill", "lists", "standing", "traits", "peers",
    "weighted", "every", "resets", "opt_in", "subjects", "windows", "memory", "versions",
    "consequences", "several", "consent", "clustered", "likeness", "stale", "twice", "ranks",
    "terms", "partners", "ratings", "turnover", "within", "ranked_rules", "leaders", "others",
    "trust", "persons", "resting", "stakes",
)  # fmt: skip
LATEST = ("within", "ranked_rules", "leaders", "others", "trust", "persons",
          "resting", "stakes")  # fmt: skip
# none of the latest in a storm
ORIGIN = 420 * 12  # January 2020
SOME_TRAITS = (AGE, SEX, SCHOOLING, INCOME_FIFTH, INTERNET, LOAN, HOUSEHOLD_SIZE, FILE_YEARS)


@dataclass(frozen=True)
class Plan:
    """What hypothesis draws."""

    seed: int
    people: int
    months: int
    begins: int  # month of the year
    mechanisms: frozenset[str]


def plans(people: tuple[int, int] = (60, 300), months: tuple[int, int] = (2, 14)) -> (
    st.SearchStrategy[Plan]
):
    """Worlds with every mechanism, or with some."""
    some = st.frozensets(st.sampled_from(MECHANISMS), min_size=4)
    return st.builds(
        Plan,
        seed=st.integers(0, 2**32),
        people=st.integers(*people),
        months=st.integers(*months),
        begins=st.integers(0, 11),
        mechanisms=st.one_of(st.just(frozenset(MECHANISMS)), some),
    )


@cache
def small_recipe() -> Recipe:
    """The county with communities of 64 seats."""
    recipe = load_society("county")
    head = recipe.society.model_copy(update={"community_size": 64})
    return recipe.model_copy(update={"society": head})


@cache
def small_society() -> SocietyTables:
    """Its tables."""
    return small_recipe().compile()


@cache
def hurried_society() -> SocietyTables:
    """The same with lives that end within years, so that months see every kind of newcomer."""
    recipe = small_recipe()
    assert recipe.turnover is not None
    hurried = {"on": True, "deaths": [0.4] * len(recipe.turnover.ages), "moves": 0.4}
    turnover = recipe.turnover.model_copy(update=hurried)
    return recipe.model_copy(update={"turnover": turnover}).compile()


def table(rows: list[list[int]], width: int) -> Ints:
    """A table of integers, of the right width also when it is empty."""
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


class Maker:
    """Draws the tables of one world from a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.random = plan, Random(plan.seed)
        self.more = Random(plan.seed + 5)  # of mechanisms that came later
        self.whom = Random(plan.seed + 6)  # of whom consequences are for

    def has(self, mechanism: str, of: int = 100) -> bool:
        """Whether a mechanism occurs here (``of`` times in 100 where the plan has it)."""
        chance = self.random.randrange(100) < of
        return chance and mechanism in self.plan.mechanisms

    def also(self, mechanism: str, of: int = 100) -> bool:
        """As ``has``, for a mechanism that came later: what was drawn before stays as it was."""
        return self.more.randrange(100) < of and mechanism in self.plan.mechanisms

    def threshold(self, low: float = 0, high: float = 1) -> int:
        """A probability as a threshold."""
        return int(self.random.uniform(low, high) * ONE)

    # conduct

    def conduct(self) -> ConductTables:
        """Acts, sources and envelopes."""
        envelopes, acts = self.random.randint(1, 2), self.random.randint(4, 8)
        self.effects: list[list[int]] = []
        self.effect_values: list[int] = []
        self.amounts: list[list[int]] = []
        self.act_sources: list[int] = []
        self.sources = self.random.randint(2, 4)
        rows = [self.act(act, acts) for act in range(acts)]
        seen = [self.source(place) for place in range(self.sources)]
        clustered = self.has("clustered")
        filing = [self.filing(clustered) for _ in range(self.sources)]
        for row, errs in zip(seen, filing, strict=True):
            row[c.O_SLIPS] = int(
                bool(row[c.O_DEVICE]) or any(one[c.F_STALE] or one[c.F_DUPLICATED] for one in errs)
            )
        return ConductTables(
            envelopes=table([[self.random.getrandbits(32)] for _ in range(envelopes)], 1),
            counts=np.array(
                [
                    [sorted(self.threshold() for _ in range(7)) for _ in range(16)]
                    for _ in range(envelopes)
                ],
                dtype=np.int64,
            ),
            cells=np.array(
                [[self.cell(acts) for _ in range(4096)] for _ in range(envelopes)], dtype=np.int64
            ),
            acts=table(rows, c.ACT_FIELDS),
            effects=table(self.effects, 3),
            effect_values=np.array(self.effect_values, dtype=np.int64),
            amounts=table(self.amounts, 2),
            act_sources=np.array(self.act_sources, dtype=np.int64),
            sources=table(seen, c.SOURCE_FIELDS),
            filing=np.array(filing, dtype=np.int64),
            false=table([self.by_class(clustered) for _ in range(acts)], c.PRONE_CLASSES),
            errors=np.array(
                [int(clustered), int(any(row[c.O_DEVICE] for row in seen))], dtype=np.int64
            ),
        )

    def cell(self, acts: int) -> int:
        """A cell: nothing, an act, or a false record of one."""
        if self.random.random() < 0.2:
            return -1
        act = self.random.randrange(acts)
        return 2 * act + int("errors" in self.plan.mechanisms and self.random.random() < 0.2)

    def some_effects(self) -> tuple[int, int]:
        """First row and number of rows of a few effects."""
        first = len(self.effects)
        for _ in range(self.random.randrange(3) if self.has("effects") else 0):
            trait = self.random.choice(SOME_TRAITS)
            values = [self.random.randint(-2000, 600) for _ in range(self.random.randint(1, 5))]
            if self.random.random() < 0.2:
                values[0] = NEVER
            self.effects.append([trait, len(self.effect_values), len(values)])
            self.effect_values += values
        return first, len(self.effects) - first

    def act(self, act: int, acts: int) -> list[int]:
        """One act."""
        row = [0] * c.ACT_FIELDS
        row[c.A_BASE] = self.random.randint(-1500, 100)
        row[c.A_EFFECTS], row[c.A_EFFECT_COUNT] = self.some_effects()
        row[c.A_STREAM] = self.random.getrandbits(32)
        row[c.A_AMOUNTS] = len(self.amounts)
        if self.has("amounts", 60):
            count = self.random.randint(1, 4)
            edges = sorted(self.threshold() for _ in range(count))
            if self.random.random() < 0.7:
                edges[-1] = ONE
            self.amounts += [[edge, self.random.randint(0, 12)] for edge in edges]
            row[c.A_AMOUNT_COUNT] = count
        row[c.A_PROTECTED] = int(self.random.random() < 0.3)
        row[c.A_EPISODE] = row[c.A_ENDS_WITH] = -1
        if act < 8 and self.has("episodes", 50):
            row[c.A_EPISODE] = act
            row[c.A_STAY] = self.threshold(0.2, 0.9)
            row[c.A_REPEATS] = self.random.randrange(2)
            row[c.A_ENDS_WITH] = self.random.randrange(-1, acts)
        chosen = self.random.sample(range(self.sources), self.random.randint(0, self.sources))
        row[c.A_SOURCES], row[c.A_SOURCE_COUNT] = len(self.act_sources), len(chosen)
        self.act_sources += chosen
        return row

    def by_class(self, clustered: bool, low: float = 0, high: float = 1) -> list[int]:
        """A threshold for each class of proneness to errors."""
        if not clustered:
            return [self.threshold(low, high)] * c.PRONE_CLASSES
        return [self.threshold(low, high) for _ in range(c.PRONE_CLASSES)]

    def source(self, place: int) -> list[int]:
        """One source."""
        row = [0] * c.SOURCE_FIELDS
        row[c.O_STREAM] = self.random.getrandbits(32)
        row[c.O_EFFECTS], row[c.O_EFFECT_COUNT] = self.some_effects()
        row[c.O_KIND] = place
        if self.has("likeness", 70):
            edges = sorted(self.threshold() for _ in range(3))
            row[c.O_HOMONYM], row[c.O_HOUSEHOLD], row[c.O_DEVICE] = edges
        self.consent(row)
        return row

    def consent(self, row: list[int]) -> None:
        """Whether it asks first: a luck of its own, so that nothing else is drawn anew."""
        random = Random(row[c.O_STREAM])
        if "consent" in self.plan.mechanisms and random.random() < 0.4:
            row[c.O_CONSENT], row[c.O_CONSENT_SHARE] = 1, random.randint(-2000, 0)
            row[c.O_CONSENT_EFFECTS] = row[c.O_EFFECTS]
            row[c.O_CONSENT_EFFECT_COUNT] = row[c.O_EFFECT_COUNT]

    def filing(self, clustered: bool) -> list[list[int]]:
        """How one source errs, by class of proneness."""
        rows = []
        errs, stale, twice = self.has("errors"), self.has("stale", 70), self.has("twice", 70)
        for _ in range(c.PRONE_CLASSES if clustered else 1):
            row = [0] * c.FILING_FIELDS
            row[c.F_COVERAGE] = self.random.randint(-1000, 50)
            if errs:
                late = sorted((self.threshold(0, 0.6) for _ in range(3)), reverse=True)
                row[c.F_LATE1], row[c.F_LATE2], row[c.F_LATE3] = late
                row[c.F_MISATTRIBUTED] = self.threshold(0, 0.4)
            row[c.F_STALE] = self.threshold(0, 0.5) if stale else 0
            row[c.F_DUPLICATED] = self.threshold(0, 0.3) if twice else 0
            rows.append(row)
        return rows if clustered else rows * c.PRONE_CLASSES

    # schemes

    def schemes(self, conduct: ConductTables) -> SchemeTables:
        """One to four schemes in one set of tables."""
        count = self.random.randint(1, 4) if self.has("several") else 1
        self.acts = len(conduct.acts)
        self.grades: list[list[int]] = []
        self.rules: list[list[int]] = []
        self.on: list[list[int]] = [[] for _ in range(self.acts)]
        self.brackets: list[list[int]] = []
        self.caps: list[list[int]] = []
        self.values: list[int] = []
        self.components: list[list[int]] = []
        self.ratings: list[list[int]] = []
        self.lists = {s: [2 * s, 2 * s + 1] for s in range(count)}
        counts = [self.random.randint(1, 4) for _ in range(count)]
        heads = [self.scheme(s, counts) for s in range(count)]
        consequences = [self.consequence(s, counts[s]) for s in range(count) for _ in range(3)]
        self.finish()
        if "stakes" in self.plan.mechanisms:
            luck = Random(self.plan.seed + 11)
            consequences += [
                self.at_stake(s, heads[s], counts[s], luck) for s in range(count) for _ in range(6)
            ]
        return SchemeTables(
            schemes=table(heads, t.SCHEME_FIELDS),
            grades=table(self.grades, t.GRADE_FIELDS),
            rules=table(self.rules, t.RULE_FIELDS),
            act_rules=np.cumsum([0] + [len(on) for on in self.on], dtype=np.int64),
            act_rule_list=np.array([r for on in self.on for r in sorted(on)], dtype=np.int64),
            brackets=table(self.brackets, 2),
            caps=table(self.caps, t.CAP_FIELDS),
            values=np.array(self.values, dtype=np.int64),
            components=table(self.components, t.COMPONENT_FIELDS),
            consequences=table(
                consequences if self.has("consequences") else [], t.CONSEQUENCE_FIELDS
            ),
            ratings=table(self.ratings, t.RATING_FIELDS),
            others=table(self.others, 2),
            ranks=table(self.ranks, t.RANK_FIELDS),
            edges=np.zeros(0, dtype=np.int64),
            filed_as=table(self.filed_as, self.sources),
        )

    def finish(self) -> None:
        """What came later, in the order in which it came: a luck of its own."""
        self.last = Random(self.plan.seed + 9)
        self.others: list[list[int]] = []
        self.ranks: list[list[int]] = []
        self.filed_as: list[list[int]] = []
        for row in self.grades:
            if row[t.G_RANK] and self.lately("within"):
                row[t.G_WITHIN] = self.last.randrange(3)
        for row in self.rules:
            if row[t.R_SPILL] >= 0 and self.lately("leaders", 50):
                row[t.R_SPILL_TO] = self.to_whom()
        heads = range(1 + max(row[t.R_SCHEME] for row in self.rules))
        for s in heads:
            self.rank_rules(s)
            self.rules_on_others(s)
        if "resting" in self.plan.mechanisms:
            self.rest()
        for place, row in enumerate(self.rules):
            row[t.R_SAME] = place
        if self.lately("trust", 60):
            self.weigh()

    def lately(self, mechanism: str, of: int = 100) -> bool:
        """As ``has``, for the latest mechanisms."""
        return self.last.randrange(100) < of and mechanism in self.plan.mechanisms

    def to_whom(self) -> int:
        """Leaders of the community, other leaders, or ties of a layer."""
        kind = self.last.choice((t.TO_LEADERS, t.TO_FELLOWS, t.TO_TIES))
        layer = self.last.choice((0, 1, 2, 4, 5, 6))
        return kind | (layer if kind == t.TO_TIES else 16) << t.TO_BITS

    def late_rule(self, s: int, kind: int) -> list[int]:
        """A rule of points, or of a list, with the latest luck."""
        kept, self.random = self.random, self.last
        row = self.plain_rule(s, [])
        self.random = kept
        row[t.R_KIND] = kind
        row[t.R_DOUBLES] = self.last.randrange(2)
        if self.last.random() < 0.4:
            row[t.R_LIST] = self.last.choice(self.lists[s])
        return row

    def rank_rules(self, s: int) -> None:
        """Rules that take the best or the worst, in every month or in one of the year."""
        for _ in range(self.last.randrange(3) if self.lately("ranked_rules") else 0):
            rule, row = self.late_rule(s, t.ON_RANK), [0] * t.RANK_FIELDS
            rule[t.R_ON], rule[t.R_STAYS] = len(self.ranks), self.last.randrange(2)
            row[t.N_SCHEME] = s
            row[t.N_KIND] = self.last.choice((t.BY_SHARE, t.BY_QUOTA))
            most = 1_000_000 if row[t.N_KIND] == t.BY_SHARE else 40
            row[t.N_SIZE] = self.last.randint(0, most)
            row[t.N_EDGE], row[t.N_WORST] = self.last.randrange(2), self.last.randrange(2)
            row[t.N_WITHIN] = self.last.randrange(3) if self.lately("within") else 0
            row[t.N_MONTH] = self.last.choice((-1, -1, self.last.randrange(12)))
            self.ranks.append(row)
            self.rules.append(rule)

    def rules_on_others(self, s: int) -> None:
        """A rule booked to others when acts are booked, and which rules it follows."""
        if not self.lately("others", 70):
            return
        here, first = len(self.rules), len(self.others)
        self.rules.append(self.late_rule(s, t.ON_OTHERS))
        self.others += [[here, self.to_whom()] for _ in range(self.last.randint(1, 2))]
        for row in self.rules:
            follows = row[t.R_SCHEME] == s and row[t.R_KIND] == t.ON_ACT
            if follows and self.last.random() < 0.6:
                row[t.R_OTHERS], row[t.R_OTHERS_COUNT] = first, len(self.others) - first

    def rest(self) -> None:
        """Repeats, caps and brackets of a year among records that are soon over, in plenty."""
        luck = Random(self.plan.seed + 10)
        for row in self.rules:
            books = row[t.R_KIND] in (t.ON_ACT, t.SPILLED)
            if not books or row[t.R_COMPONENT] >= 0 or luck.random() < 0.4:
                continue
            row[t.R_DOUBLES] = int(luck.random() < 0.7)
            row[t.R_MEMORY] = luck.choice((2, 3, 5, 8))
            if luck.random() < 0.4:
                self.caps.append([luck.choice((-1, 1)) * luck.randint(500, 4000)])
                row[t.R_CAP] = len(self.caps) - 1
            elif self.caps and luck.random() < 0.4:
                row[t.R_CAP] = luck.randrange(len(self.caps))
            if row[t.R_BRACKET_COUNT] and luck.random() < 0.7:
                row[t.R_BRACKET_MODE] = t.BRACKET_OF_YEAR
            if row[t.R_CORRECTED_BY] < 0 and row[t.R_KIND] == t.ON_ACT and luck.random() < 0.3:
                row[t.R_CORRECTED_BY] = luck.randrange(self.acts)

    def weigh(self) -> None:
        """Rules that stand for another where some source has less weight."""
        count = len(self.rules)
        self.filed_as = [[place] * self.sources for place in range(count)]
        for place in range(count):
            row = self.rules[place]
            if row[t.R_KIND] != t.ON_ACT or self.last.random() < 0.4:
                continue
            stands = list(row)
            stands[t.R_KIND], stands[t.R_ON], stands[t.R_HEAVIEST] = t.WEIGHED, -1, -1
            stands[t.R_POINTS] = row[t.R_POINTS] // 2
            stands[t.R_LIST] = self.last.choice((-1, row[t.R_LIST]))
            source = self.last.randrange(self.sources)
            self.filed_as[place][source] = len(self.rules)
            self.rules.append(stands)
        self.filed_as += [[place] * self.sources for place in range(count, len(self.rules))]

    def scheme(self, s: int, counts: list[int]) -> list[int]:
        """One scheme with its grades, components and rules."""
        random, row = self.random, [0] * t.SCHEME_FIELDS
        weighted = self.has("weighted", 60)
        low = random.choice((0, -5000, 35000))
        high = low + random.choice((20000, 60000, 7001))
        row[t.S_KIND] = t.WEIGHTED if weighted else t.POINTS
        row[t.S_START] = low if weighted else random.randint(low, high)
        row[t.S_LOW], row[t.S_HIGH] = low, high
        row[t.S_EVERY] = random.choice((2, 3, 12)) if self.has("every", 40) else 1
        row[t.S_SOURCES] = random.randint(1, 15) if self.has("subjects", 30) else -1
        row[t.S_ROUND] = random.choice((1, 1, 100, 1000))
        row[t.S_SUBJECT_TRAIT] = row[t.S_SUBJECT_REGION] = -1
        if self.has("subjects", 60):
            row[t.S_MIN_AGE] = random.choice((0, 18, 40))
            if random.random() < 0.4:
                row[t.S_SUBJECT_TRAIT], row[t.S_SUBJECT_MAX] = INCOME_FIFTH, random.randint(1, 4)
            if random.random() < 0.3:
                row[t.S_SUBJECT_REGION] = 0
        row[t.S_PARTICIPATION] = int(self.has("opt_in", 40))
        row[t.S_JOIN] = self.threshold(0.3, 0.9)
        row[t.S_RESETS] = int(self.has("resets", 40))
        row[t.S_STREAM] = random.getrandbits(32)
        self.channel(row)
        row[t.S_GRADES], row[t.S_GRADE_COUNT] = len(self.grades), counts[s]
        edges = sorted(random.randint(low, high) for _ in range(counts[s] - 1))
        self.grades += self.grade_rows(s, [low, *edges], high)
        row[t.S_COMPONENTS] = len(self.components)
        for _ in range(random.randint(1, 6) if weighted else 0):
            self.components.append(self.component(s))
        row[t.S_COMPONENT_COUNT] = len(self.components) - row[t.S_COMPONENTS]
        row[t.S_RULES] = len(self.rules)
        for _ in range(random.randint(3, 10)):
            self.rule(s, counts, row)
        if self.also("ratings", 60):
            self.rating(s, row)
        row[t.S_RULE_COUNT] = len(self.rules) - row[t.S_RULES]
        row[t.S_PEERS] = int(
            any(part[t.C_KIND] == t.PEERS for part in self.components if part[t.C_SCHEME] == s)
            or any(r[t.R_KIND] == t.PEERS_RECORD for r in self.rules if r[t.R_SCHEME] == s)
        )
        return row

    def channel(self, row: list[int]) -> None:
        """How one objects to it: a luck of its own, so that nothing else is drawn anew."""
        random = Random(row[t.S_STREAM])
        row[t.S_APPEAL] = random.choice((t.NO_CHANNEL, t.TO_OPERATOR, t.TO_OPERATOR, t.TO_BODY))
        row[t.S_APPEAL_RIGHT], row[t.S_APPEAL_RESIDUE] = random.randrange(2), random.randrange(2)
        row[t.S_APPEAL_WITHIN] = random.choice((t.FOREVER, t.FOREVER, 6))
        row[t.S_APPEAL_MONTHS] = random.choice((1, 1, 2, 3))
        row[t.S_APPEAL_CAPACITY] = random.choice((-1, -1, 0, 200 * 1_000_000))

    def grade_rows(self, s: int, edges: list[int], high: int) -> list[list[int]]:
        """Grades from points, or by rank: the higher, the fewer are in."""
        if not self.also("ranks", 50):
            return [[s, edge, t.BY_POINTS, 0, 0, 0, 0] for edge in edges]
        kind = self.more.choice((t.BY_SHARE, t.BY_QUOTA))
        most = 1_000_000 if kind == t.BY_SHARE else 80
        sizes = sorted((self.more.randint(0, most) for _ in edges[1:]), reverse=True)
        edge_in = self.more.randrange(2)
        ranked = [[s, high + 1, kind, size, edge_in, 0, 0] for size in sizes]
        return [[s, edges[0], t.BY_POINTS, 0, 0, 0, 0], *ranked]

    def rating(self, s: int, head: list[int]) -> None:
        """Ratings by those one meets, and the rules of some numbers of stars."""
        more, row = self.more, [0] * t.RATING_FIELDS
        row[t.T_SCHEME], row[t.T_STREAM] = s, more.getrandbits(32)
        row[t.T_MEETINGS] = more.randint(1, 4)
        row[t.T_TRAIT] = more.choice((-1, *SOME_TRAITS))
        row[t.T_TABLE], row[t.T_TABLE_COUNT] = len(self.values), more.randint(1, 4)
        self.values += [more.randrange(ONE) for _ in range(row[t.T_TABLE_COUNT])]
        edges = sorted(more.randrange(ONE) for _ in range(3))
        row[t.T_FOUR], row[t.T_THREE], row[t.T_TWO] = edges
        row[t.T_GRAVITY], row[t.T_GRAVITY_STARS] = more.choice((0, 2, 5)), more.randint(1, 4)
        row[t.T_SUBJECTS], row[t.T_BY_SCORE] = more.randrange(2), more.randrange(2)
        kept, self.random = self.random, more
        for stars in more.sample(range(1, 6), more.randint(1, 5)):
            rule = self.plain_rule(s, head)
            rule[t.R_KIND], rule[t.R_ON] = t.ON_RATING, len(self.ratings) * 8 + stars
            self.rules.append(rule)
        self.random = kept
        self.ratings.append(row)

    def component(self, s: int) -> list[int]:
        """One component of a weighted scheme."""
        random, row = self.random, [0] * t.COMPONENT_FIELDS
        kinds = [t.HISTORY, t.TABLE, t.RECORDS, t.CONSTANT]
        kinds += [t.PEERS, t.PEERS] if "peers" in self.plan.mechanisms else []
        row[t.C_SCHEME], row[t.C_KIND] = s, random.choice(kinds)
        row[t.C_WEIGHT] = random.randint(0, UNIT // 6)
        row[t.C_TRAIT] = FILE_YEARS if row[t.C_KIND] == t.HISTORY else -1
        if row[t.C_KIND] == t.TABLE:
            row[t.C_TRAIT] = random.choice(SOME_TRAITS)
            row[t.C_TABLE], row[t.C_TABLE_COUNT] = len(self.values), random.randint(1, 4)
            self.values += [random.randint(0, UNIT) for _ in range(row[t.C_TABLE_COUNT])]
        row[t.C_PRIOR_ALL] = random.choice((0, 5 * UNIT, 10 * UNIT + 77))
        row[t.C_PRIOR_GOOD] = random.randint(0, row[t.C_PRIOR_ALL])
        row[t.C_WINDOW] = random.choice((6, 24, 60))
        row[t.C_MISSING] = row[t.C_SEEN_TRAIT] = -1
        if random.random() < 0.4:
            row[t.C_MISSING], row[t.C_SEEN_TRAIT] = random.randint(0, UNIT), INTERNET
        row[t.C_PEERS_OF], row[t.C_PEERS_NONE] = random.randrange(2), random.randrange(3)
        row[t.C_LAYERS] = random.randint(0, 15)
        row[t.C_VALUE] = random.randint(0, UNIT)
        row[t.C_DOWN_ONLY] = random.randrange(2)
        return row

    def rule(self, s: int, counts: list[int], head: list[int]) -> None:
        """One rule, with its spilled rule and its residue behind it."""
        random, row = self.random, self.plain_rule(s, head)
        kind = self.kind_of_rule()
        row[t.R_KIND] = kind
        here = len(self.rules)
        if kind == t.ON_ACT:
            acts = random.sample(range(self.acts), random.randint(1, 2))
            row[t.R_ON] = acts[0]
            for act in acts:
                self.on[act].append(here)
        elif kind == t.ON_LIST:
            row[t.R_ON] = random.randrange(2 * len(counts))
        elif kind == t.ON_GRADE:
            other = random.randrange(-1, len(counts))
            row[t.R_ON] = -1 if other < 0 else other * 16 + random.randrange(counts[other])
        elif kind == t.ON_TRAIT:
            row[t.R_ON] = random.choice(SOME_TRAITS)
            row[t.R_TABLE], row[t.R_TABLE_COUNT] = len(self.values), random.randint(1, 4)
            self.values += [random.randint(-3000, 3000) for _ in range(row[t.R_TABLE_COUNT])]
            row[t.R_SEEN_TRAIT] = random.choice((-1, INTERNET))
            row[t.R_MISSING] = random.randint(-500, 500)
        else:
            row[t.R_ON], row[t.R_LAYERS] = -1, random.randint(0, 7)
            row[t.R_AMOUNT_MIN], row[t.R_AMOUNT_MAX] = random.randint(0, 9), random.randint(1, 5)
        self.rules.append(row)
        if kind in (t.ON_ACT, t.ON_LIST, t.ON_GRADE):
            self.book_more(row, counts[s], head)
        if kind == t.ON_GRADE:
            highest = row[t.R_ON] & 15 if row[t.R_ON] >= 0 else 0
            row[t.R_AMOUNT_MIN] = self.more.randint(0, highest) if self.also("terms") else 0
            row[t.R_AMOUNT_MAX] = highest
        if kind in (t.ON_LIST, t.ON_GRADE):
            row[t.R_STAYS] = int(self.also("terms", 50))
        if kind == t.ON_ACT and self.has("spill", 40):
            row[t.R_SPILL], row[t.R_SPILL_TO] = len(self.rules), random.randint(1, 5)
            self.rules.append(self.part(t.SPILLED, s, counts[s], head))
        if kind in (t.ON_ACT, t.ON_LIST) and self.has("correction", 50):
            row[t.R_CORRECTED_BY] = random.randrange(self.acts)
            if random.random() < 0.7:
                row[t.R_RESIDUE] = len(self.rules)
                self.rules.append(self.part(t.RESIDUE, s, counts[s], head))

    def kind_of_rule(self) -> int:
        """Mostly rules on acts."""
        if self.has("standing", 20):
            return self.random.choice((t.ON_LIST, t.ON_GRADE))
        if self.has("traits", 15):
            return t.ON_TRAIT
        if self.has("peers", 15):
            return t.PEERS_RECORD
        return t.ON_ACT

    def plain_rule(self, s: int, head: list[int]) -> list[int]:
        """A rule with points, and limits of time and trait."""
        random, row = self.random, [0] * t.RULE_FIELDS
        row[t.R_SCHEME] = s
        row[t.R_AMOUNT_MAX] = (1 << 31) - 1
        row[t.R_SOURCES] = random.randint(1, 15) if random.random() < 0.3 else -1
        row[t.R_POINTS] = random.randint(-3000, 2000)
        row[t.R_MEMORY] = random.choice((1, 2, 5, 12, t.FOREVER)) if self.has("memory") else 12
        for name in (t.R_CAP, t.R_HEAVIEST, t.R_GRADE, t.R_RESIDUE, t.R_CORRECTED_BY, t.R_SPILL,
                     t.R_LIST, t.R_IF_TRAIT, t.R_COMPONENT, t.R_SEEN_TRAIT):  # fmt: skip
            row[name] = -1
        row[t.R_UNTIL] = 1 << 14
        if self.has("windows", 30):
            first = ORIGIN + self.plan.begins
            row[t.R_FROM], row[t.R_UNTIL] = sorted(
                first + random.randint(-1, self.plan.months) for _ in range(2)
            )
        if self.has("subjects", 30):
            row[t.R_IF_TRAIT] = random.choice(SOME_TRAITS)
            highest = TRAIT_HIGHEST[TRAITS[row[t.R_IF_TRAIT]]]
            row[t.R_IF_MIN], row[t.R_IF_MAX] = sorted(random.randint(0, highest) for _ in range(2))
        row[t.R_GRAVITY] = random.choice((0, 0, random.randint(1, 9)))
        row[t.R_STREAM] = random.getrandbits(32)
        return row

    def book_more(self, row: list[int], grades: int, head: list[int]) -> None:
        """What rules that book records may do besides."""
        random = self.random
        row[t.R_DOUBLES] = int(self.has("double", 60))
        if self.has("amounts", 40):
            row[t.R_AMOUNT_MIN], row[t.R_AMOUNT_MAX] = sorted(random.randint(0, 12) for _ in "ab")
        if self.has("heaviest", 60):
            row[t.R_HEAVIEST], row[t.R_RANK] = random.randrange(2), random.randrange(4)
        row[t.R_PER_AMOUNT] = int(self.has("amounts", 30))
        if self.has("brackets", 40):
            row[t.R_BRACKET_MODE] = random.choice((t.BRACKET_OF_RECORD, t.BRACKET_OF_YEAR))
            row[t.R_BRACKETS], row[t.R_BRACKET_COUNT] = len(self.brackets), random.randint(1, 4)
            edges = sorted(random.randint(0, 30) for _ in range(row[t.R_BRACKET_COUNT]))
            self.brackets += [[edge, random.randint(-2000, 2000)] for edge in edges]
        if self.has("caps", 40):
            if not self.caps or random.random() < 0.5:
                self.caps.append([random.choice((-1, 1)) * random.randint(0, 4000)])
            row[t.R_CAP] = len(self.caps) - 1
        if self.has("direct", 25):
            row[t.R_GRADE] = random.randrange(grades)
        row[t.R_SUSPENDED] = int(self.has("suspended", 40))
        if self.has("lists", 40):
            row[t.R_LIST] = random.choice(self.lists[row[t.R_SCHEME]])
        count = len(self.components) - head[t.S_COMPONENTS]
        if head[t.S_KIND] == t.WEIGHTED and random.random() < 0.6:
            row[t.R_COMPONENT] = head[t.S_COMPONENTS] + random.randrange(count)
            row[t.R_POINTS] = random.choice((random.randint(-UNIT, UNIT // 2), -3 * UNIT))

    def part(self, kind: int, s: int, grades: int, head: list[int]) -> list[int]:
        """A spilled rule or a residue."""
        row = self.plain_rule(s, head)
        row[t.R_KIND], row[t.R_ON] = kind, -1
        row[t.R_IF_TRAIT] = -1
        row[t.R_DOUBLES] = int(kind == t.SPILLED and self.has("double", 60))
        row[t.R_PER_AMOUNT] = int(self.has("amounts", 30))
        if self.has("direct", 25):
            row[t.R_GRADE] = self.random.randrange(grades)
        if kind == t.RESIDUE and self.also("terms", 40):
            row[t.R_LIST] = self.more.choice(self.lists[s])
        return row

    def consequence(self, s: int, grades: int) -> list[int]:
        """One consequence: of a grade, a list, a score, or several at once."""
        random, row = self.random, [0] * t.CONSEQUENCE_FIELDS
        row[t.K_SCHEME], row[t.K_LIST] = s, -1
        row[t.K_GRADE_MAX], row[t.K_SCORE_MIN], row[t.K_SCORE_MAX] = 14, -(1 << 31), (1 << 31) - 1
        if random.random() < 0.3:  # a list or a score decides
            row[t.K_GRADE_MIN] = row[t.K_GRADE_MAX] = -1
        elif random.random() < 0.8:
            row[t.K_GRADE_MIN], row[t.K_GRADE_MAX] = sorted(
                random.randrange(grades) for _ in range(2)
            )
        if random.random() < 0.4:
            row[t.K_LIST] = random.randrange(2 * len(self.lists))
        if random.random() < 0.4:
            row[t.K_SCORE_MIN] = random.randint(-5000, 60000)
        if random.random() < 0.3:
            row[t.K_SCORE_MAX] = random.randint(0, 95000)
        row[t.K_DENIES] = int(random.random() < 0.7)
        if not row[t.K_DENIES] and self.also("partners", 60):
            row[t.K_CONSENT] = 1 + self.more.randrange(ONE)
            row[t.K_STREAM] = self.more.getrandbits(32)
        if "persons" in self.plan.mechanisms and self.whom.random() < 0.6:
            name = self.whom.choice(("urban", "income_fifth"))
            ends = self.whom.choice(((0, 0), (TRAIT_HIGHEST[name] // 2, TRAIT_HIGHEST[name])))
            row[t.K_IF_TRAIT :] = [1 + TRAITS.index(name), *ends]
        return row

    def at_stake(self, s: int, head: list[int], grades: int, luck: Random) -> list[int]:
        """A consequence that single acts decide: of a score near the middle, a list, a grade."""
        row = [0] * t.CONSEQUENCE_FIELDS
        row[t.K_SCHEME], row[t.K_LIST], row[t.K_DENIES] = s, -1, luck.randrange(2)
        row[t.K_GRADE_MIN] = row[t.K_GRADE_MAX] = -1
        row[t.K_SCORE_MIN], row[t.K_SCORE_MAX] = -(1 << 31), (1 << 31) - 1
        kind = luck.choice(("least", "most", "most", "list", "list", "grade", "both"))
        middle = head[t.S_START]
        if head[t.S_KIND] == t.WEIGHTED:
            middle = (head[t.S_LOW] + head[t.S_HIGH]) // 2
        if kind == "least":
            row[t.K_SCORE_MIN] = middle + luck.randint(-1500, 3000)
        if kind in ("most", "both"):
            row[t.K_SCORE_MAX] = middle + luck.randint(-3000, 1500)
        if kind in ("list", "both"):
            row[t.K_LIST] = luck.choice(self.lists[s])
        if kind in ("grade", "both"):
            row[t.K_GRADE_MIN], row[t.K_GRADE_MAX] = 0, luck.randrange(grades)
        return row

    def later(self, schemes: SchemeTables) -> SchemeTables:
        """A later version: the same rules, another scale, other subjects and consequences."""
        heads, grades = schemes.schemes.copy(), schemes.grades.copy()
        consequences = schemes.consequences.copy()
        for head in heads:
            if head[t.S_KIND] == t.POINTS:
                head[t.S_START] = self.random.randint(int(head[t.S_LOW]), int(head[t.S_HIGH]))
            head[t.S_MIN_AGE] = self.random.choice((0, 30))
        for place in range(1, len(grades)):
            if grades[place, t.G_SCHEME] == grades[place - 1, t.G_SCHEME]:
                grades[place, t.G_FROM] += self.random.randint(0, 500)
        if len(consequences):
            consequences[0, t.K_GRADE_MIN], consequences[0, t.K_GRADE_MAX] = 1, 0
        return schemes._replace(schemes=heads, grades=grades, consequences=consequences)


def make(plan: Plan) -> Inputs:
    """The world of a plan."""
    maker = Maker(plan)
    conduct = maker.conduct()
    schemes = maker.schemes(conduct)
    origin = ORIGIN + plan.begins
    versions = [(origin, schemes)]
    conducts = [(origin, conduct)]
    if maker.has("versions", 60) and plan.months > 2:
        versions.append((origin + maker.random.randint(1, plan.months - 1), maker.later(schemes)))
        acts = conduct.acts.copy()
        acts[0, c.A_BASE] = 0
        conducts.append((origin + plan.months // 2, conduct._replace(acts=acts)))
    return Inputs(
        society=hurried_society() if maker.has("turnover") else small_society(),
        seats=place_people(small_recipe(), plan.people),
        conduct=tuple(conducts),
        schemes=tuple(versions),
        seed=plan.seed ^ 0x5EED,
        origin=origin,
        months=plan.months,
    )
