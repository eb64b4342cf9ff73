"""Ties between two people, as a month reads and moves them."""
