"""Readers stand spoiled files; the long form is ``python -m tests.fuzz READER``."""

from __future__ import annotations

import hashlib
import io
import json
import random
import struct
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.fuzz import changed, planted
from tests.fuzz.guided import Fault, Seen, fuzz, once
from tests.fuzz.readers import READERS, Reader

from scoredsociety.document.frames import read_frame_by
from scoredsociety.engine import checkpoint
from scoredsociety.errors import UserError
from scoredsociety.runs.folder.run_folder import read_arrays

FILES = {"scheme": 30, "patch": 40, "conduct": 15, "society": 40, "manifest": 20, "edges": 600,
         "table": 300, "arrays": 300, "checkpoint": 150}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_spoiled_files_are_read_or_refused(name: str) -> None:
    reader = READERS[name]
    kept, seen = reader.seeds()[:2], Seen()
    found = [one for one in islice(fuzz(reader, 11, kept, seen), FILES[name]) if one]
    assert found == []
    assert len(seen.answers) > 1  # not every file was refused alike


def _one_byte(raw: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(raw))
    return raw[:at] + draw.randbytes(1) + raw[at + 1 :]


def test_a_planted_fault_is_found_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind two letters, and one is changed at a time: without what was kept, never found."""
    monkeypatch.setattr("tests.fuzz.guided.PACKAGE", str(Path(__file__).parent))
    reader = Reader(lambda raw, _: planted.read(raw), _one_byte, list)
    found = (one for one in islice(fuzz(reader, 1, [b"..."], Seen()), 20_000) if one)
    assert isinstance(next(found), Fault)


def test_what_is_slow_or_says_nothing_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(raw: bytes, folder: Path) -> str:
        raise UserError("")

    def slow(raw: bytes, folder: Path) -> str:
        return str(sum(range(200_000)))

    monkeypatch.setattr("tests.fuzz.guided.MOST_SECONDS", 0.0001)
    assert once(Reader(silent, changed.of_bytes, list), b"")[1]
    assert once(Reader(slow, changed.of_bytes, list), b"")[1]


# What fuzzing found, each as the smallest file of its kind.


def _npz_of_method(method: int) -> bytes:
    """An archive whose one file is packed in a way that zipfile may not know."""
    file = io.BytesIO()
    np.savez(file, a=np.arange(3))
    data = bytearray(file.getvalue())
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = data.find(mark) + at
        data[place : place + 2] = struct.pack("<H", method)
    return bytes(data)


def test_an_archive_packed_in_an_unknown_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(_npz_of_method(97))
    with pytest.raises(UserError, match="cannot be read"):
        read_arrays(tmp_path / "a.npz")


def _locked() -> bytes:
    data = bytearray(_npz_of_method(0))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    return bytes(data)


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_bytes(_locked())
    with pytest.raises(UserError, match="cannot be read"):
        read_arrays(tmp_path / "a.npz")


def _saved(tmp_path: Path, name: str, data: bytes | None, **note: object) -> Path:
    """A checkpoint in which a file, or the note, was changed by somebody who knows how."""
    files = changed.unpacked(READERS["checkpoint"].seeds()[0])
    if data is not None:
        files[name] = data
    told = json.loads(files["state.json"]) | note
    told["files"] = {one: hashlib.sha256(files[one]).hexdigest() for one in files
                     if one != "state.json"}  # fmt: skip
    files["state.json"] = json.dumps(told).encode()
    for one, raw in files.items():
        (tmp_path / one).write_bytes(raw)
    return tmp_path


@pytest.mark.parametrize("head", [b"{'descr': '<i8', 'shape': (", b"{{", b"'", b"{'descr': \n  x"])
def test_a_head_of_an_array_that_is_no_python_is_refused(tmp_path: Path, head: bytes) -> None:
    data = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head
    with pytest.raises(ValueError, match="is damaged"):
        checkpoint.load(_saved(tmp_path, "life.npy", data))


@pytest.mark.parametrize("month", [float("inf"), float("nan"), -1, 2**40, [], "x", 1e300])
def test_a_month_that_is_none_is_refused(tmp_path: Path, month: object) -> None:
    with pytest.raises(ValueError, match="is damaged"):
        checkpoint.load(_saved(tmp_path, "", None, month=month))


def test_a_table_at_which_the_library_panics_is_refused(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Polars panics at some damaged files: no ``Exception``, with words of its own on screen."""
    whole, draw, panics = READERS["table"].seeds()[0], random.Random(3), 0
    for _ in range(3000):
        raw = changed.of_bytes(whole, draw)
        try:
            pl.read_parquet(io.BytesIO(raw))
        except pl.exceptions.PanicException:
            panics += 1
            capfd.readouterr()
            said, fault = once(READERS["table"], raw)
            assert (said, fault) == ("refused", None)
            assert capfd.readouterr().err == ""
            if panics == 3:
                return
        except (pl.exceptions.PolarsError, OSError):
            continue
    pytest.skip("this version of Polars panics at none of 3,000 files")


def test_words_of_others_are_not_lost(capfd: pytest.CaptureFixture[str]) -> None:
    def warns() -> pl.DataFrame:
        import os

        os.write(2, b"a word\n")
        return pl.DataFrame()

    read_frame_by(warns)
    assert capfd.readouterr().err == "a word\n"
