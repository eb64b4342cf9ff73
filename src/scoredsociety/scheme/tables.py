"""The fixed layout of compiled schemes: all schemes of a run in one set of integer tables.

Schemes differ in tables, not in types, so nothing is compiled again for a new rule book. Rules
of all schemes and of all dated versions stand in one table, so a record's rule index means the
same in every month of a run; a version that is not in force has its months elsewhere.
"""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.by_address import by_address
from scoredsociety.columns import NamedColumns
from scoredsociety.fixed import Ints

MOST_SCHEMES = 4
MOST_RULES = 1024  # a record keeps 10 bits of its rule
MOST_GRADES = 15
NO_GRADE = 15  # grade code of a person who is not a subject
MOST_LISTS = 8  # over all schemes of a run
MOST_CONSEQUENCES = 62  # over all schemes of a run, bits of one int64
FOREVER = 4095  # months: a memory without a fixed end
FAR = (12_000, 12_001)  # months of rules that wait for an answer of the operator


class SchemeColumns(NamedColumns):
    """One row a scheme."""

    kind: Ints  # POINTS (adds up records) or WEIGHTED (weighs components)
    start: Ints  # centipoints: the start (points) or the base (weighted)
    low: Ints  # centipoints: the lower end of the scale; clamping is a ledger entry
    high: Ints  # centipoints: its upper end
    publishes_every: Ints  # months between publications (1: each month)
    min_age: Ints  # youngest subject, years
    sources: Ints  # bits of the source kinds that it reads (-1: all)
    first_rule: Ints  # first row of ``rules``, of rule_count
    rule_count: Ints
    first_grade: Ints  # first row of ``grades``, of grade_count
    grade_count: Ints
    first_component: Ints  # first row of ``components``, of component_count
    component_count: Ints
    rounded_to: Ints  # centipoints to which the score is rounded down (1: not), a ledger entry
    opt_in: Ints  # 0 all subjects, 1 who joins
    joining: Ints  # threshold: share of those eligible who are in (once by seat; opt-in only)
    subject_trait: Ints  # trait that decides who is a subject (-1: none)
    subject_min: Ints  # the lowest value of it that a subject has
    subject_max: Ints  # the highest
    reads_ties: Ints  # 1 where any component or rule reads ties
    yearly_start: Ints  # 1: records of earlier calendar years no longer count
    region: Ints  # region that it governs, or -1 for all (a federation)
    stream: Ints  # of its draws
    appeal_to: Ints  # NO_CHANNEL, TO_OPERATOR, TO_BODY (a body of its own)
    appeal_any_record: Ints  # 1: right records may be taken off too
    appeal_within: Ints  # months from the booking in which one may object
    appeal_months: Ints  # months to the answer
    # answers a month for 10,000 subjects, in millionths; -1: the conduct document's
    appeal_capacity: Ints
    # 1: what is upheld turns the record into its residue, where it has one
    appeal_leaves_residue: Ints
    # what ties may see of a subject, see engine/seen.py (EVERYTHING: all, whatever the rule text
    # says)
    visibility: Ints


POINTS, WEIGHTED = 0, 1
NO_CHANNEL, TO_OPERATOR, TO_BODY = 0, 1, 2
EVERYTHING, PRIVATE, SHOWN_BY_CHOICE, OPERATOR, PUBLIC = range(5)


class GradeColumns(NamedColumns):
    """One row a grade, the lowest grade first within its scheme."""

    scheme: Ints
    # centipoints; the lowest grade's is the scheme's low. Of a grade by rank it is one that nobody
    # has; engine/rank.py puts in its place what the published scores of last month give
    begins: Ints
    ranked_by: Ints  # BY_POINTS, BY_SHARE or BY_QUOTA of those whom the scheme scores
    takes: Ints  # millionths of them, or persons
    edge_in: Ints  # 1: all with the score at the edge are in
    within: Ints  # OF_SOCIETY, OF_REGION or OF_COMMUNITY: among whom the ranks are
    # first place in ``edges`` of where it begins in each region or community; of the whole society
    # ``begins`` says it
    first_edge: Ints


BY_POINTS, BY_SHARE, BY_QUOTA = range(3)
OF_SOCIETY, OF_REGION, OF_COMMUNITY = range(3)


