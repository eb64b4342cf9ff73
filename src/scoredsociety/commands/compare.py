"""``scored compare``: the same people with the same luck under two sets of rules."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scoredsociety.commands.console import options as o
from scoredsociety.commands.console.scenario_options import Asked, gathering
from scoredsociety.commands.console.screen import SYNTHETIC, print_answer, progress
from scoredsociety.commands.run import stopping
from scoredsociety.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from scoredsociety.results import Comparison


@gathering
def compare(
    schemes: Annotated[
        list[str], typer.Argument(help="A and B, each a scheme or a lane such as "
                                  "ordinary_law+NAME; or A alone with --without, --set ...")
    ],
    asked: Asked,
    baseline: Annotated[
        str | None, typer.Option("--baseline", help="Compare this alone, such as "
                                 "ordinary_law, with A on top of it.")
    ] = None,
    people: o.PeopleOrNodes = None,
    replicates: o.Replicates = 4,
    direct: Annotated[
        bool,
        typer.Option("--direct/--no-direct", help="Tell direct effects from full ones; runs "
                     "both once more with reactions off.", rich_help_panel=o.WHAT),
    ] = True,
    threads: o.Threads = None,
    block_size: o.BlockSize = None,
    patch: o.Patches = None,
    set_: o.Sets = None,
    without: o.Without = None,
    switch_off: o.SwitchOff = None,
    ties: o.Ties = None,
    ties_layer: o.TiesLayer = "all",
    out: o.Out = None,
    form: Annotated[
        list[str] | None,
        typer.Option("--form", help="Also this form, in --out; may be repeated."),
    ] = None,
    quiet: o.Quiet = False,
    json: o.Json = False,
) -> None:
    """Compare two sets of rules: the same people, the same luck, one thing changed.

    --switch-off alone is the change; beside another change it holds for both.
    """
    from scoredsociety.report.pages.dispatch import check_form
    from scoredsociety.results import compare_scenarios, lanes_of

    for name in form or ():
        check_form(name)
    if form and out is None:
        raise UserError("--form needs --out, the folder in which the form is to stand")
    scenario = asked.scenario(schemes[:1], people, ties=ties, ties_layer=ties_layer)
    a, b, names = lanes_of(
        scenario, schemes[1:], baseline=baseline, patches=[str(path) for path in patch or ()],
        sets=set_ or (), without=without or (), switch_off=switch_off or (),
    )  # fmt: skip
    from scoredsociety.runs.execute import Manner, machine_of

    with progress(quiet, "comparing") as tell, stopping() as stop:
        manner = Manner(machine_of(threads, block_size, scenario.people), tell, stop)
        with tempfile.TemporaryDirectory(prefix="scored-") as folder:
            place = out or Path(folder) / "comparison"
            found = compare_scenarios(a, b, names, place, replicates, manner,
                                      direct=direct)  # fmt: skip
            if out:
                for name in ("report", *(form or ())):
                    found.report().save(out / f"{name}.html", name)
            record = record_of(found, out)
            print_answer(json, record, lambda console: show(console, found, record))


def record_of(found: Comparison, out: Path | None) -> dict[str, Any]:
    """What ``compare --json`` prints."""
    return {
        "synthetic": SYNTHETIC,
        "a": found.a,
        "b": found.b,
        "persons": dict(found.persons),
        "scores_not_compared": found.unlike or None,
        "replicates": len(found.pairs),
        "variance_ratio": found.variance_ratio,
        "intervals": found.luck,
        "nobody_met": {lane: [one._asdict() for one in unmet]
                       for lane, unmet in zip("ab", found.unmet, strict=True)},
        "comparison": str(out) if out else None,
        "only_by_others": asdict(found.only_by_others),
        "winners": found.winners.to_dicts(),
        "effects": None if found.effects is None else found.effects.to_dicts(),
        "differences": found.differences.to_dicts(),
        "necessity": None if found.necessity is None else found.necessity.to_dicts(),
    }


def show(console: Console, found: Comparison, record: dict[str, Any]) -> None:
    """Who scores lower or higher, and the largest differences between groups."""
    from rich.table import Table

    console.print(f"a: {found.a}\nb: {found.b}\n({SYNTHETIC})")
    persons = found.persons
    if persons["subjects"] is None:
        console.print(found.unlike, markup=False)
        console.print("so restrictions, rewards, acts and lives are compared, and no scores")
    else:
        console.print(
            f"of {persons['subjects']:,} subjects of both, {persons['lower_score']:,} score lower "
            f"under a than under b, {persons['higher_score']:,} higher, "
            f"{persons['same_score']:,} the same"
        )
    show_necessity(console, found)
    show_winners(console, found)
    show_others(console, found)
    show_effects(console, found)
    console.print("differences of 1 in 1,000 or more in the last month, by group")
    table = Table()
    for name in ("measure", "group", "of 1,000: a", "b", "difference", "interval", "direction"):
        table.add_column(name, justify="left" if name in ("measure", "group") else "right")
    for row in found.largest():
        low, high = row["low"], row["high"]
        interval = "none" if low is None else f"{thousandths(low)} to {thousandths(high)}"
        table.add_row(
            named(row, found), f"{row['dimension']}: {row['group']}",
            f"{1000 * row['a']:.1f}", f"{1000 * row['b']:.1f}",
            thousandths(row["difference"]), interval, row["sign"] or "not settled",
        )  # fmt: skip
    console.print(table)
    console.print(found.luck)
    tell_unmet(console, found)
    if record["comparison"]:
        console.print(f"report: {Path(record['comparison']) / 'report.html'}")
    ratio = record["variance_ratio"]
    if ratio is not None:
        console.print(
            f"variance of the paired differences over that of independent seeds: {ratio:.3f} "
            f"({record['replicates']} replicates)"
        )


def named(row: dict[str, Any], found: Comparison) -> str:
    """What a row counts, and whose rules it is about where the lanes have several schemes."""
    whose = f"{row['scheme']}: " if len(found.line_up) > 1 else ""
    return f"{whose}{row['measure']} {row['item']}"


def show_necessity(console: Console, found: Comparison) -> None:
    """The law without the scheme beside the law with it, whole counts of the first pair."""
    from rich.table import Table

    if found.necessity is None:
        return
    console.print("without the scheme and with it (counts of the first pair of runs)")
    table = Table()
    for name in ("counted", "of the rules of", "without", "with", "difference", "over all pairs"):
        table.add_column(name, justify="left" if "of" in name or name == "counted" else "right")
    for row in found.necessity.to_dicts():
        table.add_row(
            row["what"], row["scheme"] or "the whole lane", f"{row['without']:,}",
            f"{row['with']:,}", change(row["difference"]),
            f"{change(row['least'])} to {change(row['most'])}",
        )  # fmt: skip
    console.print(table)


def change(count: int) -> str:
    """A difference of counts, with its sign; nothing has none."""
    return f"{count:+,}" if count else "0"


def show_winners(console: Console, found: Comparison) -> None:
    """Worse, better and equally off by group, of 1,000 of each."""
    from rich.table import Table

    console.print(
        "worse or better off under a than under b in the last month (by restrictions, else by "
        f"rewards{'' if found.unlike else ', else by score'}), of 1,000"
    )
    table = Table()
    for name in ("group", "persons", "worse", "better", "equal"):
        table.add_column(name, justify="left" if name == "group" else "right")
    for row in found.winners.to_dicts():
        if row["persons"]:
            shares = (row[f"share_{name}"] for name in ("worse", "better", "equal"))
            table.add_row(f"{row['dimension']}: {row['group']}", f"{row['persons']:,}",
                          *(f"{1000 * share:.1f}" for share in shares))  # fmt: skip
    console.print(table)


def show_others(console: Console, found: Comparison) -> None:
    """Who is harmed by nothing that they did themselves."""
    only = found.only_by_others
    if only.why_not:
        console.print(f"harmed only by others' acts: not told, because {only.why_not}")
        return
    console.print(
        f"harmed only by others' acts: of {only.equal_own:,} whose own acts and records are "
        f"equal in both, {only.worse_under_a:,} are worse off under a "
        f"({only.restricted_under_a:,} restricted only there) and {only.worse_under_b:,} under b "
        f"({only.restricted_under_b:,})"
    )


def show_effects(console: Console, found: Comparison) -> None:
    """Full and direct effects among everyone, of 1,000."""
    from rich.table import Table

    if found.effects is None:
        return
    rows = [
        row for row in found.effects.to_dicts()
        if row["dimension"] == "all" and max(abs(row["full"]), abs(row["direct"])) >= 0.0005
    ]  # fmt: skip
    if not rows:
        console.print("full and direct effects among everyone: none of 0.5 in 1,000 or more")
        return
    console.print(
        "effects among everyone, of 1,000: full; direct, with all reactions of people held; and "
        "what came through reactions"
    )
    table = Table()
    for name in ("measure", "full", "direct", "through reactions"):
        table.add_column(name, justify="left" if name == "measure" else "right")
    for row in rows:
        parts = (effect(row, part) for part in ("full", "direct", "reactions"))
        table.add_row(named(row, found), *parts)
    console.print(table)


def effect(row: dict[str, Any], part: str) -> str:
    """``1.2 (0.8 to 1.6) +``, of 1,000; ``either way`` where the interval tells no direction."""
    text, low, high = thousandths(row[part]), row[f"{part}_low"], row[f"{part}_high"]
    if low is None:
        return text
    said = row[f"{part}_sign"] or "either way"
    return f"{text} ({thousandths(low)} to {thousandths(high)}) {said}"


def tell_unmet(console: Console, found: Comparison) -> None:
    """What nobody met in any run of a lane."""
    from scoredsociety.measure.scoring.unmet import SHOWN as SHOWN_UNMET
    from scoredsociety.measure.scoring.unmet import in_words

    a, b = found.unmet
    both = [one for one in a if one in b]
    for lanes, unmet in (("a and b", both), ("a", [one for one in a if one not in both]),
                         ("b", [one for one in b if one not in both])):  # fmt: skip
        for line in in_words(unmet, SHOWN_UNMET):
            console.print(f"nobody met under {lanes}, {line}", markup=False)


def thousandths(share: float) -> str:
    """``1.2`` of 1,000; what rounds to nothing is ``0.0``, without a sign."""
    text = f"{1000 * share:.1f}"
    return "0.0" if text == "-0.0" else text
