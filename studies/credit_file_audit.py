"""An audit of credit files under four assumptions on errors (V21, O-W3; S3-33).

    python -m studies.credit_file_audit

What is audited, and why nothing of it is a prediction, stands in study/validation/file_audit.py.
"""

from __future__ import annotations

import argparse

from scoredsociety.study.validation.file_audit import (
    AUDITED,
    CLUSTERED,
    EVEN,
    ONE_KIND,
    AuditedFiles,
    audited,
    base,
    with_rates,
)


def table(people: int, threads: int) -> list[tuple[str, AuditedFiles]]:
    """The audit of each assumption."""
    cases = (
        ("one kind, spread evenly", ONE_KIND, "0"),
        ("one kind, clustered", ONE_KIND, "4"),
        ("three kinds, spread evenly", EVEN, "0"),
        ("three kinds, clustered", CLUSTERED, "4"),
    )
    return [
        (says, audited(with_rates(base(people), rates, clustering), threads))
        for says, rates, clustering in cases
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    print("| assumption | with an error | score changes | better tier | small changes |")
    print("|---|---|---|---|---|")
    print(f"| found (V21) | {AUDITED['error']} | {AUDITED['score']} | {AUDITED['tier']} | ~50 |")
    for says, one in table(asked.people, asked.threads):
        print(f"| {says} | {one.error:.1f} | {one.score:.1f} | {one.tier:.1f} | {one.small:.0f} |")


if __name__ == "__main__":
    main()
