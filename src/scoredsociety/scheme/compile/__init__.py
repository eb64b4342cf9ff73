"""Schemes become the integer tables that the engine reads."""
