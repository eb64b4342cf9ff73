"""What a scheme's shape cannot say: names that must exist, scales, weights, and what goes together.

Each finding is (path in the document, message, hint); scheme/read/load.py adds the line and the
rule's id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scoredsociety.document.problem import Problem
from scoredsociety.document.read import key_in_table, table_path
from scoredsociety.document.shape import Finding, Path
from scoredsociety.scheme.check.effect_check import consequence_findings, partner_findings
from scoredsociety.scheme.check.rule_check import rule_findings
from scoredsociety.scheme.check.scale_check import example_findings, scale_findings, weight_findings
from scoredsociety.scheme.check.vocabulary import among
from scoredsociety.scheme.compile.name_lookup import Known
from scoredsociety.scheme.compile.rating_rows import rating_findings
from scoredsociety.scheme.compile.source_trust import trust_findings
from scoredsociety.scheme.model.scheme import Scheme
from scoredsociety.scheme.model.values import published

_TABLES = ("source", "grade", "list", "cap", "category", "component", "rating", "rule", "partner",
           "consequence")


def known_of(
    conduct: Any,
    lists: Mapping[str, int],
    schemes: Mapping[str, int],
    grades: Mapping[str, tuple[str, ...]],
    ratings: Mapping[tuple[str, str], int],
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
        kinds, lists, schemes, grades, ratings,
        tuple(source.id for source in conduct.source),
        tuple(source.trust for source in conduct.source),
        tuple(tuple(map(list(conduct.source_ids).index, act.seen_by)) for act in conduct.act),
    )  # fmt: skip


def foreign_lists(scheme: Scheme) -> list[str]:
    """Lists that the scheme reads and does not keep: another scheme's."""
    own = {kept.id for kept in scheme.list_}
    read = [rule.on_list for rule in scheme.rule]
    read += [name for example in scheme.example for name in example.lists]
    return list(dict.fromkeys(name for name in read if name is not None and name not in own))


def check_scheme(scheme: Scheme, conduct: Any | None) -> list[Problem]:
    """Problems of a scheme that was not read from a file, or that meets a conduct document."""
    document = scheme.model_dump(by_alias=True)
    found = [*twice(document), *findings(scheme, document), *act_findings(scheme, conduct)]
    return [
        Problem(scheme.id, None, table_path(document, path), key_in_table(path), message, hint)
        for path, message, hint in found
    ]


def findings(scheme: Scheme, document: Mapping[str, Any]) -> Iterator[Finding]:
    """Everything wrong between the tables of one scheme; ids are those of the whole document."""
    ids = {table: _ids(document, table) for table in _TABLES}
    yield from _cited_texts(scheme, document)
    yield from scale_findings(scheme)
    yield from weight_findings(scheme)
    grades = [*ids["grade"], *([] if ids["grade"] else ["all"])]
    for place, rule in enumerate(scheme.rule):
        yield from rule_findings(scheme, rule, ("rule", place), ids, grades)
    for place, consequence in enumerate(scheme.consequence):
        yield from consequence_findings(scheme, consequence, ("consequence", place), ids, grades)
    for place, rating in enumerate(scheme.rating):
        yield from rating_findings(rating, ("rating", place))
    for place, partner in enumerate(scheme.partner):
        yield from partner_findings(partner, ("partner", place))
    for place, example in enumerate(scheme.example):
        yield from example_findings(scheme, example, ("example", place), grades, ids)


def _cited_texts(scheme: Scheme, document: Mapping[str, Any]) -> Iterator[Finding]:
    """Sources that are neither of the fact collection nor a [[source]] of the document."""
    own = [one.id for one in scheme.source]
    for table in type(scheme).model_fields:
        given = getattr(scheme, table)
        name = type(scheme).model_fields[table].alias or table
        for place, row in enumerate(given if isinstance(given, list) else [given]):
            path: Path = (name, place) if isinstance(given, list) else (name,)
            if table == "source":
                continue
            for source in getattr(row, "source", []):
                if not published(source):
                    yield from among((*path, "source"), source, own, "[[source]]")


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


def act_findings(scheme: Scheme, conduct: Any | None) -> Iterator[Finding]:
    """Acts and sources that the conduct document does not have."""
    if conduct is None:
        return
    acts, told = list(conduct.act_ids), {act.id: act.title
                                         for act in conduct.act}  # fmt: skip
    search = f"search them with `scored conduct {conduct.id} WORD`"
    kinds = sorted({source.id for source in conduct.source} | {s.kind for s in conduct.source})
    for place, name in enumerate(scheme.scheme.reads or []):
        yield from among(("scheme", "reads", place), name, kinds, "source")
    yield from trust_findings(scheme, kinds)
    for place, rule in enumerate(scheme.rule):
        for name in rule.on or []:
            yield from among(("rule", place, "on"), name, acts, "act", told, search)
        yield from among(("rule", place, "corrected_by"), rule.corrected_by, acts, "act", told,
                         search)  # fmt: skip
        for row, name in enumerate(rule.reads or []):
            yield from among(("rule", place, "reads", row), name, kinds, "source")
    for place, example in enumerate(scheme.example):
        for row, record in enumerate(example.records):
            path: Path = ("example", place, "records", row, "act")
            yield from among(path, record.act, acts, "act", told, search)
            own = [name for act in conduct.act if act.id == record.act for name in act.seen_by]
            seen: Path = ("example", place, "records", row, "seen_by")
            yield from among(seen, record.seen_by, own, "source of the act")
            values = [one.value for act in conduct.act if act.id == record.act
                      for one in act.amounts]  # fmt: skip
            if record.amount is not None and record.amount not in (values or [1]):
                hint = f"there are {', '.join(map(str, values)) or 1}"
                message = f"{record.act} has no amount {record.amount}"
                yield (*path[:-1], "amount"), message, hint
