"""Spoiled files for hours: no traceback, no file that takes 2 s or 1 GiB.

    python -m tests.fuzz scheme --minutes 60
    python -m tests.fuzz all --files 100000 --seed 7

Readers: scheme, patch, conduct, society, manifest, edges, table, arrays, checkpoint. What reached
something new is kept under build/fuzz/READER and is begun with the next time; files that a reader
did not stand go to build/fuzz/faults, with what came of them. Ends with 1 where there is one.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")

from tests.fuzz.guided import Seen, fuzz
from tests.fuzz.readers import READERS

PLACE = Path("build/fuzz")


def hunt(name: str, minutes: float, files: int, seed: int) -> int:
    """Fuzz one reader; how many different faults were found."""
    reader, place, faults = READERS[name], PLACE / name, PLACE / "faults"
    place.mkdir(parents=True, exist_ok=True)
    faults.mkdir(parents=True, exist_ok=True)
    old = [path.read_bytes() for path in sorted(place.iterdir())]
    kept, seen, said = [*reader.seeds(), *old], Seen(), dict[str, str]()
    written, start, read = len(kept), time.monotonic(), 0
    for read, fault in enumerate(fuzz(reader, seed, kept, seen), 1):
        if fault and fault.said[:60] not in said:
            said[fault.said[:60]] = fault.name
            (faults / f"{name}-{fault.name}").write_bytes(fault.raw)
            print(f"{name}: {fault.said[:300]} ({faults}/{name}-{fault.name})", flush=True)
        for raw in kept[written:]:
            (place / f"{time.time_ns():020d}").write_bytes(raw)
        written = len(kept)
        if read >= files or time.monotonic() - start > 60 * minutes:
            break
    print(f"{name}: {read:,} files read, {len(kept):,} kept, {seen.count:,} lines reached, "
          f"{len(seen.answers)} answers, {len(said)} faults", flush=True)  # fmt: skip
    return len(said)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("reader", choices=[*READERS, "all"])
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    names = list(READERS) if given.reader == "all" else [given.reader]
    found = [hunt(name, given.minutes, given.files, given.seed) for name in names]
    sys.exit(1 if any(found) else 0)


if __name__ == "__main__":
    main()
