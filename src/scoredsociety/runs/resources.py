"""What a run will take, before it starts: time, memory, disk; and what does not fit is refused.

The rates are measured on one machine (docs/benchmarks.md) and rounded to the safe side; the
refusal rests on memory and disk only, which are counted, not guessed.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from scoredsociety.errors import UserError

BYTES_A_PERSON = 50  # state of one scheme: exchange, records, ties, household, traits, families
BYTES_A_SCHEME = 4  # a further scheme's published score
LOG_BYTES = 12  # a change of one person in the exchange, on disk
CHANGE_SHARE = 0.05  # of persons whose published values change in a month
TIES_FACTOR = 20  # memory by bytes of an edge list, while it is read (measured: 18)
BASE_BYTES = 400 << 20  # interpreter, compiled kernels, frames
PERSON_MONTHS_A_SECOND = 700_000  # on one thread


@dataclass(frozen=True)
class ResourceEstimate:
    """Seconds and bytes that a run is expected to take, and what there is."""

    person_months: int
    seconds: float
    memory_bytes: int
    memory_available_bytes: int | None
    disk_bytes: int
    disk_free_bytes: int

    def as_dict(self) -> dict[str, float | int | None]:
        """As plain values, for ``--json``."""
        return asdict(self)


def estimate(
    people: int, months: int, schemes: int, threads: int, where: Path, ties: str = ""
) -> ResourceEstimate:
    """What ``months`` (burn-in included) of ``people`` will take in the folder ``where``.

    ``ties``: the file of a loaded network, if any.
    """
    state = people * (BYTES_A_PERSON + BYTES_A_SCHEME * (schemes - 1))
    log = int(people * months * CHANGE_SHARE * (LOG_BYTES + BYTES_A_SCHEME * (schemes - 1)))
    place = next(folder for folder in (where.absolute(), *where.absolute().parents)
                 if folder.is_dir())  # fmt: skip
    return ResourceEstimate(
        person_months=people * months,
        seconds=round(people * months / (PERSON_MONTHS_A_SECOND * threads) + 2, 1),
        memory_bytes=BASE_BYTES + int(state * 1.5) + loading(ties),
        memory_available_bytes=memory_available(),
        disk_bytes=2 * state + log + (4 << 20),
        disk_free_bytes=shutil.disk_usage(place).free,
    )


def loading(ties: str) -> int:
    """Bytes that reading and relabelling the file of a network takes at most."""
    return TIES_FACTOR * Path(ties).stat().st_size if ties and Path(ties).is_file() else 0


def refuse_what_does_not_fit(needed: ResourceEstimate) -> None:
    """UserError where memory or disk would not do."""
    there = needed.memory_available_bytes
    if there is not None and needed.memory_bytes > there:
        raise UserError(
            f"this run needs about {gibibytes(needed.memory_bytes)} of memory and "
            f"{gibibytes(there)} are free; ask for fewer --people"
        )
    if needed.disk_bytes > needed.disk_free_bytes:
        raise UserError(
            f"this run needs about {gibibytes(needed.disk_bytes)} of disk and "
            f"{gibibytes(needed.disk_free_bytes)} are free; "
            "give another --out, or fewer --people or --months"
        )


def memory_available() -> int | None:
    """Bytes of memory that can be had now, within a container's limit; None where unknown."""
    found = [_proc_meminfo(), _cgroup_room()]
    known = [value for value in found if value is not None]
    if known:
        return min(known)
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError, AttributeError):
        return None


def _proc_meminfo() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    found = {line.split(":")[0]: line.split()[1] for line in lines if ":" in line}
    return int(found["MemAvailable"]) * 1024 if "MemAvailable" in found else None


def _cgroup_room() -> int | None:
    folder = Path("/sys/fs/cgroup")
    try:
        limit = (folder / "memory.max").read_text(encoding="ascii").strip()
        used = (folder / "memory.current").read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(limit) - int(used) if limit.isdigit() else None


def gibibytes(count: int) -> str:
    """``1.5 GiB`` of a number of bytes."""
    return f"{count / (1 << 30):,.1f} GiB" if count >= 1 << 29 else f"{count / (1 << 20):,.0f} MiB"
