"""Intervals and correlations, without a library of statistics."""
