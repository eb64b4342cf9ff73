"""What is wrong in a consequence or a partner: when it holds, for how long, and who reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scoredsociety.calendar import month_number
from scoredsociety.document.shape import Finding, Path
from scoredsociety.scheme.check.deniable import spellings, vocabulary
from scoredsociety.scheme.check.vocabulary import among, known_context, on_scale, trait_range
from scoredsociety.scheme.model.consequence_terms import TERM
from scoredsociety.scheme.model.scheme import Consequence, Partner, Scheme
from scoredsociety.society.tables import KEPT, TRAIT


def consequence_findings(
    scheme: Scheme, one: Consequence, path: Path, ids: Mapping[str, list[str]], grades: list[str]
) -> Iterator[Finding]:
    when = one.when
    for key in ("grade", "grade_at_most", "grade_at_least"):
        yield from among((*path, "when", key), getattr(when, key), grades, "grade")
    yield from known_context((*path, "context"), one.context)
    if not when.model_fields_set:
        yield (*path, "when"), "nothing says when it holds", "such as { grade_at_most = \"D\" }"
    if when.grade is not None and (when.grade_at_most or when.grade_at_least):
        message = "grade is one grade; grade_at_most and grade_at_least go without it"
        yield (*path, "when", "grade"), message, None
    yield from among((*path, "when", "list"), when.list_, ids["list"], "list")
    for key in ("score_at_least", "score_below"):
        yield from on_scale(scheme, (*path, "when", key), getattr(when, key))
    yield from _words(scheme, one, path)
    yield from _persons(one, path)
    yield from _term(one, path, ids)
    yield from among((*path, "partner"), one.partner, ids["partner"], "partner")
    asks = {partner.id for partner in scheme.partner if partner.needs_consent}
    if one.denies is not None and one.partner in asks:
        message = "a partner who needs consent can only grant: who does not consent is not read"
        yield (*path, "denies"), message, None


def _words(scheme: Scheme, one: Consequence, path: Path) -> Iterator[Finding]:
    """What is denied or granted stands in the vocabulary of the scheme's kind of subject."""
    subjects = scheme.scheme.subjects
    known = vocabulary(subjects)
    if not known:
        return
    told = {name: f"{word.title} {word.what} {' '.join(word.also)}" for name, word in known.items()}
    for key, name in (("denies", one.denies), ("grants", one.grants)):
        if name is not None and name not in spellings(subjects):
            search = "`scored schemes vocabulary` prints them"
            yield from among((*path, key), name, known, f"{key} word", told, search)


def _persons(one: Consequence, path: Path) -> Iterator[Finding]:
    """Of everybody a month keeps some traits only: who is denied something is asked each month."""
    if one.if_ is None:
        return
    if one.if_.trait not in KEPT and one.if_.trait in TRAIT:
        message = f"a consequence cannot ask for {one.if_.trait}, which is not kept of everybody"
        hint = f"there are {', '.join(KEPT)}; a rule with if can place on a list that it follows"
        yield (*path, "if", "trait"), message, hint
        return
    yield from trait_range((*path, "if"), one.if_)


def _term(one: Consequence, path: Path, ids: Mapping[str, list[str]]) -> Iterator[Finding]:
    if one.months is None:
        return
    when = one.when
    by_grade = any((when.grade, when.grade_at_most, when.grade_at_least))
    by_score = when.score_at_least is not None or when.score_below is not None
    if by_score or by_grade == (when.list_ is not None):
        message = "months is the term of a consequence that follows a grade, or a list"
        yield (*path, "months"), message, "a score's threshold can be given a grade of its own"
    for table in ("rule", "list"):
        if f"{TERM}{one.id}" in ids[table]:
            message = f"months makes a {table} {TERM}{one.id}, and there is one already"
            yield (*path, "months"), message, "give it another id"


def partner_findings(partner: Partner, path: Path) -> Iterator[Finding]:
    if not partner.source and partner.status != "assumed":
        yield path, 'a partner without a source has status = "assumed"', None
    if partner.consent_share is not None and not partner.needs_consent:
        yield (*path, "consent_share"), "consent_share goes with needs_consent = true", None
    since, until = partner.from_, partner.until
    if since and until and month_number(until) <= month_number(since):
        yield (*path, "until"), f"until {until} is not after from {since}", None
