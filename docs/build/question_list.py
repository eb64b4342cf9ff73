"""The pages of docs/questions/, and the runs behind them, for docs/build/pages.py."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from docs.build.page_kinds import Cheap, Dear, program

QUESTIONS = ("unfriending", "silence", "error", "law", "gains", "children")


def _question(name: str, what: str = "page") -> Callable[[str], str]:
    """The page of a question, or its picture."""

    def make(_: str) -> str:
        text: str = getattr(import_module("docs.build.question_pages"), what)(name)
        return text

    return make


# runs behind the pages of questions
ASKED: tuple[tuple[str, str, tuple[str, ...], float, tuple[str, ...]], ...] = (
    ("answers", "wendeng_2020, 10,000 people, 3 years, 5 seeds, 32 points of 6,000",
     program("docs.build.question_runs", "answers"), 1.1,
     ("src/scoredsociety/study/ensemble/parameter_space.py",
      *(f"src/scoredsociety/study/questions/{name}.py" for name in (
          "answer_table", "design", "indicator_functions", "indicators", "plausible_settings")))),
    ("law", "the law, and wendeng_2020 on top: 20,000 people, 3 years, 8 pairs",
     program("docs.build.question_runs", "law"), 0.6,
     ("src/scoredsociety/report/sections/rules/necessity.py",
      "src/scoredsociety/report/sections/rules/necessity_figures.py",
      "src/scoredsociety/study/paired/winners_losers.py")),
    ("error", "wendeng_2020, 20,000 people, 2 years, 3 seeds, wrong records planted",
     program("studies.one_error"), 0.4, ("src/scoredsociety/study/readout/persons.py",)),
)  # fmt: skip
DEAR = tuple(
    Dear(f"asked-{name}", f"build/questions/{name}.json", inputs, words, words, minutes, own=own)
    for name, inputs, words, minutes, own in ASKED
)
CHEAP = (
    *(Cheap(f"question-{name}", f"questions/{name}.md", "strings/en.toml and kept figures",
            _question(name)) for name in QUESTIONS),
    *(Cheap(f"question-{name}-figure", f"questions/{name}.svg", "kept figures",
            _question(name, "drawn")) for name in QUESTIONS),
)  # fmt: skip
