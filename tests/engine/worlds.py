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

from scoredsociety.columns import NamedRow
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
    """A matrix of integers, of the right width also when it is empty."""
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
            row.slips = int(
                bool(row.on_device) or any(one.stale or one.duplicated for one in errs)
            )
        return ConductTables(
            envelopes=c.EnvelopeColumns.of(
                [[self.random.getrandbits(32)] for _ in range(envelopes)]
            ),
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
            acts=c.ActColumns.of(rows),
            effects=c.EffectColumns.of(self.effects),
            effect_values=np.array(self.effect_values, dtype=np.int64),
            amounts=c.AmountColumns.of(self.amounts),
            act_sources=np.array(self.act_sources, dtype=np.int64),
            sources=c.SourceColumns.of(seen),
            filing=c.FilingColumns.of(filing),
            false=table([self.by_class(clustered) for _ in range(acts)], c.PRONE_CLASSES),
            errors=c.ErrorFlags.blank(
                clustered=int(clustered), reads_ties=int(any(row.on_device for row in seen))
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

    def act(self, act: int, acts: int) -> NamedRow:
        """One act."""
        row = c.ActColumns.blank()
        row.rate = self.random.randint(-1500, 100)
        row.first_effect, row.effect_count = self.some_effects()
        row.stream = self.random.getrandbits(32)
        row.first_amount = len(self.amounts)
        if self.has("amounts", 60):
            count = self.random.randint(1, 4)
            edges = sorted(self.threshold() for _ in range(count))
            if self.random.random() < 0.7:
                edges[-1] = ONE
            self.amounts += [[edge, self.random.randint(0, 12)] for edge in edges]
            row.amount_count = count
        row.protected = int(self.random.random() < 0.3)
        row.episode = row.ends_with = -1
        if act < 8 and self.has("episodes", 50):
            row.episode = act
            row.stay = self.threshold(0.2, 0.9)
            row.repeats = self.random.randrange(2)
            row.ends_with = self.random.randrange(-1, acts)
        chosen = self.random.sample(range(self.sources), self.random.randint(0, self.sources))
        row.first_source, row.source_count = len(self.act_sources), len(chosen)
        self.act_sources += chosen
        return row

    def by_class(self, clustered: bool, low: float = 0, high: float = 1) -> list[int]:
        """A threshold for each class of proneness to errors."""
        if not clustered:
            return [self.threshold(low, high)] * c.PRONE_CLASSES
        return [self.threshold(low, high) for _ in range(c.PRONE_CLASSES)]

    def source(self, place: int) -> NamedRow:
        """One source."""
        row = c.SourceColumns.blank()
        row.stream = self.random.getrandbits(32)
        row.first_effect, row.effect_count = self.some_effects()
        row.bit = place
        if self.has("likeness", 70):
            edges = sorted(self.threshold() for _ in range(3))
            row.on_homonym, row.on_household, row.on_device = edges
        self.consent(row)
        return row

    def consent(self, row: NamedRow) -> None:
        """Whether it asks first: a luck of its own, so that nothing else is drawn anew."""
        random = Random(row.stream)
        if "consent" in self.plan.mechanisms and random.random() < 0.4:
            row.asks_consent, row.consent_share = 1, random.randint(-2000, 0)
            row.first_consent_effect = row.first_effect
            row.consent_effect_count = row.effect_count

    def filing(self, clustered: bool) -> list[NamedRow]:
        """How one source errs, by class of proneness."""
        rows = []
        errs, stale, twice = self.has("errors"), self.has("stale", 70), self.has("twice", 70)
        for _ in range(c.PRONE_CLASSES if clustered else 1):
            row = c.FilingColumns.blank()
            row.coverage = self.random.randint(-1000, 50)
            if errs:
                late = sorted((self.threshold(0, 0.6) for _ in range(3)), reverse=True)
                row.late_1, row.late_2, row.late_3 = late
                row.misattributed = self.threshold(0, 0.4)
            row.stale = self.threshold(0, 0.5) if stale else 0
            row.duplicated = self.threshold(0, 0.3) if twice else 0
            rows.append(row)
        return rows if clustered else rows * c.PRONE_CLASSES

    # schemes

    def schemes(self, conduct: ConductTables) -> SchemeTables:
        """One to four schemes in one set of tables."""
        count = self.random.randint(1, 4) if self.has("several") else 1
        self.acts = len(conduct.acts)
        self.grades: list[NamedRow] = []
        self.rules: list[NamedRow] = []
        self.on: list[list[int]] = [[] for _ in range(self.acts)]
        self.brackets: list[list[int]] = []
        self.caps: list[list[int]] = []
        self.values: list[int] = []
        self.components: list[NamedRow] = []
        self.ratings: list[NamedRow] = []
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
            schemes=t.SchemeColumns.of(heads),
            grades=t.GradeColumns.of(self.grades),
            rules=t.RuleColumns.of(self.rules),
            act_rules=np.cumsum([0] + [len(on) for on in self.on], dtype=np.int64),
            act_rule_list=np.array([r for on in self.on for r in sorted(on)], dtype=np.int64),
            brackets=t.BracketColumns.of(self.brackets),
            caps=t.CapColumns.of(self.caps),
            values=np.array(self.values, dtype=np.int64),
            components=t.ComponentColumns.of(self.components),
            consequences=t.ConsequenceColumns.of(
                consequences if self.has("consequences") else []
            ),
            ratings=t.RatingColumns.of(self.ratings),
            others=t.OtherColumns.of(self.others),
            ranks=t.RankColumns.of(self.ranks),
            edges=np.zeros(0, dtype=np.int64),
            filed_as=table(self.filed_as, self.sources),
        )

    def finish(self) -> None:
        """What came later, in the order in which it came: a luck of its own."""
        self.last = Random(self.plan.seed + 9)
        self.others: list[list[int]] = []
        self.ranks: list[NamedRow] = []
        self.filed_as: list[list[int]] = []
        for row in self.grades:
            if row.ranked_by and self.lately("within"):
                row.within = self.last.randrange(3)
        for row in self.rules:
            if row.spill >= 0 and self.lately("leaders", 50):
                row.spill_to = self.to_whom()
        heads = range(1 + max(row.scheme for row in self.rules))
        for s in heads:
            self.rank_rules(s)
            self.rules_on_others(s)
        if "resting" in self.plan.mechanisms:
            self.rest()
        for place, row in enumerate(self.rules):
            row.counts_as = place
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

    def late_rule(self, s: int, kind: int) -> NamedRow:
        """A rule of points, or of a list, with the latest luck."""
        kept, self.random = self.random, self.last
        row = self.plain_rule(s, None)
        self.random = kept
        row.kind = kind
        row.doubles = self.last.randrange(2)
        if self.last.random() < 0.4:
            row.list_bit = self.last.choice(self.lists[s])
        return row

    def rank_rules(self, s: int) -> None:
        """Rules that take the best or the worst, in every month or in one of the year."""
        for _ in range(self.last.randrange(3) if self.lately("ranked_rules") else 0):
            rule, row = self.late_rule(s, t.ON_RANK), t.RankColumns.blank()
            rule.on, rule.stays = len(self.ranks), self.last.randrange(2)
            row.scheme = s
            row.ranked_by = self.last.choice((t.BY_SHARE, t.BY_QUOTA))
            most = 1_000_000 if row.ranked_by == t.BY_SHARE else 40
            row.takes = self.last.randint(0, most)
            row.edge_in, row.worst = self.last.randrange(2), self.last.randrange(2)
            row.within = self.last.randrange(3) if self.lately("within") else 0
            row.month = self.last.choice((-1, -1, self.last.randrange(12)))
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
            follows = row.scheme == s and row.kind == t.ON_ACT
            if follows and self.last.random() < 0.6:
                row.first_other, row.other_count = first, len(self.others) - first

    def rest(self) -> None:
        """Repeats, caps and brackets of a year among records that are soon over, in plenty."""
        luck = Random(self.plan.seed + 10)
        for row in self.rules:
            books = row.kind in (t.ON_ACT, t.SPILLED)
            if not books or row.component >= 0 or luck.random() < 0.4:
                continue
            row.doubles = int(luck.random() < 0.7)
            row.memory = luck.choice((2, 3, 5, 8))
            if luck.random() < 0.4:
                self.caps.append([luck.choice((-1, 1)) * luck.randint(500, 4000)])
                row.cap = len(self.caps) - 1
            elif self.caps and luck.random() < 0.4:
                row.cap = luck.randrange(len(self.caps))
            if row.bracket_count and luck.random() < 0.7:
                row.bracket_of = t.BRACKET_OF_YEAR
            if row.corrected_by < 0 and row.kind == t.ON_ACT and luck.random() < 0.3:
                row.corrected_by = luck.randrange(self.acts)

    def weigh(self) -> None:
        """Rules that stand for another where some source has less weight."""
        count = len(self.rules)
        self.filed_as = [[place] * self.sources for place in range(count)]
        for place in range(count):
            row = self.rules[place]
            if row.kind != t.ON_ACT or self.last.random() < 0.4:
                continue
            stands = row.copy()
            stands.kind, stands.on, stands.heaviest_of = t.WEIGHED, -1, -1
            stands.points = row.points // 2
            stands.list_bit = self.last.choice((-1, row.list_bit))
            source = self.last.randrange(self.sources)
            self.filed_as[place][source] = len(self.rules)
            self.rules.append(stands)
        self.filed_as += [[place] * self.sources for place in range(count, len(self.rules))]

    def scheme(self, s: int, counts: list[int]) -> NamedRow:
        """One scheme with its grades, components and rules."""
        random, row = self.random, t.SchemeColumns.blank()
        weighted = self.has("weighted", 60)
        low = random.choice((0, -5000, 35000))
        high = low + random.choice((20000, 60000, 7001))
        row.kind = t.WEIGHTED if weighted else t.POINTS
        row.start = low if weighted else random.randint(low, high)
        row.low, row.high = low, high
        row.publishes_every = random.choice((2, 3, 12)) if self.has("every", 40) else 1
        row.sources = random.randint(1, 15) if self.has("subjects", 30) else -1
        row.rounded_to = random.choice((1, 1, 100, 1000))
        row.subject_trait = row.region = -1
        if self.has("subjects", 60):
            row.min_age = random.choice((0, 18, 40))
            if random.random() < 0.4:
                row.subject_trait, row.subject_max = INCOME_FIFTH, random.randint(1, 4)
            if random.random() < 0.3:
                row.region = 0
        row.opt_in = int(self.has("opt_in", 40))
        row.joining = self.threshold(0.3, 0.9)
        row.yearly_start = int(self.has("resets", 40))
        row.stream = random.getrandbits(32)
        self.channel(row)
        row.first_grade, row.grade_count = len(self.grades), counts[s]
        edges = sorted(random.randint(low, high) for _ in range(counts[s] - 1))
        self.grades += self.grade_rows(s, [low, *edges], high)
        row.first_component = len(self.components)
        for _ in range(random.randint(1, 6) if weighted else 0):
            self.components.append(self.component(s))
        row.component_count = len(self.components) - row.first_component
        row.first_rule = len(self.rules)
        for _ in range(random.randint(3, 10)):
            self.rule(s, counts, row)
        if self.also("ratings", 60):
            self.rating(s, row)
        row.rule_count = len(self.rules) - row.first_rule
        row.reads_ties = int(
            any(part.kind == t.PEERS for part in self.components if part.scheme == s)
            or any(r.kind == t.PEERS_RECORD for r in self.rules if r.scheme == s)
        )
        return row

    def channel(self, row: NamedRow) -> None:
        """How one objects to it: a luck of its own, so that nothing else is drawn anew."""
        random = Random(row.stream)
        row.appeal_to = random.choice((t.NO_CHANNEL, t.TO_OPERATOR, t.TO_OPERATOR, t.TO_BODY))
        row.appeal_any_record, row.appeal_leaves_residue = random.randrange(2), random.randrange(2)
        row.appeal_within = random.choice((t.FOREVER, t.FOREVER, 6))
        row.appeal_months = random.choice((1, 1, 2, 3))
        row.appeal_capacity = random.choice((-1, -1, 0, 200 * 1_000_000))

    def grade_rows(self, s: int, edges: list[int], high: int) -> list[NamedRow]:
        """Grades from points, or by rank: the higher, the fewer are in."""
        if not self.also("ranks", 50):
            return [t.GradeColumns.blank(scheme=s, begins=edge) for edge in edges]
        kind = self.more.choice((t.BY_SHARE, t.BY_QUOTA))
        most = 1_000_000 if kind == t.BY_SHARE else 80
        sizes = sorted((self.more.randint(0, most) for _ in edges[1:]), reverse=True)
        edge_in = self.more.randrange(2)
        ranked = [
            t.GradeColumns.blank(
                scheme=s, begins=high + 1, ranked_by=kind, takes=size, edge_in=edge_in
            )
            for size in sizes
        ]
        return [t.GradeColumns.blank(scheme=s, begins=edges[0]), *ranked]

    def rating(self, s: int, head: NamedRow) -> None:
        """Ratings by those one meets, and the rules of some numbers of stars."""
        more, row = self.more, t.RatingColumns.blank()
        row.scheme, row.stream = s, more.getrandbits(32)
        row.meetings = more.randint(1, 4)
        row.trait = more.choice((-1, *SOME_TRAITS))
        row.first_value, row.value_count = len(self.values), more.randint(1, 4)
        self.values += [more.randrange(ONE) for _ in range(row.value_count)]
        edges = sorted(more.randrange(ONE) for _ in range(3))
        row.four_stars, row.three_stars, row.two_stars = edges
        row.gravity, row.gravity_stars = more.choice((0, 2, 5)), more.randint(1, 4)
        row.only_subjects, row.by_score = more.randrange(2), more.randrange(2)
        kept, self.random = self.random, more
        for stars in more.sample(range(1, 6), more.randint(1, 5)):
            rule = self.plain_rule(s, head)
            rule.kind, rule.on = t.ON_RATING, len(self.ratings) * 8 + stars
            self.rules.append(rule)
        self.random = kept
        self.ratings.append(row)

    def component(self, s: int) -> NamedRow:
        """One component of a weighted scheme."""
        random, row = self.random, t.ComponentColumns.blank()
        kinds = [t.HISTORY, t.TABLE, t.RECORDS, t.CONSTANT]
        kinds += [t.PEERS, t.PEERS] if "peers" in self.plan.mechanisms else []
        row.scheme, row.kind = s, random.choice(kinds)
        row.weight = random.randint(0, UNIT // 6)
        row.trait = FILE_YEARS if row.kind == t.HISTORY else -1
        if row.kind == t.TABLE:
            row.trait = random.choice(SOME_TRAITS)
            row.first_value, row.value_count = len(self.values), random.randint(1, 4)
            self.values += [random.randint(0, UNIT) for _ in range(row.value_count)]
        row.prior_all = random.choice((0, 5 * UNIT, 10 * UNIT + 77))
        row.prior_good = random.randint(0, row.prior_all)
        row.window = random.choice((6, 24, 60))
        row.missing = row.seen_trait = -1
        if random.random() < 0.4:
            row.missing, row.seen_trait = random.randint(0, UNIT), INTERNET
        row.peers_of, row.peers_none = random.randrange(2), random.randrange(3)
        row.layers = random.randint(0, 15)
        row.value = random.randint(0, UNIT)
        row.down_only = random.randrange(2)
        return row

    def rule(self, s: int, counts: list[int], head: NamedRow) -> None:
        """One rule, with its spilled rule and its residue behind it."""
        random, row = self.random, self.plain_rule(s, head)
        kind = self.kind_of_rule()
        row.kind = kind
        here = len(self.rules)
        if kind == t.ON_ACT:
            acts = random.sample(range(self.acts), random.randint(1, 2))
            row.on = acts[0]
            for act in acts:
                self.on[act].append(here)
        elif kind == t.ON_LIST:
            row.on = random.randrange(2 * len(counts))
        elif kind == t.ON_GRADE:
            other = random.randrange(-1, len(counts))
            row.on = -1 if other < 0 else other * 16 + random.randrange(counts[other])
        elif kind == t.ON_TRAIT:
            row.on = random.choice(SOME_TRAITS)
            row.first_value, row.value_count = len(self.values), random.randint(1, 4)
            self.values += [random.randint(-3000, 3000) for _ in range(row.value_count)]
            row.seen_trait = random.choice((-1, INTERNET))
            row.missing = random.randint(-500, 500)
        else:
            row.on, row.layers = -1, random.randint(0, 7)
            row.amount_min, row.amount_max = random.randint(0, 9), random.randint(1, 5)
        self.rules.append(row)
        if kind in (t.ON_ACT, t.ON_LIST, t.ON_GRADE):
            self.book_more(row, counts[s], head)
        if kind == t.ON_GRADE:
            highest = row.on & 15 if row.on >= 0 else 0
            row.amount_min = self.more.randint(0, highest) if self.also("terms") else 0
            row.amount_max = highest
        if kind in (t.ON_LIST, t.ON_GRADE):
            row.stays = int(self.also("terms", 50))
        if kind == t.ON_ACT and self.has("spill", 40):
            row.spill, row.spill_to = len(self.rules), random.randint(1, 5)
            self.rules.append(self.part(t.SPILLED, s, counts[s], head))
        if kind in (t.ON_ACT, t.ON_LIST) and self.has("correction", 50):
            row.corrected_by = random.randrange(self.acts)
            if random.random() < 0.7:
                row.residue = len(self.rules)
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

    def plain_rule(self, s: int, head: NamedRow | None) -> NamedRow:
        """A rule with points, and limits of time and trait."""
        random, row = self.random, t.RuleColumns.blank()
        row.scheme = s
        row.amount_max = (1 << 31) - 1
        row.sources = random.randint(1, 15) if random.random() < 0.3 else -1
        row.points = random.randint(-3000, 2000)
        row.memory = random.choice((1, 2, 5, 12, t.FOREVER)) if self.has("memory") else 12
        for name in ("cap", "heaviest_of", "grade", "residue", "corrected_by", "spill",
                     "list_bit", "if_trait", "component", "seen_trait"):  # fmt: skip
            row[name] = -1
        row.until_month = 1 << 14
        if self.has("windows", 30):
            first = ORIGIN + self.plan.begins
            row.from_month, row.until_month = sorted(
                first + random.randint(-1, self.plan.months) for _ in range(2)
            )
        if self.has("subjects", 30):
            row.if_trait = random.choice(SOME_TRAITS)
            highest = TRAIT_HIGHEST[TRAITS[row.if_trait]]
            row.if_min, row.if_max = sorted(random.randint(0, highest) for _ in range(2))
        row.gravity = random.choice((0, 0, random.randint(1, 9)))
        row.stream = random.getrandbits(32)
        return row

    def book_more(self, row: NamedRow, grades: int, head: NamedRow) -> None:
        """What rules that book records may do besides."""
        random = self.random
        row.doubles = int(self.has("double", 60))
        if self.has("amounts", 40):
            row.amount_min, row.amount_max = sorted(random.randint(0, 12) for _ in "ab")
        if self.has("heaviest", 60):
            row.heaviest_of, row.weight = random.randrange(2), random.randrange(4)
        row.per_amount = int(self.has("amounts", 30))
        if self.has("brackets", 40):
            row.bracket_of = random.choice((t.BRACKET_OF_RECORD, t.BRACKET_OF_YEAR))
            row.first_bracket, row.bracket_count = len(self.brackets), random.randint(1, 4)
            edges = sorted(random.randint(0, 30) for _ in range(row.bracket_count))
            self.brackets += [[edge, random.randint(-2000, 2000)] for edge in edges]
        if self.has("caps", 40):
            if not self.caps or random.random() < 0.5:
                self.caps.append([random.choice((-1, 1)) * random.randint(0, 4000)])
            row.cap = len(self.caps) - 1
        if self.has("direct", 25):
            row.grade = random.randrange(grades)
        row.suspended = int(self.has("suspended", 40))
        if self.has("lists", 40):
            row.list_bit = random.choice(self.lists[row.scheme])
        count = len(self.components) - head.first_component
        if head.kind == t.WEIGHTED and random.random() < 0.6:
            row.component = head.first_component + random.randrange(count)
            row.points = random.choice((random.randint(-UNIT, UNIT // 2), -3 * UNIT))

    def part(self, kind: int, s: int, grades: int, head: NamedRow) -> NamedRow:
        """A spilled rule or a residue."""
        row = self.plain_rule(s, head)
        row.kind, row.on = kind, -1
        row.if_trait = -1
        row.doubles = int(kind == t.SPILLED and self.has("double", 60))
        row.per_amount = int(self.has("amounts", 30))
        if self.has("direct", 25):
            row.grade = self.random.randrange(grades)
        if kind == t.RESIDUE and self.also("terms", 40):
            row.list_bit = self.more.choice(self.lists[s])
        return row

    def consequence(self, s: int, grades: int) -> NamedRow:
        """One consequence: of a grade, a list, a score, or several at once."""
        random, row = self.random, t.ConsequenceColumns.blank()
        row.scheme, row.list_bit = s, -1
        row.grade_max, row.score_min, row.score_max = 14, -(1 << 31), (1 << 31) - 1
        if random.random() < 0.3:  # a list or a score decides
            row.grade_min = row.grade_max = -1
        elif random.random() < 0.8:
            row.grade_min, row.grade_max = sorted(
                random.randrange(grades) for _ in range(2)
            )
        if random.random() < 0.4:
            row.list_bit = random.randrange(2 * len(self.lists))
        if random.random() < 0.4:
            row.score_min = random.randint(-5000, 60000)
        if random.random() < 0.3:
            row.score_max = random.randint(0, 95000)
        row.denies = int(random.random() < 0.7)
        if not row.denies and self.also("partners", 60):
            row.consent = 1 + self.more.randrange(ONE)
            row.stream = self.more.getrandbits(32)
        if "persons" in self.plan.mechanisms and self.whom.random() < 0.6:
            name = self.whom.choice(("urban", "income_fifth"))
            ends = self.whom.choice(((0, 0), (TRAIT_HIGHEST[name] // 2, TRAIT_HIGHEST[name])))
            row.if_trait, row.if_min, row.if_max = 1 + TRAITS.index(name), *ends
        return row

    def at_stake(self, s: int, head: NamedRow, grades: int, luck: Random) -> NamedRow:
        """A consequence that single acts decide: of a score near the middle, a list, a grade."""
        row = t.ConsequenceColumns.blank()
        row.scheme, row.list_bit, row.denies = s, -1, luck.randrange(2)
        row.grade_min = row.grade_max = -1
        row.score_min, row.score_max = -(1 << 31), (1 << 31) - 1
        kind = luck.choice(("least", "most", "most", "list", "list", "grade", "both"))
        middle = head.start
        if head.kind == t.WEIGHTED:
            middle = (head.low + head.high) // 2
        if kind == "least":
            row.score_min = middle + luck.randint(-1500, 3000)
        if kind in ("most", "both"):
            row.score_max = middle + luck.randint(-3000, 1500)
        if kind in ("list", "both"):
            row.list_bit = luck.choice(self.lists[s])
        if kind in ("grade", "both"):
            row.grade_min, row.grade_max = 0, luck.randrange(grades)
        return row

    def later(self, schemes: SchemeTables) -> SchemeTables:
        """A later version: the same rules, another scale, other subjects and consequences."""
        heads, grades = schemes.schemes.copy(), schemes.grades.copy()
        consequences = schemes.consequences.copy()
        for head in heads:
            if head.kind == t.POINTS:
                head.start = self.random.randint(int(head.low), int(head.high))
            head.min_age = self.random.choice((0, 30))
        for place in range(1, len(grades)):
            if grades.scheme[place] == grades.scheme[place - 1]:
                grades.begins[place] += self.random.randint(0, 500)
        if len(consequences):
            consequences.grade_min[0], consequences.grade_max[0] = 1, 0
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
        acts.rate[0] = 0
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
