"""What is read of one run to answer a question: one number, nan where it does not arise."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

from scoredsociety.conduct import tables as c
from scoredsociety.engine import tally as ta
from scoredsociety.fixed import Ints
from scoredsociety.measure.persons.exclusion import gap_at_equal_conduct
from scoredsociety.measure.scoring.prediction import auc
from scoredsociety.measure.statistics.rank_correlation import spearman
from scoredsociety.scheme import tables as t
from scoredsociety.society import tables as so
from scoredsociety.study.ensemble.cases import Case
from scoredsociety.study.ensemble.ensemble import Observed, responses_in
from scoredsociety.study.questions.drawn_traits import held
from scoredsociety.study.readout.persons import denied, in_episode, propensity, subjects_now, trait

OPINION = ("opinion_post", "private_message_opinion", "remarks_on_state_reputation",
           "foreign_media_report", "banner_or_slogan")  # fmt: skip
HARMFUL = 3  # harm to others, of 9, from which an offence counts as harmful
RURAL, URBAN, LOWEST, HIGHEST, WITHOUT, WITH = 8, 9, 14, 18, 19, 20  # margins of engine/tally.py
Read = Callable[[Case, Observed], float]


def share_of(count: float, of: float, scale: float = 100) -> float:
    """``count`` of ``of`` in ``scale``; nan of nobody."""
    return scale * float(count) / float(of) if of else nan


def person_months(case: Case, made: Observed) -> Ints:
    """(MARGINS,) person-months of subjects of the main scheme in the last year."""
    from scoredsociety.measure.tallies import margin_matrix  # a large table, made once

    cells = made.year.cells[case.main]
    found: Ints = margin_matrix() @ (cells.sum(axis=1) - cells[:, t.NO_GRADE])
    return found


def restricted_share(place: int, cause: int = 0, scale: float = 100) -> Read:
    """Of person-months of subjects of a margin, those under a restriction (by cause)."""

    def read(case: Case, made: Observed) -> float:
        of = person_months(case, made)[place]
        return share_of(made.year.restricted[case.main, cause, place], of, scale)

    return read


def restricted_gap(one: int, other: int) -> Read:
    """Share of one margin under a restriction less that of another, in 100."""

    def read(case: Case, made: Observed) -> float:
        return restricted_share(one)(case, made) - restricted_share(other)(case, made)

    return read


def score_gap(one: int, other: int) -> Read:
    """Mean score of one margin less that of another, in points."""

    def read(case: Case, made: Observed) -> float:
        from scoredsociety.measure.tallies import margin_matrix

        if not keeps_scores(case):
            return nan
        total, of = margin_matrix() @ made.year.scores[case.main], person_months(case, made)
        if not (of[one] and of[other]):
            return nan
        return float(total[one] / of[one] - total[other] / of[other]) / 100

    return read


def keeps_scores(case: Case) -> bool:
    """Has the main scheme a scale at all?"""
    row = case.prepared.inputs.schemes[-1][1].schemes[case.main]
    return bool(row.high > row.low)


def gap_at_equal_propensity(case: Case, made: Observed) -> float:
    """Rural less urban share restricted, among people of like propensity and age, in 100."""
    among = subjects_now(made.status, case.main)
    under = denied(case, made, case.main)[among]
    rural = trait(made, so.COARSE_URBAN, 1)[among] == 0
    return 100 * gap_at_equal_conduct(under, rural, propensity(made)[among]).value


def income_and_score(case: Case, made: Observed) -> float:
    """Spearman's rho of income fifth and score over all subjects."""
    among = subjects_now(made.status, case.main)
    if not keeps_scores(case) or among.sum() < 3:
        return nan
    score = made.score[case.main][among]
    if score.min() == score.max():
        return nan
    return spearman(trait(made, so.COARSE_INCOME, 3)[among], score)


