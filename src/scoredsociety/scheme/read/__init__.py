"""Schemes, patches and federations, from a file to a checked document."""
