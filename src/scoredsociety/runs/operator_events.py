"""What the operator did in a run: suspended, given up, amended, extended, copied (S3-20, S3-21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoredsociety.calendar import month_text
from scoredsociety.conduct.tables import AUTHORITY
from scoredsociety.engine.control.authority import AMENDED, no_scalars
from scoredsociety.engine.inputs import Inputs
from scoredsociety.engine.replay.household_replay import Log
from scoredsociety.engine.state import CHANGED_AT, COPIED, SUSPENDED

SAYS = ("taken up again", "suspended", "abandoned")


def events(inputs: Inputs, schemes: Sequence[str], log: Log) -> Iterator[dict[str, str]]:
    """Each answer of the operator: the month from which it holds, of which scheme, and what.

    ``schemes``: ids in the order of the run. What is done to the rules is of all schemes that
    the patch names, so it stands under the first.
    """
    if not any(one.forms[AUTHORITY] for _, one in inputs.responses):
        return
    before = no_scalars(len(schemes))
    for month in range(inputs.origin, inputs.origin + inputs.months - 1):
        after = log.scalars(month)
        for s, scheme in enumerate(schemes):
            if after[s, SUSPENDED] != before[s, SUSPENDED]:
                what = SAYS[int(after[s, SUSPENDED])]
                yield {"from": month_text(month + 1), "scheme": scheme, "what": what}
            for region in _copied(int(after[s, COPIED] & ~before[s, COPIED]), inputs):
                what = f"copied to region {region}"
                yield {"from": month_text(month + 1), "scheme": scheme, "what": what}
        if after[0, CHANGED_AT] != before[0, CHANGED_AT]:
            what = "amended" if inputs.answered[0][0] == AMENDED else "extended"
            yield {"from": month_text(month + 1), "scheme": schemes[0], "what": what}
        before = after


def _copied(bits: int, inputs: Inputs) -> list[int]:
    """Regions of the society among the bits of a copy."""
    regions = int(inputs.seats.region.max()) + 1
    return [region for region in range(regions) if bits >> region & 1]
