"""What a scheme's shape cannot say: names that must exist, scales, weights, and what goes together.

Each finding is (path in the document, message, hint); load.py adds the line and the rule's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from scoredsociety.calendar import month_number
from scoredsociety.scheme.lines import Known
from scoredsociety.scheme.model import Example, Rule, Scheme
from scoredsociety.scheme.problem import Problem, did_you_mean
from scoredsociety.society.tables import TRAIT, TRAIT_HIGHEST

Path = tuple[str | int, ...]
Finding = tuple[Path, str, str | None]
_TABLES = ("grade", "list", "cap", "category", "component", "rule", "consequence")
_MOST_STEPS = 2000


def known_of(
    conduct: Any,
    lists: Mapping[str, int],
    schemes: Mapping[str, int],
    grades: Mapping[str, tuple[str, ...]],
) -> Known:
    """What rules may point to; a source is read by its id or by the kind of its data."""
    kinds: dict[str, int] = {}
    for place, source in enumerate(conduct.source):
        kinds[source.id] = kinds.get(source.id, 0) | 1 << place
        kinds[source.kind] = kinds.get(source.kind, 0) | 1 << place
    return Known(
        {name: place for place, name in enumerate(conduct.act_ids)},
        {act.id: act.gravity for act in conduct.act},
        {act.id: act.context for act in conduct.act},
        kinds, lists, schemes, grades,
    )  # fmt: skip


def foreign_lists(scheme: Scheme) -> list[str]:
    """Lists that the scheme reads and does not keep: another scheme's."""
    own = {kept.id for kept in scheme.list_}
    read = [rule.on_list for rule in scheme.rule] + [c.when.list_ for c in scheme.consequence]
    read += [name for example in scheme.example for name in example.lists]
    return list(dict.fromkeys(name for name in read if name is not None and name not in own))


def check_scheme(scheme: Scheme, conduct: Any | None) -> list[Problem]:
    """Problems of a scheme that was not read from a file, or that meets a conduct document."""
    document = scheme.model_dump(by_alias=True)
    found = [*twice(document), *findings(scheme, document), *act_findings(scheme, conduct)]
    return [
        Problem(scheme.id, None, place_of(document, path), _key(path), message, hint)
        for path, message, hint in found
    ]


def place_of(document: Mapping[str, Any], path: Path) -> str | None:
    """``rule.parking_ticket`` for a path that leads into that table."""
    if not path:
        return None
    head = str(path[0])
    if len(path) > 1 and isinstance(path[1], int):
        rows = document.get(head)
        row = rows[path[1]] if isinstance(rows, list) and path[1] < len(rows) else None
        name = row.get("id", row.get("name")) if isinstance(row, dict) else None
        return f"{head}.{name}"[:80] if isinstance(name, str) else f"{head} {path[1] + 1}"
    return head


def _key(path: Path) -> str | None:
    words = [str(step) for step in path if isinstance(step, str)]
    return ".".join(words[1:])[:120] or None


def findings(scheme: Scheme, document: Mapping[str, Any]) -> Iterator[Finding]:
    """Everything wrong between the tables of one scheme; ids are those of the whole document."""
    ids = {table: _ids(document, table) for table in _TABLES}
    yield from _scale(scheme)
    yield from _weights(scheme)
    grades = [*ids["grade"], *([] if ids["grade"] else ["all"])]
    for place, rule in enumerate(scheme.rule):
        yield from _rule(scheme, rule, ("rule", place), ids, grades)
    for place, consequence in enumerate(scheme.consequence):
        path: Path = ("consequence", place)
        for key in ("grade_at_most", "grade_at_least"):
            yield from _among((*path, "when", key), getattr(consequence.when, key), grades, "grade")
        yield from _context((*path, "context"), consequence.context)
        if not consequence.when.model_fields_set:
            yield (*path, "when"), "nothing says when it holds", "such as { grade_at_most = \"D\" }"
        for key in ("score_at_least", "score_below"):
            yield from _on_scale(scheme, (*path, "when", key), getattr(consequence.when, key))
    for place, example in enumerate(scheme.example):
        yield from _example(scheme, example, ("example", place), grades, ids["rule"])


def _ids(document: Mapping[str, Any], table: str) -> list[str]:
    rows = document.get(table)
    if not isinstance(rows, list):
        return []
    return [row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]


