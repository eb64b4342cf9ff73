"""The pages on friends' scores: every figure in them stands in docs/friends.csv, or in the table of
docs/published.md at the scheme's own visibility.

What the words claim of the figures (fewer, mostly, hardly) is held by a test, so a table that no
longer says so is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

COST, GAP, KEPT = (
    "dropped by what they cost",
    "dropped by the gap, whatever it costs",
    "none dropped",
)
DOCUMENTED, HALF = "0.05", "0.5"

SUMMARY = """\
# Friends' scores: what the tool says

*Synthetic society, not a forecast: these written rules, in an invented population, under the
listed assumptions.* Made of [friends.csv](friends.csv) and of the second table of
[published.md](published.md), which has every switch: 10,000 synthetic persons, three years of
`sesame_documented`, three seeds, **with visibility switched off** (`--switch-off visibility`) but
where said. Brackets: 95 % of luck.

![Ties between subjects, a subject, by form and weight](friends.svg)

**Question.** Sesame Credit gives *relationships* 5 of 100 parts of a score; what stands within
that part is assumed here to be the mean score of one's ties. What happens as the weight grows
to a half?

**Ties become fewer.** People weigh what a tie is worth against what it costs: the weight times the
gap between the scores. A subject keeps {ties_0} ties where friends do not count, {ties_5} at the
documented weight ({fewer_5} fewer; {fewer_5_low} to {fewer_5_high}), {ties_50} at a half
({fewer_50} fewer; {fewer_50_low} to {fewer_50_high}), as Wei and colleagues (2016) expect.

**Friends are more alike at the documented weight, less at a half.** The correlation of scores over
ties goes from {like_0} to {like_5} and {like_50}. Where nobody drops a tie it is {kept_5} and
{kept_50}, by averaging alone: choosing adds at the documented weight and takes away at a half.

**At the scheme's own visibility** (a score is known to whom it is shown) it is so too, and weaker:
{shown_5} against {shown_kept_5}, {shown_50} against {shown_kept_50}. Ties become fewer:
{shown_ties_0}, {shown_ties_5}, {shown_ties_50}.

**Another assumption, another answer.** If people react to the gap, whatever it costs, ties grow no
fewer with the weight: {gap_0} at nothing, {gap_50} at a half. No source tells how people respond.

**What is assumed.** The response (for each thousandth of the scale lost beyond a tie's worth, two
in a hundred such ties a month), that everybody knows scheme, weight and scores from the first month
on ([as the scheme shows scores](published.md)), and that the part is a mean of scores at all; Ant's
public pages do not say how friends count.

**May be printed:** "In a simulation with invented people who drop ties that cost them points, ties
grew fewer as friends counted more." **May not:** "Sesame Credit broke up friendships."
"""


def cell(frame: pl.DataFrame, ties_are: str, weight: str, measure: str) -> dict[str, float]:
    """One row of the table: value, low, high, change, change_low, change_high."""
    rows = frame.filter(ties_are=ties_are, weight_of_friends=weight, measure=measure).to_dicts()
    if len(rows) != 1:
        raise ValueError(f"{len(rows)} rows of {measure}, {ties_are}, at {weight}, not one")
    return rows[0]


def figures(frame: pl.DataFrame) -> dict[str, str]:
    """What the summary fills in."""
    found: dict[str, float] = {}
    for weight, name in (("0", "0"), (DOCUMENTED, "5"), (HALF, "50")):
        ties = cell(frame, COST, weight, "ties")
        found[f"ties_{name}"] = ties["value"]
        found[f"fewer_{name}"] = -ties["change"]
        found[f"fewer_{name}_low"] = -ties["change_high"]
        found[f"fewer_{name}_high"] = -ties["change_low"]
        found[f"like_{name}"] = cell(frame, COST, weight, "likeness")["value"]
        found[f"kept_{name}"] = cell(frame, KEPT, weight, "likeness")["value"]
        found[f"gap_{name}"] = cell(frame, GAP, weight, "ties")["value"]
    return {name: f"{value:.2f}" for name, value in found.items()}


def shown(page: str) -> dict[str, str]:
    """Ties and likeness at the scheme's own visibility, of the table in docs/published.md."""
    found = re.search("<!-- made: friends-visibility -->\n(.*?)<!-- made end -->", page, re.S)
    if found is None:
        raise ValueError("published.md has no part marked 'made: friends-visibility'")
    cells = {
        (row[0], row[1]): row[2:]
        for row in ([cell.strip() for cell in line.strip("|").split("|")]
                    for line in found.group(1).splitlines()[2:] if line.startswith("|"))
    }  # fmt: skip
    told: dict[str, str] = {}
    for weight, name in (("0", "0"), (DOCUMENTED, "5"), (HALF, "50")):
        told[f"shown_ties_{name}"], told[f"shown_{name}"] = cells[COST, weight]
        _, told[f"shown_kept_{name}"] = cells[KEPT, weight]
    return told


def summary(frame: pl.DataFrame, page: str) -> str:
    """docs/summary-friends.md of the table ``docs/friends.csv`` and of docs/published.md."""
    return SUMMARY.format(**figures(frame), **shown(page))


def rows(frame: pl.DataFrame) -> Iterator[str]:
    """The rows of the table in docs/published.md."""
    for ties_are in (COST, GAP, KEPT):
        for weight in ("0", DOCUMENTED, "0.2", HALF):
            shown = "0.05 (documented)" if weight == DOCUMENTED else weight
            ties, like = (
                cell(frame, ties_are, weight, measure)["value"] for measure in ("ties", "likeness")
            )
            yield f"| {ties_are} | {shown} | {ties:.2f} | {like:.2f} |"
