"""The sections of a report: each a list of blocks made from the evidence."""
