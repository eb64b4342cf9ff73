"""The summary: what was found in three sentences, one chart, and what may be said of it."""

from __future__ import annotations

from functools import partial

import polars as pl

from scoredsociety.report import phrasing
from scoredsociety.report.by_scheme import scheme_title
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import (
    Block,
    Facts,
    Figure,
    Heading,
    Note,
    Points,
    Section,
    Table,
    Text,
)
from scoredsociety.report.evidence import Evidence, heading_of, is_baseline_document
from scoredsociety.report.sections.basis.assumptions import assumed_of
from scoredsociety.report.sections.comparison.winners import rows_of_winners
from scoredsociety.report.sections.comparison.winners import sentence as winners_said
from scoredsociety.report.sections.finding import NO_NATIONAL_SCORE, about_china
from scoredsociety.report.sections.outcomes.exclusion import group_table
from scoredsociety.report.sections.summary.differences import Difference, largest, outcomes
from scoredsociety.report.sections.summary.sentences import (
    dimension,
    is_without_rules,
    pair,
    sentences,
    taken,
)
from scoredsociety.report.tally_queries import Count, last_month, tally_counts
from scoredsociety.study.ensemble.fitted_figures import restricted_fitted_to

MOST_BARS = 8


def summary_section(evidence: Evidence) -> Section:
    """The largest findings, what may be printed of them, who was in it, what was assumed."""
    blocks: list[Block] = []
    schemes = told_first(evidence)
    found = {scheme: largest(outcomes(evidence, scheme)) for scheme in schemes}
    for scheme in schemes:
        if len(evidence.scheme_ids) > 1:
            blocks.append(Heading(scheme_title(evidence, scheme)))
        said = sentences(evidence, scheme)
        blocks.append(Points(said) if len(said) > 1 else Text(said[0]))
    if not blocks:
        blocks.append(Text("No scheme was run: nothing was scored and nobody was restricted."))
    blocks += compared(evidence)
    widest = max((one for one in found.values() if one), key=lambda one: one.effect, default=None)
    drawn = chart(widest) if widest else of_everyone(evidence)
    if drawn:
        blocks.append(drawn)
    for scheme in schemes:
        if not is_without_rules(evidence.scheme(scheme)):
            blocks.append(Facts(printed(evidence, scheme, found[scheme])))
    blocks.append(Facts(basis(evidence)))
    blocks += cautions(evidence)
    return Section("summary", "In short", tuple(blocks))


def told_first(evidence: Evidence) -> list[str]:
    """The schemes of the run, what they stand beside (ordinary law) last."""
    return sorted(evidence.scheme_ids, key=lambda one: is_baseline_document(evidence.scheme(one)))


def compared(evidence: Evidence) -> list[Block]:
    """Who is better and worse off than under the other rules, where two were compared."""
    rows = [(one, rows_of_winners(one.winners)) for one in evidence.comparisons]
    return [
        Text(f"Against {one.other} (the {one.place_of_other}; the same people with the same luck): "
             f"{winners_said(found[0], one.told)}.")
        for one, found in rows if found
    ]  # fmt: skip


def chart(most: Difference) -> Figure:
    """The groups of the largest difference, to be saved as a picture or as numbers."""
    month, groups = most.more.month, most.groups
    title = f"{most.outcome.title}, by {dimension(most)}, {month}"
    shares = phrasing.beside((row.people, row.of) for row in groups)
    values = [
        {"name": f"{phrasing.group(row.dimension, row.group)} (n = {phrasing.number(row.of)})",
         "value": round(100 * row.people / row.of, 2), "label": share}
        for row, share in zip(groups, shares, strict=True)
    ]  # fmt: skip
    who = phrasing.denominator(groups[0].denominator)
    sentence = f"Of {who}, who {most.outcome.did}: the largest difference between groups."
    bars = partial(vega_lite.bars, values, title=title, unit=f"of 100 {who}")
    drawn = on_page(bars, name="summary", title=title, description=sentence, saved=True)
    return Figure(title, sentence, drawn, group_table(groups, title))


def of_everyone(evidence: Evidence) -> Figure | None:
    """Where no groups differ: how many come under each reward and restriction; None where none."""
    rows = [row for scheme in evidence.scheme_ids for row in outcomes_of_all(evidence, scheme)]
    rows = sorted(rows, key=lambda row: -row[1].people)[:MOST_BARS]
    if not rows:
        return None
    month = rows[0][1].month
    title = f"Rewards and restrictions, {month}"
    shares = phrasing.beside((row.people, row.of) for _, row in rows)
    values = [{"name": name, "value": round(100 * row.people / row.of, 2), "label": share}
              for (name, row), share in zip(rows, shares, strict=True)]  # fmt: skip
    who = phrasing.denominator(rows[0][1].denominator)
    sentence = f"Of {who}, who held each reward or stood under each restriction at the end."
    bars = partial(vega_lite.bars, values, title=title, unit=f"of 100 {who}")
    drawn = on_page(bars, name="summary", title=title, description=sentence, saved=True)
    table = Table(title, ("reward or restriction", "people", "frequency"),
                  tuple((name, phrasing.number(row.people), share)
                        for (name, row), share in zip(rows, shares, strict=True)),
                  frozenset({1}), folded=True)  # fmt: skip
    return Figure(title, sentence, drawn, table)


