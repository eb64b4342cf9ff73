"""The rules: schemes as data, patches, and their integer tables."""
