"""What the forms ask of a run: contexts, gravity and severity, groups, rights, reversibility."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from scoredsociety.report import phrasing
from scoredsociety.report.evidence import Document, Evidence, heading_of, scheme_id, tables_under
from scoredsociety.report.rights import CHARTER, bears_on, in_order, right_name
from scoredsociety.report.sections.finding import finding, widest
from scoredsociety.report.sections.rules.scheme_card import scale_of
from scoredsociety.report.tally_queries import last_month, tally_counts
from scoredsociety.scheme.model.scheme import Consequence


def _acts_of(evidence: Evidence) -> dict[str, Document]:
    """Acts of the conduct document by id."""
    return {str(row["id"]): row for row in tables_under(evidence.conduct or {}, "act")}


def answered(evidence: Evidence, rule: Document) -> list[Document]:
    """Acts that a rule answers (``on`` names one act or several)."""
    on = rule.get("on") or ()
    names = [on] if isinstance(on, str) else list(on)
    acts = _acts_of(evidence)
    return [acts[name] for name in names if name in acts]


def contexts_of(evidence: Evidence, rule: Document) -> set[str]:
    """Where the evidence of a rule arose: its own context, else those of its acts."""
    if rule.get("context"):
        return {str(rule["context"])}
    return {str(act["context"]) for act in answered(evidence, rule) if act.get("context")}


def gravity_of(evidence: Evidence, rule: Document) -> int | None:
    """Highest gravity (0 to 9) of the conduct that a rule answers, as declared; None if not."""
    if rule.get("gravity") is not None:
        return int(rule["gravity"])
    found = [int(act["gravity"]) for act in answered(evidence, rule) if "gravity" in act]
    return max(found, default=None)


def total(evidence: Evidence, scheme: str, measure: str, item: str) -> int:
    """A measure's count for everyone, summed over the months of the run."""
    chosen = evidence.tallies.filter(
        (pl.col("scheme") == scheme) & (pl.col("measure") == measure)
        & (pl.col("item") == item) & (pl.col("dimension") == "all")
    )  # fmt: skip
    return int(chosen.get_column("count").sum())


def _weighs(rule: Document) -> bool:
    """Whether a rule can lower somebody: points off, a grade, a list, a falling category."""
    points = rule.get("points")
    shift = rule.get("shift")
    return bool(
        (points is not None and float(points) < 0) or (shift is not None and float(shift) < 0)
        or rule.get("grade") or rule.get("list") or rule.get("list_")
    )  # fmt: skip


def booked(evidence: Evidence, document: Document, context: str) -> int:
    """Records booked in the run under lowering rules whose evidence arose in ``context``."""
    return sum(
        total(evidence, scheme_id(document), "records", str(rule["id"]))
        for rule in tables_under(document, "rule")
        if _weighs(rule) and context in contexts_of(evidence, rule)
    )


def lowering(evidence: Evidence, document: Document) -> set[str]:
    """Contexts from which records can lower somebody."""
    rules = [rule for rule in tables_under(document, "rule") if _weighs(rule)]
    return set().union(*(contexts_of(evidence, rule) for rule in rules))


def restrictions(document: Document) -> list[Document]:
    """Consequences that deny something."""
    return [row for row in tables_under(document, "consequence") if row.get("denies")]


def severity_of(consequence: Document) -> int:
    """Severity (0 to 9) as declared, or what a scheme file means that does not say."""
    value = consequence.get("severity")
    return int(Consequence.model_fields["severity"].default if value is None else value)


def protected(evidence: Evidence) -> tuple[int, int]:
    """People restricted for protected conduct in the last month, of all subjects."""
    found, of = 0, 0
    for scheme in evidence.scheme_ids:
        month = last_month(evidence, scheme, "restricted_cause")
        for row in tally_counts(evidence, scheme, "restricted_cause", item="protected",
                          month=month):  # fmt: skip
            found, of = found + row.people, of + row.of
    return found, of


def by_score(consequence: Document) -> bool:
    """Whether a grade or a score decides, so that every record of the scheme weighs in."""
    when = consequence.get("when") or {}
    keys = ("grade_at_most", "grade_at_least", "score_below", "score_at_least")
    return any(when.get(key) is not None for key in keys)


def matrix(evidence: Evidence) -> list[tuple[str, str, int, int]]:
    """(where evidence arose, where harm landed, records booked, person-months of restriction)."""
    rows: list[tuple[str, str, int, int]] = []
    for document in evidence.schemes:
        scheme = scheme_id(document)
        sources = lowering(evidence, document)
        landed: dict[str, int] = {}
        for row in restrictions(document):
            if by_score(row):
                months = total(evidence, scheme, "consequence", str(row["id"]))
                landed[str(row["context"])] = landed.get(str(row["context"]), 0) + months
        for source in sorted(sources):
            records = booked(evidence, document, source)
            rows.extend((source, target, records, months) for target, months
                        in sorted(landed.items()))  # fmt: skip
    return rows


