"""The runs behind docs/questions/: ``scored`` itself is asked, and what the pages say is kept.

    python -m docs.build.question_runs answers     what is assumed moved, one scheme
    python -m docs.build.question_runs law         the law beside the law with the scheme on top

The pages print the same words (``COMMANDS``), so a reader runs what was run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

KEPT = Path(__file__).resolve().parent / "questions"
SCHEME = "wendeng_2020"
COMMANDS = {
    "answers": ("questions", SCHEME, "--no-settled", "--people", "10000", "--years", "3",
                "--replicates", "5", "--points", "32", "--point-people", "6000"),
    "law": ("compare", "ordinary_law", f"ordinary_law+{SCHEME}", "--people", "20000", "--years",
            "3", "--replicates", "8", "--no-direct"),
}  # fmt: skip
SIZES = {name: {"people": int(words[words.index("--people") + 1]),
                "months": 12 * int(words[words.index("--years") + 1]),
                "seeds": int(words[words.index("--replicates") + 1])}
         for name, words in COMMANDS.items()}  # fmt: skip
ASKED = ("silent_news", "silent_petitions", "harmful_acts", "giving", "through_error")
OF_ANSWERS = ("indicator", "value", "low", "high", "range_low", "range_high", "settings",
              "kept_low", "kept_high", "kept", "sign", "moved_most_by", "fitted_to")  # fmt: skip
OF_NECESSITY = ("part", "what", "scheme", "without", "with", "difference", "least", "most", "pairs")


def scored(*words: str) -> str:
    """What ``scored`` prints."""
    done = subprocess.run([sys.executable, "-m", "scoredsociety.cli", *words, "--quiet"],
                          check=True, text=True, stdout=subprocess.PIPE)  # fmt: skip
    return done.stdout


def answers() -> list[dict[str, Any]]:
    """Rows of the table of answers that the pages speak of."""
    import polars as pl

    with tempfile.TemporaryDirectory() as place:
        table = Path(place) / "answers.csv"
        scored(*COMMANDS["answers"], "--cache", place, "--out", str(table))
        frame = pl.read_csv(table).filter(pl.col("indicator").is_in(ASKED), scheme=SCHEME)
    return frame.select(OF_ANSWERS).to_dicts()


def law() -> dict[str, list[dict[str, Any]]]:
    """The necessity table, and who is better and worse off, by income."""
    found = json.loads(scored(*COMMANDS["law"], "--json"))
    winners = [row for row in found["winners"] if row["dimension"] in ("all", "income")]
    necessity = [{key: row[key] for key in OF_NECESSITY} for row in found["necessity"]]
    return {"necessity": necessity, "winners": winners}


def main(words: Sequence[str] | None = None) -> None:
    """Run what is named, and keep it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", choices=tuple(COMMANDS))
    name = parser.parse_args(words).name
    KEPT.mkdir(exist_ok=True)
    found = answers() if name == "answers" else law()
    (KEPT / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