def event(code: int, of: int | None = None, scale: float = 100) -> Read:
    """Events of responses in the last year, of another event or of person-months of subjects."""

    def read(case: Case, made: Observed) -> float:
        below = person_months(case, made)[0] if of is None else made.year.responses[of, 0]
        return share_of(made.year.responses[code, 0], below, scale)

    return read


def yearly(code: int, scale: float) -> Read:
    """Events of a year for ``scale`` persons of the society."""

    def read(case: Case, made: Observed) -> float:
        years = made.year.persons[0] / 12
        return share_of(made.year.responses[code, 0], years, scale)

    return read


def given_up(chosen: Callable[[Case, int], bool]) -> Read:
    """Acts of speech given up, of 100 wished for."""

    def read(case: Case, made: Observed) -> float:
        acts = [place for place in range(len(made.year.acts)) if chosen(case, place)]
        wished = made.year.wished[acts, 0].sum()
        return share_of(made.year.forgone[acts, 0].sum(), wished)

    return read


def acts_named(*ids: str) -> Callable[[Case, int], bool]:
    """Acts by id."""
    return lambda case, place: case.prepared.labels.acts[place] in ids


def in_context(name: str) -> Callable[[Case, int], bool]:
    """Acts of a context that a right protects."""
    number = c.CONTEXTS.index(name)

    def chosen(case: Case, place: int) -> bool:
        row = case.prepared.inputs.conduct[0][1].acts[place]
        return bool(row.context == number and row.protected)

    return chosen


def acts_a_year(chosen: Callable[[Case, int], bool]) -> Read:
    """Acts of some kinds for 100 persons of the society in a year."""

    def read(case: Case, made: Observed) -> float:
        acts = [place for place in range(len(made.year.acts)) if chosen(case, place)]
        return share_of(made.year.acts[acts, 0].sum(), made.year.persons[0] / 12)

    return read


def harmful(case: Case, place: int) -> bool:
    """Offences under the cited law that harm others."""
    row = case.prepared.inputs.conduct[0][1].acts[place]
    return bool(row.legal == 1 and row.harm >= HARMFUL)


def help_gained(case: Case, made: Observed) -> float:
    """Strangers helped of 100 met, less those helped where nothing is known (an assumed number)."""
    table = responses_in(case)
    alone = 100 * int(table.values[c.TRUST, 0]) / c.MILLION
    return share_of(made.year.responses[ta.V_HELPED, 0], made.year.responses[ta.V_MET, 0]) - alone


def foretells_arrears(case: Case, made: Observed) -> float:
    """Area under the curve of the score of a year ago against arrears that began since.

    Of borrowers, because nobody else can be in arrears: without that, a scheme that gives points
    for having a file would seem to foretell the very arrears that only borrowers have.
    """
    bits = [act.episode.bit for act in case.prepared.conduct.act
            if act.id == "loan_arrears" and act.episode is not None]  # fmt: skip
    who = held(case) if bits and keeps_scores(case) else None
    if who is None:
        return nan
    among = who.loan & subjects_now(made.status_before, case.main)
    among = among & ~in_episode(made.life_before, bits[0])
    now = in_episode(made.life, bits[0])[among]
    return auc(made.score_before[case.main][among], ~now).value


def records_of_acts(case: Case, made: Observed) -> float:
    """Records that the main scheme books, of 100 acts of any kind."""
    rules = [place for place, rule in enumerate(case.prepared.names.rules)
             if rule.scheme == case.main]  # fmt: skip
    return share_of(made.year.records[rules, 0].sum(), made.year.acts[:, 0].sum())


def contexts_read(case: Case, made: Observed) -> float:
    """Contexts of life out of eighteen in which some act can become a record of the scheme."""
    tables = case.prepared.inputs.schemes[-1][1]
    acts = case.prepared.inputs.conduct[0][1].acts
    first = tables.act_rules
    seen = {
        int(acts.context[act]) for act in range(len(acts))
        if (tables.rules.scheme[tables.act_rule_list[first[act] : first[act + 1]]]
            == case.main).any()
    }  # fmt: skip
    return float(len(seen))
