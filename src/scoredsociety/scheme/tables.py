"""The fixed layout of compiled schemes: all schemes of a run in one set of integer tables.

Schemes differ in tables, not in types, so nothing is compiled again for a new rule book. Rules
of all schemes and of all dated versions stand in one table, so a record's rule index means the
same in every month of a run; a version that is not in force has R_FROM..R_UNTIL elsewhere.
"""

from __future__ import annotations

from typing import NamedTuple

from scoredsociety.by_address import by_address
from scoredsociety.fixed import Ints

MOST_SCHEMES = 4
MOST_RULES = 1024  # a record keeps 10 bits of its rule
MOST_GRADES = 15
NO_GRADE = 15  # grade code of a person who is not a subject
MOST_LISTS = 8  # over all schemes of a run
MOST_CONSEQUENCES = 62  # over all schemes of a run, bits of one int64
FOREVER = 4095  # months: a memory without a fixed end
FAR = (12_000, 12_001)  # months of rules that wait for an answer of the operator

# fields of a scheme
(S_KIND, S_START, S_LOW, S_HIGH, S_EVERY, S_MIN_AGE, S_SOURCES, S_RULES, S_RULE_COUNT,
 S_GRADES, S_GRADE_COUNT, S_COMPONENTS, S_COMPONENT_COUNT, S_ROUND, S_PARTICIPATION, S_JOIN,
 S_SUBJECT_TRAIT, S_SUBJECT_MIN, S_SUBJECT_MAX, S_PEERS, S_RESETS, S_SUBJECT_REGION,
 S_STREAM, S_APPEAL, S_APPEAL_RIGHT, S_APPEAL_WITHIN, S_APPEAL_MONTHS, S_APPEAL_CAPACITY,
 S_APPEAL_RESIDUE, S_VISIBILITY) = range(30)  # fmt: skip
SCHEME_FIELDS = 30
# S_KIND        POINTS (flow ledger) or WEIGHTED (composition ledger)
# S_START       centipoints: start (points) or base (weighted)
# S_LOW, S_HIGH centipoints: the ends of the scale; clamping is a ledger entry
# S_EVERY       months between publications (1: each month)
# S_MIN_AGE     youngest subject, years
# S_SOURCES     bits of the source kinds that it reads (-1: all)
# S_ROUND       centipoints to which the score is rounded down (1: not), an entry of the ledger
# S_PARTICIPATION  0 all subjects, 1 opt-in
# S_JOIN        threshold: share of those eligible who are in (keyed once by seat; opt-in only)
# S_SUBJECT_*   a trait with its lowest and highest value that a subject has (trait -1: none)
# S_PEERS       1 where any component or rule reads ties
# S_RESETS      1: records of earlier calendar years no longer count (a yearly start)
# S_SUBJECT_REGION  region that it governs, or -1 for all (a federation)
# S_APPEAL      channel of objections: NO_CHANNEL, TO_OPERATOR, TO_BODY (a body of its own)
# S_APPEAL_RIGHT   1: right records may be taken off too
# S_APPEAL_WITHIN  months from the booking in which one may object;  S_APPEAL_MONTHS  to the answer
# S_APPEAL_CAPACITY  answers a month for 10,000 subjects, in millionths; -1: the conduct document's
# S_APPEAL_RESIDUE 1: what is upheld turns the record into its residue, where it has one
# S_VISIBILITY  what ties may see of a subject, see engine/publish/visibility.py (EVERYTHING: all,
#               whatever the rule text says)
POINTS, WEIGHTED = 0, 1
NO_CHANNEL, TO_OPERATOR, TO_BODY = 0, 1, 2
EVERYTHING, PRIVATE, SHOWN_BY_CHOICE, OPERATOR, PUBLIC = range(5)

# fields of a grade, lowest grade first within its scheme
G_SCHEME, G_FROM, G_RANK, G_SIZE, G_EDGE, G_WITHIN, G_AT = range(7)
GRADE_FIELDS = 7
# G_FROM        centipoints; the lowest grade's is S_LOW. Of a grade by rank it is one that nobody
#               has; engine/score/ranking.py puts in its place what the published scores of last
#               month give
# G_RANK        BY_POINTS, BY_SHARE or BY_QUOTA of those whom the scheme scores
# G_SIZE        millionths of them, or persons;  G_EDGE  1: all with the score at the edge are in
# G_WITHIN      OF_SOCIETY, OF_REGION or OF_COMMUNITY: among whom the ranks are
# G_AT          where the grade begins in each region or community: first place in ``edges``; of
#               the whole society G_FROM says it
BY_POINTS, BY_SHARE, BY_QUOTA = range(3)
OF_SOCIETY, OF_REGION, OF_COMMUNITY = range(3)

