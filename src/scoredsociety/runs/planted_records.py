"""Wrong records that a run is asked to plant: an act of another seat, filed on a person."""

from __future__ import annotations

from scoredsociety.calendar import month_number, month_text
from scoredsociety.conduct.model import Conduct
from scoredsociety.engine.layout import MISATTRIBUTED, pack_message
from scoredsociety.errors import UserError, did_you_mean
from scoredsociety.society.tables import Seats

NOBODY = -1  # whose record it is, where there is nobody else


def planted(
    texts: tuple[str, ...], conduct: Conduct, seats: Seats, origin: int, end: int
) -> tuple[tuple[int, int, int, int], ...]:
    """Rows (month, person, message, whose) of what is to be planted; UserError where it cannot."""
    return tuple(_row(text, conduct, seats, origin, end) for text in texts)


def _row(
    text: str, conduct: Conduct, seats: Seats, origin: int, end: int
) -> tuple[int, int, int, int]:
    try:
        number, act, when = text.split(":")
        person, month = int(number), month_number(when)
    except ValueError:
        raise UserError(f"--plant {text}: write PERSON:ACT:MONTH, as 7:red_light:2020-06") from None
    if not 0 <= person < seats.people:
        raise UserError(f"--plant {text}: seats go from 0 to {seats.people - 1:,}")
    if act not in conduct.act_ids:
        hint = did_you_mean(act, conduct.act_ids)
        raise UserError(f"--plant {text}: the conduct has no act {act!r}.{hint}")
    if not origin < month < end:
        raise UserError(
            f"--plant {text}: a record travels a month, so from {month_text(origin + 1)} to "
            f"{month_text(end - 1)}"
        )
    place = conduct.act_ids.index(act)
    if not conduct.act[place].seen_by:
        raise UserError(f"--plant {text}: no source sees this act, so nobody files it")
    source = conduct.source_ids.index(conduct.act[place].seen_by[0])
    content = pack_message(0, place, source, 0, MISATTRIBUTED, 0)
    return month, person, content, next_seat(seats, person)


def next_seat(seats: Seats, person: int) -> int:
    """The next seat of the community, whose act a planted record says it was; -1: there is none."""
    first = person // seats.community_size * seats.community_size
    size = min(seats.community_size, seats.people - first)
    return first + (person - first + 1) % size if size > 1 else NOBODY
