"""Conduct: what people do, who sees it, and how wrongly (S0-5, S1-5, S3-24, S4-11)."""
