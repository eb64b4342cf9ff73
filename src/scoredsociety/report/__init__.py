"""The report room: what people read of a run.

One evidence store (``evidence.py``), several forms: the plain report (``html.py``), the model
description (``odd.py``) and the impact-assessment forms (``forms/``). Nothing here simulates;
everything is said again from tallies, documents and ledgers, with its denominator.
"""

from scoredsociety.report.evidence import Comparison, Evidence, EvidenceError
from scoredsociety.report.html import report_text, write_report

__all__ = ["Comparison", "Evidence", "EvidenceError", "report_text", "write_report"]
