"""A study's kept runs: one that is damaged is told in a sentence, whatever happened to it."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from scoredsociety.errors import UserError
from scoredsociety.study.ensemble.ensemble import load


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_kept_run_is_one_sentence(tmp_path: Path, seed: int) -> None:
    luck, path = random.Random(seed), tmp_path / "run[1].npz"
    np.savez_compressed(path, score=np.arange(900), checksum=np.array("x"))
    content = bytearray(path.read_bytes())
    for _ in range(luck.randrange(4)):
        content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    path.write_bytes(bytes(content[: luck.randrange(1, len(content) + 1)]))
    with pytest.raises(UserError, match="remove it and ask again") as refused:
        load(path, "key")
    assert str(refused.value).count("\n") == 0
