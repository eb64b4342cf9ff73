"""What the runs behind a page were asked: every switch, set value and rule left out.

A page that rests on runs prints this, made from the same scenarios that its generator runs, so
nothing that was switched off can be left unsaid. The manifest of a run says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scoredsociety.runs.folder.manifest import spoken
from scoredsociety.runs.scenario import Scenario

PLAIN = Scenario(("none",))


def switches(scenario: Scenario) -> tuple[str, ...]:
    """Everything asked otherwise than by default, in the words of the command line.

    Schemes, people, months and seed are what every page names anyway, and are left out.
    """
    found: list[str] = []
    for option, given in (
        ("society", scenario.society != PLAIN.society and scenario.society),
        ("conduct", scenario.conduct != PLAIN.conduct and scenario.conduct),
        ("from", scenario.start != PLAIN.start and scenario.start),
        ("ties", scenario.ties), ("ties-layer", scenario.ties and scenario.ties_layer),
    ):  # fmt: skip
        found += [f"--{option} {given}"] if given else []
    found += ["--start settled"] if scenario.settled else []
    for option, values in (
        ("patch", scenario.patches), ("set", scenario.sets), ("without", scenario.without),
        ("switch-off", scenario.switched_off), ("plant", scenario.planted),
    ):  # fmt: skip
        found += [f"--{option} {value}" for value in values]
    return tuple(found)


def of_manifest(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The same of a run folder, by its manifest."""
    _, options = spoken(str(manifest["command"]))
    plain = {"--society": PLAIN.society, "--conduct": PLAIN.conduct, "--from": PLAIN.start}
    named = ("--people", "--months", "--seed")
    return tuple(
        f"{key} {value}" for key, value in options if key not in named and plain.get(key) != value
    )


def said(runs: Sequence[Scenario]) -> str:
    """A paragraph of Markdown: how many runs of what, and each switch in all or in some of them."""
    asked = [switches(one) for one in runs]
    every = [one for one in dict.fromkeys(asked[0]) if all(one in other for other in asked)]
    some = [one for one in dict.fromkeys(one for other in asked for one in other)
            if one not in every]  # fmt: skip
    schemes = dict.fromkeys(" + ".join(one.schemes) for one in runs)
    sizes = dict.fromkeys(f"{one.people:,} people, {one.months} months from {one.start}"
                          for one in runs)  # fmt: skip
    seeds = len({one.seed for one in runs})
    whole = ", ".join(f"`{one}`" for one in every) or "nothing"
    parts = ", ".join(grouped(some)) or "nothing"
    return (
        f"Runs: {len(set(runs)):,} ({', '.join(f'`{one}`' for one in schemes)}; "
        f"{'; '.join(sizes)}; {seeds} {'seed' if seeds == 1 else 'seeds'}). **Set in every run**: "
        f"{whole}. **Set in some**: {parts}. Nothing else is set or switched off."
    )


def grouped(words: Iterable[str]) -> list[str]:
    """Switches that differ in a value only, as one: ``--set x.y=`` 0.1, 0.2."""
    values: dict[str, list[str]] = {}
    for word in words:
        key, equals, value = word.rpartition("=")
        values.setdefault(key + equals if equals else word, []).extend([value] if equals else [])
    return [f"`{key}` {', '.join(one)}" if one else f"`{key}`" for key, one in values.items()]
