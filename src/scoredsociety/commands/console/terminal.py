"""The console of results: text as it is, neutralised, and names that stay whole.

Titles and ids come from files, so nothing in them is markup, an emoji code or an escape sequence.
Where the terminal is too narrow for a table, or a line goes into a pipe, no id or path is cut or
broken: a line may be longer than the terminal is wide.
"""

from __future__ import annotations

import sys
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from scoredsociety.document.text import neutral

WIDTH = 110  # of tables where stdout is no terminal


class Screen(Console):
    """A console on stdout (rich heeds NO_COLOR and pipes)."""

    def __init__(self) -> None:
        is_terminal = sys.stdout.isatty()
        super().__init__(
            highlight=False, markup=False, emoji=False, width=None if is_terminal else WIDTH
        )
        self._whole_lines = not is_terminal

    def render_str(self, text: str, **options: Any) -> Text:
        """Every text passes here, also the cells of tables."""
        return super().render_str(neutral(text), **options)

    def print(self, *objects: Any, **options: Any) -> None:
        """Print; a table as wide as its longest words, a sentence without cutting a word."""
        if len(objects) == 1 and isinstance(objects[0], Table):
            table = objects[0]
            for column in table.columns:  # rich would cut ids short before it wraps a sentence
                words = [word for one in (column.header, *column.cells) if isinstance(one, str)
                         for word in neutral(one).split()]  # fmt: skip
                column.min_width = max(map(cell_len, words), default=1)
            least = Measurement.get(self, self.options.update(width=10_000), table).minimum
            options = {"width": max(least, self.width), "crop": False, **options}
            table.width = None if least <= self.width else least
        elif self._whole_lines:
            options.setdefault("soft_wrap", True)
        else:
            options = {"overflow": "ignore", "crop": False, **options}
        super().print(*objects, **options)
