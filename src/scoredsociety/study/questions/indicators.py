"""What each of the thirteen questions is answered by: one number a run, its unit and denominator.

An indicator reads one run. Where it says what a scheme *changes*, the study takes it from two
runs over the same people with the same luck. Harm deterred stands beside speech given up, never
in one ratio with it; no indicator is a composite of others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoredsociety.conduct import tables as c
from scoredsociety.engine import tally as ta
from scoredsociety.measure.quantities import KNOWING, MEETINGS, WISHES
from scoredsociety.measure.statistics.joint_intervals import SURE
from scoredsociety.measure.statistics.zero_counts import together
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import Observed
from scoredsociety.study.questions import q10_firms, q11_discretion, thin_files, zero_event_bounds
from scoredsociety.study.questions.indicator_functions import (
    HIGHEST,
    LOWEST,
    OPINION,
    RURAL,
    URBAN,
    WITH,
    WITHOUT,
    Read,
    acts_a_year,
    acts_named,
    contexts_read,
    event,
    foretells_arrears,
    gap_at_equal_propensity,
    given_up,
    harmful,
    help_gained,
    in_context,
    income_and_score,
    records_of_acts,
    restricted_gap,
    restricted_share,
    score_gap,
    yearly,
)


@dataclass(frozen=True)
class Indicator:
    """One line of an answer."""

    question: str
    id: str
    says: str  # completes "in this simulation, ..."
    unit: str  # follows the number: "of 100"
    of: str  # follows the unit: whom or what it is counted of
    read: Read
    change: bool = False  # True: the answer is the change against no scheme at all
    signed: bool = False  # True: a difference or correlation, which may be below 0
    head: bool = False  # True: stands in the table of all schemes side by side
    # True: the answer is the change against the same run with every record entered (Q11)
    by_hand: bool = False
    # whom an event could concern, and the answer if it concerned all of them in every month: what
    # is not ruled out where nothing was seen; most = 0: the rules alone decide it
    among: Read = zero_event_bounds.everybody
    most: float | Read = 100
    by_rules: bool = True  # cannot happen under a scheme without rules


SUBJECTS = zero_event_bounds.of_margins(0)
INDICATORS: tuple[Indicator, ...] = (
    Indicator("Q1", "restricted", "people under a restriction", "of 100",
              "subjects in a month", restricted_share(0), head=True,
              among=SUBJECTS),
    Indicator("Q1", "rural_gap", "rural less urban people under a restriction", "of 100",
              "subjects of each in a month", restricted_gap(RURAL, URBAN), signed=True,
              among=zero_event_bounds.of_margins(RURAL, URBAN)),
    Indicator("Q1", "rural_gap_equal",
              "rural less urban people of like propensity and age under a restriction",
              "of 100", "subjects of each", gap_at_equal_propensity, signed=True, head=True,
              among=zero_event_bounds.of_margins(RURAL, URBAN)),
    Indicator("Q1", "account_score_gap",
              "mean score of people without a bank account less with one",
              "points", "on average", score_gap(WITHOUT, WITH), signed=True,
              among=zero_event_bounds.of_margins(WITHOUT, WITH), most=zero_event_bounds.width),
    Indicator("Q1", "rural_score_gap", "mean score of rural less urban people", "points",
              "on average", score_gap(RURAL, URBAN), signed=True, head=True,
              among=zero_event_bounds.of_margins(RURAL, URBAN), most=zero_event_bounds.width),
    Indicator("Q1", "thin_gain", "people with next to no credit file whom it opens a loan to",
              "of 100", "of them", thin_files.gain, among=thin_files.persons),
    Indicator("Q1", "thin_refused", "people with next to no credit file whom it refuses a loan",
              "of 100", "of them", thin_files.refused, among=thin_files.persons),
    Indicator("Q2", "ties_dropped", "ties dropped (counted at both ends)", "a year for",
              "100 persons", yearly(ta.V_CUT, 100), head=True,
              most=1200),
    Indicator("Q2", "no_free_tie", "all ties of a person under a restriction", "of 100",
              KNOWING, event(ta.V_NO_FREE_TIE, ta.V_KNOWS), head=True,
              among=zero_event_bounds.who_know),
    Indicator("Q3", "silent_opinion", "opinions not voiced", "of 100", WISHES,
              given_up(acts_named(*OPINION)),
              among=zero_event_bounds.who_wish(acts_named(*OPINION))),
    Indicator("Q3", "silent_news", "accurate unofficial news not passed on", "of 100",
              WISHES, given_up(acts_named("accurate_unofficial_news")), head=True,
              among=zero_event_bounds.who_wish(acts_named("accurate_unofficial_news"))),
    Indicator("Q3", "silent_history", "unofficial history not told", "of 100", WISHES,
              given_up(acts_named("unofficial_history")),
              among=zero_event_bounds.who_wish(acts_named("unofficial_history"))),
    Indicator("Q3", "silent_petitions", "petitions not made", "of 100", WISHES,
              given_up(in_context("petition")),
              among=zero_event_bounds.who_wish(in_context("petition"))),
    Indicator("Q3", "silent_reports", "official wrongdoing not reported", "of 100", WISHES,
              given_up(acts_named("reports_official_wrongdoing")), head=True,
              among=zero_event_bounds.who_wish(acts_named("reports_official_wrongdoing"))),
    Indicator("Q3", "displayed", "acts of praise done for show", "a year for",
              f"100 {KNOWING}", event(ta.V_DISPLAYED, ta.V_KNOWS, 1200),
              among=zero_event_bounds.who_know, most=1200),
    Indicator("Q4", "harmful_acts", "offences that harm others", "a year for", "100 persons",
              acts_a_year(harmful), change=True, head=True, by_rules=False),
    Indicator("Q4", "giving", "acts of giving", "a year for", "100 persons",
              acts_a_year(lambda case, place: bool(
                  case.prepared.inputs.conduct[0][1].acts.context[place]
                  == c.CONTEXTS.index("giving"))), change=True, head=True, by_rules=False),
    Indicator("Q4", "sought", "acts done for points", "a year for", "100 persons",
              yearly(ta.V_SOUGHT, 100),
              most=1200),
    Indicator("Q5", "income_and_score", "rank correlation of income and score",
              "(from -1 to 1)", "among subjects", income_and_score, signed=True, head=True,
              among=SUBJECTS, most=1),
    Indicator("Q5", "income_gap", "lowest less highest income fifth under a restriction",
              "of 100", "subjects of each in a month", restricted_gap(LOWEST, HIGHEST),
              signed=True,
              among=zero_event_bounds.of_margins(LOWEST, HIGHEST)),
    Indicator("Q6", "through_error", "restricted through an error in the records", "of 10,000",
              "subjects in a month", restricted_share(0, 2, 10_000), head=True,
              among=SUBJECTS, most=10_000),
    Indicator("Q6", "intended", "restricted as the rules intend", "of 10,000",
              "subjects in a month", restricted_share(0, 1, 10_000), head=True,
              among=SUBJECTS, most=10_000),
    Indicator("Q6", "protected", "restricted for protected conduct", "of 10,000",
              "subjects in a month", restricted_share(0, 3, 10_000), head=True,
              among=SUBJECTS, most=10_000),
    Indicator("Q7", "child_months", "child-months out of a school that would have been paid for",
              "a year for", "10,000 persons", yearly(ta.V_CHILD, 10_000), head=True,
              most=120_000),
    Indicator("Q8", "help", "strangers helped, less where nothing is known of them", "of 100",
              MEETINGS, help_gained, signed=True, head=True, by_rules=False),
    Indicator("Q9", "supports", "people who accept the scheme in private", "of 100",
              KNOWING, event(ta.V_SUPPORTS, ta.V_KNOWS), head=True,
              among=zero_event_bounds.who_know, by_rules=False),
    Indicator("Q9", "says_support", "people who would tell a survey so", "of 100",
              KNOWING, event(ta.V_SAYS_SUPPORT, ta.V_KNOWS),
              among=zero_event_bounds.who_know, by_rules=False),
    Indicator("Q10", "heads_offences", "offences of those who answer for a firm", "a year for",
              "1,000 heads of firms", q10_firms.offences_of_heads, change=True,
              among=zero_event_bounds.who_head_a_firm, most=1_000, by_rules=False),
    Indicator("Q10", "tax_product_offences", "tax offences and counterfeits", "a year for",
              "10,000 persons", q10_firms.tax_and_product, change=True,
              most=10_000, by_rules=False),
    Indicator("Q10", "heads_gap", "heads of firms less other adults under a restriction",
              "of 100", "subjects of each", q10_firms.restricted_heads, signed=True, head=True,
              among=zero_event_bounds.who_head_a_firm),
    Indicator("Q12", "foretells_arrears",
              "how well the score of a year ago tells new arrears from none (chance: 0.5)",
              "(from 0 to 1)", "among borrowers without arrears a year ago",
              foretells_arrears, head=True,
              among=SUBJECTS, most=1),
    Indicator("Q13", "records", "records that the scheme books", "of 100", "acts of any kind",
              records_of_acts, head=True),
    Indicator("Q13", "contexts", "contexts of life in which an act can become a record",
              "of 18", "contexts", contexts_read,
              most=0),
)  # fmt: skip

# Read of two runs, so a sweep of one run a row does not have them.
OF_COLLECTORS: tuple[Indicator, ...] = (
    Indicator("Q11", "discretion_points", "mean score, through what collectors choose to enter",
              "points", "among subjects", q11_discretion.mean_score, signed=True, head=True,
              by_hand=True,
              among=SUBJECTS, most=zero_event_bounds.width),
    Indicator("Q11", "discretion_close",
              "what those close to their collector gain by it beyond the others", "points",
              "on average", q11_discretion.gap_of_the_close, signed=True, head=True, by_hand=True,
              among=SUBJECTS, most=zero_event_bounds.width),
    Indicator("Q11", "discretion_critics",
              "what those who speak up gain by it beyond the others", "points", "on average",
              q11_discretion.gap_of_critics, signed=True, by_hand=True,
              among=SUBJECTS, most=zero_event_bounds.width),
    Indicator("Q11", "discretion_restricted", "people under a restriction through it",
              "of 10,000", "subjects in a month", restricted_share(0, 0, 10_000), signed=True,
              by_hand=True,
              among=SUBJECTS, most=10_000),
    Indicator("Q11", "discretion_seen",
              "how far published scores tell collectors apart through it (variance between over "
              "within; 0: no more than without)", "more", "over all collectors",
              q11_discretion.seen_in_scores, signed=True, head=True, by_hand=True,
              among=SUBJECTS, most=1),
)  # fmt: skip

ASKED = tuple(sorted((*INDICATORS, *OF_COLLECTORS), key=lambda one: int(one.question[1:])))
BY_NAME = {one.id: one for one in ASKED}
PARTLY = {"Q10": q10_firms.PARTLY, "Q11": q11_discretion.PARTLY}
UNANSWERED: dict[str, str] = {}


def read_all(case: Case, made: Observed) -> dict[str, float]:
    """Every indicator of one run, by id."""
    return {one.id: one.read(case, made) for one in INDICATORS}


def read_bounded(case: Case, made: Observed, tables: int = 1) -> dict[str, float]:
    """Every indicator of one run, with its bound where nothing was seen, as ``read_asked``.

    The bounds of so many ``tables`` hold together.
    """
    return read_all(case, made) | _bounds(case, made, INDICATORS, tables)


def _bounds(
    case: Case, made: Observed, asked: Sequence[Indicator], tables: int = 1
) -> dict[str, float]:
    """Under ``none_seen(id)`` what the run would not rule out had nothing been seen.

    They hold together, as the intervals of a table do.
    """
    level = together(SURE, len(asked) * tables)
    return {
        none_seen(one.id): zero_event_bounds.bound(
            case, made, one.among, one.most, one.by_rules, level
        )
        for one in asked
    }


def read_asked(case: Case, made: Observed) -> dict[str, float]:
    """Every indicator that answers a question, by id; of Q11 what two runs are compared by.

    Under ``none_seen(id)`` stands what the run would not rule out had nothing been seen.
    """
    return {one.id: one.read(case, made) for one in ASKED} | _bounds(case, made, ASKED)


def none_seen(identity: str) -> str:
    """The key of an indicator's bound where nothing was seen."""
    return f"{identity} if none seen"
