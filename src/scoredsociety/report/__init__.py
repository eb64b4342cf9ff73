"""The report room: what people read of a run.

One evidence store (``evidence.py``), several forms: the plain report (``render.py``), the model
description (``report/pages/odd.py``) and the impact-assessment forms (``forms/``). Nothing here
simulates; everything is said again from tallies, documents and ledgers, with its denominator.
Nothing is imported here: a run starts the drawing process without waiting for the charts' library.
"""