def rights_touched(evidence: Evidence) -> list[str]:
    """Rights on which restrictions bear that fell on somebody in the run, named."""
    found = {
        right
        for document in evidence.schemes
        for row in restrictions(document)
        if total(evidence, scheme_id(document), "consequence", str(row["id"]))
        for right in bears_on(row)
    }
    return [right_name(right) for right in in_order(found)]


def charter(evidence: Evidence) -> str:
    """Articles of the EU Charter that answer to the rights touched."""
    found = {
        int(article)
        for document in evidence.schemes
        for row in restrictions(document)
        if total(evidence, scheme_id(document), "consequence", str(row["id"]))
        for right in bears_on(row)
        for article in CHARTER.get(right, ())
    }
    return phrasing.listed([f"Article {article}" for article in sorted(found)])


def findings(evidence: Evidence) -> str:
    """The finding of every scheme."""
    return " ".join(finding(evidence, scheme) for scheme in evidence.scheme_ids) or "no scheme"


def causes(evidence: Evidence) -> str:
    """The three bars in words."""
    said = []
    for scheme in evidence.scheme_ids:
        month = last_month(evidence, scheme, "restricted_cause")
        for row in tally_counts(evidence, scheme, "restricted_cause", month=month):
            name = {"error": "through an error in the records", "intended": "as the rules intend",
                    "protected": "for protected conduct"}.get(row.item, row.item)  # fmt: skip
            said.append(f"{name}: {phrasing.share(row.people, row.of)} "
                        f"{phrasing.denominator(row.denominator)}")  # fmt: skip
    return "; ".join(said) or "not counted in this run"


def gaps(evidence: Evidence) -> str:
    """The widest difference between groups of each scheme."""
    said = []
    for scheme in evidence.scheme_ids:
        month = last_month(evidence, scheme, "restricted")
        rows = tally_counts(evidence, scheme, "restricted", item="any", month=month,
                      dimension=None)  # fmt: skip
        pair = widest(rows)
        if pair:
            base = phrasing.shared_base((row.people, row.of) for row in pair)
            said.append(" against ".join(
                f"{phrasing.frequency(row.people, row.of, base)} "
                f"({phrasing.group(row.dimension, row.group)}, n = {phrasing.number(row.of)})"
                for row in pair
            ))  # fmt: skip
    return "; ".join(said) or "no difference between groups was counted"


def heads(evidence: Evidence, *keys: str) -> str:
    """Declared values of the schemes' heads."""
    said = [
        str(heading_of(document, "scheme")[key]).replace("_", " ")
        for document in evidence.schemes
        for key in keys
        if heading_of(document, "scheme").get(key)
    ]
    return "; ".join(said)


def scales(evidence: Evidence) -> str:
    """Scales and how often they are published."""
    return "; ".join(filter(None, (scale_of(d.get("score") or {}) for d in evidence.schemes)))


def memories(evidence: Evidence) -> str:
    """The shortest and longest memory of rules, and how many rules can be corrected."""
    months = sorted(
        int(rule["memory_months"])
        for document in evidence.schemes
        for rule in tables_under(document, "rule")
        if isinstance(rule.get("memory_months"), int)
    )
    rules = [rule for document in evidence.schemes for rule in tables_under(document, "rule")]
    correctable = sum(1 for rule in rules if rule.get("corrected_by"))
    span = f"records count for {months[0]} to {months[-1]} months where a rule says so; " if (
        months) else ""  # fmt: skip
    return f"{span}{correctable} of {len(rules)} rules name an act that corrects the record"


def errors(evidence: Evidence) -> str:
    """Errors in the records over the run."""
    names = ("false", "misattributed", "late", "missing")
    found = {name: total(evidence, "", "errors", name) for name in names}
    if not any(found.values()):
        return "no error was counted in this run"
    return phrasing.listed([f"{phrasing.number(count)} {name}" for name, count in found.items()])


def appeals(evidence: Evidence) -> str:
    """Appeals in the run, or that none were modelled."""
    filed, upheld = (total(evidence, "", "response", name) for name in ("objected", "upheld"))
    if not filed:
        return "no appeal was filed in this run"
    return f"{phrasing.number(filed)} appeals filed, {phrasing.frequency(upheld, filed)} upheld"


def contexts(rows: Iterable[str]) -> str:
    """Contexts in words."""
    return phrasing.listed([phrasing.plain(row) for row in rows]) or "none"
