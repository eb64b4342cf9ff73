"""Figures to which something was fitted: none of them is ever quoted as an answer.

Two kinds. A published figure by which settings are ruled out (history_matching.py) is no answer
under any scheme; and an answer that is little else than a rate of conduct set to a published figure
(docs/conduct.md, *Held to published figures*) is none under the scheme that counts it.
"""

from __future__ import annotations

from collections.abc import Mapping

from scoredsociety.study.ensemble.history_matching import FITTED

# scheme and indicator: the published figure to which the conduct document's rate was set
OF_RATES: Mapping[tuple[str, str], str] = {
    ("judgment_list", "restricted"): "V7 (O-B9 and O-B8, listings a year and exits)",
    ("judgment_list", "intended"): "V7 (O-B9 and O-B8, listings a year and exits)",
    ("none", "giving"): "V26 (O-D17, O-D18, blood and volunteer hours)",
}
BESIDE = (
    "How many say that they support a scheme, and how much speech is given up, are figures that "
    "studies hold settings to (V14, V18): neither is a finding."
)


def fitted_to(scheme: str, indicator: str) -> str:
    """The figure that an answer under a scheme is held to; nothing where it is held to none."""
    return OF_RATES.get((scheme, indicator), FITTED.get(indicator, ""))


def restricted_fitted_to(scheme: str) -> str:
    """The figure that the number of restricted people is set to; nothing where it is to none."""
    return OF_RATES.get((scheme, "restricted"), "")
