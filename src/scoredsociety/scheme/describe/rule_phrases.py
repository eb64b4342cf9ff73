"""Numbers and rules in words: what a rule does, as one would say it aloud."""

from __future__ import annotations

from decimal import Decimal

from scoredsociety.scheme.compile.amounts import bracket_rows, centipoints, grade_ids, memory_of
from scoredsociety.scheme.model.rating import Rating
from scoredsociety.scheme.model.rule import LEADERS, OnOthers, OnRank, Rule, TraitRange
from scoredsociety.scheme.model.scheme import Consequence, Partner, Scheme
from scoredsociety.scheme.model.score import GradeBand
from scoredsociety.scheme.tables import FOREVER

SEEN_BY = {
    "private": "only the person sees",
    "shown_by_choice": "whoever the person shows it to sees",
    "operator": "the operator and its agencies see",
    "public": "everybody sees",
}


def plain_number(value: Decimal | int) -> str:
    """1,000 and -0.5, without trailing zeros."""
    exact = Decimal(value)
    whole = exact == int(exact)
    return f"{int(exact):,}" if whole else f"{exact.normalize():,f}"


def signed(value: Decimal | int) -> str:
    """A gain or a loss, with its sign."""
    return f"+{plain_number(value)}" if value > 0 else plain_number(value)


def _points(value: Decimal | int) -> str:
    """``-5 points``, ``+1 point``."""
    return f"{signed(value)} point{'' if abs(value) == 1 else 's'}"


def months(count: int) -> str:
    """A span of months as years where it is whole years."""
    if count >= FOREVER:
        return "without end"
    if count % 12 == 0:
        years = count // 12
        return f"for {years} year{'' if years == 1 else 's'}"
    return f"for {count} month{'' if count == 1 else 's'}"


def how_often(every: int) -> str:
    """``every month``, ``every quarter``: how often a score is published."""
    known = {1: "month", 3: "quarter", 6: "half-year", 12: "January"}
    return f"every {known[every]}" if every in known else f"every {every} months"


def title_of(item_id: str, title: str | None) -> str:
    """The title, or the id in words."""
    return title or item_id.replace("_", " ").capitalize()


def effect(scheme: Scheme, rule: Rule) -> str:
    """What the rule does, in a phrase: points, grade, list, and for how long."""
    phrases = [phrase for phrase in (_amounts(rule), _places(rule)) if phrase]
    text = " and ".join(phrases) or "0 points"
    if any((rule.on, rule.on_list, rule.on_grade, rule.on_rating, rule.on_others, rule.on_rank)):
        rows = bracket_rows(rule)
        heaviest = max([centipoints(rule.points), *(row[1] for row in rows)], key=abs)
        text += f", {months(memory_of(scheme, rule, heaviest, rule.grade))}"
    return text + "".join(f"; {phrase}" for phrase in _dynamics(scheme, rule))


def _amounts(rule: Rule) -> str | None:
    if rule.brackets or rule.slices:
        rows = bracket_rows(rule)
        low, high = min(row[1] for row in rows), max(row[1] for row in rows)
        total = "the calendar year's amount" if rule.bracket_of == "year" else "amount"
        span = f"{signed(Decimal(low) / 100)} to {signed(Decimal(high) / 100)} points"
        return f"{span} by {total}"
    if rule.table:
        values = [step.points or Decimal(0) for step in rule.table]
        trait = str(rule.from_attribute).replace("_", " ")
        return f"{signed(min(values))} to {signed(max(values))} points by {trait}"
    if rule.shift is not None:
        return f"{signed(rule.shift)} in {str(rule.feeds).replace('_', ' ')}"
    if rule.points:
        each = " for each unit" if rule.per_amount else ""
        return _points(rule.points) + each
    return None


def _places(rule: Rule) -> str | None:
    if rule.grade is not None:
        return f"straight to {rule.grade}"
    return f"on the list {rule.list_.replace('_', ' ')}" if rule.list_ else None


