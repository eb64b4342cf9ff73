"""The two kinds of generated pages, and how a page or a marked part of one is filled."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True)
class Cheap:
    """A page whose text follows at once: ``make(old text)`` is what it should be."""

    name: str
    file: str
    inputs: str
    make: Callable[[str], str]


@dataclass(frozen=True)
class Dear:
    """A page that rests on runs: a command, at the size of every day and in full.

    ``blocks`` names the marked parts of ``file`` that the tables of the output fill, in order;
    without any the command writes the file itself.
    """

    name: str
    file: str
    inputs: str
    command: tuple[str, ...]
    full: tuple[str, ...]
    minutes: float  # on two cores, at the size of every day; assumed until measured
    blocks: tuple[str, ...] = ()
    own: tuple[str, ...] = ()  # sources of its generator beside that of the command

    def words(self, full: bool = False) -> tuple[str, ...]:
        """The command that makes it."""
        return self.full if full else self.command


def program(module: str, *words: str) -> tuple[str, ...]:
    """The words of Python that run a module."""
    return ("-m", module, *words)


def page_of(module: str) -> Callable[[str], str]:
    """The page that a module gives."""

    def make(_: str) -> str:
        text: str = import_module(module).page()
        return text

    return make


def part_of(name: str, text: Callable[[str], str]) -> Callable[[str], str]:
    """A marked part of a page, of the page as it is."""
    return lambda old: with_block(old, name, text(old))


def with_block(page: str, name: str, text: str) -> str:
    """The page with its marked part replaced; ValueError unless it is there once."""
    start, end = f"<!-- made: {name} -->\n", "\n<!-- made end -->"
    found = re.findall(re.escape(start) + ".*?" + re.escape(end), page, re.S)
    if len(found) != 1:
        raise ValueError(f"the page has {len(found)} parts marked 'made: {name}', not one")
    return page.replace(found[0], start + text.strip("\n") + end)
