"""What a user holds: a run, and a comparison of two.

    run = simulate("wendeng_2020", people=10_000, years=1)
    run.tallies            # polars frame, one row a count
    run.explain(45)      # a life and the ledger of its score
"""

from scoredsociety.results.comparison import Comparison, compare, compare_scenarios, lanes_of
from scoredsociety.results.gather import early, evidence_of, lives_of, panel_seats, publish_report
from scoredsociety.results.run import Report, Run, open_run, simulate

__all__ = [
    "Comparison", "Report", "Run", "compare", "compare_scenarios", "early",
    "evidence_of", "lanes_of", "lives_of", "open_run", "panel_seats",
    "publish_report", "simulate",
]  # fmt: skip