def _dynamics(scheme: Scheme, rule: Rule) -> list[str]:
    found = []
    if rule.amount is not None:
        low, high = rule.amount.from_, rule.amount.to
        least, most = plain_number(low), plain_number(high or 0)
        span = f"from {least}" if high is None else f"{least} to {most}"
        found.append(f"for amounts {span}" if low else f"for amounts up to {most}")
    if rule.if_ is not None:
        found.append(f"where {holds(rule.if_)}")
    deducts = rule.points is not None and rule.points < 0
    doubles = rule.repeat or (scheme.dynamics.repeat if deducts else "once")
    if doubles != (scheme.dynamics.repeat if deducts else "once"):
        found.append(f"a repeat counts {'twice' if doubles == 'double' else 'once'}")
    if rule.yearly_cap is not None:
        found.append(f"at most {_points(rule.yearly_cap)} a year")
    for cap in scheme.cap:
        if cap.id == rule.cap:
            found.append(f"at most {_points(cap.year)} a year")
    if rule.corrected_by is not None:
        found.append(f"once {rule.corrected_by.replace('_', ' ')}: {_left(rule)}")
    elif rule.residue is not None:
        found.append(f"afterwards {_left(rule)}")
    if rule.stays:
        found.append("runs its term even where its grounds end")
    if rule.spill is not None:
        what = "the same" if rule.spill.points is None else _points(rule.spill.points)
        found.append(f"{what} for {WHOM[rule.spill.to]}")
    if rule.on_others is not None:
        found.append(f"for {whose(rule.on_others)}")
    if rule.on_rank is not None:
        found.append(f"for {who_by_rank(rule.on_rank)}")
    if rule.from_ or rule.until:
        since = f"from {rule.from_}" if rule.from_ else ""
        found.append(f"{since}{' ' if since and rule.until else ''}" +
                     (f"until {rule.until}" if rule.until else ""))  # fmt: skip
    found += [f"from {dated.from_} {_points(dated.points)}" for dated in rule.dated]
    return found


def _left(rule: Rule) -> str:
    residue = rule.residue
    if residue is None:
        return "nothing is left"
    said = f"grade {residue.grade}" if residue.grade else _points(residue.points or Decimal(0))
    if residue.list_ is not None:
        said += f" and the list {residue.list_.replace('_', ' ')}"
    return f"{said} {months(residue.memory_months)}" if residue.memory_months else said


WHOM = {
    "head_of_household": "the head of household", "spouse": "the spouse",
    "parents": "the parents", "children": "the children", "household": "the household",
    "leaders": "the leaders of the community",
    "fellow_leaders": "the other leaders of the community, where a leader does it",
    "neighbours": "the neighbours", "kin": "kin in other households", "work": "the colleagues",
    "school": "the schoolmates", "friends": "the friends", "online": "the contacts online",
}  # fmt: skip
_WHOSE = {
    "fellow_leaders": "another leader of the community", "residents": "somebody of the community",
    "neighbours": "a neighbour", "kin": "kin in another household", "work": "a colleague",
    "school": "a schoolmate", "friends": "a friend", "online": "a contact online",
}  # fmt: skip
_WHAT = {
    "deduction": "each deduction", "grade": "each record straight to a grade",
    "offence": "each deduction or record straight to a grade", "award": "each award",
}  # fmt: skip


def whose(on: OnOthers) -> str:
    """``each deduction of another leader of the community (of 5)``."""
    of = f" ({on.leaders or LEADERS} lead it)" if on.by in ("fellow_leaders", "residents") else ""
    return f"{_WHAT[on.what]} of {_WHOSE[on.by]}{of}"


def who_by_rank(rank: OnRank) -> str:
    """``the worst 0.5 % of each community by rank, taken every January``."""
    worst = rank.worst is not None or rank.worst_share is not None
    share = rank.best_share if rank.worst_share is None else rank.worst_share
    many = rank.best if rank.worst is None else rank.worst
    size = f"{plain_number(share * 100)} %" if share is not None else f"{many:,}"
    often = "" if rank.yearly_in is None else f", taken every {MONTHS[rank.yearly_in - 1]}"
    edge = "all with the same score in" if rank.edge == "in" else "equals at the edge out"
    return f"the {'worst' if worst else 'best'} {size}{AMONG[rank.within]} by rank, {edge}{often}"


AMONG = {"society": "", "region": " of each region", "community": " of each community"}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


YES_OR_NO = {  # traits that are 0 or 1, in words
    "urban": ("the place is rural", "the place is urban"),
    "hukou": ("registered as rural", "registered as urban"),
    "sex": ("male", "female"),
    "account": ("there is no bank account", "there is a bank account"),
    "internet": ("offline", "online"),
}


