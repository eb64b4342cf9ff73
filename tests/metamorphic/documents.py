"""Documents said otherwise: the same rules in other words, or with words that change nothing."""

from __future__ import annotations

from decimal import Decimal

from scoredsociety.conduct.model import load_conduct
from scoredsociety.scheme.compile.scales import scale
from scoredsociety.scheme.model.rule import Rule
from scoredsociety.scheme.model.scheme import Consequence, Scheme, When
from scoredsociety.scheme.model.score import GradeBand


def asks_for_scores(scheme: Scheme) -> bool:
    """Does a consequence ask for a score, and can grades say the same?"""
    asked = any(threshold(one) is not None for one in scheme.consequence)
    direct = any(
        rule.grade or (rule.residue and rule.residue.grade) or (rule.spill and rule.spill.grade)
        for rule in scheme.rule
    )
    ranked = any(band.top_share is not None or band.quota is not None for band in scheme.grade)
    return asked and not direct and not ranked


def threshold(one: Consequence) -> Decimal | None:
    """The score at which a consequence begins or ends to hold."""
    when = one.when
    return when.score_at_least if when.score_at_least is not None else when.score_below


def bands(scheme: Scheme) -> list[GradeBand]:
    """The grades of a scheme cut at every score that a consequence asks for, highest first."""
    low = Decimal(scale(scheme)[0]) / 100
    starts = {band.from_ for band in scheme.grade if band.from_ is not None}
    cuts = {value for one in scheme.consequence if (value := threshold(one)) is not None}
    kept = list(scheme.grade) or [GradeBand(id="all", status="assumed", assumed=[])]
    new = [
        GradeBand.model_validate(
            {"id": f"from_{value}".replace(".", "_").replace("-", "m"), "from": value,
             "status": "assumed", "assumed": ["from"]}
        )
        for value in cuts if value not in starts and value > low
    ]  # fmt: skip
    lowest = [band for band in kept if band.from_ is None]
    rest = [band for band in (*kept, *new) if band.from_ is not None]
    return [*sorted(rest, key=lambda band: -Decimal(band.from_ or 0)), *lowest]


def by_scores_and_by_grades(scheme: Scheme) -> tuple[Scheme, Scheme]:
    """The scheme with grades cut at its thresholds: asking for scores, and asking for grades."""
    grades = bands(scheme)
    old = [band.id for band in scheme.grade] or ["all"]
    starts = {band.from_: place for place, band in enumerate(grades)}

    def top_of(grade: str) -> str:
        """The highest of the bands into which a grade was cut."""
        place = next(k for k, band in enumerate(grades) if band.id == grade)
        while place > 0 and grades[place - 1].id not in old:
            place -= 1
        return grades[place].id

    def kept(when: When) -> When:
        if when.grade is not None:
            return when.model_copy(update={
                "grade": None, "grade_at_least": when.grade, "grade_at_most": top_of(when.grade)
            })  # fmt: skip
        if when.grade_at_most is not None:
            return when.model_copy(update={"grade_at_most": top_of(when.grade_at_most)})
        return when

    def graded(when: When) -> When:
        update: dict[str, object] = {"score_at_least": None, "score_below": None}
        if when.score_at_least is not None:
            update["grade_at_least"] = grades[starts[when.score_at_least]].id
        if when.score_below is not None:
            update["grade_at_most"] = grades[starts[when.score_below] + 1].id
        return when.model_copy(update=update)

    scores = [one.model_copy(update={"when": kept(one.when)}) for one in scheme.consequence]
    ranges = [one.model_copy(update={"when": graded(one.when)}) for one in scores]
    cut = {"grade": grades, "example": []}
    return (
        scheme.model_copy(update={**cut, "consequence": scores}),
        scheme.model_copy(update={**cut, "consequence": ranges}),
    )


def reordered(scheme: Scheme) -> Scheme:
    """Its rules, lists, caps, consequences, partners and components in the opposite order."""
    names = ("rule", "list_", "cap", "category", "component", "consequence", "partner", "rating")
    return scheme.model_copy(update={name: getattr(scheme, name)[::-1] for name in names})


def with_rule(scheme: Scheme, rule: Rule, place: int = 0) -> Scheme:
    """The scheme with one more rule."""
    rules = list(scheme.rule)
    rules.insert(place, rule)
    return scheme.model_copy(update={"rule": rules})


def can_be_split(scheme: Scheme, rule: Rule) -> bool:
    """Is it on several acts, with nothing that ties its records to one another?"""
    deducts = min(rule.points or 0, rule.shift or 0) < 0
    doubles = rule.repeat or (scheme.dynamics.repeat if deducts else "once")
    tied = (
        doubles == "double", rule.cap, rule.yearly_cap, rule.heaviest_of, rule.brackets,
        rule.slices, rule.per_amount, rule.residue, rule.corrected_by, rule.amount,
    )  # fmt: skip
    heaviest = scheme.dynamics.one_act == "heaviest"
    return len(rule.on or []) > 1 and not any(tied) and not heaviest


def gravity_of(rule: Rule) -> int:
    """The gravity that the rule has as the file says it."""
    if rule.gravity is not None:
        return rule.gravity
    acts = {act.id: act.gravity for act in load_conduct("everyday").act}
    return max(acts[act] for act in rule.on or [])


def split(scheme: Scheme, rule: Rule) -> tuple[Scheme, dict[str, str]]:
    """The scheme with a rule for the first act and one for the others, and the map of ids.

    Where the gravity follows from the acts, both say the rule's.
    """
    deducts = min(rule.points or 0, rule.shift or 0) < 0 or rule.list_ or rule.grade
    gravity = {"gravity": gravity_of(rule)} if deducts else {}
    acts = list(rule.on or [])
    one = rule.model_copy(update={"on": acts[:1], **gravity})
    other = rule.model_copy(update={"on": acts[1:], "id": f"{rule.id}_too", **gravity})
    rules = [new for old in scheme.rule for new in ([one, other] if old is rule else [old])]
    return scheme.model_copy(update={"rule": rules}), {other.id: rule.id}
