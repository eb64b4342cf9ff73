"""Dated histories: documents, dated patches, moments with counts."""
