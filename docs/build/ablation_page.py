"""The page of an ablation, from its table: ``python -m docs.build.ablation_page FILE``.

``scored ablate`` writes the table; the page groups its rules by what keyed draws save.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from scoredsociety.runs.folder.run_folder import SYNTHETIC
from scoredsociety.study.paired.ablation import MEASURES, NO_DIFFERENCE

COMMAND = (
    "scored ablate wendeng_2020 --people 5000 --months 24 --replicates 8 --out docs/ablation.csv"
)


def page(frame: pl.DataFrame) -> str:
    """docs/ablation.md, of the table that ``COMMAND`` writes."""
    noted = pl.col("note").fill_null("")  # the file says in every row that it is synthetic
    frame = frame.with_columns(noted.str.strip_suffix(SYNTHETIC).str.strip_suffix("; "))
    lines = [
        "# Each rule left out: what it changes, and what keyed draws save",
        "",
        "Made from `docs/ablation.csv` by `python -m docs.build.ablation_page`; do not",
        "edit. The table is made again by",
        "",
        f"    {COMMAND}",
        "",
        "*Synthetic society, not a forecast.* `wendeng_2020` with all its rules less the same",
        "without one, over the same people with the same luck, eight seeds, last of two years.",
        "**Variance ratio**: variance of the paired differences over that of independent seeds",
        "(var a + var b); at 0.01 a hundredth of the replicates tell the same as exactly. A rule",
        "that nothing triggered at this size makes no difference, and has no ratio. A ratio from",
        "eight seeds is itself rough: half to twice is within its luck.",
        "",
        "| measure | rules that change it | median ratio | largest ratio | no difference |",
        "|---|---|---|---|---|",
    ]
    for measure in MEASURES:
        rows = frame.filter(pl.col("measure") == measure)
        known = [float(one) for one in rows["variance_ratio"].drop_nulls()]
        same = rows.filter(pl.col("note") == NO_DIFFERENCE).height
        middle = f"{median(known):.4f}" if known else "-"
        most = f"{max(known):.4f}" if known else "-"
        lines.append(f"| {measure} | {len(known)} | {middle} | {most} | {same} |")
    # a table kept by a version that gave each interval alone has no column of signs
    interval = "95 % interval, all together" if "sign" in frame.columns else "95 % interval, alone"
    for measure in MEASURES:
        lines += ["", f"## {measure[0].upper()}{measure[1:]}", "",
                  f"| rule left out | what it says | the rule changes it by | {interval} |"
                  " variance ratio |", "|---|---|---|---|---|"]  # fmt: skip
        rows = frame.filter(pl.col("measure") == measure, pl.col("note") == "")
        lines += [
            f"| `{row['rule']}` | {row['title']} | {row['difference']:.4f} | "
            f"{row['low']:.4f} to {row['high']:.4f}{doubt(row)} | {row['variance_ratio']:.4f} |"
            for row in rows.to_dicts()
        ]
        none = frame.filter(pl.col("measure") == measure, pl.col("note") == NO_DIFFERENCE)
        if none.height:
            lines += ["", f"{no_difference(none)}: "
                      + ", ".join(f"`{one}`" for one in none["rule"]) + "."]  # fmt: skip
    alone = frame.filter(pl.col("measure") == "").to_dicts()
    lines += [f"\n`{row['rule']}` {row['note']}" for row in alone]
    return "\n".join(lines) + "\n"


def doubt(row: dict[str, Any]) -> str:
    """Words for an interval that does not tell the direction."""
    unsure = "sign" in row and not row["sign"]
    return ", either way" if unsure else ""


def no_difference(rows: pl.DataFrame) -> str:
    """What rules that changed nothing in any pair may still do."""
    most = float(rows["high"].max() or 0)  # type: ignore[arg-type]
    more = f" seen in any pair (at most {most:.2g} either way is not ruled out)" if most else ""
    return f"{NO_DIFFERENCE.capitalize()}{more}"


def main() -> None:
    """Print the page of the table named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="the table that scored ablate --out FILE.csv wrote")
    file = parser.parse_args().file
    try:
        text = page(pl.read_csv(file))
    except (OSError, pl.exceptions.PolarsError) as error:
        parser.error(f"{file} is not the table of an ablation: {error}")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
