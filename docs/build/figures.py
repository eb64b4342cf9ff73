"""Sentences of docs/model.md whose figures stand in its own tables, made from those tables.

A table that is made anew moves them, so no sentence can go on saying what a table no longer says.
"""

from __future__ import annotations

import re
from importlib import import_module

Rows = list[list[str]]


def rows_of(page: str, name: str) -> Rows:
    """Cells of the table in the part of a page that is marked ``made: name``, without its head."""
    found = re.search(rf"<!-- made: {re.escape(name)} -->\n(.*?)\n<!-- made end -->", page, re.S)
    if found is None:
        raise ValueError(f"the page has no part marked 'made: {name}'")
    lines = [line for line in found.group(1).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def seeds(row: list[str]) -> tuple[int, int, int]:
    """Seeds with less, nothing and more, of a row of the signs."""
    less, none, more = (int(part) for part in row[4].split("/"))
    return less, none, more


def between(values: list[int]) -> str:
    """``9``, or ``12 to 14``."""
    low, high = min(values), max(values)
    return str(low) if low == high else f"{low} to {high}"


def signs_said(page: str) -> str:
    """What V20 shows: likeness, and parts of the network."""
    rows = [row for row in rows_of(page, "signs") if row[0] == "V20"]
    of = sum(seeds(rows[0]))

    def lines(what: str, *words: str) -> Rows:
        return [row for row in rows if row[1].startswith(what) and all(w in row[1] for w in words)]

    alike = {name: lines("likeness", f", {name})") for name in ("default", "high")}
    more = {name: between([seeds(row)[2] for row in found]) for name, found in alike.items()}
    means = [float(row[3]) for found in alike.values() for row in found]
    parts = {form: seeds(lines("share in the largest", "less kept", f"form {form}, high")[0])[0]
             for form in ("gap", "worth", "listed")}  # fmt: skip
    return (
        f"Ties left over are more alike in score in {more['default']} of {of} seeds at the default "
        f"and in {more['high']} at the high end of the bounds (mean change of the correlation "
        f"{min(means):.4f} to {max(means):.4f}), beside ties kept and beside as many cut at "
        f"random. At the high end people leave the largest part in {parts['gap']} of {of} seeds "
        f"where ties are dropped by the gap alone, in {parts['worth']} where people look at what "
        f"a tie costs, in {parts['listed']} where they drop the listed."
    )


def generations_said(page: str) -> str:
    """How many children the denial reached, and what it did."""
    outcomes = rows_of(page, "generations-outcomes")
    paired = rows_of(page, "generations-paired")
    grades = rows_of(page, "generations-grades")
    theirs, out = (next(row for row in outcomes if row[0] == "18" and row[1].startswith(words))
                   for words in ("parent restricted", "kept out"))  # fmt: skip
    senior = next(row for row in outcomes
                  if row[0] == "18" and row[1] == out[1] and row[3].startswith("senior"))
    first = next(row for row in paired if row[0] == "18")
    kappa = {row[1]: float(row[6]) for row in grades
             if row[0] == "`wendeng_2020`" and row[2] == "all parents"}  # fmt: skip
    return (
        f"Of {int(first[2]):,} children who came of age at home in `county` (20,000 people, one "
        f"seed), {theirs[2]} had a parent who was under the denial at some time while they were "
        f"of school age and lost no paid school, and {first[3]} were kept out of one; "
        f"{first[4]} of those came of age with a level less. Between children kept out and "
        f"children of like parents the luck of so few is larger than the effect (senior secondary "
        f"school: {senior[6]} of 100). Kappa of parent's and child's grade under "
        f"Wendeng's rules is {kappa['18']:.2f} at 18 and {kappa['23']:.2f} at 23."
    )


def runs_said(module: str, command: str) -> str:
    """What the runs of a generator set and switched off, of the command that made its page."""
    from docs.build.stated_settings import said

    _, _, words = command.partition(f" -m {module}")
    return said(import_module(module).scenarios_of(words.split()))
