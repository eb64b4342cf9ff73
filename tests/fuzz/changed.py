"""Ways to spoil a file: bytes of any, lines of a text, values of JSON, one file of a folder."""

from __future__ import annotations

import hashlib
import json
import random
import struct
from collections.abc import Callable
from typing import Any

from tests.scheme.test_mutations import mutated

from scoredsociety.runs.folder.seal import SEAL, content_digest

Change = Callable[[bytes, random.Random], bytes]
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, -(2**63) - 1, 10**30, 0.5, -0.0, 1e308,
    float("inf"), float("nan"), "", "x", "y" * 5000, "\x1b[31m", "\u202e", "../..", "/", ".",
    "\ud800", "a/b", "2020-13", "2020-01", [], [[]], {}, {"": {}}, [None], "0" * 32,
)  # fmt: skip
NUMBERS = (b"0", b"-1", b"1", b"255", b"4294967296", b"9223372036854775808", b"1e9", b"0x1",
           b"1_000", b"00", b"nan", b"99999999999999999999999", b"\xd9\xa1", b"3.0")  # fmt: skip


def of_bytes(raw: bytes, draw: random.Random) -> bytes:
    """One to eight small changes anywhere."""
    data = bytearray(raw)
    for _ in range(draw.choice((1, 1, 2, 4, 8))):
        at = draw.randrange(len(data) + 1)
        match draw.randrange(8):
            case 0 if data:
                data[at % len(data)] ^= 1 << draw.randrange(8)
            case 1 if data:
                data[at % len(data)] = draw.choice((0, 1, 127, 128, 255, 10, 34, 44))
            case 2:
                data[at:at] = draw.randbytes(draw.randrange(1, 9))
            case 3:
                del data[at : at + draw.randrange(1, 17)]
            case 4:
                del data[at:]
            case 5:
                other = draw.randrange(len(data) + 1)
                data[at:at] = data[other : other + draw.randrange(1, 65)]
            case 6:
                width, number = draw.choice((("<I", 32), ("<Q", 64), ("<H", 16)))
                value = draw.choice((0, 1, 2**number - 1, 2 ** (number - 1), draw.randrange(64)))
                data[at : at + number // 8] = struct.pack(width, value)
            case _:
                data += draw.randbytes(draw.randrange(1, 5))
    return bytes(data)


def of_toml(raw: bytes, draw: random.Random) -> bytes:
    """Lines, keys and values of a document; now and then any byte."""
    return of_bytes(raw, draw) if draw.random() < 0.1 else mutated(raw, draw)


def of_rows(raw: bytes, draw: random.Random) -> bytes:
    """Cells, separators, quotes and line ends of a table of text; or any byte."""
    if draw.random() < 0.25:
        return of_bytes(raw, draw)
    rows = raw.split(b"\n")
    at = draw.randrange(len(rows))
    mark = draw.choice((b",", b";", b"\t", b" ", b" , ", b",,"))
    match draw.randrange(8):
        case 0:
            rows[at] = rows[at].replace(b",", mark)
        case 1:
            rows = [row.replace(b",", mark) for row in rows]
        case 2:
            cells = rows[at].split(b",")
            cells[draw.randrange(len(cells))] = draw.choice(NUMBERS)
            rows[at] = b",".join(cells)
        case 3:
            rows[at] += mark + draw.choice(NUMBERS)
        case 4:
            rows.insert(at, draw.choice((b"", b"# x", b"% x", b"source,target", b"a,b,weight",
                                         b'"', b"\xef\xbb\xbf", b"0,1", b"\r", b" ")))  # fmt: skip
        case 5:
            rows[at] = b'"' + rows[at].replace(b",", b'","') + draw.choice((b'"', b""))
        case 6:
            return draw.choice((b"\r\n", b"\r", b"\n\n", b"")).join(rows)
        case _:
            rows += rows[at:] * draw.choice((1, 2, 50))
    return b"\n".join(rows)


def _spoiled(value: Any, draw: random.Random) -> Any:
    """The value with one place of it changed, however deep."""
    if isinstance(value, dict) and value and draw.random() < 0.9:
        key = draw.choice(sorted(value))
        kept = {**value, key: _spoiled(value[key], draw)}
        if draw.random() < 0.15:
            del kept[key]
        elif draw.random() < 0.1:
            kept[draw.choice(("x", "", "a/b", "../x", key + " "))] = value[key]
        return kept
    if isinstance(value, list) and value and draw.random() < 0.8:
        at = draw.randrange(len(value))
        return [*value[:at], _spoiled(value[at], draw), *value[at + draw.choice((0, 1, 1)) :]]
    if isinstance(value, str) and draw.random() < 0.4:
        return of_bytes(value.encode("utf-8", "replace"), draw).decode("utf-8", "replace")
    if isinstance(value, int) and draw.random() < 0.4:
        return value + draw.choice((-1, 1, 2**32))
    return draw.choice(ODD)


def of_json(raw: bytes, draw: random.Random) -> bytes:
    """Values of JSON; or any byte."""
    if draw.random() < 0.15:
        return of_bytes(raw, draw)
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return of_bytes(raw, draw)
    for _ in range(draw.choice((1, 1, 2))):
        value = _spoiled(value, draw)
    return json.dumps(value).encode()


def of_manifest(raw: bytes, draw: random.Random) -> bytes:
    """Values of a manifest, mostly sealed again: as by somebody who knows how."""
    changed = of_json(raw, draw)
    try:
        value = json.loads(changed)
        if isinstance(value, dict) and draw.random() < 0.85:
            changed = json.dumps({**value, SEAL: content_digest(value)}).encode()
    except (ValueError, RecursionError):
        pass
    return changed


def packed(files: dict[str, bytes]) -> bytes:
    """Some files as one."""
    return b"".join(f"{name} {len(files[name])}\n".encode() + files[name] for name in files)


def unpacked(raw: bytes) -> dict[str, bytes]:
    """The files of ``packed``."""
    files: dict[str, bytes] = {}
    while raw:
        head, _, rest = raw.partition(b"\n")
        name, length = head.decode().rsplit(" ", 1)
        files[name], raw = rest[: int(length)], rest[int(length) :]
    return files


def of_checkpoint(raw: bytes, draw: random.Random) -> bytes:
    """One file of a checkpoint, mostly with its digest made to fit."""
    files = unpacked(raw)
    name = draw.choice(sorted(files))
    if name == "state.json":
        files[name] = of_json(files[name], draw)
    elif draw.random() < 0.7:  # the head of a file of an array, where its shape and kind stand
        files[name] = of_bytes(files[name][:128], draw) + files[name][128:]
    else:
        files[name] = of_bytes(files[name], draw)
    if draw.random() < 0.8:
        try:
            note = json.loads(files["state.json"])
            note["files"] = {one: hashlib.sha256(files[one]).hexdigest() for one in files
                             if one != "state.json"}  # fmt: skip
            files["state.json"] = json.dumps(note).encode()
        except (ValueError, TypeError, RecursionError):
            pass
    return packed(files)
