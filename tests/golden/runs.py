"""Canonical digests of small fixed runs: what no change of form may move.

``python -m tests.golden.runs`` works them out and writes ``digests.json`` beside this file; give
``--check`` to compare only. A change of the model moves some of them and says why in the change
log; a change of layout, names, files or speed moves none.

Every scheme of the catalogue and five pairs, each with responses on and off and with and without
turnover of lives; three societies and two seeds take turns. About half a minute of processor.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.metamorphic.living import UNMOVED, live, scheme_of

from scoredsociety.runs.digest.canonical_digest import digest
from scoredsociety.runs.documents.document_texts import shipped_documents

FILE = Path(__file__).with_name("digests.json")
SOCIETIES = ("county", "village", "metropolis")
SEEDS = (20140614, 11)
PAIRS = (
    ("wendeng_2020", "sesame_documented"), ("national_composite", "judgment_list"),
    ("suining_2010", "lender_tencent"), ("ordinary_law", "rongcheng_press"),
    ("judgment_list", "red_list"),
)  # fmt: skip
PEOPLE, MONTHS = 300, 14  # a year and what is carried into the next
TURNOVER = ("turnover.on=true",)


class Golden(NamedTuple):
    """One run."""

    schemes: tuple[str, ...]
    society: str
    responses: bool
    turnover: bool
    seed: int

    @property
    def name(self) -> str:
        """How it is called in the file."""
        words = ["+".join(self.schemes), self.society, f"seed {self.seed}"]
        words.append("responses on" if self.responses else "responses off")
        words += ["turnover"] if self.turnover else []
        return ", ".join(words)


def every() -> Iterator[Golden]:
    """Each scheme or pair four times; societies and seeds take turns from one to the next."""
    lanes = [*((name,) for name in sorted(shipped_documents("scheme"))), *PAIRS]
    for place, schemes in enumerate(lanes):
        society = SOCIETIES[place % len(SOCIETIES)]
        seed = SEEDS[place // len(SOCIETIES) % len(SEEDS)]
        for responses in (True, False):
            for turnover in (True, False):
                yield Golden(schemes, society, responses, turnover, seed)


def digest_of(golden: Golden) -> str:
    """The canonical digest of a run."""
    made = live(
        [scheme_of(name) for name in golden.schemes], people=PEOPLE, months=MONTHS,
        seed=golden.seed, society=golden.society, sets=TURNOVER if golden.turnover else (),
        off=() if golden.responses else UNMOVED,
    )  # fmt: skip
    return digest(made.lived, made.tallies)


def found() -> dict[str, str]:
    """The digests as they are now."""
    runs = list(every())
    with ThreadPoolExecutor(2) as pool:
        made = pool.map(digest_of, runs)
        return {run.name: one for run, one in zip(runs, made, strict=True)}


def written() -> dict[str, str]:
    """The digests as they stand in the file."""
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    return {str(name): str(one) for name, one in stored.items()}


def differences(now: dict[str, str], before: dict[str, str]) -> list[str]:
    """One line a run that differs, is new, or is no more."""
    return [
        f"{name}: {before.get(name, 'none')} before, {now.get(name, 'none')} now"
        for name in sorted(now.keys() | before.keys()) if now.get(name) != before.get(name)
    ]  # fmt: skip


def main(words: list[str]) -> int:
    """Compare, and write unless told ``--check``."""
    now = found()
    moved = differences(now, written() if FILE.exists() else {})
    print("\n".join(moved) or "nothing has moved")
    if "--check" in words:
        return 1 if moved else 0
    FILE.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
