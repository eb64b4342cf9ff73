"""Whom the acts and scores of others reach: through ties, relatives and wrong files (Q2, Q6)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from scoredsociety.report import phrasing
from scoredsociety.report.by_scheme import scheme_title
from scoredsociety.report.charts import vega_lite
from scoredsociety.report.charts.figure import on_page
from scoredsociety.report.elements import Block, Figure, Heading, Note, Section, Table, Text
from scoredsociety.report.evidence import Document, Evidence, tables_under

FAMILY = ("head_of_household", "spouse", "parents", "children", "household")
NOT_CAUSE = (
    "Standing near is not an effect: people know those who are like them, and relatives share a "
    "household. What ties do is the difference between two runs with the same people and the same "
    "luck: scored compare, with and without the rule on ties."
)


def contagion_section(evidence: Evidence) -> Section | None:
    """Hops to the nearest restricted person, and records of others' acts, scheme by scheme."""
    made = [(one, _of_scheme(evidence, one, place)) for place, one in enumerate(evidence.contagion)]
    made = [(one, part) for one, part in made if part]
    blocks: list[Block] = []
    for one, part in made:
        if len(made) > 1:
            blocks.append(Heading(scheme_title(evidence, str(one["scheme"]))))
        blocks += part
    if not blocks:
        return None
    return Section("contagion", "Whom the records of others reach", (*blocks, Note(NOT_CAUSE)))


def _of_scheme(evidence: Evidence, found: Document, place: int) -> list[Block]:
    """What the rules read of others, then who is reached."""
    scheme = evidence.scheme(str(found["scheme"]))
    blocks: list[Block] = [Text(reads_ties(scheme))]
    if not found["restricted"]:
        return blocks if spills(scheme) or _told(scheme) or peers(scheme) else []
    blocks.append(_near(found, place))
    blocks += others(found)
    return blocks


def peers(scheme: Document) -> list[str]:
    """Titles of the rules and weighted parts that read the ties of a person."""
    rules = [row for row in tables_under(scheme, "rule") if row.get("on_peers")]
    parts = [row for row in tables_under(scheme, "component") if row.get("kind") == "peers"]
    return [str(row.get("title") or phrasing.plain(str(row["id"]))) for row in (*rules, *parts)]


def spills(scheme: Document) -> list[str]:
    """Titles of the rules that also book a relative."""
    return [_title(row) for row in tables_under(scheme, "rule")
            if dict(row.get("spill") or {}).get("to") in FAMILY]  # fmt: skip


def _told(scheme: Document) -> list[str]:
    """Titles of the rules that book leaders or ties for what another does."""
    return [_title(row) for row in tables_under(scheme, "rule")
            if row.get("on_others")
            or dict(row.get("spill") or {}).get("to", FAMILY[0]) not in FAMILY]  # fmt: skip


def _title(row: Document) -> str:
    return str(row.get("title") or phrasing.plain(str(row["id"])))


def _quoted(titles: list[str]) -> list[str]:
    """Titles are quoted from the rule text."""
    return [f"“{title}”" for title in dict.fromkeys(titles)]


def reads_ties(scheme: Document) -> str:
    """Whether the rules read ties or book relatives, in one sentence."""
    read, booked = peers(scheme), spills(scheme)
    ties = (
        f"Read from the scores or violations of one's ties: {phrasing.listed(_quoted(read[:4]))}."
        if read else "No rule reads the scores or violations of one's ties."
    )
    if booked:
        more = f" and {len(booked) - 3} more" if len(booked) > 3 else ""
        ties += f" Also booked to a relative: {phrasing.listed(_quoted(booked[:3]))}{more}."
    if others := _told(scheme):
        ties += (
            f" Booked to leaders or ties for what another did: {phrasing.listed(_quoted(others))}."
        )
    return ties


def _near(found: Document, place: int) -> Figure:
    """Free subjects by hops to the nearest restricted person."""
    hops: Mapping[str, int] = found["hops"]
    free = sum(hops.values())
    names = (("one", "one hop: a tie is restricted"), ("two", "two hops: a tie's tie is"),
             ("farther", "farther away"))  # fmt: skip
    values = [{"name": text, "value": hops[key], "label": phrasing.frequency(hops[key], free)}
              for key, text in names]  # fmt: skip
    title = "Free subjects by distance to a restricted person, at the end"
    chance = round(float(found["expected_one_hop"]))
    sentence = (
        f"{phrasing.share(int(found['restricted']), int(found['subjects']))} subjects are "
        "restricted; "
        f"of the other {phrasing.number(free)}, {phrasing.share(hops['one'], free)} have a tie "
        "with one "
        f"of them and {phrasing.share(hops['two'], free)} a tie's tie. Were the restricted spread "
        f"evenly over all, about {phrasing.frequency(min(chance, free), free)} would have such a "
        "tie. "
        f"A subject has {found['ties']:.1f} ties outside the household on average."
    )
    if found.get("likeness") is not None:
        like = f"{found['likeness']:.2f}".replace("-", phrasing.MINUS)
        sentence += f" The scores at both ends of a tie correlate by {like} (from −1 to 1)."
    table = Table(title, ("distance", "subjects", "frequency"),
                  tuple((text, phrasing.number(hops[key]), phrasing.frequency(hops[key], free))
                        for key, text in names), frozenset({1}))  # fmt: skip
    chart = partial(vega_lite.bars, values, title=title, unit="subjects of the scheme")
    return Figure(title, sentence, on_page(chart, name=f"near-{place}", title=title,
                                           description=sentence), table)  # fmt: skip


def others(found: Document) -> list[Block]:
    """Subjects with a record that takes points for an act of somebody else."""
    rows = tuple(
        (text, phrasing.number(int(found[key])),
         phrasing.frequency(int(found[key]), int(found["subjects"])),
         phrasing.number(int(found[f"{key}_restricted"])))
        for key, text in (("relative", "of a relative's act"),
                          ("others", "of another leader's or a tie's act"),
                          ("wrong_file", "of another's act, put on the wrong file"))
        if found.get(key)
    )  # fmt: skip
    if not rows:
        return []
    return [Table(
        "Subjects with a live record that is not of their own act and adds no points",
        ("record", "subjects", "frequency", "of them restricted"), rows, frozenset({1, 3}),
    )]  # fmt: skip
