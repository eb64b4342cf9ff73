"""One month: act, collect, structure, score, publish, control."""
