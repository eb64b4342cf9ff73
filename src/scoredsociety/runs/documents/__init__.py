"""The documents of a run: their text, what is dated, switched off, deferred."""