# fields of a rule
(R_SCHEME, R_KIND, R_ON, R_AMOUNT_MIN, R_AMOUNT_MAX, R_SOURCES, R_POINTS, R_MEMORY, R_DOUBLES,
 R_CAP, R_HEAVIEST, R_GRADE, R_RESIDUE, R_CORRECTED_BY, R_SPILL, R_SPILL_TO, R_BRACKETS,
 R_BRACKET_COUNT, R_BRACKET_MODE, R_LIST, R_FROM, R_UNTIL, R_IF_TRAIT, R_IF_MIN, R_IF_MAX,
 R_SUSPENDED, R_GRAVITY, R_TABLE, R_TABLE_COUNT, R_COMPONENT, R_RANK, R_STREAM, R_MISSING,
 R_PER_AMOUNT, R_LAYERS, R_SEEN_TRAIT, R_STAYS, R_OTHERS, R_OTHERS_COUNT,
 R_SAME) = range(40)  # fmt: skip
RULE_FIELDS = 40
# R_KIND        ON_ACT .. PEERS_RECORD below
# R_ON          act; list bit; scheme * 16 + highest grade; trait
# R_AMOUNT_*    values of the act's amount for which the rule holds, inclusive
# R_POINTS      centipoints (Q16 where the rule feeds a component)
# R_MEMORY      months that the record counts; FOREVER has no fixed end
# R_DOUBLES     1: a record of the same rule booked while an earlier one is valid counts twice
# R_CAP         row of ``caps`` or -1
# R_HEAVIEST    group: of one act's rules in a group only the one of highest R_RANK is booked; -1
# R_GRADE       grade (place within its scheme, 0 lowest) that the record brings at once, or -1
# R_RESIDUE     rule booked when the record is corrected, or -1;  R_CORRECTED_BY  act, or -1
# R_SPILL       rule booked to another person when this one is booked, or -1
# R_SPILL_TO    TO_HEAD .. TO_TIES below, with a number of it << TO_BITS
# R_BRACKETS    first row of ``brackets``; R_BRACKET_MODE says of what
# R_LIST        list bit on which the record places, or -1
# R_FROM..R_UNTIL  months in which records are booked, from <= month < until
# R_IF_*        a trait with lowest and highest value for which the rule holds (trait -1: none)
# R_SUSPENDED   1: does not count while a straight-to-grade record stands
# R_GRAVITY     0 to 9, of the conduct (0 for awards)
# R_TABLE       first value in ``values``: points by trait value (ON_TRAIT)
# R_COMPONENT   component that the record feeds, or -1
# R_RANK        weight for heaviest-of (straight to the lowest grade first, then points)
# R_MISSING     ON_TRAIT: centipoints where the source does not cover the person
# R_PER_AMOUNT  1: points times the amount
# R_LAYERS      bits of the layers of ties that PEERS_RECORD looks at
# R_SEEN_TRAIT  ON_TRAIT: where this trait is 0, R_MISSING counts instead of the table (-1: none)
# R_STAYS       ON_LIST, ON_GRADE, ON_RANK: 1 where the record runs its R_MEMORY after the exit
# R_OTHERS      first row of ``others``, of R_OTHERS_COUNT: what else is booked to others
# R_SAME        rule as which a record counts in repeats and yearly brackets: itself, or of
#               WEIGHED the rule that it stands for
# ON_LIST, ON_GRADE: a record stands while last month's exchange says that the person is on list bit
# R_ON, or that the grade published by scheme R_ON >> 4 is one of R_AMOUNT_MIN to R_AMOUNT_MAX
# (R_ON -1: never); it
# is booked at entry, and at exit turns into R_RESIDUE. PEERS_RECORD books nothing: R_POINTS for
# each open tie whose published gravity is R_AMOUNT_MIN or more, for at most R_AMOUNT_MAX ties.
# RESIDUE, SPILLED: booked only through R_RESIDUE, R_SPILL of another rule.
# ON_RATING: booked through the outbox; R_ON is the rating's row * 8 + the number of stars.
# ON_OTHERS: booked through the outbox, by R_OTHERS of the rules that it follows.
# ON_RANK: a record stands while last month's score is among those that row R_ON of ``ranks`` takes.
# WEIGHED: booked in place of R_SAME where the source has less weight (``filed_as``).
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

# fields of a cap: the sum over its rules in one calendar year stays within it
CAP_POINTS = 0  # centipoints: positive caps awards, negative caps deductions
CAP_FIELDS = 1

# fields of a component of a weighted score
(C_SCHEME, C_KIND, C_WEIGHT, C_TRAIT, C_TABLE, C_TABLE_COUNT, C_PRIOR_GOOD, C_PRIOR_ALL,
 C_WINDOW, C_MISSING, C_PEERS_OF, C_PEERS_NONE, C_LAYERS, C_VALUE, C_CATEGORY,
 C_DOWN_ONLY, C_SEEN_TRAIT) = range(17)  # fmt: skip
