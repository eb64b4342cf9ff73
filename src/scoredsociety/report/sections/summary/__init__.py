"""The two pages that a report leads with."""
