"""Scored Society: an open laboratory of social scoring. Synthetic society, not a forecast.

Executable schemes of social scoring, run on invented populations, to see what the written rules
would do under the listed assumptions.

    import scoredsociety as ss
    run = ss.simulate("wendeng_2020", people=10_000, years=1)
    run.tallies            # polars frame
    run.explain(45)      # a life and the ledger of its score
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from scoredsociety.version import __version__ as __version__

if TYPE_CHECKING:
    from scoredsociety.conduct.model import load_conduct as load_conduct
    from scoredsociety.results import Comparison as Comparison
    from scoredsociety.results import Run as Run
    from scoredsociety.results import compare as compare
    from scoredsociety.results import open_run as open_run
    from scoredsociety.results import simulate as simulate
    from scoredsociety.results.studies import Study as Study
    from scoredsociety.results.studies import ablate as ablate
    from scoredsociety.results.studies import audit as audit
    from scoredsociety.results.studies import branch as branch
    from scoredsociety.results.studies import constrain as constrain
    from scoredsociety.results.studies import questions as questions
    from scoredsociety.results.studies import sweep as sweep
    from scoredsociety.runs.month_cost import month as month
    from scoredsociety.scheme.read.load import load_scheme as load_scheme
    from scoredsociety.scheme.read.patch import load_patch as load_patch
    from scoredsociety.society.recipes.recipe import load_society as load_society

_HOME = {  # where each public name lives; looked up when first used, so importing this is light
    "simulate": "results",
    "compare": "results",
    "open_run": "results",
    "Run": "results",
    "Comparison": "results",
    "sweep": "results.studies",
    "ablate": "results.studies",
    "audit": "results.studies",
    "constrain": "results.studies",
    "questions": "results.studies",
    "branch": "results.studies",
    "Study": "results.studies",
    "month": "runs.month_cost",
    "load_society": "society.recipes.recipe",
    "load_conduct": "conduct.model",
    "load_scheme": "scheme.read.load",
    "load_patch": "scheme.read.patch",
    "UserError": "errors",
}
__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'scoredsociety' has no attribute {name!r}")
    return getattr(import_module(f"scoredsociety.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
