"""Schemes and their differences in words."""