def outcomes_of_all(evidence: Evidence, scheme: str) -> list[tuple[str, Count]]:
    """Title and count of everyone, of each consequence that somebody came under at the end."""
    return [
        (one.title, row)
        for one in outcomes(evidence, scheme) if one.kind == "consequence"
        for row in one.rows if row.dimension == "all" and row.of >= phrasing.FEW
    ]  # fmt: skip


def printed(
    evidence: Evidence, scheme: str, most: Difference | None
) -> tuple[tuple[str, str], ...]:
    """A sentence that may be printed, and one that may not."""
    span = phrasing.months(int(evidence.manifest.get("months", len(evidence.months))))
    title = scheme_title(evidence, scheme)
    core = pair(most) if most else _lowered(taken(evidence, scheme))
    place = str(heading_of(evidence.scheme(scheme), "scheme").get("place") or "any real place")
    wrong = f"that more of those {_who(most)} {most.outcome.did}" if most else "who is restricted"
    return (
        ("May be printed",
         f"“In a simulation of {phrasing.number(evidence.people)} invented persons over {span} "
         f"under the written rules of “{title}”, {core}; one run, not a forecast.”"),
        ("May not be printed",
         f"“A study shows, for {place}, {wrong}.” Nobody real was counted, what people do is "
         "largely assumed, and how the rules are applied there was not observed."),
    )  # fmt: skip


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _who(most: Difference) -> str:
    name = phrasing.group(most.more.dimension, most.more.group)
    return f"counted as “{name}” ({dimension(most)})"


def basis(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    """Who was counted, what was compared, how sure it is, what was assumed."""
    society = heading_of(evidence.society or {}, "society").get("title")
    of = f" of “{society}”" if society else ""
    who = f"{phrasing.number(evidence.people)} invented persons{of}"
    for scheme in evidence.scheme_ids:
        month = last_month(evidence, scheme, "restricted")
        rows = tally_counts(evidence, scheme, "restricted", item="any", month=month)
        if month and rows:
            who += f"; in {month}, {phrasing.number(rows[0].of)} "
            who += f"{phrasing.denominator(rows[0].denominator)}"
            who += f" “{scheme_title(evidence, scheme)}”" if len(evidence.scheme_ids) > 1 else ""
    others = phrasing.listed([one.title_of_other for one in evidence.comparisons])
    against = f"The same people under {others}; and groups" if others else (
        "Groups of this one run with each other; no other rules. For those: scored compare"
    )  # fmt: skip
    lucks = list(dict.fromkeys(one.luck for one in evidence.comparisons if one.luck))
    one_run = "Groups are of the first run" if lucks else "One run"
    sure = " ".join([*lucks, (
        f"{one_run}, with seed {evidence.manifest.get('seed')}: another seed moves these counts a "
        "little, another assumption can move them much. A difference between groups is named only "
        "where luck gives none so large in 95 of 100 such runs, over all that were looked at; "
        f"groups of fewer than {phrasing.FEW} people are not compared."
    )])  # fmt: skip
    if evidence.months:
        who += f"; counted from {evidence.months[0]} to {evidence.months[-1]}"
    return (("Who was counted", f"{who}."), ("What was compared", f"{against}."),
            ("How sure", sure), ("What was assumed", assumed_said(evidence)))  # fmt: skip


def assumed_said(evidence: Evidence) -> str:
    """How many values are assumed, and which two move the findings most, where it is known."""
    total = sum(len(row.keys) for row in assumed_of(evidence))
    said = f"{phrasing.number(total)} values that no source gives, listed below. "
    names = movers(evidence.audit)
    if names:
        return f"{said}What moves the conclusions most: {phrasing.listed(names)}."
    name = next(iter(told_first(evidence)), "")
    return (
        f"{said}Which two of them move the findings most cannot be told from one run: "
        f"scored audit {name} moves every one and says."
    )


def movers(audit: pl.DataFrame | None) -> list[str]:
    """The two assumptions that move most conclusions of an audit, of equals the first named."""
    if audit is None or "moved_most_by" not in audit.columns:
        return []
    named = [name for cell in audit["moved_most_by"].drop_nulls().to_list()
             for name in str(cell).split(" and ") if name]  # fmt: skip
    times = {name: named.count(name) for name in dict.fromkeys(named)}
    return sorted(times, key=lambda name: -times[name])[:2]


def cautions(evidence: Evidence) -> list[Block]:
    """What a finding may not be taken for: fitted figures, a national score."""
    notes: list[Block] = []
    for scheme in evidence.scheme_ids:
        figure = restricted_fitted_to(scheme)
        if figure:
            notes.append(Note(
                f"How many people stand under a restriction of {phrasing.plain(scheme)} was fitted "
                f"to {figure}: it checks the program and is no finding."
            ))  # fmt: skip
    if any(about_china(scheme) for scheme in evidence.scheme_ids):
        notes.append(Note(NO_NATIONAL_SCORE))
    return notes
