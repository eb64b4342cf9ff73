"""What is read of one run: from its tallies, its last state, its change log."""
