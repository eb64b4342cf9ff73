"""What one change does to the same people."""