def holds(span: TraitRange) -> str:
    """``the place is rural``, ``schooling is 2 to 4``."""
    low, high = span.from_ or 0, span.to
    trait = span.trait.replace("_", " ")
    if span.trait in YES_OR_NO and (low or high == 0):
        return YES_OR_NO[span.trait][low]
    if high is None:
        return f"{trait} is {low} or more"
    return f"{trait} is {low}" if low == high else f"{trait} is {low} to {high}"


def trigger(scheme: Scheme, consequence: Consequence) -> str:
    """When a consequence holds, in words; all that is asked must hold."""
    when = consequence.when
    said = [] if when.list_ is None else [f"on the list {when.list_.replace('_', ' ')}"]
    if when.score_at_least is not None:
        said.append(f"from {plain_number(when.score_at_least)} points")
    if when.score_below is not None:
        said.append(f"below {plain_number(when.score_below)} points")
    if when.grade is not None:
        said.append(f"grade {when.grade}")
    if when.grade_at_least is not None or when.grade_at_most is not None:
        said.append(_grades(scheme, when.grade_at_least, when.grade_at_most))
    text = " and ".join(said)
    if consequence.months is not None:
        text += f", once begun {months(consequence.months)} even if that changes"
    return text if consequence.if_ is None else f"{text}, where {holds(consequence.if_)}"


def begins(band: GradeBand) -> str:
    """From where a grade reaches, in words."""
    among = AMONG[band.within or "society"]
    at_edge = "all with the same score in" if band.edge == "in" else "equals at the edge out"
    if band.top_share is not None:
        return f"the best {plain_number(band.top_share * 100)} %{among} by rank, {at_edge}"
    if band.quota is not None:
        return f"the best {band.quota:,} persons{among} by rank, {at_edge}"
    return "the lowest" if band.from_ is None else f"from {plain_number(band.from_)}"


def meeting(rating: Rating) -> str:
    """How those one meets rate one, in words."""
    said = f"{rating.meetings} people met a month give 1 to 5 stars"
    if rating.table and rating.trait:
        shares = [step.value or Decimal(0) for step in rating.table]
        trait = rating.trait.replace("_", " ")
        said += f", under 5 for {min(shares):.0%} to {max(shares):.0%} by {trait}"
    else:
        said += f", under 5 for {rating.short or 0:.0%}"
    if rating.gravity_from is not None:
        stars = f"{rating.gravity_stars} star{'' if rating.gravity_stars == 1 else 's'}"
        said += f"; {stars} fewer after a violation of gravity {rating.gravity_from} or more"
    if rating.raters == "subjects":
        said += "; only those who are rated rate"
    if rating.count == "by_score":
        said += "; raters in the upper half of the scale count twice"
    return said


def what_is_read(scheme: Scheme, partner: Partner) -> str:
    """``the score``, ``the grade and the list``: what the partner's consequences go by."""
    kinds = []
    for one in scheme.consequence:
        if one.partner == partner.id:
            when = one.when
            if when.score_at_least is not None or when.score_below is not None:
                kinds.append("the score")
            if when.grade or when.grade_at_least or when.grade_at_most:
                kinds.append("the grade")
            if when.list_ is not None:
                kinds.append("the list")
    return " and ".join(dict.fromkeys(kinds)) or "nothing yet"


def reader(scheme: Scheme, partner: Partner) -> str:
    """Who goes by what, of whom, and when: ``Baihe: by the score, of those who consent``."""
    dates = f", from {partner.from_}" if partner.from_ else ""
    dates += f", until {partner.until}" if partner.until else ""
    share = f" ({partner.consent_share:.0%} agree)" if partner.consent_share is not None else ""
    asked = f", of those who consent{share}" if partner.needs_consent else ""
    return f"{partner.title}: by {what_is_read(scheme, partner)}{asked}{dates}"


def _grades(scheme: Scheme, low: str | None, high: str | None) -> str:
    order = grade_ids(scheme)
    if low == high:
        return f"grade {low}"
    if low is not None and high is not None:
        return f"grades {low} to {high}"
    if low is not None:
        return f"grade {low}" if low == order[-1] else f"grade {low} and up"
    return f"grade {high}" if high == order[0] else f"grade {high} and down"
