"""Schemes of unlike regions with tables of their own: how they are run, and numbered, together."""