COMPONENT_FIELDS = 17
# C_WEIGHT      Q16 share of the whole scale (all components of a scheme sum to UNIT)
# HISTORY       (prior_good + on time) / (prior_all + months seen), Q16; months seen = file age up
#               to C_WINDOW; late = records that feed it; C_PRIOR_* are months in Q16; 0 / 0 is 0
# TABLE         values[C_TABLE + min(trait, count - 1)], Q16
# RECORDS       C_VALUE + points of the records that feed it, clamped to 0..UNIT
# PEERS         mean over open ties of the scores published last month, as Q16 of the scale
#               (C_PEERS_OF 0: score, 1: the part without peers); C_PEERS_NONE 0: zero, 1: own
#               value without peers, 2: C_VALUE;  C_DOWN_ONLY 1: never above the own value
# CONSTANT      C_VALUE
# C_MISSING     Q16 where trait C_SEEN_TRAIT is 0: there is nothing to see; C_SEEN_TRAIT -1: none
# C_TRAIT       TABLE: the trait of the table; HISTORY: the age of the file in years; else -1
HISTORY, TABLE, RECORDS, PEERS, CONSTANT = range(5)

# fields of a consequence
(K_SCHEME, K_GRADE_MIN, K_GRADE_MAX, K_LIST, K_DENIES, K_CONTEXT, K_SEVERITY, K_SCORE_MIN,
 K_SCORE_MAX, K_CONSENT, K_STREAM, K_IF_TRAIT, K_IF_MIN, K_IF_MAX) = range(14)  # fmt: skip
CONSEQUENCE_FIELDS = 14
SOMETHING, GOOD_NAME, FLIGHTS, TRAINS = 1, 2, 3, 4  # K_DENIES
DENIED = {"publication": GOOD_NAME, "flight": FLIGHTS, "fast train": TRAINS}  # by ``what`` it is
MOST_ASKED = 4  # different things that the consequences of a run ask of persons
# K_GRADE_MIN..MAX  grades for which it holds (0..14), or -1..-1 for all
# K_LIST        list bit, or -1;  K_DENIES 0 a reward, or what is denied (above);  K_SEVERITY 0 to 9
# K_SCORE_*     centipoints, both included, where a score threshold decides that is no grade's edge
# K_CONSENT     0, or 1 + the threshold of the share of people who let its partner read (grants
#               only); keyed once by seat with K_STREAM, which is the partner's
# K_IF_*        0, or 1 + a trait of those kept of everybody (society/tables.py: KEPT), with its
#               lowest and highest value
# All that is asked must hold: grades -1..-1, list -1 and the widest scores ask for nothing.
# A consequence of a version that is not in force has grades 1..0, which nobody has.

# fields of a rating by those one meets
(T_SCHEME, T_STREAM, T_MEETINGS, T_TRAIT, T_TABLE, T_TABLE_COUNT, T_FOUR, T_THREE, T_TWO,
 T_GRAVITY, T_GRAVITY_STARS, T_SUBJECTS, T_BY_SCORE) = range(13)  # fmt: skip
RATING_FIELDS = 13
# T_MEETINGS    people met a month (0: not in force)
# T_TABLE       first of T_TABLE_COUNT thresholds in ``values``: the share of meetings rated under
#               five stars, by T_TRAIT (-1: one for everybody)
# T_FOUR..T_TWO of those, cumulative thresholds of 4, 3 and 2 stars; the rest is one star
# T_GRAVITY     latest violation from which T_GRAVITY_STARS more are lost (0: none)
# T_SUBJECTS    1: only subjects rate;  T_BY_SCORE  1: raters from the middle of the scale up count
#               twice

# fields of a rank that a rule follows
(N_SCHEME, N_KIND, N_SIZE, N_EDGE, N_WITHIN, N_WORST, N_MONTH, N_AT) = range(8)
RANK_FIELDS = 8
# N_KIND        BY_SHARE or BY_QUOTA;  N_SIZE, N_EDGE, N_WITHIN as of a grade
# N_WORST       1: the worst are taken, 0: the best
# N_MONTH       month of the year (0 January) in which they are taken, or -1: in every month
# N_AT          first place in ``edges`` (worked out with them)


@by_address
class SchemeTables(NamedTuple):
    """All schemes of a run, compiled to integers, in the order in which a month runs them."""

    schemes: Ints  # (schemes, SCHEME_FIELDS)
    grades: Ints  # (grades, GRADE_FIELDS)
    rules: Ints  # (rules, RULE_FIELDS)
    act_rules: Ints  # (acts + 1,) rules of act a lie at act_rule_list[act_rules[a]:act_rules[a+1]]
    act_rule_list: Ints  # (entries,)
    brackets: Ints  # (rows, 2) amount from which, points in centipoints (total, not step)
    caps: Ints  # (caps, CAP_FIELDS)
    values: Ints  # (n,) tables over traits
    components: Ints  # (components, COMPONENT_FIELDS)
    consequences: Ints  # (consequences, CONSEQUENCE_FIELDS)
    ratings: Ints  # (ratings, RATING_FIELDS)
    others: Ints  # (n, 2) rule of kind ON_OTHERS, and to whom (as R_SPILL_TO)
    ranks: Ints  # (ranks, RANK_FIELDS)
    # (n,) centipoints at which ranks begin, worked out each month (engine/score/ranking.py)
    edges: Ints
    filed_as: Ints  # (rules, sources) under which rule a source files; (0, 0): itself
