"""The same people with the same luck under two sets of rules."""
