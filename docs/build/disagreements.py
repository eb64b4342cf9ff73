"""Where the articles disagree: each point of dispute with the patches that are its versions.

``python -m docs.build.disagreements`` prints docs/schemes.md, the catalogue by mechanism
with its patches, since the lesson is what scoring does and not where.
"""

from __future__ import annotations

import sys

from scoredsociety.runs.documents.document_texts import path_of
from scoredsociety.scheme.model.status import badge_words
from scoredsociety.scheme.read.federation import federations, load_federation
from scoredsociety.scheme.read.load import catalogue, load_scheme
from scoredsociety.scheme.read.patch import patch_catalogue

DISAGREEMENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Who runs it", ("operator_state", "operator_private")),
    ("One score or many", ("one_score", "no_unified_score")),
    ("Mandatory or opted into", ("participation_opt_in", "participation_mandatory_2020")),
    ("Who sees the score", ("visibility_user", "visibility_public", "awareness_everybody")),
    (
        "Which way friends pull",
        ("contagion_down_only", "contagion_both_ways", "contagion_violation_only"),
    ),
    ("What of a friend counts", ("contagion_of_score", "contagion_of_behaviour")),
    ("How many users", ("users_everybody_online", "users_300_million")),
    ("How many use the messenger", ("messages_850_million", "messages_900_million")),
    ("Video games", ("video_games_bought", "video_games_hours", "video_games_money")),
    ("Rongcheng's grades", ("rongcheng_grades_press", "rongcheng_grades_rules")),
    ("What is punished", ("punished_by_threshold", "punished_by_list")),
    ("The underbanked", ("underbanked_excluded", "underbanked_served")),
    ("Who knows of it", ("awareness_everybody", "awareness_few")),
)


def page() -> str:
    """docs/schemes.md."""
    found = [load_scheme(name) for name in catalogue()]
    lines = [
        "# The catalogue of schemes",
        "",
        "Made by `python -m docs.build.disagreements`; do not edit. Synthetic society,",
        "not a forecast. By mechanism, not by country. `scored schemes NAME` shows the rule book.",
    ]
    for mechanism in sorted({one.scheme.mechanism or "other" for one in found}):
        lines += ["", f"## {mechanism.capitalize()}", "", "| scheme | title | evidence |",
                  "|---|---|---|"]  # fmt: skip
        lines += [
            f"| `{one.id}` | {one.title} | {badge_words(one.scheme.status)} |"
            for one in found
            if (one.scheme.mechanism or "other") == mechanism
        ]
    lines += ["", "## Federations", "", "| federation | title | members |", "|---|---|---|"]
    for name in federations():
        one = load_federation(name)
        members = ", ".join(f"`{m.scheme}@{m.region}`" for m in one.member)
        lines.append(f"| `{name}` | {one.federation.title} | {members} |")
    lines += ["", "## Where the articles disagree", "",
              "Each version is a patch: `scored run sesame_press --patch contagion_down_only`.", "",
              "| point | patch | what it says |", "|---|---|---|"]  # fmt: skip
    for topic, names in DISAGREEMENTS:
        lines += [f"| {topic} | `{name}` | {title_of(name)} |" for name in names]
    told = {name for _, names in DISAGREEMENTS for name in names}
    lines += ["", "## Other patches", "", "| patch | what it says |", "|---|---|"]
    lines += [f"| `{n}` | {title_of(n)} |" for n in patch_catalogue() if n not in told]
    return "\n".join(lines) + "\n"


def title_of(name: str) -> str:
    """The first line of a patch of the catalogue, which says what it changes."""
    first = path_of("patch", name).read_text("utf-8").split("\n", 1)[0]
    return first.removeprefix("# ")


if __name__ == "__main__":
    sys.stdout.write(page())