def twice(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Ids that occur twice in a table."""
    for table in _TABLES:
        rows = document.get(table)
        first: dict[str, int] = {}
        for place, row in enumerate(rows if isinstance(rows, list) else []):
            name = row.get("id") if isinstance(row, dict) else None
            if not isinstance(name, str):
                continue
            if name in first:
                yield (table, place, "id"), f"the id {name[:64]!r} occurs twice", "ids are unique"
            first.setdefault(name, place)


def _among(path: Path, name: str | None, known: Iterable[str], what: str) -> Iterator[Finding]:
    known = list(known)
    if name is not None and name not in known:
        hint = did_you_mean(name, known) or f"there are {', '.join(known[:12]) or 'none'}"
        yield path, f"no {what} {name[:64]!r}", hint


def _trait(path: Path, name: str | None) -> Iterator[Finding]:
    yield from _among(path, name, TRAIT, "trait")


def _context(path: Path, name: str | None) -> Iterator[Finding]:
    from scoredsociety.conduct.tables import CONTEXTS

    yield from _among(path, name, CONTEXTS, "context")


def _on_scale(scheme: Scheme, path: Path, points: Decimal | None) -> Iterator[Finding]:
    score = scheme.score
    if points is None:
        return
    if score.kind == "none":
        yield path, "a scheme without a score has no thresholds", None
    elif (score.low is not None and points < score.low) or (
        score.high is not None and points > score.high
    ):
        yield path, f"{points} is outside the scale {score.low} to {score.high}", None


def _scale(scheme: Scheme) -> Iterator[Finding]:
    score = scheme.score
    if score.kind == "weighted" and (score.low is None or score.high is None):
        yield ("score",), "a weighted score needs low and high", None
    if score.low is not None and score.high is not None and score.low >= score.high:
        yield ("score", "high"), f"high {score.high} must lie above low {score.low}", None
        return
    yield from _on_scale(scheme, ("score", "start"), score.start if score.kind != "none" else None)
    if score.round_to is not None and score.round_to <= 0:
        yield ("score", "round_to"), "rounding is to more than 0", None
    starts: dict[Decimal | None, str] = {}
    for place, band in enumerate(scheme.grade):
        if band.from_ in starts:
            said = "no from" if band.from_ is None else f"from = {band.from_}"
            message = f"{said}, as the grade {starts[band.from_]}"
            yield ("grade", place, "from"), message, "only the lowest grade has no from"
        starts[band.from_] = band.id
        yield from _on_scale(scheme, ("grade", place, "from"), band.from_)
    if scheme.grade and None not in starts:
        yield ("grade",), "no grade is without from", "the lowest grade starts at the scale's end"
    if scheme.scheme.subject is not None:
        yield from _range(("scheme", "subject"), scheme.scheme.subject)
    if scheme.scheme.participation == "opt_in" and scheme.scheme.opt_in_share is None:
        yield ("scheme", "opt_in_share"), "opt_in needs the share of those eligible who are in", None
    for grade in scheme.dynamics.memory.grade:
        path = ("dynamics", "memory", "grade", grade)
        yield from _among(path, grade, [band.id for band in scheme.grade], "grade")


def _range(path: Path, holds: Any) -> Iterator[Finding]:
    yield from _trait((*path, "trait"), holds.trait)
    highest = TRAIT_HIGHEST.get(holds.trait, 255)
    low = holds.from_ or 0
    high = highest if holds.to is None else holds.to
    if low > high or low > highest:
        yield path, f"{holds.trait} runs from 0 to {highest}: from..to is empty", None


def _weights(scheme: Scheme) -> Iterator[Finding]:
    categories = {category.id for category in scheme.category}
    if scheme.score.kind != "weighted":
        for table in ("category", "component"):
            if getattr(scheme, table):
                yield (table,), 'categories and components belong to kind = "weighted"', None
        return
    total = sum((category.weight for category in scheme.category), Decimal(0))
    if total != 1:
        yield ("category",), f"the weights of the categories sum to {total}, not 1", None
    for category in scheme.category:
        shares = [c.share for c in scheme.component if c.category == category.id]
        if sum(shares, Decimal(0)) != 1:
            message = f"the shares of the components of {category.id} sum to {sum(shares)}, not 1"
            yield ("component",), message, None
    for place, part in enumerate(scheme.component):
        path: Path = ("component", place)
        yield from _among((*path, "category"), part.category, categories, "category")
        yield from _trait((*path, "trait"), part.trait)
        if part.kind == "attribute" and (part.trait is None or part.table is None):
            yield path, "an attribute needs trait and table", None
        for row, step in enumerate(part.table or []):
            if step.value is None:
                yield (*path, "table", row), "a step of a component has a value from 0 to 1", None
        if part.kind in ("constant", "records") and part.value is None:
            yield (*path, "value"), f"{part.kind} needs a value from 0 to 1", None
        if part.missing is not None:
            yield from _trait((*path, "missing", "unless"), part.missing.unless)
            if part.missing.value is None:
                yield (*path, "missing", "value"), "missing needs a value from 0 to 1", None


_TRIGGERS = ("on", "on_list", "on_grade", "on_peers", "from_attribute")


def _rule(
    scheme: Scheme, rule: Rule, path: Path, ids: Mapping[str, list[str]], grades: list[str]
) -> Iterator[Finding]:
    given = [key for key in _TRIGGERS if getattr(rule, key) is not None]
    if len(given) != 1:
        found = " and ".join(given) or "none"
        yield path, f"a rule has one of {', '.join(_TRIGGERS)}; here {found}", None
    yield from _among((*path, "grade"), rule.grade, grades, "grade")
    yield from _among((*path, "list"), rule.list_, ids["list"], "list")
    yield from _among((*path, "cap"), rule.cap, ids["cap"], "cap")
    yield from _among((*path, "feeds"), rule.feeds, ids["component"], "component")
    yield from _context((*path, "context"), rule.context)
    for part in ("residue", "spill"):
        if getattr(rule, part) is not None:
            yield from _among((*path, part, "grade"), getattr(rule, part).grade, grades, "grade")
            if rule.on is None:
                yield (*path, part), "only records of acts are corrected or spill over", None
    if rule.if_ is not None:
        yield from _range((*path, "if"), rule.if_)
    yield from _attribute(rule, path)
    yield from _effects(scheme, rule, path)
    yield from _dates(rule, path)
    known = set(Rule.model_fields) | {f.alias for f in Rule.model_fields.values() if f.alias}
    for place, name in enumerate(rule.assumed):
        yield from _among((*path, "assumed", place), name, known | {"gravity", "rate"}, "key")


def _attribute(rule: Rule, path: Path) -> Iterator[Finding]:
    if rule.from_attribute is None:
        for key in ("table", "missing"):
            if getattr(rule, key) is not None:
                yield (*path, key), f"{key} belongs to from_attribute", None
        return
    yield from _trait((*path, "from_attribute"), rule.from_attribute)
    if rule.table is None:
        yield path, "from_attribute needs a table", 'such as table = [{ from = 3, points = 5 }]'
    for row, step in enumerate(rule.table or []):
        if step.points is None:
            yield (*path, "table", row), "a step of a rule has points", None
    if rule.missing is not None:
        yield from _trait((*path, "missing", "unless"), rule.missing.unless)


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
    if rule.cap is not None and rule.yearly_cap is not None:
        yield (*path, "cap"), "cap and yearly_cap exclude each other", None
    if rule.residue is not None and rule.corrected_by is None:
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
    if rule.amount is not None and rule.amount.to is not None and rule.amount.to < rule.amount.from_:
        yield (*path, "amount"), "from lies above to", None


def _dates(rule: Rule, path: Path) -> Iterator[Finding]:
    if rule.from_ and rule.until and month_number(rule.until) <= month_number(rule.from_):
        yield (*path, "until"), f"until {rule.until} is not after from {rule.from_}", None
    months = [dated.from_ for dated in rule.dated]
    if len(set(months)) < len(months):
        yield (*path, "dated"), "two values start in the same month", None


def _example(
    scheme: Scheme, example: Example, path: Path, grades: list[str], rules: list[str]
) -> Iterator[Finding]:
    if sum(record.count for record in example.records) > 20:
        yield (*path, "records"), "an example has at most 20 records", None
    yield from _among((*path, "expect", "grade"), example.expect.grade, grades, "grade")
    if not example.expect.model_fields_set:
        yield (*path, "expect"), "nothing is expected", None
    for name, value in example.attributes.items():
        yield from _trait((*path, "attributes", name), name)
        if value > TRAIT_HIGHEST.get(name, 255):
            message = f"{name} runs from 0 to {TRAIT_HIGHEST[name]}"
            yield (*path, "attributes", name), message, None
    for place, name in enumerate(example.rules):
        yield from _among((*path, "rules", place), name, rules, "rule")


def act_findings(scheme: Scheme, conduct: Any | None) -> Iterator[Finding]:
    """Acts and sources that the conduct document does not have."""
    if conduct is None:
        return
    acts = list(conduct.act_ids)
    kinds = sorted({source.id for source in conduct.source} | {s.kind for s in conduct.source})
    for place, name in enumerate(scheme.scheme.reads or []):
        yield from _among(("scheme", "reads", place), name, kinds, "source")
    for place, rule in enumerate(scheme.rule):
        for name in rule.on or []:
            yield from _among(("rule", place, "on"), name, acts, "act")
        yield from _among(("rule", place, "corrected_by"), rule.corrected_by, acts, "act")
        for row, name in enumerate(rule.reads or []):
            yield from _among(("rule", place, "reads", row), name, kinds, "source")
    for place, example in enumerate(scheme.example):
        for row, record in enumerate(example.records):
            yield from _among(("example", place, "records", row, "act"), record.act, acts, "act")