class RuleColumns(NamedColumns):
    """One row a rule, its residue or what it spills."""

    scheme: Ints
    kind: Ints  # ON_ACT .. WEIGHED, see above
    on: Ints  # act; list bit; scheme * 16 + highest grade; trait
    amount_min: Ints  # values of the act's amount for which the rule holds, inclusive
    amount_max: Ints
    sources: Ints  # bits of the source kinds that it reads (-1: all)
    points: Ints  # centipoints (Q16 where the rule feeds a component)
    memory: Ints  # months that the record counts; FOREVER has no fixed end
    doubles: Ints  # 1: a record of the same rule booked while an earlier one is valid counts twice
    cap: Ints  # row of ``caps`` or -1
    # group: of one act's rules in a group only the one of highest weight is booked; -1
    heaviest_of: Ints
    grade: Ints  # grade (place within its scheme, 0 lowest) that the record brings at once, or -1
    residue: Ints  # rule booked when the record is corrected, or -1
    corrected_by: Ints  # act, or -1
    spill: Ints  # rule booked to another person when this one is booked, or -1
    spill_to: Ints  # TO_HEAD .. TO_TIES below, with a number of it << TO_BITS
    first_bracket: Ints  # first row of ``brackets``, of bracket_count
    bracket_count: Ints
    bracket_of: Ints  # of what: NO_BRACKETS, BRACKET_OF_RECORD, BRACKET_OF_YEAR
    list_bit: Ints  # list bit on which the record places, or -1
    from_month: Ints  # months in which records are booked, from_month <= month < until_month
    until_month: Ints
    if_trait: Ints  # a trait by which the rule holds (-1: for everybody)
    if_min: Ints  # its lowest value
    if_max: Ints  # its highest
    suspended: Ints  # 1: does not count while a straight-to-grade record stands
    gravity: Ints  # 0 to 9, of the conduct (0 for awards)
    first_value: Ints  # ON_TRAIT: first in ``values`` of value_count: points by trait value
    value_count: Ints
    component: Ints  # component that the record feeds, or -1
    weight: Ints  # for heaviest_of (straight to the lowest grade first, then points)
    stream: Ints
    missing: Ints  # ON_TRAIT: centipoints where the source does not cover the person
    per_amount: Ints  # 1: points times the amount
    layers: Ints  # bits of the layers of ties that PEERS_RECORD looks at
    # ON_TRAIT: where this trait is 0, ``missing`` counts instead of the table (-1: none)
    seen_trait: Ints
    stays: Ints  # ON_LIST, ON_GRADE, ON_RANK: 1 where the record runs its memory after the exit
    first_other: Ints  # first row of ``others``, of other_count: what else is booked to others
    other_count: Ints
    # rule as which a record counts in repeats and yearly brackets: itself, or of WEIGHED the rule
    # that it stands for
    counts_as: Ints


# ON_LIST, ON_GRADE: a record stands while last month's exchange says that the person is on list bit
# ``on``, or that the grade published by scheme ``on >> 4`` is one of ``amount_min`` to
# ``amount_max`` (``on`` -1: never); it is booked at entry, and at exit turns into ``residue``.
# PEERS_RECORD books nothing: ``points`` for each open tie whose published gravity is ``amount_min``
# or more, for at most ``amount_max`` ties.
# RESIDUE, SPILLED: booked only through ``residue``, ``spill`` of another rule.
# ON_RATING: booked through the outbox; ``on`` is the rating's row * 8 + the number of stars.
# ON_OTHERS: booked through the outbox, by the ``others`` of the rules that it follows.
# ON_RANK: a record stands while last month's score is among those that row ``on`` of ``ranks``
# takes. WEIGHED: booked in place of ``counts_as`` where the source has less weight (``filed_as``).
(ON_ACT, ON_LIST, ON_GRADE, ON_TRAIT, RESIDUE, SPILLED, PEERS_RECORD, ON_RATING, ON_OTHERS,
 ON_RANK, WEIGHED) = range(11)  # fmt: skip
NO_BRACKETS, BRACKET_OF_RECORD, BRACKET_OF_YEAR = 0, 1, 2
(TO_HEAD, TO_SPOUSE, TO_PARENTS, TO_CHILDREN, TO_HOUSEHOLD, TO_LEADERS, TO_FELLOWS,
 TO_TIES) = range(1, 9)  # fmt: skip
TO_BITS = 8
MOST_LEADERS = 16
# TO_LEADERS    the leaders of the community; TO_FELLOWS: of somebody who is one, the others. Their
#               number is how many a community has (engine/demography/leaders.py)
# TO_TIES       open ties; the number is their layer


class CapColumns(NamedColumns):
    """The sum over the rules of a cap in one calendar year stays within it."""

    points: Ints  # centipoints: positive caps awards, negative caps deductions


class ComponentColumns(NamedColumns):
    """One row a component of a weighted score."""

    scheme: Ints
    kind: Ints  # HISTORY .. CONSTANT, see above
    weight: Ints  # Q16 share of the whole scale (all components of a scheme sum to UNIT)
    trait: Ints  # TABLE: of the table; HISTORY: the age of the file in years; else -1
    first_value: Ints  # TABLE: first in ``values``, of value_count
    value_count: Ints
    prior_good: Ints  # HISTORY: months in Q16
    prior_all: Ints  # HISTORY: months in Q16
    window: Ints  # HISTORY: the most months that are looked at
    missing: Ints  # Q16 where seen_trait is 0: there is nothing to see
    peers_of: Ints  # PEERS: 0 the score, 1 the part without peers
    peers_none: Ints  # PEERS, without ties: 0 zero, 1 own value without peers, 2 ``value``
    layers: Ints  # PEERS: bits of the layers of ties
    value: Ints  # Q16
    category: Ints
    down_only: Ints  # PEERS: 1 never above the own value
    seen_trait: Ints  # -1: none


