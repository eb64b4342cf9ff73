"""One checksum for one run: whatever the threads, the blocks, what is observed, and however killed.

    python benchmarks/kill_and_resume.py [--people 100000] [--years 3] [--seed 1] [--kills 10]

Each run is a process of its own, started as a user starts it. It is made with 1, 2 and 4 threads,
three block sizes, twice over, with a patch of its title and a larger panel; then it is killed
(SIGKILL) at random moments and resumed, and at last killed again and again until it is whole. All
must give one checksum, and another seed another one. Exits with 1 where that does not hold. ``make
long`` has the short form (tests/study/test_folder.py).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SCORED = [sys.executable, "-m", "scoredsociety.cli"]


class Proof:
    """Runs of one scenario in a folder, and the checksums that they gave."""

    def __init__(self, folder: Path, words: list[str]) -> None:
        self.folder, self.words = folder, words
        self.sums: dict[str, str] = {}
        self.took = 0.0

    def asked(self, name: str, *more: str) -> list[str]:
        """The command of the run ``name``."""
        return [*SCORED, "run", *self.words, *more, "--out", str(self.folder / name),
                "--quiet", "--json"]  # fmt: skip

    def run(self, name: str, *more: str) -> str:
        """Make a run undisturbed; its checksum."""
        began = time.monotonic()
        record = answer(self.asked(name, *more))
        self.took = time.monotonic() - began
        return self.note(name, record["checksum"], f"{self.took:.1f} s")

    def note(self, name: str, checksum: str, how: str) -> str:
        """Print a run's checksum; it is kept, the folder is not."""
        self.sums[name] = checksum
        print(f"{checksum}  {name:24} {how}", flush=True)
        return checksum

    def killed(self, name: str, times: int, chance: random.Random, longest: float) -> None:
        """Start a run, kill it at random moments, resume it each time; a kill must leave a draft.

        ``longest``: seconds of an undisturbed run; shorter where a run ended before its kill.
        """
        target = self.folder / name
        words, how = self.asked(name, "--threads", "1"), list[str]()
        while len(how) < times:
            after = chance.uniform(0.2, longest)
            if kill(words, after) and Path(f"{target}.partial").exists():
                how.append(f"{after:.2f} s ({months_on_disk(target)})")
                words = [*SCORED, "resume", str(target), "--quiet", "--json"]
            elif target.exists() and how:
                break
            elif target.exists():
                shutil.rmtree(target)
                longest = after
        checksum = manifest(target)["checksum"] if target.exists() else answer(words)["checksum"]
        if manifest(target)["checksum"] != checksum:
            raise SystemExit(f"{target} says another checksum than the command did")
        self.note(name, checksum, "killed after " + ", ".join(how))


def months_on_disk(target: Path) -> str:
    """What a kill left: months written, and whether there was a checkpoint."""
    draft = Path(f"{target}.partial")
    if not draft.exists():
        return "nothing yet"
    months = len(list((draft / "exchange").glob("*.npz")))
    saved = (draft / "checkpoint").is_dir()
    return f"{months} months, {'a' if saved else 'no'} checkpoint"


def kill(words: list[str], after: float) -> bool:
    """Start a command and kill it after some seconds; False where it had ended before."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return True
    return False


def answer(words: list[str]) -> dict[str, Any]:
    """The JSON object that a command printed."""
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\nended with {done.returncode}: {done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def manifest(target: Path) -> dict[str, Any]:
    """The manifest of a whole run."""
    found: dict[str, Any] = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return found


def prove(proof: Proof, seed: int, kills: int, chance: random.Random) -> bool:
    """Make all the runs; do they agree?"""
    same = ["--seed", str(seed)]
    proof.words += same
    proof.run("warm")  # compiles the kernels where they are not
    proof.run("threads-1", "--threads", "1")
    one_thread = proof.took
    for threads in (2, 4):
        proof.run(f"threads-{threads}", "--threads", str(threads))
    for size in (1, 5, 16):
        proof.run(f"blocks-of-{size}", "--block-size", str(size))
    renamed = proof.folder / "renamed.toml"
    renamed.write_text('[scheme]\ntitle = "By another name"\n', encoding="utf-8")
    proof.run("another-title", "--patch", str(renamed))
    proof.run("panel-of-1000", "--panel", "1000")
    for k in range(kills):
        proof.killed(f"killed-{k + 1}", 1, chance, one_thread)
    proof.killed("killed-five-times", 5, chance, one_thread)
    agreed = len(set(proof.sums.values())) == 1
    other = proof.run("another-seed", "--seed", str(seed + 1))
    return agreed and other != proof.sums["warm"]


def main() -> None:
    """Print the checksums, and whether they agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scheme", default="wendeng_2020")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=10)
    asked = parser.parse_args()
    words = [asked.scheme, "--people", str(asked.people), "--years", str(asked.years)]
    print(f"{' '.join(words)} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        chance = random.Random(asked.seed)
        right = prove(Proof(Path(folder), words), asked.seed, asked.kills, chance)
    print("one checksum, and another seed another" if right else "NOT ONE CHECKSUM")
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
