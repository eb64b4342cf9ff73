"""The measure room: what a scheme did, in conventional names, each with its denominator.

``MEASURES`` (registry.py) lists every measure with its formula, reference, rights and needs.
"""
