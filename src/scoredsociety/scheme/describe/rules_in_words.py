"""The rule book of a scheme in words, each line with what is known of it.

A badge says how well a rule is known: rule text, operator, press, disputed or assumed;
``assumed`` lists the numbers of it that no source gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoredsociety.scheme.compile.amounts import grade_ids
from scoredsociety.scheme.compile.source_trust import trust_words
from scoredsociety.scheme.describe.objection_channel import channel_words
from scoredsociety.scheme.describe.rule_phrases import (
    SEEN_BY,
    begins,
    effect,
    how_often,
    meeting,
    months,
    plain_number,
    reader,
    title_of,
    trigger,
)
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.model.status import STATUSES, badge_words
from scoredsociety.scheme.model.values import shown_source

SYNTHETIC = "synthetic society, not a forecast"


@dataclass(frozen=True)
class Clause:
    """One sentence of the rule book."""

    id: str  # such as ``rule.parking_ticket``
    words: str
    status: str | None = None
    sources: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def badge(self) -> str:
        """``[rule text O-R0; assumed: memory_months]``; empty where nothing is claimed."""
        known = (badge_words(self.status or ""), ", ".join(map(shown_source, self.sources)))
        said = " ".join(part for part in known if part)
        guess = f"assumed: {', '.join(self.assumed)}" if self.assumed else ""
        claimed = "; ".join(part for part in (said, guess) if part)
        return f"[{claimed}]" if claimed else ""

    def __str__(self) -> str:
        return f"{self.words} {self.badge}".rstrip()


@dataclass(frozen=True)
class RuleBookSection:
    """A heading with its lines."""

    title: str
    lines: tuple[Clause, ...]


def rule_book(scheme: Scheme, contexts: Mapping[str, str] | None = None) -> list[RuleBookSection]:
    """The whole scheme in words; ``contexts`` (of each act) groups the rules."""
    sections = [
        RuleBookSection(scheme.title, tuple(_head(scheme))),
        RuleBookSection("Scale and grades", tuple(_scale(scheme))),
        RuleBookSection("Categories", tuple(_categories(scheme))),
        RuleBookSection("Ratings by those one meets", tuple(_ratings(scheme))),
        *_rules(scheme, contexts or {}),
        RuleBookSection("Partners who read it", tuple(_partners(scheme))),
        RuleBookSection("Consequences", tuple(_consequences(scheme))),
        RuleBookSection("Objections", tuple(_objections(scheme))),
        RuleBookSection("Texts of the author's own", tuple(_own_texts(scheme))),
    ]
    return [section for section in sections if section.lines]


def _own_texts(scheme: Scheme) -> Iterable[Clause]:
    for one in scheme.source:
        parts = (one.title, one.article, one.date, one.url)
        yield Clause(f"source.{one.id}", f"{one.id}: {', '.join(p for p in parts if p)}.")


def as_text(sections: Iterable[RuleBookSection]) -> str:
    """The rule book as plain text."""
    parts = [
        "\n".join([section.title, *(f"  {line}" for line in section.lines)])
        for section in sections
    ]
    return "\n\n".join([*parts, f"({SYNTHETIC})"])


def contexts_of(scheme: Scheme, acts: Mapping[str, str]) -> dict[str, str]:
    """Context of each rule: its own, or that of its first act."""
    return {
        rule.id: rule.context or acts.get((rule.on or [""])[0], "other") for rule in scheme.rule
    }


def badge_counts(scheme: Scheme) -> dict[str, int]:
    """How many rules are known from a rule text, the operator, the press, and so on."""
    return {kind: sum(rule.status == kind for rule in scheme.rule) for kind in STATUSES}


def _head(scheme: Scheme) -> Iterable[Clause]:
    head = scheme.scheme
    where = ", ".join(part for part in (head.operator, head.place, head.period) if part)
    if where:
        yield Clause("scheme", f"{where[0].upper()}{where[1:]}.", head.status, tuple(head.source),
                   tuple(head.assumed))  # fmt: skip
    if head.about:
        yield Clause("scheme.about", head.about)
    who = f"Persons from {head.min_age} years" if head.min_age else "All persons"
    joins = f", by choice ({head.opt_in_share:%} of those eligible)" if head.opt_in_share else ""
    seen = f"{SEEN_BY[head.visibility]} the score{_read_by(scheme)}"
    yield Clause("scheme.subjects", f"{who}{joins}; {seen}.")
    shares = [
        f"{count} {badge_words(kind)}" for kind, count in badge_counts(scheme).items() if count
    ]
    count = len(scheme.rule)
    yield Clause("rule", f"{count} rule{'' if count == 1 else 's'}: {', '.join(shares) or 'none'}.")


def _scale(scheme: Scheme) -> Iterable[Clause]:
    score = scheme.score
    if score.kind == "none":
        yield Clause("score", "There is no score.")
        return
    low = f" from {plain_number(score.low)}" if score.low is not None else ""
    high = f" to {plain_number(score.high)}" if score.high is not None else ""
    start = f", everybody starts at {plain_number(score.start)}" if score.start is not None else ""
    yield Clause("score", f"{score.kind.capitalize()}{low}{high}{start}.",
               assumed=tuple(score.assumed))  # fmt: skip
    yield Clause("score.published_every", _published(score.published_every))
    bands = {band.id: band for band in scheme.grade}
    for name in reversed(grade_ids(scheme) if bands else ()):
        band = bands[name]
        title = f" ({band.title})" if band.title else ""
        words = f"{band.id}: {begins(band)}{title}"
        yield Clause(f"grade.{band.id}", words, band.status, tuple(band.source),
                   tuple(band.assumed))  # fmt: skip
    yield from _dynamics(scheme)


def _published(every: int) -> str:
    """How often the score is published, and when a record shows (S3-72)."""
    if every == 1:
        shown = (
            "what is booked in a month counts in that month's score, which others see in the next"
        )
    else:
        shown = "what is booked in between shows at the next publication"
    return f"Published {how_often(every)}: {shown}."


def _dynamics(scheme: Scheme) -> Iterable[Clause]:
    dynamics, memory = scheme.dynamics, scheme.dynamics.memory
    said = []
    if dynamics.repeat == "double":
        said.append("a repeat while an earlier one is valid counts twice")
    if dynamics.one_act == "heaviest":
        said.append("of several rules on one act only the heaviest is booked")
    if dynamics.awards_suspended:
        said.append("awards do not count while a straight-to-grade record stands")
    for bound in memory.deduction or []:
        size = f"of up to {plain_number(bound.up_to)} points " if bound.up_to is not None else ""
        said.append(f"deductions {size}last {months(bound.months)[4:]}")
    if memory.award is not None:
        said.append(f"awards last {months(memory.award)[4:]}")
    said += [f"straight to {name} lasts {months(span)[4:]}" for name, span in memory.grade.items()]
    for line in said:
        yield Clause("dynamics", f"{line[0].upper()}{line[1:]}.", None, tuple(dynamics.source))
    if (trust := scheme.trust) is not None:
        yield Clause("trust", trust_words(trust), trust.status, tuple(trust.source),
                   tuple(trust.assumed))  # fmt: skip


def _categories(scheme: Scheme) -> Iterable[Clause]:
    for category in scheme.category:
        parts = [
            f"{title_of(part.id, part.title)} ({part.share:%})".replace(".00%", "%")
            for part in scheme.component
            if part.category == category.id
        ]
        assumed = {key for part in scheme.component if part.category == category.id
                   for key in part.assumed}  # fmt: skip
        words = f"{category.weight:.0%} {category.title}: {'; '.join(parts)}."
        yield Clause(f"category.{category.id}", words, category.status, tuple(category.source),
                   tuple(sorted(assumed)))  # fmt: skip


def _rules(scheme: Scheme, acts: Mapping[str, str]) -> Iterable[RuleBookSection]:
    contexts = contexts_of(scheme, acts)
    for context in dict.fromkeys(contexts.values()):
        lines = tuple(
            Clause(
                f"rule.{rule.id}", f"{title_of(rule.id, rule.title)}: {effect(scheme, rule)}.",
                rule.status, tuple(rule.source), tuple(rule.assumed),
            )
            for rule in scheme.rule
            if contexts[rule.id] == context
        )  # fmt: skip
        title = "Rules" if not acts else f"Rules: {context.replace('_', ' ')}"
        yield RuleBookSection(title, lines)


def _ratings(scheme: Scheme) -> Iterable[Clause]:
    for rating in scheme.rating:
        words = f"{title_of(rating.id, rating.title)}: {meeting(rating)}."
        yield Clause(f"rating.{rating.id}", words, rating.status, tuple(rating.source),
                   tuple(rating.assumed))  # fmt: skip


def _read_by(scheme: Scheme) -> str:
    count = len(scheme.partner)
    return f"; it is read by {count} partner{'' if count == 1 else 's'}" if count else ""


def _partners(scheme: Scheme) -> Iterable[Clause]:
    for partner in scheme.partner:
        words = f"{reader(scheme, partner)}."
        yield Clause(f"partner.{partner.id}", words, partner.status, tuple(partner.source),
                   tuple(partner.assumed))  # fmt: skip


def _consequences(scheme: Scheme) -> Iterable[Clause]:
    who = {partner.id: partner.title for partner in scheme.partner}
    for one in scheme.consequence:
        what = str(one.denies or one.grants).replace("_", " ")
        verb = "denies" if one.denies else "grants"
        by = f"; partner: {who[one.partner]}" if one.partner is not None else ""
        words = f"{title_of(one.id, one.title)} ({trigger(scheme, one)}; {verb} {what}{by})"
        sources, assumed = tuple(one.source), tuple(one.assumed)
        yield Clause(f"consequence.{one.id}", words, one.status, sources, assumed)


def _objections(scheme: Scheme) -> Iterable[Clause]:
    appeal = scheme.appeal
    if not scheme.rule:
        return
    if appeal is None:
        yield Clause("appeal", channel_words(None), "assumed")
        return
    yield Clause("appeal", channel_words(appeal), appeal.status, tuple(appeal.source),
               tuple(appeal.assumed))  # fmt: skip
    if appeal.note:
        yield Clause("appeal.note", appeal.note)
