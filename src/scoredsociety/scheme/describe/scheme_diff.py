"""How two schemes differ, said as a person would say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from scoredsociety.scheme.compile.amounts import grade_ids
from scoredsociety.scheme.describe.objection_channel import channel_phrase
from scoredsociety.scheme.describe.rule_phrases import (
    SEEN_BY,
    begins,
    effect,
    how_often,
    meeting,
    plain_number,
    reader,
    title_of,
    trigger,
)
from scoredsociety.scheme.describe.rules_in_words import contexts_of
from scoredsociety.scheme.model.rule import Rule
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.model.status import badge_words

_MOST_NAMED = 4
_MANNERS = (  # key of [dynamics], its value, what that says, and what the other says
    ("repeat", "double", "a repeat counts twice", "once"),
    ("one_act", "heaviest", "only the heaviest of several rules on one act is booked", "all are"),
    ("awards_suspended", True, "awards do not count while a straight-to-grade record stands",
     "they always do"),
)  # fmt: skip


def diff(a: Scheme, b: Scheme, acts: Mapping[str, str] | None = None) -> list[str]:
    """Sentences on what differs, most general first; ``acts`` gives the context of each act."""
    if a == b:
        return [f"{a.id} and {b.id} say the same."]
    if a.id == b.id:
        head = b.scheme.model_copy(update={"id": f"{b.id} as changed"})
        b = b.model_copy(update={"scheme": head})
    return [
        *_scales(a, b),
        *_grades(a, b),
        *_dynamics(a, b),
        *_subjects(a, b),
        *_ratings(a, b),
        *_rules(a, b, acts or {}),
        *_partners(a, b),
        *_consequences(a, b),
        *_objections(a, b),
    ]


def _scales(a: Scheme, b: Scheme) -> Iterable[str]:
    if a.score.kind != b.score.kind:
        says = {"points": "adds up points", "weighted": "weighs categories", "none": "has no score"}
        yield f"{a.id} {says[a.score.kind]}; {b.id} {says[b.score.kind]}."
        return
    for key, word in (("start", "starts at"), ("low", "has its lowest score at"),
                      ("high", "has its highest score at")):  # fmt: skip
        one, other = getattr(a.score, key), getattr(b.score, key)
        if one != other:
            said = [
                "no such number" if value is None else plain_number(value) for value in (one, other)
            ]
            yield f"{a.id} {word} {said[0]}; {b.id} at {said[1]}."
    if a.score.published_every != b.score.published_every:
        often = [how_often(s.score.published_every) for s in (a, b)]
        yield f"{a.id} publishes the score {often[0]}, {b.id} {often[1]}."


def _grades(a: Scheme, b: Scheme) -> Iterable[str]:
    names = [grade_ids(a), grade_ids(b)]
    if names[0] != names[1]:
        yield (f"{a.id} has the grades {', '.join(reversed(names[0]))}; "
               f"{b.id} has {', '.join(reversed(names[1]))}.")  # fmt: skip
    bands = [{band.id: band for band in scheme.grade} for scheme in (a, b)]
    for name in bands[0]:
        if name not in bands[1]:
            continue
        said = [begins(one[name]) for one in bands]
        if said[0] == said[1]:
            continue
        by_rank = [one[name].top_share or one[name].quota for one in bands]
        if any(by_rank):
            yield f"Grade {name} is {said[0]} in {a.id}, and {said[1]} in {b.id}."
            continue
        at = ["the bottom" if one[name].from_ is None else plain_number(one[name].from_ or 0)
              for one in bands]  # fmt: skip
        yield f"Grade {name} begins at {at[0]} in {a.id} and at {at[1]} in {b.id}."


def _dynamics(a: Scheme, b: Scheme) -> Iterable[str]:
    for key, marked, says, opposite in _MANNERS:
        if getattr(a.dynamics, key) != getattr(b.dynamics, key):
            first, second = (a, b) if getattr(a.dynamics, key) == marked else (b, a)
            yield f"In {first.id} {says}; in {second.id} {opposite}."
    told = [_trusts(scheme) for scheme in (a, b)]
    if told[0] != told[1]:
        yield f"{a.id} {told[0]}; {b.id} {told[1]}."
    if a.dynamics.memory != b.dynamics.memory:
        terms = [s for s in (a, b) if s.dynamics.memory.model_fields_set]
        if len(terms) == 2:
            yield "Records expire in both, after unlike terms."
        else:
            other = b if terms[0] is a else a
            yield f"Records expire in {terms[0].id}; {other.id} has no general term for them."


def _trusts(scheme: Scheme) -> str:
    trust = scheme.trust
    if trust is None:
        return "trusts all sources alike"
    own = ["each by its own weight"] if trust.declared else []
    said = [*own, *(f"{name.replace('_', ' ')} {plain_number(weight)}"
                    for name, weight in trust.weights.items())]  # fmt: skip
    return f"weighs its sources ({', '.join(said)})" if said else "trusts all sources alike"


def _subjects(a: Scheme, b: Scheme) -> Iterable[str]:
    heads = (a.scheme, b.scheme)
    if heads[0].participation != heads[1].participation:
        words = {"mandatory": "is mandatory", "opt_in": "is joined by choice"}
        yield f"{a.id} {words[heads[0].participation]}; {b.id} {words[heads[1].participation]}."
    if heads[0].min_age != heads[1].min_age:
        yield f"{a.id} holds from {heads[0].min_age} years, {b.id} from {heads[1].min_age}."
    if heads[0].visibility != heads[1].visibility:
        said = [SEEN_BY[head.visibility] for head in heads]
        yield f"In {a.id} {said[0]} the score; in {b.id} {said[1]} it."
    weights = [{category.id: category.weight for category in s.category} for s in (a, b)]
    for name in weights[0].keys() & weights[1].keys():
        if weights[0][name] != weights[1][name]:
            both = f"{weights[0][name]:.0%} in {a.id} and {weights[1][name]:.0%} in {b.id}"
            yield f"{name.replace('_', ' ').capitalize()} weighs {both}."


def _rules(a: Scheme, b: Scheme, acts: Mapping[str, str]) -> Iterable[str]:
    pairs = _pairs(a, b)
    met = {one.id for one, _ in pairs}, {other.id for _, other in pairs}
    if len(a.rule) != len(b.rule):
        yield f"{a.id} has {len(a.rule)} rules, {b.id} {len(b.rule)}."
    for one, other in pairs:
        said = effect(a, one), effect(b, other)
        if said[0] != said[1]:
            title = title_of(one.id, one.title)
            yield f"{title}. In {a.id}: {said[0]}. In {b.id}: {said[1]}."
        elif one.status != other.status:
            yield (f"{title_of(one.id, one.title)} is {badge_words(one.status)} in {a.id} and "
                   f"{badge_words(other.status)} in {b.id}.")  # fmt: skip
    for scheme, known in ((a, met[0]), (b, met[1])):
        yield from _alone(scheme, [rule for rule in scheme.rule if rule.id not in known], acts)


def _pairs(a: Scheme, b: Scheme) -> list[tuple[Rule, Rule]]:
    """Rules of the same id, and then rules on the same acts and amounts."""
    theirs = {rule.id: rule for rule in b.rule}
    pairs = [(rule, theirs[rule.id]) for rule in a.rule if rule.id in theirs]
    left = [rule for rule in b.rule if rule.id not in {other.id for _, other in pairs}]
    for rule in a.rule:
        if rule.id in theirs:
            continue
        for other in left:
            same = rule.on and other.on and set(rule.on) & set(other.on)
            if same and rule.amount == other.amount and rule.if_ == other.if_:
                pairs.append((rule, other))
                left.remove(other)
                break
    return pairs


def _alone(scheme: Scheme, rules: list[Rule], acts: Mapping[str, str]) -> Iterable[str]:
    contexts = contexts_of(scheme, acts) if acts else {rule.id: "other" for rule in rules}
    groups = Counter(contexts[rule.id] for rule in rules)
    if not rules:
        return
    head = f"Only {scheme.id} has {_rules_many(len(rules))}"
    if len(groups) == 1:
        context = contexts[rules[0].id]
        about = "" if context == "other" else f" about {context.replace('_', ' ')}"
        yield f"{head}{about}: {_some(rules)}."
        return
    yield f"{head} that the other has nothing like:"
    for context, count in groups.most_common():
        mine = [rule for rule in rules if contexts[rule.id] == context]
        yield f"  {count} about {context.replace('_', ' ')}: {_some(mine)}."


def _rules_many(count: int) -> str:
    return f"{count} rule{'' if count == 1 else 's'}"


def _some(rules: list[Rule]) -> str:
    names = [title_of(rule.id, rule.title) for rule in rules]
    more = f"; and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return "; ".join(names[:_MOST_NAMED]) + more


def _ratings(a: Scheme, b: Scheme) -> Iterable[str]:
    ids = [{one.id: meeting(one) for one in scheme.rating} for scheme in (a, b)]
    for name in ids[0]:
        if name in ids[1] and ids[0][name] != ids[1][name]:
            yield f"In {a.id}, {ids[0][name]}; in {b.id}, {ids[1][name]}."
    for scheme, own, other in ((a, ids[0], ids[1]), (b, ids[1], ids[0])):
        for name in own.keys() - other.keys():
            yield f"Only in {scheme.id}, {own[name]}."


def _partners(a: Scheme, b: Scheme) -> Iterable[str]:
    ids = [{one.id: one for one in scheme.partner} for scheme in (a, b)]
    for name in ids[0]:
        if name in ids[1]:
            one, two = (own[name] for own in ids)
            told = ("title", "needs_consent", "consent_share", "from_", "until")
            if any(getattr(one, key) != getattr(two, key) for key in told):
                yield f"In {a.id}, {reader(a, one)}; in {b.id}, {reader(b, two)}."
    for scheme, own, other in ((a, ids[0], ids[1]), (b, ids[1], ids[0])):
        names = [one.title for key, one in own.items() if key not in other]
        if names:
            yield f"Only {scheme.id} is read by {', '.join(names)}."


def _consequences(a: Scheme, b: Scheme) -> Iterable[str]:
    ids = [{one.id: one for one in scheme.consequence} for scheme in (a, b)]
    for name in ids[0]:
        if name in ids[1]:
            said = trigger(a, ids[0][name]), trigger(b, ids[1][name])
            if said[0] != said[1]:
                title = title_of(name, ids[0][name].title)
                yield f"{title}: {said[0]} in {a.id}, {said[1]} in {b.id}."
    for scheme, own, other in ((a, ids[0], ids[1]), (b, ids[1], ids[0])):
        for verb, kind in (("denies", "restriction"), ("grants", "reward")):
            names = [title_of(key, one.title) for key, one in own.items()
                     if key not in other and getattr(one, verb)]  # fmt: skip
            if names:
                count = f"this {kind}" if len(names) == 1 else f"these {len(names)} {kind}s"
                yield f"Only {scheme.id} has {count}: {'; '.join(names)}."


def _objections(a: Scheme, b: Scheme) -> Iterable[str]:
    said = channel_phrase(a.appeal), channel_phrase(b.appeal)
    if said[0] != said[1]:
        yield f"{a.id} {said[0]}; {b.id} {said[1]}."
