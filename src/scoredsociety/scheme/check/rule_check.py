"""What is wrong in one rule: what it is on, what it does, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from scoredsociety.calendar import month_number
from scoredsociety.document.shape import Finding, Path
from scoredsociety.scheme.check.vocabulary import among, known_context, known_trait, trait_range
from scoredsociety.scheme.check.warn import points_of
from scoredsociety.scheme.model.rule import Rule
from scoredsociety.scheme.model.scheme import Scheme

_MOST_STEPS = 2000
_TRIGGERS = ("on", "on_list", "on_grade", "on_peers", "on_rating", "on_others", "on_rank",
             "from_attribute")  # fmt: skip


def rule_findings(
    scheme: Scheme, rule: Rule, path: Path, ids: Mapping[str, list[str]], grades: list[str]
) -> Iterator[Finding]:
    given = [key for key in _TRIGGERS if getattr(rule, key) is not None]
    if len(given) != 1:
        found = " and ".join(given) or "none"
        yield path, f"a rule has one of {', '.join(_TRIGGERS)}; here {found}", None
    yield from among((*path, "grade"), rule.grade, grades, "grade")
    yield from among((*path, "list"), rule.list_, ids["list"], "list")
    yield from among((*path, "cap"), rule.cap, ids["cap"], "cap")
    yield from among((*path, "feeds"), rule.feeds, ids["component"], "component")
    yield from known_context((*path, "context"), rule.context)
    stands = any(one is not None for one in (rule.on_list, rule.on_grade, rule.on_rank))
    for part in ("residue", "spill"):
        if getattr(rule, part) is not None:
            yield from among((*path, part, "grade"), getattr(rule, part).grade, grades, "grade")
            if part == "residue" and rule.residue is not None:
                yield from among((*path, part, "list"), rule.residue.list_, ids["list"], "list")
            if rule.on is None and not (part == "residue" and stands):
                yield (*path, part), "only records of acts are corrected or spill over", None
    if rule.stays and (not stands or rule.memory_months is None):
        message = "stays goes with on_list, on_grade or on_rank, and with memory_months, the term"
        yield (*path, "stays"), message, None
    yield from _whom(scheme, rule, path)
    if rule.on_rating is not None:
        where = (*path, "on_rating", "rating")
        yield from among(where, rule.on_rating.rating, ids["rating"], "rating")
    if rule.if_ is not None:
        yield from trait_range((*path, "if"), rule.if_)
    yield from _attribute(rule, path)
    yield from _effects(scheme, rule, path)
    yield from _dates(rule, path)
    known = set(Rule.model_fields) | {f.alias for f in Rule.model_fields.values() if f.alias}
    for place, name in enumerate(rule.assumed):
        yield from among((*path, "assumed", place), name, known | {"gravity", "rate"}, "key")


def _whom(scheme: Scheme, rule: Rule, path: Path) -> Iterator[Finding]:
    """Leaders have a number, and what is yearly a term; who has no score has no rank."""
    spill, others, rank = rule.spill, rule.on_others, rule.on_rank
    if spill is not None and spill.leaders and spill.to not in ("leaders", "fellow_leaders"):
        yield (*path, "spill", "leaders"), "leaders goes with to leaders or fellow_leaders", None
    if others is not None and others.leaders and others.by not in ("fellow_leaders", "residents"):
        message = "leaders goes with by fellow_leaders or residents"
        yield (*path, "on_others", "leaders"), message, None
    if others is not None and all(one.on is None for one in scheme.rule):
        yield (*path, "on_others"), "no rule of the scheme is on an act, so nothing follows", None
    if rank is not None and scheme.score.kind == "none":
        yield (*path, "on_rank"), "a scheme without a score has no ranks", None
    if rank is not None and rank.yearly_in is not None and rule.memory_months is None:
        message = "a yearly rank needs memory_months, the term of those who are taken"
        yield (*path, "memory_months"), message, "such as memory_months = 12"


def _attribute(rule: Rule, path: Path) -> Iterator[Finding]:
    if rule.from_attribute is None:
        for key in ("table", "missing"):
            if getattr(rule, key) is not None:
                yield (*path, key), f"{key} belongs to from_attribute", None
        return
    yield from known_trait((*path, "from_attribute"), rule.from_attribute)
    if rule.table is None:
        yield path, "from_attribute needs a table", 'such as table = [{ from = 3, points = 5 }]'
    for row, step in enumerate(rule.table or []):
        if step.points is None:
            yield (*path, "table", row), "a step of a rule has points", None
    if rule.missing is not None:
        yield from known_trait((*path, "missing", "unless"), rule.missing.unless)


def _effects(scheme: Scheme, rule: Rule, path: Path) -> Iterator[Finding]:
    does = ("points", "brackets", "slices", "grade", "list", "table", "shift")
    given = [key for key in does if getattr(rule, "list_" if key == "list" else key) is not None]
    if not given:
        yield path, "the rule does nothing", f"give one of {', '.join(does)}"
    if sum(key in given for key in ("points", "brackets", "slices", "shift", "table")) > 1:
        yield path, f"{' and '.join(given)} exclude each other", None
    if (rule.feeds is None) != (rule.shift is None):
        yield (*path, "feeds"), "feeds goes with shift (from -1 to 1)", None
    if scheme.score.kind == "none" and {"points", "brackets", "slices", "grade"} & set(given):
        yield path, "a scheme without a score has rules on lists only", None
    yield from _caps(scheme, rule, path)
    if rule.corrected_by is not None and rule.corrected_by in (rule.on or []):
        message = f"{rule.corrected_by} would correct its own record in the month that it is made"
        yield (*path, "corrected_by"), message, "name the act that puts it right"
    if rule.cap is not None and rule.yearly_cap is not None:
        yield (*path, "cap"), "cap and yearly_cap exclude each other", None
    if rule.residue is not None and rule.corrected_by is None and rule.on is not None:
        yield (*path, "residue"), "a residue needs corrected_by", None
    count, before = 0, Decimal(0)
    for piece in sorted(rule.slices or [], key=lambda piece: piece.to):
        count += int((piece.to - before) / piece.per)
        before = piece.to
    if count > _MOST_STEPS:
        yield (*path, "slices"), f"the slices make {count} steps; at most {_MOST_STEPS}", None
    starts = [bracket.from_ for bracket in rule.brackets or []]
    if len(set(starts)) < len(starts):
        yield (*path, "brackets"), "two brackets start at the same amount", None
    span = rule.amount
    if span is not None and span.to is not None and span.to < span.from_:
        yield (*path, "amount"), "from lies above to", None


def _caps(scheme: Scheme, rule: Rule, path: Path) -> Iterator[Finding]:
    """A cap above 0 holds awards, one below 0 deductions; the other way it would hold nothing."""
    points = points_of(rule)
    if rule.yearly_cap is not None and points and _opposed(rule.yearly_cap, points):
        yield (*path, "yearly_cap"), _wrong_sign("the rule", rule.yearly_cap), None
    kept = {cap.id: (place, cap.year) for place, cap in enumerate(scheme.cap)}
    if rule.cap in kept:
        place, year = kept[rule.cap]
        held = [one for other in scheme.rule if other.cap == rule.cap for one in points_of(other)]
        if held and _opposed(year, held):
            yield ("cap", place, "year"), _wrong_sign("each of its rules", year), None


def _opposed(cap: Decimal, points: list[Decimal]) -> bool:
    """Whether the cap and all that it should hold have opposite signs."""
    return all(cap * one < 0 for one in points)


def _wrong_sign(what: str, cap: Decimal) -> str:
    does, holds = ("deducts", "awards") if cap > 0 else ("awards", "deductions")
    return f"{what} {does}, and a cap of {cap} holds {holds}: type {-cap}"


def _dates(rule: Rule, path: Path) -> Iterator[Finding]:
    if rule.from_ and rule.until and month_number(rule.until) <= month_number(rule.from_):
        yield (*path, "until"), f"until {rule.until} is not after from {rule.from_}", None
    months = [dated.from_ for dated in rule.dated]
    if len(set(months)) < len(months):
        yield (*path, "dated"), "two values start in the same month", None
