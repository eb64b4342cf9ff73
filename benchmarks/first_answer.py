"""How long a user waits for the first answer: 100,000 people, three years, with the report.

    python benchmarks/first_answer.py [--times 5] [--threads 4]

The command is run as a user runs it, with compiled kernels (a first, uncounted run sees to that),
each time into a new folder. *Whole* is the process from its start to its end; *inside* is what
the command says of itself, without starting Python and its libraries; *processor* is user and
system time with the processes that draw. The loop of plain Python before and after tells how
fast the machine was meanwhile: other figures may be read against it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

JOB = ("run", "wendeng_2020", "--people", "100000", "--years", "3", "--seed", "1")


def loop_s() -> float:
    """Seconds of three million additions."""
    began, total = time.perf_counter(), 0
    for number in range(3_000_000):
        total += number
    return time.perf_counter() - began


def one(folder: Path, threads: int) -> dict[str, float | str]:
    """One run: seconds whole, inside and of the processor, and the checksum."""
    command = [sys.executable, "-m", "scoredsociety.cli", *JOB, "--threads", str(threads)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(
        [*command, "--out", str(folder), "--quiet", "--json"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    whole = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = json.loads(done.stdout)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"whole": whole, "inside": said["wall_s"], "processor": used, "sum": said["checksum"]}


def main() -> None:
    """Print the fastest, the median and the slowest."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--threads", type=int, default=min(4, os.cpu_count() or 1))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        one(Path(place) / "warm", asked.threads)
        loop = loop_s()
        runs = [one(Path(place) / str(k), asked.threads) for k in range(asked.times)]
    assert len({run["sum"] for run in runs}) == 1, "the same inputs gave other bits"
    print(f"{' '.join(JOB)} on {asked.threads} threads, {asked.times} times: {runs[0]['sum']}")
    for what in ("whole", "inside", "processor"):
        taken = sorted(float(run[what]) for run in runs)
        print(f"{what:10} {taken[0]:6.2f} {statistics.median(taken):6.2f} {taken[-1]:6.2f} s")
    print(f"plain loop {loop:.3f} s before, {loop_s():.3f} s after")


if __name__ == "__main__":
    main()