# HISTORY       (prior_good + on time) / (prior_all + months seen), Q16; months seen = file age up
#               to ``window``; late = records that feed it; 0 / 0 is 0
# TABLE         values[first_value + min(trait, value_count - 1)], Q16
# RECORDS       ``value`` + points of the records that feed it, clamped to 0..UNIT
# PEERS         mean over open ties of the scores published last month, as Q16 of the scale
# CONSTANT      ``value``
HISTORY, TABLE, RECORDS, PEERS, CONSTANT = range(5)


class ConsequenceColumns(NamedColumns):
    """One row a consequence; all that it asks must hold."""

    scheme: Ints
    grade_min: Ints  # grades for which it holds (0..14), or -1..-1 for all
    grade_max: Ints  # (a version that is not in force has 1..0, which nobody has)
    list_bit: Ints  # or -1
    denies: Ints  # 0 a reward, or what is denied (above)
    context: Ints  # index into CONTEXTS of conduct
    severity: Ints  # 0 to 9
    # centipoints, both included, where a score threshold decides that is no grade's edge
    score_min: Ints
    score_max: Ints
    # 0, or 1 + the threshold of the share of people who let its partner read (grants only); keyed
    # once by seat with ``stream``
    consent: Ints
    stream: Ints  # the partner's
    if_trait: Ints  # 0, or 1 + a trait of those kept of everybody (society/tables.py: KEPT)
    if_min: Ints  # its lowest value
    if_max: Ints  # its highest


SOMETHING, GOOD_NAME, FLIGHTS, TRAINS = 1, 2, 3, 4  # what is denied
DENIED = {"publication": GOOD_NAME, "flight": FLIGHTS, "fast train": TRAINS}  # by ``what`` it is
MOST_ASKED = 4  # different things that the consequences of a run ask of persons
# grades -1..-1, list -1 and the widest scores of a consequence ask for nothing


class RatingColumns(NamedColumns):
    """One row a rating by those one meets."""

    scheme: Ints
    stream: Ints
    meetings: Ints  # people met a month (0: not in force)
    trait: Ints  # by which meetings fall short of five stars (-1: one share for everybody)
    first_value: Ints  # first of value_count thresholds in ``values``: that share
    value_count: Ints
    four_stars: Ints  # of those, cumulative thresholds of 4, 3 and 2 stars; the rest is one star
    three_stars: Ints
    two_stars: Ints
    gravity: Ints  # latest violation from which gravity_stars more are lost (0: none)
    gravity_stars: Ints
    only_subjects: Ints  # 1: only subjects rate
    by_score: Ints  # 1: raters from the middle of the scale up count twice


class RankColumns(NamedColumns):
    """One row a rank that a rule follows."""

    scheme: Ints
    ranked_by: Ints  # BY_SHARE or BY_QUOTA
    takes: Ints  # as of a grade, like edge_in and within
    edge_in: Ints
    within: Ints
    worst: Ints  # 1: the worst are taken, 0: the best
    month: Ints  # month of the year (0 January) in which they are taken, or -1: in every month
    first_edge: Ints  # first place in ``edges`` (worked out with them)


class BracketColumns(NamedColumns):
    """Awards by bracket of the amount."""

    begins: Ints  # amount from which it holds
    points: Ints  # centipoints in all, not a step more


class OtherColumns(NamedColumns):
    """What rules book to others besides."""

    rule: Ints  # of kind ON_OTHERS
    to: Ints  # to whom, as spill_to of a rule


@by_address
class SchemeTables(NamedTuple):
    """All schemes of a run, compiled to integers, in the order in which a month runs them."""

    schemes: SchemeColumns
    grades: GradeColumns
    rules: RuleColumns
    act_rules: Ints  # (acts + 1,) rules of act a lie at act_rule_list[act_rules[a]:act_rules[a+1]]
    act_rule_list: Ints  # (entries,)
    brackets: BracketColumns
    caps: CapColumns
    values: Ints  # (n,) tables over traits
    components: ComponentColumns
    consequences: ConsequenceColumns
    ratings: RatingColumns
    others: OtherColumns
    ranks: RankColumns
    # (n,) centipoints at which ranks begin, worked out each month (engine/score/ranking.py)
    edges: Ints
    filed_as: Ints  # (rules, sources) under which rule a source files; (0, 0): itself
