"""Spoiled files, guided by coverage: what reaches a new line, or a new answer, is spoiled further.

Lines of the package are followed by ``sys.settrace`` until each line of a function was seen; a
function that has nothing new to show costs nothing more.
"""

from __future__ import annotations

import hashlib
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from tests.fuzz.readers import Reader

import scoredsociety
from scoredsociety.errors import UserError

PACKAGE = str(Path(scoredsociety.__file__).parent)
MOST_SECONDS = 2.0  # of processor time, for one file
MOST_MEMORY = 1 << 30  # bytes that may come on top of what the process had before
MOST_BYTES = 1 << 19  # of a spoiled file: chance makes them longer and longer


@dataclass
class Fault:
    """A file that a reader does not stand, and what came of it."""

    raw: bytes
    said: str

    @property
    def name(self) -> str:
        """A short name for a file."""
        return hashlib.sha256(self.raw).hexdigest()[:12]


@dataclass
class Seen:
    """Lines that were reached."""

    left: dict[int, set[int]] = field(default_factory=dict)  # by code: lines not yet seen
    codes: list[CodeType] = field(default_factory=list)  # kept, so that their numbers stay
    answers: set[str] = field(default_factory=set)
    count: int = 0

    def __call__(self, frame: FrameType, event: str, _: Any) -> Any:
        """A call, or a line of a function that is followed."""
        code = frame.f_code
        lines = self.left.get(id(code))
        if lines is None:
            lines = set()
            if code.co_filename.startswith(PACKAGE):
                lines = {line for _, _, line in code.co_lines() if line} - {code.co_firstlineno}
            self.left[id(code)] = lines
            self.codes.append(code)
        if event == "line" and frame.f_lineno in lines:
            lines.discard(frame.f_lineno)
            self.count += 1
        return self if lines else None


def once(reader: Reader, raw: bytes, seen: Seen | None = None) -> tuple[str, Fault | None]:
    """One file read: what came of it, and the fault if it is one."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    if seen:
        sys.settrace(seen)
    try:
        said = reader.read(raw, folder)
    except UserError as error:
        said, text = "refused", str(error)
        if not text or len(text) > 300_000 or "Traceback" in text:
            return said, Fault(raw, f"no sentence: {text[:300]!r}")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001  # also a panic of a library, which is no Exception
        return "fault", Fault(raw, f"{type(error).__name__}: {error}"[:1000])
    finally:
        sys.settrace(None)
        shutil.rmtree(folder, ignore_errors=True)
    seconds = time.process_time() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10
    if seconds > MOST_SECONDS:
        if seen:  # watched it is slower: once more without
            return once(reader, raw)
        return "slow", Fault(raw, f"takes {seconds:.1f} s")
    if grown > MOST_MEMORY:
        return "large", Fault(raw, f"takes {grown >> 20} MiB")
    return said, None


def fuzz(reader: Reader, seed: int, kept: list[bytes], seen: Seen) -> Iterator[Fault | None]:
    """Spoil and read without end; a fault or None after each. ``kept`` grows by what was new."""
    draw = random.Random(seed)
    for raw in kept:
        said, fault = once(reader, raw, seen)
        seen.answers.add(said)
        yield fault
    while True:
        recent = draw.random() < 0.5
        raw = draw.choice(kept[-20:] if recent else kept)
        raw = reader.change(raw, draw)[:MOST_BYTES]
        lines, answers = seen.count, len(seen.answers)
        said, fault = once(reader, raw, seen)
        seen.answers.add(said)
        if fault is None and (seen.count > lines or len(seen.answers) > answers):
            kept.append(raw)
        yield fault
