"""The proof over a nation, in its short form: the same state as a run of the same people."""

import subprocess
import sys
from pathlib import Path

import scoredsociety as ss

NATION = Path(__file__).parent.parent / "benchmarks" / "nation.py"


def test_a_nation_is_the_run_of_its_people() -> None:
    words = [sys.executable, str(NATION), "--people", "3000", "--months", "2", "--threads", "2"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    run = ss.simulate("wendeng_2020", society="china_2020", people=3000, months=2, seed=1)
    assert done.stdout.split()[-1] == run.checksum
    assert "synthetic society, not a forecast" in done.stdout


def test_a_nation_that_does_not_fit_is_refused_in_a_sentence() -> None:
    words = [sys.executable, str(NATION), "--people", "10000000000000"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ask for fewer --people" in done.stderr and "Traceback" not in done.stderr
