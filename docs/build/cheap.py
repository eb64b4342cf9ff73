"""Pages of docs/ that are made of a kept table alone: each takes the old text and gives the new."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).resolve().parents[1]


def ablation(_: str) -> str:
    import polars as pl

    from docs.build.ablation_page import page

    return page(pl.read_csv(DOCS / "ablation.csv"))


def friends(_: str) -> str:
    from studies.friends import kept
    from studies.friends_page import summary

    return summary(kept(DOCS / "friends.csv"), (DOCS / "published.md").read_text("utf-8"))


def drawn(_: str) -> str:
    from studies.friends import figure, kept

    return figure(kept(DOCS / "friends.csv")) + "\n"


def peers(_: str) -> str:
    from studies.friends import kept
    from studies.friends_page import rows

    head = "| ties are | weight of friends | ties a subject | correlation of scores over ties |"
    return "\n".join([head, "|---|---|---|---|", *rows(kept(DOCS / "friends.csv"))])


def validation(_: str) -> str:
    from docs.build.validation import page

    return page()
